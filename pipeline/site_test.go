package pipeline_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"tenure/crawler"
	"tenure/extract"
	"tenure/extract/career"
	"tenure/extract/content"
	"tenure/extract/resolve"
	"tenure/pipeline"
	"tenure/store"
)

var update = flag.Bool("update", false, "rewrite goldens")

// A recording answers requests from a txtar archive: one file a page, named
// by path and query.
type recording map[string][]byte

func openRecording(t testing.TB, path string) recording {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := recording{}
	for _, f := range a.Files {
		r[f.Name] = f.Data
	}
	return r
}

// RoundTrip implements http.RoundTripper.
func (r recording) RoundTrip(req *http.Request) (*http.Response, error) {
	body, ok := r[req.URL.RequestURI()]
	res := &http.Response{StatusCode: 200, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Request: req}
	etag := fmt.Sprintf(`"%x"`, sha256.Sum256(body))
	switch {
	case !ok:
		res.StatusCode = 404
	case req.Header.Get("If-None-Match") == etag:
		res.StatusCode, body = 304, nil
	default:
		res.Header.Set("Etag", etag)
		res.Header.Set("Content-Type", "text/html; charset=utf-8")
		if strings.HasSuffix(req.URL.Path, ".xml") {
			res.Header.Set("Content-Type", "application/rss+xml")
		}
	}
	res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return res, nil
}

// openSite returns a pipeline with everything but a recognizer, whose models
// change, and the options of a pass over the recorded site.
func openSite(t testing.TB, now func() time.Time) (*pipeline.Pipeline, pipeline.RunOptions) {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "t.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	steps := []pipeline.Step{career.Step{}, pipeline.Adopt{}, resolve.Step{}}
	p := pipeline.New(db, &content.Reader{}, steps, career.Moves)
	p.Version, p.Now, p.People = "1", now, resolve.Across{}
	client := &crawler.Client{Transport: openRecording(t, "../testdata/sites/courier.txtar"), Now: now, Robots: p.Robots(), AllowPrivate: true}
	return p, pipeline.RunOptions{Client: client}
}

// TestSite crawls a recorded site and compares all that is exported with a
// golden file; then crawls it again and wants nothing new.
func TestSite(t *testing.T) {
	now := func() time.Time { return time.Date(2025, 5, 20, 9, 0, 0, 0, time.UTC) }
	p, o := openSite(t, now)
	for _, s := range []struct {
		kind crawler.Kind
		url  string
	}{
		{crawler.Tag, "http://courier.example/en/tag/Moves"},
		{crawler.Tag, "http://courier.example/en/tag/Robots"},
		{crawler.Feed, "http://courier.example/feed.xml"},
	} {
		src, err := crawler.NewSource(s.kind, s.url)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.AddSources(t.Context(), src); err != nil {
			t.Fatal(err)
		}
	}
	s, err := p.Run(t.Context(), o)
	if err != nil || s.Partial() {
		t.Errorf("first pass: %v, %v", err, s)
	}
	if s.Pages.New != 6 || s.NewMoves != 6 {
		t.Errorf("first pass: %v; want 6 new pages and 6 new moves", s)
	}
	compareGolden(t, p, "testdata/courier.golden.jsonl")

	o.All = true
	if s, err = p.Run(t.Context(), o); err != nil || s.Pages.New != 0 || s.Pages.Failed != 0 || s.Pages.Unchanged != 3 || s.NewMoves != 0 {
		t.Errorf("second pass: %v, %v; want 3 unchanged pages and nothing else", err, s)
	}
	compareGolden(t, p, "testdata/courier.golden.jsonl")
}

func compareGolden(t *testing.T, p *pipeline.Pipeline, path string) {
	t.Helper()
	var b bytes.Buffer
	if err := p.Export(&b, pipeline.ExportAll, pipeline.FormatJSONL, pipeline.Filter{}); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("export differs from %s (-want +got):\n%s", path, diff)
	}
}

// Example crawls a recorded site and prints the moves found.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "tenure-example-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	db, err := store.Open(filepath.Join(dir, "t.db"), store.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	steps := []pipeline.Step{career.Step{}, pipeline.Adopt{}, resolve.Step{}}
	p := pipeline.New(db, &content.Reader{}, steps, career.Moves)
	if _, _, err := p.AddURLs(ctx, []string{"http://courier.example/a"}); err != nil {
		fmt.Println(err)
		return
	}
	site := recording{"/a": []byte(`<html><head><title>Who left Acme</title></head><body><h3>Ada Marsh</h3><p>Left Acme: May 2025</p></body></html>`)}
	s, err := p.Run(ctx, pipeline.RunOptions{Client: &crawler.Client{Transport: site, AllowPrivate: true}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Pages.Total, "page,", s.NewMoves, "move")
	err = p.Moves(pipeline.Filter{}, func(m pipeline.MoveRecord) error {
		_, err := fmt.Printf("%s left %s %s: %q\n", m.Person, m.From.Org, m.From.Left, m.Evidence[0].Quote)
		return err
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// 1 page, 1 move
	// Ada Marsh left Acme 2025-05: "Ada Marsh\n\nLeft Acme: May 2025"
}

// BenchmarkRead measures the reading stage without a recognizer: pages a
// second from a page's bytes to an article with its facts.
func BenchmarkRead(b *testing.B) {
	site := openRecording(b, "../testdata/sites/courier.txtar")
	page := extract.Page{URL: "http://courier.example/en/tag/Moves", Type: "text/html", Body: site["/en/tag/Moves"], At: time.Now()}
	steps := []pipeline.Step{career.Step{}, pipeline.Adopt{}, resolve.Step{}}
	b.SetBytes(int64(len(page.Body)))
	for b.Loop() {
		r, err := (&content.Reader{}).Read(context.Background(), page)
		if err != nil {
			b.Fatal(err)
		}
		for _, a := range r.Articles {
			if err := pipeline.Annotate(context.Background(), a, steps); err != nil {
				b.Fatal(err)
			}
		}
	}
}
