package store

import (
	"bytes"
	"errors"
)

// bulkSources returns all that holds keys of x from low on and before high,
// the newest first.
func (tx *Tx) bulkSources(x Index, low, high []byte, back bool) (sources []source, err error) {
	if m := tx.bulk.memos[x.Name()]; m != nil {
		sources = append(sources, newMemoSource(m, m.between(low, high), back))
	}
	runs, err := tx.freshRuns()
	if err != nil {
		return nil, err
	}
	if !tx.bulk.cleared[x.Name()] {
		for _, r := range runs {
			if p := r.parts[x.Name()]; p != nil {
				s, err := p.source(low, high, back, tx.rowsOf(r))
				if err != nil {
					return nil, err
				}
				sources = append(sources, s)
			}
		}
	}
	b := tx.bucket(x.name)
	if b == nil {
		return sources, nil
	}
	var s source
	if back {
		s, err = newBlockBackSource(tx, b, high)
	} else {
		s, err = newBlockSource(tx, b, low)
	}
	return append(sources, s), err
}

// walkBulk calls fn with the keys of x from low on and before high, or against
// the order, until it returns false. What fn gets is good until it returns.
func (tx *Tx) walkBulk(x Index, low, high []byte, back bool, fn func(op) bool) (err error) {
	if err := tx.usable(); err != nil {
		return err
	}
	defer tx.guard(&err)
	defer func() {
		if err != nil && !errors.As(err, new(*DamagedError)) {
			err = tx.damaged("index %s: %v", x.Name(), err)
		}
	}()
	sources, err := tx.bulkSources(x, low, high, back)
	if err != nil {
		return err
	}
	for m := newMerging(x.Name(), sources, back); ; {
		o, err := m.least()
		if err != nil || o == nil || high != nil && bytes.Compare(o.key, high) >= 0 || bytes.Compare(o.key, low) < 0 {
			return err
		}
		gone := o.del || m.sums && isNothing(o.value)
		if !gone && !fn(*o) {
			return nil
		}
		if err := m.next(); err != nil {
			return err
		}
	}
}

// eachBulk is walkBulk in order, until fn returns an error; ErrStop ends the
// walk without one.
func (tx *Tx) eachBulk(x Index, low, high []byte, fn func(key, value []byte) error) (err error) {
	var own error
	err = tx.walkBulk(x, low, high, false, func(o op) bool {
		own = fn(o.key, o.value)
		return own == nil
	})
	if own != nil && !errors.Is(own, ErrStop) {
		return own
	}
	return x.wrap(low, err)
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
