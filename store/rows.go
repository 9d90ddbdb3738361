package store

import (
	"bytes"
	"fmt"

	"go.etcd.io/bbolt"
)

// An Entry is one key of an index with its value, both copies.
type Entry struct{ Key, Value []byte }

// get returns a copy of the value under key in the named bucket.
func (tx *Tx) get(name, key []byte) (value []byte, ok bool, err error) {
	if err := tx.usable(); err != nil {
		return nil, false, err
	}
	defer tx.guard(&err)
	b := tx.bucket(name)
	if b == nil || len(key) == 0 {
		return nil, false, nil
	}
	k, v := b.Cursor().Seek(key)
	if v == nil || !bytes.Equal(k, key) {
		return nil, false, nil
	}
	e, err := tx.copyEntry(k, v)
	return e.Value, err == nil, err
}

// put stores value under key; the caller does not change value afterwards.
func (tx *Tx) put(name, key, value []byte) (err error) {
	return tx.change(name, func(b *bbolt.Bucket) error { return b.Put(key, value) })
}

// remove deletes key, if it is there.
func (tx *Tx) remove(name, key []byte) error {
	if !tx.done && tx.bolt.Writable() && tx.bucket(name) == nil {
		return nil
	}
	return tx.change(name, func(b *bbolt.Bucket) error { return b.Delete(key) })
}

// clear removes the named bucket with all its rows.
func (tx *Tx) clear(name []byte) (err error) {
	if err := tx.usable(); err != nil {
		return err
	}
	defer tx.guard(&err)
	if !tx.bolt.Writable() {
		return writeError(tx.db.path, ErrReadOnly)
	}
	tx.changes++
	if tx.bucket(name) == nil {
		return nil
	}
	if err := tx.bolt.DeleteBucket(name); err != nil {
		return writeError(tx.db.path, err)
	}
	return nil
}

// change runs fn on the named bucket, made if need be, and counts the change.
func (tx *Tx) change(name []byte, fn func(*bbolt.Bucket) error) (err error) {
	if err := tx.usable(); err != nil {
		return err
	}
	defer tx.guard(&err)
	b, err := tx.bolt.CreateBucketIfNotExists(name)
	if err == nil {
		tx.changes++
		err = fn(b)
	}
	if err != nil {
		return writeError(tx.db.path, err)
	}
	return nil
}

// A span says which rows are wanted: those whose key begins with prefix and
// lies beyond from, at most limit of them if that is positive, the last first
// if back is set.
type span struct {
	prefix, from []byte
	limit        int
	back         bool
}

// rows returns copies of the wanted rows of the named bucket.
func (tx *Tx) rows(name []byte, s span) (list []Entry, err error) {
	if err := tx.usable(); err != nil {
		return nil, err
	}
	defer tx.guard(&err)
	b := tx.bucket(name)
	if b == nil {
		return nil, nil
	}
	c := b.Cursor()
	for k, v := s.first(c); k != nil && bytes.HasPrefix(k, s.prefix); k, v = s.next(c) {
		if v == nil {
			continue // a bucket in a bucket; none of ours
		}
		e, err := tx.copyEntry(k, v)
		if err != nil {
			return list, err
		}
		if list = append(list, e); len(list) == s.limit {
			break
		}
	}
	return list, nil
}

// first places the cursor on the first wanted row.
func (s span) first(c *bbolt.Cursor) (k, v []byte) {
	switch {
	case s.back:
		return s.firstBack(c)
	case bytes.Compare(s.from, s.prefix) < 0:
		return c.Seek(s.prefix)
	}
	k, v = c.Seek(s.from)
	if k != nil && bytes.Equal(k, s.from) {
		return c.Next()
	}
	return k, v
}

func (s span) firstBack(c *bbolt.Cursor) (k, v []byte) {
	end := after(s.prefix)
	if s.from != nil && (end == nil || bytes.Compare(s.from, end) < 0) {
		end = s.from
	}
	if end == nil {
		return c.Last()
	}
	if k, _ = c.Seek(end); k == nil {
		return c.Last()
	}
	return c.Prev()
}

func (s span) next(c *bbolt.Cursor) (k, v []byte) {
	if s.back {
		return c.Prev()
	}
	return c.Next()
}

// copyEntry copies a row out of the mapping, unless its lengths cannot be
// true.
func (tx *Tx) copyEntry(k, v []byte) (Entry, error) {
	if len(k) > maxKeyLength || len(v) > maxValue {
		return Entry{}, &DamagedError{Path: tx.db.path, Detail: fmt.Sprintf("a row has %d bytes of key and %d of value", len(k), len(v))}
	}
	both := make([]byte, len(k)+len(v))
	copy(both, k)
	copy(both[len(k):], v)
	return Entry{Key: both[:len(k):len(k)], Value: both[len(k):]}, nil
}

// count returns the number of rows of the named bucket.
func (tx *Tx) count(name []byte) (n int, err error) {
	if err := tx.usable(); err != nil {
		return 0, err
	}
	defer tx.guard(&err)
	b := tx.bucket(name)
	if b == nil {
		return 0, nil
	}
	if !tx.bolt.Writable() {
		return b.Stats().KeyN, nil
	}
	c := b.Cursor() // Stats does not see what this transaction changed
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		n++
	}
	return n, nil
}
