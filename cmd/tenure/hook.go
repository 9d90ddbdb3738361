package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"tenure/pipeline"
	"tenure/pipeline/web/hook"
)

func (a *app) hookCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "hook",
		Short: "Tell other programs of new moves",
		Long: `Tell other programs of new moves, by signed POSTs to the addresses under hooks:
in the configuration file. 'tenure run' and 'tenure watch' do it after every
pass; what could not be delivered waits in the data file, and the next pass or
'tenure hook send' tries it again when it is due.`,
		Args: a.unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.hookList(), a.hookSend(), a.hookTest())
	return cmd
}

// A hookLine is a hook as it is listed.
type hookLine struct {
	Name    string     `json:"name"`
	Host    string     `json:"host"` // the rest of the address may be a secret
	Since   *time.Time `json:"since,omitempty"`
	Told    *time.Time `json:"told,omitempty"`
	Moves   int        `json:"moves"`
	Waiting int        `json:"waiting,omitempty"` // moves in the message that waits
	Tries   int        `json:"tries,omitempty"`
	Due     *time.Time `json:"due,omitempty"`
	Problem string     `json:"problem,omitempty"`
}

func newHookLine(h hookConfig, s pipeline.HookState, known bool) hookLine {
	l := hookLine{Name: h.Name, Moves: s.Moves}
	if u, err := url.Parse(h.URL); err == nil {
		l.Host = u.Host
	}
	if known {
		l.Since = &s.Since
	}
	if !s.Told.IsZero() {
		l.Told = &s.Told
	}
	if m := s.Pending; m != nil {
		l.Waiting, l.Tries, l.Due, l.Problem = len(m.Moves), m.Tries, &m.Due, m.Problem
	}
	return l
}

func (a *app) hookList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the hooks, and how telling them goes",
		Args:  a.args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			p, err := a.reachToRead()
			if err != nil {
				return err
			}
			defer p.Close()
			l := a.newLister("NAME", "HOST", "TOLD", "MOVES", "WAITING", "PROBLEM")
			for _, h := range p.config.Hooks {
				s, known, err := p.Hook(h.Name)
				if err != nil {
					return err
				}
				x := newHookLine(h, s, known)
				told := "never"
				if x.Told != nil {
					told = a.ago(*x.Told)
				}
				if err := l.add(x, x.Name, x.Host, told, fmt.Sprint(x.Moves), fmt.Sprint(x.Waiting), x.Problem); err != nil {
					return err
				}
			}
			return l.close("there are no hooks in the configuration file")
		},
	}
}

func (a *app) hookSend() *cobra.Command {
	var allowPrivate bool
	cmd := &cobra.Command{
		Use:   "send [NAME…]",
		Short: "Tell hooks what they were not told yet",
		Long: `Tell hooks what they were not told yet. A message that could not be delivered
is tried again when it is due; one of a hook that is named, at once. With
--dry-run the next message of each is printed, and nothing is sent.`,
		RunE: func(cmd *cobra.Command, names []string) error {
			a.running = "hook send"
			p, hooks, err := a.reachHooks(names, allowPrivate)
			if err != nil {
				return err
			}
			defer p.Close()
			p.answer()
			return a.sendHooks(cmd.Context(), p, hooks, len(names) > 0)
		},
	}
	cmd.Flags().BoolVar(&allowPrivate, "allow-private", false, "reach loopback and private addresses")
	return cmd
}

func (a *app) hookTest() *cobra.Command {
	var allowPrivate bool
	cmd := &cobra.Command{
		Use:   "test NAME…",
		Short: "Send hooks a made-up move, and keep nothing",
		Args:  a.args(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, names []string) error {
			a.running = "hook test"
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			hooks, err := a.hooksNamed(c, names, allowPrivate)
			if err != nil || a.dryRun {
				return err
			}
			sender := a.sender(nil)
			for _, h := range hooks {
				if err := sender.Test(cmd.Context(), h); err != nil {
					return err
				}
				a.say("hook %s: taken", h.Name)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&allowPrivate, "allow-private", false, "reach loopback and private addresses")
	return cmd
}

func (a *app) sender(p *reached) *hook.Sender {
	return &hook.Sender{Library: p, Now: a.now, Agent: "tenure/" + version()}
}

// reachHooks returns the data file and the hooks of the given names, or all.
func (a *app) reachHooks(names []string, allowPrivate bool) (*reached, []hook.Hook, error) {
	c, err := a.loadConfig()
	if err != nil {
		return nil, nil, err
	}
	hooks, err := a.hooksNamed(c, names, allowPrivate)
	if err != nil {
		return nil, nil, err
	}
	p, err := a.reachExisting(a.dryRun)
	return p, hooks, err
}

// hooksNamed returns the hooks of the given names, or all.
func (a *app) hooksNamed(c config, names []string, allowPrivate bool) ([]hook.Hook, error) {
	all, err := c.hooks(a.getenv)
	if err != nil {
		return nil, err
	}
	var known []string
	byName := map[string]hook.Hook{}
	for _, h := range all {
		h.AllowPrivate = h.AllowPrivate || allowPrivate
		known = append(known, h.Name)
		byName[h.Name] = h
	}
	if len(names) == 0 {
		names = known
	}
	var some []hook.Hook
	for _, n := range names {
		h, ok := byName[n]
		if !ok {
			return nil, noSuchHook(n, known)
		}
		some = append(some, h)
	}
	return some, nil
}

func noSuchHook(name string, known []string) error {
	err := &pipeline.NotFoundError{What: "hook", Name: name}
	for _, k := range known {
		if alike(name, k) <= 2 {
			err.Near = append(err.Near, fmt.Sprintf("%q", k))
		}
	}
	return err
}

// sendHooks tells hooks what they were not told yet. One that cannot be told is
// said, and the others are told all the same.
func (a *app) sendHooks(ctx context.Context, p *reached, hooks []hook.Hook, atOnce bool) error {
	sender, failed := a.sender(p), false
	for _, h := range hooks {
		if a.dryRun {
			body, err := sender.Preview(h)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(a.stdout, "%s", body); err != nil {
				return err
			}
			continue
		}
		r, err := sender.Send(ctx, h, atOnce)
		if r.Messages > 0 {
			a.say("hook %s: %d moves in %d messages", h.Name, r.Moves, r.Messages)
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, pipeline.ErrHookChanged):
			a.say("%s", err) // it does so right now
		case err != nil:
			failed = true
			a.complain(err, "")
		}
	}
	if failed {
		return errPartial
	}
	return nil
}

// beginHooks notes the hooks that are not known yet, before a pass: what it
// finds is told to them.
func (a *app) beginHooks(ctx context.Context, p *reached) error {
	for _, h := range p.config.Hooks {
		if err := a.sender(p).Begin(ctx, h.Name); err != nil {
			return err
		}
	}
	return nil
}

// tellHooks tells the hooks of the configuration after a pass. A hook whose
// secret or template cannot be read is no reason not to have made it.
func (a *app) tellHooks(ctx context.Context, p *reached, allowPrivate bool) error {
	if len(p.config.Hooks) == 0 {
		return nil
	}
	hooks, err := a.hooksNamed(p.config, nil, allowPrivate)
	if err != nil {
		a.complain(err, "")
		return errPartial
	}
	return a.sendHooks(ctx, p, hooks, false)
}
