// Package crawlertest has what tests of a crawl run against.
package crawlertest

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A Farm is many simulated hosts as an http.RoundTripper, each with a [Fault]
// of its own, as in BUbiNG's tests (Boldi et al. 2014). Host n is
// "h<n>.example"; its pages are /p/0 … and hold addresses, one a line. What a
// page holds depends on its address alone.
type Farm struct {
	Hosts  int
	Pages  int // of a host
	Degree int // addresses on a page
	Now    func() time.Time

	mu      sync.Mutex
	active  map[string]int
	asked   map[string][]time.Time // host → when its pages were asked for
	overlap []string               // hosts asked twice at the same time
	blocked map[string]time.Time   // host → the Retry-After it gave
	early   []string               // hosts asked before that
	count   int
}

// A Fault is what is wrong with a host.
type Fault int

// The faults. Host n has fault n modulo Faults.
const (
	Sound      Fault = iota
	Slow             // answers after four seconds
	Dead             // breaks the connection
	Erring           // 500
	Looping          // redirects to its own next page
	Leading          // redirects to the next host
	Changing         // never says the same twice
	Lying            // sends validators of no worth, and 304 unasked
	Busy             // 429 with Retry-After at every third request
	Forbidding       // robots.txt forbids a part
	Robotless        // robots.txt answers 503
	Cutting          // ends in the middle of a body
	Bloated          // a megabyte of nothing
	Silent           // an hour without a byte
	Forgetful        // 410 for every third page
	Faults
)

// FaultOf returns the fault of a host, given its name.
func FaultOf(host string) Fault { return Fault(number(host) % int(Faults)) }

func number(host string) int {
	n, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(host, "h"), ".example"))
	return n
}

// URL returns the address of a page; both numbers wrap around.
func (f *Farm) URL(host, page int) string {
	return fmt.Sprintf("http://h%d.example/p/%d", host%f.Hosts, page%f.Pages)
}

// RoundTrip implements http.RoundTripper.
func (f *Farm) RoundTrip(req *http.Request) (*http.Response, error) {
	host, fault := number(req.URL.Host), FaultOf(req.URL.Host)
	if req.URL.Path == "/robots.txt" {
		return f.robots(req, fault)
	}
	f.enter(req.URL.Host)
	defer f.leave(req.URL.Host)
	wait := 20 * time.Millisecond
	switch fault {
	case Slow:
		wait = 4 * time.Second
	case Silent:
		wait = time.Hour
	case Dead:
		return nil, errors.New("connection reset by peer")
	}
	select {
	case <-time.After(wait):
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
	return f.answer(req, host, fault)
}

func (f *Farm) robots(req *http.Request, fault Fault) (*http.Response, error) {
	switch fault {
	case Forbidding:
		return response(req, 200, nil, "User-agent: *\nDisallow: /p/1\n"), nil
	case Robotless:
		return response(req, 503, nil, ""), nil
	}
	return response(req, 404, nil, ""), nil
}

func (f *Farm) answer(req *http.Request, host int, fault Fault) (*http.Response, error) {
	page, _ := strconv.Atoi(strings.TrimPrefix(req.URL.Path, "/p/"))
	body := f.body(req.URL.Path, host, page)
	switch fault {
	case Erring:
		return response(req, 500, nil, "sorry"), nil
	case Looping:
		return response(req, 302, http.Header{"Location": {f.URL(host, page+1)}}, ""), nil
	case Leading:
		return response(req, 301, http.Header{"Location": {f.URL(host+1, page)}}, ""), nil
	case Changing:
		body += "# " + f.Now().String()
	case Lying:
		if req.Header.Get("If-None-Match") == "" && page%2 == 1 {
			return response(req, 304, nil, ""), nil
		}
		return response(req, 200, http.Header{"Etag": {`"always"`}}, body), nil
	case Busy:
		if f.refuse(req.URL.Host) {
			return response(req, 429, http.Header{"Retry-After": {"60"}}, ""), nil
		}
	case Cutting:
		r := response(req, 200, nil, body)
		r.Body = io.NopCloser(io.MultiReader(strings.NewReader(body[:len(body)/2]), failingReader{}))
		return r, nil
	case Bloated:
		return response(req, 200, nil, strings.Repeat("x", 1<<20)), nil
	case Forgetful:
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

func (f *Farm) body(path string, host, page int) string {
	var b strings.Builder
	for i := range f.Degree {
		h := fnv.New32a()
		fmt.Fprint(h, path, host, page, i)
		n := int(h.Sum32())
		if i%2 == 0 {
			fmt.Fprintln(&b, f.URL(host, n))
		} else {
			fmt.Fprintln(&b, f.URL(n, n>>8))
		}
	}
	return b.String()
}

func (f *Farm) enter(host string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.active == nil {
		f.active, f.asked, f.blocked = make(map[string]int), make(map[string][]time.Time), make(map[string]time.Time)
	}
	if f.active[host]++; f.active[host] > 1 {
		f.overlap = append(f.overlap, host)
	}
	if f.Now().Before(f.blocked[host]) {
		f.early = append(f.early, host)
	}
	f.asked[host] = append(f.asked[host], f.Now())
	f.count++
}

func (f *Farm) leave(host string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.active[host]--
}

// refuse makes every third request of a host wait a minute.
func (f *Farm) refuse(host string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.asked[host])%3 != 1 {
		return false
	}
	f.blocked[host] = f.Now().Add(60 * time.Second)
	return true
}

// A Log is what the hosts of a farm saw.
type Log struct {
	Requests int
	Asked    map[string][]time.Time // host → when its pages were asked for
	Overlap  []string               // hosts asked twice at the same time
	Early    []string               // hosts asked before the time they gave
}

// Log returns what was seen so far. Call it when nothing is under way.
func (f *Farm) Log() Log { return Log{f.count, f.asked, f.overlap, f.early} }
