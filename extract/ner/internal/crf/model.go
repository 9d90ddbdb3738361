package crf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"tenure/extract/ner/internal/feature"
)

// A Row is the weights of one feature: a byte for each label but Outside,
// 128 meaning zero.
type Row [2]uint64

// rowOf packs weights, in units of the model's scale.
func rowOf(weights *[Lanes]int8) (r Row) {
	for i, w := range weights {
		r[i/8] |= uint64(uint8(w)^0x80) << (8 * (i % 8))
	}
	return r
}

// A Model is the weights of a tagger. It is safe for concurrent use.
type Model struct {
	mask   uint64
	checks []uint16
	rows   []Row
	count  int
	scale  float32
	trans  Transitions // as factors
	exp    []float32   // exp[k] is the factor of a score k units below the best
}

// checkOf returns the bits of a feature that tell it from the others in its
// place.
func checkOf(f feature.Feature) uint16 { return uint16(f>>48) | 1 }

// Scale is the weight of one unit of a row.
const Scale = 1.0 / 24

// New returns a model of the given weights, one for each feature, and
// transitions.
func New(features []feature.Feature, weights [][Lanes]int8, trans *Transitions) *Model {
	size := 1
	for size < len(features)*4/3+2 {
		size *= 2
	}
	m := &Model{mask: uint64(size - 1), checks: make([]uint16, size), rows: make([]Row, size), scale: Scale}
	for i, f := range features {
		m.add(f, rowOf(&weights[i]))
	}
	m.setTransitions(trans)
	return m
}

func (m *Model) add(f feature.Feature, r Row) {
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
func (m *Model) setTransitions(trans *Transitions) {
	for _, e := range edges() {
		m.trans[e.from][e.to] = float32(math.Exp(float64(trans[e.from][e.to])))
	}
	m.exp = make([]float32, int(60/m.scale))
	for k := range m.exp {
		m.exp[k] = float32(math.Exp(-float64(k) * float64(m.scale)))
	}
}

const (
	evens = 0x00ff00ff00ff00ff
	flush = 256 // features after which 16 bits may overflow
)

// Factors computes the factor of every label from the features of a word,
// the best being 1.
func (m *Model) Factors(features []feature.Feature, out *[Labels]float32) {
	var sum [Labels]int32
	for len(features) > flush {
		m.sum(features[:flush], &sum)
		features = features[flush:]
	}
	m.sum(features, &sum)
	best := int32(0)
	for _, s := range sum[1:] {
		best = max(best, s)
	}
	for l, s := range sum {
		out[l] = m.exp[min(int(best-s), len(m.exp)-1)]
	}
}

// sum adds the weights of at most flush features to sum: eight bytes at a
// time, in 16-bit lanes.
func (m *Model) sum(features []feature.Feature, sum *[Labels]int32) {
	var a, b, c, d uint64
	n := int32(0)
	for _, f := range features {
		check := checkOf(f)
		i := uint64(f) & m.mask
		for m.checks[i] != check {
			if m.checks[i] == 0 {
				goto next
			}
			i = (i + 1) & m.mask
		}
		{
			r := &m.rows[i]
			a += r[0] & evens
			b += r[0] >> 8 & evens
			c += r[1] & evens
			d += r[1] >> 8 & evens
			n++
		}
	next:
	}
	for i := range 4 {
		shift := 16 * i
		sum[1+2*i] += int32(a>>shift&0xffff) - 128*n
		sum[2+2*i] += int32(b>>shift&0xffff) - 128*n
		sum[9+2*i] += int32(c>>shift&0xffff) - 128*n
		sum[10+2*i] += int32(d>>shift&0xffff) - 128*n
	}
}

// Marshal returns the form [Read] reads.
func (m *Model) Marshal() []byte {
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(m.checks)))
	for _, c := range m.checks {
		out = binary.LittleEndian.AppendUint16(out, c)
	}
	// Lane by lane, so that the many zeros of a lane compress.
	for lane := range Lanes {
		for i, r := range m.rows {
			if m.checks[i] != 0 {
				out = append(out, byte(r[lane/8]>>(8*(lane%8)))^0x80)
			}
		}
	}
	for _, e := range edges() {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(math.Log(float64(m.trans[e.from][e.to])))))
	}
	return out
}

var errModel = errors.New("read model: damaged")

// readRows fills the rows in use from the columns of their weights.
func (m *Model) readRows(columns []byte) {
	var column [Lanes][]byte
	for lane := range column {
		column[lane] = columns[lane*m.count:][:m.count]
	}
	k := 0
	for i, c := range m.checks {
		if c == 0 {
			continue
		}
		var r Row
		for lane := range Lanes / 2 {
			r[0] |= uint64(column[lane][k]) << (8 * lane)
			r[1] |= uint64(column[lane+8][k]) << (8 * lane)
		}
		m.rows[i] = Row{r[0] ^ zeroes, r[1] ^ zeroes}
		k++
	}
}

// zeroes is eight weights of zero in a row.
const zeroes = 0x8080808080808080

// Read reads what Marshal wrote and returns the rest of data.
func Read(data []byte) (*Model, []byte, error) {
	if len(data) < 4 {
		return nil, nil, errModel
	}
	n := int(binary.LittleEndian.Uint32(data))
	data = data[4:]
	if n <= 0 || n&(n-1) != 0 || len(data) < 2*n {
		return nil, nil, errModel
	}
	m := &Model{mask: uint64(n - 1), checks: make([]uint16, n), rows: make([]Row, n), scale: Scale}
	for i := range m.checks {
		m.checks[i] = binary.LittleEndian.Uint16(data[2*i:])
		if m.checks[i] != 0 {
			m.count++
		}
	}
	data = data[2*n:]
	list := edges()
	if want := Lanes*m.count + 4*len(list); len(data) < want || m.count == n {
		return nil, nil, fmt.Errorf("%w: %d bytes of weights, want %d", errModel, len(data), want)
	}
	m.readRows(data)
	data = data[Lanes*m.count:]
	var trans Transitions
	for i, e := range list {
		trans[e.from][e.to] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	m.setTransitions(&trans)
	return m, data[4*len(list):], nil
}
