package pipeline

import (
	"context"
	"errors"
	"slices"
	"time"

	"tenure/crawler"
	"tenure/store"
)

// RebuildOptions says what to make anew.
type RebuildOptions struct {
	Articles bool           // the articles too, from the pages kept
	Progress func(Progress) // called now and then; may be nil
}

// A Rebuilt says what Rebuild made.
type Rebuilt struct {
	Articles int     `json:"articles"`
	Carried  int     `json:"carried"` // articles taken as they were, because a page of theirs cannot be read
	Moves    int     `json:"moves"`
	Seconds  float64 `json:"seconds"`
}

// Rebuild makes the indexes and moves anew from the articles or, if asked,
// the articles too, from the pages kept, without the network. All of it takes
// the place of what there was at once, when it is done. The export is the same
// as before, unless something was damaged or the extraction has changed.
func (p *Pipeline) Rebuild(ctx context.Context, o RebuildOptions) (Rebuilt, error) {
	start := p.Now()
	keep := []string{
		schema.sources.Name(), schema.links.Name(), schema.hosts.Name(), schema.robots.Name(), schema.pages.Name(),
		schema.volume.Name(), schema.moves.Name(), schema.failures.Name(), schema.runs.Name(), schema.consumers.Name(), schema.marks.Name(),
		schema.decisions.Name(), schema.verdicts.Name(), schema.lines.Name(), schema.hooks.Name(), schema.told.Name(),
	}
	if !o.Articles {
		keep = append(keep, schema.readings.Name(), schema.articles.Name())
	}
	var done Rebuilt
	err := p.db.Rewrite(ctx, func(name string) bool { return slices.Contains(keep, name) },
		func(ctx context.Context, fresh *store.DB) error {
			q := *p
			q.db = fresh
			r := &rebuilding{old: p, reading: reading{p: &q, tally: newTally(), again: true}}
			stop := report(ctx, o.Progress, func() Progress { return r.tally.progress("rebuild") })
			defer stop()
			err := r.fill(ctx, o.Articles)
			done = r.done
			return err
		})
	done.Seconds = p.Now().Sub(start).Round(100 * time.Millisecond).Seconds()
	return done, err
}

// A rebuilding fills a new store from the old one's pages or articles.
type rebuilding struct {
	reading
	old  *Pipeline
	done Rebuilt
}

