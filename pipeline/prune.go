package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tenure/crawler"
	"tenure/store"
)

// What is kept of other things than pages.
const (
	keepRuns     = 1000                 // summaries, however old
	keepRunsFor  = 365 * 24 * time.Hour // and those of so long, however many
	keepGivenUp  = 90 * 24 * time.Hour  // failures of links that were given up
	pruneAtATime = 20_000               // rows looked at after a pass; the next one goes on from there
	shrinkAt     = .5                   // share of a segment that is not wanted, at which it is moved on
)

// Pruned says what Prune removed.
type Pruned struct {
	Pages    int   `json:"pages"`
	Failures int   `json:"failures"`
	Runs     int   `json:"runs"`
	Bytes    int64 `json:"bytes"` // of raw pages
}

// Prune removes what nothing rests on: looks at a page that are older than
// keep and were followed by another, if they are neither the last nor the
// first to show an article, nor what it has its date from, so that reading
// all pages again gives the same as before; failures of links long given up;
// summaries of passes long ago. With keep 0 all looks stay. It looks at so
// many rows at most, 0 meaning all, and goes on from there the next time.
func (p *Pipeline) Prune(ctx context.Context, keep time.Duration, most int) (n Pruned, err error) {
	if keep > 0 {
		if n.Pages, err = p.prunePages(ctx, p.Now().Add(-keep), most); err != nil {
			return n, fmt.Errorf("prune pages: %w", err)
		}
	}
	if n.Failures, err = p.pruneFailures(ctx, most); err != nil {
		return n, fmt.Errorf("prune failures: %w", err)
	}
	if n.Runs, err = p.pruneRuns(ctx); err != nil {
		return n, fmt.Errorf("prune summaries: %w", err)
	}
	n.Bytes, err = p.db.ShrinkRaw(ctx, shrinkAt)
	return n, err
}

// pruneAfterPass prunes a little. That it cannot be done now is no reason for
// a pass to fail.
func (p *Pipeline) pruneAfterPass(ctx context.Context, keep time.Duration) {
	n, err := p.Prune(ctx, keep, pruneAtATime)
	if err != nil {
		p.Log.Warn("pruning was not finished; the next pass goes on", "error", err)
	}
	p.Log.Debug("pruned", "pages", n.Pages, "failures", n.Failures, "runs", n.Runs, "bytes", n.Bytes)
}

func (p *Pipeline) prunePages(ctx context.Context, before time.Time, most int) (int, error) {
	var read []byte
	err := p.db.View(func(tx *store.Tx) (err error) {
		read, err = store.Position(tx, readCursor)
		return err
	})
	if err != nil || read == nil {
		return 0, err
	}
	s := sweep[pageRow]{
		table: schema.pages, name: "pages", most: most,
		doomed: func(tx *store.Tx, key []byte, row pageRow) (bool, error) {
			if !row.At.Before(before) || slices.Compare(key, read) > 0 {
				return false, nil
			}
			needed, err := isNeeded(tx, key, row)
			return !needed, err
		},
		drop: dropPage,
	}
	return s.run(ctx, p.db)
}

// isNeeded reports whether something rests on a page.
func isNeeded(tx *store.Tx, key []byte, row pageRow) (bool, error) {
	hash := crawler.Key(row.URL)
	link, ok, err := schema.links.Get(tx, hash[:])
	if err != nil || !ok || link.Hash == "" || link.Hash == row.Hash {
		return true, err // the last look, as far as is known
	}
	reading, ok, err := schema.readings.Get(tx, key)
	if err != nil || !ok && row.holdsArticles() {
		return true, err
	}
	page := store.ReadKey(key).Uint64()
	for _, id := range reading.Articles {
		_, a, _, err := articleByID(tx, id)
		if err != nil {
			return true, err
		}
		if a.First.Equal(row.At.Truncate(time.Second)) {
			return true, nil
		}
		for _, s := range a.Sightings {
			if s.Page == page || s.First == page {
				return true, nil
			}
		}
	}
	return false, nil
}

// dropPage removes a page and what is remembered of it.
func dropPage(tx *store.Tx, key []byte, row pageRow) error {
	reading, _, err := schema.readings.Get(tx, key)
	if err != nil {
		return err
	}
	page := store.ReadKey(key).Uint64()
	for _, id := range reading.Articles {
		if err := forgetDates(tx, id, page); err != nil {
			return err
		}
	}
	return errors.Join(schema.readings.Delete(tx, key), schema.pages.Delete(tx, key), store.FreeRaw(tx, row.Raw))
}

