package crf

import (
	"encoding/binary"

	"tenure/extract/ner/internal/feature"
)

// Units is the number of hidden units of a layer.
const Units = 32

// A Layer is hidden units between what is seen of a word and its labels: a
// unit adds up its weights for the features that have any and for the
// vectors of the words around, and passes on what is above zero. It sees
// what features weigh only together.
type Layer struct {
	Features []feature.Feature // those that have weights
	In       [][Units]int8     // of each, in units of InScale
	Words    [feature.Window]WordIn
	Bias     [Units]int16
	Out      [Units][Lanes]int8 // of each label but Outside, in units of OutScale
}

// A WordIn is the weights of the pieces of a word's vector at one place.
type WordIn [feature.Books][feature.Entries][Units]int8

// The units of weights into and out of a layer.
const (
	InScale  = 1.0 / 64
	OutScale = 1.0 / 32
)

// A unitRow is the weights of one input into the units, or a sum of such, in
// 16-bit lanes, 128 meaning zero for each of the inputs.
type unitRow [Units / 4]uint64

func (s *unitRow) add(r *unitRow) {
	s[0] += r[0] // a loop takes twice as long
	s[1] += r[1]
	s[2] += r[2]
	s[3] += r[3]
	s[4] += r[4]
	s[5] += r[5]
	s[6] += r[6]
	s[7] += r[7]
}

// at returns the weight of unit k.
func (s *unitRow) at(k int) int32 { return int32(s[k/4] >> (k % 4 * 16) & 0xffff) }

// A layer is a Layer as it is computed with.
type layer struct {
	rows  []unitRow // of the features; the first of none
	words [feature.Books][feature.Entries][feature.Window]unitRow
	bias  [Units]int32
	out   [Units][Lanes / 2]int64 // two labels in one number
}

// Projections are what the vector of a word gives the units of the words
// around it: for each place in their window.
type Projections [feature.Window]unitRow

// maxInputs is how many features of a word its units look at; with more and
// the words around, 16 bits may overflow.
const maxInputs = maxFeatures - feature.Window*feature.Books

// Project returns the projections of a vector.
func (m *Model) Project(c *feature.Code, p *Projections) {
	*p = Projections{}
	for book, entry := range c {
		for at := range p {
			p[at].add(&m.layer.words[book][entry][at])
		}
	}
}

// Deep reports whether the model has hidden units.
func (m *Model) Deep() bool { return m.layer != nil }

// AddWord adds the projection of a word at a place in the window of s.
func (s *Sum) AddWord(p *Projections, place int) {
	s.units.add(&p[place])
	s.inputs += feature.Books
}

// fire adds what the units make of s to its scores.
func (m *Model) fire(s *Sum) {
	var sums [Lanes / 2]int64
	zero := 128 * s.inputs
	for k := range Units {
		v := int64(s.units.at(k) - zero + m.layer.bias[k])
		if v <= 0 {
			continue
		}
		out := &m.layer.out[k]
		for i := range sums {
			sums[i] += v * out[i]
		}
	}
	for i, sum := range sums {
		low := int32(sum)
		s.scores[2*i] = scoreOf(low)
		s.scores[2*i+1] = scoreOf(int32((sum - int64(low)) >> 32))
	}
}

// scoreOf returns what the units give a label in units of Scale, rounded.
func scoreOf(v int32) int32 {
	const bits = 8
	return (v*(InScale*OutScale/Scale*(1<<bits)) + 1<<(bits-1)) >> bits
}

// SetLayer gives the model hidden units. Every feature of l must have a row.
func (m *Model) SetLayer(l *Layer) {
	m.layer = &layer{rows: make([]unitRow, 1, len(l.Features)+1)}
	for i, f := range l.Features {
		m.rows[m.find(f)].input = uint32(len(m.layer.rows))
		m.layer.rows = append(m.layer.rows, unitRowOf(&l.In[i]))
	}
	for place := range l.Words {
		for book := range l.Words[place] {
			for entry := range l.Words[place][book] {
				m.layer.words[book][entry][place] = unitRowOf(&l.Words[place][book][entry])
			}
		}
	}
	for k, b := range l.Bias {
		m.layer.bias[k] = int32(b)
		m.layer.out[k] = paired(&l.Out[k])
	}
}

