package crawler_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tenure/crawler"
)

func TestDiscoverFeed(t *testing.T) {
	story := func(path, title, published string, tags ...string) crawler.Link {
		return crawler.Link{URL: "https://www.example.org" + path, Source: "s", Role: crawler.Story, Kind: crawler.PageKind,
			Title: title, Published: published, Tags: tags}
	}
	tests := []struct {
		name, body string
		links      []crawler.Link
		rejected   int
		ttl        time.Duration
	}{
		{"rss", `<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><link>https://www.example.org/</link><ttl>90</ttl>
<item><title>Caf` + "\xe9" + ` chief
 quits</title><link>/a?utm_source=rss</link><pubDate>Mon, 26 May 2025 09:30:00 +0200</pubDate><category>Food</category><category>Food</category></item>
<item><link>https://www.example.org/</link></item>
<item><guid>https://www.example.org/b</guid></item>
<item><title>no address</title></item>
<item><link>https://elsewhere.example/c</link></item>
</channel></rss>`, []crawler.Link{story("/a", "Café chief quits", "2025-05-26T09:30:00+02:00", "Food"), story("/b", "", "")}, 1, 90 * time.Minute},
		{"atom", `<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://www.example.org/"/>
<entry><title type="html">A &amp;amp; B</title><link rel="alternate" href="https://www.example.org/a"/><link rel="replies" href="https://www.example.org/r"/>
<updated>2025-05-26T10:00:00Z</updated><category term="AI"/></entry></feed>`,
			[]crawler.Link{story("/a", "A & B", "2025-05-26T10:00:00Z", "AI")}, 0, 0},
		{"json", `{"version":"https://jsonfeed.org/version/1.1","home_page_url":"https://www.example.org/","items":[
{"id":"1","url":"https://www.example.org/a","title":"One","date_published":"2025-05-26T10:00:00Z","tags":["x"]}]}`,
			[]crawler.Link{story("/a", "One", "2025-05-26T10:00:00Z", "x")}, 0, 0},
		{"rdf", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>https://www.example.org/</link>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>
<item><title>One</title><link>https://www.example.org/a</link><dc:date>2025-05-26T10:00:00Z</dc:date></item></rdf:RDF>`,
			[]crawler.Link{story("/a", "One", "2025-05-26T10:00:00Z")}, 0, 30 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := crawler.Fetch{Final: "https://www.example.org/feed", Body: []byte(tt.body)}
			found, err := crawler.Discover(f, crawler.Link{URL: f.Final, Source: "s", Kind: crawler.Feed})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.links, found.Links); diff != "" {
				t.Error(diff)
			}
			if len(found.Rejected) != tt.rejected || found.TTL != tt.ttl || found.Kind != crawler.Feed {
				t.Errorf("kind %s, %v rejected, ttl %v", found.Kind, found.Rejected, found.TTL)
			}
		})
	}
}

func TestFeedRefused(t *testing.T) {
	for name, body := range map[string]string{
		"deep":     "<rss><channel>" + strings.Repeat("<a>", 100000),
		"web page": "<!DOCTYPE html><html><body><p>no feed",
		"empty":    "",
		"huge":     "<rss>" + strings.Repeat(" ", 11<<20),
	} {
		f := crawler.Fetch{Final: "https://example.org/feed", Body: []byte(body)}
		if found, err := crawler.Discover(f, crawler.Link{URL: f.Final, Kind: crawler.Feed}); err == nil {
			t.Errorf("%s: found %+v, want an error", name, found)
		}
	}
}

// The feeds of feedparser's corpus: all parse, and the fields a case asks for
// by plain equality are equal.
func TestFeedparserCorpus(t *testing.T) {
	file, err := os.Open(shared(t, "feeds/feedparser_corpus.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	total, parsed, checked, equal := 0, 0, 0, 0
	sc := bufio.NewScanner(file)
	sc.Buffer(nil, 16<<20)
	for sc.Scan() {
		var c struct {
			File, B64 string
			Bozo      bool
			Check     *struct {
				Scope any
				Field string
				Value any
			}
		}
		if err := json.Unmarshal(sc.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		body, err := base64.StdEncoding.DecodeString(c.B64)
		if err != nil {
			t.Fatal(err)
		}
		total++
		feed, err := crawler.ParseFeed(body, "")
		if err != nil {
			t.Logf("%s: bozo %v: %v", c.File, c.Bozo, err)
			continue
		}
		parsed++
		if c.Check == nil {
			continue
		}
		var got string
		switch {
		case c.Check.Scope == "feed" && c.Check.Field == "title":
			got = feed.Title
		case c.Check.Scope == "feed" && c.Check.Field == "link":
			got = feed.Link
		case c.Check.Scope == 0.0 && len(feed.Items) > 0:
			switch it := feed.Items[0]; c.Check.Field {
			case "title":
				got = it.Title
			case "link":
				got = it.Link
			case "id":
				got = it.GUID
			case "published":
				got = it.Published
			default:
				continue
			}
		default:
			continue
		}
		checked++
		want, _ := c.Check.Value.(string)
		if c.Check.Field == "title" { // markup in titles is not kept
			got, want = crawler.PlainText(got), crawler.PlainText(want)
		}
		if got != want {
			t.Logf("%s: %v %s %q, want %q", c.File, c.Check.Scope, c.Check.Field, got, want)
			continue
		}
		equal++
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d parsed; %d of %d fields equal", parsed, total, equal, checked)
	if 100*parsed < 99*total {
		t.Errorf("%d of %d parsed, want 99 %%", parsed, total)
	}
	if 100*equal < 95*checked {
		t.Errorf("%d of %d fields equal, want 95 %%", equal, checked)
	}
}

func BenchmarkDiscoverFeed(b *testing.B) {
	var s strings.Builder
	s.WriteString("<rss><channel><link>https://example.org/</link>")
	for range 50 {
		s.WriteString("<item><title>Someone leaves somewhere</title><link>https://example.org/a</link><description>")
		s.WriteString(strings.Repeat("words and words ", 50) + "</description></item>")
	}
	s.WriteString("</channel></rss>")
	f := crawler.Fetch{Final: "https://example.org/feed", Body: []byte(s.String())}
	b.SetBytes(int64(len(f.Body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := crawler.Discover(f, crawler.Link{Kind: crawler.Feed}); err != nil {
			b.Fatal(err)
		}
	}
}
