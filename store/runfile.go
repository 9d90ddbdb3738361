package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"maps"
	"slices"

	"go.etcd.io/bbolt"
)

// Runs are in rows under their ascending numbers. Of one that has many the
// marks are written, too, so that who reads a key reads a row or two, and not
// all of it first. What does not know of marks finds the same run without.
var (
	freshRuns = []byte("store.fresh") // number of the run, of the row: part of the run
	runMarks  = []byte("store.marks") // the same: part of its marks
)

// defaultRow is how long rows are. Two of them fill four pages: bolt keeps at
// least two together and writes both anew when one changes, which must not be
// a whole run.
const defaultRow = 8000

// markedRows is how many rows a run has at most to have no marks.
const markedRows = 4

func rowKey(run uint64, n uint32) []byte { return Key(run, n) }

// A rowWriter writes rows of a run, or of its marks.
type rowWriter struct {
	bucket *bbolt.Bucket
	run    uint64
	most   int    // bytes of a row
	n      uint32 // of the row that is being filled
	row    []byte
	size   int // of all rows
}

// room makes sure that n bytes have room in a row with what is in it, unless
// that is empty.
func (w *rowWriter) room(n int) error {
	if len(w.row) > valueHeader && len(w.row)+n > valueHeader+w.most {
		return w.flush()
	}
	return nil
}

func (w *rowWriter) append(b []byte) {
	if len(w.row) == 0 {
		w.row = make([]byte, valueHeader, valueHeader+max(len(b), w.most))
	}
	w.row, w.size = append(w.row, b...), w.size+len(b)
}

func (w *rowWriter) flush() error {
	if len(w.row) == 0 {
		return nil
	}
	key := rowKey(w.run, w.n)
	err := w.bucket.Put(key, sealRaw(key, w.row))
	w.n, w.row = w.n+1, nil
	return err
}

// putRun gives a run a number and stores it.
func (tx *Tx) putRun(r *run) error {
	b, err := tx.bolt.CreateBucketIfNotExists(freshRuns)
	if err != nil {
		return err
	}
	if r.id, err = b.NextSequence(); err != nil {
		return err
	}
	w := &rowWriter{bucket: b, run: r.id, most: tx.db.opts.row}
	var marks []byte
	for _, name := range slices.Sorted(maps.Keys(r.parts)) {
		p := r.parts[name]
		n, list, err := w.part(name, p)
		if err != nil {
			return err
		}
		marks = binary.AppendUvarint(appendName(marks, name), uint64(p.count))
		marks = append(binary.AppendUvarint(marks, uint64(n)), list...)
	}
	if err := w.flush(); err != nil || w.size <= markedRows*w.most {
		return err
	}
	return tx.putMarks(r.id, marks)
}

// putMarks stores the marks of a run: for each part its name, how many its ops
// are, how many marks, and those.
func (tx *Tx) putMarks(run uint64, marks []byte) error {
	b, err := tx.bolt.CreateBucketIfNotExists(runMarks)
	if err != nil {
		return err
	}
	w := &rowWriter{bucket: b, run: run, most: tx.db.opts.row}
	for some := range slices.Chunk(marks, w.most) {
		w.append(some)
		if err := w.flush(); err != nil {
			return err
		}
	}
	return nil
}

// part writes a part: its name, how many its ops are, and those. It returns
// the marks of where they go on in another row, and how many these are.
func (w *rowWriter) part(name string, p *part) (n int, marks []byte, err error) {
	head := binary.AppendUvarint(appendName(nil, name), uint64(p.count))
	if err := w.room(len(head)); err != nil {
		return 0, nil, err
	}
	w.append(head)
	row := int64(-1) // of the last mark
	for i, m := range p.marks {
		end := len(p.coded)
		if i+1 < len(p.marks) {
			end = p.marks[i+1].at
		}
		if err := w.room(end - m.at); err != nil {
			return 0, nil, err
		}
		if row != int64(w.n) {
			row = int64(w.n)
			marks = appendMark(marks, mark{at: max(len(w.row)-valueHeader, 0), before: m.before, row: w.n}, p.markKey(i))
			n++
		}
		w.append(p.coded[m.at:end])
	}
	return n, marks, nil
}

func appendName(b []byte, name string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(name))), name...)
}

// appendMark writes a mark: how many ops are before it, the row, where it is
// there, and its key after the length of that.
func appendMark(b []byte, m mark, key []byte) []byte {
	for _, x := range []int{m.before, int(m.row), m.at, len(key)} {
		b = binary.AppendUvarint(b, uint64(x))
	}
	return append(b, key...)
}

