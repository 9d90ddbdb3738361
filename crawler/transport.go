package crawler

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"time"
)

// Timeouts bound the phases of a fetch. A zero field has the default that
// stands beside it.
type Timeouts struct {
	Connect time.Duration // DNS and TCP; 10 s
	TLS     time.Duration // handshake; 10 s
	Header  time.Duration // from request to the first byte of the answer; 20 s
	Idle    time.Duration // between two pieces of the body; 15 s
	Total   time.Duration // all of it, redirects and robots.txt included; 60 s
}

func (t Timeouts) withDefaults() Timeouts {
	set := func(d *time.Duration, to time.Duration) {
		if *d <= 0 {
			*d = to
		}
	}
	set(&t.Connect, 10*time.Second)
	set(&t.TLS, 10*time.Second)
	set(&t.Header, 20*time.Second)
	set(&t.Idle, 15*time.Second)
	set(&t.Total, 60*time.Second)
	return t
}

// maxHeader is how many bytes of header an answer may have.
const maxHeader = 256 << 10

// newTransport returns the client's own way to the network. It reads no proxy
// from the environment.
func newTransport(t Timeouts, g *guard) *http.Transport {
	d := &net.Dialer{Timeout: t.Connect, KeepAlive: 30 * time.Second}
	if g != nil {
		d.ControlContext = g.control
	}
	return &http.Transport{
		DialContext:            d.DialContext,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // decoded by us, counted
		TLSHandshakeTimeout:    t.TLS,
		ResponseHeaderTimeout:  t.Header,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    2, // a host has one worker at a time
		IdleConnTimeout:        90 * time.Second,
		WriteBufferSize:        4 << 10,
		ReadBufferSize:         16 << 10,
	}
}

// A reply is what one request brought: the answer with its body whole and
// decoded, or cut short.
type reply struct {
	status    int
	header    http.Header
	body      []byte
	truncated bool // the connection ended before the body did
}

// settle decides what an error while reading a body means.
func (p *pending) settle(body []byte, err error) ([]byte, bool, error) {
	switch {
	case err == nil, p.cut && errors.Is(err, errTooLarge):
		return body, false, nil
	case p.partial && len(body) > 0 && errors.Is(err, io.ErrUnexpectedEOF):
		return body, true, nil
	}
	return nil, false, err
}

// replyKey is the context key of the *pending a request fills.
type replyKey struct{}

// A pending is a request under way: how much body it may have, and where the
// answer goes.
type pending struct {
	reply
	max     int64
	partial bool // a body that ends too early is taken as it is
	cut     bool // a body that is too large is cut
}

// A reader is an http.RoundTripper that reads and decodes the body before it
// returns, into the pending of the request's context. The response it
// returns has no body: so no layer above copies, decodes or cuts it.
type reader struct {
	next http.RoundTripper
	idle time.Duration
	pool *bodies
}

// CloseIdleConnections is looked for by http.Client.
func (r *reader) CloseIdleConnections() {
	if c, ok := r.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// RoundTrip implements http.RoundTripper.
func (r *reader) RoundTrip(req *http.Request) (*http.Response, error) {
	p, ok := req.Context().Value(replyKey{}).(*pending)
	if !ok {
		return r.next.RoundTrip(req)
	}
	ctx, cancel := context.WithCancelCause(req.Context())
	defer cancel(nil)
	res, err := r.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	timer := time.AfterFunc(r.idle, func() { cancel(errIdle) })
	defer timer.Stop()
	body, err := r.pool.read(res, p, func() { timer.Reset(r.idle) })
	if err != nil && context.Cause(ctx) != nil {
		err = context.Cause(ctx)
	}
	p.body, p.truncated, err = p.settle(body, err)
	if err != nil {
		return nil, err
	}
	res.Body, res.ContentLength, res.Uncompressed = http.NoBody, 0, true
	return res, nil
}
