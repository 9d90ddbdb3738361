// Command whole measures the whole way from an address to a stored record:
// tenure's, and that of a program glued together from colly, go-trafilatura,
// prose's own entities and one bbolt transaction a record, over the same pages
// of real publishers, served on loopback in the same process. Then it has
// tenure read the pages it kept again, and puts that beside what reading and
// annotating alone take on one processor.
//
//	go run ./whole                    in the folder of the bench module
//	go run ./whole -rounds 78         10,000 pages
//
// The glued program finds no facts, people or moves; what it stores is the
// text and the names.
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gocolly/colly/v2"
	"github.com/jdkato/prose/v2"
	"github.com/markusmobius/go-trafilatura"
	"go.etcd.io/bbolt"

	"tenure/crawler"
	"tenure/extract"
	"tenure/extract/career"
	"tenure/extract/content"
	"tenure/extract/ner"
	"tenure/extract/resolve"
	"tenure/pipeline"
	"tenure/store"
)

const workers = 16 // requests at a time, of both

func main() {
	data := flag.String("data", filepath.Join("..", "..", "shared", "data", "extraction", "news", "html"), "folder of pages, HTML in gzip")
	rounds := flag.Int("rounds", 8, "how often tenure gets every page, each time under another address; the glued program gets them once")
	flag.Parse()
	if err := run(*data, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "whole:", err)
		os.Exit(1)
	}
}

func run(data string, rounds int) error {
	pages, err := load(data)
	if errors.Is(err, fs.ErrNotExist) {
		fmt.Printf("no pages in %s: nothing measured\n", data)
		return nil
	}
	if err != nil {
		return err
	}
	port, stop, err := serve(pages)
	if err != nil {
		return err
	}
	defer stop()
	dir, err := os.MkdirTemp("", "whole-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)

	t, err := open(filepath.Join(dir, "tenure.db"))
	if err != nil {
		return err
	}
	defer t.db.Close()
	begin := time.Now()
	s, err := t.run(addresses(port, len(pages), rounds))
	if err != nil {
		return err
	}
	rate := float64(s.Pages.Total) / time.Since(begin).Seconds()
	begin = time.Now()
	again, err := t.Reextract(context.Background(), true, nil)
	if err != nil {
		return err
	}
	reread := float64(again.Pages.Total) / time.Since(begin).Seconds()
	peak := memory()
	single, err := t.single(pages)
	if err != nil {
		return err
	}

	begin = time.Now()
	n, err := glued(filepath.Join(dir, "glued.db"), addresses(port, len(pages), 1))
	if err != nil {
		return err
	}
	glue := float64(n) / time.Since(begin).Seconds()
	cores := float64(runtime.GOMAXPROCS(0))
	fmt.Printf("glued      %5d pages, %6.1f a second\n", n, glue)
	fmt.Printf("tenure     %5d pages, %6.1f a second; %d articles, %d facts, %d moves: %.1f times the glued program\n",
		s.Pages.Total, rate, s.Articles, s.Facts, s.Moves, rate/glue)
	fmt.Printf("reextract  %5d pages, %6.1f a second: %.2f of %.0f times the %.1f that reading and annotating do alone; %s\n",
		again.Pages.Total, reread, reread/cores/single, cores, single, peak)
	return nil
}

// memory returns the most memory this process has had.
func memory() string {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "memory not known"
	}
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "VmHWM:") {
			return "peak " + strings.Join(strings.Fields(line)[1:], " ")
		}
	}
	return "memory not known"
}

func load(dir string) ([][]byte, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var pages [][]byte
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		page, err := io.ReadAll(z)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// serve answers /ROUND/PAGE on all loopback addresses.
func serve(pages [][]byte) (port int, stop func(), err error) {
	l, err := net.Listen("tcp4", "0.0.0.0:0")
	if err != nil {
		return 0, nil, err
	}
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:])
		if err != nil || n < 0 || n >= len(pages) {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(pages[n]) // the client may have gone
	})}
	go func() { _ = srv.Serve(l) }() // ends with Close
	return l.Addr().(*net.TCPAddr).Port, func() { _ = srv.Close() }, nil
}

