package train

import (
	"bufio"
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tenure/extract"
	"tenure/extract/ner"
)

// pageNames says which names are on which pages of the web. The pages are
// not in the repository.
//
//go:embed pages/names.txt
var pageNames string

// pageDir is where the pages are, below the data directory.
const pageDir = "extraction"

// A page is part of an article of the web and the names in it.
type page struct {
	set, key   string // where its text is
	start, end int    // which bytes of it were read
	names      map[string]extract.Kind
}

// readPages returns the pages in dir that pageNames tells of, with their
// names marked.
func readPages(dir string) ([]Document, error) {
	pages, err := readPageNames(strings.NewReader(pageNames))
	if err != nil {
		return nil, fmt.Errorf("names of pages: %w", err)
	}
	sets := map[string]map[string]string{}
	var docs []Document
	for _, p := range pages {
		if sets[p.set] == nil {
			if sets[p.set], err = readBodies(filepath.Join(dir, pageDir, p.set, "ground-truth.json")); err != nil {
				return nil, err
			}
		}
		body := sets[p.set][p.key]
		if p.start < 0 || p.end > len(body) || p.start >= p.end {
			return nil, fmt.Errorf("page %s of %s has %d bytes, want %d to %d", p.key, p.set, len(body), p.start, p.end)
		}
		docs = append(docs, Document{Text: body[p.start:p.end], Mentions: places(body[p.start:p.end], p.names), Half: len(docs) % 2})
	}
	return docs, nil
}

// readBodies reads the texts of a set of pages by key.
func readBodies(file string) (map[string]string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var set map[string]struct{ ArticleBody string }
	if err := json.Unmarshal(data, &set); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	bodies := map[string]string{}
	for key, p := range set {
		bodies[key] = p.ArticleBody
	}
	return bodies, nil
}

// readPageNames reads "@ set key start end" and, below it, a line of names a
// kind: "p Ann Lee | Bo Ek".
func readPageNames(r io.Reader) ([]page, error) {
	var pages []page
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		mark, rest, _ := strings.Cut(sc.Text(), " ")
		switch kind := marks[mark]; {
		case mark == "" || mark == "#":
		case mark == "@":
			p := page{names: map[string]extract.Kind{}}
			if _, err := fmt.Sscan(rest, &p.set, &p.key, &p.start, &p.end); err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			pages = append(pages, p)
		case kind == "" || len(pages) == 0:
			return nil, fmt.Errorf("line %d: neither a page nor names: %q", n, sc.Text())
		default:
			for name := range strings.SplitSeq(rest, " | ") {
				pages[len(pages)-1].names[name] = kind
			}
		}
	}
	return pages, sc.Err()
}

// places returns every place of the names in text, on the bounds of words;
// of names that overlap, the longest counts.
func places(text string, names map[string]extract.Kind) []extract.Mention {
	starts, ends := map[int]bool{}, map[int]bool{}
	for _, t := range ner.Tokenize(text) {
		starts[t.Start], ends[t.End] = true, true
	}
	var found []extract.Mention
	for name, kind := range names {
		for from := 0; ; {
			i := strings.Index(text[from:], name)
			if i < 0 {
				break
			}
			span := extract.Span{Start: from + i, End: from + i + len(name)}
			if starts[span.Start] && ends[span.End] {
				found = append(found, extract.Mention{Span: span, Kind: kind})
			}
			from = span.End
		}
	}
	return longest(found)
}

// longest leaves out mentions that overlap a longer one, and sorts the
// others by span.
func longest(found []extract.Mention) []extract.Mention {
	slices.SortFunc(found, func(a, b extract.Mention) int {
		return cmp.Or((b.End-b.Start)-(a.End-a.Start), a.Start-b.Start)
	})
	var out []extract.Mention
	for _, m := range found {
		if !overlaps(m, out) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b extract.Mention) int { return a.Start - b.Start })
	return out
}
