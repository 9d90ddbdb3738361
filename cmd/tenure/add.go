package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tenure/crawler"
)

// maxLine bounds one line of standard input, bytes.
const maxLine = 64 << 20

func (a *app) addCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "add URL… | -",
		Short: "Queue article addresses for the next run",
		Long: `Queue article addresses for the next run. With - they are read from standard
input, one a line; empty lines and lines that begin with # are skipped.`,
		Example: "  tenure add https://example.org/2025/05/who-left\n  cat urls.txt | tenure add -",
		Args:    a.args(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			urls, bad, err := a.addresses(args)
			if err != nil {
				return err
			}
			for _, b := range bad {
				a.complain(b, "")
			}
			if len(urls) == 0 && len(bad) > 0 {
				return usagef("none of the addresses can be used")
			}
			if a.dryRun {
				a.say("would queue %d addresses", len(urls))
				return nil
			}
			s, err := a.reach()
			if err != nil {
				return err
			}
			defer s.Close()
			added, again, err := s.AddURLs(cmd.Context(), urls)
			if err != nil {
				return err
			}
			if err := a.reportAdded(added, again, len(urls)-added-again, len(bad)); err != nil {
				return err
			}
			if len(bad) > 0 {
				return errPartial
			}
			return nil
		},
	}
}

func (a *app) reportAdded(added, again, known, bad int) error {
	if a.json {
		return a.writeJSON(map[string]int{"added": added, "again": again, "known": known, "invalid": bad})
	}
	a.say("%d new, %d known already%s%s", added, known, some(again, ", %d tried again"), some(bad, ", %d not usable"))
	return nil
}

func some(n int, format string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(format, n)
}

// addresses returns the canonical form of the given addresses, each once,
// and an error for each that is none.
func (a *app) addresses(args []string) (urls []string, bad []error, err error) {
	seen := map[string]bool{}
	take := func(raw string) {
		u, err := crawler.Canonical(raw)
		switch {
		case err != nil:
			bad = append(bad, explainURL(raw, err))
		case !seen[u]:
			seen[u] = true
			urls = append(urls, u)
		}
	}
	for _, arg := range args {
		if arg != "-" {
			take(arg)
			continue
		}
		lines := bufio.NewScanner(a.stdin)
		lines.Buffer(nil, maxLine)
		for lines.Scan() {
			if line := strings.TrimSpace(lines.Text()); line != "" && !strings.HasPrefix(line, "#") {
				take(line)
			}
		}
		if err := lines.Err(); err != nil {
			return nil, nil, fmt.Errorf("standard input: %w", lineError(err))
		}
	}
	return urls, bad, nil
}

// lineError says what a line that is too long is.
func lineError(err error) error {
	if errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("a line is longer than %d bytes", maxLine)
	}
	return err
}

// explainURL adds to the error about an address what may be missing.
func explainURL(raw string, err error) error {
	if !strings.Contains(raw, "://") {
		return fmt.Errorf("%q is no web address: an address begins with https:// or http://", oneLine(raw, 80))
	}
	return err
}
