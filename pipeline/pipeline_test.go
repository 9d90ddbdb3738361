package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// noon is what the clock of all tests says.
var noon = time.Date(2025, 5, 26, 12, 0, 0, 0, time.UTC)

// fakeReader reads pages that are JSON arrays of articles.
type fakeReader struct{}

func (fakeReader) Read(_ context.Context, p extract.Page) (r extract.Reading, err error) {
	switch string(p.Body) {
	case "panic":
		panic("as asked")
	case "fail":
		return r, stageError{"odd", "as asked"}
	}
	err = json.Unmarshal(p.Body, &r.Articles)
	for _, a := range r.Articles {
		a.Tags = append(a.Tags, p.Tags...)
		if a.URL == "" {
			a.URL = p.URL
		}
	}
	return r, err
}

// fakeSteps finds "NAME left ORG" in lines.
type fakeSteps struct{}

func (fakeSteps) Annotate(_ context.Context, a *extract.Article) error {
	if strings.Contains(a.Text, "panic") {
		panic("as asked")
	}
	at := 0
	for line := range strings.Lines(a.Text) {
		name, org, ok := strings.Cut(strings.TrimSpace(line), " left ")
		span := extract.Span{Start: at, End: at + len(name)}
		if ok {
			a.Mentions = append(a.Mentions, extract.Mention{Span: span, Kind: extract.Person, Entity: "p-" + name, Score: 1})
			a.Entities = append(a.Entities, extract.Entity{ID: "p-" + name, Kind: extract.Person, Name: name, Mentions: 1})
			a.Facts = append(a.Facts, extract.Fact{Type: extract.Left, Person: name, Org: org, Score: 1,
				Evidence: extract.Evidence{Span: span, Quote: name, By: "fake"}, Spans: extract.FactSpans{Person: span}})
		}
		at += len(line)
	}
	return nil
}

// fakeMerge makes one move an organization left.
func fakeMerge(claims []extract.Claim) []extract.Move {
	byOrg := map[string]*extract.Move{}
	for _, c := range claims {
		m := byOrg[c.Fact.Org]
		if m == nil {
			sum := sha256.Sum256([]byte(c.Fact.Person + c.Fact.Org))
			m = &extract.Move{ID: hex.EncodeToString(sum[:8]), Person: c.Fact.Person, Kind: extract.Departure, From: extract.Position{Org: c.Fact.Org}}
			byOrg[c.Fact.Org] = m
		}
		m.Facts = append(m.Facts, extract.ClaimQuote{ArticleRef: c.Article, Quote: c.Fact.Evidence.Quote})
		m.Sources = len(m.Facts)
	}
	var all []extract.Move
	for _, k := range sortedKeys(keysOf(byOrg)) {
		all = append(all, *byOrg[k])
	}
	return all
}

func keysOf(m map[string]*extract.Move) map[string]bool {
	set := map[string]bool{}
	for k := range m {
		set[k] = true
	}
	return set
}

