package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"tenure/crawler"
	"tenure/store"
)

// patience is how long a pass waits for a host that asked to be left alone;
// a longer wait is left to a later pass.
const patience = 2 * time.Minute

// frontier is crawler.Frontier over the tables, for one pass: only links
// that were due when the pass began, or were found by it, are leased.
//
// A lease lives in memory. A link stays in the queue until its result is
// written, so a process that dies gives its leases back by dying.
type frontier struct {
	db    *store.DB
	now   func() time.Time
	start time.Time       // of the pass: later due times are a later pass's
	delay time.Duration   // least pause per host
	only  map[string]bool // sources of this pass; nil: all
	max   int             // leases still to give; negative: no limit

	mu     sync.Mutex
	leases map[string]openLease // by host
	passed map[string][]byte    // by host: its queue up to here holds nothing of this pass's sources
	serial int
}

type openLease struct {
	token string
	until time.Time
}

func newFrontier(db *store.DB, now func() time.Time, delay time.Duration) *frontier {
	return &frontier{
		db: db, now: now, start: now().UTC().Truncate(time.Millisecond), delay: delay, max: -1,
		leases: map[string]openLease{}, passed: map[string][]byte{},
	}
}

// Put implements crawler.Frontier.
func (f *frontier) Put(ctx context.Context, links []crawler.Link) (added int, err error) {
	err = f.db.Write(ctx, func(tx *store.Tx) error {
		added, err = putLinks(tx, links, f.start)
		return err
	})
	return added, err
}

// putLinks adds the links that are not known yet, due at the given time, and
// gives those that are known the tags they lack.
func putLinks(tx *store.Tx, links []crawler.Link, due time.Time) (added int, err error) {
	hosts := map[string]bool{}
	for _, l := range links {
		key := crawler.Key(l.URL)
		row, known, err := schema.links.Get(tx, key[:])
		if err != nil {
			return added, err
		}
		if known {
			again, err := meetAgain(tx, key[:], row, l, due)
			if err != nil {
				return added, err
			}
			if again {
				hosts[l.Host()] = true
			}
			continue
		}
		added++
		l.Tags = union(slices.Clone(l.Tags))
		row = linkRow{Link: l, State: linkQueued, Found: due, Due: due}
		if err := enqueue(tx, key[:], row); err != nil {
			return added, err
		}
		hosts[l.Host()] = true
	}
	for _, h := range sortedKeys(hosts) {
		if err := wakeHost(tx, h, due); err != nil {
			return added, err
		}
	}
	return added, nil
}

// wakeHost is touchHost after links were added that are due at the given
// time: nothing changes for a host that is ready by then.
func wakeHost(tx *store.Tx, host string, due time.Time) error {
	row, _, err := schema.hosts.Get(tx, []byte(host))
	if err != nil || !row.Ready.IsZero() && !row.Ready.After(due) {
		return err
	}
	return touchHost(tx, host, nil)
}

// revive queues links again that had been given up, or that no source looks
// at any more, and returns how many.
func revive(tx *store.Tx, urls []string, due time.Time) (int, error) {
	dropped := map[string]linkRow{}
	for _, u := range urls {
		key := crawler.Key(u)
		row, known, err := schema.links.Get(tx, key[:])
		if err != nil {
			return 0, err
		}
		if !known || row.State == linkQueued || row.State == linkDone && row.Role == crawler.Story {
			continue
		}
		row.Tries, row.Role = 0, crawler.Story
		dropped[string(key[:])] = row
	}
	return len(dropped), queueAt(tx, dropped, due)
}

// meetAgain gives a known link the tags it lacks. A further page of a list is
// looked at again, once a pass, when the page before it has changed; it
// reports whether the link was queued for that.
func meetAgain(tx *store.Tx, key []byte, row linkRow, l crawler.Link, due time.Time) (bool, error) {
	row, err := tagKnown(tx, key, row, l.Tags, due)
	if err != nil || l.Role != crawler.Listing || row.State != linkDone || !row.Tried.Before(due) {
		return false, err
	}
	row.State, row.Due = linkQueued, due
	return true, enqueue(tx, key, row)
}

// enqueue writes a queued link's row and its place in the queue.
func enqueue(tx *store.Tx, key []byte, row linkRow) error {
	if err := schema.links.Put(tx, key, row); err != nil {
		return err
	}
	return schema.queue.Put(tx, store.Key(row.Host(), row.Due, key), nil)
}

