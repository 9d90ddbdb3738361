package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

// Between two passes of watch.
const (
	shortestNap = time.Second
	longestNap  = time.Minute // by then, sources that others added are seen
)

func (a *app) watchCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "watch",
		Short: "Make a pass whenever something is due, until stopped",
		Long: `Make a pass whenever something is due, until stopped by an interrupt or a
termination signal, which is no failure. Between passes the data file is free
for other commands.`,
		Args: a.args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.running = "watch"
			return a.watch(cmd.Context(), f)
		},
	}
	f.add(cmd.Flags())
	return cmd
}

// watch makes passes until ctx ends. A pass that fails for a reason that may
// pass is said, and tried again at the next turn.
func (a *app) watch(ctx context.Context, f runFlags) error {
	for {
		nap, err := a.turn(ctx, f)
		if ctx.Err() != nil {
			a.say("%s", hintStopped)
			return nil
		}
		var bad configError
		if errors.As(err, &bad) {
			return err
		}
		if err != nil {
			a.complain(err, fmt.Sprintf("trying again in %s", longestNap))
			nap = longestNap
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(nap):
		}
	}
}

// turn makes one pass if anything is due, and returns how long to wait.
func (a *app) turn(ctx context.Context, f runFlags) (time.Duration, error) {
	c, err := a.loadConfig()
	if err != nil {
		return 0, err
	}
	p, err := a.reachWith(c, f.recognizer, false)
	if err != nil {
		return 0, err
	}
	defer p.Close()
	p.answer()
	if err := p.configure(ctx); err != nil {
		return 0, err
	}
	due, any, err := p.NextDue()
	if err != nil {
		return 0, err
	}
	if any && !due.After(a.now()) {
		if err := a.pass(ctx, p, nil, f); err != nil && !errors.Is(err, errPartial) {
			return 0, err
		}
		if due, any, err = p.NextDue(); err != nil {
			return 0, err
		}
	}
	if err := a.tellHooks(ctx, p, f.allowPrivate); err != nil && !errors.Is(err, errPartial) { // what waits may be due
		return 0, err
	}
	if !any {
		return longestNap, nil
	}
	return min(max(due.Sub(a.now()), shortestNap), longestNap), nil
}
