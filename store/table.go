package store

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// A Table holds records of type T under keys. They are written as JSON, or,
// if T is an [encoding.BinaryAppender] and *T an [encoding.BinaryUnmarshaler],
// or T is [Parted] and *T a [PartsUnmarshaler], as T codes itself; what was written as JSON before is read all the same. The
// name is what the table is called in the file; one nothing was put in reads
// as empty.
type Table[T any] struct {
	name []byte
	bulk *Index // where the records are, if they are small and many
}

// NewTable returns the table of that name. Names beginning with "store" are
// taken.
func NewTable[T any](name string) Table[T] { return Table[T]{name: []byte(name)} }

// NewBulkTable returns a table of that name for small records of which many
// come at a time. They are kept as [NewBulkIndex] keeps its keys, and what is
// said there holds for them too. *T must be an [encoding.BinaryUnmarshaler] or
// a [RowUnmarshaler]; a record takes what T makes of itself, which is not
// compressed, and Next counts nothing.
func NewBulkTable[T encoding.BinaryAppender](name string) Table[T] {
	x := NewBulkIndex(name)
	return Table[T]{name: x.name, bulk: &x}
}

// A RowUnmarshaler takes in what its AppendBinary made, and what it left out
// because the record's key says it.
type RowUnmarshaler interface {
	UnmarshalRow(key, value []byte) error
}

// Name returns the table's name.
func (t Table[T]) Name() string {
	if t.bulk != nil {
		return t.bulk.Name()
	}
	return string(t.name)
}

// A Row is one record with its key; the key is a copy.
type Row[T any] struct {
	Key   []byte
	Value T
}

// Get returns the record under key, and whether there is one.
func (t Table[T]) Get(tx *Tx, key []byte) (v T, ok bool, err error) {
	get := tx.get
	if t.bulk != nil {
		get = func(_, key []byte) ([]byte, bool, error) { return tx.bulkGet(*t.bulk, key) }
	}
	value, ok, err := get(t.name, key)
	if err != nil || !ok {
		return v, false, t.wrap(key, err)
	}
	v, err = t.decode(tx, Entry{Key: key, Value: value})
	return v, err == nil, err
}

// Put stores v under key, in place of what was there. The key must not be
// empty, nor longer than 32 KiB.
func (t Table[T]) Put(tx *Tx, key []byte, v T) error {
	if t.bulk != nil {
		return t.wrap(key, t.putBulk(tx, key, v))
	}
	value, err := tx.db.codec.encode(key, v)
	if err == nil {
		err = tx.put(t.name, key, value)
	}
	return t.wrap(key, err)
}

func (t Table[T]) putBulk(tx *Tx, key []byte, v T) error {
	own, ok := any(v).(encoding.BinaryAppender)
	if !ok {
		return fmt.Errorf("a %T does not code itself", v)
	}
	value, err := own.AppendBinary(make([]byte, 0, 64))
	if err != nil {
		return err
	}
	return tx.putBulk(*t.bulk, key, value, false)
}

// Prepare codes v beforehand, outside of any transaction, and returns what
// puts it: so that many goroutines can do that work, and the one that writes
// does not.
func (t Table[T]) Prepare(db *DB, key []byte, v T) (func(*Tx) error, error) {
	if t.bulk != nil {
		return func(tx *Tx) error { return t.Put(tx, key, v) }, nil
	}
	value, err := db.codec.encode(key, v)
	if err != nil {
		return nil, t.wrap(key, err)
	}
	return func(tx *Tx) error { return t.wrap(key, tx.put(t.name, key, value)) }, nil
}

// Delete removes the record under key, if there is one.
func (t Table[T]) Delete(tx *Tx, key []byte) error {
	if t.bulk != nil {
		return t.wrap(key, tx.putBulk(*t.bulk, key, nil, true))
	}
	return t.wrap(key, tx.remove(t.name, key))
}

// Clear removes all records. Numbers from Next begin anew.
func (t Table[T]) Clear(tx *Tx) error {
	if t.bulk != nil {
		return t.wrap(nil, tx.clearBulk(*t.bulk))
	}
	return t.wrap(nil, tx.clear(t.name))
}

// Scan returns the records whose keys begin with prefix and sort after the
// key after, in key order; at most limit of them if limit is positive. Both
// prefix and after may be nil. To read on, pass the last row's key as after.
func (t Table[T]) Scan(tx *Tx, prefix, after []byte, limit int) ([]Row[T], error) {
	return t.read(tx, span{prefix: prefix, from: after, limit: limit})
}

