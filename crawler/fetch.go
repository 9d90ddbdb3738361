package crawler

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/gocolly/colly/v2"
)

// A Fetch is one answer of a server, with whatever status it had.
type Fetch struct {
	URL          string        `json:"url"`   // that was asked for, canonical
	Final        string        `json:"final"` // that answered, after redirects; canonical
	Source       string        `json:"source,omitempty"`
	At           time.Time     `json:"at"` // when it was asked for
	Status       int           `json:"status"`
	Type         string        `json:"type,omitempty"` // Content-Type as sent
	ETag         string        `json:"etag,omitempty"`
	LastModified string        `json:"last_modified,omitempty"`
	Hops         []string      `json:"hops,omitempty"`        // addresses that redirected, canonical, URL first
	Permanent    bool          `json:"permanent,omitempty"`   // every redirect said that it will stay (301, 308)
	RetryAfter   time.Time     `json:"retry_after,omitzero"`  // when the server wants to be asked again
	MaxAge       time.Duration `json:"max_age,omitempty"`     // how long the server calls the answer fresh
	Body         []byte        `json:"-"`                     // Content-Encoding undone, charset as it came
	Truncated    bool          `json:"truncated,omitempty"`   // the connection ended before the body did, more than once
	Took         time.Duration `json:"took"`                  // from the first request to the last byte, redirects included
	Conditional  bool          `json:"conditional,omitempty"` // validators were sent
}

// OK reports whether the answer is a page: a status of 2xx.
func (f Fetch) OK() bool { return 200 <= f.Status && f.Status <= 299 }

// NotModified reports whether the server said that nothing changed since the
// validators that were sent.
func (f Fetch) NotModified() bool { return f.Status == http.StatusNotModified && f.Conditional }

// Gone reports whether the page will not come back.
func (f Fetch) Gone() bool { return f.Status == http.StatusGone }

// Busy reports whether the server asks for less.
func (f Fetch) Busy() bool {
	return f.Status == http.StatusTooManyRequests || f.Status == http.StatusServiceUnavailable
}

// Defaults of a Client.
const (
	DefaultUserAgent = "tenure/1.0"
	DefaultMaxBody   = 10 << 20
	maxRedirects     = 10

	defaultMaxSitemap = 24 << 20 // 50,000 addresses with their titles; compressed, 50 MB and more fit in DefaultMaxBody
)

// A Client fetches pages. Its zero value works; fields must not be changed
// after the first fetch. It may be used by many goroutines, and keeps nothing
// of a fetch but open connections and robots.txt files. It asks a host one
// thing at a time.
//
// Fetching one page: no scheme but http and https, no address that is not
// public, no request and no redirect that robots.txt forbids, no body over
// MaxBody, no phase over its time. Everything that breaks a bound is a
// *FetchError.
type Client struct {
	UserAgent    string            // DefaultUserAgent if empty; should name a way to reach you: "tenure/1.0 (+https://example.org/bot)"
	From         string            // From header: an e-mail address; not sent if empty
	AllowPrivate bool              // reach loopback and private addresses
	MaxBody      int64             // decoded bytes; if 0, DefaultMaxBody, and 24 MiB for what is a sitemap
	Timeouts     Timeouts          // zero fields have defaults
	Now          func() time.Time  // time.Now if nil
	Transport    http.RoundTripper // nil for the network; a test replays a site through it
	Robots       RobotsStore       // keeps robots.txt files between runs; may be nil

	once      sync.Once
	guard     guard
	times     Timeouts
	http      *http.Client
	collector *colly.Collector
	turns     turns
	gate      *gate
}

