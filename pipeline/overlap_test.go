package pipeline

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

type roundTrip func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// Pages are read while others are fetched: here the second one comes only
// after the first was read.
func TestOverlap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newTestPipeline(t, t.TempDir())
		wasRead := make(chan struct{})
		p.read = hard("http://a.example/1", func() { close(wasRead) })
		if _, _, err := p.AddURLs(t.Context(), []string{"http://a.example/1", "http://b.example/2"}); err != nil {
			t.Fatal(err)
		}
		site := roundTrip(func(r *http.Request) (*http.Response, error) {
			res := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/html"}}, Request: r, ContentLength: -1, Body: io.NopCloser(strings.NewReader(dated))}
			if r.URL.Path == "/robots.txt" {
				res.StatusCode = 404
			}
			if r.URL.Path == "/2" {
				select {
				case <-wasRead:
				case <-r.Context().Done():
					return nil, r.Context().Err()
				}
			}
			return res, nil
		})
		s, err := p.Run(t.Context(), RunOptions{Client: &crawler.Client{Transport: site, AllowPrivate: true}})
		if err != nil || s.Pages.New != 2 || s.Articles != 2 {
			t.Errorf("%v, %v", s, err)
		}
	})
}

// Tags that a page gets while it is read are its article's too.
func TestLateTags(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	link := crawler.Link{URL: articleURL(1), Role: crawler.Story, Tags: []string{"first"}}
	p.read = readerFunc(func(page extract.Page) (extract.Reading, error) {
		late := link
		late.Tags = []string{"late"}
		err := p.db.Update(func(tx *store.Tx) error { _, err := putLinks(tx, []crawler.Link{link, late}, noon); return err })
		if err != nil {
			t.Error(err)
		}
		a := &extract.Article{URL: page.URL, Text: "Ada left Acme\n", Published: extract.Day(2025, 5, 1), Tags: page.Tags}
		return extract.Reading{Articles: []*extract.Article{a}}, nil
	})
	keep(t, p, link, dated)
	read(t, p)
	err := p.Articles(Filter{}, func(r ArticleRecord) error {
		if !slices.Equal(r.Tags, []string{"first", "late"}) {
			t.Errorf("tags %v", r.Tags)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
