package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"tenure/crawler"
	"tenure/extract"
	"tenure/extract/career"
	"tenure/pipeline"
	"tenure/pipeline/web"
	"tenure/pipeline/web/page"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	listen    string
	hosts     []string
	tokenFile string
	readOnly  bool
}

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show what is kept in a browser, until stopped",
		Long: `Show what is kept in a browser, until stopped by an interrupt or a termination
signal, which is no failure. The pages read, and take what you decide about
moves and people; with --read-only they only read. While another command has
the data file, it is asked; while none has, this one has it as long as somebody
reads, and a 'tenure run' is made by it: neither is in the way of the other.

It answers on the loopback address. Any other address can be reached by
others, and is refused without --token-file: a file that only you can read,
with a secret of 16 characters or more that a browser asks for as the password
(any user name will do) and a program sends as 'Authorization: Bearer TOKEN'.
The connection itself is not encrypted: on a network that is not your own, put
a proxy with TLS in front of it and allow its name with --host.`,
		Example: `  tenure serve
  tenure serve --listen 127.0.0.1:9000
  (umask 077; head -c 24 /dev/urandom | base64 > token)
  tenure serve --listen 0.0.0.0:8080 --token-file token --host news.example.org`,
		Args: a.args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.running = "serve"
			return a.serve(cmd.Context(), f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.listen, "listen", "127.0.0.1:8080", "`ADDRESS` to answer on; port 0 takes a free one")
	fl.StringArrayVar(&f.hosts, "host", nil, "`NAME` under which it may be asked for, as that of a proxy (repeatable)")
	fl.BoolVar(&f.readOnly, "read-only", false, "let nothing be decided or changed in the browser")
	fl.StringVar(&f.tokenFile, "token-file", "", "`FILE` with the secret that every request must bring")
	return cmd
}

// guard checks the flags and returns what stands before the pages.
func (f serveFlags) guard() (page.Guard, error) {
	g := page.Guard{Hosts: f.hosts}
	host, _, err := net.SplitHostPort(f.listen)
	if err != nil {
		return g, usagef("--listen %q: want an address and a port, as 127.0.0.1:8080", f.listen)
	}
	if f.tokenFile != "" {
		if g.Token, err = readToken(f.tokenFile); err != nil {
			return g, err
		}
	}
	if !loopback(host) && g.Token == "" {
		return g, usagef("--listen %s can be reached by others: give --token-file FILE too, with a secret that only you can read", f.listen)
	}
	return g, nil
}

func loopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

// leastToken is how long a token must be, in bytes.
const leastToken = 16

// readToken reads a secret from a file that nobody else can read.
func readToken(path string) (string, error) {
	token, err := readSecret("--token-file", path)
	if err == nil && len(token) < leastToken {
		err = fmt.Errorf("--token-file %s: a secret of %d characters is too short, want %d or more", path, len(token), leastToken)
	}
	return token, err
}

// Bounds of what a client may ask and how long it may take.
const (
	maxHeader  = 32 << 10
	headerTime = 5 * time.Second
	bodyTime   = 15 * time.Second
	idleTime   = 60 * time.Second
	drainTime  = 5 * time.Second
)

func (a *app) serve(ctx context.Context, f serveFlags) error {
	guard, err := f.guard()
	if err != nil {
		return err
	}
	if a.dryRun {
		a.say("would answer on http://%s/", f.listen)
		return nil
	}
	p, err := a.reach()
	if err != nil {
		return err
	}
	defer p.Close()
	p.orders = orders(ctx)
	p.answer()
	l, err := net.Listen("tcp", f.listen)
	if err != nil {
		return fmt.Errorf("%w; --listen takes another address", err)
	}
	site := &page.Site{Library: p, Timeline: timeline, Version: version(), Now: a.now, ReadOnly: f.readOnly, Try: a.trial(p.config)}
	srv := &http.Server{
		Handler: guard.Wrap(site.Handler()), ReadHeaderTimeout: headerTime, ReadTimeout: bodyTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
	}
	a.say("tenure answers on http://%s/%s; stop it with Ctrl-C", l.Addr(), p.heldBy())
	var warm sync.WaitGroup
	warm.Go(func() {
		if err := site.Warm(); err != nil && ctx.Err() == nil {
			a.log().Warn("what the pages show could not be read yet", "error", err)
		}
	})
	var resting sync.WaitGroup
	p.use()
	rested, stopResting := context.WithCancel(ctx)
	resting.Go(func() { a.restNowAndThen(rested, p) })
	err = serveUntil(ctx, srv, l)
	stopResting()
	resting.Wait()
	err = errors.Join(err, p.Close()) // ends what still reads
	warm.Wait()
	return err
}

// restTime is after how long without a question the file is given up: sooner
// than a command that needs it for itself loses patience.
const restTime = lockPatience / 2

// restNowAndThen gives the file up whenever nobody has asked for a while,
// until ctx ends.
func (a *app) restNowAndThen(ctx context.Context, p *reached) {
	tick := time.NewTicker(restTime / 4)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := p.rest(restTime); err != nil {
				a.log().Warn("the data file was not given up well", "error", err)
			}
		}
	}
}

// serveUntil serves until ctx ends, and gives requests under way a while.
func serveUntil(ctx context.Context, srv *http.Server, l net.Listener) error {
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if srv.Shutdown(drain) != nil {
		_ = srv.Close() // they have had their time
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// orders returns what makes passes for other processes, one at a time, until
// ctx ends.
func orders(ctx context.Context) func(context.Context, *session, web.Order, func(pipeline.Progress)) (pipeline.Summary, error) {
	var busy atomic.Bool
	return func(asked context.Context, s *session, o web.Order, progress func(pipeline.Progress)) (pipeline.Summary, error) {
		if !busy.CompareAndSwap(false, true) {
			return pipeline.Summary{}, web.ErrBusy
		}
		defer busy.Store(false)
		asked, cancel := context.WithCancel(asked)
		defer cancel()
		defer context.AfterFunc(ctx, cancel)()
		return s.order(asked, o, progress)
	}
}

// trial returns what tries a source for a page.
func (a *app) trial(c config) func(context.Context, crawler.Source) (page.Trial, error) {
	client := a.client(c, nil, false)
	return func(ctx context.Context, s crawler.Source) (t page.Trial, err error) {
		r, err := a.try(ctx, client, s)
		t.Kind, t.Feeds, t.Cut = r.Kind, r.Feeds, len(r.Cut)
		for _, x := range r.Articles {
			t.Articles = append(t.Articles, page.Finding{URL: x.URL, Title: x.Title, Note: x.Published})
		}
		for _, x := range r.Links {
			t.Links = append(t.Links, page.Finding{URL: x.URL, Title: x.Title})
		}
		for _, x := range r.Rejected {
			t.Rejected = append(t.Rejected, page.Finding{URL: x.URL, Note: x.Reason})
		}
		return t, err
	}
}

// timeline turns the claims about a person into what the pages draw.
func timeline(claims []extract.Claim) []page.Stay {
	var all []page.Stay
	for _, s := range career.Timeline(claims) {
		x := page.Stay{
			Person: s.Person, Org: s.Org, From: s.From, Until: s.Until, Status: s.Status, Months: s.Months, Bound: s.Bound,
			Founder: s.Founder, Derived: s.Derived, Sources: s.Sources,
		}
		for _, r := range s.Roles {
			x.Roles = append(x.Roles, r.Role)
		}
		all = append(all, x)
	}
	return all
}
