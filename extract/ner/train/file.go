package train

import (
	"bufio"
	"bytes"
	"compress/gzip"
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
	body := slices.Concat(head, []byte("\n"), m.clusters.Marshal(), m.weights.Marshal())
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(level), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("write model: %w", err)
	}
	return enc.EncodeAll(body, []byte("tenure-ner-3\n")), nil
}

// readClusters reads the first most words of a gzipped table of word and
// three classes.
func readClusters(file string, most int) (*feature.Clusters, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	b := feature.NewClusterBuilder(most)
	sc := bufio.NewScanner(z)
	for n := 0; n < most && sc.Scan(); n++ {
		f := strings.Split(sc.Text(), "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("%s:%d: want 4 columns", file, n+1)
		}
		var ids [3]uint32
		for i := range ids {
			v, err := strconv.ParseUint(f[i+1], 10, 12)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, n+1, err)
			}
			ids[i] = uint32(v)
		}
		b.Add(f[0], ids[0], ids[1], ids[2])
	}
	return b.Clusters(), sc.Err()
}
