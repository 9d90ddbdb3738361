package crf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"tenure/extract/ner/internal/feature"
)

// Looks is the number of times a document is looked at. What a later look
// sees is added to what the first saw; each has its own transitions.
const Looks = 2

// A Weights is what a feature weighs for each label but Outside, in units of
// Scale.
type Weights [Lanes]int8

// A row is the weights of one feature: a byte for each label, 128 meaning
// zero.
type row struct {
	labels [2]uint64
	input  uint32 // which row of the hidden units it has; 0 is none
}

const zeroes = 0x8080808080808080 // eight weights of zero in a row

func rowOf(weights *Weights) (r row) {
	for i, w := range weights {
		r.labels[i/8] |= uint64(uint8(w)^0x80) << (8 * (i % 8))
	}
	return r
}

// A Model is the weights of a tagger. It is safe for concurrent use.
type Model struct {
	mask   uint64
	checks []uint16
	rows   []row
	count  int
	trans  [Looks]Transitions // as factors
	exp    []float32          // exp[k] is the factor of a score k units below the best

	layer *layer // nil where there are no hidden units
}

// checkOf returns the bits of a feature that tell it from the others in its
// place.
func checkOf(f feature.Feature) uint16 { return uint16(f>>48) | 1 }

// Scale is the score of one unit of weight.
const Scale = 1.0 / 24

// New returns a model of the given weights, one for each feature, and
// transitions, one for each look.
func New(features []feature.Feature, weights []Weights, trans *[Looks]Transitions) *Model {
	size := 1
	for size < len(features)*4/3+2 {
		size *= 2
	}
	m := &Model{mask: uint64(size - 1), checks: make([]uint16, size), rows: make([]row, size)}
	for i, f := range features {
		m.add(f, rowOf(&weights[i]))
	}
	m.setTransitions(trans)
	return m
}

func (m *Model) add(f feature.Feature, r row) {
	check := checkOf(f)
	i := uint64(f) & m.mask
	for ; m.checks[i] != 0; i = (i + 1) & m.mask {
		if m.checks[i] == check {
			return
		}
	}
	m.checks[i] = check
	m.rows[i] = r
	m.count++
}

// find returns the place of a feature that has weights.
func (m *Model) find(f feature.Feature) uint64 {
	i := uint64(f) & m.mask
	for check := checkOf(f); m.checks[i] != check; i = (i + 1) & m.mask {
		if m.checks[i] == 0 {
			panic(fmt.Sprintf("crf: feature %x has no weights", uint64(f)))
		}
	}
	return i
}

// Len returns the number of features that have weights.
func (m *Model) Len() int { return m.count }

// setTransitions sets the factors, and prepares those of scores.
func (m *Model) setTransitions(trans *[Looks]Transitions) {
	for look := range trans {
		for _, e := range edges() {
			m.trans[look][e.from][e.to] = float32(math.Exp(float64(trans[look][e.from][e.to])))
		}
	}
	m.exp = make([]float32, 60/Scale)
	for k := range m.exp {
		m.exp[k] = float32(math.Exp(-float64(k) * Scale))
	}
}

// A Sum is the weights of the features of a word, eight bytes at a time added
// up in 16-bit lanes. The zero value has no features.
type Sum struct {
	lanes  [4]uint64
	n      int32
	inputs int32 // of the hidden units
	units  unitRow
	fired  bool         // the scores are those of the units
	scores [Lanes]int32 // what the units give the labels
}

const (
	evens       = 0x00ff00ff00ff00ff
	maxFeatures = 256 // with more, 16 bits may overflow
)

