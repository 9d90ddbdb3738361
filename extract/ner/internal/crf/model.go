package crf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"tenure/extract/ner/internal/feature"
)

// Looks is the number of times a document is looked at; a feature has
// weights for each.
const Looks = 2

// A Weights is what a feature weighs in one look, for each label but
// Outside, in units of Scale.
type Weights [Lanes]int8

// A row is the weights of one feature, look by look: a byte for each label,
// 128 meaning zero.
type row [2 * Looks]uint64

const zeroes = 0x8080808080808080 // eight weights of zero in a row

func rowOf(weights *[Looks]Weights) (r row) {
	for look := range weights {
		for i, w := range weights[look] {
			r[2*look+i/8] |= uint64(uint8(w)^0x80) << (8 * (i % 8))
		}
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
}

// checkOf returns the bits of a feature that tell it from the others in its
// place.
func checkOf(f feature.Feature) uint16 { return uint16(f>>48) | 1 }

// Scale is the score of one unit of weight.
const Scale = 1.0 / 24

// New returns a model of the given weights, one for each feature, and
// transitions, one for each look.
func New(features []feature.Feature, weights [][Looks]Weights, trans *[Looks]Transitions) *Model {
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

// A Sum is the weights of the features of a word in all looks, eight bytes
// at a time added up in 16-bit lanes. The zero value has no features.
type Sum struct {
	lanes [4 * Looks]uint64
	n     int32
}

const (
	evens       = 0x00ff00ff00ff00ff
	maxFeatures = 256 // with more, 16 bits may overflow
)

// Add adds the weights of features to s. The weights of both looks lie
// together, so that the second look need not gather them again.
func (m *Model) Add(s *Sum, features []feature.Feature) {
	features = features[:min(len(features), maxFeatures-int(s.n))]
	for _, f := range features {
		check := checkOf(f)
		i := uint64(f) & m.mask
		for m.checks[i] != check && m.checks[i] != 0 {
			i = (i + 1) & m.mask
		}
		if m.checks[i] == 0 {
			continue
		}
		r := &m.rows[i]
		s.lanes[0] += r[0] & evens
		s.lanes[1] += r[0] >> 8 & evens
		s.lanes[2] += r[1] & evens
		s.lanes[3] += r[1] >> 8 & evens
		s.lanes[4] += r[2] & evens
		s.lanes[5] += r[2] >> 8 & evens
		s.lanes[6] += r[3] & evens
		s.lanes[7] += r[3] >> 8 & evens
		s.n++
	}
}

// Factors computes the factor of every label in a look, the best being 1.
func (m *Model) Factors(s *Sum, look int, out *[Labels]float32) {
	lanes := s.lanes[4*look : 4*look+4]
	var sum [Labels]int32
	best, zero := int32(0), 128*s.n
	for i := range 4 {
		shift := 16 * i
		for k, lane := range lanes {
			v := int32(lane>>shift&0xffff) - zero
			sum[1+8*(k/2)+2*i+k%2] = v
			best = max(best, v)
		}
	}
	for l, v := range sum {
		out[l] = m.exp[min(int(best-v), len(m.exp)-1)]
	}
}

// Marshal returns the form [Read] reads.
func (m *Model) Marshal() []byte {
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(m.checks)))
	for _, c := range m.checks {
		out = binary.LittleEndian.AppendUint16(out, c)
	}
	for word := range len(row{}) {
		for i, r := range m.rows {
			if m.checks[i] != 0 {
				out = binary.LittleEndian.AppendUint64(out, r[word]^zeroes)
			}
		}
	}
	for look := range m.trans {
		for _, e := range edges() {
			weight := math.Log(float64(m.trans[look][e.from][e.to]))
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(weight)))
		}
	}
	return out
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
	if want := Looks * (Lanes*m.count + 4*len(list)); len(data) != want || m.count == n {
		return nil, fmt.Errorf("%w: %d bytes of weights, want %d", errModel, len(data), want)
	}
	m.readRows(data)
	data = data[Looks*Lanes*m.count:]
	var trans [Looks]Transitions
	for look := range trans {
		for _, e := range list {
			trans[look][e.from][e.to] = math.Float32frombits(binary.LittleEndian.Uint32(data))
			data = data[4:]
		}
	}
	m.setTransitions(&trans)
	return m, nil
}

// readRows fills the rows in use: the first eight weights of all, then the
// next eight, and so on.
func (m *Model) readRows(data []byte) {
	var columns [len(row{})][]byte
	for word := range columns {
		columns[word] = data[8*word*m.count:][:8*m.count]
	}
	at := 0
	for i, c := range m.checks {
		if c == 0 {
			continue
		}
		r := &m.rows[i]
		r[0] = binary.LittleEndian.Uint64(columns[0][at:]) ^ zeroes
		r[1] = binary.LittleEndian.Uint64(columns[1][at:]) ^ zeroes
		r[2] = binary.LittleEndian.Uint64(columns[2][at:]) ^ zeroes
		r[3] = binary.LittleEndian.Uint64(columns[3][at:]) ^ zeroes
		at += 8
	}
}
