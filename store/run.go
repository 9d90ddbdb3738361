package store

import (
	"bytes"
	"sort"
)

// A run is the changes of one or more transactions: of every index it names,
// in key order.
type run struct {
	id     uint64
	parts  map[string]*part
	stored bool // so are its parts
}

// A part is what a run has of one index. It stays as it is coded, which is
// how it is written and merged; who reads one key finds it by the marks. That
// of a run which was found in the file is left there.
type part struct {
	count  int    // of ops
	coded  []byte // as appendOps writes them, without the count
	marks  []mark
	keys   []byte // of the ops at marks
	stored bool   // coded is empty: ops are in rows of the file
}

// A mark says where an op is.
type mark struct {
	at, key int    // where the op begins, and where its key is among those of marks
	before  int    // ops of the part before it
	row     uint32 // in which it is, if the part is stored
}

const markEvery = 32 // ops, of a part that is not stored

// A rowReader returns a row of a run.
type rowReader func(n uint32) ([]byte, error)

// size is how many changes it holds.
func (r *run) size() (n int) {
	for _, p := range r.parts {
		n += p.count
	}
	return n
}

// parseRun reads the rows of a run, joined, and keeps them.
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
		p.marks = append(p.marks, mark{at: at, key: len(p.keys), before: p.count})
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

// at returns a reader that is at a mark. If the part is stored, it ends at the
// next one.
func (p *part) at(i int, rows rowReader) (c opReader, err error) {
	m, b, end := p.marks[i], p.coded, p.count
	if p.stored {
		if b, err = rows(m.row); err != nil {
			return c, err
		}
		if m.at > len(b) {
			return c, errOps
		}
		if i+1 < len(p.marks) {
			end = p.marks[i+1].before
		}
	}
	c = opReader{rest: b[m.at:], left: end - m.before}
	return c, c.start(p.markKey(i))
}

// source returns a source of the part's ops from low on, or back from high.
func (p *part) source(low, high []byte, back bool, rows rowReader) (source, error) {
	switch {
	case len(p.marks) == 0:
		return &listSource{}, nil
	case back:
		return newPartBackSource(p, high, rows)
	}
	return newPartSource(p, low, rows)
}

// A partSource yields the ops of a part in order.
type partSource struct {
	opReader
	part *part
	rows rowReader
	mark int
}

// newPartSource starts at the first op whose key is not below low.
func newPartSource(p *part, low []byte, rows rowReader) (s *partSource, err error) {
	s = &partSource{part: p, rows: rows, mark: max(p.lastMark(low), 0)}
	if s.opReader, err = p.at(s.mark, rows); err != nil {
		return nil, err
	}
	if err := s.seek(low); err != nil {
		return nil, err
	}
	return s, s.refill()
}

func (s *partSource) next() error {
	if err := s.opReader.next(); err != nil {
		return err
	}
	return s.refill()
}

// refill goes on to the next mark if the ops of this one are used up.
func (s *partSource) refill() (err error) {
	for !s.ok && s.part.stored && s.mark+1 < len(s.part.marks) && err == nil {
		s.mark++
		s.opReader, err = s.part.at(s.mark, s.rows)
	}
	return err
}

// A partBackSource yields the ops of a part against their order.
type partBackSource struct {
	listSource
	part *part
	rows rowReader
	mark int // of the list
}

// newPartBackSource starts at the last op below high, nil meaning the end.
func newPartBackSource(p *part, high []byte, rows rowReader) (*partBackSource, error) {
	s := &partBackSource{part: p, rows: rows, mark: len(p.marks) - 1}
	if high != nil {
		s.mark = p.lastMark(high)
	}
	s.back = true
	if s.mark < 0 {
		return s, nil
	}
	if err := s.load(); err != nil {
		return nil, err
	}
	s.ops = between(s.ops, nil, high)
	return s, s.refill()
}

// load lists the ops from one mark to the next.
func (s *partBackSource) load() error {
	end := s.part.count
	if s.mark+1 < len(s.part.marks) {
		end = s.part.marks[s.mark+1].before
	}
	r, err := s.part.at(s.mark, s.rows)
	if err == nil {
		s.ops, err = r.list(end - s.part.marks[s.mark].before)
	}
	return err
}

func (s *partBackSource) next() error {
	_ = s.listSource.next() // never fails
	return s.refill()
}

// refill goes back to the mark before if the ops of this one are used up.
func (s *partBackSource) refill() error {
	if len(s.ops) > 0 || s.mark == 0 {
		return nil
	}
	s.mark--
	return s.load()
}
