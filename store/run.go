package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// An op is one change to a bulk index: a key put with a value, or deleted.
type op struct {
	key, value []byte
	head       uint64 // the first 8 bytes of key, to compare by
	turn       uint32 // of two changes to a key in one transaction the later has the higher
	del        bool
}

func headOf(key []byte) uint64 {
	if len(key) >= 8 {
		return binary.BigEndian.Uint64(key)
	}
	var b [8]byte
	copy(b[:], key)
	return binary.BigEndian.Uint64(b[:])
}

func byKey(a, b op) int {
	if a.head != b.head {
		return cmp.Compare(a.head, b.head)
	}
	return bytes.Compare(a.key, b.key)
}

func byKeyThenTurn(a, b op) int {
	if c := byKey(a, b); c != 0 {
		return c
	}
	return cmp.Compare(a.turn, b.turn)
}

// mergeOps returns both lists as one, in key order; where both have a key the
// newer one counts.
func mergeOps(newer, older []op) []op {
	if len(older) == 0 {
		return newer
	}
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

// mergeAll merges lists, the newest first, two by two.
func mergeAll(lists [][]op) []op {
	for len(lists) > 1 {
		half := make([][]op, 0, (len(lists)+1)/2)
		for pair := range slices.Chunk(lists, 2) {
			if len(pair) == 2 {
				pair[0] = mergeOps(pair[0], pair[1])
			}
			half = append(half, pair[0])
		}
		lists = half
	}
	return lists[0]
}

// A memo holds the changes to one index in a transaction that is under way.
type memo struct {
	sorted []op
	recent []op // in the order they were made, newer than sorted
	room   []byte
}

// add notes a change, with copies of key and value.
func (m *memo) add(key, value []byte, del bool) {
	if n := len(key) + len(value); cap(m.room)-len(m.room) < n {
		m.room = make([]byte, 0, max(n, 1<<10, min(2*cap(m.room), 64<<10)))
	}
	at := len(m.room)
	m.room = append(append(m.room, key...), value...)
	both := m.room[at:len(m.room):len(m.room)]
	m.recent = append(m.recent, op{
		key: both[:len(key):len(key)], value: both[len(key):], del: del,
		head: headOf(key), turn: uint32(len(m.recent)),
	})
}

// ops returns all changes in key order, the last one of each key.
func (m *memo) ops() []op {
	if m == nil {
		return nil
	}
	if len(m.recent) > 0 {
		slices.SortFunc(m.recent, byKeyThenTurn)
		last := m.recent[:0]
		for i, o := range m.recent {
			if i+1 == len(m.recent) || byKey(o, m.recent[i+1]) != 0 {
				last = append(last, o)
			}
		}
		m.sorted, m.recent = mergeOps(last, m.sorted), nil
	}
	return m.sorted
}

// A run is the changes of one or more transactions: of every index it names,
// in key order.
type run struct {
	id    uint64
	parts map[string][]op
}

// size is how many changes it holds.
func (r *run) size() (n int) {
	for _, ops := range r.parts {
		n += len(ops)
	}
	return n
}

// encode returns the run as bytes: for each index its name and its ops.
func (r *run) encode() []byte {
	names := slices.Sorted(maps.Keys(r.parts))
	parts := make([][]byte, len(names))
	var work sync.WaitGroup
	for i, name := range names {
		work.Go(func() {
			b := binary.AppendUvarint(nil, uint64(len(name)))
			b = slices.Grow(append(b, name...), 40*len(r.parts[name]))
			parts[i] = appendOps(b, r.parts[name])
		})
	}
	work.Wait()
	return slices.Concat(parts...)
}

// parseRun reads what encode returned.
func parseRun(b []byte) (*run, error) {
	r := &run{parts: map[string][]op{}}
	for len(b) > 0 {
		n, rest, err := cutUvarint(b)
		if err != nil || n > uint64(len(rest)) {
			return nil, errOps
		}
		name := string(rest[:n])
		if r.parts[name], b, err = parseOps(rest[n:]); err != nil {
			return nil, err
		}
	}
	return r, nil
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

// parseOps reads what appendOps wrote, into memory of its own, and returns
// what follows it.
func parseOps(b []byte) (ops []op, rest []byte, err error) {
	n, b, err := cutUvarint(b)
	if err != nil || n > uint64(len(b))/3 {
		return nil, nil, errOps // an op takes three bytes at least
	}
	ops = make([]op, 0, n)
	room := make([]byte, 0, n*48) // slices of it stay when it has to move
	var before []byte
	for range n {
		var o op
		if o, room, b, err = parseOp(before, room, b); err != nil {
			return nil, nil, err
		}
		if len(ops) > 0 && byKey(ops[len(ops)-1], o) >= 0 {
			return nil, nil, fmt.Errorf("key %x is out of order", o.key)
		}
		ops, before = append(ops, o), o.key
	}
	return ops, b, nil
}

// parseOp reads one op from b; its key and value are appended to room.
func parseOp(before, room, b []byte) (o op, _, rest []byte, err error) {
	var same, more, length uint64
	for _, x := range []*uint64{&same, &more, &length} {
		if *x, b, err = cutUvarint(b); err != nil {
			return o, nil, nil, err
		}
	}
	size := length >> 1
	if same > uint64(len(before)) || more > uint64(len(b)) || size > uint64(len(b))-more || same+more > maxKeyLength {
		return o, nil, nil, errOps
	}
	at, keyLength := len(room), same+more
	room = append(append(append(room, before[:same]...), b[:more]...), b[more:more+size]...)
	both := room[at:len(room):len(room)]
	o = op{key: both[:keyLength:keyLength], value: both[keyLength:], del: length&1 != 0}
	o.head = headOf(o.key)
	return o, room, b[more+size:], nil
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
	return ops[min(search(low), end):end]
}
