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
// one person, with the ID of one of the names. Groups are by the first letter.
type crossed struct{}

func (crossed) Groups(a *extract.Article) (groups []string) {
	for _, f := range a.Facts {
		if g := f.Person[:1]; !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
	}
	return groups
}

func (crossed) People(group string, articles []*extract.Article, _ map[string]string, _ []extract.Decision) (all []extract.Profile) {
	people := map[string]*extract.Profile{}
	for _, a := range articles {
		for _, f := range a.Facts {
			id := "p-" + f.Person
			switch {
			case f.Person[:1] != group:
				continue
			case group == "A":
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

// aliased finds what fakeSteps does. Of "Ada1/Lady" the article tells by both
// names, or if there is another slash by the second only.
type aliased struct{ fakeSteps }

func (s aliased) Annotate(ctx context.Context, a *extract.Article) error {
	err := s.fakeSteps.Annotate(ctx, a)
	names := map[string][]string{}
	entities, facts := a.Entities, a.Facts
	a.Entities, a.Facts = nil, nil
	for _, e := range entities {
		all := strings.Split(e.Name, "/")
		e.ID, e.Name, e.Aliases = "p-"+all[0], all[0], append(slices.Clone(all[1:]), "Al")
		if !metAgain(a.Entities, e.ID) {
			names[strings.Join(all, "/")] = all
			a.Entities = append(a.Entities, e)
		}
	}
	for _, f := range facts {
		all := names[f.Person]
		if len(all) == 3 {
			all = all[1:2]
		}
		for _, f.Person = range all {
			a.Facts = append(a.Facts, f)
		}
	}
	return err
}

// wantTotals counts what there is of an entity, article by article: those of
// which the first name that is told of means it or nobody, and those that mean
// a person by a name with another ID.
func wantTotals(t rapid.TB, p *Pipeline) map[string]EntityRecord {
	t.Helper()
	want := map[string]EntityRecord{}
	count := func(id string, r extract.Entity, names ...string) {
		e := want[id]
		e.Articles, e.Mentions = e.Articles+1, e.Mentions+r.Mentions
		e.Aliases = slices.Compact(slices.Sorted(slices.Values(slices.Concat(e.Aliases, r.Aliases, names))))
		want[id] = e
	}
	meant := map[extract.SightingKey]string{}
	err := p.db.View(func(tx *store.Tx) error {
		return schema.persons.Each(tx, nil, func(_ []byte, who personRow) error {
			for _, s := range who.Sightings {
				meant[s] = who.ID
			}
			return nil
		})
	})
	if err == nil {
		err = walk(p.db, schema.articles, nil, func(_ []byte, a articleRow) error {
			for i, e := range a.Entities {
				if metAgain(a.Entities[i+1:], e.ID) {
					continue
				}
				owner := ""
				others := map[string]bool{}
				for _, name := range append([]string{e.Name}, e.Aliases...) {
					if personID(&a.Article, name) != e.ID {
						continue // it is another's
					}
					who := meant[extract.SightingKey{Article: a.ID, Name: name}]
					if who != "" && who != e.ID {
						others[who] = true
					}
					if owner == "" {
						owner = who
					}
				}
				if owner == "" || owner == e.ID {
					count(e.ID, e)
				}
				for id := range others {
					count(id, e, e.Name)
				}
			}
			return nil
		})
	}
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
				fmt.Fprintf(&text, "%s left Acme\\n", rapid.SampledFrom([]string{"Ada1", "Ada2", "Bob", "Cleo", "Ada1/Lady", "Bob/Bobby", "Bob/Rob/", "Ada2/Cleo/"}).Draw(rt, "name"))
			}
			pages[articleURL(i)] = fmt.Sprintf(`[{"title":"T","published":"2025-05-02","text":"%sa line to read\n"}]`, &text)
			keep(t, a, crawler.Link{URL: articleURL(i), Role: crawler.Story}, pages[articleURL(i)])
		}
		for range 2 {
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

// An ID that a person and a place of one name have is what most articles take
// it for, whatever came first; only those count.
func TestKindOfEntity(t *testing.T) {
	for _, tt := range []struct {
		people, places int
		want           extract.Kind
		articles       int
	}{
		{1, 0, extract.Person, 1}, {0, 1, extract.Place, 1}, {2, 1, extract.Person, 2}, {1, 2, extract.Place, 2}, {2, 2, extract.Person, 2},
	} {
		p := newTestPipeline(t, t.TempDir())
		err := p.db.Update(func(tx *store.Tx) error {
			for i := range tt.people + tt.places {
				e := extract.Entity{ID: "p0123", Kind: extract.Person, Name: "Lincoln", Mentions: 1}
				if i >= tt.people {
					e.Kind, e.Name = extract.Place, "LINCOLN"
				}
				if err := totalOf(e).add(tx, 1); err != nil {
					return err
				}
			}
			return nil
		})
		e, main, err2 := p.entityByID("p0123")
		if err != nil || err2 != nil || !main || e.Kind != tt.want || e.Articles != tt.articles || (e.Name == "Lincoln") != (tt.want == extract.Person) {
			t.Errorf("%+v: %+v, %v, %v, %v", tt, e, main, err, err2)
		}
	}
}
