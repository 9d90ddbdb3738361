package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
)

// A Sums is an index that counts. What is put under a key is added to what is
// there, which nobody has to read for that; a key whose numbers have all come
// to 0 is not there. It is kept as [NewBulkIndex] keeps its keys, and what is
// said there holds for it too.
type Sums struct {
	x       Index
	numbers int
}

// sumMark begins the names of indexes that count, where bulk indexes are named.
const sumMark = "+"

// isSums reports whether a bulk index of that name counts.
func isSums(name string) bool { return strings.HasPrefix(name, sumMark) }

// NewSums returns the index of that name, with so many numbers under each key:
// at least 1, and 255 at most.
func NewSums(name string, numbers int) Sums {
	return Sums{NewBulkIndex(sumMark + name), min(max(numbers, 1), 255)}
}

// Name returns the index's name.
func (s Sums) Name() string { return s.x.label[len(sumMark):] }

// Add adds numbers, and says what they are of: a text that is the same for all
// that is added under a key.
func (s Sums) Add(tx *Tx, key, text []byte, numbers ...int64) error {
	if len(numbers) != s.numbers {
		return s.x.wrap(key, fmt.Errorf("%d numbers, want %d", len(numbers), s.numbers))
	}
	b := append(make([]byte, 0, 64), byte(len(numbers)))
	for _, n := range numbers {
		b = binary.AppendVarint(b, n)
	}
	return s.x.wrap(key, tx.putBulk(s.x, key, append(b, text...), false))
}

// Each calls fn for every key that begins with prefix, in order, with what is
// said of it and its numbers, until fn returns an error; ErrStop ends the walk
// without one. None of them is a copy: fn must neither keep nor change them,
// nor change the index.
func (s Sums) Each(tx *Tx, prefix []byte, fn func(key, text []byte, numbers []int64) error) error {
	return s.EachAfter(tx, prefix, nil, fn)
}

// EachAfter is Each for the keys that sort after the key from, if that is not
// nil.
func (s Sums) EachAfter(tx *Tx, prefix, from []byte, fn func(key, text []byte, numbers []int64) error) error {
	low := prefix
	if from != nil && bytes.Compare(from, prefix) >= 0 {
		low = append(clone(from), 0)
	}
	var v counted
	return tx.eachBulk(s.x, low, after(prefix), func(key, value []byte) error {
		err := v.read(value)
		if err == nil && len(v.numbers) != s.numbers {
			err = fmt.Errorf("%d numbers, want %d", len(v.numbers), s.numbers)
		}
		if err != nil {
			return tx.damaged("index %s, key %x: %v", s.Name(), key, err)
		}
		return fn(key, v.text, v.numbers)
	})
}

// Clear removes all keys.
func (s Sums) Clear(tx *Tx) error { return s.x.Clear(tx) }

// Count returns the number of keys; it looks at all of them.
func (s Sums) Count(tx *Tx) int { return s.x.Count(tx) }

// A counted is a value of an index that counts: how many numbers, those, and the
// text.
type counted struct {
	numbers []int64
	text    []byte
}

func (s *counted) read(b []byte) error {
	if len(b) == 0 {
		return errOps
	}
	s.numbers = s.numbers[:0]
	n := int(b[0])
	for b = b[1:]; n > 0; n-- {
		x, size := binary.Varint(b)
		if size <= 0 {
			return errOps
		}
		s.numbers, b = append(s.numbers, x), b[size:]
	}
	s.text = b
	return nil
}

// addSums appends to room the sum of two values, the newer one first, of which
// the newer text counts.
func addSums(room, newer, older []byte) ([]byte, error) {
	if len(newer) == 0 || len(older) == 0 || newer[0] != older[0] {
		return room, errOps
	}
	n := int(newer[0])
	room = append(room, newer[0])
	for newer, older = newer[1:], older[1:]; n > 0; n-- {
		x, sizeX := binary.Varint(newer)
		y, sizeY := binary.Varint(older)
		if sizeX <= 0 || sizeY <= 0 {
			return room, errOps
		}
		room = binary.AppendVarint(room, x+y)
		newer, older = newer[sizeX:], older[sizeY:]
	}
	return append(room, newer...), nil
}

// isNothing reports whether all numbers of a value are 0.
func isNothing(value []byte) bool {
	if len(value) == 0 || len(value) <= int(value[0]) {
		return false // mangled, which whoever reads it says
	}
	for _, b := range value[1 : 1+int(value[0])] {
		if b != 0 { // a 0 is one byte
			return false
		}
	}
	return true
}
