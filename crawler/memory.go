package crawler

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Memory is a Frontier that lives as long as the process: for tests, and for
// crawls that need not survive one. Its zero value works.
type Memory struct {
	Delay time.Duration    // pause of a host for which SetDelay was not called
	Now   func() time.Time // time.Now if nil

	mu     sync.Mutex
	known  map[[16]byte]struct{} // keys of all links ever put
	hosts  map[string]*site
	ready  siteHeap // hosts that have links and no lease
	leases map[string]*site
	last   int // lease number
}

// An entry is a link and when it is due.
type entry struct {
	link Link
	due  time.Time
	seq  int // order of arrival, for links due at the same time
}

// A site is one host: its links, and when it may be asked again.
type site struct {
	name    string
	queue   entryHeap
	delay   time.Duration
	rested  time.Time // end of the pause after the last lease
	blocked time.Time
	at      int // in Memory.ready; -1 outside

	token   string
	leased  *entry
	expires time.Time
}

// next returns when the site's first link can be leased.
func (s *site) next() time.Time {
	t := s.queue[0].due
	for _, u := range []time.Time{s.rested, s.blocked} {
		if u.After(t) {
			t = u
		}
	}
	return t
}

func (m *Memory) now() time.Time {
	if m.Now == nil {
		return time.Now()
	}
	return m.Now()
}

// site returns the named host, new if need be.
func (m *Memory) site(name string) *site {
	s, ok := m.hosts[name]
	if !ok {
		if m.hosts == nil {
			m.hosts = make(map[string]*site)
		}
		s = &site{name: name, delay: m.Delay, at: -1}
		m.hosts[name] = s
	}
	return s
}

// Put implements Frontier.
func (m *Memory) Put(_ context.Context, links []Link) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = make(map[[16]byte]struct{})
	}
	now, added := m.now(), 0
	for _, l := range links {
		key := Key(l.URL)
		if _, ok := m.known[key]; ok {
			continue
		}
		m.known[key] = struct{}{}
		m.enqueue(m.site(l.Host()), &entry{link: l, due: now, seq: len(m.known)})
		added++
	}
	return added, nil
}

func (m *Memory) enqueue(s *site, e *entry) {
	heap.Push(&s.queue, e)
	m.place(s)
}

// place brings a site to where it belongs in m.ready.
func (m *Memory) place(s *site) {
	belongs := s.leased == nil && len(s.queue) > 0
	switch {
	case belongs && s.at < 0:
		heap.Push(&m.ready, s)
	case belongs:
		heap.Fix(&m.ready, s.at)
	case s.at >= 0:
		heap.Remove(&m.ready, s.at)
	}
}

// Lease implements Frontier. Hosts take turns: the one that has waited
// longest comes first.
func (m *Memory) Lease(_ context.Context, max int, ttl time.Duration) ([]Lease, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	m.expire(now)
	var out []Lease
	for len(out) < max && len(m.ready) > 0 && !m.ready[0].next().After(now) {
		out = append(out, m.lease(m.ready[0], now.Add(ttl)))
	}
	return out, nil
}

func (m *Memory) lease(s *site, expires time.Time) Lease {
	m.last++
	s.token, s.expires = strconv.Itoa(m.last), expires
	s.leased = heap.Pop(&s.queue).(*entry)
	m.place(s)
	if m.leases == nil {
		m.leases = make(map[string]*site)
	}
	m.leases[s.token] = s
	return Lease{Token: s.token, Link: s.leased.link, Host: s.name, Delay: s.delay}
}

// expire takes back leases that ran out.
func (m *Memory) expire(now time.Time) {
	for _, s := range m.leases {
		if !s.expires.After(now) {
			m.end(s, s.leased.due, now)
		}
	}
}

// end closes the lease of a site; its link is due again at due, never if that
// is zero.
func (m *Memory) end(s *site, due, now time.Time) {
	e := s.leased
	delete(m.leases, s.token)
	s.leased, s.token, s.rested = nil, "", now.Add(s.delay)
	if !due.IsZero() {
		e.due = due
		heap.Push(&s.queue, e)
	}
	m.place(s)
}

// Release implements Releaser: the link is due as it was before.
func (m *Memory) Release(_ context.Context, token string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.leases[token]
	if !ok {
		return fmt.Errorf("release %s: %w", token, ErrStale)
	}
	m.end(s, s.leased.due, m.now())
	return nil
}

// Done ends a lease. The link, as update leaves it, is due again at due, or
// never if due is zero. The update must not change the URL and may be nil.
func (m *Memory) Done(token string, due time.Time, update func(*Link)) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.leases[token]
	if !ok {
		return fmt.Errorf("done %s: %w", token, ErrStale)
	}
	if update != nil {
		update(&s.leased.link)
	}
	m.end(s, due, m.now())
	return nil
}

// BlockHost implements Frontier.
func (m *Memory) BlockHost(_ context.Context, host string, until time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s := m.site(host); until.After(s.blocked) {
		s.blocked = until
		m.place(s)
	}
	return nil
}

// SetDelay implements Frontier.
func (m *Memory) SetDelay(_ context.Context, host string, d time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.site(host).delay = d
	return nil
}

// NextReady implements Frontier.
func (m *Memory) NextReady(context.Context) (time.Time, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var at time.Time
	if len(m.ready) > 0 {
		at = m.ready[0].next()
	}
	for _, s := range m.leases {
		if at.IsZero() || s.expires.Before(at) {
			at = s.expires
		}
	}
	return at, !at.IsZero(), nil
}

// Stats implements Frontier.
func (m *Memory) Stats(context.Context) (Stats, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	n := Stats{Leased: len(m.leases)}
	for _, s := range m.hosts {
		all := s.queue
		if s.leased != nil {
			all = append(slices.Clone(all), s.leased)
		}
		if len(all) == 0 {
			continue
		}
		n.Hosts++
		n.Queued += len(all)
		if s.blocked.After(now) {
			n.Blocked++
		}
		for _, e := range all {
			if !e.due.After(now) {
				n.Due++
			}
		}
	}
	return n, nil
}

// entryHeap has the entry that is due first at its top.
type entryHeap []*entry

func (h entryHeap) Len() int { return len(h) }
func (h entryHeap) Less(i, j int) bool {
	return cmp.Or(h[i].due.Compare(h[j].due), cmp.Compare(h[i].seq, h[j].seq)) < 0
}
func (h entryHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *entryHeap) Push(x any)   { *h = append(*h, x.(*entry)) }
func (h *entryHeap) Pop() any {
	old := *h
	e := old[len(old)-1]
	*h = slices.Delete(old, len(old)-1, len(old))
	return e
}

// siteHeap has the site that can be leased first at its top.
type siteHeap []*site

func (h siteHeap) Len() int { return len(h) }
func (h siteHeap) Less(i, j int) bool {
	return cmp.Or(h[i].next().Compare(h[j].next()), cmp.Compare(h[i].name, h[j].name)) < 0
}
func (h siteHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].at, h[j].at = i, j
}
func (h *siteHeap) Push(x any) {
	s := x.(*site)
	s.at = len(*h)
	*h = append(*h, s)
}
func (h *siteHeap) Pop() any {
	old := *h
	s := old[len(old)-1]
	s.at = -1
	*h = slices.Delete(old, len(old)-1, len(old))
	return s
}
