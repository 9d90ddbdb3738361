package pipeline

import (
	"cmp"
	"slices"

	"tenure/extract"
	"tenure/store"
)

// Entities calls fn for entities of a kind, or of all if kind is empty, each
// with its counts over all articles: first those that a name stands for, then
// the namesakes that were told from them.
func (p *Pipeline) Entities(kind extract.Kind, f Filter, fn func(EntityRecord) error) error {
	match := newMatcher(cmp.Or(f.Person, f.Org))
	after, namesakesOnly := f.at.startOfEntities()
	give := limited(f.Limit, fn)
	pass := func(e EntityRecord) error {
		if e.Mentions == 0 || !match.id(e.ID) && !match.name(e.Name) && !slices.ContainsFunc(e.Aliases, match.name) {
			return nil
		}
		return give(e)
	}
	if match.raw != "" {
		return ended(p.entitiesNamed(match.raw, f.at, func(e EntityRecord) error {
			if kind != "" && e.Kind != kind {
				return nil
			}
			return pass(e)
		}))
	}
	if namesakesOnly {
		return ended(p.namesakes(f.at, after, pass))
	}
	err := p.walkEntities([]byte(kind[:min(1, len(kind))]), after, f.at, func(e EntityRecord) error {
		if kind != "" && e.Kind != kind {
			return nil
		}
		f.at.reach(store.Key([]byte(mainPlace), e.ID))
		return pass(e)
	})
	if err == nil && (kind == "" || kind == extract.Person) {
		err = p.namesakes(f.at, nil, pass)
	}
	return ended(err)
}

// What begins the position of an entity in a list: those that a name stands
// for come before namesakes.
const (
	mainPlace     = "m"
	namesakePlace = "n"
)

// startOfEntities is after which key of entities a walk begins, or if it has
// come to the namesakes, after which key of persons.
func (p *place) startOfEntities() (after []byte, namesakesOnly bool) {
	s := p.start()
	switch {
	case len(s) == 0:
		return nil, false
	case string(s[:1]) == namesakePlace:
		return s[1:], true
	}
	return afterEntity(s[1:]), false
}

// namesakes calls fn for the people whose ID is no name's.
func (p *Pipeline) namesakes(at *place, after []byte, fn func(EntityRecord) error) error {
	return walkFrom(p.db, schema.persons, nil, after, at, func(key []byte, who personRow) error {
		if who.Main {
			return nil
		}
		at.reach(store.Key([]byte(namesakePlace), key))
		e, main, err := p.entityByID(who.ID)
		if err != nil || main {
			return err
		}
		return fn(e)
	})
}
