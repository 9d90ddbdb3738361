package crawler_test

import (
	"testing"
	"time"

	"tenure/crawler"
)

func TestPace(t *testing.T) {
	const s = time.Second
	status := func(n int) crawler.Fetch { return crawler.Fetch{Status: n} }
	tests := []struct {
		name                  string
		now, crawlDelay, took time.Duration
		f                     crawler.Fetch
		err                   error
		want                  time.Duration
	}{
		{"content", s, 0, 0, status(200), nil, s},
		{"not found is content", s, 0, 0, status(404), nil, s},
		{"crawl-delay", s, 9 * s, 0, status(200), nil, 9 * s},
		{"slow answer", s, 0, 3 * s, status(200), nil, 6 * s},
		{"very slow answer", s, 0, 60 * s, status(200), nil, 10 * s},
		{"rebuke", s, 0, 0, status(429), nil, 5 * s},
		{"second rebuke", 5 * s, 0, 0, status(403), nil, 10 * s},
		{"at most", 25 * s, 0, 0, status(429), nil, 30 * s},
		{"server error", 2 * s, 0, 0, status(500), nil, 4 * s},
		{"timeout", s, 0, 0, crawler.Fetch{}, &crawler.FetchError{Reason: crawler.Timeout}, 5 * s},
		{"no page is no rebuke", s, 0, 0, crawler.Fetch{}, &crawler.FetchError{Reason: crawler.TooLarge}, s},
		{"forgiven by steps", 11 * s, 0, 0, status(200), nil, 10 * s},
		{"a long crawl-delay is no penalty", 120 * s, 120 * s, 0, status(500), nil, 120 * s},
		{"nothing known", 0, 0, 0, status(200), nil, s},
	}
	for _, tt := range tests {
		if got := crawler.NextPause(s, tt.now, tt.crawlDelay, tt.took, tt.f, tt.err); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if got := crawler.NextPause(0, 2*s, s, 3*s, status(429), nil); got != 2*s {
		t.Errorf("without a least pause: %v", got)
	}
}
