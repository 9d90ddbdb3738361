package main

import (
	"bytes"
	"context"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"tenure/extract/content"
	"tenure/extract/content/train"
)

// A system reads a page.
type system struct {
	name string
	read func(*train.Sample) train.Answer
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
func parse(p *train.Sample) train.Answer {
	if _, err := html.Parse(bytes.NewReader(p.HTML)); err != nil {
		return train.Answer{}
	}
	return train.Answer{}
}

// ours reads with package content; a page of several articles counts as one
// text.
func ours() func(*train.Sample) train.Answer {
	r := &content.Reader{Whole: true}
	return func(p *train.Sample) train.Answer {
		rd, err := r.Read(context.Background(), p.Page())
		if err != nil {
			return train.Answer{}
		}
		return train.AnswerOf(rd)
	}
}

func readeck(p *train.Sample) train.Answer {
	u, err := url.Parse(p.Truth.URL)
	if err != nil {
		u = nil
	}
	art, err := readability.FromReader(bytes.NewReader(p.HTML), u)
	if err != nil {
		return train.Answer{}
	}
	a := train.Answer{Title: art.Title()}
	var body strings.Builder
	if art.Node != nil && art.RenderText(&body) == nil {
		a.Body = body.String()
	}
	if t, err := art.PublishedTime(); err == nil {
		a.Date = t.Format("2006-01-02")
	}
	if by := art.Byline(); by != "" {
		a.Authors = []string{by}
	}
	return a
}

// trafi reads with go-trafilatura, which asks two other extractors too if
// fallback is set. Comments are left out, as the truth has none.
func trafi(fallback bool) func(*train.Sample) train.Answer {
	return func(p *train.Sample) train.Answer {
		u, err := url.Parse(p.Truth.URL)
		if err != nil {
			u = nil
		}
		r, err := trafilatura.Extract(bytes.NewReader(p.HTML), trafilatura.Options{OriginalURL: u, EnableFallback: fallback, ExcludeComments: true})
		if err != nil || r == nil {
			return train.Answer{}
		}
		a := train.Answer{Body: r.ContentText, Title: r.Metadata.Title}
		if !r.Metadata.Date.IsZero() {
			a.Date = r.Metadata.Date.Format("2006-01-02")
		}
		if r.Metadata.Author != "" {
			a.Authors = []string{r.Metadata.Author}
		}
		return a
	}
}
