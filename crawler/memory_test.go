package crawler_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tenure/crawler"
)

// A clock is time that passes when told.
type clock struct{ t time.Time }

func newClock() *clock                        { return &clock{time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)} }
func (c *clock) now() time.Time               { return c.t }
func (c *clock) pass(d time.Duration)         { c.t = c.t.Add(d) }
func (c *clock) in(d time.Duration) time.Time { return c.t.Add(d) }

func lease(t testing.TB, m *crawler.Memory, max int) []crawler.Lease {
	t.Helper()
	leases, err := m.Lease(t.Context(), max, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return leases
}

func TestMemoryLease(t *testing.T) {
	c := newClock()
	m := &crawler.Memory{Delay: time.Second, Now: c.now}
	mustPut(t, m, "http://a.example/1", "http://a.example/2", "http://b.example/1")
	mustPut(t, m, "http://a.example/1") // known
	first := lease(t, m, 9)
	if len(first) != 2 || first[0].Link.URL != "http://a.example/1" || first[0].Host != "a.example" || first[0].Delay != time.Second {
		t.Fatalf("leased %+v, want the first of each host", first)
	}
	if more := lease(t, m, 9); len(more) != 0 {
		t.Errorf("leased %+v of leased hosts", more)
	}
	if err := m.Done(first[0].Token, time.Time{}, nil); err != nil {
		t.Fatal(err)
	}
	if at, ok, err := m.NextReady(t.Context()); err != nil || !ok || !at.Equal(c.in(time.Second)) {
		t.Errorf("next ready %v, %v, %v, want in a second", at, ok, err)
	}
	if more := lease(t, m, 9); len(more) != 0 {
		t.Errorf("leased %+v before the pause was over", more)
	}
	c.pass(time.Second)
	if more := lease(t, m, 9); len(more) != 1 || more[0].Link.URL != "http://a.example/2" {
		t.Errorf("leased %+v, want a/2", more)
	}
}

func TestMemoryStale(t *testing.T) {
	c := newClock()
	m := &crawler.Memory{Now: c.now}
	mustPut(t, m, "http://a.example/1")
	old := lease(t, m, 1)[0]
	c.pass(time.Minute)
	again := lease(t, m, 1)
	if len(again) != 1 || again[0].Token == old.Token {
		t.Fatalf("leased %+v, want the link anew", again)
	}
	if err := m.Done(old.Token, time.Time{}, nil); !errors.Is(err, crawler.ErrStale) {
		t.Errorf("done with an old token: %v", err)
	}
	if err := m.Release(t.Context(), old.Token); !errors.Is(err, crawler.ErrStale) {
		t.Errorf("release with an old token: %v", err)
	}
	if err := m.Done(again[0].Token, time.Time{}, nil); err != nil {
		t.Error(err)
	}
	if _, more, _ := m.NextReady(t.Context()); more {
		t.Error("something is left")
	}
}

func TestMemoryBlock(t *testing.T) {
	c := newClock()
	m := &crawler.Memory{Now: c.now}
	mustPut(t, m, "http://a.example/1", "http://b.example/1")
	if err := m.BlockHost(t.Context(), "a.example", c.in(time.Hour)); err != nil {
		t.Fatal(err)
	}
	l := lease(t, m, 9)
	if len(l) != 1 || l[0].Host != "b.example" {
		t.Fatalf("leased %+v, want b", l)
	}
	if err := m.SetDelay(t.Context(), "b.example", time.Minute); err != nil {
		t.Fatal(err)
	}
	if err := m.Done(l[0].Token, c.now(), func(k *crawler.Link) { k.Tries++ }); err != nil {
		t.Fatal(err)
	}
	if at, _, _ := m.NextReady(t.Context()); !at.Equal(c.in(time.Minute)) {
		t.Errorf("next ready %v, want b in a minute", at)
	}
	c.pass(time.Hour)
	if l := lease(t, m, 9); len(l) != 2 || l[0].Link.Tries+l[1].Link.Tries != 1 || l[0].Delay+l[1].Delay != time.Minute {
		t.Errorf("leased %+v, want both, b with one try and a minute", l)
	}
}

// Whatever is called in whatever order: a host has one lease, no link is
// lost, and NextReady is when Lease gives something.
func TestMemoryProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newClock()
		m := &crawler.Memory{Delay: time.Duration(rapid.IntRange(0, 3).Draw(rt, "delay")) * time.Second, Now: c.now}
		put, done := map[string]bool{}, map[string]bool{}
		open := map[string]crawler.Lease{}
		rt.Repeat(map[string]func(*rapid.T){
			"put": func(rt *rapid.T) {
				u := fmt.Sprintf("http://h%d.example/%d", rapid.IntRange(0, 3).Draw(rt, "host"), rapid.IntRange(0, 5).Draw(rt, "page"))
				n, err := m.Put(t.Context(), []crawler.Link{{URL: u}})
				if err != nil || (n == 1) == put[u] {
					rt.Fatalf("put %s: %d, %v", u, n, err)
				}
				put[u] = true
			},
			"lease": func(rt *rapid.T) {
				leases, err := m.Lease(t.Context(), rapid.IntRange(1, 3).Draw(rt, "max"), 10*time.Second)
				if err != nil {
					rt.Fatal(err)
				}
				for _, l := range leases {
					if done[l.Link.URL] {
						rt.Fatalf("%s was done", l.Link.URL)
					}
					if old, ok := open[l.Host]; ok && m.Done(old.Token, time.Time{}, nil) == nil {
						rt.Fatalf("%s leased twice", l.Host)
					}
					open[l.Host] = l
				}
			},
			"done": func(rt *rapid.T) {
				for host, l := range open {
					if m.Done(l.Token, time.Time{}, nil) == nil {
						done[l.Link.URL] = true
					}
					delete(open, host)
					break
				}
			},
			"block": func(rt *rapid.T) {
				m.BlockHost(t.Context(), "h1.example", c.in(5*time.Second))
			},
			"pass": func(rt *rapid.T) {
				c.pass(time.Duration(rapid.IntRange(0, 12).Draw(rt, "seconds")) * time.Second)
			},
		})
		for len(done) < len(put) {
			at, ok, err := m.NextReady(t.Context())
			if err != nil || !ok {
				rt.Fatalf("%d of %d done and nothing left: %v", len(done), len(put), err)
			}
			if at.After(c.t) {
				c.t = at
			}
			for _, l := range lease(t, m, 9) {
				if err := m.Done(l.Token, time.Time{}, nil); err != nil {
					rt.Fatal(err)
				}
				done[l.Link.URL] = true
			}
		}
	})
}

func BenchmarkMemory(b *testing.B) {
	c := newClock()
	m := &crawler.Memory{Now: c.now}
	rnd := rand.New(rand.NewPCG(1, 1))
	i := 0
	for b.Loop() {
		mustPut(b, m, fmt.Sprintf("http://h%d.example/%d", rnd.IntN(1000), i))
		i++
		if l := lease(b, m, 1); len(l) > 0 {
			if err := m.Done(l[0].Token, time.Time{}, nil); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func TestMemoryStats(t *testing.T) {
	now := time.Date(2025, 5, 20, 9, 0, 0, 0, time.UTC)
	m := &crawler.Memory{Now: func() time.Time { return now }}
	mustPut(t, m, "http://a.example/1", "http://a.example/2", "http://b.example/1", "http://c.example/1")
	leases, err := m.Lease(t.Context(), 2, time.Minute)
	if err != nil || len(leases) != 2 {
		t.Fatal(leases, err)
	}
	if err := m.Done(leases[0].Token, time.Time{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := m.BlockHost(t.Context(), "c.example", now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	want := crawler.Stats{Hosts: 3, Blocked: 1, Queued: 3, Due: 3, Leased: 1}
	if got, err := m.Stats(t.Context()); err != nil || got != want {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}
