package page

import (
	"net/url"
	"slices"
)

// An identity is which articles are taken to tell of one person, and who else
// it may be.
type identity struct {
	ID, Back string
	Articles []told
	More     int
	Others   []other
	Writes   bool
}

// A told is an article that tells of a person.
type told struct{ ID, Title, Outlet, Published, Href, As, Why string }

// An other is somebody who may be the same.
type other struct{ ID, Name, Orgs string }

// Bounds of what is said of who somebody is.
const (
	mostTold   = 25
	mostOthers = 12
)

// identity says who somebody is; nil if the articles do not tell.
func (s *Site) identity(v *view, p *person) (*identity, error) {
	who, ok, err := s.Library.Person(p.id)
	if err != nil || !ok {
		return nil, err
	}
	x := &identity{ID: p.id, Back: p.path(), Writes: !s.ReadOnly}
	for _, k := range who.Sightings[:min(len(who.Sightings), mostTold)] {
		t := told{ID: k.Article, Title: "An article", As: k.Name, Href: "/article/" + url.PathEscape(k.Article)}
		if a := v.articles[k.Article]; a != nil {
			t.Outlet, t.Published = a.outlet(), says(a.Published)
			if a.Title != "" {
				t.Title = a.Title
			}
		}
		for _, r := range who.Reasons {
			if r.Same && r.With == k {
				t.Why = r.Why
			}
		}
		x.Articles = append(x.Articles, t)
	}
	x.More = len(who.Sightings) - len(x.Articles)
	var near []*person
	for _, r := range who.Reasons {
		if o := v.byID[r.From]; o != nil && o != p && !slices.Contains(near, o) {
			near = append(near, o)
		}
	}
	for _, o := range v.called[Key(p.name)] {
		if o != p && o.id != "" && !slices.Contains(near, o) {
			near = append(near, o)
		}
	}
	for _, o := range near[:min(len(near), mostOthers)] {
		x.Others = append(x.Others, other{o.id, o.name, joined(places(o, 3))})
	}
	return x, nil
}

// places are the first organizations somebody is told to have been at.
func places(p *person, most int) (all []string) {
	for _, f := range p.facts {
		if f.Org != "" && !slices.Contains(all, f.Org) && len(all) < most {
			all = append(all, f.Org)
		}
	}
	return all
}

// judgedCard is the card of a move with what somebody can say of it.
func (s *Site) judgedCard(v *view, p *person, m *move) moveCard {
	c := v.card(m)
	c.Judging = s.judged(v, m.ID, "move-"+m.ID, kindWords(m.Kind)+optional(" %s", says(m.date)))
	return c
}
