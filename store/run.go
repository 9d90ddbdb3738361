package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// An op is one change to a bulk index: a key put with a value, or deleted.
type op struct {
	key, value []byte
	del        bool
	turn       uint32 // of two changes to a key in one memo the later has the higher
}

func byKey(a, b op) int { return bytes.Compare(a.key, b.key) }

func byKeyThenTurn(a, b op) int {
	if c := byKey(a, b); c != 0 {
		return c
	}
	return cmp.Compare(a.turn, b.turn)
}

// mergeOps returns both lists as one, in key order; where both have a key the
// newer one counts.
func mergeOps(newer, older []op) []op {
	all := make([]op, 0, len(newer)+len(older))
	for len(newer) > 0 && len(older) > 0 {
		switch c := byKey(newer[0], older[0]); {
		case c < 0:
			all, newer = append(all, newer[0]), newer[1:]
		case c > 0:
			all, older = append(all, older[0]), older[1:]
		default:
			older = older[1:]
		}
	}
	return append(append(all, newer...), older...)
}

// A memo holds the changes of a transaction that is under way.
type memo struct {
	sorted []op
	recent []op // in the order they were made, newer than sorted
}

func (m *memo) add(o op) {
	o.turn = uint32(len(m.recent))
	m.recent = append(m.recent, o)
}

// ops returns all changes in key order, the last one of each key.
func (m *memo) ops() []op {
	if len(m.recent) == 0 {
		return m.sorted
	}
	slices.SortFunc(m.recent, byKeyThenTurn)
	last := m.recent[:0]
	for i, o := range m.recent {
		if i+1 == len(m.recent) || byKey(o, m.recent[i+1]) != 0 {
			last = append(last, o)
		}
	}
	m.sorted, m.recent = mergeOps(last, m.sorted), nil
	return m.sorted
}

// appendOps writes ops, which are in key order, in the form parseOps reads:
// how many, then of each how much of its key is that of the one before, how
// much follows, how long its value is with a bit for deleted, and those bytes.
func appendOps(b []byte, ops []op) []byte {
	b = binary.AppendUvarint(b, uint64(len(ops)))
	var before []byte
	for _, o := range ops {
		b = appendOp(b, before, o)
		before = o.key
	}
	return b
}

func appendOp(b, before []byte, o op) []byte {
	same := 0
	for same < len(before) && same < len(o.key) && before[same] == o.key[same] {
		same++
	}
	b = binary.AppendUvarint(b, uint64(same))
	b = binary.AppendUvarint(b, uint64(len(o.key)-same))
	length := uint64(len(o.value)) << 1
	if o.del {
		length |= 1
	}
	b = binary.AppendUvarint(b, length)
	return append(append(b, o.key[same:]...), o.value...)
}

var errOps = errors.New("list of keys is cut or mangled")

// parseOps reads what appendOps wrote, into memory of its own.
func parseOps(b []byte) ([]op, error) {
	n, b, err := cutUvarint(b)
	if err != nil || n > uint64(len(b))/3 {
		return nil, errOps // an op takes three bytes at least
	}
	ops := make([]op, 0, n)
	room := make([]byte, 0, 2*len(b)) // slices of it stay when it has to move
	var before []byte
	for range n {
		var same, more, length uint64
		for _, x := range []*uint64{&same, &more, &length} {
			if *x, b, err = cutUvarint(b); err != nil {
				return nil, err
			}
		}
		size := length >> 1
		if same > uint64(len(before)) || more > uint64(len(b)) || size > uint64(len(b))-more || same+more > maxKeyLength {
			return nil, errOps
		}
		at := len(room)
		room = append(append(append(room, before[:same]...), b[:more]...), b[more:more+size]...)
		both := room[at:]
		o := op{key: both[: same+more : same+more], value: both[same+more : len(both) : len(both)], del: length&1 != 0}
		if len(ops) > 0 && byKey(ops[len(ops)-1], o) >= 0 {
			return nil, fmt.Errorf("key %x is out of order", o.key)
		}
		ops, before, b = append(ops, o), o.key, b[more+size:]
	}
	if len(b) > 0 {
		return nil, errOps
	}
	return ops, nil
}

func cutUvarint(b []byte) (uint64, []byte, error) {
	x, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, nil, errOps
	}
	return x, b[n:], nil
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
	begin := min(search(low), end)
	return ops[begin:end]
}
