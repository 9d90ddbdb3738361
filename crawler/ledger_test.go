package crawler_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"tenure/crawler"
	"tenure/crawler/crawlertest"
)

// seeds returns the first page of every host.
func seeds(f *crawlertest.Farm) []crawler.Link {
	var all []crawler.Link
	for h := range f.Hosts {
		all = append(all, crawler.Link{URL: f.URL(h, 0)})
	}
	return all
}

// A ledger is a Sink that counts in which state every address ended.
type ledger struct {
	frontier *crawler.Memory
	now      func() time.Time

	mu      sync.Mutex
	found   int
	end     map[string]string // address → state
	twice   []string          // addresses that ended again
	retries int
	after   func() // called with every result; may be nil
}

func (l *ledger) put(links []crawler.Link) error {
	n, err := l.frontier.Put(context.Background(), links)
	l.mu.Lock()
	l.found += n
	l.mu.Unlock()
	return err
}

// Fetched implements crawler.Sink.
func (l *ledger) Fetched(_ context.Context, le crawler.Lease, f crawler.Fetch) error {
	switch {
	case f.OK():
		var links []crawler.Link
		for line := range strings.Lines(string(f.Body)) {
			if u, err := crawler.Canonical(strings.TrimSpace(line)); err == nil {
				links = append(links, crawler.Link{URL: u})
			}
		}
		if err := l.put(links); err != nil {
			return err
		}
		return l.finish(le, "stored")
	case f.Busy() || f.Status >= 500:
		return l.again(le, "gave up")
	case f.Gone():
		return l.finish(le, "gone")
	}
	return l.finish(le, "status "+strconv.Itoa(f.Status))
}

// Failed implements crawler.Sink.
func (l *ledger) Failed(_ context.Context, le crawler.Lease, err error) error {
	var fe *crawler.FetchError
	if errors.As(err, &fe) && fe.Temporary() {
		return l.again(le, "gave up")
	}
	if errors.As(err, &fe) {
		return l.finish(le, string(fe.Reason))
	}
	return l.finish(le, "panic")
}

func (l *ledger) again(le crawler.Lease, last string) error {
	if le.Link.Tries >= 3 {
		return l.finish(le, last)
	}
	l.mu.Lock()
	l.retries++
	l.mu.Unlock()
	defer l.tell()
	return l.frontier.Done(le.Token, l.now().Add(time.Minute), func(k *crawler.Link) { k.Tries++ })
}

func (l *ledger) finish(le crawler.Lease, state string) error {
	if err := l.frontier.Done(le.Token, time.Time{}, nil); err != nil {
		return err
	}
	l.mu.Lock()
	if l.end == nil {
		l.end = make(map[string]string)
	}
	if _, ok := l.end[le.Link.URL]; ok {
		l.twice = append(l.twice, le.Link.URL)
	}
	l.end[le.Link.URL] = state
	l.mu.Unlock()
	l.tell()
	return nil
}

func (l *ledger) tell() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.after != nil {
		l.after()
	}
}

// states counts the addresses by state.
func (l *ledger) states() map[string]int {
	counts := make(map[string]int)
	for _, s := range l.end {
		counts[s]++
	}
	return counts
}

// response answers req with a text.
func response(req *http.Request, status int, h http.Header, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), ContentLength: -1, Request: req}
}
