package crawler_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tenure/crawler"
)

func TestOPML(t *testing.T) {
	const file = `<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.0"><head><title>my feeds</title></head><body>
<outline text="Caf` + "\xe9" + `"><outline text="Deep"><outline type="rss" text="A" xmlUrl="https://a.example/feed?utm_source=x"/></outline>
<outline xmlurl="HTTPS://B.example/feed"/></outline>
<outline title="C" xmlUrl="https://c.example/feed" htmlUrl="https://c.example/"></outline>
<outline text="again" xmlUrl="https://c.example/feed#x"/>
<outline text="bad" xmlUrl="javascript:alert(1)"/>
</body></opml>`
	got, err := crawler.ParseOPML(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	source := func(url string, tags ...string) crawler.Source {
		return crawler.Source{ID: crawler.SourceID(url), Kind: crawler.Feed, URL: url, Tags: tags}
	}
	want := []crawler.Source{source("https://a.example/feed", "Café", "Deep"), source("https://b.example/feed", "Café"), source("https://c.example/feed")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	var buf bytes.Buffer
	if err := crawler.WriteOPML(&buf, append(got, crawler.Source{Kind: crawler.Tag, URL: "https://d.example/tag/x"})); err != nil {
		t.Fatal(err)
	}
	again, err := crawler.ParseOPML(&buf)
	if err != nil {
		t.Fatal(err)
	}
	want[0].Tags = []string{"Café"} // OPML has groups, not tags
	if diff := cmp.Diff(want, again); diff != "" {
		t.Error(diff)
	}
}

func TestOPMLRefused(t *testing.T) {
	var many strings.Builder
	for i := range 10001 {
		fmt.Fprintf(&many, `<outline xmlUrl="https://example.org/%d"/>`, i)
	}
	for name, file := range map[string]string{
		"no opml":   "<rss/>",
		"empty":     "",
		"deep":      "<opml>" + strings.Repeat("<outline>", 100),
		"long":      "<opml>" + strings.Repeat(" ", 11<<20),
		"many":      "<opml>" + many.String(),
		"truncated": "<opml><body><outline",
	} {
		if got, err := crawler.ParseOPML(strings.NewReader(file)); err == nil {
			t.Errorf("%s: %d sources, want an error", name, len(got))
		}
	}
}

func FuzzOPML(f *testing.F) {
	f.Add([]byte(`<opml><outline text="a"><outline xmlUrl="https://a.example/"/></outline></opml>`))
	f.Fuzz(func(t *testing.T, file []byte) {
		sources, err := crawler.ParseOPML(bytes.NewReader(file))
		if err != nil {
			return
		}
		var buf bytes.Buffer
		if err := crawler.WriteOPML(&buf, sources); err != nil {
			t.Fatal(err)
		}
		again, err := crawler.ParseOPML(&buf)
		if err != nil || len(again) != len(sources) {
			t.Errorf("%d sources, again %d, %v", len(sources), len(again), err)
		}
	})
}
