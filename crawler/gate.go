package crawler

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// A RobotsRecord is what was last learnt of a robots.txt.
type RobotsRecord struct {
	Origin  string    `json:"origin"` // scheme and host, as "https://example.org"
	Status  int       `json:"status"` // of the answer; 0 if there was none
	At      time.Time `json:"at"`
	Expires time.Time `json:"expires"`
	Body    []byte    `json:"body,omitempty"`   // the last good file, also while the server fails
	BodyAt  time.Time `json:"body_at,omitzero"` // when that file was read
	Denied  bool      `json:"denied,omitempty"` // nothing may be fetched until Expires
}

// A RobotsStore keeps robots.txt files between runs.
type RobotsStore interface {
	// LoadRobots returns the record of an origin, and false if there is none.
	LoadRobots(ctx context.Context, origin string) (RobotsRecord, bool, error)
	SaveRobots(ctx context.Context, r RobotsRecord) error
}

const (
	robotsFresh  = 24 * time.Hour      // the longest a file is believed
	robotsLeast  = 10 * time.Minute    // the shortest
	robotsRetry  = 10 * time.Minute    // pause after a file could not be read
	robotsStale  = 30 * 24 * time.Hour // how long an old file stands in for an unreadable one
	robotsHops   = 5                   // redirects followed (RFC 9309, 2.3.1.2)
	gateCapacity = 4096                // origins kept in memory
)

// A gate answers whether an address may be asked, reading each robots.txt
// once however many ask.
type gate struct {
	client *Client
	agent  string
	mu     sync.Mutex
	known  map[string]*verdict
}

// A verdict is the robots.txt of one origin, or the reading of it.
type verdict struct {
	ready   chan struct{} // closed when the rest is set
	file    *Robots
	expires time.Time
	denied  *FetchError // nothing may be fetched, for this reason
	err     error       // reading was given up by who began it
}

func newGate(c *Client) *gate {
	return &gate{client: c, agent: ProductToken(c.userAgent()), known: make(map[string]*verdict)}
}

// admit returns a *FetchError if the address must not be asked now.
func (g *gate) admit(ctx context.Context, address string) error {
	v, err := g.verdict(ctx, origin(address))
	switch {
	case err != nil:
		return failure(ctx, address, err)
	case v.denied != nil:
		denied := *v.denied
		denied.URL, denied.Until = address, v.expires
		return &denied
	case !v.file.Allowed(g.agent, address):
		return fail(address, RobotsDenied, errors.New("robots.txt forbids it to "+g.agent))
	}
	return nil
}

