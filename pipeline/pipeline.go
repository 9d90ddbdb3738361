// Package pipeline joins the crawler, the extractors and the store into the
// way an article goes: discovered, fetched, kept, read, annotated, merged,
// exported.
//
// It is the only package that knows all three, and it knows the extractors
// only as a [Reader], some [Step] values and a [Merge] function, so that a
// better one is a change in package main.
//
//	crawl   frontier → page kept in a segment and in the pages table
//	read    pages, in order of arrival → articles, facts, moves, in one
//	        transaction per page together with the cursor
//	export  tables → JSON
//
// A page that fails at any stage becomes a [Failure] and the rest goes on.
// What a stage wrote can be made again from the pages, without the network.
package pipeline

import (
	"context"
	"log/slog"
	"time"

	"tenure/extract"
	"tenure/store"
)

// A Reader turns a page into articles.
type Reader interface {
	Read(ctx context.Context, p extract.Page) (extract.Reading, error)
}

// A Step adds annotations to an article: mentions, entities, facts. Steps
// run in order over the same article.
type Step interface {
	Annotate(ctx context.Context, a *extract.Article) error
}

// Merge assembles moves from all claims known about one person. The result
// must not depend on the order of the claims.
type Merge func([]extract.Claim) []extract.Move

// A Pipeline works on one open store. All its methods may be called at the
// same time, except that only one Run or Reextract may be under way.
type Pipeline struct {
	Version string           // of the extraction; pages read by another version are due for Reextract
	Now     func() time.Time // never nil
	Log     *slog.Logger     // never nil

	// People tells apart the people of many articles; nil takes all of one
	// name for one person. A store is for one way of telling.
	People People

	// Parent returns the organization that the named one is a part of now,
	// empty if none is known; it may be nil. Parts are named with what they
	// belong to, and are organizations of their own.
	Parent func(organization string) string

	// Patience is how long reading one page may take before it is given up;
	// 0 means a minute.
	Patience time.Duration

	// Probe reads a page in a place where it does no harm if that ends the
	// process or never ends, and returns an error if it did. It is asked
	// about a page that a process was reading when it died. Without it, such
	// a page is not tried again.
	Probe func(context.Context, extract.Page) error

	db    *store.DB
	read  Reader
	steps []Step
	merge Merge
}

// New returns a pipeline over an open store. The caller keeps the store and
// closes it after the pipeline's last use.
func New(db *store.DB, read Reader, steps []Step, merge Merge) *Pipeline {
	return &Pipeline{
		Now: time.Now, Log: slog.New(slog.DiscardHandler),
		db: db, read: read, steps: steps, merge: merge,
	}
}

// annotate runs the steps over an article that has only text and metadata.
func (p *Pipeline) annotate(ctx context.Context, a *extract.Article) error {
	return Annotate(ctx, a, p.steps)
}

// Annotate runs steps over an article, from a clean start.
func Annotate(ctx context.Context, a *extract.Article, steps []Step) error {
	a.Mentions, a.Entities, a.Facts = nil, nil, nil
	for _, s := range steps {
		if err := s.Annotate(ctx, a); err != nil {
			return err
		}
	}
	return ctx.Err()
}
