// Package store keeps typed records in one file, and raw pages in append-only
// segments beside it. It knows bytes and order, not articles.
//
// A [DB] is one bbolt file. A [Table] holds records under ordered keys, an
// [Index] holds bare keys; both are named once, as values, and used inside a
// transaction:
//
//	var people = store.NewTable[Person]("people")
//
//	db.Update(func(tx *store.Tx) error { return people.Put(tx, store.Key("ada"), ada) })
//	db.View(func(tx *store.Tx) error { p, ok, err := people.Get(tx, store.Key("ada")); … })
//
// [Key] turns numbers, times and strings into bytes that sort as they do. An
// index that gets many keys with every record is better made by
// [NewBulkIndex]; one that counts is a [Sums].
//
// [DB.Write] is an Update that shares its transaction, and so its wait for
// the disk, with others that come at the same time. [Follow] walks a table
// with a cursor that is kept in the file, which makes a stage that can be
// killed at any moment and goes on where it was. [DB.AppendRaw] keeps a
// fetched page as it came, as a WARC record, and has it on disk before it
// returns the [Ref] to remember.
//
// What is promised:
//
//   - What Update, Write or AppendRaw acknowledged survives a crash of the
//     program and of the machine.
//   - A file that is cut, overwritten or rotten gives a [DamagedError], never
//     a panic. Every record carries a checksum over its key and value.
//   - A full disk gives a [FullError]; reads go on, and writes do again when
//     there is room.
//   - One process at a time has the file; the next one is told who has it
//     ([LockedError]) and does not wait without limit.
//
// What is asked: copy a page of rows out of a View and let go of it; do not
// write to a socket inside one.
package store

import (
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"
	"go.etcd.io/bbolt"
)

// Options says how to open a store. The zero Options opens it for reading and
// writing, creating it if need be.
type Options struct {
	Timeout     time.Duration    // how long to wait for the lock; 0 means 200 ms
	ReadOnly    bool             // never create, change or migrate anything; many readers may share a file that has no writer
	Command     string           // shown to whoever finds the file locked; empty means the program's name
	MaxSize     int64            // most bytes the file may grow to; 0 means no limit
	Group       int              // most writes that share one commit; 0 means 128
	SegmentSize int64            // bytes after which a new segment of raw pages is begun; 0 means 256 MiB
	Now         func() time.Time // the clock; nil means time.Now
	Migrations  []Migration      // what has changed since version 1, in order; append only

	fold   int  // changes to bulk indexes that are kept as runs
	row    int  // bytes of a row of a run
	noSync bool // for files that can be made again, and tests that show what syncing is good for
}

const (
	defaultTimeout = 200 * time.Millisecond
	defaultGroup   = 128
	defaultSegment = 256 << 20
)

// withDefaults returns o with every zero field that has a default filled in.
func (o Options) withDefaults() Options {
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Command == "" {
		o.Command = programName()
	}
	if o.Group <= 0 {
		o.Group = defaultGroup
	}
	if o.SegmentSize <= 0 {
		o.SegmentSize = defaultSegment
	}
	if o.fold <= 0 {
		o.fold = defaultFold
	}
	if o.row <= 0 {
		o.row = defaultRow
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// A DB is an open store. Its methods may be called from many goroutines.
type DB struct {
	path string
	opts Options
	open atomic.Pointer[handle] // changes when the file is compacted

	codec  codec
	writes group[write]
	raw    segments
	runs   runCache
	memos  map[string]*memo // to be used again, by the one transaction that writes

	damage atomic.Pointer[DamagedError] // set: no more writes until the file is opened again
	dead   atomic.Bool                  // bolt's own locks may be stuck; do not call into it
	closed sync.Once
}

// A handle is an open file.
type handle struct {
	bolt *bbolt.DB
	file *os.File // the one bolt has open and locked
}

// Path returns the file's path as it was given to Open.
func (db *DB) Path() string { return db.path }

// Close waits for open transactions, then closes the file and lets go of its
// lock. The second Close does nothing.
func (db *DB) Close() error {
	var err error
	db.closed.Do(func() { err = db.close() })
	return err
}

func (db *DB) close() error {
	err := db.raw.close()
	if !db.opts.ReadOnly {
		removeHolder(db.path)
	}
	if db.dead.Load() {
		// A goroutine died inside bolt with a lock held, so bolt.Close would
		// wait for ever. Closing the descriptor frees the file's lock; the
		// mapping stays until the process ends.
		return db.open.Load().file.Close()
	}
	for h := (*handle)(nil); h != db.open.Load(); { // twice if Compact was at it
		h = db.open.Load()
		if cerr := h.bolt.Close(); err == nil {
			err = cerr
		}
	}
	db.codec.close()
	return err
}

// A codec compresses and decompresses; both halves may be shared.
type codec struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}