// ScanBack is Scan from the end: records that sort before the key before (nil
// for all), the last one first.
func (t Table[T]) ScanBack(tx *Tx, prefix, before []byte, limit int) ([]Row[T], error) {
	return t.read(tx, span{prefix: prefix, from: before, limit: limit, back: true})
}

// Last returns the record with the greatest key that begins with prefix, and
// whether there is one.
func (t Table[T]) Last(tx *Tx, prefix []byte) (Row[T], bool, error) {
	rows, err := t.ScanBack(tx, prefix, nil, 1)
	if err != nil || len(rows) == 0 {
		return Row[T]{}, false, err
	}
	return rows[0], true, nil
}

// Each calls fn for every record whose key begins with prefix, in key order,
// until fn returns an error; ErrStop ends the walk without one. The function may
// change the table: what it puts further on will be met, what it deletes
// further on may be.
func (t Table[T]) Each(tx *Tx, prefix []byte, fn func(key []byte, v T) error) error {
	const page = 64
	for from := []byte(nil); ; {
		rows, err := t.entries(tx, span{prefix: prefix, from: from, limit: page})
		if err != nil {
			return t.wrap(from, err)
		}
		for _, e := range rows {
			v, err := t.decode(tx, e)
			if err == nil {
				err = fn(e.Key, v)
			}
			if errors.Is(err, ErrStop) {
				return nil
			} else if err != nil {
				return err
			}
		}
		if len(rows) < page {
			return nil
		}
		from = rows[len(rows)-1].Key
	}
}

// EachCoded calls fn for every record of a bulk table whose key begins with
// prefix, in key order, with what the record made of itself, until fn returns
// an error; ErrStop ends the walk without one. Key and value are not copies:
// fn must neither keep nor change them, nor change the table.
func (t Table[T]) EachCoded(tx *Tx, prefix []byte, fn func(key, value []byte) error) error {
	if t.bulk == nil {
		return t.wrap(prefix, errors.New("not a bulk table"))
	}
	return tx.eachBulk(*t.bulk, prefix, after(prefix), fn)
}

// Count returns the number of records. It looks at every page of the table,
// and is not for a hot path. On a damaged file it is what could be counted.
func (t Table[T]) Count(tx *Tx) int {
	if t.bulk != nil {
		return t.bulk.Count(tx)
	}
	n, _ := tx.count(t.name) // said to be a count of what can be read
	return n
}

// Next returns 1, then 2, and so on: a number that this table never gave
// before, for the keys of a log that only grows at its end.
func (t Table[T]) Next(tx *Tx) (n uint64, err error) {
	err = tx.change(t.name, func(b *bbolt.Bucket) (err error) {
		n, err = b.NextSequence()
		return err
	})
	return n, t.wrap(nil, err)
}

func (t Table[T]) read(tx *Tx, s span) ([]Row[T], error) {
	entries, err := t.entries(tx, s)
	if err != nil {
		return nil, t.wrap(s.from, err)
	}
	rows := make([]Row[T], len(entries))
	for i, e := range entries {
		rows[i].Key = e.Key
		if rows[i].Value, err = t.decode(tx, e); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func (t Table[T]) entries(tx *Tx, s span) ([]Entry, error) {
	if t.bulk != nil {
		return tx.bulkRows(*t.bulk, s)
	}
	return tx.rows(t.name, s)
}

func (t Table[T]) decode(tx *Tx, e Entry) (v T, err error) {
	if t.bulk != nil {
		if u, ok := any(&v).(RowUnmarshaler); ok {
			err = u.UnmarshalRow(e.Key, e.Value)
		} else {
			err = unmarshalOwn(e.Value, &v)
		}
		return v, t.wrap(e.Key, err)
	}
	text, err := tx.db.codec.decode(e.Key, e.Value)
	if err != nil {
		return v, &DamagedError{Path: tx.db.path, Detail: fmt.Sprintf("table %s, key %x: %v", t.name, e.Key, err)}
	}
	switch e.Value[0] {
	case codecOwn:
		return v, t.wrap(e.Key, unmarshalOwn(text, &v))
	case codecParts:
		return v, t.wrap(e.Key, tx.db.codec.unmarshalParts(e.Key, text, &v))
	}
	if err := json.Unmarshal(text, &v); err != nil {
		return v, t.wrap(e.Key, err)
	}
	return v, nil
}

// unmarshalOwn has a record take in what it made of itself.
func unmarshalOwn(b []byte, v any) error {
	u, ok := v.(encoding.BinaryUnmarshaler)
	if !ok {
		return fmt.Errorf("record is coded by itself, and a %T does not read that", v)
	}
	return u.UnmarshalBinary(b)
}

// wrap says which record an error is about.
func (t Table[T]) wrap(key []byte, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("table %s, key %x: %w", t.Name(), key, err)
}
