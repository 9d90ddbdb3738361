package pipeline

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"tenure/crawler"
)

// A changing site answers every request with a page that differs each time.
type changing struct{ asked int }

// RoundTrip implements http.RoundTripper.
func (c *changing) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path == "/robots.txt" {
		return &http.Response{StatusCode: 404, Body: http.NoBody, Header: http.Header{}, Request: r}, nil
	}
	c.asked++
	body := fmt.Sprintf(`[{"url":"https://example.org/a/1","inline":true,"published":"2025-05-01","text":"Ada left Acme%d\n"}]`, c.asked)
	h := http.Header{"Content-Type": {"text/html"}}
	return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Header: h, Request: r}, nil
}

// A clock that runs a year ahead for a while, or goes back a day, keeps no
// source from being looked at once it is right.
func TestClockJumps(t *testing.T) {
	p := newTestPipeline(t, t.TempDir())
	site := &changing{}
	now := noon
	p.Now = func() time.Time { return now }
	src, err := crawler.NewSource(crawler.PageKind, "https://example.org/list")
	src.Every = 6 * time.Hour
	if err == nil {
		_, err = p.AddSources(t.Context(), src)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		at   time.Duration
		asks int
	}{
		{0, 1}, {time.Hour, 0}, {7 * time.Hour, 1},
		{365 * 24 * time.Hour, 1}, // runs ahead
		{8 * time.Hour, 1},        // is right again
		{9 * time.Hour, 0},        // and that was it
		{15 * time.Hour, 1},
		{-10 * time.Hour, 1}, // goes back a day
		{-9 * time.Hour, 0},
		{-3 * time.Hour, 1},
	} {
		now = noon.Add(step.at)
		before := site.asked
		client := &crawler.Client{Transport: site, AllowPrivate: true, Now: p.Now}
		_, err := p.Run(t.Context(), RunOptions{Client: client})
		if asked := site.asked - before; err != nil || asked != step.asks {
			t.Errorf("%v: asked %d times, want %d, %v", step.at, asked, step.asks, err)
		}
		checkClean(t, p)
	}
}
