package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// newsroom fills a pipeline with articles, lists, copies, aliases and links.
func newsroom(t testing.TB, p *Pipeline) {
	t.Helper()
	long := strings.Repeat("a long story that is told by more than one outlet and so is compared with others ", 8)
	for i := range 12 {
		body := fmt.Sprintf(`[{"title":"T%d","published":"2025-05-0%d","text":"Ada%d left Acme\nBob left Initech%d\n%s%d"}]`, i, i%9+1, i%5, i%3, long, i%4)
		keep(t, p, crawler.Link{URL: articleURL(i), Role: crawler.Story, Source: "s1", Tags: []string{"own"}}, body)
	}
	keep(t, p, crawler.Link{URL: "https://example.org/short/1", Role: crawler.Story, Source: "s1"},
		`[{"url":"https://example.org/a/1","title":"T1","published":"2025-05-02","text":"Ada1 left Acme\n"}]`)
	for i := range 3 {
		keep(t, p, crawler.Link{URL: "https://example.org/tag", Role: crawler.Listing, Kind: crawler.Tag, Source: "s1", Tags: []string{"moves"}},
			fmt.Sprintf(`[{"url":"https://example.org/c/%d","inline":true,"published":"2025-05-01","text":"Cleo%d left Hooli\n"},
			{"url":"https://example.org/c/9","inline":true,"published":"2025-05-0%d","text":"Dan left Hooli\n"}]`, i, i, i+1))
	}
	if _, _, err := p.AddURLs(t.Context(), []string{"https://one.example/x", "https://two.example/y", "https://two.example/z"}); err != nil {
		t.Fatal(err)
	}
	src, err := crawler.NewSource(crawler.Tag, "https://example.org/tag")
	if err == nil {
		_, err = p.AddSources(t.Context(), src)
	}
	if err != nil {
		t.Fatal(err)
	}
	read(t, p)
}

func checkClean(t rapid.TB, p *Pipeline) CheckReport {
	t.Helper()
	r, err := p.Check(context.Background(), CheckOptions{})
	if err != nil || r.Found > 0 {
		t.Fatalf("check: %v, %d problems: %s", err, r.Found, strings.Join(r.Problems, "\n"))
	}
	return r
}

