package train

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"tenure/extract"
	"tenure/extract/content"
	"tenure/extract/content/internal/block"
)

// A Truth is what a page's article is.
type Truth struct {
	URL       string          `json:"url"`
	Body      string          `json:"articleBody"`
	Title     string          `json:"title"`
	Date      string          `json:"date"`
	Authors   json.RawMessage `json:"authors"`
	Publisher string          `json:"publisher"`
	Crawled   string          `json:"crawled"`
}

// A Sample is a page with its truth.
type Sample struct {
	ID    string
	Set   string // "news" or "articles"
	Group string // its publisher: never both trained on and tested
	Truth Truth
	HTML  []byte

	page   *block.Page
	said   block.Said
	words  []string // of the true body
	label  []float32
	weight []float32
}

// Load reads the pages of a directory that holds ground-truth.json and
// html/ID.html.gz, in order of their ids.
func Load(dir, set string) ([]*Sample, error) {
	b, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		return nil, err
	}
	var truths map[string]Truth
	if err := json.Unmarshal(b, &truths); err != nil {
		return nil, fmt.Errorf("truth of %s: %w", set, err)
	}
	var out []*Sample
	for id, t := range truths {
		html, err := readPage(filepath.Join(dir, "html", id+".html.gz"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", id, err)
		}
		out = append(out, &Sample{ID: id, Set: set, Group: groupOf(t), Truth: t, HTML: html})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out, nil
}

func readPage(name string) ([]byte, error) {
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

func groupOf(t Truth) string {
	u, err := url.Parse(t.URL)
	if err != nil || u.Host == "" {
		return t.Publisher
	}
	parts := strings.Split(strings.ToLower(u.Hostname()), ".")
	n := 2
	if len(parts) > 2 && len(parts[len(parts)-2]) <= 3 && len(parts[len(parts)-1]) == 2 {
		n = 3
	}
	return strings.Join(parts[max(0, len(parts)-n):], ".")
}

// prepare takes the page apart and labels its blocks.
func (s *Sample) prepare() error {
	page, said, err := content.Prepare(s.Page())
	if err != nil {
		return err
	}
	page.Root, page.Images, page.Fields, page.Anchors = nil, nil, nil, nil
	for i := range page.Boxes {
		page.Boxes[i].Node = nil
	}
	s.page, s.said = page, said
	s.words = tokens(s.Truth.Body)
	s.align()
	s.weigh()
	return nil
}

// Page returns the sample as the reader takes it.
func (s *Sample) Page() extract.Page {
	return extract.Page{URL: s.Truth.URL, Type: "text/html; charset=utf-8", Body: s.HTML}
}
