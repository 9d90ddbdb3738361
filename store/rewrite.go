package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
)

// Rewrite makes the store anew. It copies the tables and indexes of which keep
// says so into a new file, has fill add to that, and puts the file in the
// place of the old one when fill has returned and all is checked and on disk.
// Until then nothing has changed, whatever happens; reads go on, writes wait.
// It needs as much free disk as the new file takes.
//
// Of bulk indexes nothing is copied: fill makes anew those that are wanted.
// What the store knows of itself is always kept: its version, cursors of
// Follow, and raw pages, which fill may read through fresh but not append to.
func (db *DB) Rewrite(ctx context.Context, keep func(name string) bool, fill func(ctx context.Context, fresh *DB) error) error {
	tx, err := db.begin(true)
	if err != nil {
		return err
	}
	defer tx.rollback()
	fresh, err := db.writeFresh(ctx, tx, keepBucket(keep), func(name string) error { return db.fillFresh(ctx, name, fill) })
	if err != nil {
		return fmt.Errorf("rewrite %s: %w", db.path, fullError(db.path, err))
	}
	return db.swap(tx, fresh)
}

// keepBucket is keep for the names of buckets in the file.
func keepBucket(keep func(name string) bool) func([]byte) bool {
	return func(bucket []byte) bool {
		if isBulk(bucket) {
			return false
		}
		name, _ := bytes.CutPrefix(bucket, []byte(indexMark))
		return bytes.HasPrefix(name, []byte("store")) || keep(string(name))
	}
}

// fillFresh opens the file at name as a store of its own, though with the raw
// pages of this one, and has it filled.
func (db *DB) fillFresh(ctx context.Context, name string, fill func(context.Context, *DB) error) (err error) {
	fresh := &DB{path: name, opts: db.opts}
	fresh.opts.noSync = true // it can be made again
	if err := fresh.start(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, fresh.Close()) }()
	fresh.raw.init(db.path+pagesSuffix, db.opts)
	if err := fill(ctx, fresh); err != nil {
		return err
	}
	return fresh.open.Load().bolt.Sync()
}