func unitRowOf(weights *[Units]int8) (r unitRow) {
	for k, w := range weights {
		r[k/4] |= uint64(uint8(w)^0x80) << (16 * (k % 4))
	}
	return r
}

// paired puts two weights into one number, so that one product serves both.
func paired(weights *[Lanes]int8) (out [Lanes / 2]int64) {
	for i := range out {
		out[i] = int64(weights[2*i+1])<<32 + int64(weights[2*i])
	}
	return out
}

// appendLayer appends the hidden units to a model in the form of Marshal.
func (m *Model) appendLayer(out []byte) []byte {
	if m.layer == nil {
		return append(out, 0)
	}
	out = append(out, 1)
	for i, c := range m.checks {
		if c != 0 {
			out = append(out, byte(min(1, m.rows[i].input)))
		}
	}
	for i := range m.rows {
		if n := m.rows[i].input; n != 0 {
			out = m.layer.rows[n].appendBytes(out)
		}
	}
	for book := range m.layer.words {
		for entry := range m.layer.words[book] {
			for place := range m.layer.words[book][entry] {
				out = m.layer.words[book][entry][place].appendBytes(out)
			}
		}
	}
	for k, b := range m.layer.bias {
		out = binary.LittleEndian.AppendUint32(out, uint32(b))
		for _, v := range m.layer.out[k] {
			out = binary.LittleEndian.AppendUint64(out, uint64(v))
		}
	}
	return out
}

// Bytes of the parts of a layer that do not grow with its features.
const (
	wordBytes = feature.Books * feature.Entries * feature.Window * Units
	unitBytes = Units * (4 + 8*Lanes/2)
)

// readLayer reads what appendLayer wrote, to the end of data.
func (m *Model) readLayer(data []byte) error {
	if len(data) == 0 {
		return errModel
	}
	if has, rest := data[0], data[1:]; has == 0 && len(rest) == 0 {
		return nil
	} else if data = rest; has != 1 || len(data) < m.count {
		return errModel
	}
	n := uint32(0)
	for i, c := range m.checks {
		if c == 0 {
			continue
		}
		if data[0] != 0 {
			n++
			m.rows[i].input = n
		}
		data = data[1:]
	}
	if len(data) != int(n)*Units+wordBytes+unitBytes {
		return errModel
	}
	l := &layer{rows: make([]unitRow, n+1)}
	for i := range l.rows[1:] {
		l.rows[i+1].read(data)
		data = data[Units:]
	}
	m.layer = l
	l.readUnits(data[:wordBytes], data[wordBytes:])
	return nil
}

// appendBytes appends the weights of a row, a byte each.
func (r *unitRow) appendBytes(out []byte) []byte {
	for k := range Units {
		out = append(out, uint8(r.at(k))^0x80)
	}
	return out
}

// read reads what appendBytes wrote.
func (r *unitRow) read(data []byte) {
	for i := range r {
		v := binary.LittleEndian.Uint32(data[4*i:]) ^ zeroes>>32
		r[i] = uint64(v&0xff) | uint64(v&0xff00)<<8 | uint64(v&0xff0000)<<16 | uint64(v&0xff000000)<<24
	}
}

// readUnits reads the weights of word vectors, and of the units themselves.
func (l *layer) readUnits(words, units []byte) {
	for book := range l.words {
		for entry := range l.words[book] {
			for place := range l.words[book][entry] {
				l.words[book][entry][place].read(words)
				words = words[Units:]
			}
		}
	}
	for k := range l.out {
		l.bias[k] = int32(binary.LittleEndian.Uint32(units))
		units = units[4:]
		for i := range l.out[k] {
			l.out[k][i] = int64(binary.LittleEndian.Uint64(units))
			units = units[8:]
		}
	}
}
