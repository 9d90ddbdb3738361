package pipeline

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"tenure/extract"
	"tenure/store"
)

// The index of names leads from a name, folded as for matching, to the IDs of
// the entities that have it in some article. A name in a fact that is no
// entity's leads to the article itself, under an empty ID.

// namesOf returns the names of an entity, folded.
func namesOf(e extract.Entity) []string {
	names := []string{foldName(e.Name)}
	for _, a := range e.Aliases {
		names = append(names, foldName(a))
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(n string) bool { return n == "" })
}

// sharedNames returns the keys in names that an article's entities have,
// which they may share with other articles.
func sharedNames(row articleRow) map[string]extract.Entity {
	keys := map[string]extract.Entity{}
	for _, e := range row.Entities {
		for _, n := range namesOf(e) {
			keys[string(store.Key(n, e.ID))] = e
		}
	}
	return keys
}

// looseNames returns the names in an article's facts that are no entity's.
func looseNames(row articleRow) []string {
	if len(row.Facts) == 0 {
		return nil
	}
	known := map[string]bool{"": true}
	for _, e := range row.Entities {
		for _, n := range namesOf(e) {
			known[n] = true
		}
	}
	var loose []string
	for _, f := range row.Facts {
		for _, name := range []string{f.Person, f.Successor, f.Org} {
			if n := foldName(name); !known[n] {
				known[n] = true
				loose = append(loose, n)
			}
		}
	}
	return loose
}

