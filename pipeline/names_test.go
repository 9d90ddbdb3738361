package pipeline

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// What is found by a name through the indexes is what a walk over everything
// finds.
func TestFoundByName(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	newsroom(t, p)
	for i := range 6 { // aliases, spellings, kinds
		e := []extract.Entity{{ID: "p000000000001", Kind: extract.Person, Name: "Ève Li", Aliases: []string{"Li", "EVE"}[:i%3], Mentions: i},
			{ID: "o000000000001", Kind: extract.Organization, Name: fmt.Sprint("Li ", i%2), Aliases: []string{"Acme"}, Mentions: 1}}
		a := articleRow{Article: extract.Article{URL: articleURL(100 + i), Entities: e}, Changed: noon, First: noon}
		a.ID = extract.ArticleID(a.URL, "")
		a.Facts = []extract.Fact{{Type: extract.Left, Person: "Ève Li", Org: "Hooli", Successor: []string{"", "Zed"}[i%2]}}
		key := crawler.Key(a.URL)
		err := p.db.Update(func(tx *store.Tx) error {
			_, err := putArticle(tx, key[:], articleRow{}, a)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	checkClean(t, p)
	for _, name := range []string{"Bob", "bob", "Ada1", "ÈVE LI", "eve li", "Li", "eve", "Acme", "Hooli", "Initech2", "Zed", "Li 1", "Nobody", "p000000000001", "o000000000001", "p-Bob", "..."} {
		sameFound(t, p, name)
	}
	// When articles go, so do the names nobody has any more.
	err := p.db.Update(func(tx *store.Tx) error {
		for i := range 6 {
			key := crawler.Key(articleURL(100 + i))
			row, _, err := schema.articles.Get(tx, key[:])
			_, derr := dropArticle(tx, key[:], row)
			if err := errors.Join(err, derr); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	checkClean(t, p)
	for _, name := range []string{"Li", "Acme", "Hooli", "Bob"} {
		sameFound(t, p, name)
	}
}

func sameFound(t *testing.T, p *Pipeline, name string) {
	t.Helper()
	match := newMatcher(name)
	named := func(e extract.Entity, kind extract.Kind) bool { return match.entity([]extract.Entity{e}, kind) }
	compare := func(what string, got, want []string, err error) {
		t.Helper()
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s of %q: %d\n%s\nwant %d\n%s, %v", what, name, len(got), strings.Join(got, "\n"), len(want), strings.Join(want, "\n"), err)
		}
	}
	var got, want []string
	into := func(list *[]string) func(any) error {
		*list = nil
		return func(v any) error {
			b, err := encode(v)
			*list = append(*list, string(b))
			return err
		}
	}
	if name == "..." {
		return // no name at all
	}
	if !isEntityID(name) {
		g, w := into(&got), into(&want)
		err := errors.Join(p.Facts(Filter{Person: name}, func(r FactRecord) error { return g(r) }),
			p.Facts(Filter{}, func(r FactRecord) error {
				if match.name(r.Person) || match.name(r.Successor) {
					return w(r)
				}
				return nil
			}))
		compare("facts", got, want, err)
		g, w = into(&got), into(&want)
		err = errors.Join(p.Facts(Filter{Org: name}, func(r FactRecord) error { return g(r) }),
			p.Facts(Filter{}, func(r FactRecord) error {
				if match.name(r.Org) {
					return w(r)
				}
				return nil
			}))
		compare("facts at", got, want, err)
		g, w = into(&got), into(&want)
		err = errors.Join(p.Moves(Filter{Person: name}, func(r MoveRecord) error { return g(r) }),
			p.Moves(Filter{}, func(r MoveRecord) error {
				if match.name(r.Person) {
					return w(r)
				}
				return nil
			}))
		compare("moves", got, want, err)
	}
	for kind, f := range map[extract.Kind]Filter{extract.Person: {Person: name}, extract.Organization: {Org: name}} {
		g, w := into(&got), into(&want)
		err := errors.Join(p.Articles(f, func(r ArticleRecord) error { return g(r) }),
			walk(p.db, schema.articles, nil, func(_ []byte, row articleRow) error {
				if !slices.ContainsFunc(row.Entities, func(e extract.Entity) bool { return named(e, kind) }) {
					return nil
				}
				r, err := p.record(row)
				return errors.Join(err, w(r))
			}))
		compare("articles", got, want, err)
		g, w = into(&got), into(&want)
		err = errors.Join(p.Entities(kind, f, func(r EntityRecord) error { return g(r) }),
			p.Entities(kind, Filter{}, func(r EntityRecord) error {
				if match.id(r.ID) || match.name(r.Name) || slices.ContainsFunc(r.Aliases, match.name) {
					return w(r)
				}
				return nil
			}))
		compare("entities", got, want, err)
	}
}

// A name that is nobody's is answered with those like it.
func TestNear(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	newsroom(t, p)
	_, err := p.Show("Bop")
	var missing *NotFoundError
	if !errors.As(err, &missing) || !slices.Contains(missing.Near, `"Bob"`) {
		t.Errorf("%v", err)
	}
}

// Distance is what the whole table of distances says, up to the most that is
// asked for.
func TestDistance(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		b := make([]byte, r.IntN(8))
		for i := range b {
			b[i] = "abc"[r.IntN(3)]
		}
		return string(b)
	}
	for range 3000 {
		a, b, most := word(), word(), r.IntN(4)
		got, want := Distance(a, b, most), wholeDistance(a, b)
		if want <= most && got != want || want > most && got <= most {
			t.Fatalf("%q and %q are %d apart, want %d, most %d", a, b, got, want, most)
		}
	}
}

func wholeDistance(a, b string) int {
	if a == "" || b == "" {
		return len(a) + len(b)
	}
	cost := 1
	if a[0] == b[0] {
		cost = 0
	}
	return min(cost+wholeDistance(a[1:], b[1:]), 1+wholeDistance(a[1:], b), 1+wholeDistance(a, b[1:]))
}
