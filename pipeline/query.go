package pipeline

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"tenure/extract"
	"tenure/store"
)

// A Filter narrows a listing. Its zero value lets everything through.
type Filter struct {
	Person   string    // name or entity ID
	Org      string    // name
	Type     string    // fact type, move kind, or stage of a failure
	Since    time.Time // changed at this time or later
	MinScore float64
	Review   string // moves: ok, queued or rejected
	Limit    int    // most results; 0 means all
	Newest   bool   // articles: the one that changed last first; not for pages

	names []string // other names of the person or organization
	told  bool     // of a person, only articles that tell of them are wanted
	at    *place   // for a page: where it begins
}

// errEnough ends a walk early.
var errEnough = fmt.Errorf("enough")

// limited wraps fn so that it ends the walk after the filter's limit.
func limited[T any](limit int, fn func(T) error) func(T) error {
	n := 0
	return func(v T) error {
		if err := fn(v); err != nil {
			return err
		}
		if n++; n == limit {
			return errEnough
		}
		return nil
	}
}

func ended(err error) error {
	if err == errEnough {
		return nil
	}
	return err
}

// walkBatch is how many rows are copied out of one transaction. Results are
// handed on outside of it, so that a slow reader holds up no writer.
const walkBatch = 128

// walk calls fn for every row of a table below prefix, in order of keys.
func walk[T any](db *store.DB, t store.Table[T], prefix []byte, fn func(key []byte, v T) error) error {
	return walkFrom(db, t, prefix, nil, nil, fn)
}

// walkFrom is walk from the first key that sorts after the given one. Of what
// is for a page no more is read at first than that will hold.
func walkFrom[T any](db *store.DB, t store.Table[T], prefix, after []byte, at *place, fn func(key []byte, v T) error) error {
	for batch := at.batch(); ; batch = min(2*batch, walkBatch) {
		var rows []store.Row[T]
		err := db.View(func(tx *store.Tx) (err error) {
			rows, err = t.Scan(tx, prefix, after, batch)
			return err
		})
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := fn(r.Key, r.Value); err != nil {
				return err
			}
		}
		if len(rows) < batch {
			return nil
		}
		after = rows[len(rows)-1].Key
	}
}

// walkIndex calls fn for every key of an index below prefix, in order.
func walkIndex(db *store.DB, x store.Index, prefix, after []byte, fn func(key []byte) error) error {
	for {
		var entries []store.Entry
		err := db.View(func(tx *store.Tx) (err error) {
			entries, err = x.Scan(tx, prefix, after, walkBatch)
			return err
		})
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := fn(e.Key); err != nil {
				return err
			}
		}
		if len(entries) < walkBatch {
			return nil
		}
		after = entries[len(entries)-1].Key
	}
}

// later is the key that sorts last.
func later(a, b []byte) []byte {
	if bytes.Compare(a, b) < 0 {
		return b
	}
	return a
}

// isLater reports whether what a key of an index of times leads to has changed
// since the key was read. It is met again at its new time.
func isLater(changed time.Time, key []byte) bool { return !bytes.HasPrefix(key, store.Key(changed)) }

// view returns one row of a table, in a transaction of its own.
func view[T any](db *store.DB, t store.Table[T], key []byte) (row T, ok bool, err error) {
	err = db.View(func(tx *store.Tx) error {
		row, ok, err = t.Get(tx, key)
		return err
	})
	return row, ok, err
}

func (p *Pipeline) article(key []byte) (articleRow, bool, error) {
	return view(p.db, schema.articles, key)
}

func (p *Pipeline) move(key []byte) (moveRow, bool, error) { return view(p.db, schema.moves, key) }

// Articles calls fn for articles. Of the filter, Since, Person, Org and
// Limit count: an article passes if it names the person and the
// organization.
func (p *Pipeline) Articles(f Filter, fn func(ArticleRecord) error) error {
	fn = limited(f.Limit, fn)
	person, org := newMatcher(f.Person, f.names...), newMatcher(f.Org, f.names...)
	l := looking[articleRow, ArticleRecord]{db: p.db, table: schema.articles, f: f, give: fn}
	l.make = func(row articleRow) (r ArticleRecord, ok bool, err error) {
		if !person.entity(row.Entities, extract.Person) || !org.entity(row.Entities, extract.Organization) {
			return r, false, nil
		}
		r, err = p.record(row)
		return r, true, err
	}
	return ended(l.each())
}

