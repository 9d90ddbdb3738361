package train

import (
	"crypto/sha256"
	"encoding/hex"
)

// A Manifest says what a model was made of. It is kept beside the model, as
// model.json; the model can be made again from it.
type Manifest struct {
	Seed    int64          `json:"seed"`
	Pages   map[string]int `json:"pages"`  // how many of each set
	SHA256  string         `json:"sha256"` // of the model
	Sources []string       `json:"sources"`
}

// sources are where the pages come from. The model holds hashes of words and
// thresholds, none of their text.
var sources = [...]string{
	"news: test pages and parser results of Fundus, github.com/flairNLP/fundus, commit 18da6e53592f99cf0ac5770dc63d6ba99ba63ae8, MIT; pages belong to their publishers",
	"articles: Web Content Extraction Benchmark by Murrough Foley, github.com/Murrough-Foley/web-content-extraction-benchmark, commit c039d5ee9f5a3a984a0e167e63aacd04e76e78a9, CC BY 4.0; pages belong to their publishers",
}

// describe returns the manifest of a model made of the samples.
func describe(model []byte, seed int64, samples []*Sample) Manifest {
	sum := sha256.Sum256(model)
	m := Manifest{Seed: seed, Pages: make(map[string]int), SHA256: hex.EncodeToString(sum[:]), Sources: sources[:]}
	for _, s := range samples {
		m.Pages[s.Set]++
	}
	return m
}
