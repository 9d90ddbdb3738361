package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// crossed takes people for others than their names say: a name in an article
// whose ID ends in an odd digit is a namesake's, and those with an A are all
// one person, with the ID of one of the names.
type crossed struct{}

func (crossed) Groups(a *extract.Article) []string {
	if len(a.Facts) == 0 {
		return nil
	}
	return []string{"all"}
}

func (crossed) People(_ string, articles []*extract.Article, _ map[string]string, _ []extract.Decision) (all []extract.Profile) {
	people := map[string]*extract.Profile{}
	for _, a := range articles {
		for _, f := range a.Facts {
			id := personID(a, f.Person)
			switch {
			case strings.HasPrefix(f.Person, "A"):
				id = "p-Ada1"
			case strings.ContainsAny(a.ID[len(a.ID)-1:], "13579bdf"):
				id = "x-" + f.Person
			}
			who := people[id]
			if who == nil {
				who = &extract.Profile{ID: id, Name: f.Person}
				people[id] = who
			}
			who.Name = min(who.Name, f.Person)
			if key := (extract.SightingKey{Article: a.ID, Name: f.Person}); !slices.Contains(who.Sightings, key) {
				who.Sightings = append(who.Sightings, key)
			}
		}
	}
	for _, who := range people {
		all = append(all, *who)
	}
	return all
}

// aliased finds what fakeSteps does, and Al as another name of everybody.
type aliased struct{ fakeSteps }

func (f aliased) Annotate(ctx context.Context, a *extract.Article) error {
	err := f.fakeSteps.Annotate(ctx, a)
	for i := range a.Entities {
		a.Entities[i].Aliases = []string{"Al"}
	}
	return err
}

// wantTotals counts what there is of an entity, article by article.
func wantTotals(t rapid.TB, p *Pipeline) map[string]EntityRecord {
	t.Helper()
	meant := map[nameIn]map[string]bool{}
	want := map[string]EntityRecord{}
	count := func(id string, r entityRow, names ...string) {
		e := want[id]
		e.Articles, e.Mentions = e.Articles+1, e.Mentions+r.Mentions
		e.Aliases = slices.Compact(slices.Sorted(slices.Values(slices.Concat(e.Aliases, r.Aliases, names))))
		want[id] = e
	}
	err := p.db.View(func(tx *store.Tx) error {
		err := schema.persons.Each(tx, nil, func(_ []byte, who personRow) error {
			for _, s := range who.Sightings {
				_, a, _, err := articleByID(tx, s.Article)
				if err != nil {
					return err
				}
				n := nameIn{s.Article, personID(&a.Article, s.Name)}
				if meant[n] == nil {
					meant[n] = map[string]bool{}
				}
				meant[n][who.ID] = true
			}
			return nil
		})
		if err != nil {
			return err
		}
		return schema.entities.Each(tx, nil, func(_ []byte, r entityRow) error {
			who := meant[nameIn{r.Article, r.ID}]
			if len(who) == 0 || who[r.ID] {
				count(r.ID, r)
			}
			for id := range who {
				if id != r.ID {
					count(id, r, r.Name)
				}
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return want
}

// Whatever is read, and read again otherwise, the totals are what a count of
// all rows gives, in any order; a migration makes the same of the rows.
func TestTotals(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a, b := newTestPipeline(t, t.TempDir()), newTestPipeline(t, t.TempDir())
		a.People, b.People = crossed{}, crossed{}
		a.steps, b.steps = []Step{aliased{}}, []Step{aliased{}}
		pages := map[string]string{}
		draw := func(i int) {
			var text strings.Builder
			for range rapid.IntRange(0, 3).Draw(rt, "lines") {
				fmt.Fprintf(&text, "%s left Acme\\n", rapid.SampledFrom([]string{"Ada1", "Ada2", "Bob", "Cleo"}).Draw(rt, "name"))
			}
			pages[articleURL(i)] = fmt.Sprintf(`[{"title":"T","published":"2025-05-02","text":"%sa line to read\n"}]`, &text)
			keep(t, a, crawler.Link{URL: articleURL(i), Role: crawler.Story}, pages[articleURL(i)])
		}
		for range 3 {
			for range rapid.IntRange(1, 4).Draw(rt, "pages") {
				draw(rapid.IntRange(0, 5).Draw(rt, "article"))
			}
			read(t, a)
			sameTotals(rt, a)
		}
		for _, url := range slices.Backward(sortedURLs(pages)) {
			keep(t, b, crawler.Link{URL: url, Role: crawler.Story}, pages[url])
		}
		read(t, b)
		was := dump(t, a)
		for _, name := range []string{schema.totals.Name(), schema.persons.Name()} {
			if now := dump(t, b)[name]; now != was[name] {
				rt.Fatalf("in another order %s is\n%s\nwant\n%s", name, now, was[name])
			}
		}
		countAnew(t, a)
		for name, now := range dump(t, a) {
			if now != was[name] {
				rt.Fatalf("counted anew, %s is\n%s\nwant\n%s", name, now, was[name])
			}
		}
	})
}

func sortedURLs(pages map[string]string) []string {
	set := map[string]bool{}
	for url := range pages {
		set[url] = true
	}
	return sortedKeys(set)
}

// sameTotals compares every entity, met by its ID and in a list, with a count.
func sameTotals(t *rapid.T, p *Pipeline) {
	want := wantTotals(t, p)
	same := func(how string, e EntityRecord) {
		w := want[e.ID]
		w.Aliases = slices.DeleteFunc(slices.Clone(w.Aliases), func(a string) bool { return a == e.Name })
		if e.Articles != w.Articles || e.Mentions != w.Mentions || !slices.Equal(e.Aliases, w.Aliases) {
			t.Fatalf("%s %s: %+v, want %+v", e.ID, how, e, w)
		}
	}
	listed := map[string]bool{}
	err := p.Entities("", Filter{}, func(e EntityRecord) error {
		listed[e.ID] = true
		same("in a list", e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for id := range want {
		e, _, err := p.entityByID(id)
		if err != nil || e.ID != id || !listed[id] {
			t.Fatalf("%s: %+v, %v, in a list: %v", id, e, err, listed[id])
		}
		same("by ID", e)
	}
	checkClean(t, p)
}

// countAnew takes the totals away, as before schema 4, and has them made.
func countAnew(t testing.TB, p *Pipeline) {
	t.Helper()
	err := p.db.Update(func(tx *store.Tx) error {
		rows, err := schema.persons.Scan(tx, nil, nil, 0)
		for _, r := range rows {
			if r.Value.Others = nil; err == nil {
				err = schema.persons.Put(tx, r.Key, r.Value)
			}
		}
		return err
	})
	for after, first := []byte(nil), true; err == nil && (first || after != nil); first = false {
		err = p.db.Update(func(tx *store.Tx) (err error) {
			after, err = countAll(tx, after)
			return err
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}