// record returns an article's record with what only the store knows of it.
func (p *Pipeline) record(row articleRow) (ArticleRecord, error) {
	r := NewArticleRecord(&row.Article)
	first := row.First
	r.FirstSeen = &first
	err := p.db.View(func(tx *store.Tx) error {
		id, err := original(tx, row.tells())
		if err != nil {
			return err
		}
		if id != row.ID {
			r.CopyOf = id
		}
		other, err := peopleIn(tx, &row.Article)
		r.rename(other)
		if err != nil {
			return err
		}
		return judge(tx, row.ID, id, r.Facts)
	})
	return r, err
}

// Facts calls fn for facts, article by article.
func (p *Pipeline) Facts(f Filter, fn func(FactRecord) error) error {
	fn = limited(f.Limit, fn)
	f.told = true
	person, org := newMatcher(f.Person, f.names...), newMatcher(f.Org, f.names...)
	judged := false
	err := p.db.View(func(tx *store.Tx) (err error) { judged, err = anyFactJudged(tx); return err })
	if err != nil {
		return err
	}
	l := looking[telling, toldFacts]{db: p.db, table: schema.tellings, f: f}
	l.make = func(row telling) (t toldFacts, ok bool, err error) {
		t = toldFacts{changed: row.Changed, records: make([]*FactRecord, len(row.Facts))}
		for i, x := range row.Facts {
			if f.Type != "" && string(x.Type) != f.Type || x.Score < f.MinScore || !org.name(x.Org) {
				continue
			}
			if ok, err := p.isAbout(&row.Article, x, person); err != nil {
				return t, false, err
			} else if !ok {
				continue
			}
			r := NewFactRecord(x)
			r.Schema, r.ID, r.Article, r.URL = FactSchema, FactID(row.ID, r), row.ID, row.URL
			if judged {
				if err := p.judgeFact(row, &r); err != nil {
					return t, false, err
				}
			}
			t.records[i] = &r
		}
		return t, true, nil
	}
	l.give = func(t toldFacts) error {
		for i, r := range t.records {
			if f.at.reachFact(i, t.changed) || r == nil {
				continue
			}
			if err := fn(*r); err != nil {
				return err
			}
		}
		return nil
	}
	return ended(l.each())
}

// toldFacts are the facts of an article, those that a filter lets through.
type toldFacts struct {
	changed time.Time
	records []*FactRecord // nil for the others
}

// judgeFact gives a fact of an article what was said of it.
func (p *Pipeline) judgeFact(row telling, f *FactRecord) error {
	return p.db.View(func(tx *store.Tx) error {
		first, err := original(tx, row)
		if err != nil {
			return err
		}
		one := []FactRecord{*f}
		err = judge(tx, row.ID, first, one)
		*f = one[0]
		return err
	})
}

// isAbout reports whether a fact is about the person meant. One meant by ID is
// that person and no namesake.
func (p *Pipeline) isAbout(a *extract.Article, f extract.Fact, who matcher) (ok bool, err error) {
	if !isEntityID(who.raw) {
		return who.name(f.Person) || who.name(f.Successor), nil
	}
	err = p.db.View(func(tx *store.Tx) error {
		for _, name := range []string{f.Person, f.Successor} {
			if name == "" || ok {
				continue
			}
			id, err := personSighted(tx, a, name)
			if err != nil {
				return err
			}
			ok = who.id(id)
		}
		return nil
	})
	return ok, err
}