// Add adds the weights of features to s. A later look adds its own to those
// of the first.
func (m *Model) Add(s *Sum, features []feature.Feature) {
	features = features[:min(len(features), maxFeatures-int(s.n))]
	var found [maxFeatures]uint32
	n := 0
	for _, f := range features { // apart from the sums, so that look-ups need not wait for each other
		check := checkOf(f)
		i := uint64(f) & m.mask
		for m.checks[i] != check && m.checks[i] != 0 {
			i = (i + 1) & m.mask
		}
		found[n] = uint32(i)
		if m.checks[i] != 0 {
			n++
		}
	}
	for _, i := range found[:n] {
		r := &m.rows[i]
		s.lanes[0] += r.labels[0] & evens
		s.lanes[1] += r.labels[0] >> 8 & evens
		s.lanes[2] += r.labels[1] & evens
		s.lanes[3] += r.labels[1] >> 8 & evens
		if r.input != 0 && s.inputs < maxInputs {
			s.units.add(&m.layer.rows[r.input])
			s.inputs++
		}
	}
	s.n += int32(n)
}

// Factors computes the factor of every label, the best being 1.
func (m *Model) Factors(s *Sum, out *[Labels]float32) {
	var sum [Labels]int32
	m.Scores(s, (*[Lanes]int32)(sum[1:]))
	best := int32(0)
	for _, v := range sum {
		best = max(best, v)
	}
	for l, v := range sum {
		out[l] = m.exp[min(int(best-v), len(m.exp)-1)]
	}
}

// Scores computes the score of every label but Outside, whose is 0, in units
// of Scale.
func (m *Model) Scores(s *Sum, out *[Lanes]int32) {
	if m.layer != nil && !s.fired {
		m.fire(s)
		s.fired = true
	}
	zero := 128 * s.n
	for i := range 4 {
		shift := 16 * i
		for k, lane := range &s.lanes {
			at := 8*(k/2) + 2*i + k%2
			out[at] = int32(lane>>shift&0xffff) - zero + s.scores[at]
		}
	}
}

// Marshal returns the form [Read] reads.
func (m *Model) Marshal() []byte {
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(m.checks)))
	for _, c := range m.checks {
		out = binary.LittleEndian.AppendUint16(out, c)
	}
	for word := range len(row{}.labels) {
		for i := range m.rows {
			if m.checks[i] != 0 {
				out = binary.LittleEndian.AppendUint64(out, m.rows[i].labels[word]^zeroes)
			}
		}
	}
	for look := range m.trans {
		for _, e := range edges() {
			weight := math.Log(float64(m.trans[look][e.from][e.to]))
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(weight)))
		}
	}
	return m.appendLayer(out)
}

var errModel = errors.New("read model: damaged")

// Read reads what Marshal wrote.
func Read(data []byte) (*Model, error) {
	if len(data) < 4 {
		return nil, errModel
	}
	n := int(binary.LittleEndian.Uint32(data))
	data = data[4:]
	if n <= 0 || n&(n-1) != 0 || len(data) < 2*n {
		return nil, errModel
	}
	m := &Model{mask: uint64(n - 1), checks: make([]uint16, n), rows: make([]row, n)}
	for i := range m.checks {
		m.checks[i] = binary.LittleEndian.Uint16(data[2*i:])
		if m.checks[i] != 0 {
			m.count++
		}
	}
	data = data[2*n:]
	list := edges()
	if want := Lanes*m.count + 4*Looks*len(list); len(data) < want || m.count == n {
		return nil, fmt.Errorf("%w: %d bytes of weights, want %d", errModel, len(data), want)
	}
	m.readRows(data)
	data = data[Lanes*m.count:]
	var trans [Looks]Transitions
	for look := range trans {
		for _, e := range list {
			trans[look][e.from][e.to] = math.Float32frombits(binary.LittleEndian.Uint32(data))
			data = data[4:]
		}
	}
	m.setTransitions(&trans)
	return m, m.readLayer(data)
}

// readRows fills the rows in use: the first eight weights of all, then the
// next eight, and so on.
func (m *Model) readRows(data []byte) {
	var columns [len(row{}.labels)][]byte
	for word := range columns {
		columns[word] = data[8*word*m.count:][:8*m.count]
	}
	at := 0
	for i, c := range m.checks {
		if c == 0 {
			continue
		}
		r := &m.rows[i]
		r.labels[0] = binary.LittleEndian.Uint64(columns[0][at:]) ^ zeroes
		r.labels[1] = binary.LittleEndian.Uint64(columns[1][at:]) ^ zeroes
		at += 8
	}
}
