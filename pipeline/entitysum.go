package pipeline

import (
	"bytes"

	"tenure/extract"
	"tenure/store"
)

// An entitySum sums up what articles have of one entity. A name that is in
// the news has a row in very many of them, which nearly all say the same; so
// what was met before is only counted.
type entitySum struct {
	p *Pipeline
	e EntityRecord // its ID is empty until there is a row

	known map[string]bool // names and aliases of rows, as they are coded
	last  []byte          // those of the last row, if they are known
}

// all sums up every row of an ID, if there are any.
func (s *entitySum) all(tx *store.Tx, id string) error {
	err := schema.entities.EachCoded(tx, store.Key(id), func(key, value []byte) error { return s.coded(tx, key, value) })
	if err != nil || s.e.ID == "" {
		return err
	}
	return s.end(tx)
}

// coded takes in a row as it is kept.
func (s *entitySum) coded(tx *store.Tx, key, value []byte) error {
	var r entityRow
	u := unpacker{rest: value}
	if !u.entityHead(&r) {
		return errEntityRow
	}
	if !r.Told && (len(s.last) > 0 && bytes.Equal(s.last, u.rest) || s.known[string(u.rest)]) {
		s.last = append(s.last[:0], u.rest...)
		s.e.Mentions += r.Mentions
		s.e.Articles++
		return nil
	}
	names := string(u.rest)
	if err := r.UnmarshalRow(key, value); err != nil {
		return err
	}
	if !r.Told {
		if s.known == nil {
			s.known = map[string]bool{}
		}
		s.known[names] = true
	}
	return s.row(tx, r)
}

// row takes in a row. Of a person, one of an article that means somebody else
// does not count.
func (s *entitySum) row(tx *store.Tx, r entityRow) error {
	if s.e.ID == "" {
		s.e = EntityRecord{Schema: EntitySchema, ID: r.ID, Kind: r.Kind, Name: r.Name}
	}
	id, err := "", error(nil)
	if s.e.Kind == extract.Person {
		id, err = entitySighted(tx, r)
	}
	if err == nil && (id == "" || id == s.e.ID) {
		s.e.add(r)
	}
	return err
}

// end adds what other rows say: those of articles that mean this person by a
// name with another ID; and what an organization is a part of.
func (s *entitySum) end(tx *store.Tx) error {
	if s.e.Kind == extract.Organization && s.p.Parent != nil {
		s.e.PartOf = s.p.Parent(s.e.Name)
	}
	if s.e.Kind != extract.Person {
		return nil
	}
	who, known, err := personByID(tx, s.e.ID)
	if err != nil || !known {
		return err
	}
	s.e.Name = who.Name
	return s.e.addOthers(tx, who, s.e.ID)
}
