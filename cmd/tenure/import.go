package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tenure/crawler"
	"tenure/pipeline"
	"tenure/pipeline/importer"
)

func (a *app) importCommand() *cobra.Command {
	var m importer.Importer
	var tags []string
	cmd := &cobra.Command{
		Use:   "import PATH…",
		Short: "Take in pages saved by others: WARC files, HTML files, directories of them",
		Long: `Take in pages that were saved by others, as if they had just been fetched, and
read them. A path is a WARC file (.warc, .warc.gz, as Common Crawl's CC-NEWS
has them), an HTML file, or a directory of these.

A page's time is that of its WARC record, or of its file. Its address is that
of its record; an HTML file says its own in its canonical link, its og:url or
the browser's "saved from url" mark, else it lies below --base, else it has
one that is made of its content.

What cannot be used is passed over and counted. A page of which the same
bytes, or a later look, are kept is nothing new, so an import that was stopped
is taken up by the same command.`,
		Example: `  tenure import CC-NEWS-20250526093000-01234.warc.gz
  tenure import ~/saved --base https://example.org/ --tag Moves`,
		Args: a.args(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			a.running = "import"
			if m.Base != "" {
				u, err := crawler.Canonical(m.Base)
				if err != nil {
					return usagef("--base: %w", err)
				}
				m.Base = u
			}
			return a.imports(cmd.Context(), &m, args, tags)
		},
	}
	cmd.Flags().StringVar(&m.Base, "base", "", "`URL` below which the files of a directory lie, for those that do not say theirs")
	cmd.Flags().StringArrayVar(&tags, "tag", nil, "add a `TAG` to every article; may be repeated")
	return cmd
}

func (a *app) imports(ctx context.Context, m *importer.Importer, paths, tags []string) error {
	walk := func(ctx context.Context, fn func(crawler.Fetch) error) error { return m.Walk(ctx, paths, fn) }
	if a.dryRun {
		if err := walk(ctx, func(f crawler.Fetch) error { return nil }); err != nil {
			return err
		}
		a.say("would look at %s", countsLine(m.Counts))
		return nil
	}
	r, err := a.reach()
	if err != nil {
		return err
	}
	defer r.Close()
	if err := r.own(); err != nil { // it keeps and reads every page itself
		return err
	}
	if m.MaxBody == 0 {
		m.MaxBody = r.config.MaxBody
	}
	r.answer()
	s, err := r.local.Import(ctx, pipeline.ImportOptions{Walk: walk, Tags: tags, Progress: a.progress()})
	a.clearProgress()
	a.say("%s", countsLine(m.Counts))
	a.say("%d pages: %d new, %d known already, %d failed | %d facts -> %d moves (%d new) | %.1f s",
		s.Pages.Total, s.Pages.New, s.Pages.Unchanged, s.Pages.Failed, s.Facts, s.Moves, s.NewMoves, s.Seconds)
	if err != nil {
		return err
	}
	err = a.jsonOnly(struct {
		Found importer.Counts `json:"found"`
		pipeline.Summary
	}{m.Counts, s})
	if err != nil {
		return err
	}
	if s.Pages.Failed > 0 || m.Counts.Skipped() > 0 {
		return errPartial
	}
	return nil
}

// countsLine says what was found in files, and what was passed over.
func countsLine(c importer.Counts) string {
	parts := []string{fmt.Sprintf("%d files, %d records: %d pages", c.Files, c.Records, c.Pages)}
	for _, p := range []struct {
		n    int64
		what string
	}{
		{c.Cut, "cut when saved"}, {c.NotPages, "not pages"}, {c.Truncated, "truncated"}, {c.FalseLength, "of a false length"},
		{c.Damaged, "damaged"}, {c.TooLarge, "too large"}, {c.NoAddress, "without an address"}, {c.Ignored, "other files"},
	} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return strings.Join(parts, ", ")
}
