package pipeline

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// A Dossier is all that is known of one person or organization.
type Dossier struct {
	Schema string       `json:"schema"`
	Entity EntityRecord `json:"entity"`
	Moves  []MoveRecord `json:"moves"`
	Facts  []FactRecord `json:"facts"`
}

// DossierSchema names the format of a Dossier.
const DossierSchema = "tenure/dossier/v1"

// Show returns the article, move, person or organization with the given ID,
// URL or name: an ArticleRecord, a MoveRecord or a Dossier. The error is a
// *NotFoundError if there is none.
func (p *Pipeline) Show(name string) (any, error) {
	if foldName(name) == "" {
		return nil, &NotFoundError{What: "article, move, person or organization", Name: name}
	}
	if row, ok, err := p.findArticle(name); err != nil {
		return nil, err
	} else if ok {
		return p.record(row)
	}
	if row, ok, err := p.move([]byte(name)); ok || err != nil {
		return newMoveRecord(row), err
	}
	return p.dossier(name)
}

func (p *Pipeline) findArticle(name string) (row articleRow, ok bool, err error) {
	if row, ok, err := p.articleByPrefix(name); ok || err != nil {
		return row, ok, err
	}
	id, err := keyOfArticle(name)
	if err != nil {
		u, err := crawler.Canonical(name)
		if err != nil {
			return row, false, nil
		}
		key := crawler.Key(u)
		id = key[:]
	}
	err = p.db.View(func(tx *store.Tx) (err error) {
		_, row, ok, err = articleOf(tx, id)
		return err
	})
	return row, ok, err
}

// shortID is how many hexadecimal digits of an ID are enough.
const shortID = 8

// articleByPrefix finds the only article whose ID begins with some digits.
func (p *Pipeline) articleByPrefix(digits string) (row articleRow, ok bool, err error) {
	err = p.db.View(func(tx *store.Tx) error {
		_, row, ok, err = articleBegins(tx, digits)
		return err
	})
	return row, ok, err
}

// articleBegins is articleByPrefix inside a transaction; it returns the key,
// too.
func articleBegins(tx *store.Tx, digits string) (key []byte, row articleRow, ok bool, err error) {
	prefix, err := hex.DecodeString(digits[:len(digits)&^1])
	if err != nil || len(digits) < shortID || len(digits) >= 32 {
		return nil, row, false, nil
	}
	rows, err := schema.articles.Scan(tx, prefix, nil, 2)
	rows = slices.DeleteFunc(rows, func(r store.Row[articleRow]) bool { return !strings.HasPrefix(r.Value.ID, digits) })
	if err != nil || len(rows) != 1 {
		return nil, row, false, err
	}
	return rows[0].Key, rows[0].Value, true, nil
}

// dossier finds the entity a name means, most mentioned first, and collects
// what is known of it.
func (p *Pipeline) dossier(name string) (Dossier, error) {
	d := Dossier{Schema: DossierSchema, Moves: []MoveRecord{}, Facts: []FactRecord{}}
	match := newMatcher(name)
	notFound := &NotFoundError{What: "article, move, person or organization", Name: name}
	err := p.Entities("", Filter{Person: name}, func(e EntityRecord) error {
		if e.Mentions > d.Entity.Mentions && (e.Kind == extract.Person || e.Kind == extract.Organization) {
			d.Entity = e
		}
		return nil
	})
	if err != nil {
		return d, err
	}
	if d.Entity.ID == "" {
		near, err := p.near(match)
		if err != nil {
			return d, err
		}
		for _, n := range near {
			notFound.Near = append(notFound.Near, fmt.Sprintf("%q", n))
		}
		return d, notFound
	}
	return d, p.fill(&d)
}

func (p *Pipeline) fill(d *Dossier) error {
	names := append([]string{d.Entity.Name}, d.Entity.Aliases...)
	f := Filter{Org: d.Entity.ID, names: names}
	if d.Entity.Kind == extract.Person {
		f = Filter{Person: d.Entity.ID, names: names}
	}
	err := p.Moves(f, func(m MoveRecord) error { d.Moves = append(d.Moves, m); return nil })
	if err != nil {
		return err
	}
	return p.Facts(f, func(x FactRecord) error { d.Facts = append(d.Facts, x); return nil })
}