// dequeue takes a link out of the queue; its row is the caller's business.
func dequeue(tx *store.Tx, key []byte, row linkRow) error {
	if row.State != linkQueued {
		return nil
	}
	return schema.queue.Delete(tx, store.Key(row.Host(), row.Due, key))
}

// touchHost changes a host's row and brings its place in the ready index up
// to date: when its first link is due, it is past its pause and not blocked.
func touchHost(tx *store.Tx, host string, change func(*hostRow)) error {
	row, _, err := schema.hosts.Get(tx, []byte(host))
	if err != nil {
		return err
	}
	if change != nil {
		change(&row)
	}
	if !row.Ready.IsZero() {
		if err := schema.ready.Delete(tx, store.Key(row.Ready, host)); err != nil {
			return err
		}
		row.Ready = time.Time{}
	}
	first, ok, err := firstDue(tx, host)
	if err != nil {
		return err
	}
	if ok {
		row.Ready = latest(first, row.Next, row.Blocked).Truncate(time.Millisecond)
		if err := schema.ready.Put(tx, store.Key(row.Ready, host), nil); err != nil {
			return err
		}
	}
	return schema.hosts.Put(tx, []byte(host), row)
}

// firstDue returns when the host's first link is due.
func firstDue(tx *store.Tx, host string) (time.Time, bool, error) {
	entries, err := schema.queue.Scan(tx, store.Key(host), nil, 1)
	if err != nil || len(entries) == 0 {
		return time.Time{}, false, err
	}
	due, _ := queueKey(entries[0].Key)
	return due, true, nil
}

// queueKey takes a queue key apart, from behind: the hash has 16 bytes, the
// time before it 8.
func queueKey(key []byte) (due time.Time, hash []byte) {
	n := len(key) - 16
	return store.ReadKey(key[n-8 : n]).Time(), key[n:]
}

func latest(t time.Time, more ...time.Time) time.Time {
	for _, m := range more {
		if m.After(t) {
			t = m
		}
	}
	return t
}

// Lease implements crawler.Frontier.
func (f *frontier) Lease(_ context.Context, max int, ttl time.Duration) ([]crawler.Lease, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.max >= 0 {
		max = min(max, f.max)
	}
	now := f.now().UTC()
	var leases []crawler.Lease
	err := f.db.View(func(tx *store.Tx) error {
		return f.eachReady(tx, func(host string, ready time.Time) (bool, error) {
			if ready.After(now) || len(leases) >= max {
				return false, nil
			}
			if f.leased(host, now) {
				return true, nil
			}
			row, ok, err := f.next(tx, host)
			if err != nil || !ok {
				return true, err
			}
			h, _, err := schema.hosts.Get(tx, []byte(host))
			if err != nil {
				return true, err
			}
			f.serial++
			token := fmt.Sprintf("%s#%d", host, f.serial)
			leases = append(leases, crawler.Lease{Token: token, Link: row.Link, Host: host, Delay: f.pause(h)})
			return true, nil
		})
	})
	if err != nil {
		return nil, err
	}
	for _, l := range leases {
		f.leases[l.Host] = openLease{l.Token, now.Add(ttl)}
	}
	if f.max >= 0 {
		f.max -= len(leases)
	}
	return leases, nil
}

func (f *frontier) leased(host string, now time.Time) bool {
	l, ok := f.leases[host]
	return ok && now.Before(l.until)
}

// pause is the host's least time between requests.
func (f *frontier) pause(h hostRow) time.Duration { return max(f.delay, h.Delay) }

// readyBatch is how many rows are read at a time.
const readyBatch = 256

// eachReady calls fn for the hosts in the order in which they become ready,
// until fn says to stop.
func (f *frontier) eachReady(tx *store.Tx, fn func(host string, ready time.Time) (bool, error)) error {
	var after []byte
	for {
		entries, err := schema.ready.Scan(tx, nil, after, readyBatch)
		if err != nil {
			return err
		}
		for _, e := range entries {
			key := store.ReadKey(e.Key)
			ready, host := key.Time(), key.String()
			if key.Err() != nil {
				return fmt.Errorf("ready index: %w", key.Err())
			}
			if more, err := fn(host, ready); err != nil || !more {
				return err
			}
		}
		if len(entries) < readyBatch {
			return nil
		}
		after = entries[len(entries)-1].Key
	}
}

