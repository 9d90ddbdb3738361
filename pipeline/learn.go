package pipeline

import (
	"context"
	"errors"
	"maps"
	"slices"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// A Learner learns what stands on many pages of a site and so belongs to none.
type Learner interface {
	Learn(page string, r extract.Reading) bool
	MarshalBinary() ([]byte, error)
}

const (
	learnPages = 5   // of a site, below which nothing is learned
	learnHosts = 256 // learned of at a time: each takes some memory
)

// Learn learns anew, from the pages kept of each site that has some, with a
// learner for each, and keeps what they know. It changes no article: that is
// for Reextract, and for pages read from then on. It returns how many sites
// there is something to know about.
func (p *Pipeline) Learn(ctx context.Context, learner func(host string) Learner, progress func(Progress)) (int, error) {
	count := map[string]int{}
	err := p.eachStory(ctx, func(row pageRow) error {
		count[crawler.Host(row.Final)]++
		return nil
	})
	if err != nil {
		return 0, err
	}
	t := newTally()
	stop := report(ctx, progress, func() Progress { return t.progress("learn") })
	defer stop()
	known := 0
	err = p.db.Update(func(tx *store.Tx) error { return schema.lines.Clear(tx) })
	maps.DeleteFunc(count, func(_ string, pages int) bool { return pages < learnPages })
	for some := range slices.Chunk(slices.Sorted(maps.Keys(count)), learnHosts) {
		n, lerr := p.learnOf(ctx, some, learner, t)
		known += n
		err = errors.Join(err, lerr)
	}
	return known, err
}

// learnOf learns about some hosts in one walk over the pages.
func (p *Pipeline) learnOf(ctx context.Context, hosts []string, learner func(host string) Learner, t *tally) (int, error) {
	learners := map[string]Learner{}
	for _, h := range hosts {
		learners[h] = learner(h)
	}
	learned := map[string]bool{}
	err := p.eachStory(ctx, func(row pageRow) error {
		host := crawler.Host(row.Final)
		l, ok := learners[host]
		if !ok {
			return nil
		}
		r, err := p.reread(ctx, row)
		if err == nil && l.Learn(row.Final, r) {
			learned[host] = true
		}
		t.page(row.URL, pageUnchanged)
		return nil // a page that cannot be read teaches nothing
	})
	if err != nil {
		return 0, err
	}
	return len(learned), p.db.Update(func(tx *store.Tx) error {
		for _, h := range sortedKeys(learned) {
			b, err := learners[h].MarshalBinary()
			if err == nil {
				err = schema.lines.Put(tx, []byte(h), b)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// eachStory calls fn for the pages kept that are articles' own.
func (p *Pipeline) eachStory(ctx context.Context, fn func(pageRow) error) error {
	return walk(p.db, schema.pages, nil, func(_ []byte, row pageRow) error {
		if row.Role != crawler.Story || !row.holdsArticles() {
			return ctx.Err()
		}
		return errors.Join(fn(row), ctx.Err())
	})
}

// Lines returns what was learned of a site, nil if nothing was.
func (p *Pipeline) Lines(host string) (known []byte, err error) {
	err = p.db.View(func(tx *store.Tx) (err error) {
		known, _, err = schema.lines.Get(tx, []byte(host))
		return err
	})
	return known, err
}
