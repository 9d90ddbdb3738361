// Package crawler turns addresses into fetched bytes, and fetched lists into
// further addresses. It knows HTTP and the manners of the web; it knows
// nothing of what the pages are about.
//
// A [Source] is looked at again and again. Its visit begins with a [Link] in
// the [Frontier], which keeps all links, when each is due and what each host
// asks for. [Run] moves links through
//
//	Frontier.Lease → Client.Fetch → Sink.Fetched or Sink.Failed
//
// with any number of workers, each host fetched by one of them at a time. The
// sink writes what came of it; for lists it asks [Discover] for the links on
// them. Workers hold no state: kill them at any time, and leases run out and
// are worked on again.
//
// A [Client] can be used alone. It is the part that must be hard to fool: it
// obeys robots.txt before every hop, reaches only public addresses, and
// bounds bytes and time.
package crawler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// Config says how to run. Zero fields have defaults.
type Config struct {
	Workers  int           // fetches at the same time; 8
	LeaseTTL time.Duration // after which a lease of a dead worker is given to another; 5 min
	Delay    time.Duration // least pause of a host, from which it adapts; 0 leaves it to the frontier
	MaxWait  time.Duration // Run ends if nothing gets ready within this; 2 min
	Now      func() time.Time
	Log      *slog.Logger // nil is silence
}

