package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"tenure/extract"
	"tenure/store"
)

// Reading a page may end the whole process, by a fault of the runtime or for
// want of memory, or never end at all. Neither may happen to the same page in
// every run from then on, so what is dangerous is written down first.
//
// While pages are read there is a mark. A run that finds the mark of one
// before it knows that it died, for whatever reason: the pages it may have been
// reading are then read one at a time, each noted before it is begun. One that
// was noted already may be the reason; it is tried where it does no harm
// (Pipeline.Probe), and passed over if it is. A page that takes longer than
// patience is left to itself and noted; the next run tries it once more.

const (
	crashedReason = "crashed"
	stalledReason = "stalled"

	defaultPatience = time.Minute // for one page
	mostStalls      = 2           // of a page, before it is left alone
	mostDeaths      = 10          // of processes that read a page, although the probe found nothing
)

// An attemptRow is a page that reading ended badly with, or did not end.
type attemptRow struct {
	Tries   int  `json:"tries"`
	Stalled bool `json:"stalled,omitempty"`
}

// readingKey marks a run that reads.
var readingKey = []byte("reading")

// attempts guards the reading of one run.
type attempts struct {
	careful atomic.Int64 // pages still to be noted before they are read
}

// begin puts the mark, and looks for one that was left.
func (g *attempts) begin(ctx context.Context, db *store.DB) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		_, died, err := schema.underway.Get(tx, readingKey)
		if err != nil {
			return err
		}
		if died {
			o := readOptions()
			g.careful.Store(int64(2*(o.Batch+o.Workers) + 1)) // begun, and not committed yet
			return nil
		}
		return schema.underway.Put(tx, readingKey, nil)
	})
}

// end takes the mark away: the run ended in order, whatever it says.
func (g *attempts) end(db *store.DB) error {
	return db.Write(context.Background(), func(tx *store.Tx) error { return schema.underway.Delete(tx, readingKey) })
}

// isCareful reports whether pages are to be read one at a time.
func (g *attempts) isCareful() bool { return g.careful.Load() > 0 }

// note writes down that a page is about to be read, and returns how often a
// process died since it was noted first.
func (g *attempts) note(ctx context.Context, db *store.DB, key []byte) (deaths int, err error) {
	if g.careful.Add(-1) < 0 {
		return 0, nil
	}
	err = db.Write(ctx, func(tx *store.Tx) error {
		row, _, err := schema.attempts.Get(tx, key)
		if err != nil {
			return err
		}
		if deaths = row.Tries; row.Stalled {
			deaths = 0
		}
		return schema.attempts.Put(tx, key, attemptRow{Tries: deaths + 1})
	})
	return deaths, err
}

// deadly reports whether a page ends the process that reads it.
func (r *reading) deadly(ctx context.Context, row pageRow, deaths int) bool {
	if deaths == 0 {
		return false
	}
	if r.p.Probe == nil || deaths > mostDeaths {
		return true
	}
	raw, err := r.p.db.ReadRaw(row.Raw)
	if err != nil {
		return false // is told of when it is read
	}
	probing, cancel := context.WithTimeout(ctx, cmp.Or(r.p.Patience, defaultPatience))
	defer cancel()
	return r.p.Probe(probing, extract.Page{URL: row.Final, Type: row.Type, At: row.At, Body: raw.Body, Truncated: row.Truncated}) != nil && ctx.Err() == nil
}

// settled writes down how a page ended.
func settled(tx *store.Tx, key []byte, fail *Failure) error {
	row, noted, err := schema.attempts.Get(tx, key)
	switch {
	case err != nil:
		return err
	case fail != nil && fail.Reason == stalledReason:
		return schema.attempts.Put(tx, key, attemptRow{Tries: row.Tries + 1, Stalled: true})
	case noted && (fail == nil || fail.Reason != crashedReason):
		return schema.attempts.Delete(tx, key)
	}
	return nil
}

// stalledPages returns the pages that are to be tried once more.
func stalledPages(db *store.DB) (keys [][]byte, err error) {
	err = walk(db, schema.attempts, nil, func(key []byte, row attemptRow) error {
		if row.Stalled && row.Tries < mostStalls {
			keys = append(keys, key)
		}
		return nil
	})
	return keys, err
}

// inTime runs fn, but waits for it only so long. What does not end cannot be
// ended: it goes on by itself until the process does.
func inTime(ctx context.Context, patience time.Duration, fn func()) (ended bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		fn()
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	case <-ctx.Done():
	}
	select { // it was told to end, too
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}

func stallFailure(row pageRow, patience time.Duration) *Failure {
	return &Failure{Stage: "content", Reason: stalledReason, At: row.At,
		Detail: fmt.Sprintf("reading it took more than %s; the next run tries once more", patience)}
}

func crashFailure(row pageRow) *Failure {
	return &Failure{Stage: "content", Reason: crashedReason, At: row.At,
		Detail: "reading this page ends the process that does it; it was passed over"}
}
