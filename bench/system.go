package main

import (
	"bytes"
	"context"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"tenure/extract"
	"tenure/extract/content"
)

// An answer is what a system makes of a page.
type answer struct {
	body, title, date string // date as 2006-01-02, empty if it gives none
	authors           []string
}

// A system reads a page.
type system struct {
	name string
	read func(*page) answer
}

// baseline is what every system does first.
const baseline = "html.Parse"

// systems are those that are measured, ours first.
func systems() []system {
	return []system{
		{"tenure", ours()},
		{"readeck/go-readability", readeck},
		{"go-trafilatura, fast", trafi(false)},
		{"go-trafilatura", trafi(true)},
	}
}

// parse only makes the page's tree.
func parse(p *page) answer {
	if _, err := html.Parse(bytes.NewReader(p.html)); err != nil {
		return answer{}
	}
	return answer{}
}

// ours reads with package content; a page of several articles counts as one
// text.
func ours() func(*page) answer {
	r := &content.Reader{Whole: true}
	return func(p *page) answer {
		rd, err := r.Read(context.Background(), extract.Page{URL: p.URL, Type: "text/html; charset=utf-8", Body: p.html})
		if err != nil || len(rd.Articles) == 0 {
			return answer{}
		}
		var body strings.Builder
		for _, a := range rd.Articles {
			body.WriteString(a.Text)
			body.WriteByte('\n')
		}
		a := rd.Articles[0]
		return answer{body.String(), a.Title, day(a.Published.String()), a.Authors}
	}
}

func day(s string) string { return s[:min(len(s), len("2006-01-02"))] }

func readeck(p *page) answer {
	u, err := url.Parse(p.URL)
	if err != nil {
		u = nil
	}
	art, err := readability.FromReader(bytes.NewReader(p.html), u)
	if err != nil {
		return answer{}
	}
	a := answer{title: art.Title()}
	var body strings.Builder
	if art.Node != nil && art.RenderText(&body) == nil {
		a.body = body.String()
	}
	if t, err := art.PublishedTime(); err == nil {
		a.date = t.Format("2006-01-02")
	}
	if by := art.Byline(); by != "" {
		a.authors = []string{by}
	}
	return a
}

// trafi reads with go-trafilatura, which asks two other extractors too if
// fallback is set. Comments are left out, as the truth has none.
func trafi(fallback bool) func(*page) answer {
	return func(p *page) answer {
		u, err := url.Parse(p.URL)
		if err != nil {
			u = nil
		}
		r, err := trafilatura.Extract(bytes.NewReader(p.html), trafilatura.Options{OriginalURL: u, EnableFallback: fallback, ExcludeComments: true})
		if err != nil || r == nil {
			return answer{}
		}
		a := answer{body: r.ContentText, title: r.Metadata.Title}
		if !r.Metadata.Date.IsZero() {
			a.date = r.Metadata.Date.Format("2006-01-02")
		}
		if r.Metadata.Author != "" {
			a.authors = []string{r.Metadata.Author}
		}
		return a
	}
}
