package main

import (
	"github.com/spf13/cobra"
)

func (a *app) reextractCommand() *cobra.Command {
	var all, learn bool
	var recognizer string
	cmd := &cobra.Command{
		Use:   "reextract",
		Short: "Run today's extraction over the pages kept; no network",
		Long: `Run today's extraction over the pages kept, without the network: over those
that another version read last, or with --all over every page. What a page
gave is replaced by what it gives now. With --learn, what stands on many pages
of one site, at least five and half of them, is boilerplate from then on.`,
		Args: a.args(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.running = "reextract"
			if recognizer != "" {
				if err := oneOf("--recognizer", recognizer, recognizers()); err != nil {
					return err
				}
			}
			r, err := a.reachExistingWith(recognizer, a.dryRun)
			if err != nil {
				return err
			}
			defer r.Close()
			if err := r.own(); err != nil { // it reads every page itself
				return err
			}
			r.answer()
			p := r.local
			if a.dryRun {
				n, err := p.Stale(all)
				if err == nil {
					a.say("would read %d pages again", n)
				}
				return err
			}
			if learn {
				if err := a.learn(cmd.Context(), p); err != nil {
					return err
				}
				all = true
			}
			s, err := p.Reextract(cmd.Context(), all, a.progress())
			a.clearProgress()
			if err != nil {
				return err
			}
			a.say("%d pages: %d changed, %d unchanged, %d failed | %d facts -> %d moves (%d new) | %.1f s",
				s.Pages.Total, s.Pages.New, s.Pages.Unchanged, s.Pages.Failed, s.Facts, s.Moves, s.NewMoves, s.Seconds)
			if err := a.jsonOnly(s); err != nil {
				return err
			}
			if s.Pages.Failed > 0 {
				return errPartial
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "every page, also those that today's version has read")
	cmd.Flags().BoolVar(&learn, "learn", false, "learn first which lines stand on many pages of a site, then read every page without them")
	cmd.Flags().StringVar(&recognizer, "recognizer", "", "what finds names: own or prose")
	return cmd
}
