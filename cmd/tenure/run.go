package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tenure/crawler"
	"tenure/pipeline"
	"tenure/pipeline/web"
)

// runFlags are the flags of run.
type runFlags struct {
	all          bool
	delay        string
	allowPrivate bool
	timeout      string
	maxPages     int
	recognizer   string
}

func (a *app) runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run [SOURCE…]",
		Short: "Make one pass over what is due: discover, fetch, extract, store",
		Long: `Make one pass over what is due, then exit: what cron calls. A page that fails
is counted, listed by 'tenure list failures' and tried again later; the run
goes on and exits with 3. Pages are asked for conditionally, so a pass over an
unchanged site transfers and stores nothing. Stopping it at any moment loses
nothing.`,
		Example: "  tenure run\n  tenure run --all --delay 2s\n  0 * * * * tenure run --quiet      # in a crontab",
		Args:    cobra.ArbitraryArgs,
		RunE:    func(cmd *cobra.Command, args []string) error { return a.run(cmd.Context(), args, f) },
	}
	f.add(cmd.Flags())
	return cmd
}

// add defines the flags.
func (f *runFlags) add(fl *pflag.FlagSet) {
	fl.BoolVar(&f.all, "all", false, "also what is not due yet")
	fl.StringVar(&f.delay, "delay", "", "least pause between two requests to one host (default: 1s)")
	fl.BoolVar(&f.allowPrivate, "allow-private", false, "reach loopback and private addresses")
	fl.StringVar(&f.timeout, "timeout", "", "stop fetching after so long, as 10m; what was fetched is still read (default: no limit)")
	fl.IntVar(&f.maxPages, "max-pages", 0, "fetch at most so many pages (0: no limit)")
	fl.StringVar(&f.recognizer, "recognizer", "", "what finds names: own or prose")
}

func (a *app) run(ctx context.Context, args []string, f runFlags) error {
	a.running = "run"
	c, err := a.loadConfig()
	if err != nil {
		return err
	}
	if _, err := f.order(c); err != nil {
		return err
	}
	if a.dryRun {
		return a.showDue(c, args)
	}
	p, err := a.reachWith(c, f.recognizer, false)
	if err != nil {
		return err
	}
	defer p.Close()
	p.answer()
	if err := p.configure(ctx); err != nil {
		return err
	}
	return a.pass(ctx, p, args, f)
}

// pass makes one pass and says what it did.
func (a *app) pass(ctx context.Context, p *reached, sources []string, f runFlags) error {
	order, err := f.order(p.config)
	if err != nil {
		return err
	}
	order.Sources = sources
	if err := a.beginHooks(ctx, p); err != nil {
		return err
	}
	s, err := p.run(ctx, order, a.progress())
	a.clearProgress()
	if s.Seconds > 0 || err == nil {
		if serr := a.showSummary(s); serr != nil {
			return serr
		}
	}
	if err != nil {
		return err
	}
	if err := a.tellHooks(ctx, p, f.allowPrivate); err != nil || !s.Partial() {
		return err
	}
	return errPartial
}

// run makes a pass, or has the owner of the data file make it.
func (r *reached) run(ctx context.Context, o web.Order, progress func(pipeline.Progress)) (sum pipeline.Summary, err error) {
	for n := 0; r.local == nil; n++ {
		sum, err = r.remote.Run(ctx, o, progress)
		var lost *web.LostError
		switch {
		case errors.Is(err, web.ErrBusy):
			return sum, r.busy()
		case !errors.As(err, &lost) || n == mostOwners:
			return sum, err
		}
		if err := r.again(r.remote); err != nil {
			return sum, err
		}
	}
	r.answer()
	return r.local.order(ctx, o, progress)
}

// order makes the pass that is asked for.
func (s *session) order(ctx context.Context, o web.Order, progress func(pipeline.Progress)) (pipeline.Summary, error) {
	client := s.app.client(s.config, s.Robots(), o.AllowPrivate)
	defer client.Close()
	delay := o.Delay
	if delay == 0 {
		delay = time.Duration(s.config.Delay)
	}
	return s.Run(ctx, pipeline.RunOptions{
		Sources: o.Sources, All: o.All, Delay: delay, Workers: s.config.Workers, MaxPages: cmp.Or(o.MaxPages, s.config.MaxPages),
		Timeout: o.Timeout, Recheck: time.Duration(s.config.Recheck), KeepPages: time.Duration(s.config.KeepPages),
		Client: client, Progress: progress,
	})
}

