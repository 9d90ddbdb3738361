package store

import (
	"bytes"
	"cmp"
	"slices"
)

// A source yields changes in key order, or against it.
type source interface {
	// peek returns the one that is next, nil at the end. It is good until
	// next is called.
	peek() *op
	next() error
}

// A merging yields the changes of several sources; of one key that of the
// first source which has it, or, if changes add up, the sum of all.
type merging struct {
	tops []top // of sources that have not ended
	best int   // the one that comes first
	back bool
	sums bool
}

// A top is what a source yields next.
type top struct {
	*op
	head uint64
	from source
}

// newMerging returns a merging of sources of an index, the newest first.
func newMerging(index string, sources []source, back bool) *merging {
	m := &merging{tops: make([]top, 0, len(sources)), back: back, sums: isSums(index)}
	for _, s := range sources {
		if o := s.peek(); o != nil {
			m.tops = append(m.tops, top{o, headOf(o.key), s})
		}
	}
	return m
}

// least returns the change that comes first, nil at the end. What older
// sources have of its key is passed over, or added.
func (m *merging) least() (*op, error) {
	if len(m.tops) == 0 {
		return nil, nil
	}
	m.best = 0
	for i := 1; i < len(m.tops); {
		c := m.compare(&m.tops[i], &m.tops[m.best])
		n := len(m.tops)
		if c == 0 {
			if err := m.under(i); err != nil {
				return nil, err
			}
		} else if c < 0 {
			m.best = i
		}
		if len(m.tops) == n {
			i++
		}
	}
	return m.tops[m.best].op, nil
}

// under passes over an older change to the key of the best one, to which it is
// added if changes add up.
func (m *merging) under(i int) error {
	if best := &m.tops[m.best]; m.sums {
		value, err := addSums(nil, best.value, m.tops[i].value)
		if err != nil {
			return err
		}
		best.op = &op{key: best.key, value: value}
	}
	return m.pass(i)
}

// next goes on from the change that least returned.
func (m *merging) next() error { return m.pass(m.best) }

func (m *merging) pass(i int) error {
	t := &m.tops[i]
	if err := t.from.next(); err != nil {
		return err
	}
	if t.op = t.from.peek(); t.op == nil {
		m.tops = slices.Delete(m.tops, i, i+1)
		return nil
	}
	if len(m.tops) > 1 { // else there is nothing to compare it with any more
		t.head = headOf(t.key)
	}
	return nil
}

// compare says which of two comes first.
func (m *merging) compare(a, b *top) int {
	c := cmp.Compare(a.head, b.head)
	if c == 0 {
		c = bytes.Compare(a.key, b.key)
	}
	if m.back {
		return -c
	}
	return c
}

// A listSource yields the ops of a list.
type listSource struct {
	ops  []op
	back bool
}

func (s *listSource) peek() *op {
	switch {
	case len(s.ops) == 0:
		return nil
	case s.back:
		return &s.ops[len(s.ops)-1]
	}
	return &s.ops[0]
}

func (s *listSource) next() error {
	if s.back {
		s.ops = s.ops[:len(s.ops)-1]
	} else {
		s.ops = s.ops[1:]
	}
	return nil
}

// A memoSource yields changes of a memo.
type memoSource struct {
	memo *memo
	list []noted
	back bool
	now  op
}

func newMemoSource(m *memo, list []noted, back bool) *memoSource {
	s := &memoSource{memo: m, list: list, back: back}
	s.set()
	return s
}

func (s *memoSource) set() {
	switch {
	case len(s.list) == 0:
	case s.back:
		s.now = s.memo.op(&s.list[len(s.list)-1])
	default:
		s.now = s.memo.op(&s.list[0])
	}
}

func (s *memoSource) peek() *op {
	if len(s.list) == 0 {
		return nil
	}
	return &s.now
}

func (s *memoSource) next() error {
	if s.back {
		s.list = s.list[:len(s.list)-1]
	} else {
		s.list = s.list[1:]
	}
	s.set()
	return nil
}

// between returns the ops with low ≤ key, and key < high unless that is nil.
func between(ops []op, low, high []byte) []op {
	search := func(key []byte) int {
		i, _ := slices.BinarySearchFunc(ops, key, func(o op, key []byte) int { return bytes.Compare(o.key, key) })
		return i
	}
	end := len(ops)
	if high != nil {
		end = search(high)
	}
	return ops[min(search(low), end):end]
}
