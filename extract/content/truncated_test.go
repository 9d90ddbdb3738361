package content

import (
	"context"
	"testing"
	"unicode/utf8"

	"tenure/extract"
)

// TestTruncated reads real pages cut anywhere: each gives an article, a list
// or a reason, never a panic, and text that is UTF-8.
func TestTruncated(t *testing.T) {
	if testing.Short() {
		t.Skip("reads real pages many times")
	}
	var r Reader
	for _, p := range realPages(t, 4) {
		whole := p.Body
		for n := 0; n < len(whole); n += 1 + len(whole)/25 {
			p.Body, p.Truncated = whole[:n], true
			rd, err := r.Read(context.Background(), p)
			if err != nil && n > 4096 && rd.Degraded != "" {
				continue
			}
			for _, a := range rd.Articles {
				if !utf8.ValidString(a.Text) || a.Degraded == "" {
					t.Errorf("%s cut at %d: degraded %q", p.URL, n, a.Degraded)
				}
			}
		}
	}
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