// verdict returns what is known of an origin, asking if need be.
func (g *gate) verdict(ctx context.Context, origin string) (*verdict, error) {
	for {
		v, mine := g.claim(origin)
		if mine {
			g.settle(ctx, v, origin)
			return v, v.err
		}
		select {
		case <-v.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if v.err == nil {
			return v, nil
		}
	}
}

// claim returns the verdict of an origin, and whether it is the caller's to
// settle.
func (g *gate) claim(origin string) (*verdict, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	v, ok := g.known[origin]
	if ok {
		select {
		case <-v.ready:
			ok = v.err == nil && g.client.now().Before(v.expires)
		default:
		}
	}
	if ok {
		return v, false
	}
	if len(g.known) >= gateCapacity {
		g.forget()
	}
	v = &verdict{ready: make(chan struct{})}
	g.known[origin] = v
	return v, true
}

// forget drops some settled verdicts; the store still has them.
func (g *gate) forget() {
	drop := gateCapacity / 4
	for origin, v := range g.known {
		select {
		case <-v.ready:
			delete(g.known, origin)
			drop--
		default:
		}
		if drop <= 0 {
			return
		}
	}
}

// settle finds the verdict and opens it to all who wait.
func (g *gate) settle(ctx context.Context, v *verdict, origin string) {
	defer close(v.ready)
	v.err = errors.New("robots.txt: reading was interrupted") // stands if a panic passes through
	r, err := g.record(ctx, origin)
	v.err = nil
	var fe *FetchError
	switch {
	case errors.As(err, &fe) && ctx.Err() == nil:
		v.denied = fe
	case err != nil:
		v.err = err
	case r.Denied:
		v.denied = fail(origin, RobotsUnreachable, fmt.Errorf("robots.txt answers with status %d", r.Status))
	}
	v.file, v.expires = ParseRobots(r.Body), r.Expires
}

// record returns a record that has not expired: the stored one or a new one.
// Without an answer there is no record, or, with a *FetchError, one that is
// not to be stored: the next run may have more luck.
func (g *gate) record(ctx context.Context, origin string) (RobotsRecord, error) {
	store := g.client.Robots
	var old RobotsRecord
	if store != nil {
		var err error
		if old, _, err = store.LoadRobots(ctx, origin); err != nil {
			return old, fmt.Errorf("robots.txt of %s: %w", origin, err)
		}
		if g.client.now().Before(old.Expires) {
			return old, nil
		}
	}
	r, err := g.ask(ctx, origin, old)
	if err != nil || store == nil {
		return r, err
	}
	if err := store.SaveRobots(ctx, r); err != nil {
		return r, fmt.Errorf("robots.txt of %s: %w", origin, err)
	}
	return r, nil
}

// ask reads a robots.txt and says what follows from the answer: a file is a
// file, 4xx and endless redirects are leave, failure is refusal for a while,
// unless an old file can stand in.
func (g *gate) ask(ctx context.Context, origin string, old RobotsRecord) (RobotsRecord, error) {
	now := g.client.now()
	r := RobotsRecord{Origin: origin, At: now, Expires: now.Add(robotsRetry), Body: old.Body, BodyAt: old.BodyAt}
	standsIn := !r.BodyAt.IsZero() && now.Sub(r.BodyAt) <= robotsStale
	ans, err := g.fetch(ctx, origin+"/robots.txt")
	if err != nil && standsIn && ctx.Err() == nil {
		return r, nil
	}
	if err != nil {
		return r, err
	}
	r.Status = ans.status
	switch {
	case 200 <= ans.status && ans.status <= 299:
		r.Body, r.BodyAt = ans.body, now
	case 300 <= ans.status && ans.status <= 499 && ans.status != 429:
		r.Body, r.BodyAt = nil, time.Time{}
	default:
		r.Denied = !standsIn
		if at := retryAfter(ans.header, now); at.After(r.Expires) {
			r.Expires = min24(at, now)
		}
		return r, nil
	}
	fresh := maxAge(ans.header, now)
	if fresh == 0 {
		fresh = robotsFresh
	}
	r.Expires = now.Add(min(max(fresh, robotsLeast), robotsFresh))
	return r, nil
}

func min24(at, now time.Time) time.Time {
	if limit := now.Add(robotsFresh); at.After(limit) {
		return limit
	}
	return at
}

// fetch follows the redirects of a robots.txt. Redirects are not asked of
// another robots.txt, but must lead to public addresses.
func (g *gate) fetch(ctx context.Context, address string) (reply, error) {
	t := trail{at: address}
	for {
		if err := g.client.checkHost(t.at); err != nil {
			return reply{}, err
		}
		r, err := g.client.request(ctx, t.at, g.client.header(), &pending{max: maxRobots, partial: true, cut: true})
		if err != nil {
			return r, err
		}
		more, err := t.follow(r)
		if err != nil || len(t.hops) > robotsHops {
			return r, nil // leads nowhere: as if there were none
		}
		if !more {
			return r, nil
		}
	}
}

// delay returns the Crawl-delay asked of us by the origin, if it is known.
func (g *gate) delay(origin string) time.Duration {
	g.mu.Lock()
	v := g.known[origin]
	g.mu.Unlock()
	if v == nil {
		return 0
	}
	select {
	case <-v.ready:
		if v.file == nil {
			return 0
		}
		d, _ := v.file.CrawlDelay(g.agent)
		return d
	default:
		return 0
	}
}

// Sitemaps returns the sitemaps that the robots.txt of the page's host names,
// canonical.
func (c *Client) Sitemaps(ctx context.Context, page string) ([]string, error) {
	c.once.Do(c.start)
	v, err := c.gate.verdict(ctx, origin(page))
	if err != nil {
		return nil, err
	}
	if v.file == nil {
		return nil, nil
	}
	var all []string
	for _, s := range v.file.Sitemaps {
		if u, err := Resolve(page, s); err == nil {
			all = append(all, u)
		}
	}
	return all, nil
}

func (c *Client) crawlDelay(address string) time.Duration {
	c.once.Do(c.start)
	return c.gate.delay(origin(address))
}
