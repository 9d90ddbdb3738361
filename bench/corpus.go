package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"tenure/extract/content/train"
)

// A page is a page of a real publisher with what is true of it.
type page struct {
	html []byte
	train.Truth
	authors []string
}

// A set is pages of one kind.
type set struct {
	name  string
	pages []page
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
		s := set{name: name}
		for _, x := range samples {
			s.pages = append(s.pages, page{x.HTML, x.Truth, authors(x.Truth.Authors)})
		}
		out = append(out, s)
	}
	return out, nil
}

// authors reads names that are written as a list or as one text; what is
// neither is no name.
func authors(raw json.RawMessage) []string {
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		return list
	}
	var one string
	if json.Unmarshal(raw, &one) == nil && one != "" {
		return []string{one}
	}
	return nil
}
