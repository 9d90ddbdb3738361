package pipeline

import (
	"bytes"
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
	var cur []entityRow // of one ID
	flush := func() error {
		if len(cur) == 0 || kind != "" && cur[0].Kind != kind {
			return nil
		}
		f.at.reach(store.Key([]byte(mainPlace), cur[0].ID))
		e, err := p.entityOf(cur)
		if err != nil {
			return err
		}
		return pass(e)
	}
	if namesakesOnly {
		return ended(p.namesakes(f.at, after, pass))
	}
	err := walkFrom(p.db, schema.entities, []byte(kind[:min(1, len(kind))]), after, f.at, func(_ []byte, row entityRow) error {
		if len(cur) > 0 && row.ID != cur[0].ID {
			if err := flush(); err != nil {
				return err
			}
			cur = cur[:0]
		}
		cur = append(cur, row)
		return nil
	})
	if err == nil {
		err = flush()
	}
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
	return append(bytes.Clone(s[1:]), bytes.Repeat([]byte{0xff}, articleKey+1)...), false // all articles of it
}

// entityOf sums up the rows of one ID. Of a person, rows of articles that mean
// somebody else do not count, and those that mean this one by another name do.
func (p *Pipeline) entityOf(rows []entityRow) (EntityRecord, error) {
	s := entitySum{p: p}
	err := p.db.View(func(tx *store.Tx) error {
		for _, r := range rows {
			if err := s.row(tx, r); err != nil {
				return err
			}
		}
		return s.end(tx)
	})
	return s.e, err
}

// entitySighted returns the person whom an article means by one of the names
// of an entity, if it has facts about them.
func entitySighted(tx *store.Tx, r entityRow) (string, error) {
	if !r.Told {
		return "", nil
	}
	for _, name := range append([]string{r.Name}, r.Aliases...) {
		key, err := sightedKey(extract.SightingKey{Article: r.Article, Name: name})
		if err != nil {
			return "", err
		}
		if id, ok, err := schema.sighted.Get(tx, key); err != nil || ok {
			return string(id), err
		}
	}
	return "", nil
}

// add counts what one article has of the entity.
func (e *EntityRecord) add(r entityRow) {
	e.Mentions += r.Mentions
	e.Articles++
	e.Name = min(e.Name, r.Name) // spellings of one entity differ in case or accents only
	for _, a := range r.Aliases {
		if i, known := slices.BinarySearch(e.Aliases, a); !known {
			e.Aliases = slices.Insert(e.Aliases, i, a)
		}
	}
}

// addOthers counts the articles that mean a person by a name with another ID.
func (e *EntityRecord) addOthers(tx *store.Tx, who personRow, id string) error {
	for _, s := range who.Sightings {
		key, err := sightedKey(s)
		if err != nil {
			return err
		}
		article, _, err := schema.tellings.Get(tx, key[:articleKey])
		if err != nil {
			return err
		}
		other := personID(&article.Article, s.Name)
		if other == "" || other == id {
			continue
		}
		row, ok, err := schema.entities.Get(tx, store.Key(other, key[:articleKey]))
		if err != nil {
			return err
		}
		if ok {
			e.Mentions += row.Mentions
			e.Articles++
			e.Aliases = slices.Compact(slices.Sorted(slices.Values(append(append(e.Aliases, row.Aliases...), row.Name))))
		}
	}
	e.Aliases = slices.DeleteFunc(e.Aliases, func(a string) bool { return a == e.Name })
	return nil
}

// namesakes calls fn for the people whose ID is no name's.
func (p *Pipeline) namesakes(at *place, after []byte, fn func(EntityRecord) error) error {
	return walkFrom(p.db, schema.persons, nil, after, at, func(key []byte, who personRow) error {
		if who.Main {
			return nil
		}
		at.reach(store.Key([]byte(namesakePlace), key))
		e, err := p.namesake(who)
		if err != nil {
			return err
		}
		return fn(e)
	})
}
