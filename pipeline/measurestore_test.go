//go:build measure

package pipeline

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/extract/resolve"
	"tenure/store"
)

// TestMeasureArticles stores as many made-up articles as the environment
// variable TENURE_SCALE says, 20,000 if it does not, each about 10 KB of JSON
// with all that is derived of it, and reports what they take and how long it
// is to read a little.
//
//	TENURE_SCALE=1000000 go test -tags measure -run MeasureArticles -v -timeout 3h ./pipeline
func TestMeasureArticles(t *testing.T) {
	n := 20_000
	if s, err := strconv.Atoi(os.Getenv("TENURE_SCALE")); err == nil {
		n = s
	}
	dir := t.TempDir()
	if d := os.Getenv("TENURE_SCALE_DIR"); d != "" { // kept for another look
		dir = d
	}
	path := filepath.Join(dir, "t.db")
	m := newMadeUp(n)
	if _, err := os.Stat(path); err != nil {
		begin := time.Now()
		size := m.store(t, path)
		t.Logf("%d articles of %d bytes of JSON in %v", n, size/int64(n), time.Since(begin).Round(time.Second))
	}
	begin := time.Now()
	db, err := store.Open(path, store.Options{})
	opened := time.Since(begin)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p := New(db, nil, nil, fakeMerge)
	p.Now = func() time.Time { return m.last }
	u, err := db.Usage()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes an article, %d of them free", u.File/int64(n), u.Free/int64(n))
	report, err := db.Check(t.Context())
	if err != nil || report.Err() != nil {
		t.Fatal(err, report.Err())
	}
	for _, x := range report.Tables {
		t.Logf("  %-14s %9d rows, %5d bytes an article", x.Name, x.Records, x.Bytes/int64(n))
	}
	t.Logf("open: %v", opened)
	clock := func(what string, fn func() (int, error)) {
		for _, again := range []string{"first", "again"} {
			begin, cpu := time.Now(), cpuTime(t)
			got, err := fn()
			took, used := time.Since(begin), cpuTime(t)-cpu
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
			t.Logf("%s, %s: %v, %v of the processor (%d)", what, again, took.Round(10*time.Microsecond), used.Round(10*time.Microsecond), got)
		}
	}
	clock("newest 50 articles", func() (n int, err error) {
		err = p.Articles(Filter{Newest: true, Limit: 50}, func(ArticleRecord) error { n++; return nil })
		return n, err
	})
	for _, person := range []int{0, 100, 20_000} {
		clock(fmt.Sprintf("timeline of person %d", person), func() (n int, err error) {
			d, err := p.dossier(m.person(person))
			if _, none := err.(*NotFoundError); none {
				err = nil // one so seldom told of is not in few articles
			}
			return len(d.Facts), err
		})
	}
	clock("facts of one person", func() (n int, err error) {
		err = p.Facts(Filter{Person: m.person(100)}, func(FactRecord) error { n++; return nil })
		return n, err
	})
	clock("moves of one person", func() (n int, err error) {
		err = p.Moves(Filter{Person: m.person(100)}, func(MoveRecord) error { n++; return nil })
		return n, err
	})
	clock("nobody of that name", func() (int, error) {
		_, err := p.dossier("Nobody Atall")
		if _, ok := err.(*NotFoundError); ok {
			err = nil
		}
		return 0, err
	})
	clock("export since yesterday", func() (n int, err error) {
		w := &lineCounter{}
		err = p.Export(w, ExportAll, FormatJSONL, Filter{Since: m.last.Add(-24 * time.Hour)})
		return w.n, err
	})
}

// cpuTime returns how long this process has had a processor, which a machine
// that is busy with other things does not change.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

type lineCounter struct{ n int }

func (c *lineCounter) Write(b []byte) (int, error) {
	c.n += strings.Count(string(b), "\n")
	return len(b), nil
}

var _ io.Writer = &lineCounter{}

// madeUp makes articles: words are used as often as in real text, and some
// people are told of far more often than others.
type madeUp struct {
	n     int
	last  time.Time
	words []string
}

func newMadeUp(n int) *madeUp {
	m := &madeUp{n: n, last: noon}
	r := rand.New(rand.NewPCG(1, 2))
	for range 40_000 {
		m.words = append(m.words, letters(r, 2+r.IntN(8)))
	}
	return m
}

func syllables(n, count int) string {
	all := strings.Fields("ta re mi so la vo ne ku shi ber ton den ard ing er al is an or est ca pro com in un de")
	var b strings.Builder
	for range count {
		b.WriteString(all[n%len(all)])
		n /= len(all)
	}
	return b.String()
}

