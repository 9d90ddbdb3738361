package store

import "fmt"

// An Index holds keys, each with a few bytes at most: a way to records that
// are kept in a table. All of it can be made again from them.
type Index struct{ name []byte }

// NewIndex returns the index of that name. Names beginning with "store" are
// taken.
func NewIndex(name string) Index { return Index{name: []byte(name)} }

// Name returns the index's name.
func (x Index) Name() string { return string(x.name) }

// Get returns a copy of the value under key, and whether the key is there.
func (x Index) Get(tx *Tx, key []byte) ([]byte, bool, error) {
	value, ok, err := tx.get(x.name, key)
	return value, ok, x.wrap(key, err)
}

// Put adds key with a value, which may be nil, in place of what was there.
func (x Index) Put(tx *Tx, key, value []byte) error {
	return x.wrap(key, tx.put(x.name, key, append([]byte{}, value...)))
}

// Delete removes key, if it is there.
func (x Index) Delete(tx *Tx, key []byte) error {
	return x.wrap(key, tx.remove(x.name, key))
}

// Scan returns the keys that begin with prefix and sort after the key after,
// in order; at most limit of them if limit is positive. Both prefix and after
// may be nil. To read on, pass the last key as after.
func (x Index) Scan(tx *Tx, prefix, after []byte, limit int) ([]Entry, error) {
	rows, err := tx.rows(x.name, span{prefix: prefix, from: after, limit: limit})
	return rows, x.wrap(after, err)
}

// ScanBack is Scan from the end: keys that sort before the key before (nil
// for all), the last one first.
func (x Index) ScanBack(tx *Tx, prefix, before []byte, limit int) ([]Entry, error) {
	rows, err := tx.rows(x.name, span{prefix: prefix, from: before, limit: limit, back: true})
	return rows, x.wrap(before, err)
}

// Count returns the number of keys. It looks at every page of the index, and
// is not for a hot path. On a damaged file it is what could be counted.
func (x Index) Count(tx *Tx) int {
	n, _ := tx.count(x.name) // said to be a count of what can be read
	return n
}

func (x Index) wrap(key []byte, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("index %s, key %x: %w", x.name, key, err)
}
