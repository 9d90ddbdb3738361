package pipeline

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"tenure/crawler"
	"tenure/store"
)

// ImportOptions says what is to be imported.
type ImportOptions struct {
	// Walk calls fn for every page there is, as if it had just been fetched at
	// its time At; it ends with the first error of fn.
	Walk     func(ctx context.Context, fn func(crawler.Fetch) error) error
	Tags     []string       // added to every article
	Progress func(Progress) // called now and then; may be nil
}

// Import keeps pages that were fetched by others and reads them, as Run does
// with its own. A page of which the same bytes are kept, or a later look, is
// nothing new, so an import that was stopped is taken up by doing it again.
// Looks at one page are to come in order of time.
func (p *Pipeline) Import(ctx context.Context, o ImportOptions) (Summary, error) {
	start := p.Now()
	r := &reading{p: p, tally: newTally()}
	i := &importing{p: p, tags: o.Tags, tally: r.tally, more: make(chan struct{}, 1)}
	stop := report(ctx, o.Progress, func() Progress { return r.tally.progress("import") })
	walking, cancel := context.WithCancel(ctx)
	defer cancel()
	var readErr error
	var reading sync.WaitGroup
	reading.Go(func() {
		if readErr = r.run(ctx, i.more); readErr != nil {
			cancel()
		}
	})
	err := o.Walk(walking, func(f crawler.Fetch) error { return i.add(walking, f) })
	err = errors.Join(err, i.flush(context.WithoutCancel(ctx))) // what was read of a file before it broke is good
	close(i.more)
	reading.Wait()
	stop()
	s := r.tally.summary(start, p.Now())
	s.Stopped = ctx.Err() != nil
	if ctx.Err() != nil {
		return s, ctx.Err()
	}
	if readErr != nil {
		return s, readErr
	}
	return s, err
}

// Pages are kept so many, or so many bytes, at a time.
const (
	importBatch = 64
	importBytes = 16 << 20
)

// importing keeps pages, a batch in one transaction.
type importing struct {
	p     *Pipeline
	tags  []string
	tally *tally
	more  chan struct{} // told when pages were kept

	batch []crawler.Fetch
	bytes int
}

func (i *importing) add(ctx context.Context, f crawler.Fetch) error {
	i.batch = append(i.batch, f)
	i.bytes += len(f.Body)
	if len(i.batch) < importBatch && i.bytes < importBytes {
		return ctx.Err()
	}
	return errors.Join(i.flush(ctx), ctx.Err())
}

// A newPage is a page that is to be kept.
type newPage struct {
	fetch crawler.Fetch
	link  crawler.Link
	hash  string
	ref   store.Ref
}

// flush keeps what of the batch is new.
func (i *importing) flush(ctx context.Context) error {
	fresh, err := i.fresh()
	i.batch, i.bytes = i.batch[:0], 0
	if err != nil || len(fresh) == 0 {
		return err
	}
	if err := i.keepRaw(ctx, fresh); err != nil {
		return err
	}
	err = i.p.db.Write(ctx, func(tx *store.Tx) error {
		for _, n := range fresh {
			if err := n.put(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	select {
	case i.more <- struct{}{}:
	default:
	}
	return nil
}

// fresh returns the pages of the batch that are not known: neither their bytes
// nor a later look.
func (i *importing) fresh() (all []newPage, err error) {
	known := map[string]linkRow{}
	err = i.p.db.View(func(tx *store.Tx) error {
		for _, f := range i.batch {
			row, ok := known[f.URL]
			if !ok {
				key := crawler.Key(f.URL)
				if row, _, err = schema.links.Get(tx, key[:]); err != nil {
					return err
				}
			}
			n := newPage{fetch: f, hash: bodyHash(f.Body), link: crawler.Link{URL: f.URL, Role: crawler.Story, Tags: i.tags}}
			if row.Hash == n.hash || row.Hash != "" && !f.At.After(row.Tried) {
				i.tally.page(f.URL, pageUnchanged)
				known[f.URL] = row
				continue
			}
			row.Hash, row.Tried = n.hash, f.At
			known[f.URL] = row
			all = append(all, n)
		}
		return nil
	})
	return all, err
}

// keepRaw keeps the pages themselves, which share the wait for the disk.
func (i *importing) keepRaw(ctx context.Context, all []newPage) error {
	errs := make([]error, len(all))
	var keeping sync.WaitGroup
	for k := range all {
		keeping.Go(func() {
			all[k].ref, errs[k] = i.p.db.AppendRaw(ctx, keptRecord(all[k].link, all[k].fetch))
		})
	}
	keeping.Wait()
	return errors.Join(errs...)
}

// put writes the rows of a page that is kept. A link that waits to be fetched
// goes on waiting.
func (n newPage) put(tx *store.Tx) error {
	key := crawler.Key(n.link.URL)
	row, known, err := schema.links.Get(tx, key[:])
	if err != nil {
		return err
	}
	first := row.Hash == ""
	if !known {
		row = linkRow{Link: n.link, Found: n.fetch.At}
	}
	if row.State != linkQueued {
		row.State = linkDone
	}
	row.Tags = union(append(row.Tags, n.link.Tags...))
	row.Hash, row.Tried, row.Status = n.hash, n.fetch.At, http.StatusOK
	if err := schema.links.Put(tx, key[:], row); err != nil {
		return err
	}
	if row.State == linkDone {
		if err := putFailure(tx, n.link, "fetch", nil); err != nil {
			return err
		}
	}
	return putPage(tx, n.link, n.fetch, n.hash, n.ref, first)
}
