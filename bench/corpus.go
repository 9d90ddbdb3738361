package main

import (
	"fmt"
	"path/filepath"

	"tenure/extract/content/train"
)

// A set is pages of one kind: of real publishers, with what is true of them.
type set struct {
	name  string
	pages []*train.Sample
}

// load reads the sets "news" and "articles" below dir, at most so many pages of
// each; 0 is all.
func load(dir string, most int) ([]set, error) {
	var out []set
	for _, name := range []string{"news", "articles"} {
		samples, err := train.Load(filepath.Join(dir, name), name)
		if err != nil {
			return nil, fmt.Errorf("load %s: %w", name, err)
		}
		if most > 0 {
			samples = samples[:min(most, len(samples))]
		}
		out = append(out, set{name, samples})
	}
	return out, nil
}
