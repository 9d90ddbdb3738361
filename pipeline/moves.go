package pipeline

import (
	"maps"
	"slices"
	"time"

	"tenure/extract"
	"tenure/store"
)

// personID returns the entity ID of a person named in the article, or "".
func personID(a *extract.Article, name string) string {
	for _, e := range a.Entities {
		if e.Kind == extract.Person && (e.Name == name || slices.Contains(e.Aliases, name)) {
			return e.ID
		}
	}
	return ""
}

// peopleOf returns the entity IDs of the persons the article has facts about.
func peopleOf(a *extract.Article) []string {
	var ids []string
	for _, f := range a.Facts {
		if id := personID(a, f.Person); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// putArticle writes an article's row and everything derived from it, and
// returns the people whose facts may have changed. old is what stood there
// before; its zero value means nothing did.
func putArticle(tx *store.Tx, key []byte, old, row articleRow) ([]string, error) {
	if err := schema.articles.Put(tx, key, row); err != nil {
		return nil, err
	}
	if err := replaceDerived(tx, key, old, row); err != nil {
		return nil, err
	}
	people := peopleOf(&row.Article)
	for _, id := range peopleOf(&old.Article) {
		if !slices.Contains(people, id) {
			people = append(people, id)
		}
	}
	return people, nil
}

// dropArticle removes an article and everything derived from it.
func dropArticle(tx *store.Tx, key []byte, old articleRow) ([]string, error) {
	if err := replaceDerived(tx, key, old, articleRow{}); err != nil {
		return nil, err
	}
	return peopleOf(&old.Article), schema.articles.Delete(tx, key)
}

// claims returns all facts about a person, with the articles that make them,
// and for each article when it was first met.
func claims(tx *store.Tx, person string) ([]extract.Claim, map[string]time.Time, error) {
	entries, err := schema.people.Scan(tx, store.Key(person), nil, maxClaimArticles)
	if err != nil {
		return nil, nil, err
	}
	var all []extract.Claim
	met := map[string]time.Time{}
	for _, e := range entries {
		row, ok, err := schema.articles.Get(tx, e.Key[len(e.Key)-16:])
		if err != nil {
			return nil, nil, err
		}
		if !ok {
			continue
		}
		met[row.ID] = row.First
		ref := row.Ref()
		if ref.Copy, err = original(tx, row); err != nil {
			return nil, nil, err
		}
		for _, f := range row.Facts {
			if personID(&row.Article, f.Person) == person {
				all = append(all, extract.Claim{Fact: f, Article: ref})
			}
		}
	}
	return all, met, nil
}

// maxClaimArticles bounds how many articles one person's moves are assembled
// from, in order of their keys.
const maxClaimArticles = 2000

// assemble replaces the moves of a person. It returns how many there are now,
// those that are new and those that are there no more.
func (p *Pipeline) assemble(tx *store.Tx, person string) (total int, fresh, gone []string, err error) {
	facts, met, err := claims(tx, person)
	if err != nil {
		return 0, nil, nil, err
	}
	before, err := takeMoves(tx, person)
	if err != nil {
		return 0, nil, nil, err
	}
	moves := p.merge(facts)
	moves = moves[:min(len(moves), maxMoves)]
	for _, m := range moves {
		old, known := before[m.ID]
		delete(before, m.ID)
		if !known { // rebuilt: the row is there, its place in the index is not
			if old, known, err = schema.moves.Get(tx, []byte(m.ID)); err != nil {
				return 0, nil, nil, err
			}
		}
		if !known {
			fresh = append(fresh, m.ID)
		}
		row := moveRow{Move: m, Changed: old.Changed}
		row.First, row.Last = seen(m, met)
		if !known || differ(old.Move, m) {
			row.Changed = p.Now().UTC()
		}
		if err := schema.moves.Put(tx, []byte(m.ID), row); err != nil {
			return 0, nil, nil, err
		}
		if err := schema.movesOf.Put(tx, store.Key(person, []byte(m.ID)), nil); err != nil {
			return 0, nil, nil, err
		}
	}
	return len(moves), fresh, slices.Sorted(maps.Keys(before)), nil
}

// takeMoves takes the moves of a person out of the tables.
func takeMoves(tx *store.Tx, person string) (map[string]moveRow, error) {
	prefix := store.Key(person)
	entries, err := schema.movesOf.Scan(tx, prefix, nil, maxMoves)
	if err != nil {
		return nil, err
	}
	taken := map[string]moveRow{}
	for _, e := range entries {
		id := e.Key[len(prefix):]
		row, _, err := schema.moves.Get(tx, id)
		if err != nil {
			return nil, err
		}
		taken[string(id)] = row
		if err := schema.moves.Delete(tx, id); err != nil {
			return nil, err
		}
		if err := schema.movesOf.Delete(tx, e.Key); err != nil {
			return nil, err
		}
	}
	return taken, nil
}

// maxMoves bounds the moves kept of one person.
const maxMoves = 1000

// seen returns when the first and the last of a move's articles were met.
func seen(m extract.Move, met map[string]time.Time) (first, last time.Time) {
	for _, f := range m.Facts {
		t := met[f.ID]
		if first.IsZero() || t.Before(first) {
			first = t
		}
		if t.After(last) {
			last = t
		}
	}
	return first, last
}
