package crawler_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenure/crawler"
)

func TestDiscoverSitemap(t *testing.T) {
	const news = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://example.org/a </loc><lastmod>2025-05-27T10:00Z</lastmod>
 <image:image><image:loc>https://example.org/a.jpg</image:loc><image:title>A picture</image:title></image:image>
 <n:news><n:title>Head of research
  leaves</n:title><n:publication_date>2025-05-26</n:publication_date><n:keywords>Meta, AI</n:keywords></n:news></url>
<url><loc>https://example.org/b</loc><lastmod>2025-05-25T01:02:03+02:00</lastmod></url>
<url><loc>https://elsewhere.example/c</loc></url>
<url><loc>https://ads.example.org/d</loc></url>
<url><loc>https://example.org/a#again</loc></url>
<url></url>
</urlset>`
	found, err := crawler.Discover(crawler.Fetch{Final: "https://example.org/news.xml", Body: []byte(news)},
		crawler.Link{URL: "https://example.org/news.xml", Kind: crawler.Sitemap, Source: "s1", Tags: []string{"t"}})
	if err != nil {
		t.Fatal(err)
	}
	want := crawler.Found{
		Kind: crawler.Sitemap,
		Links: []crawler.Link{
			{URL: "https://example.org/a", Source: "s1", Role: crawler.Story, Kind: crawler.PageKind, Tags: []string{"t", "Meta", "AI"},
				Title: "Head of research leaves", Published: "2025-05-26"},
			{URL: "https://example.org/b", Source: "s1", Role: crawler.Story, Kind: crawler.PageKind, Tags: []string{"t"},
				Published: "2025-05-25T01:02:03+02:00"},
		},
		Rejected: []crawler.Rejected{{URL: "https://elsewhere.example/c", Reason: "another site"},
			{URL: "https://ads.example.org/d", Reason: "advertising"}},
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}

func TestDiscoverSitemapIndex(t *testing.T) {
	const index = `<sitemapindex><sitemap><loc>/s1.xml.gz</loc></sitemap><sitemap><loc>https://elsewhere.example/s.xml</loc></sitemap></sitemapindex>`
	for page, want := range map[int]int{0: 1, 9: 1, 10: 0} {
		found, err := crawler.Discover(crawler.Fetch{Final: "https://example.org/sitemap.xml", Body: []byte(index)},
			crawler.Link{URL: "https://example.org/sitemap.xml", Page: page})
		if err != nil || len(found.Links) != want {
			t.Fatalf("page %d: %+v, %v, want %d links", page, found.Links, err, want)
		}
		for _, l := range found.Links {
			if l.Role != crawler.Listing || l.Kind != crawler.Sitemap || l.Page != page+1 || l.URL != "https://example.org/s1.xml.gz" {
				t.Errorf("link %+v", l)
			}
		}
	}
}

// A damaged sitemap gives what stands before the damage.
func TestDiscoverSitemapDamaged(t *testing.T) {
	tests := []struct {
		name, body string
		links      int
		fails      bool
	}{
		{"cut", "<urlset><url><loc>https://example.org/a</loc></url><url><loc>https://exam", 1, false},
		{"cut at once", "<urlset><url><loc>https://exam", 0, true},
		{"deep", "<urlset>" + strings.Repeat("<a>", 10000), 0, true},
		{"empty", "<urlset/>", 0, false},
		{"text", "\ufeffhttps://example.org/a\r\nhttps://example.org/b\nnonsense\n", 2, false},
	}
	for _, tt := range tests {
		f := crawler.Fetch{Final: "https://example.org/s", Type: "text/plain", Body: []byte(tt.body)}
		found, err := crawler.Discover(f, crawler.Link{URL: f.Final, Kind: crawler.Sitemap})
		if len(found.Links) != tt.links || (err != nil) != tt.fails {
			t.Errorf("%s: %d links, %v", tt.name, len(found.Links), err)
		}
	}
}