// letters makes a word, of letters as often as English has them.
func letters(r *rand.Rand, n int) string {
	const often = "eeeeeeeeeeeetttttttttaaaaaaaaooooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrrddddlllluuucccmmmfffwwyyggppbbvk"
	b := make([]byte, n)
	for i := range b {
		b[i] = often[r.IntN(len(often))]
	}
	return string(b)
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (m *madeUp) person(i int) string {
	return title(syllables(i*7919, 3)) + " " + title(syllables(i*104729+i, 4))
}

func (m *madeUp) org(i int) string { return title(syllables(i*15485863, 4)) + " Labs" }

// article returns the i-th article.
func (m *madeUp) article(i int) ([]byte, articleRow) {
	r := rand.New(rand.NewPCG(uint64(i), 7))
	words := rand.NewZipf(r, 1.04, 8, uint64(len(m.words)-1))
	people, orgs := rand.NewZipf(r, 1.05, 10, 199_999), rand.NewZipf(r, 1.05, 10, 49_999)
	url := fmt.Sprintf("https://news%d.example/2025/05/%s-%d", i%500, syllables(i*31, 5), i)
	hash := crawler.Key(url)
	a := extract.Article{ID: extract.ArticleID(url, ""), URL: url, Site: fmt.Sprint("News ", i%500), Title: title(m.sentence(words, 8)),
		Authors: []string{m.person(i % 3000)}, Published: extract.Day(2025, 5, 1+i%26), Lang: "en", Tags: []string{"Moves", "People"}}
	var b strings.Builder
	for k := range 15 {
		kind, name, alias := extract.Person, m.person(int(people.Uint64())), ""
		if k%5 > 2 {
			kind, name = extract.Organization, m.org(int(orgs.Uint64()))
		} else {
			_, alias, _ = strings.Cut(name, " ")
		}
		e := extract.Entity{ID: resolve.ID(kind, name), Kind: kind, Name: name, Mentions: 1}
		span := extract.Span{Start: b.Len(), End: b.Len() + len(name)}
		b.WriteString(name + " " + m.sentence(words, 24) + ". ")
		a.Mentions = append(a.Mentions, extract.Mention{Span: span, Kind: kind, Entity: e.ID, Score: .97})
		if alias != "" && k%2 == 0 {
			e.Aliases, e.Mentions = []string{alias}, 2
			second := extract.Span{Start: b.Len(), End: b.Len() + len(alias)}
			b.WriteString(alias + " " + m.sentence(words, 30) + ".\n\n")
			a.Mentions = append(a.Mentions, extract.Mention{Span: second, Kind: kind, Entity: e.ID, Score: .9})
		}
		a.Entities = append(a.Entities, e)
		if k < 3 {
			a.Facts = append(a.Facts, extract.Fact{Type: extract.Left, Person: name, Org: m.org(k), Date: extract.Date{Value: "2025-02", Precision: extract.ByMonth, Earliest: "2025-02-01", Latest: "2025-02-28", Raw: "February 2025"},
				Score: .9, Evidence: extract.Evidence{Span: span, Quote: name, By: "labels/left"}, Spans: extract.FactSpans{Person: span}})
		}
	}
	a.Text = b.String()
	at := m.last.Add(-time.Duration(float64(m.n-i) / float64(m.n) * float64(365*24*time.Hour))).Truncate(time.Second)
	row := articleRow{Article: a, Like: likeness(a.Text), First: at, Changed: at, By: "own/1"}
	row.Groups = peopleOf(&a)
	row.Sightings = []sighting{{Page: uint64(i + 1), First: uint64(i + 1), URL: url, At: at, Hash: textHash(a.Text), Size: len(a.Text), Meta: metadata(&a)}}
	return hash[:], row
}

func (m *madeUp) sentence(words *rand.Zipf, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(m.words[words.Uint64()])
	}
	return b.String()
}

// store writes all articles and returns how many bytes of JSON they have.
func (m *madeUp) store(t *testing.T, path string) (size int64) {
	t.Helper()
	db, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const group = 1000
	type ready struct {
		put func(*store.Tx) error
		key []byte
		row articleRow
	}
	for i := 0; i < m.n; i += group {
		batch := make([]ready, min(group, m.n-i))
		var work sync.WaitGroup
		var mu sync.Mutex
		cpus := runtime.GOMAXPROCS(0)
		for c := range cpus {
			work.Go(func() {
				bytes := 0
				for k := c; k < len(batch); k += cpus {
					x := &batch[k]
					x.key, x.row = m.article(i + k)
					b, err := encode(x.row)
					if err == nil {
						x.put, err = schema.articles.Prepare(db, x.key, x.row)
					}
					if err != nil {
						panic(err)
					}
					bytes += len(b)
				}
				mu.Lock()
				defer mu.Unlock()
				size += int64(bytes)
			})
		}
		work.Wait()
		err := db.Update(func(tx *store.Tx) error {
			for _, x := range batch {
				if err := x.put(tx); err != nil {
					return err
				}
				if err := replaceDerived(tx, x.key, articleRow{}, x.row); err != nil {
					return err
				}
				if err := m.move(tx, x.row); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return size
}

// move writes the move that the first fact of every second article makes.
func (m *madeUp) move(tx *store.Tx, row articleRow) error {
	if row.Sightings[0].Page%2 == 0 {
		return nil
	}
	f := row.Facts[0]
	x := moveRow{First: row.First, Last: row.First, Changed: row.First}
	x.ID, x.Person, x.Kind, x.From.Org, x.Sources = row.ID[:16], f.Person, extract.Departure, f.Org, 1
	x.Facts = []extract.ClaimQuote{{ArticleRef: row.Ref(), Quote: f.Evidence.Quote, Rule: f.Evidence.By}}
	if err := schema.moves.Put(tx, []byte(x.ID), x); err != nil {
		return err
	}
	return schema.movesOf.Put(tx, store.Key(personID(&row.Article, f.Person), []byte(x.ID)), nil)
}
