package pipeline

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"tenure/extract"
	"tenure/store"
)

// An entitySum sums up the totals of one entity. Of a person, articles that
// mean somebody else do not count, and those that mean this one by a name with
// another ID do. The totals may be ahead of the people while these are still
// to be assembled; then nothing counts less than not at all.
type entitySum struct {
	id    string
	less  map[string][2]int64 // by hash of names
	named []namedTotal
	more  []namedTotal
}

// A namedTotal is what some articles have of an entity under the same names.
type namedTotal struct {
	extract.Entity
	articles, mentions int64
}

// add takes in a total, in order of keys.
func (s *entitySum) add(key, names []byte, n []int64) error {
	k := store.ReadKey(key)
	id, class := k.String(), k.String()
	if class == totalLess {
		_ = k.String() // whom they mean
		if s.less == nil {
			s.less = map[string][2]int64{}
		}
		hash := string(k.Rest())
		was := s.less[hash]
		s.less[hash] = [2]int64{was[0] + n[0], was[1] + n[1]}
		return nil
	}
	e, err := unpackNames(id, names)
	if err != nil {
		return err
	}
	t := namedTotal{e, n[0], n[1]}
	if class == totalMore {
		s.more = append(s.more, t)
		return nil
	}
	less := s.less[string(k.Rest())]
	t.articles, t.mentions = t.articles-less[0], t.mentions-less[1]
	s.named = append(s.named, t)
	return nil
}

// record returns the entity; main is false for a person whose ID is no name's,
// and the record empty if there is none.
func (s *entitySum) record(tx *store.Tx, parent func(string) string) (e EntityRecord, main bool, err error) {
	main = len(s.named) > 0
	who, known := personRow{}, false
	if !main || strings.HasPrefix(s.id, string(extract.Person[:1])) {
		if who, known, err = personByID(tx, s.id); err != nil || !main && !known {
			return e, false, err
		}
	}
	e = EntityRecord{Schema: EntitySchema, ID: s.id, Kind: extract.Person}
	if !known {
		e.Kind = s.kind()
	}
	aliases := map[string]bool{}
	for _, t := range s.named {
		if e.Name == "" && t.Kind == e.Kind {
			e.Name = t.Name
		}
		if t.articles > 0 && t.Kind == e.Kind {
			e.Name = min(e.Name, t.Name) // spellings of one entity differ in case or accents only
			e.count(t, aliases)
		}
	}
	switch {
	case known:
		e.Name = who.Name
		s.addMore(&e, aliases)
	case e.Kind == extract.Organization && parent != nil:
		e.PartOf = parent(e.Name)
	}
	e.Aliases = slices.Sorted(maps.Keys(aliases))
	return e, main, nil
}

// kind returns what most articles take the entity for. A person and a place of
// one name have one ID.
func (s *entitySum) kind() (most extract.Kind) {
	articles := map[extract.Kind]int64{}
	for _, t := range s.named {
		articles[t.Kind] += max(t.articles, 0)
	}
	for _, k := range slices.Sorted(maps.Keys(articles)) { // of two a person, rather than a place
		if most == "" || articles[k] > articles[most] {
			most = k
		}
	}
	return most
}

// count adds what articles have under some names.
func (e *EntityRecord) count(t namedTotal, aliases map[string]bool) {
	e.Articles += int(t.articles)
	e.Mentions += int(max(t.mentions, 0))
	for _, a := range t.Aliases {
		aliases[a] = true
	}
}

// addMore adds what articles have of a person under other names.
func (s *entitySum) addMore(e *EntityRecord, aliases map[string]bool) {
	for _, t := range s.more {
		if t.articles > 0 {
			e.count(t, aliases)
			aliases[t.Name] = true
		}
	}
	delete(aliases, e.Name)
}

// entityByID returns an entity; main is false for a person whose ID is no
// name's.
func (p *Pipeline) entityByID(id string) (e EntityRecord, main bool, err error) {
	err = p.db.View(func(tx *store.Tx) error {
		e, main, err = p.entityIn(tx, id)
		return err
	})
	return e, main, err
}

// entityIn is entityByID inside a transaction.
func (p *Pipeline) entityIn(tx *store.Tx, id string) (e EntityRecord, main bool, err error) {
	s := entitySum{id: id}
	if err := schema.totals.Each(tx, store.Key(id), s.add); err != nil {
		return e, false, err
	}
	return s.record(tx, p.Parent)
}

// walkEntities calls fn for the entities that a name stands for, in order of
// their IDs.
func (p *Pipeline) walkEntities(prefix, after []byte, at *place, fn func(EntityRecord) error) error {
	for batch := at.batch(); ; batch = min(2*batch, walkBatch) {
		var all []EntityRecord
		last := ""
		err := p.db.View(func(tx *store.Tx) (err error) {
			all, last, err = p.someEntities(tx, prefix, after, batch)
			return err
		})
		if err != nil {
			return err
		}
		for _, e := range all {
			if err := fn(e); err != nil {
				return err
			}
		}
		if last == "" {
			return nil
		}
		after = afterEntity(store.Key(last))
	}
}

// afterEntity returns what all totals of an entity sort before.
func afterEntity(id []byte) []byte { return append(bytes.Clone(id), 0xff) }

// someEntities returns those of the next entities that a name stands for, and
// the ID of the last one that was looked at; it is empty at the end.
func (p *Pipeline) someEntities(tx *store.Tx, prefix, after []byte, most int) (all []EntityRecord, last string, err error) {
	var sums []entitySum
	err = schema.totals.EachAfter(tx, prefix, after, func(key, names []byte, n []int64) error {
		id := store.ReadKey(key).String()
		if len(sums) == 0 || sums[len(sums)-1].id != id {
			if len(sums) == most {
				last = sums[most-1].id
				return store.ErrStop
			}
			sums = append(sums, entitySum{id: id})
		}
		return sums[len(sums)-1].add(key, names, n)
	})
	for i := range sums {
		if err != nil {
			break
		}
		var e EntityRecord
		var main bool
		if e, main, err = sums[i].record(tx, p.Parent); main {
			all = append(all, e)
		}
	}
	return all, last, err
}
