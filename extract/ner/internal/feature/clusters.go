package feature

import (
	"encoding/binary"
	"errors"

	"tenure/extract/gazetteer"
)

// A Cluster says which classes of similar words a word is in, at three
// grains: one of 128, of 1024 and of 4096, counted from 1; 0 is unknown.
type Cluster struct {
	Coarse uint8
	Middle uint16
	Fine   uint16
	at     uint32 // where its vector is, counted from 1
}

// Clusters know the classes of frequent words, and their vectors. The zero
// value knows none.
type Clusters struct {
	mask   uint64
	checks []uint16
	ids    []uint32 // fine<<17 | middle<<7 | coarse
	codes  []Code   // nil where there are no vectors
}

// Of returns the classes of the word with the given hash.
func (c *Clusters) Of(h gazetteer.Hash) Cluster {
	if c.mask == 0 {
		return Cluster{}
	}
	check := checkOf(h)
	for i := uint64(h) & c.mask; c.checks[i] != 0; i = (i + 1) & c.mask {
		if c.checks[i] == check {
			id := c.ids[i]
			return Cluster{uint8(id&127) + 1, uint16(id>>7&1023) + 1, uint16(id>>17&4095) + 1, uint32(i) + 1}
		}
	}
	return Cluster{}
}

// code returns the vector of a word of these classes.
func (c *Clusters) code(of Cluster) *Code {
	if of.at == 0 || c.codes == nil {
		return nil
	}
	return &c.codes[of.at-1]
}

func checkOf(h gazetteer.Hash) uint16 { return uint16(h>>40) | 1 }

// A ClusterBuilder collects words for a [Clusters]. Where two words look the
// same without accents, the first counts.
type ClusterBuilder struct{ c Clusters }

// NewClusterBuilder returns a builder with room for n words.
func NewClusterBuilder(n int) *ClusterBuilder {
	size := 1
	for size < n*5/4 || size <= n { // one place at least stays empty, where looking ends
		size *= 2
	}
	return &ClusterBuilder{Clusters{uint64(size - 1), make([]uint16, size), make([]uint32, size), nil}}
}

// Add adds a word with its classes, each counted from 0, and with its vector
// where there are vectors.
func (b *ClusterBuilder) Add(word string, coarse, middle, fine uint32, vector *Code) {
	h := gazetteer.HashWord(word)
	check := checkOf(h)
	i := uint64(h) & b.c.mask
	for ; b.c.checks[i] != 0; i = (i + 1) & b.c.mask {
		if b.c.checks[i] == check {
			return
		}
	}
	b.c.checks[i] = check
	b.c.ids[i] = fine<<17 | middle<<7 | coarse
	if vector != nil {
		if b.c.codes == nil {
			b.c.codes = make([]Code, len(b.c.ids))
		}
		b.c.codes[i] = *vector
	}
}

// Clusters returns what was collected.
func (b *ClusterBuilder) Clusters() *Clusters { return &b.c }

// Marshal returns the form [ReadClusters] reads.
func (c *Clusters) Marshal() []byte {
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(c.checks)))
	for _, v := range c.checks {
		out = binary.LittleEndian.AppendUint16(out, v)
	}
	for i, v := range c.ids {
		if c.checks[i] != 0 {
			out = binary.LittleEndian.AppendUint32(out, v)
		}
	}
	if c.codes == nil {
		return append(out, 0)
	}
	out = append(out, Books)
	for i := range c.codes {
		if c.checks[i] != 0 {
			out = append(out, c.codes[i][:]...)
		}
	}
	return out
}

var errClusters = errors.New("read word classes: damaged")

// ReadClusters reads what Marshal wrote and returns the rest of data.
func ReadClusters(data []byte) (*Clusters, []byte, error) {
	if len(data) < 4 {
		return nil, nil, errClusters
	}
	n := int(binary.LittleEndian.Uint32(data))
	data = data[4:]
	if n <= 0 || n&(n-1) != 0 || len(data) < 2*n {
		return nil, nil, errClusters
	}
	c := &Clusters{uint64(n - 1), make([]uint16, n), make([]uint32, n), nil}
	used := 0
	for i := range c.checks {
		c.checks[i] = binary.LittleEndian.Uint16(data[2*i:])
		if c.checks[i] != 0 {
			used++
		}
	}
	data = data[2*n:]
	if used == n || len(data) < 4*used+1 {
		return nil, nil, errClusters
	}
	ids, data := data[:4*used], data[4*used:]
	for i, check := range c.checks {
		if check != 0 {
			c.ids[i] = binary.LittleEndian.Uint32(ids)
			ids = ids[4:]
		}
	}
	return c.readCodes(data, used)
}

// readCodes reads the vectors of the used words.
func (c *Clusters) readCodes(data []byte, used int) (*Clusters, []byte, error) {
	books, data := int(data[0]), data[1:]
	switch {
	case books == 0:
		return c, data, nil
	case books != Books || len(data) < Books*used:
		return nil, nil, errClusters
	}
	c.codes = make([]Code, len(c.checks))
	for i, check := range c.checks {
		if check != 0 {
			copy(c.codes[i][:], data)
			data = data[Books:]
		}
	}
	return c, data, nil
}
