package pipeline

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tenure/crawler"
	"tenure/store"
)

func TestVolume(t *testing.T) {
	const d = 24 * time.Hour
	tests := []struct {
		name   string
		counts map[time.Duration]int // articles, by how long ago
		want   Volume
		quiet  bool
	}{
		{"nothing ever", nil, Volume{}, false},
		{"young", map[time.Duration]int{0: 3, 6 * d: 4, 8 * d: 5}, Volume{Week: 7}, false},
		{"steady", map[time.Duration]int{2 * d: 10, 9 * d: 9, 16 * d: 12, 20 * d: 0}, Volume{Week: 10, Usual: 10.5}, false},
		{"quiet", map[time.Duration]int{2 * d: 2, 9 * d: 9, 16 * d: 12, 20 * d: 0}, Volume{Week: 2, Usual: 10.5}, true},
		{"silent", map[time.Duration]int{9 * d: 9, 16 * d: 12, 20 * d: 0}, Volume{Usual: 10.5}, true},
		{"rare", map[time.Duration]int{9 * d: 1, 30 * d: 1, 62 * d: 1}, Volume{Usual: 3. / 8}, false},
		{"long ago", map[time.Duration]int{100 * d: 50}, Volume{}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newTestPipeline(t, t.TempDir())
			var got Volume
			err := p.db.Update(func(tx *store.Tx) error {
				for ago, n := range test.counts {
					if err := schema.volume.Put(tx, store.Key("s", day(noon.Add(-ago))), n); err != nil {
						return err
					}
				}
				if err := countArticle(tx, "", noon); err != nil {
					return err
				}
				var err error
				got, err = volumeOf(tx, "s", noon)
				return err
			})
			if err != nil || got != test.want || got.Quiet() != test.quiet {
				t.Errorf("%v, %+v, quiet %v; want %+v, %v", err, got, got.Quiet(), test.want, test.quiet)
			}
		})
	}
}

// TestCopies: a story that two outlets tell in the same words counts once,
// and is told to be a copy of the one met first.
func TestCopies(t *testing.T) {
	story := "Ada left Acme\nThe company said in a short statement that it thanks her for all the years.\n"
	for i := range 60 {
		story += fmt.Sprintf("Machine %d, built in hall %d, was hers from the drawing to crate %d. ", i, i*7%31, i*13%97)
	}
	p := newTestPipeline(t, t.TempDir())
	for i, text := range []string{story, strings.Replace(story, "a short statement", "a brief statement", 1), "Ada left Acme\nAnother paper tells it in words of its own."} {
		keep(t, p, crawler.Link{URL: fmt.Sprintf("https://paper%d.example/a", i), Role: crawler.Story},
			fmt.Sprintf(`[{"published":"2025-05-0%d","text":%q}]`, i+1, text))
		p.Now = func() time.Time { return noon.Add(time.Duration(i) * time.Hour) }
		read(t, p)
	}
	var origins []string
	copies := map[string]string{}
	err := p.Articles(Filter{}, func(r ArticleRecord) error {
		if r.CopyOf != "" {
			copies[r.ID] = r.CopyOf
		} else {
			origins = append(origins, r.ID)
		}
		return nil
	})
	if err != nil || len(copies) != 1 || len(origins) != 2 {
		t.Fatalf("%v: copies %v, originals %v", err, copies, origins)
	}
	var refs []string
	err = p.db.View(func(tx *store.Tx) error {
		t, err := gather(tx, "p-Ada")
		if err != nil {
			return err
		}
		who := byName{}.People("p-Ada", t.articles, t.copies, nil)[0]
		all, _ := t.claims(who)
		for _, c := range all {
			refs = append(refs, c.Article.Copy)
		}
		return nil
	})
	if err != nil || len(refs) != 3 {
		t.Fatalf("%v: %d claims, want 3", err, len(refs))
	}
	distinct := map[string]bool{}
	for _, r := range refs {
		distinct[r] = true
	}
	if len(distinct) != 2 {
		t.Errorf("%d independent tellings, want 2", len(distinct))
	}
}

// TestLedger: every link ever discovered is in exactly one state, and what
// is queued is in the queue.
func TestLedger(t *testing.T) {
	f, c := newTestFrontier(t, 0)
	var urls []string
	for i := range 40 {
		urls = append(urls, fmt.Sprintf("https://h%d.example/%d", i%7, i))
	}
	put(t, f, urls...)
	p := &Pipeline{db: f.db, Now: c.now}
	sink := &crawl{p: p, f: f, tally: newTally()}
	for i := 0; ; i++ {
		all := lease(t, f, 3)
		if len(all) == 0 {
			break
		}
		for k, l := range all {
			f := crawler.Fetch{URL: l.Link.URL, Final: l.Link.URL, At: c.now(), Status: []int{200, 404, 410, 304, 500}[(i+k)%5], Body: []byte("x")}
			if err := sink.Fetched(context.Background(), l, f); err != nil {
				t.Fatal(err)
			}
		}
	}
	ledger, err := p.Ledger()
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, n := range ledger {
		total += n
	}
	queue := 0
	err = f.db.View(func(tx *store.Tx) error { queue = schema.queue.Count(tx); return nil })
	if err != nil || total != len(urls) || queue != ledger["queued"] || ledger["gone"] == 0 || ledger["done"] == 0 {
		t.Errorf("%v: ledger %v sums to %d of %d, %d in the queue", err, ledger, total, len(urls), queue)
	}
}
