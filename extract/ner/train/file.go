package train

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"tenure/extract/ner/internal/feature"

	"github.com/klauspost/compress/zstd"
)

// pack writes a model file, which package ner loads.
func (m *model) pack(level zstd.EncoderLevel) ([]byte, error) {
	head, err := json.Marshal(m.manifest)
	if err != nil {
		return nil, fmt.Errorf("write model: %w", err)
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(level), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("write model: %w", err)
	}
	words := enc.EncodeAll(slices.Concat(head, []byte("\n"), m.clusters.Marshal()), nil)
	out := binary.LittleEndian.AppendUint32([]byte("tenure-ner-4\n"), uint32(len(words)))
	return enc.EncodeAll(m.weights.Marshal(), append(out, words...)), nil
}

// readClusters reads the first most words of a gzipped table of word and
// three classes, and their vectors from wordVectors, which has them in the same
// order.
func readClusters(file string, most int) (*feature.Clusters, error) {
	b := feature.NewClusterBuilder(most)
	err := eachWord(file, most, func(n int, word string, classes [3]uint32) {
		b.Add(word, classes[0], classes[1], classes[2], vectorOf(n))
	})
	return b.Clusters(), err
}

// readWords reads the first most words of the table alone.
func readWords(file string, most int) (words []string, err error) {
	err = eachWord(file, most, func(_ int, word string, _ [3]uint32) { words = append(words, word) })
	return words, err
}

// eachWord calls f with the first most words of the table.
func eachWord(file string, most int, f func(n int, word string, classes [3]uint32)) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	sc := bufio.NewScanner(z)
	for n := 0; n < most && sc.Scan(); n++ {
		columns := strings.Split(sc.Text(), "\t")
		if len(columns) != 4 {
			return fmt.Errorf("%s:%d: want 4 columns", file, n+1)
		}
		var classes [3]uint32
		for i := range classes {
			v, err := strconv.ParseUint(columns[i+1], 10, 12)
			if err != nil {
				return fmt.Errorf("%s:%d: %w", file, n+1, err)
			}
			classes[i] = uint32(v)
		}
		f(n, columns[0], classes)
	}
	return sc.Err()
}