func TestCheck(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	newsroom(t, p)
	r := checkClean(t, p)
	if r.Articles != 16 || r.Pages != 16 || r.Moves == 0 || r.Waiting != 0 {
		t.Errorf("%+v", r)
	}
	key := crawler.Key(articleURL(1))
	row, _, err := p.article(key[:])
	if err != nil {
		t.Fatal(err)
	}
	// Each spoils one thing, which is told of and then made good.
	for _, tt := range []struct {
		name  string
		want  string
		spoil func(tx *store.Tx) error
	}{
		{"missing key", "articles.time: row", func(tx *store.Tx) error { return schema.byTime.Delete(tx, store.Key(row.Changed, key[:])) }},
		{"orphan of no article", "people: row", func(tx *store.Tx) error { return schema.people.Put(tx, store.Key("p-X", make([]byte, 16)), nil) }},
		{"orphan of an article", "similar: row", func(tx *store.Tx) error { return schema.similar.Put(tx, store.Key(uint32(1), uint64(2), key[:]), nil) }},
		{"missing row", "entities: row", func(tx *store.Tx) error { return schema.entities.Delete(tx, store.Key("p-Bob", key[:])) }},
		{"wrong row", "is not what its record makes of it", func(tx *store.Tx) error {
			return schema.entities.Put(tx, store.Key("p-Bob", key[:]), entityRow{Entity: extract.Entity{ID: "p-Bob"}, Article: row.ID})
		}},
		{"total", "totals: row", func(tx *store.Tx) error { return totalOf(extract.Entity{ID: "p-Bob", Name: "Bob"}).add(tx, 1) }},
		{"total of nobody", "leads to no record", func(tx *store.Tx) error {
			return total{key: store.Key("p-X", totalMore, make([]byte, nameHash)), articles: 1}.add(tx, 1)
		}},
		{"missing article", "leads to no record", func(tx *store.Tx) error { return schema.articles.Delete(tx, key[:]) }},
		{"move without place", "moves.person: row", func(tx *store.Tx) error { return schema.moves.Put(tx, []byte("m"), moveRow{}) }},
		{"place without move", "moves.person: row", func(tx *store.Tx) error { return schema.movesOf.Put(tx, store.Key("p-Bob", []byte("m")), nil) }},
		{"queue", "queue: row", func(tx *store.Tx) error { return schema.queue.Clear(tx) }},
		{"ready", "ready: row", func(tx *store.Tx) error { return schema.ready.Clear(tx) }},
		{"host", "links of one.example wait", func(tx *store.Tx) error { return schema.hosts.Put(tx, []byte("one.example"), hostRow{}) }},
		{"alias", "is missing", func(tx *store.Tx) error { return schema.aliases.Clear(tx) }},
		{"alias of another", "was not met there", func(tx *store.Tx) error { return schema.aliases.Put(tx, make([]byte, 16), aliasRow{row.ID}) }},
		{"alias of nothing", "was not met there", func(tx *store.Tx) error {
			return schema.aliases.Put(tx, make([]byte, 16), aliasRow{strings.Repeat("0", 32)})
		}},
		{"reading", "page 99 is not there", func(tx *store.Tx) error { return schema.readings.Put(tx, store.Key(uint64(99)), readingRow{}) }},
		{"page", "pages: page 1", func(tx *store.Tx) error {
			page, _, err := schema.pages.Get(tx, store.Key(uint64(1)))
			page.Raw.Offset += 3
			return errors.Join(err, schema.pages.Put(tx, store.Key(uint64(1)), page))
		}},
		{"other page", "it is not the page", func(tx *store.Tx) error {
			page, _, err := schema.pages.Get(tx, store.Key(uint64(1)))
			other, _, oerr := schema.pages.Get(tx, store.Key(uint64(2)))
			page.Raw = other.Raw
			return errors.Join(err, oerr, schema.pages.Put(tx, store.Key(uint64(1)), page))
		}},
		{"count", "volume: row", func(tx *store.Tx) error { return schema.volume.Put(tx, store.Key("s", uint64(1)), -1) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			undo := errors.New("undo")
			err := p.db.Update(func(tx *store.Tx) error {
				if err := tt.spoil(tx); err != nil {
					return err
				}
				c := checker{p: p, ctx: t.Context(), tx: tx}
				if err := c.all(); err != nil {
					return err
				}
				if all := strings.Join(c.report.Problems, "\n"); !strings.Contains(all, tt.want) {
					t.Errorf("problems %q, want %q", all, tt.want)
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Error(err)
			}
		})
	}
	checkClean(t, p)
}

// After a rebuild everything is as it was, byte for byte, whatever was wrong
// with what is derived.
func TestRebuild(t *testing.T) {
	for _, articles := range []bool{false, true} {
		t.Run(fmt.Sprint("articles ", articles), func(t *testing.T) {
			p := newTestPipeline(t, t.TempDir())
			newsroom(t, p)
			want, was := exportAll(t, p), dump(t, p)
			err := p.db.Update(func(tx *store.Tx) error {
				return errors.Join(schema.byTime.Clear(tx), schema.similar.Clear(tx), schema.people.Clear(tx), schema.entities.Clear(tx), schema.totals.Clear(tx),
					schema.movesOf.Clear(tx), schema.queue.Clear(tx), schema.ready.Clear(tx), schema.aliases.Clear(tx),
					schema.people.Put(tx, store.Key("p-X", make([]byte, 16)), nil), schema.moves.Put(tx, []byte("m"), moveRow{}))
			})
			if err != nil {
				t.Fatal(err)
			}
			p.Now = func() time.Time { return noon.Add(48 * time.Hour) } // nothing changes but what is damaged
			done, err := p.Rebuild(t.Context(), RebuildOptions{Articles: articles})
			if err != nil || done.Articles != 16 || done.Carried != 0 {
				t.Errorf("%+v, %v", done, err)
			}
			if got := exportAll(t, p); got != want {
				t.Errorf("export\n%s\nwant\n%s", got, want)
			}
			now := dump(t, p)
			for name := range was {
				if now[name] != was[name] {
					t.Errorf("table %s is\n%s\nwas\n%s", name, now[name], was[name])
				}
			}
			checkClean(t, p)
			// And work goes on.
			keep(t, p, crawler.Link{URL: articleURL(77), Role: crawler.Story}, `[{"published":"2025-05-01","text":"Eve left Acme\n"}]`)
			read(t, p)
			checkClean(t, p)
		})
	}
}

// dump returns every table as text.
func dump(t testing.TB, p *Pipeline) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := p.db.View(func(tx *store.Tx) error {
		for _, x := range []store.Index{schema.queue, schema.ready, schema.byTime, schema.similar, schema.people, schema.dirty, schema.movesOf, schema.names, schema.personsByID, schema.sighted} {
			err := rowsOf(x)(tx, func(key, value []byte) error {
				all[x.Name()] += fmt.Sprintf("%x %x\n", key, value)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return errors.Join(dumpTable(tx, all, schema.links), dumpTable(tx, all, schema.hosts), dumpTable(tx, all, schema.pages),
			dumpTable(tx, all, schema.readings), dumpTable(tx, all, schema.articles), dumpTable(tx, all, schema.aliases),
			dumpTable(tx, all, schema.volume), dumpTable(tx, all, schema.entities), dumpTable(tx, all, schema.moves),
			dumpTable(tx, all, schema.failures), dumpTable(tx, all, schema.sources), dumpTable(tx, all, schema.persons),
			schema.totals.Each(tx, nil, func(key, names []byte, n []int64) error {
				all[schema.totals.Name()] += fmt.Sprintf("%x %x %d\n", key, names, n)
				return nil
			}))
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func dumpTable[T any](tx *store.Tx, all map[string]string, table store.Table[T]) error {
	return table.Each(tx, nil, func(key []byte, v T) error {
		line, err := encode(v)
		all[table.Name()] += fmt.Sprintf("%x %s", key, line)
		return err
	})
}

// An article whose pages are lost stays, whether they are read again in place
// or everything is made anew; so does one on whose page the reader fails now.
func TestPagesLost(t *testing.T) {
	dir := t.TempDir()
	p := newTestPipeline(t, dir)
	newsroom(t, p)
	want := exportAll(t, p)
	if err := os.RemoveAll(filepath.Join(dir, "t.db.pages")); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Reextract(t.Context(), true, nil); err != nil {
		t.Fatal(err)
	}
	if got := exportAll(t, p); got != want {
		t.Errorf("after reading again:\n%s\nwant\n%s", got, want)
	}
	done, err := p.Rebuild(t.Context(), RebuildOptions{Articles: true})
	if err != nil || done.Carried != 16 {
		t.Errorf("%+v, %v", done, err)
	}
	if got := exportAll(t, p); got != want {
		t.Errorf("after a rebuild:\n%s\nwant\n%s", got, want)
	}
}

func TestReaderFailsLater(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	newsroom(t, p)
	want := exportAll(t, p)
	p.read = readerFunc(func(extract.Page) (extract.Reading, error) { panic("as asked") })
	p.Version = "2"
	if _, err := p.Reextract(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	if got := exportAll(t, p); got != want {
		t.Errorf("export\n%s\nwant\n%s", got, want)
	}
	done, err := p.Rebuild(t.Context(), RebuildOptions{Articles: true})
	if got := exportAll(t, p); got != want || err != nil || done.Carried != 16 {
		t.Errorf("%+v, %v, export\n%s\nwant\n%s", done, err, got, want)
	}
	checkClean(t, p)
}

// A rebuild that is stopped has changed nothing.
func TestRebuildStopped(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	newsroom(t, p)
	want := exportAll(t, p)
	ctx, cancel := context.WithCancel(t.Context())
	p.read = readerFunc(func(extract.Page) (extract.Reading, error) { cancel(); return extract.Reading{}, nil })
	if _, err := p.Rebuild(ctx, RebuildOptions{Articles: true}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if got := exportAll(t, p); got != want {
		t.Errorf("export\n%s\nwant\n%s", got, want)
	}
	checkClean(t, p)
}
