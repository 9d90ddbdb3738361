package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"tenure/crawler"
	"tenure/store"
)

// RunOptions says what a pass does.
type RunOptions struct {
	Sources   []string        // IDs or addresses; empty means everything that is due
	All       bool            // also what is not due yet
	Delay     time.Duration   // least pause between two requests to one host
	Workers   int             // fetches at a time; 0 means 8
	MaxPages  int             // fetches at most; 0 means no limit
	Timeout   time.Duration   // of fetching; what was kept by then is still read; 0 means no limit
	Recheck   time.Duration   // look at an article once more after so long, for corrections; 0: never
	KeepPages time.Duration   // keep looks at a page that nothing rests on for so long; 0: for ever
	Client    *crawler.Client // what fetches
	Progress  func(Progress)  // called now and then while the pass is under way; may be nil
}

// Progress is how far a pass has come.
type Progress struct {
	Stage  string `json:"stage"` // fetch, read, import, learn or rebuild
	Pages  int64  `json:"pages"` // handled by the stage
	Failed int64  `json:"failed"`
}

// A Summary says what a pass did.
type Summary struct {
	Start     time.Time     `json:"start"`
	Took      time.Duration `json:"-"`
	Seconds   float64       `json:"seconds"`
	Sources   SourceCount   `json:"sources"`
	Pages     PageCount     `json:"pages"`
	Links     int64         `json:"links"` // discovered and not known before
	Articles  int64         `json:"articles"`
	Facts     int64         `json:"facts"`
	Moves     int64         `json:"moves"`
	NewMoves  int64         `json:"new_moves"`
	Waiting   int           `json:"waiting"` // links still due, left to a later pass
	Stopped   bool          `json:"stopped,omitempty"`
	Exhausted bool          `json:"max_pages_reached,omitempty"`
}

// SourceCount counts the sources of a pass.
type SourceCount struct {
	Total  int `json:"total"`
	OK     int `json:"ok"`
	Quiet  int `json:"quiet"`   // answered, but offered no article, or far fewer than usual
	Failed int `json:"failed"`  // did not answer, or could not be read
	NotDue int `json:"not_due"` // not looked at
}

// PageCount counts the pages of a pass.
type PageCount struct {
	Total     int64 `json:"total"`
	New       int64 `json:"new"`
	Unchanged int64 `json:"unchanged"`
	Failed    int64 `json:"failed"`
}

// Partial reports whether something failed.
func (s Summary) Partial() bool { return s.Pages.Failed > 0 || s.Sources.Failed > 0 }

// String is the summary in one line.
func (s Summary) String() string {
	return fmt.Sprintf("%d sources: %d ok%s%s%s | %d pages: %d new, %d unchanged, %d failed | %d facts -> %d moves (%d new) | %.1f s",
		s.Sources.Total, s.Sources.OK,
		some(s.Sources.Quiet, "quiet"), some(s.Sources.Failed, "failed"), some(s.Sources.NotDue, "not due"),
		s.Pages.Total, s.Pages.New, s.Pages.Unchanged, s.Pages.Failed, s.Facts, s.Moves, s.NewMoves, s.Seconds)
}

func some(n int, what string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", %d %s", n, what)
}

const defaultWorkers = 8

// Run makes one pass: it fetches what is due, follows what that leads to,
// and reads every page that was kept. When ctx ends it stops soon and
// returns what it did so far together with the context's error; nothing
// that was kept is lost, and the next pass goes on from there.
func (p *Pipeline) Run(ctx context.Context, o RunOptions) (Summary, error) {
	start := p.Now()
	f := newFrontier(p.db, p.Now, o.Delay)
	if o.MaxPages > 0 {
		f.max = o.MaxPages
	}
	if err := p.choose(ctx, f, o); err != nil {
		return Summary{}, err
	}
	t := newTally()
	c := &crawl{p: p, f: f, client: o.Client, recheck: o.Recheck, tally: t, more: make(chan struct{}, 1)}
	r := &reading{p: p, tally: t}
	err := p.crawlAndRead(ctx, c, r, o)
	s, serr := p.summarize(start, c)
	s.Exhausted = f.max == 0 && s.Waiting > 0
	s.Stopped = ctx.Err() != nil
	if err == nil {
		err = serr
	}
	if err == nil {
		err = p.db.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
			return schema.runs.Put(tx, store.Key(start), s)
		})
	}
	if err == nil {
		p.pruneAfterPass(ctx, o.KeepPages)
	}
	return s, err
}

// crawlAndRead runs the stages side by side: pages are read while others are
// fetched. If fetching ends in an error, what was kept is still read; only the
// end of the context, or an error of reading, ends both.
func (p *Pipeline) crawlAndRead(ctx context.Context, c *crawl, r *reading, o RunOptions) error {
	stop := report(ctx, o.Progress, func() Progress { return c.tally.progress("fetch") })
	fetching, cancel := context.WithCancel(ctx)
	if o.Timeout > 0 {
		fetching, cancel = context.WithTimeout(ctx, o.Timeout)
	}
	defer cancel()
	var readErr error
	var reading sync.WaitGroup
	reading.Go(func() {
		if readErr = r.run(ctx, c.more); readErr != nil {
			cancel() // what is fetched now could not be read
		}
	})
	cfg := crawler.Config{Workers: cmp.Or(o.Workers, defaultWorkers), Delay: o.Delay, Now: p.Now, Log: p.Log}
	err := crawler.Run(fetching, cfg, c.f, o.Client, c)
	stop()
	close(c.more)
	stop = report(ctx, o.Progress, func() Progress { return r.tally.progress("read") })
	reading.Wait()
	stop()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errors.Join(err, readErr)
}

