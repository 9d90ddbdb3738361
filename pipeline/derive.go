package pipeline

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// A derivedRow is a row that is made from an article's and can be made again:
// a key of an index, or a row of entities.
type derivedRow struct {
	index  store.Index // not of entities
	key    []byte
	value  []byte
	entity *entityRow
}

// derive returns the rows that are made from an article's alone: not aliases,
// names of entities and moves.
func derive(key []byte, row articleRow) []derivedRow {
	if row.ID == "" {
		return nil
	}
	rows := []derivedRow{{index: schema.byTime, key: store.Key(row.Changed, key)}}
	told := toldOf(&row.Article)
	for i, e := range row.Entities {
		if !metAgain(row.Entities[i+1:], e.ID) {
			rows = append(rows, derivedRow{key: store.Key(e.ID, key), entity: &entityRow{e, row.ID, slices.Contains(told, i)}})
		}
	}
	if row.Like != 0 {
		for _, k := range similarKeys(row.Like, key) {
			rows = append(rows, derivedRow{index: schema.similar, key: k, value: store.Key(row.First)})
		}
	}
	for _, n := range looseNames(row) {
		rows = append(rows, derivedRow{index: schema.names, key: store.Key(n, "", key)})
	}
	for _, g := range row.Groups {
		rows = append(rows, derivedRow{index: schema.people, key: store.Key(g, key)})
	}
	return rows
}

// metAgain reports whether an ID is that of another entity of an article, which
// then takes its place.
func metAgain(rest []extract.Entity, id string) bool {
	return slices.ContainsFunc(rest, func(e extract.Entity) bool { return e.ID == id })
}

func (d derivedRow) table() string {
	if d.entity != nil {
		return schema.entities.Name()
	}
	return d.index.Name()
}

// sameEntity reports whether two rows say the same of an entity, or are of
// none.
func (d derivedRow) sameEntity(o derivedRow) bool {
	if d.entity == nil || o.entity == nil {
		return d.entity == o.entity
	}
	a, _ := d.entity.AppendBinary(nil) // never fails
	b, _ := o.entity.AppendBinary(nil)
	return bytes.Equal(a, b)
}

func (d derivedRow) put(tx *store.Tx) error {
	if d.entity != nil {
		return schema.entities.Put(tx, d.key, *d.entity)
	}
	return d.index.Put(tx, d.key, d.value)
}

// count adds a row of an entity to its totals, or takes it away.
func (d derivedRow) count(tx *store.Tx, sign int64) error {
	if d.entity == nil {
		return nil
	}
	return totalOf(d.entity.Entity).add(tx, sign)
}

func (d derivedRow) delete(tx *store.Tx) error {
	if d.entity != nil {
		return schema.entities.Delete(tx, d.key)
	}
	return d.index.Delete(tx, d.key)
}

// replaceDerived takes away what is derived of an article's old row and no
// longer of the new one, and puts what is new.
func replaceDerived(tx *store.Tx, key []byte, old, row articleRow) error {
	before := map[string]derivedRow{}
	for _, d := range derive(key, old) {
		before[d.table()+"\x00"+string(d.key)] = d
	}
	for _, d := range derive(key, row) {
		name := d.table() + "\x00" + string(d.key)
		was, there := before[name]
		delete(before, name)
		if there && bytes.Equal(was.value, d.value) && was.sameEntity(d) {
			continue
		}
		if err := cmp.Or(was.count(tx, -1), d.count(tx, 1), d.put(tx)); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		d := before[name]
		if err := cmp.Or(d.count(tx, -1), d.delete(tx)); err != nil {
			return err
		}
	}
	if err := replaceNames(tx, old, row); err != nil {
		return err
	}
	return replaceAliases(tx, old, row)
}

// aliasOf returns the key of the page of a sighting in aliases, if the page's
// address is another one of the article: a page of its own, not a list with a
// card of it.
func aliasOf(row articleRow, s sighting) ([]byte, bool) {
	if s.Meta.Inline || s.URL == row.URL {
		return nil, false
	}
	key := crawler.Key(s.URL)
	return key[:], true
}

// replaceAliases brings the aliases of an article up to date. Where a page was
// that of two articles, one after the other, the last one has it.
func replaceAliases(tx *store.Tx, old, row articleRow) error {
	now := map[string]bool{}
	for _, s := range row.Sightings {
		key, ok := aliasOf(row, s)
		if !ok {
			continue
		}
		now[string(key)] = true
		later, err := takenBy(tx, key, row.ID, s)
		if err != nil {
			return err
		}
		if later {
			continue
		}
		if err := schema.aliases.Put(tx, key, aliasRow{row.ID}); err != nil {
			return err
		}
	}
	for _, s := range old.Sightings {
		key, ok := aliasOf(old, s)
		if !ok || now[string(key)] {
			continue
		}
		a, ok, err := schema.aliases.Get(tx, key)
		if err == nil && ok && a.Article == old.ID {
			err = schema.aliases.Delete(tx, key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// takenBy reports whether an alias need not be put: it is there, or is that of
// another article met later on the page.
func takenBy(tx *store.Tx, key []byte, id string, s sighting) (bool, error) {
	a, ok, err := schema.aliases.Get(tx, key)
	if err != nil || !ok {
		return false, err
	}
	if a.Article == id {
		return true, nil
	}
	_, other, _, err := articleByID(tx, a.Article)
	for _, o := range other.Sightings {
		if o.URL == s.URL && o.Page > s.Page {
			return true, err
		}
	}
	return false, err
}

// articleKey is how many bytes an article's key has.
const articleKey = 16

// keyOfArticle returns the key of the article with an ID.
func keyOfArticle(id string) ([]byte, error) {
	key, err := hex.DecodeString(id)
	if err != nil || len(key) != articleKey {
		return nil, fmt.Errorf("article %q: no such ID", id)
	}
	return key, nil
}

// articleByID returns the article with an ID, and its key.
func articleByID(tx *store.Tx, id string) (key []byte, row articleRow, ok bool, err error) {
	if key, err = keyOfArticle(id); err == nil {
		row, ok, err = schema.articles.Get(tx, key)
	}
	return key, row, ok, err
}

// articleIn returns the article's key that a derived row's key ends in.
func articleIn(key []byte) []byte { return bytes.Clone(key[max(0, len(key)-articleKey):]) }
