package ner

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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

// magic begins a model file: manifest, word classes and vectors, and weights,
// compressed.
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
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxModel))
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	defer dec.Close()
	body, err = dec.DecodeAll(body, nil)
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	head, rest, _ := bytes.Cut(body, []byte("\n"))
	t := &Tagger{}
	if err := json.Unmarshal(head, &t.manifest); err != nil {
		return nil, fmt.Errorf("read model: manifest: %w", err)
	}
	if t.clusters, rest, err = feature.ReadClusters(rest); err != nil {
		return nil, err
	}
	if t.model, err = crf.Read(rest); err != nil {
		return nil, err
	}
	return t, nil
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