// parseMarks reads the marks of a run, which stays in the file.
func parseMarks(b []byte) (*run, error) {
	r := &run{parts: map[string]*part{}, stored: true}
	for len(b) > 0 {
		n, rest, err := cutUvarint(b)
		if err != nil || n > uint64(len(rest)) {
			return nil, errOps
		}
		p := &part{stored: true}
		r.parts[string(rest[:n])] = p
		if b, err = p.parseMarks(rest[n:]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (p *part) parseMarks(b []byte) (rest []byte, err error) {
	var numbers [4]int
	if b, err = cutInts(b, numbers[:2]); err != nil || numbers[1] > len(b) || (numbers[0] == 0) != (numbers[1] == 0) {
		return nil, errOps
	}
	p.count = numbers[0]
	p.marks = make([]mark, numbers[1])
	least := 0
	for i := range p.marks {
		if b, err = cutInts(b, numbers[:]); err != nil {
			return nil, err
		}
		before, row, at, length := numbers[0], numbers[1], numbers[2], numbers[3]
		if before < least || before >= p.count || i == 0 && before > 0 || length > len(b) {
			return nil, errOps
		}
		p.marks[i] = mark{at: at, key: len(p.keys), before: before, row: uint32(row)}
		p.keys, b, least = append(p.keys, b[:length]...), b[length:], before+1
	}
	return b, nil
}

// cutInts takes numbers off b.
func cutInts(b []byte, numbers []int) (rest []byte, err error) {
	for i := range numbers {
		var x uint64
		if x, b, err = cutUvarint(b); err != nil || x > 1<<31 {
			return nil, errOps
		}
		numbers[i] = int(x)
	}
	return b, nil
}

// freshRuns returns the runs this transaction sees, the newest first.
func (tx *Tx) freshRuns() ([]*run, error) {
	if tx.bulk.loaded {
		return tx.bulk.runs, nil
	}
	var runs []*run
	if b := tx.bucket(freshRuns); b != nil {
		c := b.Cursor()
		for k, _ := c.Last(); k != nil; k, _ = c.Prev() {
			r, err := tx.findRun(k)
			if err != nil {
				return nil, tx.damaged("run %x: %v", k, err)
			}
			runs = append(runs, r)
			c.Seek(Key(r.id)) // its first row
		}
	}
	tx.bulk.runs, tx.bulk.loaded = runs, true
	return runs, nil
}

// findRun returns the run that a row is of, if it can from memory.
func (tx *Tx) findRun(row []byte) (*run, error) {
	if len(row) != len(rowKey(0, 0)) {
		return nil, errOps
	}
	id := binary.BigEndian.Uint64(row)
	if r := tx.db.runs.find(id); r != nil {
		return r, nil
	}
	marks, err := tx.joined(runMarks, id)
	if err != nil {
		return nil, err
	}
	if len(marks) == 0 {
		return tx.wholeRun(id)
	}
	r, err := parseMarks(marks)
	if err != nil {
		return nil, err
	}
	r.id = id
	tx.db.runs.add(r)
	return r, nil
}

// wholeRun returns a run with all that is in it.
func (tx *Tx) wholeRun(id uint64) (*run, error) {
	all, err := tx.joined(freshRuns, id)
	if err != nil {
		return nil, err
	}
	r, err := parseRun(all)
	if err != nil {
		return nil, err
	}
	r.id = id
	tx.db.runs.add(r)
	return r, nil
}

// wholeRuns returns runs with all that is in them.
func (tx *Tx) wholeRuns(runs []*run) ([]*run, error) {
	whole := slices.Clone(runs)
	for i, r := range runs {
		if !r.stored {
			continue
		}
		var err error
		if whole[i], err = tx.wholeRun(r.id); err != nil {
			return nil, tx.damaged("run %d: %v", r.id, err)
		}
	}
	return whole, nil
}

// joined returns all rows of a run in a bucket as one.
func (tx *Tx) joined(bucket []byte, run uint64) ([]byte, error) {
	b := tx.bucket(bucket)
	if b == nil {
		return nil, nil
	}
	var rows [][]byte
	c, prefix := b.Cursor(), Key(run)
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		text, err := tx.db.codec.decode(k, v)
		if err != nil || !bytes.Equal(k, rowKey(run, uint32(len(rows)))) {
			return nil, cmp.Or(err, errOps)
		}
		rows = append(rows, text)
	}
	return slices.Concat(rows...), nil
}

// rowsOf returns what reads rows of a run that is stored.
func (tx *Tx) rowsOf(r *run) rowReader {
	return func(n uint32) ([]byte, error) {
		key := rowKey(r.id, n)
		value := tx.bucket(freshRuns).Get(key)
		text, err := tx.db.codec.decode(key, value)
		if err != nil {
			return nil, tx.damaged("run %d, row %d: %v", r.id, n, err)
		}
		return text, nil
	}
}

// deleteRun removes what putRun stored.
func (tx *Tx) deleteRun(id uint64) error {
	for _, name := range [][]byte{freshRuns, runMarks} {
		b := tx.bucket(name)
		if b == nil {
			continue
		}
		for n := uint32(0); ; n++ {
			key := rowKey(id, n)
			if b.Get(key) == nil {
				break
			}
			if err := b.Delete(key); err != nil {
				return err
			}
		}
	}
	return nil
}
