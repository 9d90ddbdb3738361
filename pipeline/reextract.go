package pipeline

import (
	"context"

	"tenure/store"
)

// reextractCursor is the name of the cursor of Reextract over pages.
const reextractCursor = "reextract"

// Reextract reads kept pages again, without the network: those that another
// version of the extraction read last, or all of them. What a page gave is
// replaced by what it gives now.
func (p *Pipeline) Reextract(ctx context.Context, all bool, progress func(Progress)) (Summary, error) {
	start := p.Now()
	r := &reading{p: p}
	if err := store.Rewind(p.db, reextractCursor); err != nil {
		return Summary{}, err
	}
	stop := report(ctx, progress, func() Progress { return Progress{"read", r.pages.Load(), r.failed.Load()} })
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
			return r.page(ctx, key, row)
		})
	stop()
	s := Summary{
		Start: start.UTC(), Took: p.Now().Sub(start),
		Pages: PageCount{Total: r.pages.Load(), New: r.fresh.Load(), Failed: r.failed.Load()},
	}
	s.Pages.Unchanged = s.Pages.Total - s.Pages.New - s.Pages.Failed
	s.Articles, s.Facts, s.Moves, s.NewMoves = r.tally.counts()
	s.Seconds = s.Took.Seconds()
	return s, err
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