// newTestPipeline returns a pipeline over a new store.
func newTestPipeline(t testing.TB, dir string) *Pipeline {
	t.Helper()
	db, err := store.Open(filepath.Join(dir, "t.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	})
	p := New(db, fakeReader{}, []Step{fakeSteps{}}, fakeMerge)
	p.Now = func() time.Time { return noon }
	p.Version = "1"
	return p
}

// keep keeps a page as the crawl does.
func keep(t testing.TB, p *Pipeline, l crawler.Link, body string) {
	t.Helper()
	f := crawler.Fetch{URL: l.URL, Final: l.URL, Source: l.Source, At: noon, Status: 200, Type: "text/html", Body: []byte(body)}
	ref, err := p.db.AppendRaw(context.Background(), keptRecord(l, f))
	if err == nil {
		err = p.db.Update(func(tx *store.Tx) error { return putPage(tx, l, f, bodyHash(f.Body), ref, true) })
	}
	if err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, p *Pipeline) *reading {
	t.Helper()
	r := &reading{p: p, tally: newTally()}
	if err := r.run(context.Background(), nothingMore()); err != nil {
		t.Fatal(err)
	}
	return r
}

// nothingMore says that all pages are there.
func nothingMore() <-chan struct{} {
	more := make(chan struct{})
	close(more)
	return more
}

func exportAll(t testing.TB, p *Pipeline) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Export(&b, ExportAll, FormatJSONL, Filter{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// page is one page of the property below.
type page struct {
	link crawler.Link
	body string
}

// TestOrder: whatever the order in which pages are read, and however often,
// the export has the same bytes.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pages := drawPages(rt)
		shuffled := rapid.Permutation(pages).Draw(rt, "order")
		a, b := newTestPipeline(t, t.TempDir()), newTestPipeline(t, t.TempDir())
		for _, pg := range pages {
			keep(t, a, pg.link, pg.body)
			read(t, a) // each by itself
		}
		for _, pg := range shuffled {
			keep(t, b, pg.link, pg.body)
		}
		read(t, b) // all together
		want := exportAll(t, a)
		if got := exportAll(t, b); got != want {
			rt.Fatalf("another order gives another export:\n%s\nwant\n%s", got, want)
		}
		if _, err := b.Reextract(context.Background(), true, nil); err != nil {
			rt.Fatal(err)
		}
		if got := exportAll(t, b); got != want {
			rt.Fatalf("reading again gives another export:\n%s\nwant\n%s", got, want)
		}
	})
}

// drawPages draws own pages of articles and lists that carry cards of them.
func drawPages(rt *rapid.T) []page {
	n := rapid.IntRange(1, 4).Draw(rt, "articles")
	var all []page
	for i := range n {
		if rapid.Bool().Draw(rt, "own") {
			all = append(all, page{
				crawler.Link{URL: articleURL(i), Role: crawler.Story, Tags: []string{"own"}},
				articleJSON(rt, i, "", rapid.SampledFrom([]string{"2025-05-02", ""}).Draw(rt, "date")),
			})
		}
	}
	for k := range rapid.IntRange(0, 3).Draw(rt, "lists") {
		var cards []string
		for i := range n {
			if rapid.Bool().Draw(rt, "card") {
				card := articleJSON(rt, i, articleURL(i), "2025-05-01")
				cards = append(cards, card[1:len(card)-1])
			}
		}
		all = append(all, page{
			crawler.Link{URL: fmt.Sprintf("https://example.org/tag/%d", k), Role: crawler.Listing, Kind: crawler.Tag, Tags: []string{fmt.Sprint("tag", k)}},
			"[" + strings.Join(cards, ",") + "]",
		})
	}
	return all
}

func articleURL(i int) string { return fmt.Sprintf("https://example.org/a/%d", i) }

// articleJSON is a page that holds one article; with a URL, as a card.
func articleJSON(rt *rapid.T, i int, url, date string) string {
	text := fmt.Sprintf("Ada%d left Acme\n", i)
	if rapid.Bool().Draw(rt, "longer") {
		text += "Bob left Acme\n"
	}
	a := extract.Article{URL: url, Title: fmt.Sprint("Title ", i), Text: text, Inline: url != ""}
	a.Published, _ = extract.ParseStamp(date)
	b, err := json.Marshal([]extract.Article{a})
	if err != nil {
		rt.Fatal(err)
	}
	return string(b)
}

// TestWithdraw: what a page gave is taken back when it gives it no more, and
// only then.
func TestWithdraw(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	card := `{"url":"https://example.org/a/1","inline":true,"published":"2025-05-01","text":"Ada left Acme\n"}`
	keep(t, p, crawler.Link{URL: "https://example.org/tag", Role: crawler.Listing, Kind: crawler.Tag}, "["+card+"]")
	read(t, p)
	if n := count(t, p, "tenure/move/v1"); n != 1 {
		t.Fatalf("%d moves, want 1", n)
	}
	// The list moves on: the article stays.
	keep(t, p, crawler.Link{URL: "https://example.org/tag", Role: crawler.Listing, Kind: crawler.Tag}, "[]")
	read(t, p)
	if n := count(t, p, "tenure/article/v1"); n != 1 {
		t.Fatalf("%d articles after the list moved on, want 1", n)
	}
	// A better reader no longer takes the card for an article: it goes.
	p.read = readerFunc(func(extract.Page) (extract.Reading, error) { return extract.Reading{}, nil })
	p.Version = "2"
	s, err := p.Reextract(t.Context(), false, nil)
	if err != nil || s.Pages.Total != 1 {
		t.Fatalf("reextract: %v, %d pages", err, s.Pages.Total)
	}
	if out := exportAll(t, p); out != "" {
		t.Errorf("left behind:\n%s", out)
	}
}

type readerFunc func(extract.Page) (extract.Reading, error)

func (f readerFunc) Read(_ context.Context, p extract.Page) (extract.Reading, error) { return f(p) }

func count(t *testing.T, p *Pipeline, schema string) int {
	t.Helper()
	return strings.Count(exportAll(t, p), `"schema":"`+schema+`"`)
}

// TestStageFailures: a page that fails in a stage is recorded, and the pages
// after it are read.
func TestStageFailures(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	story := func(n int) crawler.Link { return crawler.Link{URL: articleURL(n), Role: crawler.Story} }
	keep(t, p, story(1), "panic")
	keep(t, p, story(2), "fail")
	keep(t, p, story(3), `[{"text":"this step will panic"}]`)
	keep(t, p, story(4), "  ")
	keep(t, p, story(5), "[]")
	keep(t, p, story(6), `[{"text":"Ada left Acme\n"}]`)
	r := read(t, p)
	want := map[string]string{
		articleURL(1): "panic", articleURL(2): "odd", articleURL(3): "panic",
		articleURL(4): "empty", articleURL(5): "no-articles", articleURL(6): "no-date",
	}
	err := p.Failures(Filter{}, func(f Failure) error {
		if want[f.URL] != f.Reason {
			t.Errorf("%s: %s (%s), want %s", f.URL, f.Reason, f.Detail, want[f.URL])
		}
		delete(want, f.URL)
		return nil
	})
	if err != nil || len(want) > 0 {
		t.Errorf("error %v, not recorded: %v", err, want)
	}
	if got := r.tally.count().Failed; got != 6 {
		t.Errorf("%d failed, want 6", got)
	}
	if n := count(t, p, "tenure/article/v1"); n != 1 {
		t.Errorf("%d articles, want 1", n)
	}
}

// TestCanceled: a context that ends stops reading with its error, and the
// page is read later.
func TestCanceled(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	keep(t, p, crawler.Link{URL: articleURL(1), Role: crawler.Story}, `[{"published":"2025-05-01","text":"Ada left Acme\n"}]`)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := (&reading{p: p, tally: newTally()}).run(ctx, nothingMore()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want canceled", err)
	}
	read(t, p)
	if n := count(t, p, "tenure/article/v1"); n != 1 {
		t.Errorf("%d articles, want 1", n)
	}
}
