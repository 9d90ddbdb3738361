package store

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
	"sort"
)

// A run is the changes of one or more transactions: of every index it names,
// in key order.
type run struct {
	id    uint64
	parts map[string]*part
}

// A part is what a run has of one index. It stays as it is coded, which is
// how it is written and merged; who reads one key finds it by the marks.
type part struct {
	count int    // of ops
	coded []byte // as appendOps writes them, without the count
	marks []mark
	keys  []byte // of the ops at marks
}

// A mark says where an op begins, and where its key is among those of marks.
// The first op has one, and then one in markEvery.
type mark struct{ at, key int }

const markEvery = 32

// size is how many changes it holds.
func (r *run) size() (n int) {
	for _, p := range r.parts {
		n += p.count
	}
	return n
}

// encode calls write with the run as bytes, piece by piece: for each index its
// name, how many its ops are, and those.
func (r *run) encode(write func([]byte) error) error {
	for _, name := range slices.Sorted(maps.Keys(r.parts)) {
		p := r.parts[name]
		head := append(binary.AppendUvarint(nil, uint64(len(name))), name...)
		if err := write(binary.AppendUvarint(head, uint64(p.count))); err != nil {
			return err
		}
		if err := write(p.coded); err != nil {
			return err
		}
	}
	return nil
}

// parseRun reads what encode wrote, and keeps it.
func parseRun(b []byte) (*run, error) {
	r := &run{parts: map[string]*part{}}
	for len(b) > 0 {
		n, rest, err := cutUvarint(b)
		if err != nil || n > uint64(len(rest)) {
			return nil, errOps
		}
		name := string(rest[:n])
		if r.parts[name], b, err = parsePart(rest[n:]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// parsePart reads a part, and returns what follows it.
func parsePart(b []byte) (p *part, rest []byte, err error) {
	c, err := readOps(b)
	if err != nil {
		return nil, nil, err
	}
	b, p = c.rest, &part{marks: make([]mark, 0, c.left/markEvery+1)}
	for {
		at := len(b) - len(c.rest)
		if err := c.next(); err != nil {
			return nil, nil, err
		}
		if !c.ok {
			p.coded = b[:at:at]
			return p, c.rest, nil
		}
		p.note(c.now.key, at)
	}
}

// note counts the op that begins at a place, and marks it if its turn has come.
func (p *part) note(key []byte, at int) {
	if p.count%markEvery == 0 {
		p.marks = append(p.marks, mark{at, len(p.keys)})
		p.keys = append(p.keys, key...)
	}
	p.count++
}

// add appends an op behind that with the key before, and returns its key in
// the memory of that.
func (p *part) add(before []byte, o *op) []byte {
	p.note(o.key, len(p.coded))
	same := sharedBy(before, o.key)
	p.coded = appendShared(p.coded, same, o)
	return append(before[:same], o.key[same:]...)
}

// markKey returns the key of the op at a mark.
func (p *part) markKey(i int) []byte {
	end := len(p.keys)
	if i+1 < len(p.marks) {
		end = p.marks[i+1].key
	}
	return p.keys[p.marks[i].key:end]
}

// lastMark returns the last mark whose key is not above the given one, -1 if
// there is none.
func (p *part) lastMark(key []byte) int {
	return sort.Search(len(p.marks), func(i int) bool { return bytes.Compare(p.markKey(i), key) > 0 }) - 1
}

// at returns a reader that is at a mark.
func (p *part) at(i int) (c opReader, err error) {
	if i >= len(p.marks) {
		return c, nil
	}
	c = opReader{rest: p.coded[p.marks[i].at:], left: p.count - i*markEvery}
	return c, c.start(p.markKey(i))
}

// from returns a reader that is at the first op whose key is not below low.
func (p *part) from(low []byte) (c opReader, err error) {
	if p == nil {
		return c, nil
	}
	if c, err = p.at(max(p.lastMark(low), 0)); err != nil {
		return c, err
	}
	return c, c.seek(low)
}
