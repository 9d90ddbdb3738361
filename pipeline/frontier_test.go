package pipeline

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"tenure/crawler"
	"tenure/store"
)

// clock is a time that tests move.
type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

func newTestFrontier(t testing.TB, delay time.Duration) (*frontier, *clock) {
	c := &clock{noon}
	p := newTestPipeline(t, t.TempDir())
	return newFrontier(p.db, c.now, delay), c
}

func put(t testing.TB, f *frontier, urls ...string) int {
	t.Helper()
	var links []crawler.Link
	for _, u := range urls {
		links = append(links, crawler.Link{URL: u, Role: crawler.Story})
	}
	n, err := f.Put(context.Background(), links)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func lease(t testing.TB, f *frontier, max int) []crawler.Lease {
	t.Helper()
	all, err := f.Lease(context.Background(), max, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// finish ends a lease as a fetched page does.
func finish(t testing.TB, f *frontier, l crawler.Lease) {
	t.Helper()
	err := f.done(context.Background(), l, func(tx *store.Tx) error {
		key := crawler.Key(l.Link.URL)
		row, _, err := schema.links.Get(tx, key[:])
		if err != nil {
			return err
		}
		if err := dequeue(tx, key[:], row); err != nil {
			return err
		}
		row.State = linkDone
		return schema.links.Put(tx, key[:], row)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func ready(t testing.TB, f *frontier) (time.Time, bool) {
	t.Helper()
	at, ok, err := f.NextReady(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return at, ok
}

func TestFrontierHosts(t *testing.T) {
	f, c := newTestFrontier(t, time.Second)
	if n := put(t, f, "https://a.example/1", "https://a.example/2", "https://b.example/1"); n != 3 {
		t.Errorf("%d added, want 3", n)
	}
	if n := put(t, f, "https://a.example/1"); n != 0 {
		t.Errorf("%d added again, want 0", n)
	}
	first := lease(t, f, 10)
	if len(first) != 2 || first[0].Host == first[1].Host {
		t.Fatalf("leased %v, want one link of each host", first)
	}
	if more := lease(t, f, 10); len(more) != 0 {
		t.Errorf("leased %v while both hosts are leased", more)
	}
	for _, l := range first {
		finish(t, f, l)
	}
	if more := lease(t, f, 10); len(more) != 0 {
		t.Errorf("leased %v before the pause was over", more)
	}
	if at, ok := ready(t, f); !ok || !at.Equal(noon.Add(time.Second)) {
		t.Errorf("ready at %v %v, want a second later", at, ok)
	}
	c.t = c.t.Add(time.Second)
	last := lease(t, f, 10)
	if len(last) != 1 || last[0].Host != "a.example" {
		t.Fatalf("leased %v, want the other link of a.example", last)
	}
	finish(t, f, last[0])
	if _, ok := ready(t, f); ok {
		t.Error("something is ready after everything was done")
	}
}

func TestFrontierStaleToken(t *testing.T) {
	f, c := newTestFrontier(t, 0)
	put(t, f, "https://a.example/1")
	old := lease(t, f, 1)[0]
	c.t = c.t.Add(2 * time.Minute) // it ran out
	young := lease(t, f, 1)
	if len(young) != 1 {
		t.Fatal("the link of a lease that ran out is not leased again")
	}
	err := f.done(context.Background(), old, func(*store.Tx) error {
		t.Error("a stale token wrote")
		return nil
	})
	if !errors.Is(err, crawler.ErrStale) {
		t.Errorf("error %v, want ErrStale", err)
	}
	if err := f.Release(context.Background(), young[0].Token); err != nil {
		t.Error(err)
	}
	if len(lease(t, f, 1)) != 1 {
		t.Error("a link that was given back is not leased again")
	}
}

// TestFrontierBlocked: a host that asked to be left alone is, also by a
// frontier of a later run.
func TestFrontierBlocked(t *testing.T) {
	f, c := newTestFrontier(t, 0)
	put(t, f, "https://a.example/1")
	ctx := context.Background()
	if err := f.BlockHost(ctx, "a.example", noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := f.SetDelay(ctx, "a.example", 7*time.Second); err != nil {
		t.Fatal(err)
	}
	later := newFrontier(f.db, c.now, 0)
	if all := lease(t, later, 1); len(all) != 0 {
		t.Errorf("leased %v of a blocked host", all)
	}
	if _, ok := ready(t, later); ok {
		t.Error("a pass waits for a host that is blocked for an hour")
	}
	c.t = noon.Add(time.Hour)
	all := lease(t, newFrontier(f.db, c.now, 0), 1)
	if len(all) != 1 || all[0].Delay != 7*time.Second {
		t.Errorf("leased %v, want the link with a pause of 7 s", all)
	}
}

// TestFrontierDue: what is due later belongs to a later pass.
func TestFrontierDue(t *testing.T) {
	f, c := newTestFrontier(t, 0)
	err := f.db.Update(func(tx *store.Tx) error {
		_, err := putLinks(tx, []crawler.Link{{URL: "https://a.example/1"}}, noon.Add(time.Minute))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	c.t = noon.Add(time.Hour) // this pass began at noon
	if all := lease(t, f, 1); len(all) != 0 {
		t.Errorf("leased %v, which was not due when the pass began", all)
	}
	if len(lease(t, newFrontier(f.db, c.now, 0), 1)) != 1 {
		t.Error("the next pass does not lease it")
	}
}

func TestFrontierMaxPages(t *testing.T) {
	f, _ := newTestFrontier(t, 0)
	f.max = 1
	put(t, f, "https://a.example/1", "https://b.example/1")
	all := lease(t, f, 10)
	if len(all) != 1 {
		t.Fatalf("%d leases, want 1", len(all))
	}
	finish(t, f, all[0])
	if _, ok := ready(t, f); ok {
		t.Error("the pass waits for more than it may fetch")
	}
}

// BenchmarkFrontier leases and finishes 16 links at a time, of 10,000 hosts.
func BenchmarkFrontier(b *testing.B) {
	f, _ := newTestFrontier(b, 0)
	n := max(b.N, 16)
	urls := make([]string, n)
	for i := range urls {
		urls[i] = fmt.Sprintf("https://h%d.example/a/%d", i%10000, i)
	}
	for i := 0; i < n; i += 1000 {
		put(b, f, urls[i:min(n, i+1000)]...)
	}
	b.ResetTimer()
	for done := 0; done < b.N; {
		all := lease(b, f, 16)
		for _, l := range all {
			finish(b, f, l)
		}
		done += len(all)
	}
}

func TestFrontierStats(t *testing.T) {
	f, c := newTestFrontier(t, time.Second)
	put(t, f, "https://a.example/1", "https://a.example/2", "https://b.example/1", "https://c.example/1")
	leases := lease(t, f, 2)
	finish(t, f, leases[0])
	if err := f.BlockHost(t.Context(), "c.example", c.now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	want := crawler.Stats{Hosts: 3, Blocked: 1, Queued: 3, Due: 3, Leased: 1}
	if got, err := f.Stats(t.Context()); err != nil || got != want {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}
