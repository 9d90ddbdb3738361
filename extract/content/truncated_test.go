package content

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"tenure/extract"
)

// everyKB asks for every page to be cut at every kilobyte, which takes many
// minutes, and for no reading to take two seconds.
const everyKB = "TENURE_TRUNCATE_ALL"

// TestTruncated reads real pages cut anywhere: each gives an article, a list
// or a reason, never a panic, and text that is UTF-8 and marked as degraded.
func TestTruncated(t *testing.T) {
	if testing.Short() {
		t.Skip("reads real pages many times")
	}
	every := os.Getenv(everyKB) != ""
	pages := realPages(t, 4)
	if every {
		pages = append(realPages(t, 1<<20), pagesIn(t, "articles", 1<<20)...)
	}
	var wg sync.WaitGroup
	for k := range 2 {
		wg.Go(func() {
			for i := k; i < len(pages); i += 2 {
				step := 1 + len(pages[i].Body)/25
				if every {
					step = 1024
				}
				readCut(t, pages[i], step, every)
			}
		})
	}
	wg.Wait()
}

// readCut reads a page cut at every step.
func readCut(t *testing.T, p extract.Page, step int, timed bool) {
	var r Reader
	whole := p.Body
	for n := 0; n < len(whole); n += step {
		p.Body, p.Truncated = whole[:n], true
		rd, took, err := readTimed(&r, p)
		for tries := 0; timed && took > 2*time.Second; tries++ { // a busy machine is slow once, not always
			if _, took, _ = readTimed(&r, p); tries == 5 {
				t.Errorf("%s cut at %d took %v", p.URL, n, took)
				break
			}
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
}

func readTimed(r *Reader, p extract.Page) (extract.Reading, time.Duration, error) {
	start := time.Now()
	rd, err := r.Read(context.Background(), p)
	return rd, time.Since(start), err
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
