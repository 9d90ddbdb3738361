package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tenure/crawler"
)

func (a *app) sourceCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "source",
		Short: "Add, list, test, pause and remove the pages and feeds that are looked at",
		Args:  a.unknownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.sourceAdd(), a.sourceList(), a.sourceRemove(), a.sourcePause("pause", true), a.sourcePause("resume", false), a.sourceTest(), a.sourceImport(), a.sourceExport())
	return cmd
}

func kinds() []string { return []string{"tag", "feed", "sitemap", "page"} }

func (a *app) sourceAdd() *cobra.Command {
	var kind, every string
	var tags, allow, deny []string
	cmd := &cobra.Command{
		Use:   "add URL",
		Short: "Add a source, or change a known one",
		Long: `Add a source: an address that is looked at again and again. Kinds: tag (a tag,
topic, author or front page), feed (RSS, Atom, JSON Feed), sitemap, page (one
article). Without --kind it is seen from what the address holds.`,
		Example: "  tenure source add https://example.org/tag/moves --kind tag --every 6h --tag AI",
		Args:    a.args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := newSource(args[0], kind, every)
			if err != nil {
				return err
			}
			s.Tags, s.Allow, s.Deny = tags, allow, deny
			if _, err := s.Scope(); err != nil {
				return usageError{err}
			}
			if a.dryRun {
				a.say("would add source %s (%s)", s.URL, s.ID)
				return nil
			}
			p, err := a.reach()
			if err != nil {
				return err
			}
			defer p.Close()
			if old, err := p.FindSource(s.ID); err == nil {
				s = unlessGiven(cmd.Flags(), old, s)
			}
			added, err := p.AddSources(cmd.Context(), s)
			if err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(map[string]any{"id": s.ID, "url": s.URL, "added": added == 1})
			}
			verb := "changed"
			if added == 1 {
				verb = "added"
			}
			a.say("%s %s as source %s; 'tenure run' looks at it", verb, s.URL, s.ID)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&kind, "kind", "", "tag, feed, sitemap or page")
	f.StringVar(&every, "every", "", "how often to look, as 90m, 6h or 2d (default: as often as there is something new)")
	f.StringArrayVar(&tags, "tag", nil, "tag for every article found here; may be given again")
	f.StringArrayVar(&allow, "allow", nil, "take only addresses that match this pattern; may be given again")
	f.StringArrayVar(&deny, "deny", nil, "take no addresses that match this pattern; may be given again")
	return cmd
}

// unlessGiven returns s with what was not given on the command line as it is
// in old.
func unlessGiven(flags *pflag.FlagSet, old, s crawler.Source) crawler.Source {
	keep := func(flag string, restore func()) {
		if !flags.Changed(flag) {
			restore()
		}
	}
	keep("kind", func() { s.Kind = old.Kind })
	keep("every", func() { s.Every = old.Every })
	keep("tag", func() { s.Tags = old.Tags })
	keep("allow", func() { s.Allow = old.Allow })
	keep("deny", func() { s.Deny = old.Deny })
	s.Paused = old.Paused
	return s
}

func newSource(raw, kind, every string) (crawler.Source, error) {
	if kind != "" {
		if err := oneOf("kind", kind, kinds()); err != nil {
			return crawler.Source{}, err
		}
	}
	s, err := crawler.NewSource(crawler.Kind(kind), raw)
	if err != nil {
		return s, usageError{explainURL(raw, err)}
	}
	if every != "" {
		if s.Every, err = parseDuration(every); err != nil {
			return s, usagef("--every: %w", err)
		}
	}
	return s, nil
}

func (a *app) sourceRemove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove URL|ID",
		Short: "Remove a source; what came of it stays",
		Args:  a.args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.reachExisting(a.dryRun)
			if err != nil {
				return err
			}
			defer p.Close()
			if a.dryRun {
				s, err := p.FindSource(args[0])
				if err == nil {
					a.say("would remove source %s", s.URL)
				}
				return err
			}
			s, err := p.RemoveSource(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(map[string]any{"id": s.ID, "url": s.URL, "removed": true})
			}
			a.say("removed source %s", s.URL)
			return nil
		},
	}
}

// sourcePause is the command that has a source looked at no more, or again.
func (a *app) sourcePause(name string, paused bool) *cobra.Command {
	short, done := "Look at a source again", "resumed"
	if paused {
		short, done = "Look at a source no more, until it is resumed; what came of it stays", "paused"
	}
	return &cobra.Command{
		Use:   name + " URL|ID",
		Short: short,
		Args:  a.args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.reachExisting(a.dryRun)
			if err != nil {
				return err
			}
			defer p.Close()
			if a.dryRun {
				s, err := p.FindSource(args[0])
				if err == nil {
					a.say("would have source %s %s", s.URL, done)
				}
				return err
			}
			s, err := p.PauseSource(cmd.Context(), args[0], paused)
			if err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(map[string]any{"id": s.ID, "url": s.URL, "paused": s.Paused})
			}
			a.say("%s source %s", done, s.URL)
			return nil
		},
	}
}

func (a *app) sourceImport() *cobra.Command {
	return &cobra.Command{
		Use:   "import OPML",
		Short: "Add the feeds of an OPML file, or of standard input with -",
		Args:  a.args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			in := a.stdin
			if args[0] != "-" {
				f, err := os.Open(args[0])
				if err != nil {
					return err
				}
				defer f.Close()
				in = f
			}
			sources, err := crawler.ParseOPML(in)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			if a.dryRun {
				a.say("would add up to %d sources", len(sources))
				return nil
			}
			p, err := a.reach()
			if err != nil {
				return err
			}
			defer p.Close()
			added, err := p.AddSources(cmd.Context(), sources...)
			if err != nil {
				return err
			}
			return a.reportAdded(added, 0, len(sources)-added, 0)
		},
	}
}

func (a *app) sourceExport() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the sources as OPML",
		Args:  a.args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			p, err := a.reachToRead()
			if err != nil {
				return err
			}
			defer p.Close()
			states, err := p.Sources()
			if err != nil {
				return err
			}
			var sources []crawler.Source
			left := 0
			for _, s := range states {
				sources = append(sources, s.Source)
				if s.Kind != crawler.Feed {
					left++
				}
			}
			if left > 0 {
				a.say("%d of %d sources are not feeds and have no place in OPML", left, len(states))
			}
			return a.writeTo(output, func(w io.Writer) error { return crawler.WriteOPML(w, sources) })
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to `FILE` instead of standard output")
	return cmd
}