func (c Config) withDefaults() Config {
	if c.Workers <= 0 {
		c.Workers = 8
	}
	if c.LeaseTTL <= 0 {
		c.LeaseTTL = 5 * time.Minute
	}
	if c.MaxWait <= 0 {
		c.MaxWait = maxCrawlDelay
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Run fetches what the frontier has until nothing gets ready any more within
// cfg.MaxWait, or ctx ends. It returns nil then too: what is left is still in
// the frontier. An error means that frontier or sink failed.
//
// When ctx ends, fetches under way are cancelled and their leases given back;
// results that are there already are still handed to the sink.
func Run(ctx context.Context, cfg Config, f Frontier, c *Client, s Sink) error {
	cfg = cfg.withDefaults()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	w := &worker{cfg: cfg, frontier: f, client: c, sink: s, pace: pace{cfg.Delay}}
	work := make(chan Lease)
	done := make(chan error, cfg.Workers)
	var wg sync.WaitGroup
	for range cfg.Workers {
		wg.Go(func() {
			for l := range work {
				done <- w.handle(ctx, l)
			}
		})
	}
	d := dispatcher{cfg: cfg, frontier: f, work: work, done: done}
	err := d.run(ctx, cancel)
	close(work)
	wg.Wait()
	return err
}

// A dispatcher hands leases to workers that are free.
type dispatcher struct {
	cfg      Config
	frontier Frontier
	work     chan<- Lease
	done     <-chan error
	busy     int
}

// run returns when nothing is left to do and no worker is busy.
func (d *dispatcher) run(ctx context.Context, cancel context.CancelCauseFunc) error {
	var failed error
	for {
		wait, more, err := d.fill(ctx)
		if err != nil && failed == nil {
			failed = err
			cancel(err)
		}
		if !more && d.busy == 0 {
			return failed
		}
		if err := d.await(ctx, wait); err != nil && failed == nil {
			failed = err
			cancel(err)
		}
	}
}

// fill leases for all free workers. If some stay free it returns how long
// until there can be more for them, and false if that is never.
func (d *dispatcher) fill(ctx context.Context) (time.Duration, bool, error) {
	if ctx.Err() != nil {
		return 0, false, nil
	}
	free := d.cfg.Workers - d.busy
	if free == 0 {
		return 0, true, nil
	}
	leases, err := d.frontier.Lease(ctx, free, d.cfg.LeaseTTL)
	if err != nil {
		return 0, false, ignoreEnd(ctx, fmt.Errorf("lease: %w", err))
	}
	for _, l := range leases {
		d.busy++
		d.work <- l
	}
	if d.busy == d.cfg.Workers {
		return 0, true, nil
	}
	at, ok, err := d.frontier.NextReady(ctx)
	if err != nil {
		return 0, false, ignoreEnd(ctx, fmt.Errorf("next ready: %w", err))
	}
	wait := at.Sub(d.cfg.Now())
	if !ok || wait > d.cfg.MaxWait {
		return 0, false, nil
	}
	return min(max(wait, time.Millisecond), look), true, nil
}

// look is how often the frontier is asked again while nothing is ready:
// others may have put links.
const look = time.Second

// await returns when a worker is done, wait is over, or, if nobody is busy,
// ctx ends. A wait of 0 is for ever.
func (d *dispatcher) await(ctx context.Context, wait time.Duration) error {
	var timeout <-chan time.Time
	if wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		timeout = t.C
	}
	ended := ctx.Done()
	if d.busy > 0 {
		ended = nil // workers see it, and are waited for
	}
	select {
	case err := <-d.done:
		d.busy--
		return err
	case <-timeout:
	case <-ended:
	}
	return nil
}

func ignoreEnd(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

// A worker takes one lease at a time through fetch and sink.
type worker struct {
	cfg      Config
	frontier Frontier
	client   *Client
	sink     Sink
	pace     pace
}

// handle works on one lease. An error is one of frontier or sink, or that
// this process can ask nobody.
func (w *worker) handle(ctx context.Context, l Lease) error {
	begin := time.Now()
	f, err := w.fetch(ctx, l)
	if err != nil && ctx.Err() != nil {
		return w.release(context.WithoutCancel(ctx), l)
	}
	if own := exhausted(err); own != nil {
		return errors.Join(fmt.Errorf("fetch %s: %w", l.Link.URL, own), w.release(context.WithoutCancel(ctx), l))
	}
	// What is known is written, whether or not the run goes on.
	ctx = context.WithoutCancel(ctx)
	if err := w.slow(ctx, l, f, err, took(f, begin)); err != nil {
		return err
	}
	w.log(l, f, err)
	err = w.deliver(ctx, l, f, err)
	if errors.Is(err, ErrStale) {
		w.cfg.Log.Warn("lease ran out before its result was there", "url", l.Link.URL)
		return nil
	}
	return err
}

// took is how long the host needed, robots.txt not counted if it is known.
func took(f Fetch, begin time.Time) time.Duration {
	if f.Took > 0 {
		return f.Took
	}
	return time.Since(begin)
}

// fetch turns a panic into an error.
func (w *worker) fetch(ctx context.Context, l Lease) (f Fetch, err error) {
	defer recovered(&err)
	return w.client.Fetch(ctx, l.Link)
}

// deliver hands the result to the sink. A sink that panics over a page is
// told so, once.
func (w *worker) deliver(ctx context.Context, l Lease, f Fetch, fetchErr error) error {
	err := fetchErr
	if err == nil {
		err = w.call(func() error { return w.sink.Fetched(ctx, l, f) })
		var p *PanicError
		if !errors.As(err, &p) {
			return err
		}
	}
	return w.call(func() error { return w.sink.Failed(ctx, l, err) })
}

func (w *worker) call(fn func() error) (err error) {
	defer recovered(&err)
	return fn()
}

func recovered(err *error) {
	if v := recover(); v != nil {
		*err = &PanicError{v, debug.Stack()}
	}
}

func (w *worker) release(ctx context.Context, l Lease) error {
	r, ok := w.frontier.(Releaser)
	if !ok {
		return nil
	}
	if err := r.Release(ctx, l.Token); err != nil && !errors.Is(err, ErrStale) {
		return fmt.Errorf("give back %s: %w", l.Link.URL, err)
	}
	return nil
}

// slow tells the frontier what the host asked for, in words or by its
// answers.
func (w *worker) slow(ctx context.Context, l Lease, f Fetch, err error, took time.Duration) error {
	if err == nil && !f.RetryAfter.IsZero() && (f.Busy() || f.Status == 403 || isRedirect(f.Status)) {
		if err := w.block(ctx, l.Host, f.RetryAfter); err != nil {
			return err
		}
	}
	var fe *FetchError
	if errors.As(err, &fe) && !fe.Until.IsZero() && Host(fe.URL) == l.Host {
		if err := w.block(ctx, l.Host, fe.Until); err != nil {
			return err
		}
	}
	d := w.pace.next(l.Delay, w.client.crawlDelay(l.Link.URL), took, f, err)
	if near(d, l.Delay) {
		return nil
	}
	if err := w.frontier.SetDelay(ctx, l.Host, d); err != nil {
		return fmt.Errorf("set delay of %s: %w", l.Host, err)
	}
	return nil
}

func (w *worker) block(ctx context.Context, host string, until time.Time) error {
	if err := w.frontier.BlockHost(ctx, host, until); err != nil {
		return fmt.Errorf("block %s: %w", host, err)
	}
	return nil
}

// near reports whether two pauses are not worth telling apart.
func near(a, b time.Duration) bool {
	return max(a, b)-min(a, b) <= max(a, b)/50
}

func (w *worker) log(l Lease, f Fetch, err error) {
	if err != nil {
		w.cfg.Log.Debug("no answer", "url", l.Link.URL, "error", err)
		return
	}
	w.cfg.Log.Debug("fetched", "url", l.Link.URL, "status", f.Status, "bytes", len(f.Body), "took", f.Took)
}
