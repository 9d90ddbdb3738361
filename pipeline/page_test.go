package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// listed is a pipeline over articles, each with some facts about somebody of
// its own.
func listed(t testing.TB, articles int) *Pipeline {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "t.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	p := New(db, nil, nil, nil)
	p.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	err = db.Update(func(tx *store.Tx) (err error) {
		for i := range articles {
			err = errors.Join(err, putListed(tx, i, listTime().Add(time.Duration(i)*time.Second)))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func listTime() time.Time { return time.Date(2025, 5, 20, 9, 0, 0, 0, time.UTC) }

// putListed writes article number i as changed at a time, with i%4 facts, a move
// and a failure.
func putListed(tx *store.Tx, i int, changed time.Time) error {
	url := fmt.Sprintf("http://a.example/%d", i)
	a := extract.Article{URL: url, ID: extract.ArticleID(url, ""), Text: "text"}
	for _, kind := range []extract.Kind{extract.Person, extract.Organization} {
		id := fmt.Sprintf("%c%012x", kind[0], i*7919)
		a.Entities = append(a.Entities, extract.Entity{ID: id, Kind: kind, Name: fmt.Sprintf("%s %d", kind, i), Mentions: 1})
	}
	for n := range i % 4 {
		a.Facts = append(a.Facts, extract.Fact{Type: extract.Left, Person: a.Entities[0].Name, Org: fmt.Sprintf("Org %d", n), Score: 0.9})
	}
	key, err := keyOfArticle(a.ID)
	if err != nil {
		return err
	}
	m := extract.Move{ID: fmt.Sprintf("%016x", i*104729%1000003), Person: a.Entities[0].Name, Kind: extract.Departure, Score: 0.9}
	old, _, err := schema.articles.Get(tx, key)
	if err != nil {
		return err
	}
	was, _, err := schema.moves.Get(tx, []byte(m.ID))
	if err != nil {
		return err
	}
	_, err = putArticle(tx, key, old, articleRow{Article: a, First: changed, Changed: changed})
	id := fmt.Sprintf("%08x", i)
	return errors.Join(err, schema.movesByTime.Delete(tx, store.Key(was.Changed, []byte(m.ID))),
		schema.moves.Put(tx, []byte(m.ID), moveRow{Move: m, Changed: changed}),
		schema.movesByTime.Put(tx, store.Key(changed, []byte(m.ID)), nil),
		schema.failures.Put(tx, store.Key(key, "content"), Failure{URL: url, Stage: "content", Reason: "no-date", At: changed}),
		schema.sources.Put(tx, []byte(id), sourceRow{Source: crawler.Source{ID: id, URL: url}}))
}

// turn asks for all pages of a list and returns their rows; between is called
// after each page.
func (p *Pipeline) turn(t *testing.T, list string, f Filter, between func(page int)) (rows []string) {
	t.Helper()
	for cursor, n := "", 0; ; n++ {
		page, err := p.Page(list, f, cursor)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Rows {
			rows = append(rows, string(r))
		}
		if len(page.Rows) > f.Limit {
			t.Fatalf("%s: a page of %d records, want at most %d", list, len(page.Rows), f.Limit)
		}
		if cursor = page.Next; cursor == "" {
			return rows
		}
		if n > 1000 {
			t.Fatalf("%s: no end", list)
		}
		between(n)
	}
}

// whole asks for all of a list at once.
func (p *Pipeline) whole(t *testing.T, list string, f Filter) (rows []string) {
	t.Helper()
	f.Limit = 0
	add := func(v any) error {
		b, err := encode(v)
		rows = append(rows, strings.TrimSuffix(string(b), "\n"))
		return err
	}
	var err error
	switch list {
	case "articles":
		err = p.Articles(f, func(r ArticleRecord) error { return add(r) })
	case "facts":
		err = p.Facts(f, func(r FactRecord) error { return add(r) })
	case "moves":
		err = p.Moves(f, func(r MoveRecord) error { return add(r) })
	case "failures":
		err = p.Failures(f, func(r Failure) error { return add(r) })
	case "sources":
		all, serr := p.Sources()
		for _, s := range all {
			serr = errors.Join(serr, add(s))
		}
		err = serr
	default:
		kind := map[string]extract.Kind{"people": extract.Person, "organizations": extract.Organization}[list]
		err = p.Entities(kind, f, func(r EntityRecord) error { return add(r) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestPages: the pages of a list together are the list, whatever their length
// and whatever narrows it.
func TestPages(t *testing.T) {
	p := listed(t, 23)
	for _, list := range PageLists() {
		for name, f := range map[string]Filter{
			"all": {}, "since": {Since: listTime().Add(7 * time.Second)}, "person": {Person: "person 7"}, "nobody": {Person: "nobody"},
			"org": {Org: "Org 1"}, "both": {Person: "person 7", Since: listTime()}, "id": {Person: "p00000000d891"},
		} {
			want := p.whole(t, list, f)
			for _, f.Limit = range []int{1, 2, 7, 100} {
				got := p.turn(t, list, f, func(int) {})
				if !slices.Equal(sorted(got), sorted(want)) { // with Since the order is another
					t.Errorf("%s %s, %d a page: %d records, want %d", list, name, f.Limit, len(got), len(want))
				}
			}
		}
	}
}

func sorted(all []string) []string { return slices.Sorted(slices.Values(all)) }

// TestPagesWhileWriting: what is there all the while is met exactly once, and
// with Since what changes is met again, after its change.
func TestPagesWhileWriting(t *testing.T) {
	for _, list := range []string{"articles", "people", "organizations", "facts", "moves", "failures", "sources"} {
		for _, since := range []time.Time{{}, listTime()} {
			p := listed(t, 30)
			before := p.whole(t, list, Filter{Since: since})
			rows := p.turn(t, list, Filter{Since: since, Limit: 3}, func(page int) {
				if page > 4 {
					return
				}
				err := p.db.Update(func(tx *store.Tx) error { // a new one, and one that was there
					return errors.Join(putListed(tx, 100+page, listTime().Add(time.Hour)), putListed(tx, page, listTime().Add(2*time.Hour)))
				})
				if err != nil {
					t.Fatal(err)
				}
			})
			count := map[string]int{}
			for _, r := range rows {
				count[nameOf(t, r)]++
			}
			for _, r := range before {
				name := nameOf(t, r)
				n := count[name]
				if since.IsZero() && n != 1 || n < 1 {
					t.Errorf("%s since %v: %s is met %d times", list, since, name, n)
				}
			}
		}
	}
}

// nameOf is what a record is told by, whenever it changed.
func nameOf(t *testing.T, line string) string {
	t.Helper()
	var r struct {
		ID, URL, Person, Org, Article string
	}
	if err := json.Unmarshal([]byte(line), &r); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(r)
}

// A cursor that is none, or of something else, is refused.
func TestCursorsRefused(t *testing.T) {
	p := listed(t, 5)
	page, err := p.Page("moves", Filter{Limit: 1}, "")
	if err != nil || page.Next == "" {
		t.Fatal(page, err)
	}
	for _, test := range []struct {
		list   string
		f      Filter
		cursor string
	}{
		{"articles", Filter{}, page.Next},
		{"moves", Filter{Person: "x"}, page.Next},
		{"moves", Filter{}, "x"},
		{"moves", Filter{}, page.Next + "="},
		{"moves", Filter{}, "e30"},
		{"nothing", Filter{}, ""},
	} {
		if got, err := p.Page(test.list, test.f, test.cursor); !errors.As(err, new(*CursorError)) {
			t.Errorf("%s, %q: %v, %v", test.list, test.cursor, got, err)
		}
	}
	if got, err := p.Page("moves", Filter{Limit: 2}, page.Next); err != nil || len(got.Rows) != 2 {
		t.Errorf("another limit: %v, %v", got, err)
	}
}

// TestPageBounds: a page has no more records, and hardly more bytes, than it
// may.
func TestPageBounds(t *testing.T) {
	at := &place{}
	take := take[string](&taking{limit: MostPage, at: at})
	line := string(make([]byte, 100<<10)) // written as escapes, six bytes each
	n := 0
	for take(line) == nil {
		n++
	}
	if n != 7 {
		t.Errorf("%d records of 600 KB, want 7", n)
	}
}

// FuzzCursor reads cursors from elsewhere.
func FuzzCursor(f *testing.F) {
	p := listed(f, 8)
	for _, list := range PageLists() {
		page, err := p.Page(list, Filter{Limit: 1}, "")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(list, page.Next)
	}
	f.Add("facts", "")
	f.Fuzz(func(t *testing.T, list, cursor string) {
		page, err := p.Page(list, Filter{Limit: 2}, cursor)
		if len(page.Rows) > 2 || err != nil && !errors.As(err, new(*CursorError)) {
			t.Errorf("%d records, %v", len(page.Rows), err)
		}
		if page.Next != "" && len(page.Next) > maxCursor {
			t.Errorf("a cursor of %d bytes", len(page.Next))
		}
	})
}