// Moves calls fn for moves.
func (p *Pipeline) Moves(f Filter, fn func(MoveRecord) error) error {
	fn = limited(f.Limit, fn)
	person, org := newMatcher(f.Person, f.names...), newMatcher(f.Org, f.names...)
	pass := func(row moveRow) error {
		switch {
		case f.Type != "" && string(row.Kind) != f.Type, row.Score < f.MinScore,
			row.Changed.Before(f.Since), !org.name(row.From.Org) && !org.name(row.To.Org):
			return nil
		}
		r := newMoveRecord(row)
		if f.Review != "" && r.Review != f.Review {
			return nil
		}
		return fn(r)
	}
	byID := func(row moveRow) error {
		if f.at.reach([]byte(row.ID)) {
			return nil
		}
		return pass(row)
	}
	switch {
	case isEntityID(f.Person):
		return ended(p.movesOf(f.Person, byID))
	case f.Person != "":
		return ended(p.movesNamed(person, byID))
	case !f.Since.IsZero() && f.at != nil:
		return ended(p.movesChanged(f, pass))
	case !f.Since.IsZero():
		return ended(p.movesSince(f.Since, pass))
	}
	return ended(walkFrom(p.db, schema.moves, nil, f.at.start(), f.at, func(_ []byte, row moveRow) error { return byID(row) }))
}

// movesChanged calls fn for the moves that changed since then, in order of
// their last change.
func (p *Pipeline) movesChanged(f Filter, fn func(moveRow) error) error {
	from := later(store.Key(f.Since.Add(-time.Millisecond)), f.at.start())
	return walkIndex(p.db, schema.movesByTime, nil, from, func(key []byte) error {
		f.at.reach(key)
		row, ok, err := p.move(key[8:])
		if err != nil || !ok || isLater(row.Changed, key) {
			return err
		}
		return fn(row)
	})
}

// movesNamed calls fn for the moves of people who go by a name, in order of
// their IDs.
func (p *Pipeline) movesNamed(who matcher, fn func(moveRow) error) error {
	ids, err := p.idsOf(who.raw)
	var all []moveRow
	for _, id := range ids {
		if err == nil {
			err = p.movesOf(id, func(row moveRow) error {
				if who.name(row.Person) {
					all = append(all, row)
				}
				return nil
			})
		}
	}
	slices.SortFunc(all, func(a, b moveRow) int { return strings.Compare(a.ID, b.ID) })
	for _, row := range all {
		if err == nil {
			err = fn(row)
		}
	}
	return err
}

// movesSince calls fn for the moves that changed since then, in order of their
// IDs.
func (p *Pipeline) movesSince(since time.Time, fn func(moveRow) error) error {
	var ids [][]byte
	err := walkIndex(p.db, schema.movesByTime, nil, store.Key(since.Add(-time.Millisecond)), func(key []byte) error {
		ids = append(ids, key[8:])
		return nil
	})
	slices.SortFunc(ids, bytes.Compare)
	for _, id := range ids {
		if err != nil {
			break
		}
		var row moveRow
		var ok bool
		if row, ok, err = p.move(id); ok {
			err = fn(row)
		}
	}
	return err
}

// isEntityID reports whether a name is an entity's ID: the letter of its kind
// and twelve hexadecimal digits.
func isEntityID(name string) bool {
	if len(name) != 13 {
		return false
	}
	_, err := hex.DecodeString(name[1:])
	return err == nil
}

// movesOf calls fn for the moves of the person with the given entity ID.
func (p *Pipeline) movesOf(person string, fn func(moveRow) error) error {
	prefix := store.Key(person)
	return walkIndex(p.db, schema.movesOf, prefix, nil, func(key []byte) error {
		row, ok, err := p.move(key[len(prefix):])
		if err != nil || !ok {
			return err
		}
		return fn(row)
	})
}

// Failures calls fn for what stages gave up on, or can use only in part.
func (p *Pipeline) Failures(f Filter, fn func(Failure) error) error {
	fn = limited(f.Limit, fn)
	return ended(walkFrom(p.db, schema.failures, nil, f.at.start(), f.at, func(key []byte, x Failure) error {
		f.at.reach(key)
		if f.Type != "" && x.Stage != f.Type && x.Reason != f.Type || x.At.Before(f.Since) {
			return nil
		}
		return fn(x)
	}))
}

// Ledger counts the links ever discovered by the state in which they are:
// queued, done, failed (given up) or gone (410). The states sum up to all.
func (p *Pipeline) Ledger() (map[string]int, error) {
	ledger := map[string]int{}
	err := walk(p.db, schema.links, nil, func(_ []byte, row linkRow) error {
		ledger[string(row.State)]++
		return nil
	})
	return ledger, err
}
