package crawler_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"tenure/crawler"
	"tenure/crawler/crawlertest"
)

// Every address found ends in one state, whatever the hosts do and however
// often the run is cut short; and hosts are asked one request at a time, with
// their pause between, and not before the time they gave.
func TestRunFarm(t *testing.T) {
	for _, cuts := range []int{0, 40} {
		t.Run(fmt.Sprintf("cut %d times", cuts), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { testFarm(t, cuts) })
		})
	}
}

func testFarm(t *testing.T, cuts int) {
	site := &crawlertest.Farm{Hosts: 60, Pages: 12, Degree: 6, Now: time.Now}
	frontier := &crawler.Memory{Delay: time.Second}
	sink := &ledger{frontier: frontier, now: time.Now}
	client := &crawler.Client{Transport: site, MaxBody: 512 << 10}
	cfg := crawler.Config{Workers: 16, Delay: time.Second, MaxWait: time.Hour}
	if err := sink.put(seeds(site)); err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range cuts {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rnd.IntN(9000))*time.Millisecond)
		if err := crawler.Run(ctx, cfg, frontier, client, sink); err != nil {
			t.Fatal(err)
		}
		cancel()
	}
	if err := crawler.Run(t.Context(), cfg, frontier, client, sink); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d found, %d retries, %d requests: %v", sink.found, sink.retries, site.Log().Requests, sink.states())
	if sink.found < 500 || len(sink.end) != sink.found {
		t.Errorf("%d addresses found, %d ended", sink.found, len(sink.end))
	}
	if len(sink.twice) > 0 {
		t.Errorf("ended twice: %v", sink.twice)
	}
	if len(site.Log().Overlap) > 0 || len(site.Log().Early) > 0 {
		t.Errorf("asked twice at once: %v; asked too early: %v", site.Log().Overlap, site.Log().Early)
	}
	checkSpaced(t, site)
}

// checkSpaced checks that page requests of a host, except redirects from
// others, are a second apart.
func checkSpaced(t *testing.T, site *crawlertest.Farm) {
	t.Helper()
	for host, times := range site.Log().Asked {
		switch crawlertest.FaultOf(host) {
		case crawlertest.Looping, crawlertest.Leading + 1: // where the redirects of another lead
			continue
		}
		for i := 1; i < len(times); i++ {
			if gap := times[i].Sub(times[i-1]); gap < time.Second {
				t.Errorf("%s asked again after %v", host, gap)
				break
			}
		}
	}
}

// One slow host does not hold up the others, and hosts take turns.
func TestRunFair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		frontier := &crawler.Memory{Delay: time.Second}
		for h := range 5 {
			for p := range 3 {
				mustPut(t, frontier, fmt.Sprintf("http://h%d.example/%d", h*int(crawlertest.Faults), p))
			}
		}
		site := &crawlertest.Farm{Hosts: 100, Pages: 3, Now: time.Now}
		sink := &ledger{frontier: frontier, now: time.Now}
		cfg := crawler.Config{Workers: 8, Delay: time.Second}
		if err := crawler.Run(t.Context(), cfg, frontier, &crawler.Client{Transport: site}, sink); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begin); took > 2200*time.Millisecond || len(sink.end) != 15 {
			t.Errorf("%d pages in %v, want 15 in two pauses", len(sink.end), took)
		}
	})
}

func mustPut(t testing.TB, f crawler.Frontier, urls ...string) {
	t.Helper()
	var links []crawler.Link
	for _, u := range urls {
		links = append(links, crawler.Link{URL: u})
	}
	if _, err := f.Put(context.Background(), links); err != nil {
		t.Fatal(err)
	}
}

// With no files left to open, whether to look up a name, to read robots.txt or
// for the page, a run ends and says so; no host is blamed, and the link waits
// for the next run.
func TestRunOutOfFiles(t *testing.T) {
	system := os.NewSyscallError("socket", syscall.EMFILE)
	for name, err := range map[string]error{
		"dial":    &net.OpError{Op: "dial", Net: "tcp", Err: system},
		"look up": &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "dial udp: " + system.Error(), Name: "h0.example"}},
		"system":  &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("socket", syscall.ENFILE)},
	} {
		for _, robots := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				frontier := &crawler.Memory{Delay: time.Second}
				mustPut(t, frontier, "http://h0.example/0")
				sink := &ledger{frontier: frontier, now: time.Now}
				client := &crawler.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
					if !robots && r.URL.Path == "/robots.txt" {
						return response(r, 404, nil, ""), nil
					}
					return nil, err
				})}
				got := crawler.Run(t.Context(), crawler.Config{Workers: 2}, frontier, client, sink)
				if !errors.Is(got, syscall.EMFILE) && !errors.Is(got, syscall.ENFILE) || len(sink.end) > 0 || sink.retries > 0 {
					t.Errorf("%s: %v; %d links ended, %d retries", name, got, len(sink.end), sink.retries)
				}
				time.Sleep(time.Minute) // in the bubble: past the pause of the host
				if leases, err := frontier.Lease(t.Context(), 1, time.Minute); err != nil || len(leases) != 1 || leases[0].Link.Tries != 0 {
					t.Errorf("%s: %+v waits, %v", name, leases, err)
				}
			})
		}
	}
}