// report calls fn with the progress a few times a second until stopped.
func report(ctx context.Context, fn func(Progress), now func() Progress) (stop func()) {
	if fn == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				fn(now())
			}
		}
	}()
	return func() { cancel(); <-done }
}

// choose narrows the pass to the sources asked for and, with All, makes
// everything of theirs due.
func (p *Pipeline) choose(ctx context.Context, f *frontier, o RunOptions) error {
	if len(o.Sources) > 0 {
		f.only = map[string]bool{}
	}
	for _, name := range o.Sources {
		s, err := p.FindSource(name)
		if err != nil {
			return err
		}
		f.only[s.ID] = true
	}
	return p.db.Write(ctx, func(tx *store.Tx) error {
		ahead, err := unwindClock(tx, f)
		if ahead {
			p.Log.Warn("an earlier pass was made by a clock that ran ahead; what it put off is looked at now")
		}
		if err != nil || !o.All && len(o.Sources) == 0 {
			return err
		}
		return hasten(tx, f, o.All)
	})
}

// hasten makes links due at the beginning of the pass: all of the pass's
// sources, or, if not all, only the sources' own pages. A source that is
// asked for by name is meant to be looked at now.
func hasten(tx *store.Tx, f *frontier, all bool) error {
	late := map[string]linkRow{}
	err := eachQueued(tx, func(due time.Time, hash []byte) error {
		if !due.After(f.start) {
			return nil
		}
		row, ok, err := schema.links.Get(tx, hash)
		own := row.Role == crawler.Listing || row.Kind == crawler.PageKind
		if ok && (f.only == nil || f.only[row.Source]) && (all || own) {
			late[string(hash)] = row
		}
		return err
	})
	if err == nil && all {
		err = hastenFailed(tx, f, late)
	}
	if err != nil {
		return err
	}
	return queueAt(tx, late, f.start)
}

// queueAt queues links anew, due at the given time.
func queueAt(tx *store.Tx, links map[string]linkRow, due time.Time) error {
	hosts := map[string]bool{}
	for key, row := range links {
		if err := dequeue(tx, []byte(key), row); err != nil {
			return err
		}
		row.State, row.Due = linkQueued, due
		if err := enqueue(tx, []byte(key), row); err != nil {
			return err
		}
		hosts[row.Host()] = true
	}
	for _, h := range sortedKeys(hosts) {
		if err := touchHost(tx, h, nil); err != nil {
			return err
		}
	}
	return nil
}

// hastenFailed adds to late the links that had been given up.
func hastenFailed(tx *store.Tx, f *frontier, late map[string]linkRow) error {
	return schema.failures.Each(tx, nil, func(_ []byte, x Failure) error {
		if x.Stage != "fetch" || !x.Retry.IsZero() {
			return nil
		}
		key := crawler.Key(x.URL)
		row, ok, err := schema.links.Get(tx, key[:])
		if ok && row.State == linkFailed && (f.only == nil || f.only[row.Source]) {
			late[string(key[:])] = row
		}
		return err
	})
}

// eachQueued calls fn for every link in the queue, host by host.
func eachQueued(tx *store.Tx, fn func(due time.Time, hash []byte) error) error {
	return rowsOf(schema.queue)(tx, func(key, _ []byte) error {
		due, hash := queueKey(key)
		return fn(due, hash)
	})
}

// summarize counts what a pass did.
func (p *Pipeline) summarize(start time.Time, c *crawl) (Summary, error) {
	s := c.tally.summary(start, p.Now())
	s.Links = c.found.Load()
	err := p.db.View(func(tx *store.Tx) (err error) {
		if s.Sources, err = countSources(tx, c.f, start); err != nil {
			return err
		}
		_, s.Waiting, err = countQueued(tx, c.f.start)
		return err
	})
	return s, err
}

// countSources counts how the pass's sources did.
func countSources(tx *store.Tx, f *frontier, start time.Time) (n SourceCount, err error) {
	err = schema.sources.Each(tx, nil, func(_ []byte, row sourceRow) error {
		if row.Paused || f.only != nil && !f.only[row.ID] {
			return nil
		}
		v, err := volumeOf(tx, row.ID, start)
		n.Total++
		switch {
		case row.LastRun.Before(start):
			n.NotDue++
		case row.Problem == noArticles:
			n.Quiet++
		case row.Problem != "":
			n.Failed++
		case v.Quiet(), row.Kind != crawler.PageKind && row.Found == 0:
			n.Quiet++
		default:
			n.OK++
		}
		return err
	})
	return n, err
}

// countQueued counts the links in the queue, and those due at the given time.
func countQueued(tx *store.Tx, at time.Time) (queued, due int, err error) {
	err = eachQueued(tx, func(t time.Time, _ []byte) error {
		queued++
		if !t.After(at) {
			due++
		}
		return nil
	})
	return queued, due, err
}

// Waiting returns how many links are due now.
func (p *Pipeline) Waiting() (n int, err error) {
	err = p.db.View(func(tx *store.Tx) error {
		_, n, err = countQueued(tx, p.Now())
		return err
	})
	return n, err
}

// LastRun returns the summary of the last pass, and false if there was none.
func (p *Pipeline) LastRun() (s Summary, ok bool, err error) {
	err = p.db.View(func(tx *store.Tx) error {
		row, found, err := schema.runs.Last(tx, nil)
		s, ok = row.Value, found
		return err
	})
	return s, ok, err
}

// NextDue returns when the next link is due, and false if none is waiting.
func (p *Pipeline) NextDue() (at time.Time, ok bool, err error) {
	err = p.db.View(func(tx *store.Tx) error {
		entries, err := schema.ready.Scan(tx, nil, nil, 1)
		if err == nil && len(entries) > 0 {
			at, ok = store.ReadKey(entries[0].Key).Time(), true
		}
		return err
	})
	return at, ok, err
}
