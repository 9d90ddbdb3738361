package store

import (
	"context"
	"errors"
	"runtime"
	"runtime/debug"
)

// A write is what one caller of Write wants done.
type write func(*Tx) error

var errAgain = errors.New("a write of the group failed")

// Write is Update for many callers at once: fn runs in a transaction shared
// with the writes of others, and Write returns when that is on disk. One
// caller alone waits for no other. A write that fails or panics undoes
// nothing but itself, and only its own caller is told; for that, fn may run
// twice, so what it does outside the transaction must bear repeating.
//
// If ctx ends before fn was begun, Write returns its error; after that the
// outcome is awaited, so that what it returns is the truth.
func (db *DB) Write(ctx context.Context, fn func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	take := func(queue []*member[write]) int { return db.opts.Group }
	return db.writes.do(ctx, fn, take, db.writeAll)
}

// writeAll commits what can be committed of a batch and of those that come
// while it is at it, and sets every member's result.
func (db *DB) writeAll(batch []*member[write], late func(int) []*member[write]) {
	for len(batch) > 0 {
		batch = db.writeOnce(batch, late)
	}
}

// writeOnce tries to commit a batch in one transaction, with those that come
// before its commit: the wait for the disk is long beside a write. If a
// member fails after it changed something, all is undone, and the others are
// returned, to be tried again.
func (db *DB) writeOnce(batch []*member[write], late func(int) []*member[write]) (again []*member[write]) {
	good := make([]*member[write], 0, len(batch))
	ran := 0
	err := db.Update(func(tx *Tx) error {
		for i := 0; ; i++ {
			if i == len(batch) {
				runtime.Gosched() // those about to come, come
				batch = append(batch, late(db.opts.Group-len(batch))...)
			}
			if i == len(batch) {
				return nil
			}
			m := batch[i]
			before := tx.changes
			ran++
			m.err = m.item.run(tx)
			switch {
			case m.err == nil:
				good = append(good, m)
			case tx.changes != before || tx.damage != nil:
				good = append(good, batch[i+1:]...)
				return errAgain
			}
		}
	})
	if errors.Is(err, errAgain) {
		return good
	}
	for _, m := range append(good, batch[ran:]...) {
		m.err = err
	}
	return nil
}

// run calls the function; a panic becomes its error.
func (w write) run(tx *Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &PanicError{Value: p, Stack: debug.Stack()}
		}
	}()
	return w(tx)
}
