package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tenure/crawler"
	"tenure/pipeline"
)

// saved is a page about someone who left, as it was saved on a day of May.
func saved(url string, day int, person string) crawler.Fetch {
	return crawler.Fetch{
		URL: url, Final: url, At: time.Date(2025, 5, day, 9, 0, 0, 0, time.UTC), Status: 200, Type: "text/html",
		Body: fmt.Appendf(nil, `<html><head><title>%s leaves</title><meta property="article:published_time" content="2025-05-02"></head><body><article><h1>%[1]s leaves</h1>
<p>The water company has lost its head of networks, and the board searches for a successor.</p><h3>%[1]s</h3><p>Left Brightwater: April 2025</p></article></body></html>`, person),
	}
}

// walkOf hands on pages.
func walkOf(pages ...crawler.Fetch) func(context.Context, func(crawler.Fetch) error) error {
	return func(_ context.Context, fn func(crawler.Fetch) error) error {
		for _, f := range pages {
			if err := fn(f); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestImport(t *testing.T) {
	now := func() time.Time { return time.Date(2025, 5, 20, 9, 0, 0, 0, time.UTC) }
	p, _ := openSite(t, now)
	var many []crawler.Fetch
	for i := range 150 {
		many = append(many, saved(fmt.Sprintf("http://many.example/%d", i), 1, "Ruth Okonjo "+strings.Repeat("X", 1+i%3)))
	}
	a, b := saved("http://a.example/1", 3, "Ruth Okonjo"), saved("http://a.example/1", 5, "Omar Quist")
	for _, step := range []struct {
		name       string
		pages      []crawler.Fetch
		new, known int64
		moves      string // of a.example
	}{
		{"a first look", []crawler.Fetch{a}, 1, 0, "Ruth Okonjo"},
		{"the same again", []crawler.Fetch{a, a}, 0, 1, "Ruth Okonjo"},
		{"an earlier look", []crawler.Fetch{saved("http://a.example/1", 2, "Ada Marsh")}, 0, 1, "Ruth Okonjo"},
		{"a later look", []crawler.Fetch{a, b, b}, 1, 0, "Omar Quist"},
		{"both again", []crawler.Fetch{a, b}, 0, 1, "Omar Quist"},
		{"many", many, 150, 0, "Omar Quist"},
		{"many again", many, 0, 150, "Omar Quist"},
	} {
		s, err := p.Import(t.Context(), pipeline.ImportOptions{Walk: walkOf(step.pages...), Tags: []string{"Saved"}})
		if err != nil || s.Pages.New != step.new || s.Pages.Unchanged != step.known || s.Pages.Failed != 0 {
			t.Errorf("%s: %v, %+v; want %d new, %d known", step.name, err, s.Pages, step.new, step.known)
		}
		var who []string
		err = p.Moves(pipeline.Filter{}, func(m pipeline.MoveRecord) error {
			if strings.HasPrefix(m.Evidence[0].URL, "http://a.example/") {
				who = append(who, m.Person)
			}
			return nil
		})
		if got := strings.Join(who, ", "); err != nil || got != step.moves {
			t.Errorf("%s: moves of %s, want %s; %v", step.name, got, step.moves, err)
		}
	}
	v, err := p.Show("http://a.example/1")
	if r, ok := v.(pipeline.ArticleRecord); err != nil || !ok || r.Published != "2025-05-02" || len(r.Tags) != 1 || r.FirstSeen.Day() != 3 {
		t.Errorf("the article: %+v, %v", v, err)
	}
	report, err := p.Check(t.Context(), pipeline.CheckOptions{})
	if err != nil || report.Found > 0 {
		t.Errorf("check: %v, %v", report.Problems, err)
	}
}

// TestImportStopped: what was kept before an import was stopped is read, and
// the same import goes on from there.
func TestImportStopped(t *testing.T) {
	var pages []crawler.Fetch
	for i := range 200 {
		pages = append(pages, saved(fmt.Sprintf("http://many.example/%d", i), 1, fmt.Sprintf("Ruth Okonjo %c%c", 'A'+i/26, 'a'+i%26)))
	}
	export := func(p *pipeline.Pipeline) string {
		var b bytes.Buffer
		if err := p.Export(&b, pipeline.ExportAll, pipeline.FormatJSONL, pipeline.Filter{}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	now := func() time.Time { return time.Date(2025, 5, 20, 9, 0, 0, 0, time.UTC) }
	whole, _ := openSite(t, now)
	if _, err := whole.Import(t.Context(), pipeline.ImportOptions{Walk: walkOf(pages...)}); err != nil {
		t.Fatal(err)
	}
	broken, _ := openSite(t, now)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := broken.Import(ctx, pipeline.ImportOptions{Walk: func(ctx context.Context, fn func(crawler.Fetch) error) error {
		for i, f := range pages {
			if i == 130 {
				cancel()
			}
			if err := fn(f); err != nil {
				return err
			}
		}
		return nil
	}})
	if err == nil {
		t.Error("an import that was stopped says nothing")
	}
	s, err := broken.Import(t.Context(), pipeline.ImportOptions{Walk: walkOf(pages...)})
	if err != nil || s.Pages.New == 0 || s.Pages.Unchanged == 0 {
		t.Errorf("taken up: %v, %+v", err, s.Pages)
	}
	if export(broken) != export(whole) {
		t.Error("another export than of an import in one go")
	}
}
