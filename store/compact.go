package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// Compact writes the file anew without the room that deleted records left,
// and returns how many bytes it had before and has now. Reads go on
// meanwhile; writes wait. The new file takes the old one's place when it is
// whole, checked and on disk. It needs that much free disk, and must not be
// called inside a transaction, as it waits for those that are open.
func (db *DB) Compact(ctx context.Context) (before, now int64, err error) {
	tx, err := db.begin(true) // keeps other writers out until the end
	if err != nil {
		return 0, 0, err
	}
	defer tx.rollback()
	before, err = fileSize(tx.handle.file)
	if err != nil {
		return 0, 0, err
	}
	all := func([]byte) bool { return true }
	fresh, err := db.writeFresh(ctx, tx, all, func(string) error { return nil })
	if err != nil {
		return 0, 0, fmt.Errorf("compact %s: %w", db.path, fullError(db.path, err))
	}
	if err := db.swap(tx, fresh); err != nil {
		return 0, 0, err
	}
	now, err = fileSize(fresh.file)
	return before, now, err
}

// swap makes the file that has the store's name by now the one in use, and
// waits for those that read the old one. It ends tx, the writer of that.
func (db *DB) swap(tx *Tx, fresh *handle) error {
	old := db.open.Swap(fresh)
	if err := syncDir(filepath.Dir(db.path)); err != nil {
		// After a power loss the old file may be found, without what would
		// be written from now on.
		return db.fail(fmt.Errorf("the new file may not have its name: %w", err))
	}
	tx.rollback()
	return old.bolt.Close()
}

func fileSize(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// writeFresh writes the buckets to keep under another name, has fill add to
// that file, gives it the store's name, and returns it open and locked. The
// directory is not synced.
func (db *DB) writeFresh(ctx context.Context, tx *Tx, keep func(bucket []byte) bool, fill func(name string) error) (h *handle, err error) {
	tmp, err := os.CreateTemp(filepath.Dir(db.path), filepath.Base(db.path)+".new-*")
	if err != nil {
		return nil, err
	}
	name := tmp.Name()
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(name))
		}
	}()
	if err := tmp.Close(); err != nil {
		return nil, err
	}
	if err := copyRecords(ctx, name, tx, keep); err != nil {
		return nil, err
	}
	if err := fill(name); err != nil {
		return nil, err
	}
	return db.takeOver(ctx, name)
}

// takeOver gives the finished file at name the store's name, if it is whole,
// and returns it open and locked. The directory is not synced.
func (db *DB) takeOver(ctx context.Context, name string) (h *handle, err error) {
	if report, err := Check(ctx, name); err != nil || report.Err() != nil {
		return nil, errors.Join(err, report.Err())
	}
	h, err = openHandle(name, db.opts)
	if err != nil {
		return nil, err
	}
	if err := os.Rename(name, db.path); err != nil {
		return nil, errors.Join(err, h.bolt.Close())
	}
	return h, nil
}

// copyRecords writes what tx sees of the buckets to keep into the empty file
// at name, and syncs it. Of runs that are not kept the numbers go on.
func copyRecords(ctx context.Context, name string, tx *Tx, keep func(bucket []byte) bool) (err error) {
	dst, err := newSink(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, dst.close()) }()
	var walked error
	w := newWalker(stoppable{tx.handle.file, ctx}, uint64(tx.bolt.Size()/pageSize))
	w.problem = func(detail string) {
		walked = errors.Join(walked, &DamagedError{Path: tx.db.path, Detail: detail})
	}
	kept := false
	w.begin = func(bucket []byte, sequence uint64) {
		if kept = keep(bucket); kept || bytes.Equal(bucket, freshRuns) {
			dst.begin(bucket, sequence)
		}
	}
	w.row = func(bucket, key, value []byte) {
		if kept {
			dst.row(bucket, key, value)
		}
	}
	w.tree(uint64(tx.bolt.Cursor().Bucket().Root()), nil, nil, nil, 0)
	return errors.Join(ctx.Err(), walked, dst.finish())
}

// A sink takes records in key order into a new file, in transactions of
// bounded size that are not synced one by one. After an error it takes no
// more.
type sink struct {
	bolt   *bbolt.DB
	tx     *bbolt.Tx
	bucket []byte
	size   int
	err    error

	missing bool // take only what is not there yet
}

const sinkBytes = 16 << 20 // of records in one transaction

func newSink(name string) (*sink, error) {
	bolt, err := bbolt.Open(name, 0o600, &bbolt.Options{PageSize: pageSize, FreelistType: bbolt.FreelistMapType, NoSync: true, NoGrowSync: true})
	if err != nil {
		return nil, err
	}
	tx, err := bolt.Begin(true)
	if err != nil {
		return nil, errors.Join(err, bolt.Close())
	}
	return &sink{bolt: bolt, tx: tx}, nil
}

func (s *sink) begin(bucket []byte, sequence uint64) {
	if s.err != nil {
		return
	}
	s.bucket = clone(bucket)
	b, err := s.tx.CreateBucketIfNotExists(s.bucket)
	if err == nil {
		err = b.SetSequence(max(sequence, b.Sequence()))
	}
	s.err = err
}

func (s *sink) row(_, key, value []byte) {
	if s.err != nil {
		return
	}
	b := s.tx.Bucket(s.bucket)
	if s.missing && b.Get(key) != nil {
		return
	}
	b.FillPercent = 0.9 // rows come in order; a little room for those to come
	if s.err = b.Put(key, clone(value)); s.err != nil {
		return
	}
	if s.size += len(key) + len(value); s.size > sinkBytes {
		s.size = 0
		if s.err = s.tx.Commit(); s.err == nil {
			s.tx, s.err = s.bolt.Begin(true)
		}
	}
}

// drop removes the buckets whose names are among those.
func (s *sink) drop(among func(bucket []byte) bool) {
	if s.err != nil {
		return
	}
	var names [][]byte
	s.err = s.tx.ForEach(func(name []byte, _ *bbolt.Bucket) error {
		if among(name) {
			names = append(names, clone(name))
		}
		return nil
	})
	for _, name := range names {
		s.err = errors.Join(s.err, s.tx.DeleteBucket(name))
	}
}

// finish commits the last records and syncs the file.
func (s *sink) finish() error {
	if s.err == nil {
		s.err = s.tx.Commit()
	}
	if s.err == nil {
		s.err = s.bolt.Sync()
	}
	return s.err
}

func (s *sink) close() error {
	if s.tx != nil {
		_ = s.tx.Rollback() // an error says that it is over already
	}
	return s.bolt.Close()
}

// clone copies b, keeping nil nil.
func clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}
