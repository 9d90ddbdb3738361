package content

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"
	"unicode/utf8"

	"tenure/extract"
)

// everyKB asks for pages to be cut at every kilobyte, and for no reading to
// take two seconds of the processor: "k/n" is the k-th part of n of all pages.
// All of them take some fifteen minutes.
const everyKB = "TENURE_TRUNCATE_ALL"

// TestTruncated reads real pages cut anywhere: each gives an article, a list
// or a reason, never a panic, and text that is UTF-8 and marked as degraded.
func TestTruncated(t *testing.T) {
	if testing.Short() {
		t.Skip("reads real pages many times")
	}
	var k, n int
	if _, err := fmt.Sscanf(os.Getenv(everyKB), "%d/%d", &k, &n); err != nil {
		for _, p := range realPages(t, 4) {
			readCut(t, p, 1+len(p.Body)/25)
		}
		return
	}
	read, cuts := 0, 0
	for i, p := range append(realPages(t, 1<<20), pagesIn(t, "articles", 1<<20)...) {
		if i%n == k {
			read, cuts = read+1, cuts+readCut(t, p, 1024)
		}
	}
	t.Logf("%d pages, cut at %d places", read, cuts)
}

// readCut reads a page cut at every step, and returns how often that was.
func readCut(t *testing.T, p extract.Page, step int) (cuts int) {
	var r Reader
	whole := p.Body
	for n := 0; n < len(whole); n += step {
		cuts++
		p.Body, p.Truncated = whole[:n], true
		start := processorTime()
		rd, err := r.Read(context.Background(), p)
		if took := processorTime() - start; took > 2*time.Second {
			t.Errorf("%s cut at %d took %v", p.URL, n, took)
		}
		if err != nil {
			continue
		}
		for _, a := range rd.Articles {
			if !utf8.ValidString(a.Text) || a.Degraded == "" {
				t.Errorf("%s cut at %d: degraded %q", p.URL, n, a.Degraded)
			}
		}
	}
	return cuts
}

// TestConcurrent reads one page many times at once with one Reader.
func TestConcurrent(t *testing.T) {
	var r Reader
	p := extract.Page{URL: "http://127.0.0.1/news/1", Type: "text/html", Body: []byte("<html><body><h1>Strike ends</h1><p>The crews went back to work on Thursday, nine days after they had walked out.</p></body></html>")}
	texts := make(chan string)
	for range 8 {
		go func() {
			rd, err := r.Read(context.Background(), p)
			if err != nil || len(rd.Articles) != 1 {
				texts <- ""
				return
			}
			texts <- rd.Articles[0].Text
		}()
	}
	for range 8 {
		if got := <-texts; got != "The crews went back to work on Thursday, nine days after they had walked out." {
			t.Errorf("got %q", got)
		}
	}
}
