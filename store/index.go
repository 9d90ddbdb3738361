package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
)

// An Index holds keys, each with a few bytes at most: a way to records that
// are kept in a table. All of it can be made again from them.
type Index struct {
	name  []byte // in the file
	label string // for people
	bulk  bool
}

// indexMark begins the names of indexes in the file, so that a reader of the
// file alone knows which values are coded records.
const indexMark = "#"

// NewIndex returns the index of that name. Names beginning with "store" are
// taken.
func NewIndex(name string) Index { return Index{name: []byte(indexMark + name), label: name} }

// Name returns the index's name.
func (x Index) Name() string { return x.label }

// Get returns a copy of the value under key, and whether the key is there.
func (x Index) Get(tx *Tx, key []byte) ([]byte, bool, error) {
	if x.bulk {
		value, ok, err := tx.bulkGet(x, key)
		return value, ok, x.wrap(key, err)
	}
	value, ok, err := tx.get(x.name, key)
	if err == nil && ok {
		value, err = x.open(tx, Entry{key, value})
	}
	return value, ok && err == nil, x.wrap(key, err)
}

// Put adds key with a value, which may be nil, in place of what was there.
func (x Index) Put(tx *Tx, key, value []byte) error {
	if x.bulk {
		return x.wrap(key, tx.putBulk(x, key, value, false))
	}
	return x.wrap(key, tx.put(x.name, key, seal(key, value)))
}

// Delete removes key, if it is there.
func (x Index) Delete(tx *Tx, key []byte) error {
	if x.bulk {
		return x.wrap(key, tx.putBulk(x, key, nil, true))
	}
	return x.wrap(key, tx.remove(x.name, key))
}

// Clear removes all keys.
func (x Index) Clear(tx *Tx) error {
	if x.bulk {
		return x.wrap(nil, tx.clearBulk(x))
	}
	return x.wrap(nil, tx.clear(x.name))
}

// Scan returns the keys that begin with prefix and sort after the key after,
// in order; at most limit of them if limit is positive. Both prefix and after
// may be nil. To read on, pass the last key as after.
func (x Index) Scan(tx *Tx, prefix, after []byte, limit int) ([]Entry, error) {
	return x.read(tx, span{prefix: prefix, from: after, limit: limit})
}

// ScanBack is Scan from the end: keys that sort before the key before (nil
// for all), the last one first.
func (x Index) ScanBack(tx *Tx, prefix, before []byte, limit int) ([]Entry, error) {
	return x.read(tx, span{prefix: prefix, from: before, limit: limit, back: true})
}

// Each calls fn for every key that begins with prefix, in order, with its
// value, until fn returns an error; ErrStop ends the walk without one. Key and
// value are not copies: fn must neither keep nor change them, nor change the
// index.
func (x Index) Each(tx *Tx, prefix []byte, fn func(key, value []byte) error) error {
	if x.bulk {
		return tx.eachBulk(x, prefix, after(prefix), fn)
	}
	if err := x.walk(tx, prefix, fn); err != nil && !errors.Is(err, ErrStop) {
		return err
	}
	return nil
}

// walk is Each for one that is no bulk index, and hands ErrStop on.
func (x Index) walk(tx *Tx, prefix []byte, fn func(key, value []byte) error) error {
	const page = 64
	for from := []byte(nil); ; {
		rows, err := x.Scan(tx, prefix, from, page)
		if err != nil {
			return err
		}
		for _, e := range rows {
			if err := fn(e.Key, e.Value); err != nil {
				return err
			}
		}
		if len(rows) < page {
			return nil
		}
		from = rows[len(rows)-1].Key
	}
}

// Count returns the number of keys. It looks at every page of the index, and
// is not for a hot path. On a damaged file it is what could be counted.
func (x Index) Count(tx *Tx) int {
	count := tx.count
	if x.bulk {
		count = func([]byte) (int, error) { return tx.bulkCount(x) }
	}
	n, _ := count(x.name) // said to be a count of what can be read
	return n
}

func (x Index) read(tx *Tx, s span) ([]Entry, error) {
	if x.bulk {
		rows, err := tx.bulkRows(x, s)
		return rows, x.wrap(s.from, err)
	}
	rows, err := tx.rows(x.name, s)
	if err != nil {
		return nil, x.wrap(s.from, err)
	}
	for i, e := range rows {
		if rows[i].Value, err = x.open(tx, e); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// open returns the value of a row as it was put.
func (x Index) open(tx *Tx, e Entry) ([]byte, error) {
	value, err := unseal(e.Key, e.Value)
	if err != nil {
		return nil, &DamagedError{Path: tx.db.path, Detail: fmt.Sprintf("index %s, key %x: %v", x.Name(), e.Key, err)}
	}
	return value, nil
}

// sealLength is how many bytes of checksum an index keeps of key and value:
// two are little beside what a row takes anyway, and miss one change in
// 65,536.
const sealLength = 2

// seal returns value with a checksum behind it.
func seal(key, value []byte) []byte {
	out := make([]byte, len(value), len(value)+sealLength)
	copy(out, value)
	return binary.LittleEndian.AppendUint16(out, sealOf(key, value))
}

// unseal takes the checksum off again.
func unseal(key, sealed []byte) ([]byte, error) {
	n := len(sealed) - sealLength
	if n < 0 || binary.LittleEndian.Uint16(sealed[n:]) != sealOf(key, sealed[:n]) {
		return nil, errors.New("checksum is wrong")
	}
	return sealed[:n:n], nil
}

func sealOf(key, value []byte) uint16 {
	return uint16(crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, value))
}

func (x Index) wrap(key []byte, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("index %s, key %x: %w", x.Name(), key, err)
}
