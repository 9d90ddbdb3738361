//go:build measure

package pipeline

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/extract/career"
	"tenure/extract/content"
	"tenure/extract/ner"
	"tenure/extract/resolve"
	"tenure/store"
)

// TestMeasureReextract keeps as many pages of real publishers as TENURE_SCALE
// says, 1,000 if it does not, each page many times under other addresses,
// reads them, and then has Reextract read them again as another version would.
// Beside its speed stands what the stages do one after another on one
// processor: unpack a kept page, read it, annotate it step by step, code its
// row, and write the rows of a batch with all that is derived of them.
//
//	TENURE_SCALE=10000 go test -tags measure -run MeasureReextract -v -timeout 60m ./pipeline
func TestMeasureReextract(t *testing.T) {
	n := 1000
	if s, err := strconv.Atoi(os.Getenv("TENURE_SCALE")); err == nil {
		n = s
	}
	bodies := publishersPages(t)
	db, err := store.Open(filepath.Join(t.TempDir(), "t.db"), store.Options{Migrations: Migrations(resolve.Across{})})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	recognizer, err := ner.Default()
	if err != nil {
		t.Fatal(err)
	}
	steps := []Step{ner.Step{Recognizer: recognizer}, resolve.Step{}, career.Step{}, Adopt{}, resolve.Step{}}
	p := New(db, &content.Reader{}, steps, career.Moves)
	p.Version, p.People = "1", resolve.Across{}
	keepPages(t, p, bodies, n)
	if _, err := p.Reextract(t.Context(), true, nil); err != nil {
		t.Fatal(err)
	}

	p.Version = "2"
	runtime.GC()
	begin, cpu := time.Now(), cpuTime(t)
	s, err := p.Reextract(t.Context(), false, nil)
	if err != nil {
		t.Fatal(err)
	}
	took, used := time.Since(begin), cpuTime(t)-cpu
	pages := time.Duration(s.Pages.Total)
	t.Logf("%d pages, %d articles: %.1f a second, %v of processor time a page; %s", s.Pages.Total, s.Articles, float64(pages)/took.Seconds(), used/pages, memory(t, "VmHWM"))

	p.Version = "3"
	names, took1, cpu1 := measureStages(t, p, min(n, 640))
	var wall, sum time.Duration
	for i, name := range names {
		t.Logf("  %-8s %10v a page, %10v of processor time", name, took1[i].Round(time.Microsecond), cpu1[i].Round(time.Microsecond))
		wall, sum = wall+took1[i], sum+cpu1[i]
	}
	cores := time.Duration(runtime.GOMAXPROCS(0))
	t.Logf("stages together %v a page: reextract does %.2f of %d times that; of its processor time %.2f are theirs",
		wall.Round(time.Microsecond), float64(wall*pages)/float64(took*cores), cores, float64(sum*pages)/float64(used))
}

// publishersPages returns pages of real publishers, where they are there.
func publishersPages(t *testing.T) (bodies [][]byte) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "shared", "data", "extraction", "news", "html", "*"))
	if err != nil || len(files) == 0 {
		t.Skip("no pages of publishers in ../shared")
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if b, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, b)
	}
	return bodies
}

// keepPages keeps n pages as a crawl does.
func keepPages(t *testing.T, p *Pipeline, bodies [][]byte, n int) {
	t.Helper()
	at := time.Date(2025, 5, 20, 9, 0, 0, 0, time.UTC)
	for i := range n {
		f := crawler.Fetch{URL: fmt.Sprintf("https://news%d.example/2025/05/story-%d", i%50, i), At: at, Status: 200, Type: "text/html; charset=utf-8", Body: bodies[i%len(bodies)]}
		f.Final = f.URL
		ref, err := p.db.AppendRaw(t.Context(), rawRecord(f))
		if err == nil {
			l := crawler.Lease{Link: crawler.Link{URL: f.URL, Role: crawler.Story}}
			err = p.db.Update(func(tx *store.Tx) error { return putPage(tx, l.Link, f, bodyHash(f.Body), ref, true) })
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// measureStages does with n pages what Reextract does, stage by stage on one
// processor, and returns what each takes a page.
func measureStages(t *testing.T, p *Pipeline, n int) (names []string, wall, cpu []time.Duration) {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	ctx := context.Background()
	var rows []store.Row[pageRow]
	err := p.db.View(func(tx *store.Tx) (err error) {
		rows, err = schema.pages.Scan(tx, nil, nil, n)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	stage := func(name string, fn func() error) {
		begin, used := time.Now(), cpuTime(t)
		if err := fn(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		names = append(names, name)
		wall, cpu = append(wall, time.Since(begin)/time.Duration(n)), append(cpu, (cpuTime(t)-used)/time.Duration(n))
	}
	raws := make([]store.RawRecord, n)
	stage("unpack", func() (err error) {
		for i, r := range rows {
			if raws[i], err = p.db.ReadRaw(r.Value.Raw); err != nil {
				return err
			}
		}
		return nil
	})
	all := make([]extract.Reading, n)
	stage("content", func() (err error) {
		for i, r := range rows {
			page := r.Value
			if all[i], err = p.read.Read(ctx, extract.Page{URL: page.Final, Type: page.Type, At: page.At, Body: raws[i].Body}); err != nil {
				return err
			}
		}
		return nil
	})
	raws = nil
	for k, step := range p.steps {
		stage([]string{"ner", "resolve", "career", "adopt", "resolve"}[k], func() error {
			for _, got := range all {
				for _, a := range got.Articles {
					if err := step.Annotate(ctx, a); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	steps := p.steps
	p.steps = nil // what they found is there
	defer func() { p.steps = steps }()
	met := make([][]meeting, n)
	r := &reading{p: p, tally: newTally(), again: true}
	stage("code", func() error {
		for i, row := range rows {
			for _, a := range all[i].Articles {
				if err := r.measureMeeting(ctx, row, a, &met[i]); err != nil {
					return err
				}
			}
		}
		return nil
	})
	stage("commit", func() error {
		for i := 0; i < n; i += readOptions().Batch {
			err := p.db.Update(func(tx *store.Tx) error {
				for k := i; k < min(i+readOptions().Batch, n); k++ {
					if _, err := r.write(ctx, tx, rows[k].Key, rows[k].Value, met[k], nil); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	stage("moves", func() error { return r.assemble(ctx) })
	return names, wall, cpu
}

// measureMeeting works out what an annotated article makes of its row.
func (r *reading) measureMeeting(ctx context.Context, row store.Row[pageRow], a *extract.Article, met *[]meeting) error {
	m, err := newMeeting(row.Key, row.Value, a)
	if err != nil {
		return err
	}
	mentions, entities, facts := a.Mentions, a.Entities, a.Facts
	if m.before, _, err = view(r.p.db, schema.articles, m.key); err != nil {
		return err
	}
	if m.after, err = r.p.meetSafely(ctx, r.p.db.View, m, false); err != nil {
		return err
	}
	m.after.Mentions, m.after.Entities, m.after.Facts = mentions, entities, facts
	m.after.Groups = r.p.people().Groups(&m.after.Article)
	*met = append(*met, m)
	return nil
}