// A canceled run ends at once, with 10,000 addresses waiting and a host that
// does not answer.
func TestRunCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		frontier := &crawler.Memory{Delay: 200 * time.Millisecond}
		for h := range 20 {
			for p := range 500 {
				mustPut(t, frontier, fmt.Sprintf("http://h%d.example/%d", h, p))
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		results, canceled := 0, time.Time{}
		sink := &ledger{frontier: frontier, now: time.Now}
		sink.after = func() {
			if results++; results == 50 {
				canceled = time.Now()
				cancel()
			}
		}
		site := &crawlertest.Farm{Hosts: 20, Pages: 500, Now: time.Now}
		cfg := crawler.Config{Workers: 4, Delay: 200 * time.Millisecond}
		if err := crawler.Run(ctx, cfg, frontier, &crawler.Client{Transport: site}, sink); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(canceled); took > 2*time.Second {
			t.Errorf("run ended %v after it was canceled", took)
		}
		// What was under way has been given back.
		leases, err := frontier.Lease(t.Context(), 1, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if _, more, _ := frontier.NextReady(t.Context()); !more && len(leases) == 0 {
			t.Error("nothing is left in the frontier")
		}
	})
}

// Crawl-delay and Retry-After reach the frontier, and a rebuke slows.
func TestRunPolite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []time.Duration
		begin := time.Now()
		rt := roundTrip(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/robots.txt" {
				return response(r, 200, nil, "User-agent: *\nCrawl-delay: 7\n"), nil
			}
			asked = append(asked, time.Since(begin).Round(time.Second))
			if len(asked) == 2 {
				return response(r, 503, http.Header{"Retry-After": {"100"}}, ""), nil
			}
			return response(r, 200, nil, ""), nil
		})
		frontier := &crawler.Memory{Delay: time.Second}
		mustPut(t, frontier, "http://a.example/1", "http://a.example/2", "http://a.example/3", "http://a.example/4")
		sink := &ledger{frontier: frontier, now: time.Now}
		err := crawler.Run(t.Context(), crawler.Config{Delay: time.Second}, frontier, &crawler.Client{Transport: rt}, sink)
		if err != nil {
			t.Fatal(err)
		}
		want := []time.Duration{0, 7 * time.Second, 107 * time.Second}
		for i, w := range want {
			if i >= len(asked) || asked[i] != w {
				t.Fatalf("asked after %v, want %v and then slower", asked, want)
			}
		}
		if gap := asked[3] - asked[2]; gap < 12*time.Second || gap > 15*time.Second {
			t.Errorf("pause of %v after a rebuke, want about twice 7 s", gap)
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// sinkFuncs is a Sink of two functions.
type sinkFuncs struct {
	fetched func(crawler.Lease, crawler.Fetch) error
	failed  func(crawler.Lease, error) error
}

func (s sinkFuncs) Fetched(_ context.Context, l crawler.Lease, f crawler.Fetch) error {
	return s.fetched(l, f)
}
func (s sinkFuncs) Failed(_ context.Context, l crawler.Lease, err error) error {
	return s.failed(l, err)
}

// A page over which the sink panics becomes a failure, and the run goes on.
func TestRunPanic(t *testing.T) {
	frontier := new(crawler.Memory)
	mustPut(t, frontier, "http://h0.example/p/0", "http://h0.example/p/1", "http://h15.example/p/0")
	var ok, panicked int
	sink := sinkFuncs{
		fetched: func(l crawler.Lease, f crawler.Fetch) error {
			if l.Link.URL == "http://h0.example/p/0" {
				panic("cannot read this")
			}
			ok++
			return frontier.Done(l.Token, time.Time{}, nil)
		},
		failed: func(l crawler.Lease, err error) error {
			var p *crawler.PanicError
			if errors.As(err, &p) && p.Value == "cannot read this" && len(p.Stack) > 0 {
				panicked++
			}
			return frontier.Done(l.Token, time.Time{}, nil)
		},
	}
	site := &crawlertest.Farm{Hosts: 20, Pages: 2, Now: time.Now}
	if err := crawler.Run(t.Context(), crawler.Config{Workers: 1}, frontier, &crawler.Client{Transport: site}, sink); err != nil {
		t.Fatal(err)
	}
	if ok != 2 || panicked != 1 {
		t.Errorf("%d fetched, %d panicked, want 2 and 1", ok, panicked)
	}
}

// A sink that fails ends the run with its error; a stale lease does not.
func TestRunSinkFails(t *testing.T) {
	full := errors.New("disk full")
	for _, tt := range []struct{ give, want error }{{full, full}, {fmt.Errorf("done: %w", crawler.ErrStale), nil}} {
		frontier := new(crawler.Memory)
		mustPut(t, frontier, "http://h0.example/p/0")
		sink := sinkFuncs{fetched: func(l crawler.Lease, _ crawler.Fetch) error {
			if err := frontier.Done(l.Token, time.Time{}, nil); err != nil {
				return err
			}
			return tt.give
		}}
		site := &crawlertest.Farm{Hosts: 1, Pages: 1, Now: time.Now}
		err := crawler.Run(t.Context(), crawler.Config{}, frontier, &crawler.Client{Transport: site}, sink)
		if !errors.Is(err, tt.want) {
			t.Errorf("run: %v, want %v", err, tt.want)
		}
	}
}
