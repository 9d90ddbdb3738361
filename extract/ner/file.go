package ner

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"unicode"
	"unicode/utf8"

	"tenure/extract/gazetteer"
	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"

	"github.com/klauspost/compress/zstd"
)

// A Manifest says what a model is and what it was made from.
type Manifest struct {
	Version string             `json:"version"`
	Made    string             `json:"made_by"`          // the command
	Data    []Source           `json:"data"`             // what it learnt from
	Scores  map[string]float64 `json:"scores,omitempty"` // F1 by set and kind, 0 to 1
}

// A Source is one set of training data.
type Source struct {
	Name    string `json:"name"`
	License string `json:"license"`
	SHA256  string `json:"sha256"`
}

// magic begins a model file. The length of the part that follows comes next, in
// four bytes, the lowest first; manifest, word classes and vectors, compressed;
// and the weights, compressed. Both parts are read at the same time.
const magic = "tenure-ner-4\n"

// maxModel bounds the size of a model, decompressed.
const maxModel = 64 << 20

// Load reads a model file as the trainer writes it. The tagger knows the
// names of g, and the user's own entries in it decide what they name.
func Load(data []byte, g *gazetteer.Gazetteer) (*Tagger, error) {
	t, err := unpack(data)
	if err != nil {
		return nil, err
	}
	return t.with(g), nil
}

// with returns a tagger of the same model that knows the names of g.
func (t *Tagger) with(g *gazetteer.Gazetteer) *Tagger {
	with := &Tagger{manifest: t.manifest, model: t.model, clusters: t.clusters, gaz: g}
	with.newWorkers()
	return with
}

// unpack reads a model file.
func unpack(data []byte) (*Tagger, error) {
	body, found := bytes.CutPrefix(data, []byte(magic))
	if !found {
		return nil, errors.New("read model: not a model file")
	}
	if len(body) < 4 || uint64(binary.LittleEndian.Uint32(body)) > uint64(len(body)-4) {
		return nil, errors.New("read model: cut off")
	}
	words, weights := body[4:][:binary.LittleEndian.Uint32(body)], body[4+binary.LittleEndian.Uint32(body):]
	t := &Tagger{}
	var weightsErr error
	var work sync.WaitGroup
	work.Go(func() { weightsErr = t.readWeights(weights) })
	err := t.readWords(words)
	work.Wait()
	return t, errors.Join(err, weightsErr)
}

// readWords reads the first part of a model file.
func (t *Tagger) readWords(data []byte) error {
	data, err := decompress(data)
	if err != nil {
		return err
	}
	head, rest, _ := bytes.Cut(data, []byte("\n"))
	if err := json.Unmarshal(head, &t.manifest); err != nil {
		return fmt.Errorf("read model: manifest: %w", err)
	}
	if t.clusters, rest, err = feature.ReadClusters(rest); err == nil && len(rest) > 0 {
		err = fmt.Errorf("read model: %d bytes behind the words", len(rest))
	}
	return err
}

// readWeights reads the second.
func (t *Tagger) readWeights(data []byte) error {
	data, err := decompress(data)
	if err == nil {
		t.model, err = crf.Read(data)
	}
	return err
}

func decompress(data []byte) ([]byte, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxModel))
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	defer dec.Close()
	if data, err = dec.DecodeAll(data, nil); err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	return data, nil
}

// cutAt returns at most n bytes of text, ending before white space or, where
// there is none near, between runes.
func cutAt(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for i := n; i > n-1024 && i > 0; i-- {
		if r, _ := utf8.DecodeRuneInString(text[i:]); unicode.IsSpace(r) {
			return text[:i]
		}
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