// replaceNames brings the names of an article's entities up to date; their
// rows are already.
func replaceNames(tx *store.Tx, old, row articleRow) error {
	before, now := sharedNames(old), sharedNames(row)
	for _, key := range slices.Sorted(maps.Keys(now)) {
		if _, there := before[key]; there {
			continue
		}
		if err := schema.names.Put(tx, []byte(key), nil); err != nil {
			return err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		if _, still := now[key]; still {
			continue
		}
		used, err := isNamed(tx, before[key].ID, store.ReadKey([]byte(key)).String())
		if err == nil && !used {
			err = schema.names.Delete(tx, []byte(key))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// eachEntityRow calls fn for the rows of one entity, until it returns
// store.ErrStop.
func eachEntityRow(tx *store.Tx, id string, fn func(entityRow) error) error {
	return schema.entities.Each(tx, store.Key(id), func(_ []byte, r entityRow) error { return fn(r) })
}

// A meaning is what names lead to.
type meaning struct {
	ids      []string // of entities, sorted
	articles [][]byte // keys of articles with facts that name nobody known
}

// meaningOf returns what names and IDs may mean.
func meaningOf(tx *store.Tx, names []string) (m meaning, err error) {
	for _, name := range names {
		m.ids = append(m.ids, name) // it may be one
		folded := foldName(name)
		if folded == "" {
			continue
		}
		prefix := store.Key(folded)
		rows, err := schema.names.Scan(tx, prefix, nil, 0)
		if err != nil {
			return m, err
		}
		for _, e := range rows {
			k := store.ReadKey(e.Key[len(prefix):])
			if id := k.String(); id != "" {
				m.ids = append(m.ids, id)
			} else if k.Err() == nil {
				m.articles = append(m.articles, bytes.Clone(k.Rest()))
			}
		}
	}
	slices.Sort(m.ids)
	m.ids = slices.Compact(m.ids)
	return m, nil
}

// articlesNaming returns the keys of all articles in which one of the names or
// IDs may occur, in order. A person meant by ID may go by other names there.
func articlesNaming(tx *store.Tx, names []string) ([][]byte, error) {
	m, err := meaningOf(tx, names)
	if err != nil {
		return nil, err
	}
	keys := m.articles
	for _, id := range m.ids {
		if keys, err = articlesWith(tx, id, false, keys); err != nil {
			return nil, err
		}
	}
	return sortedKeysOf(keys), nil
}

// articlesTelling returns the keys of all articles that tell of the person
// with an ID, in order.
func articlesTelling(tx *store.Tx, id string) ([][]byte, error) {
	keys, err := articlesWith(tx, id, true, nil)
	return sortedKeysOf(keys), err
}

func sortedKeysOf(keys [][]byte) [][]byte {
	slices.SortFunc(keys, bytes.Compare)
	return slices.CompactFunc(keys, bytes.Equal)
}

// articlesWith adds to keys those of the articles that name an entity, or if
// told is set, name a person and tell of them, and of those that mean a person
// by another name.
func articlesWith(tx *store.Tx, id string, told bool, keys [][]byte) ([][]byte, error) {
	err := schema.entities.EachCoded(tx, store.Key(id), func(key, value []byte) error {
		if !told || isTold(value) {
			keys = append(keys, articleIn(key))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	who, _, err := personByID(tx, id)
	for _, s := range who.Sightings {
		var key []byte
		if key, err = sightedKey(s); err != nil {
			break
		}
		keys = append(keys, key[:articleKey:articleKey])
	}
	return keys, err
}

// entitiesNamed calls fn for the entities that a name or ID may mean, those
// the name stands for before namesakes.
func (p *Pipeline) entitiesNamed(name string, at *place, fn func(EntityRecord) error) error {
	ids, err := p.idsOf(name)
	if err != nil {
		return err
	}
	var later []EntityRecord
	for _, id := range ids {
		e, main, err := p.entityByID(id)
		switch {
		case err != nil:
			return err
		case !main:
			later = append(later, e)
			continue
		case at.reach([]byte(mainPlace + e.ID)):
			continue
		}
		if err := fn(e); err != nil {
			return err
		}
	}
	for _, e := range later {
		if at.reach([]byte(namesakePlace + e.ID)) {
			continue
		}
		if err := fn(e); err != nil {
			return err
		}
	}
	return nil
}

// idsOf returns the IDs of the entities and people that a name or ID may mean,
// sorted.
func (p *Pipeline) idsOf(name string) (ids []string, err error) {
	err = p.db.View(func(tx *store.Tx) error {
		m, err := meaningOf(tx, []string{name})
		if err == nil {
			ids, err = alsoSighted(tx, m.ids)
		}
		return err
	})
	return ids, err
}

// eachName calls fn for every folded name of an entity, in order, with the
// entity's ID, until it returns store.ErrStop; neither is a copy.
func eachName(tx *store.Tx, fn func(name, id []byte) error) error {
	return schema.names.Each(tx, nil, func(key, _ []byte) error {
		end := bytes.IndexByte(key, 0)
		if end < 0 || len(key) < end+2 || key[end+1] == 0 {
			return nil // a name in an article's facts that is no entity's
		}
		id, _, _ := bytes.Cut(key[end+1:], []byte{0})
		return fn(key[:end], id) // letters, digits and spaces stand for themselves in a key
	})
}

// near returns the names of up to three entities whose name is like the one
// that was looked for, those most mentioned first.
func (p *Pipeline) near(match matcher) (names []string, err error) {
	err = p.db.View(func(tx *store.Tx) error {
		ids, err := idsNear(tx, match)
		var all []EntityRecord
		for _, id := range ids {
			if err != nil {
				return err
			}
			var e EntityRecord
			if e, _, err = p.entityIn(tx, id); e.Mentions > 0 && match.near(e.Name) {
				all = append(all, e)
			}
		}
		slices.SortStableFunc(all, func(a, b EntityRecord) int { return cmp.Compare(b.Mentions, a.Mentions) })
		for _, e := range all[:min(3, len(all))] {
			names = append(names, e.Name)
		}
		return err
	})
	return names, err
}

// idsNear returns the IDs of entities with a name near to one, sorted.
func idsNear(tx *store.Tx, match matcher) ([]string, error) {
	const most = 200 // that are looked at more closely
	ids := map[string]bool{}
	var last []byte
	like := false
	err := eachName(tx, func(name, id []byte) error {
		if !bytes.Equal(name, last) {
			last, like = append(last[:0], name...), match.nearFolded(string(name))
		}
		if like {
			if ids[string(id)] = true; len(ids) == most {
				return store.ErrStop
			}
		}
		return nil
	})
	return sortedKeys(ids), err
}
