package pipeline

import (
	"context"
	"errors"

	"tenure/store"
)

// reextractCursor is the name of the cursor of Reextract over pages.
const reextractCursor = "reextract"

// Reextract reads kept pages again, without the network: those that another
// version of the extraction read last, or all of them. What a page gave is
// replaced by what it gives now.
func (p *Pipeline) Reextract(ctx context.Context, all bool, progress func(Progress)) (Summary, error) {
	start := p.Now()
	r := &reading{p: p, tally: newTally()}
	r.force, r.again = all, true
	if err := store.Rewind(p.db, reextractCursor); err != nil {
		return Summary{}, err
	}
	stop := report(ctx, progress, func() Progress { return r.tally.progress("read") })
	_, err := store.Follow(ctx, p.db, schema.pages, reextractCursor, readOptions(),
		func(ctx context.Context, key []byte, row pageRow) (func(*store.Tx) error, error) {
			if !row.holdsArticles() {
				return nil, nil
			}
			if !all {
				if done, err := p.readBy(key); err != nil || done == p.Version {
					return nil, err
				}
			}
			row.First = false // that it is kept is nothing new
			return r.page(ctx, key, row)
		})
	err = errors.Join(err, r.assemble(ctx))
	stop()
	return r.tally.summary(start, p.Now()), err
}

// readBy returns the version of the extraction that read a page last.
func (p *Pipeline) readBy(key []byte) (string, error) {
	var row readingRow
	err := p.db.View(func(tx *store.Tx) (err error) {
		row, _, err = schema.readings.Get(tx, key)
		return err
	})
	return row.By, err
}

// Stale returns how many pages Reextract would read.
func (p *Pipeline) Stale(all bool) (n int, err error) {
	err = walk(p.db, schema.pages, nil, func(key []byte, row pageRow) error {
		if !row.holdsArticles() {
			return nil
		}
		by, err := p.readBy(key)
		if all || by != p.Version {
			n++
		}
		return err
	})
	return n, err
}