// A sitemap of 300 MB in a .gz of 300 KB, served as such and as a page.
func TestSitemapBomb(t *testing.T) {
	member := func(text string) []byte {
		var buf bytes.Buffer
		z := gzip.NewWriter(&buf)
		io.WriteString(z, text)
		z.Close()
		return buf.Bytes()
	}
	fill := map[string]string{
		"one comment":  strings.Repeat(" ", 1<<20),
		"many entries": strings.Repeat("<url><loc>/article</loc></url>", 1<<20/32),
	}
	for name, text := range fill {
		t.Run(name, func(t *testing.T) {
			open := "<urlset><url><loc>/article</loc></url>"
			if name == "one comment" {
				open += "<!--"
			}
			want := crawler.Reason("") // as many entries as a sitemap may have are read
			if name == "one comment" {
				want = crawler.TooLarge
			}
			testSitemapBomb(t, append(member(open), bytes.Repeat(member(text), 300)...), want)
		})
	}
}

func testSitemapBomb(t *testing.T, bomb []byte, want crawler.Reason) {
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/gzip")
		w.Write(bomb)
	})
	grown := heapGrowth(t, func() {
		l := crawler.Link{URL: base + "/sitemap.xml.gz", Kind: crawler.Sitemap}
		f, err := local().Fetch(t.Context(), l)
		if err != nil || len(f.Body) != len(bomb) {
			t.Fatalf("%d bytes, %v", len(f.Body), err)
		}
		found, err := crawler.Discover(f, l)
		if reasonOf(err) != want || len(found.Links) != 1 {
			t.Errorf("%d links, %v, want one and %q", len(found.Links), err, want)
		}
	})
	if grown > 64<<20 {
		t.Errorf("heap grew by %d MB", grown>>20)
	}
}

func TestCrawlerCommonsSitemaps(t *testing.T) {
	data, err := os.ReadFile(shared(t, "sitemaps/expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected map[string]struct {
		Wellformed bool
		Root       string
		Count      int
		Items      []struct {
			Loc       string  `json:"loc"`
			LastMod   *string `json:"lastmod"`
			NewsTitle *string `json:"news_title"`
			NewsDate  *string `json:"news_date"`
		}
	}
	if err := json.Unmarshal(data, &expected); err != nil {
		t.Fatal(err)
	}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	for name, want := range expected {
		if !want.Wellformed { // lists of addresses, in no markup
			continue
		}
		body, err := os.ReadFile(shared(t, "sitemaps/"+name))
		if err != nil {
			t.Fatal(err)
		}
		var r io.Reader = bytes.NewReader(body)
		if strings.HasSuffix(name, ".gz") {
			if r, err = gzip.NewReader(r); err != nil {
				t.Fatal(err)
			}
		}
		root, got, err := crawler.ReadSitemap(r)
		if err != nil || root != want.Root || len(got) != want.Count {
			t.Errorf("%s: <%s> with %d entries, %v, want <%s> with %d", name, root, len(got), err, want.Root, want.Count)
			continue
		}
		for i, w := range want.Items {
			e := crawler.SitemapEntry{Loc: w.Loc, LastMod: text(w.LastMod), NewsTitle: text(w.NewsTitle), NewsDate: text(w.NewsDate)}
			if got[i] != e {
				t.Errorf("%s: entry %d is %+v, want %+v", name, i, got[i], e)
			}
		}
	}
}

func FuzzDiscover(f *testing.F) {
	f.Add([]byte("<urlset><url><loc>https://example.org/a</loc></url>"), "sitemap")
	f.Add([]byte("<rss><channel><item><link>/a</link></item></channel></rss>"), "feed")
	f.Add([]byte("<base href='//x'><a href=/2025/01/02/one-two-three-four>One two three four five"), "tag")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"/a"}]}`), "")
	f.Add([]byte("\x1f\x8b\x08"), "")
	f.Fuzz(func(t *testing.T, body []byte, kind string) {
		fetch := crawler.Fetch{Final: "https://example.org/list", Body: body}
		l := crawler.Link{URL: fetch.Final, Kind: crawler.Kind(kind)}
		found, err := crawler.Discover(fetch, l)
		seen := make(map[string]bool)
		for _, k := range found.Links {
			if c, err := crawler.Canonical(k.URL); err != nil || c != k.URL || seen[c] {
				t.Errorf("link %q: canonical %q, %v, seen %v", k.URL, c, err, seen[c])
			}
			seen[k.URL] = true
		}
		again, err2 := crawler.Discover(fetch, l)
		if diff := cmp.Diff(found, again); diff != "" || fmt.Sprint(err) != fmt.Sprint(err2) {
			t.Errorf("found differently again: %s", diff)
		}
	})
}
