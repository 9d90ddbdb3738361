package main

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// A page is a page of a real publisher with what is true of it.
type page struct {
	id   string
	html []byte
	truth
}

// truth is what a page's article is.
type truth struct {
	URL     string `json:"url"`
	Body    string `json:"articleBody"`
	Title   string `json:"title"`
	Date    string `json:"date"`
	Authors names  `json:"authors"`
}

// names are written as a list or as one text.
type names []string

// UnmarshalJSON implements json.Unmarshaler. What is neither is no name.
func (n *names) UnmarshalJSON(b []byte) error {
	var list []string
	if json.Unmarshal(b, &list) == nil {
		*n = list
		return nil
	}
	var one string
	if json.Unmarshal(b, &one) == nil && one != "" {
		*n = names{one}
	}
	return nil
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
		pages, err := loadSet(filepath.Join(dir, name), most)
		if err != nil {
			return nil, fmt.Errorf("load %s: %w", name, err)
		}
		out = append(out, set{name, pages})
	}
	return out, nil
}

func loadSet(dir string, most int) ([]page, error) {
	b, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		return nil, err
	}
	var truths map[string]truth
	if err := json.Unmarshal(b, &truths); err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(truths))
	for id := range truths {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var out []page
	for _, id := range ids {
		html, err := unzip(filepath.Join(dir, "html", id+".html.gz"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", id, err)
		}
		if out = append(out, page{id, html, truths[id]}); len(out) == most {
			break
		}
	}
	return out, nil
}

func unzip(name string) (b []byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
