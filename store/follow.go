package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// cursors holds how far each Follow has come: the last key that is done.
var cursors = NewIndex("store.cursors")

// FollowOptions says how a Follow goes about it; the zero value will do.
type FollowOptions struct {
	Batch   int // most records whose writes are committed together; 0 means 100
	Workers int // how many functions run at once; 0 means 1
}

// flushEvery is how long finished work waits for its batch to fill.
const flushEvery = 500 * time.Millisecond

// Follow calls fn for the records of t that lie behind the named cursor, in
// key order, and moves the cursor past them. It returns how many it moved
// past, when there are no more, when ctx ends, or with the first error.
//
// Each fn runs outside of any transaction, several at once if o.Workers says
// so, and returns what it wants written, or nil. Those writes are made in key
// order, a batch of them in one transaction together with the cursor: if the
// program dies, work may be repeated, but none is recorded by half. When fn
// fails or panics, what came before it is committed first. A write may run
// twice, as in Write.
//
// Records that are added behind the cursor meanwhile are met; those added or
// changed before it are not. One cursor is for one Follow at a time.
func Follow[T any](ctx context.Context, db *DB, t Table[T], cursor string, o FollowOptions,
	fn func(ctx context.Context, key []byte, v T) (func(*Tx) error, error)) (n int, err error) {
	f := &follower[T]{db: db, table: t, cursor: []byte(cursor), fn: fn,
		batch: orDefault(o.Batch, 100), slots: make(chan struct{}, orDefault(o.Workers, 1))}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	steps := make(chan *step, f.batch)
	f.running.Go(func() {
		defer close(steps)
		f.read(inner, steps)
	})
	n, err = f.commitAll(ctx, steps)
	cancel()
	for range steps { // lets the reader end
	}
	f.running.Wait()
	if err != nil {
		err = fmt.Errorf("follow %s as %s: %w", t.name, cursor, err)
	}
	return n, err
}

func orDefault(n, def int) int {
	if n > 0 {
		return n
	}
	return def
}

// A follower is one call of Follow.
type follower[T any] struct {
	db     *DB
	table  Table[T]
	cursor []byte
	fn     func(context.Context, []byte, T) (func(*Tx) error, error)
	batch  int
	slots  chan struct{} // one token a running fn

	running sync.WaitGroup // the reader and every fn
}

// A step is one record's work; write and err are set when ready is closed.
type step struct {
	key   []byte
	write func(*Tx) error
	err   error
	ready chan struct{}
}

// read starts fn for record after record and sends the steps in key order.
func (f *follower[T]) read(ctx context.Context, steps chan<- *step) {
	const page = 32
	at, err := f.position()
	for err == nil {
		var rows []Row[T]
		err = f.db.View(func(tx *Tx) (err error) {
			rows, err = f.table.Scan(tx, nil, at, page)
			return err
		})
		if len(rows) == 0 {
			break
		}
		for _, row := range rows {
			if !f.start(ctx, row, steps) {
				err = ctx.Err()
				break
			}
			at = row.Key
		}
	}
	if err != nil {
		s := &step{err: err, ready: make(chan struct{})}
		close(s.ready)
		steps <- s // whoever called Follow reads until the channel is closed
	}
}

func (f *follower[T]) position() (at []byte, err error) {
	err = f.db.View(func(tx *Tx) (err error) {
		at, err = Position(tx, string(f.cursor))
		return err
	})
	return at, err
}

// start runs fn on its own goroutine as soon as there is a slot; false means
// ctx has ended.
func (f *follower[T]) start(ctx context.Context, row Row[T], steps chan<- *step) bool {
	select {
	case f.slots <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	if ctx.Err() != nil {
		<-f.slots
		return false
	}
	s := &step{key: row.Key, ready: make(chan struct{})}
	f.running.Go(func() {
		defer close(s.ready)
		defer func() { <-f.slots }()
		s.write, s.err = f.call(ctx, row)
	})
	steps <- s
	return true
}

// call calls fn; a panic becomes its error.
func (f *follower[T]) call(ctx context.Context, row Row[T]) (w func(*Tx) error, err error) {
	defer func() {
		if p := recover(); p != nil {
			w, err = nil, &PanicError{Value: p, Stack: debug.Stack()}
		}
	}()
	return f.fn(ctx, row.Key, row.Value)
}

// commitAll commits the steps batch by batch, up to the first that failed.
func (f *follower[T]) commitAll(ctx context.Context, steps <-chan *step) (n int, err error) {
	flush := time.NewTicker(flushEvery)
	defer flush.Stop()
	ctx = context.WithoutCancel(ctx) // what is done is worth keeping
	q := queue{steps: steps, tick: flush.C}
	for !q.ended && err == nil {
		var batch []*step
		batch, err = q.gather(f.batch)
		k, cerr := f.commit(ctx, batch)
		n += k
		if cerr != nil {
			return n, cerr
		}
	}
	return n, err
}

// A queue is the steps that were begun, in key order.
type queue struct {
	steps <-chan *step
	tick  <-chan time.Time
	first *step // taken off steps, but not finished yet
	ended bool
}

// gather returns finished steps: a full batch, or what is there when a tick
// has passed, when a step has failed, or at the end.
func (q *queue) gather(size int) (batch []*step, err error) {
	for len(batch) < size {
		if q.first == nil {
			if q.first = <-q.steps; q.first == nil {
				q.ended = true
				return batch, nil
			}
		}
		select {
		case <-q.first.ready:
		case <-q.tick:
			return batch, nil
		}
		if q.first.err != nil {
			return batch, q.first.err
		}
		batch, q.first = append(batch, q.first), nil
	}
	return batch, nil
}

// commit makes the writes of a batch and moves the cursor. If one of them
// fails, those before it are committed and its error is returned.
func (f *follower[T]) commit(ctx context.Context, batch []*step) (n int, err error) {
	for len(batch) > 0 {
		at := 0 // the write that is running
		cerr := f.db.Write(ctx, func(tx *Tx) error {
			for at = 0; at < len(batch); at++ {
				if w := batch[at].write; w != nil {
					if err := w(tx); err != nil {
						return err
					}
				}
			}
			return cursors.Put(tx, f.cursor, batch[len(batch)-1].key)
		})
		if cerr == nil {
			return len(batch), err
		}
		if at == len(batch) {
			return 0, errors.Join(err, cerr)
		}
		err, batch = cerr, batch[:at]
	}
	return 0, err
}

// Position returns the last key that Follow is done with, nil if it stands at
// the beginning.
func Position(tx *Tx, cursor string) ([]byte, error) {
	at, _, err := cursors.Get(tx, []byte(cursor))
	return at, err
}

// Rewind makes the next Follow start at the beginning.
func Rewind(db *DB, cursor string) error {
	return db.Update(func(tx *Tx) error { return cursors.Delete(tx, []byte(cursor)) })
}