// start fills in what the fields leave open.
func (c *Client) start() {
	c.times = c.Timeouts.withDefaults()
	c.guard = guard{notPublic()}
	rt := c.Transport
	if rt == nil {
		g := &c.guard
		if c.AllowPrivate {
			g = nil
		}
		rt = newTransport(c.times, g)
	}
	c.http = &http.Client{
		Transport:     &reader{next: rt, idle: c.times.Idle, pool: new(bodies)},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	c.collector = newCollector(c.http)
	c.gate = newGate(c)
}

// Close closes connections that wait for further requests. The client can
// still be used.
func (c *Client) Close() {
	c.once.Do(c.start)
	c.http.CloseIdleConnections()
}

func (c *Client) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

func (c *Client) userAgent() string {
	if c.UserAgent == "" {
		return DefaultUserAgent
	}
	return c.UserAgent
}

// maxBody returns how many bytes of what l leads to are read.
func (c *Client) maxBody(l Link) int64 {
	switch {
	case c.MaxBody > 0:
		return c.MaxBody
	case l.Kind == Sitemap:
		return defaultMaxSitemap
	}
	return DefaultMaxBody
}

// Fetch asks for the page of a link, with the validators of the last time,
// and follows redirects. Any status is a Fetch; the error is a *FetchError.
//
// A body that ends before its announced length is an error for the first two
// tries; after that (l.Tries) what came is returned, marked Truncated.
func (c *Client) Fetch(ctx context.Context, l Link) (Fetch, error) {
	c.once.Do(c.start)
	ctx, cancel := context.WithTimeoutCause(ctx, c.times.Total, errTotal)
	defer cancel()
	address, err := Canonical(l.URL)
	if err != nil {
		return Fetch{}, fail(l.URL, badAddress(err), err)
	}
	f := Fetch{URL: address, Source: l.Source, At: c.now(), Permanent: true,
		Conditional: l.ETag != "" || l.LastModified != ""}
	begin := time.Now()
	t := trail{at: address}
	for {
		r, err := c.hop(ctx, &t, l)
		if err != nil {
			return Fetch{}, err
		}
		next, err := t.follow(r)
		if err != nil {
			return Fetch{}, err
		}
		if next {
			f.Permanent = f.Permanent && isPermanent(r.status)
			continue
		}
		f.Took = time.Since(begin)
		return c.complete(f, t, r)
	}
}

// hop asks for one address of the trail.
func (c *Client) hop(ctx context.Context, t *trail, l Link) (reply, error) {
	if err := c.admit(ctx, t.at); err != nil {
		return reply{}, err
	}
	h := c.header()
	if l.ETag != "" {
		h.Set("If-None-Match", l.ETag)
	}
	if l.LastModified != "" {
		h.Set("If-Modified-Since", l.LastModified)
	}
	t.sendCookies(h)
	r, err := c.request(ctx, t.at, h, &pending{max: c.maxBody(l), partial: l.Tries >= 2})
	if err == nil {
		t.takeCookies(r.header)
	}
	return r, err
}

// admit refuses addresses that must not be asked.
func (c *Client) admit(ctx context.Context, address string) error {
	if err := c.checkHost(address); err != nil {
		return err
	}
	return c.gate.admit(ctx, address)
}

func (c *Client) checkHost(address string) error {
	if c.AllowPrivate {
		return nil
	}
	if err := c.guard.literal(Host(address)); err != nil {
		return fail(address, PrivateAddress, err)
	}
	return nil
}

func (c *Client) header() http.Header {
	h := http.Header{
		"User-Agent":      {c.userAgent()},
		"Accept":          {"text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.9,*/*;q=0.8"},
		"Accept-Encoding": {acceptEncoding},
	}
	if c.From != "" {
		h.Set("From", c.From)
	}
	return h
}

// complete fills in what the last answer says.
func (c *Client) complete(f Fetch, t trail, r reply) (Fetch, error) {
	final, err := Canonical(t.at)
	if err != nil {
		return Fetch{}, fail(t.at, BadURL, err)
	}
	f.Final, f.Hops = final, t.hops
	f.Permanent = f.Permanent && len(t.hops) > 0
	f.Status, f.Body, f.Truncated = r.status, r.body, r.truncated
	f.Type = r.header.Get("Content-Type")
	f.ETag = r.header.Get("ETag")
	f.LastModified = r.header.Get("Last-Modified")
	f.RetryAfter = retryAfter(r.header, c.now())
	f.MaxAge = maxAge(r.header, c.now())
	return f, nil
}