// configure brings the sources of the configuration file into the store.
func (r *reached) configure(ctx context.Context) error {
	sources, err := r.config.sources()
	if err != nil {
		return configError{err}
	}
	return r.ConfigureSources(ctx, sources)
}

// order turns flags and configuration into what is asked of a pass.
func (f runFlags) order(c config) (o web.Order, err error) {
	o = web.Order{All: f.all, Delay: time.Duration(c.Delay), AllowPrivate: f.allowPrivate, MaxPages: c.MaxPages, Recognizer: f.recognizer}
	if f.delay != "" {
		if o.Delay, err = parseDuration(f.delay); err != nil {
			return o, usagef("--delay: %w", err)
		}
	}
	if f.timeout != "" {
		if o.Timeout, err = parseDuration(f.timeout); err != nil {
			return o, usagef("--timeout: %w", err)
		}
	}
	switch {
	case f.maxPages < 0:
		return o, usagef("--max-pages: %d is negative", f.maxPages)
	case f.maxPages > 0:
		o.MaxPages = f.maxPages
	}
	if f.recognizer != "" {
		err = oneOf("--recognizer", f.recognizer, recognizers())
	}
	return o, err
}

// showSummary writes the summary line to standard error, and with --json
// one object to standard output.
func (a *app) showSummary(s pipeline.Summary) error {
	a.say("%s", s)
	if s.Sources.Total == 0 && s.Pages.Total == 0 && s.Waiting == 0 {
		a.say("nothing to do: %s", hintNoSources)
	}
	if s.Waiting > 0 {
		a.say("%d pages are left to a later run", s.Waiting)
	}
	if s.Partial() {
		a.say("'tenure list failures' says what failed and why")
	}
	return a.jsonOnly(s)
}

// showDue says what a pass would look at, and changes nothing.
func (a *app) showDue(c config, only []string) error {
	sources, err := c.sources()
	if err != nil {
		return configError{err}
	}
	known, waiting, err := a.known(c)
	if err != nil {
		return err
	}
	for _, s := range sources {
		if _, ok := known[s.ID]; !ok && !s.Paused {
			a.say("would add %s and look at it", s.URL)
		}
	}
	for _, name := range only {
		if !names(name, sources, known) {
			return &pipeline.NotFoundError{What: "source", Name: name}
		}
	}
	now := a.now()
	for _, id := range slices.Sorted(maps.Keys(known)) {
		if s := known[id]; !s.Due.IsZero() && !s.Due.After(now) {
			a.say("would look at %s", s.URL)
		}
	}
	a.say("%d pages are due", waiting)
	return nil
}

// names reports whether a name is one of the sources.
func names(name string, sources []crawler.Source, known map[string]pipeline.SourceState) bool {
	id := name
	if u, err := crawler.Canonical(name); err == nil {
		id = crawler.SourceID(u)
	}
	_, ok := known[id]
	return ok || slices.ContainsFunc(sources, func(s crawler.Source) bool { return s.ID == id })
}

// known returns the sources in the data file by their IDs, and how many
// links are due; none if there is no data file.
func (a *app) known(c config) (map[string]pipeline.SourceState, int, error) {
	path, err := a.dbPath(c)
	if err != nil {
		return nil, 0, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	p, err := a.reachWith(c, "", true)
	if err != nil {
		return nil, 0, err
	}
	defer p.Close()
	all, err := p.Sources()
	if err != nil {
		return nil, 0, err
	}
	byID := map[string]pipeline.SourceState{}
	for _, s := range all {
		byID[s.ID] = s
	}
	waiting, err := p.Waiting()
	return byID, waiting, err
}

// progress returns what shows how far a pass is, on a terminal.
func (a *app) progress() func(pipeline.Progress) {
	if a.quiet || a.json || !terminal(a.stderr) {
		return nil
	}
	return func(p pipeline.Progress) {
		fmt.Fprintf(a.stderr, "\r\x1b[K%s: %d pages, %d failed", p.Stage, p.Pages, p.Failed)
	}
}

func (a *app) clearProgress() {
	if a.progress() != nil {
		fmt.Fprint(a.stderr, "\r\x1b[K")
	}
}