// forgetDates drops the dates that a page gave for texts it no longer has:
// they would not be found when the pages that are left are read again.
func forgetDates(tx *store.Tx, id string, page uint64) error {
	key, a, ok, err := articleByID(tx, id)
	if err != nil || !ok {
		return err
	}
	old := a
	a.Sightings = slices.Clone(a.Sightings)
	for i := range a.Sightings {
		s := &a.Sightings[i]
		s.Dates = slices.DeleteFunc(slices.Clone(s.Dates), func(d lookDate) bool { return d.Page == page })
	}
	if !differ(old.Sightings, a.Sightings) {
		return nil
	}
	return schema.articles.Put(tx, key, a)
}

func (p *Pipeline) pruneFailures(ctx context.Context, most int) (int, error) {
	before := p.Now().Add(-keepGivenUp)
	s := sweep[Failure]{
		table: schema.failures, name: "failures", most: most,
		doomed: func(_ *store.Tx, _ []byte, f Failure) (bool, error) {
			return f.Stage == "fetch" && f.Retry.IsZero() && f.At.Before(before), nil
		},
		drop: func(tx *store.Tx, key []byte, _ Failure) error { return schema.failures.Delete(tx, key) },
	}
	return s.run(ctx, p.db)
}

func (p *Pipeline) pruneRuns(ctx context.Context) (n int, err error) {
	before := p.Now().Add(-keepRunsFor)
	var old [][]byte
	err = p.db.View(func(tx *store.Tx) error {
		spare := schema.runs.Count(tx) - keepRuns
		if spare <= 0 {
			return nil
		}
		rows, err := schema.runs.Scan(tx, nil, nil, min(spare, pruneAtATime))
		for _, row := range rows {
			if row.Value.Start.Before(before) {
				old = append(old, row.Key)
			}
		}
		return err
	})
	if err != nil || len(old) == 0 {
		return 0, err
	}
	return len(old), p.db.Write(ctx, func(tx *store.Tx) error {
		for _, key := range old {
			if err := schema.runs.Delete(tx, key); err != nil {
				return err
			}
		}
		return nil
	})
}

// A sweep walks a table bit by bit, round and round, and drops rows.
type sweep[T any] struct {
	table  store.Table[T]
	name   string // of the mark that says how far it came
	most   int    // rows in one go; 0 means one whole round
	doomed func(tx *store.Tx, key []byte, row T) (bool, error)
	drop   func(tx *store.Tx, key []byte, row T) error
}

// run goes on from the mark and returns how many rows were dropped.
func (s *sweep[T]) run(ctx context.Context, db *store.DB) (dropped int, err error) {
	mark, err := s.mark(db)
	if err != nil {
		return 0, err
	}
	if s.most == 0 {
		mark = nil
	}
	for left := s.most; s.most == 0 || left > 0; left -= walkBatch {
		var rows, bad []store.Row[T]
		err := db.View(func(tx *store.Tx) (err error) {
			if rows, err = s.table.Scan(tx, nil, mark, walkBatch); err == nil {
				bad, err = s.filter(tx, rows)
			}
			return err
		})
		if err != nil {
			return dropped, err
		}
		if mark = nil; len(rows) == walkBatch {
			mark = rows[len(rows)-1].Key
		}
		n := 0
		if len(bad) > 0 {
			err = db.Write(ctx, func(tx *store.Tx) (err error) {
				n, err = s.dropAll(tx, bad, mark)
				return err
			})
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return dropped, err
		}
		dropped += n
		if mark == nil {
			break
		}
	}
	return dropped, db.Write(ctx, func(tx *store.Tx) error { return s.setMark(tx, mark) })
}

func (s *sweep[T]) filter(tx *store.Tx, rows []store.Row[T]) (bad []store.Row[T], err error) {
	for _, row := range rows {
		doomed, err := s.doomed(tx, row.Key, row.Value)
		if err != nil {
			return nil, err
		}
		if doomed {
			bad = append(bad, row)
		}
	}
	return bad, nil
}

// dropAll drops the rows that are still doomed.
func (s *sweep[T]) dropAll(tx *store.Tx, bad []store.Row[T], mark []byte) (n int, err error) {
	bad, err = s.filter(tx, bad)
	for _, row := range bad {
		err = errors.Join(err, s.drop(tx, row.Key, row.Value))
	}
	return len(bad), errors.Join(err, s.setMark(tx, mark))
}

func (s *sweep[T]) mark(db *store.DB) (mark []byte, err error) {
	err = db.View(func(tx *store.Tx) (err error) {
		mark, _, err = schema.marks.Get(tx, []byte(s.name))
		return err
	})
	return mark, err
}

// setMark remembers how far the sweep came; nil is the beginning.
func (s *sweep[T]) setMark(tx *store.Tx, mark []byte) error {
	at, _, err := schema.marks.Get(tx, []byte(s.name))
	switch {
	case err != nil || slices.Equal(at, mark):
		return err
	case mark == nil:
		return schema.marks.Delete(tx, []byte(s.name))
	}
	return schema.marks.Put(tx, []byte(s.name), mark)
}
