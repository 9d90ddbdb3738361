package pipeline_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/extract/career"
	"tenure/extract/content"
	"tenure/extract/resolve"
	"tenure/pipeline"
	"tenure/store"
)

// careers returns a pipeline that has read the given lists of fields, a page
// each, by day of publication.
func careers(t *testing.T, lists ...string) *pipeline.Pipeline {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "t.db"), store.Options{Migrations: pipeline.Migrations(resolve.Across{})})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	p := pipeline.New(db, &content.Reader{}, []pipeline.Step{career.Step{}, pipeline.Adopt{}, resolve.Step{}}, career.Moves)
	p.Version, p.People = "1", resolve.Across{}
	var minutes atomic.Int64
	p.Now = func() time.Time {
		return time.Date(2025, 5, 20, 9, 0, 0, 0, time.UTC).Add(time.Duration(minutes.Add(1)) * time.Minute)
	}
	site := recording{}
	var urls []string
	for i, list := range lists {
		path := fmt.Sprintf("/%d", i+1)
		lines := strings.Split(list, "; ")
		site[path] = []byte(fmt.Sprintf(`<html><head><title>Who is where</title><meta property="article:published_time" content="2025-05-%02d"></head><body><h3>%s</h3><p>%s</p></body></html>`,
			i+1, lines[0], strings.Join(lines[1:], "</p><p>")))
		urls = append(urls, "http://courier.example"+path)
	}
	if _, _, err := p.AddURLs(t.Context(), urls); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(t.Context(), pipeline.RunOptions{Client: &crawler.Client{Transport: site, AllowPrivate: true}}); err != nil {
		t.Fatal(err)
	}
	return p
}

// roster says who is known and with how many facts and moves, by name and
// number of articles.
func roster(t *testing.T, p *pipeline.Pipeline) (all []string) {
	t.Helper()
	err := p.Entities(extract.Person, pipeline.Filter{}, func(e pipeline.EntityRecord) error {
		v, err := p.Show(e.ID)
		if err != nil {
			return err
		}
		d := v.(pipeline.Dossier)
		all = append(all, fmt.Sprintf("%s (%s) in %d: %d facts, %d moves", e.Name, strings.Join(e.Aliases, ", "), e.Articles, len(d.Facts), len(d.Moves)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

func keysOf(t *testing.T, p *pipeline.Pipeline, name string) (keys []extract.SightingKey) {
	t.Helper()
	err := p.Articles(pipeline.Filter{}, func(r pipeline.ArticleRecord) error {
		if len(r.Facts) > 0 && r.Facts[0].Person == name {
			keys = append(keys, extract.SightingKey{Article: r.ID, Name: name})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// Namesakes are kept apart, spellings of one name brought together, and what
// somebody decides about it holds, also when all is read again, until they
// decide otherwise.
func TestNamesakes(t *testing.T) {
	p := careers(t,
		"James Smith; Left Acme: May 2024; Current role: Chief Financial Officer at Brightwater",
		"James Smith; Left Harbour Rovers: June 2025; Former role: Head Coach",
		"Yann Le Cun; Left Meta: November 2024; Former role: Chief AI Scientist",
		"Yann LeCun; Left Meta: November 2024; Current role: Founder at Newlab",
	)
	yann := "Yann Le Cun (Yann LeCun) in 2: 5 facts, 1 moves"
	apart := []string{"James Smith () in 1: 2 facts, 1 moves", "James Smith () in 1: 2 facts, 1 moves", yann}
	joined := []string{"James Smith () in 2: 4 facts, 2 moves", yann}
	keys := keysOf(t, p, "James Smith")
	if len(keys) != 2 {
		t.Fatalf("%d articles about James Smith", len(keys))
	}
	check := func(when string, want []string, after error) {
		t.Helper()
		if after != nil {
			t.Fatalf("%s: %v", when, after)
		}
		if got := roster(t, p); !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", when, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	again := func(all bool) error { _, err := p.Reextract(t.Context(), all, nil); return err }
	rebuild := func(articles bool) error {
		_, err := p.Rebuild(t.Context(), pipeline.RebuildOptions{Articles: articles})
		return err
	}
	check("at first", apart, nil)
	check("said to be one", joined, p.Decide(t.Context(), extract.Decision{A: keys[0], B: keys[1], Same: true}))
	check("read again", joined, again(true))
	check("rebuilt", joined, rebuild(false))
	check("rebuilt from pages", joined, rebuild(true))
	check("said to be two", apart, p.Decide(t.Context(), extract.Decision{A: keys[0], B: keys[1]}))
	check("read once more", apart, again(true))
	all, err := p.Decisions()
	if err != nil || len(all) != 2 || !all[0].Same || all[1].Same || !all[0].At.Before(all[1].At) {
		t.Errorf("decisions %+v, %v", all, err)
	}
	yanns := keysOf(t, p, "Yann LeCun")
	if err := p.Decide(t.Context(), extract.Decision{A: keys[0], B: yanns[0], Same: true}); err == nil || !strings.Contains(err.Error(), "no surname in common") {
		t.Errorf("%v, want that they cannot be one", err)
	}
	if err := p.Decide(t.Context(), extract.Decision{A: keys[0], B: extract.SightingKey{Article: keys[1].Article, Name: "Nobody"}}); !errors.As(err, new(*pipeline.NotFoundError)) {
		t.Errorf("%v, want that Nobody is not found", err)
	}
}

// addArticle has a pipeline read one more page.
func addArticle(t *testing.T, p *pipeline.Pipeline, path, heading string, lines ...string) {
	t.Helper()
	site := recording{path: []byte(fmt.Sprintf(`<html><head><title>Who is where, once more</title><meta property="article:published_time" content="2025-05-19"></head><body><h3>%s</h3><p>%s</p></body></html>`,
		heading, strings.Join(lines, "</p><p>")))}
	if _, _, err := p.AddURLs(t.Context(), []string{"http://ledger.example" + path}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(t.Context(), pipeline.RunOptions{Client: &crawler.Client{Transport: site, AllowPrivate: true}}); err != nil {
		t.Fatal(err)
	}
}
