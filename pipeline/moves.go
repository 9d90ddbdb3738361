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
// returns the groups of the people whose facts may have changed. old is what
// stood there before; its zero value means nothing did.
func putArticle(tx *store.Tx, key []byte, old, row articleRow) ([]string, error) {
	if err := schema.articles.Put(tx, key, row); err != nil {
		return nil, err
	}
	if err := replaceDerived(tx, key, old, row); err != nil {
		return nil, err
	}
	return union(slices.Concat(row.Groups, old.Groups)), nil
}

// dropArticle removes an article and everything derived from it.
func dropArticle(tx *store.Tx, key []byte, old articleRow) ([]string, error) {
	if err := replaceDerived(tx, key, old, articleRow{}); err != nil {
		return nil, err
	}
	return old.Groups, schema.articles.Delete(tx, key)
}

// assemble tells the people of a group apart anew and replaces their moves. It
// returns how many moves there are now, those that are new and those that are
// there no more.
func (p *Pipeline) assemble(tx *store.Tx, group string) (total int, fresh, gone []string, err error) {
	all, err := gather(tx, group)
	if err != nil {
		return 0, nil, nil, err
	}
	if len(all.articles) == maxGroupArticles {
		p.Log.Warn("people of one surname are told of in more articles than are compared; the rest is left out", "group", group, "articles", len(all.articles))
	}
	decisions, err := schema.decisions.Scan(tx, store.Key(group), nil, 0)
	if err != nil {
		return 0, nil, nil, err
	}
	before, err := takeGroup(tx, group)
	if err != nil {
		return 0, nil, nil, err
	}
	people := all.tellApart(p.people().People(group, all.articles, all.copies, standingDecisions(values(decisions))))
	for _, row := range people {
		if err := putPerson(tx, group, row); err != nil {
			return 0, nil, nil, err
		}
		n, added, err := p.putMoves(tx, row, all, before)
		if err != nil {
			return 0, nil, nil, err
		}
		total += n
		fresh = append(fresh, added...)
	}
	return total, fresh, slices.Sorted(maps.Keys(before)), nil
}

func values[T any](rows []store.Row[T]) []T {
	all := make([]T, len(rows))
	for i, r := range rows {
		all[i] = r.Value
	}
	return all
}

// takeGroup takes the people of a group, and their moves, out of the tables,
// and returns the moves.
func takeGroup(tx *store.Tx, group string) (map[string]moveRow, error) {
	people, err := takePersons(tx, group)
	if err != nil {
		return nil, err
	}
	before := map[string]moveRow{}
	for _, who := range people {
		moves, err := takeMoves(tx, who.ID)
		if err != nil {
			return nil, err
		}
		maps.Copy(before, moves)
	}
	return before, nil
}

// putMoves writes the moves of a person, and takes those that were there
// before out of before.
func (p *Pipeline) putMoves(tx *store.Tx, who personRow, t testimony, before map[string]moveRow) (total int, fresh []string, err error) {
	moves, err := p.movesBy(tx, who, t)
	if err != nil {
		return 0, nil, err
	}
	for _, row := range moves {
		m := row.Move
		old, known := before[m.ID]
		delete(before, m.ID)
		if !known { // rebuilt: the row is there, its place in the index is not
			if old, known, err = schema.moves.Get(tx, []byte(m.ID)); err != nil {
				return 0, nil, err
			}
		}
		if !known {
			fresh = append(fresh, m.ID)
		}
		if err := schema.movesByTime.Delete(tx, store.Key(old.Changed, []byte(m.ID))); err != nil {
			return 0, nil, err
		}
		row.Changed = old.Changed
		row.First, row.Last = t.seen(m)
		if !known || old.Verdict != row.Verdict || differ(old.Move, m) {
			row.Changed = p.Now().UTC()
		}
		if err := schema.moves.Put(tx, []byte(m.ID), row); err != nil {
			return 0, nil, err
		}
		if err := schema.movesByTime.Put(tx, store.Key(row.Changed, []byte(m.ID)), nil); err != nil {
			return 0, nil, err
		}
		if err := schema.movesOf.Put(tx, store.Key(who.ID, []byte(m.ID)), nil); err != nil {
			return 0, nil, err
		}
	}
	return len(moves), fresh, nil
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
		if err := dropMove(tx, id, row); err != nil {
			return nil, err
		}
		if err := schema.movesOf.Delete(tx, e.Key); err != nil {
			return nil, err
		}
	}
	return taken, nil
}

// dropMove removes a move's row and its place in time.
func dropMove(tx *store.Tx, id []byte, row moveRow) error {
	if err := schema.movesByTime.Delete(tx, store.Key(row.Changed, id)); err != nil {
		return err
	}
	return schema.moves.Delete(tx, id)
}

// maxMoves bounds the moves kept of one person.
const maxMoves = 1000

// seen returns when the first and the last of a move's articles were met.
func (t testimony) seen(m extract.Move) (first, last time.Time) {
	for _, f := range m.Facts {
		at := t.rows[f.ID].First
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if at.After(last) {
			last = at
		}
	}
	return first, last
}