func (r *rebuilding) fill(ctx context.Context, articles bool) error {
	steps := []func(context.Context) error{r.queue, r.derive, r.assembleAll}
	if articles {
		steps = []func(context.Context) error{r.queue, r.readAll, r.volume, r.settleAll, r.carry, r.assembleAll}
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// inBatches calls fn for every row of a table, so many in one transaction,
// outside of any that reads the table.
func inBatches[T any](ctx context.Context, from *store.DB, t store.Table[T], to *store.DB, fn func(tx *store.Tx, key []byte, v T) error) error {
	const batch = 256
	var rows []store.Row[T]
	flush := func() error {
		err := to.Update(func(tx *store.Tx) error {
			for _, row := range rows {
				if err := fn(tx, row.Key, row.Value); err != nil {
					return err
				}
			}
			return nil
		})
		rows = rows[:0]
		return errors.Join(err, ctx.Err())
	}
	err := walk(from, t, nil, func(key []byte, v T) error {
		if rows = append(rows, store.Row[T]{Key: key, Value: v}); len(rows) < batch {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// queue makes the places of links and hosts in their queues.
func (r *rebuilding) queue(ctx context.Context) error {
	db := r.p.db
	hosts := map[string]bool{}
	err := inBatches(ctx, db, schema.links, db, func(tx *store.Tx, key []byte, row linkRow) error {
		if row.State != linkQueued {
			return nil
		}
		hosts[row.Host()] = true
		return schema.queue.Put(tx, store.Key(row.Host(), row.Due, key), nil)
	})
	if err != nil {
		return err
	}
	err = inBatches(ctx, db, schema.hosts, db, func(tx *store.Tx, key []byte, row hostRow) error {
		delete(hosts, string(key))
		row.Ready = time.Time{}
		if err := schema.hosts.Put(tx, key, row); err != nil {
			return err
		}
		return touchHost(tx, string(key), nil)
	})
	if err != nil {
		return err
	}
	return db.Update(func(tx *store.Tx) error {
		for _, h := range sortedKeys(hosts) { // without a row until now
			if err := touchHost(tx, h, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// derive makes the rows that are derived of articles.
func (r *rebuilding) derive(ctx context.Context) error {
	return inBatches(ctx, r.p.db, schema.articles, r.p.db, func(tx *store.Tx, key []byte, row articleRow) error {
		r.done.Articles++
		r.tally.page(row.URL, pageUnchanged)
		return errors.Join(replaceDerived(tx, key, articleRow{}, row), soil(tx, row.Groups))
	})
}

// readAll reads all pages that were read before.
func (r *rebuilding) readAll(ctx context.Context) error {
	if err := store.Rewind(r.p.db, reextractCursor); err != nil {
		return err
	}
	_, err := store.Follow(ctx, r.p.db, schema.pages, reextractCursor, readOptions(), r.page)
	return err
}

// volume restores the counts of articles first met, which were counted again.
func (r *rebuilding) volume(ctx context.Context) error {
	err := r.p.db.Update(func(tx *store.Tx) error { return schema.volume.Clear(tx) })
	if err != nil {
		return err
	}
	return inBatches(ctx, r.old.db, schema.volume, r.p.db, func(tx *store.Tx, key []byte, n int) error {
		return schema.volume.Put(tx, key, n)
	})
}

// settleAll gives articles that came out as they were the time of their last
// change, and all the time when they were first met.
func (r *rebuilding) settleAll(ctx context.Context) error {
	return inBatches(ctx, r.p.db, schema.articles, r.p.db, func(tx *store.Tx, key []byte, row articleRow) error {
		r.done.Articles++
		was, ok, err := r.old.article(key)
		if err != nil || !ok {
			return ignoreDamage(err)
		}
		now := row
		if !differ(was.Article, row.Article) {
			now.Changed = was.Changed
		}
		if was.First.Before(row.First) {
			now.First = was.First
		}
		if !differ(now, row) {
			return nil
		}
		_, err = putArticle(tx, key, row, now)
		return err
	})
}

// carry takes over the articles that did not come out of the pages because
// one of theirs cannot be read.
func (r *rebuilding) carry(ctx context.Context) error {
	err := inBatches(ctx, r.old.db, schema.articles, r.p.db, func(tx *store.Tx, key []byte, row articleRow) error {
		_, ok, err := schema.articles.Get(tx, key)
		if err != nil || ok || !r.lost(tx, row) {
			return err
		}
		r.done.Articles++
		r.done.Carried++
		people, err := putArticle(tx, key, articleRow{}, row)
		return errors.Join(err, soil(tx, people))
	})
	return ignoreDamage(err)
}

// lost reports whether a page on which an article was met cannot be read, or
// the reader fails on it.
func (r *rebuilding) lost(tx *store.Tx, row articleRow) bool {
	return slices.ContainsFunc(row.Sightings, func(s sighting) bool {
		hash := crawler.Key(s.URL)
		fail, ok, err := schema.failures.Get(tx, store.Key(hash[:], "content"))
		if err == nil && ok && fail.leavesAlone() {
			return true
		}
		page, ok, err := schema.pages.Get(tx, store.Key(s.Page))
		return err != nil || !ok || r.p.checkRaw(page, false) != nil
	})
}

// ignoreDamage is for what is read from the old store only to do better.
func ignoreDamage(err error) error {
	if errors.As(err, new(*store.DamagedError)) {
		return nil
	}
	return err
}

// assembleAll assembles the moves of all people, and drops those that nobody
// makes any more.
func (r *rebuilding) assembleAll(ctx context.Context) error {
	if err := r.assemble(ctx); err != nil {
		return err
	}
	n, err := dropUnmade(ctx, r.p.db)
	r.done.Moves = n
	return err
}
