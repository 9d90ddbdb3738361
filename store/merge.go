package store

import (
	"bytes"

	"go.etcd.io/bbolt"
)

// A source yields changes in key order, or against it.
type source interface {
	// peek returns the one that is next; ok is false at the end.
	peek() (o op, ok bool)
	next() error
}

// A listSource yields the ops of a list.
type listSource struct {
	ops  []op
	back bool
}

func (s *listSource) peek() (op, bool) {
	if len(s.ops) == 0 {
		return op{}, false
	}
	if s.back {
		return s.ops[len(s.ops)-1], true
	}
	return s.ops[0], true
}

func (s *listSource) next() error {
	if s.back {
		s.ops = s.ops[:len(s.ops)-1]
	} else {
		s.ops = s.ops[1:]
	}
	return nil
}

// A blockSource yields the keys in a bucket of blocks.
type blockSource struct {
	listSource
	tx     *Tx
	cursor *bbolt.Cursor
}

// newBlockSource starts at the first key that is not below low, or if back
// is set at the last one below high, nil meaning the end.
func newBlockSource(tx *Tx, b *bbolt.Bucket, low, high []byte, back bool) (*blockSource, error) {
	s := &blockSource{tx: tx, cursor: b.Cursor()}
	s.back = back
	var k, v []byte
	switch {
	case !back:
		k, v = seekBlock(s.cursor, low)
	case high == nil:
		k, v = s.cursor.Last()
	default:
		k, v = seekBlock(s.cursor, high)
	}
	if err := s.load(k, v); err != nil {
		return nil, err
	}
	if back {
		s.ops = between(s.ops, nil, high)
	} else {
		s.ops = between(s.ops, low, nil)
	}
	return s, s.refill()
}

func (s *blockSource) load(k, v []byte) (err error) {
	s.ops = nil
	if k != nil {
		s.ops, err = s.tx.readBlock(k, v)
	}
	return err
}

func (s *blockSource) next() error {
	_ = s.listSource.next() // never fails
	return s.refill()
}

// refill reads the next block if this one is used up.
func (s *blockSource) refill() error {
	for len(s.ops) == 0 {
		k, v := s.step()
		if k == nil {
			return nil
		}
		if err := s.load(k, v); err != nil {
			return err
		}
	}
	return nil
}

func (s *blockSource) step() (k, v []byte) {
	if s.back {
		return s.cursor.Prev()
	}
	return s.cursor.Next()
}

// bulkSources returns all that holds keys of x from low on and before high,
// the newest first.
func (tx *Tx) bulkSources(x Index, low, high []byte, back bool) ([]source, error) {
	runs, err := tx.freshRuns()
	if err != nil {
		return nil, err
	}
	lists := [][]op{tx.bulk.memos[x.Name()].ops()}
	if !tx.bulk.cleared[x.Name()] {
		for _, r := range runs {
			lists = append(lists, r.parts[x.Name()])
		}
	}
	var sources []source
	for _, ops := range lists {
		if ops = between(ops, low, high); len(ops) > 0 {
			sources = append(sources, &listSource{ops: ops, back: back})
		}
	}
	if b := tx.bucket(x.name); b != nil {
		s, err := newBlockSource(tx, b, low, high, back)
		if err != nil {
			return nil, err
		}
		sources = append(sources, s)
	}
	return sources, nil
}

// walkBulk calls fn with the keys of x from low on and before high, or against
// the order, until it returns false.
func (tx *Tx) walkBulk(x Index, low, high []byte, back bool, fn func(op) bool) (err error) {
	if err := tx.usable(); err != nil {
		return err
	}
	defer tx.guard(&err)
	sources, err := tx.bulkSources(x, low, high, back)
	for err == nil {
		o, ok := leastOf(sources, back)
		if !ok || high != nil && bytes.Compare(o.key, high) >= 0 || bytes.Compare(o.key, low) < 0 {
			return nil
		}
		if !o.del && !fn(o) {
			return nil
		}
		err = advance(sources, o.key)
	}
	return err
}

// leastOf returns the op that comes first; of one key the newest.
func leastOf(sources []source, back bool) (least op, ok bool) {
	for _, s := range sources {
		o, more := s.peek()
		if !more {
			continue
		}
		c := bytes.Compare(o.key, least.key)
		if !ok || !back && c < 0 || back && c > 0 {
			least, ok = o, true
		}
	}
	return least, ok
}

// advance moves every source that stands at key on.
func advance(sources []source, key []byte) error {
	for _, s := range sources {
		if o, ok := s.peek(); ok && bytes.Equal(o.key, key) {
			if err := s.next(); err != nil {
				return err
			}
		}
	}
	return nil
}

// bulkRows is rows for a bulk index.
func (tx *Tx) bulkRows(x Index, s span) (list []Entry, err error) {
	low, high := s.prefix, after(s.prefix)
	switch {
	case s.from == nil:
	case s.back && (high == nil || bytes.Compare(s.from, high) < 0):
		high = s.from
	case !s.back && bytes.Compare(s.from, s.prefix) >= 0:
		low = append(clone(s.from), 0)
	}
	err = tx.walkBulk(x, low, high, s.back, func(o op) bool {
		list = append(list, Entry{Key: clone(o.key), Value: append([]byte{}, o.value...)})
		return len(list) != s.limit
	})
	return list, err
}

// bulkGet is get for a bulk index.
func (tx *Tx) bulkGet(x Index, key []byte) (value []byte, ok bool, err error) {
	err = tx.walkBulk(x, key, append(clone(key), 0), false, func(o op) bool {
		value, ok = append([]byte{}, o.value...), true
		return false
	})
	return value, ok, err
}

// bulkCount is count for a bulk index.
func (tx *Tx) bulkCount(x Index) (n int, err error) {
	err = tx.walkBulk(x, nil, nil, false, func(op) bool { n++; return true })
	return n, err
}
