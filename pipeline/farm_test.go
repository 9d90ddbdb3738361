package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"tenure/crawler"
	"tenure/crawler/crawlertest"
	"tenure/extract"
	"tenure/store"
)

// One pass after another over hosts with faults of every kind, each pass by a
// process of its own: every address found is in one state, none is fetched
// for ever, and what a host asked for in one pass is kept to in the next.
func TestFarm(t *testing.T) {
	synctest.Test(t, testFarm)
}

func testFarm(t *testing.T) {
	site := &crawlertest.Farm{Hosts: 90, Pages: 24, Degree: 16, Now: time.Now}
	path := filepath.Join(t.TempDir(), "t.db")
	articles := 0
	for pass := range 12 {
		visitFarm(t, path, site, pass, func(p *Pipeline, s Summary) {
			if s.Waiting != 0 && s.Took < time.Hour {
				t.Errorf("pass %d: %d links wait after %v", pass, s.Waiting, s.Took)
			}
			n := count(t, p, ArticleSchema)
			if n < articles {
				t.Errorf("pass %d: %d articles, %d before", pass, n, articles)
			}
			articles = n
		})
		time.Sleep(9 * time.Hour)
	}
	log := site.Log()
	t.Logf("%d requests, %d articles", log.Requests, articles)
	if len(log.Overlap) > 0 || len(log.Early) > 0 {
		t.Errorf("asked twice at once: %v; asked too early: %v", log.Overlap, log.Early)
	}
	if articles < 100 {
		t.Errorf("%d articles, want more than 100", articles)
	}
	before := log.Requests
	visitFarm(t, path, site, 12, func(*Pipeline, Summary) {})
	if n := site.Log().Requests - before; n > 2*site.Hosts {
		t.Errorf("%d requests in a pass when all is known, for %d sources", n, site.Hosts)
	}
}

// visitFarm opens the store, runs a pass over all hosts, checks the ledger
// and closes the store again.
func visitFarm(t *testing.T, path string, site *crawlertest.Farm, pass int, check func(*Pipeline, Summary)) {
	db, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p := New(db, readerFunc(farmArticle), nil, fakeMerge)
	p.Version = "1"
	if pass == 0 {
		for h := range site.Hosts {
			src, err := crawler.NewSource(crawler.Sitemap, site.URL(h, 0))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.AddSources(t.Context(), src); err != nil {
				t.Fatal(err)
			}
		}
	}
	client := &crawler.Client{Transport: site, MaxBody: 512 << 10, Robots: p.Robots()}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Hour)
	defer cancel()
	cut := pass%3 == 1
	if cut {
		ctx, cancel = context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
	}
	s, err := p.Run(ctx, RunOptions{Client: client, Workers: 16, Delay: time.Second})
	if err != nil && !(cut && errors.Is(err, context.DeadlineExceeded)) {
		t.Fatalf("pass %d: %v", pass, err)
	}
	ledger, err := p.Ledger()
	if err != nil {
		t.Fatal(err)
	}
	sum, queued := 0, 0
	for _, n := range ledger {
		sum += n
	}
	err = db.View(func(tx *store.Tx) error {
		queued = schema.queue.Count(tx)
		if links := schema.links.Count(tx); links != sum {
			t.Errorf("pass %d: %d links, ledger %v", pass, links, ledger)
		}
		return nil
	})
	if err != nil || queued != ledger["queued"] {
		t.Errorf("pass %d: %v, %d in the queue, ledger %v", pass, err, queued, ledger)
	}
	if !cut {
		check(p, s)
	}
}

// farmArticle makes an article of any page.
func farmArticle(p extract.Page) (extract.Reading, error) {
	a := &extract.Article{URL: p.URL, Title: "Page", Published: extract.Day(2025, 5, 20), Text: fmt.Sprintf("%d bytes", len(p.Body))}
	return extract.Reading{Articles: []*extract.Article{a}}, nil
}
