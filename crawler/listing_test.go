package crawler_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"tenure/crawler"
)

var update = flag.Bool("update", false, "write goldens anew")

// Pages of testdata/listing and what is found on them.
func TestDiscoverListing(t *testing.T) {
	files, err := filepath.Glob("testdata/listing/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages: ", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			url := strings.TrimSpace(string(ar.Files[0].Data))
			l := crawler.Link{URL: url, Kind: crawler.Tag, Role: crawler.Listing, Tags: []string{"t"}}
			if strings.Contains(url, "page=3") {
				l.Page = 2
			}
			found, err := crawler.Discover(crawler.Fetch{Final: url, Type: "text/html", Body: ar.Files[1].Data}, l)
			if err != nil {
				t.Fatal(err)
			}
			got, want := describe(found), string(ar.Files[2].Data)
			if *update {
				ar.Files[2].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// describe writes what was found, a line each.
func describe(f crawler.Found) string {
	var b strings.Builder
	if f.Canonical != "" {
		fmt.Fprintln(&b, "canonical", f.Canonical)
	}
	for _, u := range f.Feeds {
		fmt.Fprintln(&b, "feed", u)
	}
	for _, l := range f.Links {
		fmt.Fprintln(&b, strings.TrimSpace(fmt.Sprint(l.Role, " ", l.URL, " ", l.Published, " ", l.Title)))
	}
	for _, r := range f.Rejected {
		fmt.Fprintf(&b, "not %s: %s\n", r.URL, r.Reason)
	}
	return b.String()
}

func TestDiscoverScope(t *testing.T) {
	const page = `<main><a href="/a/2025/01/02/one-two-three-four">One two three four five</a>
<a href="/b/2025/01/02/one-two-three-five">One two three five six</a>
<a href="/x/y/x/y/x/y/x/2025/01/02/one-two-three-seven">One two three seven eight</a>
<a href="https://other.example/2025/01/02/one-two-three-six">One two three six seven</a></main>`
	tests := []struct {
		allow, deny []string
		want        string
	}{
		{nil, nil, "/a /b"},
		{nil, []string{"/b/"}, "/a"},
		{[]string{"/b/*-five$"}, nil, "/b"},
		{[]string{"re:^https://[a-z]+\\.example/2025"}, nil, "//other"},
		{[]string{"https://other.example/", "example.org/a"}, nil, "/a //other"},
		{[]string{"/x/"}, nil, "/x/y/x/y/x/y/x"},
	}
	for _, tt := range tests {
		s, err := crawler.NewScope(tt.allow, tt.deny)
		if err != nil {
			t.Fatal(err)
		}
		found, err := s.Discover(crawler.Fetch{Final: "https://example.org/tag/x", Body: []byte(page)}, crawler.Link{URL: "https://example.org/tag/x"})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range found.Links {
			u := strings.TrimPrefix(l.URL, "https://example.org")
			u = strings.Replace(u, "https://other.example", "//other", 1)
			u, _, _ = strings.Cut(u, "/2025")
			got = append(got, u)
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("allow %q deny %q: %q, want %q", tt.allow, tt.deny, g, tt.want)
		}
	}
	if _, err := crawler.NewScope([]string{"re:("}, nil); err == nil {
		t.Error("a broken expression was taken")
	}
}

// A page as deep and as long as a page can be costs time in its length.
func TestDiscoverHuge(t *testing.T) {
	for name, body := range map[string]string{
		"10 MB of <p>":         strings.Repeat("<p>", crawler.DefaultMaxBody/3),
		"100,000 nested tags":  strings.Repeat("<div>", 100000) + `<a href="/2025/01/02/x">One two three four five six seven eight</a>`,
		"200,000 links":        strings.Repeat(`<a href="/x">x</a>`, 200000),
		"unclosed attributes":  strings.Repeat(`<a href="`, 100000),
		"endless attributes":   "<a " + strings.Repeat("a=b ", 500000) + ">",
		"100,000 closing tags": strings.Repeat("</div>", 100000),
	} {
		f := crawler.Fetch{Final: "https://example.org/", Type: "text/html", Body: []byte(body)}
		found, err := crawler.Discover(f, crawler.Link{URL: f.Final, Kind: crawler.Tag})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if name == "100,000 nested tags" && len(found.Links) != 1 {
			t.Errorf("%s: %d links", name, len(found.Links))
		}
	}
}

func TestDiscoverStory(t *testing.T) {
	tests := []struct{ head, want string }{
		{`<link rel=canonical href="/story">`, "https://example.org/story"},
		{`<link rel=canonical href="https://www.example.org/s?utm_source=x">`, "https://www.example.org/s"},
		{`<link rel=canonical href="https://thief.example/">`, ""},
		{`<link rel=canonical href="javascript:x">`, ""},
	}
	for _, tt := range tests {
		f := crawler.Fetch{Final: "https://example.org/s?id=1", Body: []byte(tt.head + `<a href="/2025/01/02/x">One two three four five six seven eight</a>`)}
		found, err := crawler.Discover(f, crawler.Link{URL: f.Final, Role: crawler.Story})
		if err != nil || found.Canonical != tt.want || len(found.Links) > 0 || found.Kind != crawler.PageKind {
			t.Errorf("%s: %+v, %v", tt.head, found, err)
		}
	}
}

func TestDetectKind(t *testing.T) {
	tests := []struct {
		body, contentType string
		want              crawler.Kind
	}{
		{"<!DOCTYPE html><p>", "text/html", crawler.Tag},
		{"<p>no doctype", "", crawler.Tag},
		{"plain words", "text/html; charset=utf-8", crawler.Tag},
		{"plain words", "text/plain", ""},
		{"<?xml version='1.0'?><!-- x --><rss>", "text/html", crawler.Feed},
		{"\ufeff<feed xmlns='http://www.w3.org/2005/Atom'>", "", crawler.Feed},
		{"<rdf:RDF>", "", crawler.Feed},
		{`{"version": "https://jsonfeed.org/version/1", "items":[]}`, "application/json", crawler.Feed},
		{`{"version": 1}`, "application/json", ""},
		{"<urlset>", "", crawler.Sitemap},
		{"<x:sitemapindex xmlns:x='y'>", "", crawler.Sitemap},
		{"https://example.org/a\nhttps://example.org/b", "text/plain", crawler.Sitemap},
		{"%PDF-1.7", "application/pdf", ""},
		{"\x1f\x8b\x08broken", "", ""},
		{"", "text/html", ""},
	}
	for _, tt := range tests {
		if got := crawler.DetectKind(crawler.Fetch{Body: []byte(tt.body), Type: tt.contentType}); got != tt.want {
			t.Errorf("%.30q as %q: %q, want %q", tt.body, tt.contentType, got, tt.want)
		}
	}
}

func TestTagOf(t *testing.T) {
	for u, want := range map[string]string{
		"https://example.org/en/tag/HugoTouvron": "HugoTouvron",
		"https://example.org/topics/caf%C3%A9/2": "café",
		"https://example.org/tag/":               "",
		"https://example.org/news/2025/x":        "",
		"https://example.org/tag/%FF":            "\ufffd",
	} {
		if got := crawler.TagOf(u); got != want {
			t.Errorf("TagOf(%s) = %q, want %q", u, got, want)
		}
	}
}

func BenchmarkDiscoverListing(b *testing.B) {
	ar, err := txtar.ParseFile("testdata/listing/newspaper.txtar")
	if err != nil {
		b.Fatal(err)
	}
	f := crawler.Fetch{Final: "https://www.courier.example/topic/leadership", Body: ar.Files[1].Data}
	b.SetBytes(int64(len(f.Body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := crawler.Discover(f, crawler.Link{Kind: crawler.Tag}); err != nil {
			b.Fatal(err)
		}
	}
}
