package page_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tenure/extract"
	"tenure/pipeline"
	"tenure/pipeline/web/page"
)

// moving is a library to which a move is added whenever it is asked.
type moving struct {
	kept
	asked atomic.Int64
	fails atomic.Bool
}

func (m *moving) Moves(_ pipeline.Filter, fn func(pipeline.MoveRecord) error) error {
	if m.fails.Load() {
		return fmt.Errorf("not now")
	}
	for i := range m.asked.Add(1) {
		r := pipeline.MoveRecord{ID: fmt.Sprint(i), Person: "Ada Marsh", From: &pipeline.PositionRecord{Org: "Acme"}, Kind: extract.Departure}
		if err := fn(r); err != nil {
			return err
		}
	}
	return nil
}

// clocked is a site over a library with a clock that is set by hand.
func clocked(m *moving) (http.Handler, *atomic.Int64) {
	var seconds atomic.Int64
	site := &page.Site{Library: m, Timeline: stays, Now: func() time.Time { return now().Add(time.Duration(seconds.Load()) * time.Second) }}
	return site.Handler(), &seconds
}

// TestFresh wants what is shown to be read anew when it has aged, and not
// before.
func TestFresh(t *testing.T) {
	m := &moving{}
	h, seconds := clocked(m)
	for _, tt := range []struct {
		after int64
		want  string
	}{{0, "1 move"}, {0, "1 move"}, {2, "2 moves"}, {0, "2 moves"}, {7200, "3 moves"}} {
		seconds.Add(tt.after)
		if got := text(open(t, h, "/"), "#table"); got != tt.want {
			t.Errorf("after %d s: %q, want %q", tt.after, got, tt.want)
		}
	}
	m.fails.Store(true)
	seconds.Add(2)
	if got := text(open(t, h, "/"), "#table"); got != "3 moves" {
		t.Errorf("while it cannot be read: %q, want what there was", got)
	}
	m.fails.Store(false)
	if got := text(open(t, h, "/"), "#table"); got != "4 moves" {
		t.Errorf("when it can be read again: %q", got)
	}
}

// TestManyReaders asks from several sides while the clock goes on.
func TestManyReaders(t *testing.T) {
	m := &moving{}
	h, seconds := clocked(m)
	var readers sync.WaitGroup
	for range 6 {
		readers.Go(func() {
			for i := range 20 {
				seconds.Add(1)
				path := []string{"/", "/flow", "/person/ada-marsh", "/organization/acme", "/metrics", "/feed.json"}[i%6]
				if w := ask(h, "GET", path); w.Code != 200 {
					t.Errorf("%s: status %d", path, w.Code)
				}
			}
		})
	}
	readers.Wait()
	if w := ask(h, "GET", "/metrics"); !strings.Contains(w.Body.String(), `tenure_http_requests_total{class="2xx"} 120`) {
		t.Errorf("requests are not counted: %s", w.Body)
	}
}