// addresses returns an address for each page and round, spread over as many
// hosts as there are requests at a time.
func addresses(port, pages, rounds int) []string {
	var all []string
	for r := range rounds {
		for p := range pages {
			u := url.URL{Scheme: "http", Host: fmt.Sprintf("127.0.0.%d:%d", 2+(r*pages+p)%workers, port), Path: fmt.Sprintf("/2025/05/story-of-round-%d/%d", r, p)}
			all = append(all, u.String())
		}
	}
	return all
}

// glued is the program that one would write first.
func glued(path string, urls []string) (int64, error) {
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	c := colly.NewCollector(colly.Async(true))
	if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: workers}); err != nil {
		return 0, err
	}
	var mu sync.Mutex
	var failed error
	var n atomic.Int64
	c.OnResponse(func(r *colly.Response) {
		if err := keep(db, r); err != nil {
			mu.Lock()
			failed = errors.Join(failed, err)
			mu.Unlock()
			return
		}
		n.Add(1)
	})
	for _, u := range urls {
		if err := c.Visit(u); err != nil {
			return 0, err
		}
	}
	c.Wait()
	return n.Load(), failed
}

func keep(db *bbolt.DB, r *colly.Response) error {
	got, err := trafilatura.Extract(bytes.NewReader(r.Body), trafilatura.Options{OriginalURL: r.Request.URL})
	if err != nil {
		return nil // it finds no text on some
	}
	doc, err := prose.NewDocument(got.ContentText)
	if err != nil {
		return err
	}
	record, err := json.Marshal(map[string]any{
		"url": r.Request.URL.String(), "title": got.Metadata.Title, "date": got.Metadata.Date, "text": got.ContentText, "entities": doc.Entities(),
	})
	if err != nil {
		return err
	}
	return db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists([]byte("articles"))
		if err != nil {
			return err
		}
		return b.Put([]byte(r.Request.URL.String()), record)
	})
}

// tenure is the product, as its commands put it together.
type tenure struct {
	*pipeline.Pipeline
	db     *store.DB
	reader *content.Reader
	steps  []pipeline.Step
}

func open(path string) (*tenure, error) {
	recognizer, err := ner.Default()
	if err != nil {
		return nil, err
	}
	db, err := store.Open(path, store.Options{Migrations: pipeline.Migrations(resolve.Across{})})
	if err != nil {
		return nil, err
	}
	t := &tenure{db: db, reader: &content.Reader{}, steps: []pipeline.Step{
		ner.Step{Recognizer: recognizer}, resolve.Step{}, career.Step{}, pipeline.Adopt{}, resolve.Step{},
	}}
	t.Pipeline = pipeline.New(db, t.reader, t.steps, career.Moves)
	t.Version, t.People = "1", resolve.Across{}
	return t, nil
}

func (t *tenure) run(urls []string) (pipeline.Summary, error) {
	ctx := context.Background()
	if _, _, err := t.AddURLs(ctx, urls); err != nil {
		return pipeline.Summary{}, err
	}
	client := &crawler.Client{AllowPrivate: true, Robots: t.Robots()}
	defer client.Close()
	return t.Run(ctx, pipeline.RunOptions{Client: client, Workers: workers})
}

// single returns how many pages a second reading and annotating do on one
// processor, without a store.
func (t *tenure) single(pages [][]byte) (float64, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	begin, n := time.Now(), 0
	for range 3 {
		for i, body := range pages {
			p := extract.Page{URL: fmt.Sprintf("http://127.0.0.2/2025/05/story/%d", i), Type: "text/html; charset=utf-8", At: begin, Body: body}
			got, err := t.reader.Read(context.Background(), p)
			if err != nil {
				return 0, err
			}
			for _, a := range got.Articles {
				if err := pipeline.Annotate(context.Background(), a, t.steps); err != nil {
					return 0, err
				}
			}
			n++
		}
	}
	return float64(n) / time.Since(begin).Seconds(), nil
}
