package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// look keeps a page as a crawl does that comes by at the given time.
func look(t testing.TB, p *Pipeline, l crawler.Link, at time.Time, body string) {
	t.Helper()
	f := crawler.Fetch{URL: l.URL, Final: l.URL, Source: l.Source, At: at, Status: 200, Type: "text/html", Body: []byte(body)}
	ref, err := p.db.AppendRaw(t.Context(), keptRecord(l, f))
	if err == nil {
		err = p.db.Update(func(tx *store.Tx) error {
			key := crawler.Key(l.URL)
			row, known, err := schema.links.Get(tx, key[:])
			row.Link, row.State, row.Hash = l, linkDone, bodyHash(f.Body)
			return errors.Join(err, schema.links.Put(tx, key[:], row), putPage(tx, l, f, row.Hash, ref, !known))
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestPrune: whatever looks there were at lists and articles, pruning changes
// nothing that is exported, neither at once nor when all pages are read again,
// in place or from the beginning.
func TestPrune(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := newTestPipeline(t, t.TempDir())
		for i := range rapid.IntRange(1, 8).Draw(rt, "looks") {
			drawLookAt(t, rt, p, noon.Add(time.Duration(i)*time.Hour))
			if rapid.Bool().Draw(rt, "now") {
				read(t, p)
			}
		}
		read(t, p)
		p.Now = func() time.Time { return noon.Add(24 * time.Hour) }
		want := exportAll(t, p)
		keep := time.Duration(rapid.IntRange(15, 24).Draw(rt, "keep")) * time.Hour
		if _, err := p.Prune(t.Context(), keep, rapid.IntRange(0, 3).Draw(rt, "most")); err != nil {
			rt.Fatal(err)
		}
		if got := exportAll(t, p); got != want {
			rt.Fatalf("pruned:\n%s\nwant\n%s", got, want)
		}
		checkClean(t, p)
		for i := range rapid.IntRange(0, 2).Draw(rt, "later") {
			drawLookAt(t, rt, p, noon.Add(time.Duration(25+i)*time.Hour))
			read(t, p)
			want = exportAll(t, p)
		}
		if _, err := p.Reextract(t.Context(), true, nil); err != nil {
			rt.Fatal(err)
		}
		if got := exportAll(t, p); got != want {
			rt.Fatalf("read again:\n%s\nwant\n%s", got, want)
		}
		if _, err := p.Rebuild(t.Context(), RebuildOptions{Articles: true}); err != nil {
			rt.Fatal(err)
		}
		if got := exportAll(t, p); got != want {
			rt.Fatalf("rebuilt:\n%s\nwant\n%s", got, want)
		}
		checkClean(t, p)
	})
}

// drawLookAt looks at one of two articles or of two lists of cards.
func drawLookAt(t testing.TB, rt *rapid.T, p *Pipeline, at time.Time) {
	var cards []extract.Article
	n := rapid.IntRange(0, 3).Draw(rt, "page")
	l := crawler.Link{URL: fmt.Sprintf("https://example.org/tag/%d", n), Role: crawler.Listing, Kind: crawler.Tag, Source: "s1", Tags: []string{fmt.Sprint("tag", n)}}
	for i := range 2 {
		if n < 2 && !rapid.Bool().Draw(rt, "card") {
			continue
		}
		a := extract.Article{URL: articleURL(i), Title: fmt.Sprint("Title ", i), Inline: n < 2, Authors: []string{"A"}}
		a.Text = fmt.Sprintf("Ada%d left Acme\nBob left Org%d\n", i, rapid.IntRange(0, 2).Draw(rt, "text"))
		a.Published, _ = extract.ParseStamp(rapid.SampledFrom([]string{"", "2025-05-01", "2025-05-02", "2025-05-03T10:00:00Z"}).Draw(rt, "date"))
		if n < 2 || i == n-2 {
			cards = append(cards, a)
		}
	}
	if n >= 2 {
		l = crawler.Link{URL: articleURL(n - 2), Role: crawler.Story, Source: "s1"}
	}
	body, err := json.Marshal(cards)
	if err != nil {
		t.Fatal(err)
	}
	look(t, p, l, at, string(body)+fmt.Sprintf("%*s", rapid.IntRange(0, 3).Draw(rt, "noise"), ""))
}

// A list whose bytes change at every look, but not what it tells, takes room
// for a while and no more.
func TestPruneLooks(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	list := crawler.Link{URL: "https://example.org/tag", Role: crawler.Listing, Kind: crawler.Tag, Source: "s1"}
	feed := crawler.Link{URL: "https://example.org/feed", Role: crawler.Listing, Kind: crawler.Feed, Source: "s2"}
	const looks = 300
	for i := range looks {
		at := noon.Add(time.Duration(i) * time.Hour)
		body := fmt.Sprintf(`[{"url":"https://example.org/a","inline":true,"published":"2025-05-01","text":"Ada left Acme\n"}]%*s`, i, "")
		look(t, p, list, at, body)
		look(t, p, feed, at, body)
	}
	read(t, p)
	want := exportAll(t, p)
	p.Now = func() time.Time { return noon.Add(looks * time.Hour) }
	if n, err := p.Prune(t.Context(), 0, 0); err != nil || n.Pages != 0 {
		t.Errorf("for ever: %+v, %v", n, err)
	}
	const keep = 20
	total := 0
	for range looks { // bit by bit
		n, err := p.Prune(t.Context(), keep*time.Hour, 1)
		if err != nil {
			t.Fatal(err)
		}
		total += n.Pages
	}
	if left := 2*looks - total; left > 2*keep+3 { // and the first and last of the list, the last of the feed
		t.Errorf("%d of %d pages are left", left, 2*looks)
	}
	if got := exportAll(t, p); got != want {
		t.Errorf("export\n%s\nwant\n%s", got, want)
	}
	checkClean(t, p)
	u, err := p.db.Usage()
	if err != nil || u.Pages > 60_000 {
		t.Errorf("raw pages take %d bytes, %v", u.Pages, err)
	}
}

// Failures of links that were given up and summaries go when they are old.
func TestPruneRecords(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	old, young := noon.Add(-keepGivenUp-time.Hour), noon.Add(-time.Hour)
	kept := map[string]bool{}
	err := p.db.Update(func(tx *store.Tx) error {
		for i, f := range []Failure{
			{Stage: "fetch", At: old}, {Stage: "fetch", At: young}, {Stage: "fetch", At: old, Retry: noon}, {Stage: "content", At: old},
		} {
			l := crawler.Link{URL: fmt.Sprint("https://example.org/", i)}
			kept[l.URL] = i > 0
			if err := putFailure(tx, l, f.Stage, &f); err != nil {
				return err
			}
		}
		for i := range keepRuns + 600 {
			start := noon.Add(-time.Duration(i) * 8 * time.Hour)
			if err := schema.runs.Put(tx, store.Key(start), Summary{Start: start}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	n, err := p.Prune(t.Context(), 0, 0)
	if err != nil || n.Failures != 1 || n.Runs != 600-96 { // a year has 1,096 times 8 hours
		t.Errorf("%+v, %v", n, err)
	}
	err = p.Failures(Filter{}, func(f Failure) error {
		if !kept[f.URL] {
			t.Errorf("%+v is kept", f)
		}
		delete(kept, f.URL)
		return nil
	})
	if err != nil || len(kept) != 1 {
		t.Errorf("%v, lost: %v", err, kept)
	}
}
