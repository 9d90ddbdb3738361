package store

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// A memo holds the changes to one index in a transaction that is under way.
// They are many and short, so their bytes are all in one place and they have
// no pointers, which nobody has to follow then.
type memo struct {
	sorted []noted // in key order, one for each key
	recent []noted // in the order they were made, newer than sorted
	room   []byte  // keys and values
	other  []noted // to sort in
	sums   bool    // changes to one key add up
}

// keptRoom is how much memory of a memo is used again at most.
const keptRoom = 4 << 20

// reuse makes the memo empty, and reports whether it is worth keeping.
func (m *memo) reuse() bool {
	if m.recent == nil {
		m.recent = m.sorted
	}
	m.sorted, m.recent, m.room = nil, m.recent[:0], m.room[:0]
	return cap(m.room) <= keptRoom
}

// A noted change is where in the room an op is.
type noted struct {
	head  uint64 // of the key
	at    int    // of two changes the later one has the higher
	key   uint32 // how long it is; the value follows
	value uint32 // twice its length, and a bit for deleted
}

// add notes a change, with copies of key and value.
func (m *memo) add(key, value []byte, del bool) error {
	switch {
	case len(key) == 0:
		return fmt.Errorf("key is empty")
	case len(key) > maxKeyLength:
		return fmt.Errorf("key has %d bytes, more than %d", len(key), maxKeyLength)
	case len(value) > maxValue:
		return fmt.Errorf("value has %d bytes, more than %d", len(value), maxValue)
	}
	c := noted{head: headOf(key), at: len(m.room), key: uint32(len(key)), value: uint32(len(value)) << 1}
	if del {
		c.value |= 1
	}
	m.room = append(append(m.room, key...), value...)
	m.recent = append(m.recent, c)
	return nil
}

// size is how many changes were made, some of them perhaps to the same key.
func (m *memo) size() int { return len(m.sorted) + len(m.recent) }

func (m *memo) keyOf(c *noted) []byte {
	end := c.at + int(c.key)
	return m.room[c.at:end:end]
}

// op returns a change as an op, which is part of the room.
func (m *memo) op(c *noted) op {
	begin := c.at + int(c.key)
	end := begin + int(c.value>>1)
	return op{key: m.keyOf(c), value: m.room[begin:end:end], del: c.value&1 != 0}
}

func (m *memo) byKey(a, b *noted) int {
	if a.head != b.head {
		return cmp.Compare(a.head, b.head)
	}
	return bytes.Compare(m.keyOf(a), m.keyOf(b))
}

// changes returns all changes in key order, one of each key: the last, or the
// sum of all.
func (m *memo) changes() []noted {
	if m == nil {
		return nil
	}
	if len(m.recent) > 0 {
		m.sort(m.recent)
		m.sorted, m.recent = m.merge(m.oneOfEach(m.recent), m.sorted), nil
	}
	return m.sorted
}

// sort sorts changes by key, and those to the same key as they were made.
func (m *memo) sort(list []noted) {
	m.sortByHead(list)
	for begin, end := 0, 0; begin < len(list); begin = end {
		for end = begin + 1; end < len(list) && list[end].head == list[begin].head; end++ {
		}
		if end-begin > 1 {
			m.sortAlike(list[begin:end])
		}
	}
}

// sortAlike is sort for changes that have the same head and are in the order
// they were made, which for many is that of their keys, as these go on with a
// time or a number.
func (m *memo) sortAlike(list []noted) {
	compare := func(a, b noted) int {
		return cmp.Or(bytes.Compare(m.keyOf(&a), m.keyOf(&b)), cmp.Compare(a.at, b.at))
	}
	if !slices.IsSortedFunc(list, compare) {
		slices.SortFunc(list, compare)
	}
}

// oneOfEach leaves one change of each key of a sorted list: what the last one
// makes of those before it.
func (m *memo) oneOfEach(list []noted) []noted {
	last := list[:0]
	for i := range list {
		if n := len(last); n > 0 && m.byKey(&last[n-1], &list[i]) == 0 {
			last[n-1] = m.over(list[i], last[n-1])
		} else {
			last = append(last, list[i])
		}
	}
	return last
}

// over returns what is left of two changes to a key: the newer one or, if they
// add up, their sum.
func (m *memo) over(newer, older noted) noted {
	if !m.sums {
		return newer
	}
	a, b := m.op(&newer), m.op(&older)
	all := noted{head: newer.head, at: len(m.room), key: newer.key}
	m.room = append(m.room, a.key...)
	begin := len(m.room)
	room, err := addSums(m.room, a.value, b.value)
	if err != nil {
		panic(err) // Sums.Add made both, of as many numbers
	}
	m.room, all.value = room, uint32(len(room)-begin)<<1
	return all
}

// merge returns two sorted lists as one; where both have a key the newer one
// counts, or their sum.
func (m *memo) merge(newer, older []noted) []noted {
	if len(older) == 0 {
		return newer
	}
	all := make([]noted, 0, len(newer)+len(older))
	for len(newer) > 0 && len(older) > 0 {
		switch c := m.byKey(&newer[0], &older[0]); {
		case c < 0:
			all, newer = append(all, newer[0]), newer[1:]
		case c > 0:
			all, older = append(all, older[0]), older[1:]
		default:
			all = append(all, m.over(newer[0], older[0]))
			newer, older = newer[1:], older[1:]
		}
	}
	return append(append(all, newer...), older...)
}

// between returns the changes with low ≤ key, and key < high unless that is
// nil.
func (m *memo) between(low, high []byte) []noted {
	list := m.changes()
	search := func(key []byte) int {
		i, _ := slices.BinarySearchFunc(list, key, func(c noted, key []byte) int { return bytes.Compare(m.keyOf(&c), key) })
		return i
	}
	end := len(list)
	if high != nil {
		end = search(high)
	}
	return list[min(search(low), end):end]
}

// fewChanges is up to how many changes comparing takes less time than counting.
const fewChanges = 200

// sortByHead sorts changes by their heads and leaves those with the same head
// in their order: byte by byte, the last one first.
func (m *memo) sortByHead(list []noted) {
	if len(list) <= fewChanges {
		slices.SortStableFunc(list, func(a, b noted) int { return cmp.Compare(a.head, b.head) })
		return
	}
	var counts [8][256]int
	for i := range list {
		for b, h := 0, list[i].head; b < 8; b, h = b+1, h>>8 {
			counts[b][byte(h)]++
		}
	}
	m.other = slices.Grow(m.other[:0], len(list))
	from, to := list, m.other[:len(list)]
	for b := range counts {
		if shift := 8 * b; counts[b][byte(list[0].head>>shift)] < len(list) { // else it is the same byte everywhere
			distribute(from, to, shift, &counts[b])
			from, to = to, from
		}
	}
	if &from[0] != &list[0] {
		copy(list, from)
	}
}

// distribute copies changes in the order of one byte of their heads, of which
// counts says how often each is there.
func distribute(from, to []noted, shift int, counts *[256]int) {
	at := 0
	for i, n := range counts {
		counts[i] = at
		at += n
	}
	for i := range from {
		b := byte(from[i].head >> shift)
		to[counts[b]] = from[i]
		counts[b]++
	}
}
