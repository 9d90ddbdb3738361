package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"tenure/crawler"
)

// A farm is many simulated hosts as an http.RoundTripper, each with a fault
// of its own, as in BUbiNG's tests (Boldi et al. 2014). Host n is
// "h<n>.example"; its pages are /p/0 … and hold addresses, one a line. What a
// page holds depends on its address alone.
type farm struct {
	hosts  int
	pages  int // of a host
	degree int // addresses on a page
	now    func() time.Time

	mu      sync.Mutex
	active  map[string]int
	asked   map[string][]time.Time // host → when its pages were asked for
	overlap []string               // hosts asked twice at the same time
	blocked map[string]time.Time   // host → the Retry-After it gave
	early   []string               // hosts asked before that
	count   int
}

// The faults, by host number.
const (
	sound = iota
	slow
	dead
	erring
	looping
	leading
	changing
	lying
	busy
	forbidding
	robotless
	cutting
	bloated
	silent
	forgetful
	faults
)

func (f *farm) url(host, page int) string {
	return fmt.Sprintf("http://h%d.example/p/%d", host%f.hosts, page%f.pages)
}

func (f *farm) seed() []crawler.Link {
	var all []crawler.Link
	for h := range f.hosts {
		all = append(all, crawler.Link{URL: f.url(h, 0)})
	}
	return all
}

// RoundTrip implements http.RoundTripper.
func (f *farm) RoundTrip(req *http.Request) (*http.Response, error) {
	host, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(req.URL.Host, "h"), ".example"))
	fault := host % faults
	if req.URL.Path == "/robots.txt" {
		return f.robots(req, fault)
	}
	f.enter(req.URL.Host)
	defer f.leave(req.URL.Host)
	wait := 20 * time.Millisecond
	switch fault {
	case slow:
		wait = 4 * time.Second
	case silent:
		wait = time.Hour
	case dead:
		return nil, errors.New("connection reset by peer")
	}
	select {
	case <-time.After(wait):
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
	return f.answer(req, host, fault)
}

func (f *farm) robots(req *http.Request, fault int) (*http.Response, error) {
	switch fault {
	case forbidding:
		return response(req, 200, nil, "User-agent: *\nDisallow: /p/1\n"), nil
	case robotless:
		return response(req, 503, nil, ""), nil
	}
	return response(req, 404, nil, ""), nil
}

func (f *farm) answer(req *http.Request, host, fault int) (*http.Response, error) {
	page, _ := strconv.Atoi(strings.TrimPrefix(req.URL.Path, "/p/"))
	body := f.body(req.URL.Path, host, page)
	switch fault {
	case erring:
		return response(req, 500, nil, "sorry"), nil
	case looping:
		return response(req, 302, http.Header{"Location": {f.url(host, page+1)}}, ""), nil
	case leading:
		return response(req, 301, http.Header{"Location": {f.url(host+1, page)}}, ""), nil
	case changing:
		body += "# " + f.now().String()
	case lying:
		if req.Header.Get("If-None-Match") == "" && page%2 == 1 {
			return response(req, 304, nil, ""), nil
		}
		return response(req, 200, http.Header{"Etag": {`"always"`}}, body), nil
	case busy:
		if f.refuse(req.URL.Host) {
			return response(req, 429, http.Header{"Retry-After": {"60"}}, ""), nil
		}
	case cutting:
		r := response(req, 200, nil, body)
		r.Body = io.NopCloser(io.MultiReader(strings.NewReader(body[:len(body)/2]), failingReader{}))
		return r, nil
	case bloated:
		return response(req, 200, nil, strings.Repeat("x", 1<<20)), nil
	case forgetful:
		if page%3 == 2 {
			return response(req, 410, nil, ""), nil
		}
	}
	return response(req, 200, nil, body), nil
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func response(req *http.Request, status int, h http.Header, body string) *http.Response {
	if h == nil {
		h = make(http.Header)
	}
	h.Set("Content-Type", "text/plain")
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)),
		ContentLength: -1, Request: req, ProtoMajor: 1, ProtoMinor: 1}
}

func (f *farm) body(path string, host, page int) string {
	var b strings.Builder
	for i := range f.degree {
		h := fnv.New32a()
		fmt.Fprint(h, path, host, page, i)
		n := int(h.Sum32())
		if i%2 == 0 {
			fmt.Fprintln(&b, f.url(host, n))
		} else {
			fmt.Fprintln(&b, f.url(n, n>>8))
		}
	}
	return b.String()
}

func (f *farm) enter(host string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.active == nil {
		f.active, f.asked, f.blocked = make(map[string]int), make(map[string][]time.Time), make(map[string]time.Time)
	}
	if f.active[host]++; f.active[host] > 1 {
		f.overlap = append(f.overlap, host)
	}
	if f.now().Before(f.blocked[host]) {
		f.early = append(f.early, host)
	}
	f.asked[host] = append(f.asked[host], f.now())
	f.count++
}

func (f *farm) leave(host string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.active[host]--
}

// refuse makes every third request of a host wait a minute.
func (f *farm) refuse(host string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.asked[host])%3 != 1 {
		return false
	}
	f.blocked[host] = f.now().Add(60 * time.Second)
	return true
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
