package store

import (
	"fmt"
	"runtime/debug"

	"go.etcd.io/bbolt"
)

// A Tx is a transaction: one state of the whole store, and in an Update or
// Write the changes made to it so far. It is valid until the function it was
// given to returns, and for that goroutine alone.
type Tx struct {
	db      *DB
	handle  *handle
	bolt    *bbolt.Tx
	changes int           // puts and deletes so far
	damage  *DamagedError // first fault met in bolt's pages
	done    bool

	bulk bulkTx
}

// View runs fn on the newest state, which does not change under it.
func (db *DB) View(fn func(*Tx) error) error {
	defer faultsPanic()()
	tx, err := db.begin(false)
	if err != nil {
		return err
	}
	defer tx.rollback()
	return fn(tx)
}

// Update runs fn and commits what it changed, or nothing if it returns an
// error. When Update returns nil the changes are on disk. Updates run one
// after another; do not start one inside another transaction.
func (db *DB) Update(fn func(*Tx) error) error {
	defer faultsPanic()()
	tx, err := db.begin(true)
	if err != nil {
		return err
	}
	defer tx.rollback()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.commit()
}

// faultsPanic makes a read of a part of the mapping that the file no longer
// has a panic of this goroutine, which can be caught, instead of the end of
// the process. It returns what undoes that.
func faultsPanic() func() {
	old := debug.SetPanicOnFault(true)
	return func() { debug.SetPanicOnFault(old) }
}

// begin starts a transaction in bolt.
func (db *DB) begin(writable bool) (tx *Tx, err error) {
	if d := db.damage.Load(); d != nil && (writable || db.dead.Load()) {
		return nil, d
	}
	defer func() {
		if p := recover(); p != nil {
			err = db.fail(p)
			db.dead.Store(true)
		}
	}()
	for {
		h := db.open.Load()
		b, err := h.bolt.Begin(writable)
		switch replaced := db.open.Load() != h; {
		case err == nil && !replaced:
			return &Tx{db: db, handle: h, bolt: b}, nil
		case !replaced:
			return nil, writeError(db.path, err)
		case err == nil:
			_ = b.Rollback() // of the file as it was before it was compacted
		}
	}
}

// fail remembers that a panic came out of bolt and returns it as an error.
func (db *DB) fail(p any) *DamagedError {
	d := &DamagedError{Path: db.path, Detail: fmt.Sprint(p)}
	db.damage.CompareAndSwap(nil, d)
	return d
}

// guard, deferred around calls into bolt, turns a panic there into an error.
func (tx *Tx) guard(err *error) {
	p := recover()
	if p == nil {
		return
	}
	d := &DamagedError{Path: tx.db.path, Detail: fmt.Sprint(p)}
	if tx.damage == nil {
		tx.damage = d
	}
	*err = d
}

// usable says why nothing can be asked of the transaction any more.
func (tx *Tx) usable() error {
	switch {
	case tx.done:
		return ErrClosed
	case tx.damage != nil && tx.bolt.Writable():
		return tx.damage // its view of the pages cannot be trusted
	}
	return nil
}

// bucket returns the named bucket, nil if nothing was ever put there.
func (tx *Tx) bucket(name []byte) *bbolt.Bucket { return tx.bolt.Bucket(name) }

// commit makes the changes durable.
func (tx *Tx) commit() (err error) {
	switch {
	case tx.damage != nil:
		return tx.damage
	case tx.changes == 0:
		return nil // nothing to wait for the disk for
	}
	defer func() {
		if p := recover(); p != nil {
			err = tx.db.fail(p)
		}
	}()
	var runs []*run
	bulk := len(tx.bulk.memos) > 0
	if bulk {
		if runs, err = tx.writeBulk(); err != nil {
			return writeError(tx.db.path, err)
		}
		tx.endMemos()
	}
	tx.handle.bolt.AllocSize = allocSize(tx.bolt.Size())
	if err := tx.bolt.Commit(); err != nil {
		err = writeError(tx.db.path, err)
		if !isFull(err) {
			// A failed sync may have dropped pages the kernel calls clean;
			// only reading the file anew tells what is there.
			tx.db.fail(err)
		}
		return err
	}
	tx.done = true
	if bulk {
		tx.db.runs.keep(runs)
	}
	return nil
}

// rollback ends the transaction, if commit has not.
func (tx *Tx) rollback() {
	if tx.done {
		return
	}
	tx.done = true
	defer func() {
		if p := recover(); p != nil {
			tx.db.fail(p)
			tx.db.dead.Store(true)
		}
	}()
	// ErrTxClosed after a failed commit, which has rolled back already, is
	// all it can return.
	_ = tx.bolt.Rollback()
}

// allocSize is by how much a file of the given size grows when it is full:
// an eighth, so that a small store stays small and a big one seldom waits for
// a longer file to reach the disk.
func allocSize(size int64) int {
	return int(min(max(size/8, 64<<10), 16<<20))
}