// next returns the host's first link that belongs to this pass.
func (f *frontier) next(tx *store.Tx, host string) (linkRow, bool, error) {
	after := f.passed[host]
	for {
		entries, err := schema.queue.Scan(tx, store.Key(host), after, readyBatch)
		if err != nil {
			return linkRow{}, false, err
		}
		for _, e := range entries {
			due, hash := queueKey(e.Key)
			if due.After(f.start) {
				return linkRow{}, false, nil
			}
			row, ok, err := schema.links.Get(tx, hash)
			if err != nil {
				return linkRow{}, false, err
			}
			if ok && (f.only == nil || f.only[row.Source]) {
				return row, true, nil
			}
			if due.Before(f.start) {
				f.passed[host] = e.Key // what this pass adds is due at its start, behind here
			}
		}
		if len(entries) < readyBatch {
			return linkRow{}, false, nil
		}
		after = entries[len(entries)-1].Key
	}
}

// NextReady implements crawler.Frontier.
func (f *frontier) NextReady(context.Context) (time.Time, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.now().UTC()
	var at time.Time
	for _, l := range f.leases {
		if now.Before(l.until) && (at.IsZero() || l.until.Before(at)) {
			at = l.until
		}
	}
	if f.max == 0 {
		return at, !at.IsZero(), nil
	}
	err := f.db.View(func(tx *store.Tx) error {
		return f.eachReady(tx, func(host string, ready time.Time) (bool, error) {
			if ready.After(now.Add(patience)) {
				return false, nil
			}
			if f.leased(host, now) {
				return true, nil
			}
			_, ok, err := f.next(tx, host)
			if err != nil || !ok {
				return true, err
			}
			if at.IsZero() || ready.Before(at) {
				at = ready
			}
			return false, nil
		})
	})
	return at, !at.IsZero(), err
}

// Stats implements crawler.Frontier. Due is what this pass could fetch.
func (f *frontier) Stats(context.Context) (n crawler.Stats, err error) {
	f.mu.Lock()
	now := f.now().UTC()
	for host := range f.leases {
		if f.leased(host, now) {
			n.Leased++
		}
	}
	f.mu.Unlock()
	err = f.db.View(func(tx *store.Tx) error {
		queued, due, err := countQueued(tx, f.start)
		if err != nil {
			return err
		}
		n.Queued, n.Due = queued, due
		return schema.hosts.Each(tx, nil, func(_ []byte, h hostRow) error {
			if !h.Ready.IsZero() {
				n.Hosts++
				if h.Blocked.After(now) {
					n.Blocked++
				}
			}
			return nil
		})
	})
	return n, err
}

// BlockHost implements crawler.Frontier.
func (f *frontier) BlockHost(ctx context.Context, host string, until time.Time) error {
	return f.db.Write(ctx, func(tx *store.Tx) error {
		return touchHost(tx, host, func(h *hostRow) { h.Blocked = latest(h.Blocked, until.UTC()) })
	})
}

// SetDelay implements crawler.Frontier.
func (f *frontier) SetDelay(ctx context.Context, host string, d time.Duration) error {
	return f.db.Write(ctx, func(tx *store.Tx) error {
		return touchHost(tx, host, func(h *hostRow) { h.Delay = d })
	})
}

// Release implements crawler.Releaser.
func (f *frontier) Release(_ context.Context, token string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for host, l := range f.leases {
		if l.token == token {
			delete(f.leases, host)
			return nil
		}
	}
	return crawler.ErrStale
}

// done runs write in a transaction in which the lease's host has had its
// turn, and ends the lease. A lease that has ended already changes nothing.
func (f *frontier) done(ctx context.Context, l crawler.Lease, write func(tx *store.Tx) error) error {
	f.mu.Lock()
	open := f.leases[l.Host]
	f.mu.Unlock()
	if open.token != l.Token {
		return crawler.ErrStale
	}
	err := f.db.Write(ctx, func(tx *store.Tx) error {
		if err := write(tx); err != nil {
			return err
		}
		return touchHost(tx, l.Host, func(h *hostRow) { h.Next = f.now().UTC().Add(f.pause(*h)) })
	})
	if err != nil {
		return err
	}
	if err := f.Release(ctx, l.Token); err != nil && !errors.Is(err, crawler.ErrStale) {
		return err
	}
	return nil // also if it ran out while it was written: what was written holds
}
