package block

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
)

// A Tree asks Depth questions, the same on every way down, and answers with
// one of 1<<Depth log odds. A question is whether a column is above a value.
type Tree struct {
	Column []uint16
	Above  []float32
	Leaf   []float32
}

// A Model tells content from boilerplate in two passes: the first judges each
// block for itself, the second again in the light of what the first made of
// the blocks around it.
type Model struct {
	Classes, Texts Lexicon
	Bias           [2]float32
	Trees          [2][]Tree
	Cut            float32 // the log odds above which a block is kept
}

// Class implements Rater.
func (m *Model) Class(token uint32) float32 { return m.Classes.At(token) }

// Word implements Rater.
func (m *Model) Word(token uint32) float32 { return m.Texts.At(token) }

// Sum adds up what the trees say of a row. Answers are as good as random to
// the processor, so that they are computed and not branched on.
func Sum(trees []Tree, bias float32, row []float32) float32 {
	v := bias
	for i := range trees {
		t := &trees[i]
		leaf, above := 0, t.Above[:len(t.Column)]
		for k, c := range t.Column {
			yes := 0
			if row[c] > above[k] {
				yes = 1
			}
			leaf |= yes << (k & 31)
		}
		v += t.Leaf[leaf]
	}
	return v
}

// hopeless is the log odds below which a block is not judged a second time.
const hopeless = -4.5

// Half of a page's blocks are menus and the like, as the first few trees
// already tell: below dim none of them has ever come to anything.
const (
	glance     = 30
	dim        = -2.5
	outOfSight = -6
)

// first returns the log odds of the first pass.
func (m *Model) first(row []float32) float32 {
	n := min(glance, len(m.Trees[0]))
	v := Sum(m.Trees[0][:n], m.Bias[0], row)
	if v < dim {
		return outOfSight
	}
	return Sum(m.Trees[0][n:], v, row)
}

// Score returns the log odds of every block to be content. The result is
// valid until the page is walked again.
func (m *Model) Score(p *Page, said Said) []float32 {
	p.rows = Features(p.rows, p, said, m)
	once := p.odds[:0]
	for i := range p.Blocks {
		once = append(once, m.first(p.rows[i*Columns:(i+1)*Columns]))
	}
	c := NewContext(p, once)
	var row [Columns + Contexts]float32
	for i := range p.Blocks {
		v := once[i]
		if v > hopeless {
			copy(row[:], p.rows[i*Columns:(i+1)*Columns])
			c.Fill(row[Columns:], i)
			v = Sum(m.Trees[1], m.Bias[1], row[:])
		}
		once = append(once, v)
	}
	p.odds = once
	return once[len(p.Blocks):]
}

// A Lexicon maps hashes to log odds. The zero Lexicon is empty.
type Lexicon struct {
	keys   []uint32 // open addressing; 0 is free
	values []int8   // in sixteenths
	n      int
}

// NewLexicon returns a table of the given log odds, which it rounds to
// sixteenths between -7.9 and 7.9.
func NewLexicon(of map[uint32]float32) Lexicon {
	size := 16
	for size < 2*len(of) {
		size *= 2
	}
	l := Lexicon{keys: make([]uint32, size), values: make([]int8, size)}
	for _, k := range slices.Sorted(maps.Keys(of)) {
		l.put(k, int8(math.Round(float64(min(max(of[k], -7.9), 7.9)*16))))
	}
	return l
}

func (l *Lexicon) put(key uint32, v int8) {
	if key == 0 || v == 0 {
		return
	}
	mask := uint32(len(l.keys) - 1)
	i := key & mask
	for l.keys[i] != 0 && l.keys[i] != key {
		i = (i + 1) & mask
	}
	if l.keys[i] == 0 {
		l.n++
	}
	l.keys[i], l.values[i] = key, v
}

// At returns the log odds of a hash, 0 if it is not known.
func (l *Lexicon) At(key uint32) float32 {
	if l.n == 0 || key == 0 {
		return 0
	}
	mask := uint32(len(l.keys) - 1)
	for i := key & mask; l.keys[i] != 0; i = (i + 1) & mask {
		if l.keys[i] == key {
			return float32(l.values[i]) / 16
		}
	}
	return 0
}

// Len returns how many hashes the lexicon knows.
func (l *Lexicon) Len() int { return l.n }

// magic begins a stored model; its last byte is the format's version.
var magic = [8]byte{'t', 'e', 'n', 'b', 'l', 'o', 'k', 1}

// WriteTo stores the model.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	b.Write(magic[:])
	put := func(v any) {
		if err := binary.Write(&b, binary.LittleEndian, v); err != nil {
			panic(err) // fixed-size values to memory
		}
	}
	put(uint32(Columns))
	put(uint32(Contexts))
	put(m.Cut)
	for k, trees := range m.Trees {
		put(m.Bias[k])
		put(uint32(len(trees)))
		for _, t := range trees {
			put(uint8(len(t.Column)))
			put(t.Column)
			put(t.Above)
			put(t.Leaf)
		}
	}
	for _, l := range []*Lexicon{&m.Classes, &m.Texts} {
		put(uint32(l.n))
		for i, k := range l.keys {
			if k != 0 {
				put(k)
				put(l.values[i])
			}
		}
	}
	n, err := w.Write(b.Bytes())
	return int64(n), err
}

var errModel = errors.New("block model: wrong format")

// ReadModel reads a stored model.
func ReadModel(b []byte) (*Model, error) {
	r := bytes.NewReader(b)
	var err error
	get := func(v any) {
		if err == nil {
			err = binary.Read(r, binary.LittleEndian, v)
		}
	}
	count := func() int {
		var n uint32
		get(&n)
		if int64(n) > int64(r.Len()) {
			err = errModel
			return 0
		}
		return int(n)
	}
	var head [8]byte
	var columns, contexts uint32
	m := new(Model)
	get(&head)
	get(&columns)
	get(&contexts)
	get(&m.Cut)
	if err != nil || head != magic || columns != uint32(Columns) || contexts != uint32(Contexts) {
		return nil, errModel
	}
	for k := range m.Trees {
		get(&m.Bias[k])
		m.Trees[k] = make([]Tree, count())
		for i := range m.Trees[k] {
			var depth uint8
			get(&depth)
			if depth > 12 {
				return nil, errModel
			}
			t := Tree{make([]uint16, depth), make([]float32, depth), make([]float32, 1<<depth)}
			get(t.Column)
			get(t.Above)
			get(t.Leaf)
			m.Trees[k][i] = t
		}
	}
	for _, l := range []*Lexicon{&m.Classes, &m.Texts} {
		n := count()
		*l = NewLexicon(nil)
		l.keys, l.values = sized(n)
		for range n {
			var key uint32
			var v int8
			get(&key)
			get(&v)
			l.put(key, v)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %v", errModel, err)
	}
	return m, m.check()
}

func sized(n int) ([]uint32, []int8) {
	size := 16
	for size < 2*n {
		size *= 2
	}
	return make([]uint32, size), make([]int8, size)
}

// check makes sure that no tree asks for a column that is not there.
func (m *Model) check() error {
	for k, trees := range m.Trees {
		for _, t := range trees {
			for _, c := range t.Column {
				if int(c) >= Columns+k*Contexts {
					return errModel
				}
			}
		}
	}
	return nil
}
