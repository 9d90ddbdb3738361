package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tenure/crawler"
	"tenure/extract"
	"tenure/pipeline"
)

func (a *app) sourceCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "source",
		Short: "Add, list, test and remove the pages and feeds that are looked at",
		Args:  a.unknownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.sourceAdd(), a.sourceList(), a.sourceRemove(), a.sourceTest(), a.sourceImport(), a.sourceExport())
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
			p, err := a.open()
			if err != nil {
				return err
			}
			defer p.Close()
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
	f.StringVar(&every, "every", "", "how often to look, as 90m, 6h or 2d (default: 6h)")
	f.StringArrayVar(&tags, "tag", nil, "tag for every article found here; may be given again")
	f.StringArrayVar(&allow, "allow", nil, "take only addresses that match this pattern; may be given again")
	f.StringArrayVar(&deny, "deny", nil, "take no addresses that match this pattern; may be given again")
	return cmd
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

// sourceRecord is a source in JSON.
type sourceRecord struct {
	ID       string   `json:"id"`
	URL      string   `json:"url"`
	Kind     string   `json:"kind,omitempty"`
	Every    string   `json:"every,omitempty"`
	Tags     []string `json:"tags,omitempty"`
	Paused   bool     `json:"paused,omitempty"`
	LastRun  string   `json:"last_run,omitempty"`
	LastGood string   `json:"last_good,omitempty"`
	Due      string   `json:"due,omitempty"`
	State    string   `json:"state"` // ok, new, paused, quiet, failing
	Problem  string   `json:"problem,omitempty"`
	Since    string   `json:"since,omitempty"` // when the problem began
	Found    int      `json:"found"`           // links and articles offered at the last good look
	Week     int      `json:"week"`            // articles first met in the last seven days
	Usual    float64  `json:"usual,omitempty"` // a week, before that
	Next     string   `json:"next,omitempty"`  // what to do about it
}

func newSourceRecord(s pipeline.SourceState) sourceRecord {
	r := sourceRecord{
		ID: s.ID, URL: s.URL, Kind: string(s.Kind), Tags: s.Tags, Paused: s.Paused,
		LastRun: moment(s.LastRun), LastGood: moment(s.LastGood), Due: moment(s.Due), Problem: s.Problem,
		Since: moment(s.Since), Found: s.Found, Week: s.Volume.Week, Usual: math.Round(s.Volume.Usual*10) / 10,
	}
	r.State, r.Next = health(s)
	if s.Every > 0 {
		r.Every = s.Every.String()
	}
	return r
}

// health says how a source is doing in one word, and what to do about it.
func health(s pipeline.SourceState) (state, next string) {
	test := "tenure source test " + s.URL
	switch {
	case s.Paused:
		return "paused", ""
	case s.LastRun.IsZero():
		return "new", "tenure run"
	case s.Problem == "http-410":
		return "failing", "the site says it is gone for good: tenure source remove " + s.URL
	case s.Problem != "":
		return "failing", test
	case s.Volume.Quiet(), s.Kind != crawler.PageKind && s.Found == 0:
		return "quiet", test
	}
	return "ok", ""
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (a *app) sourceList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the sources and how they are doing",
		Args:  a.args(cobra.NoArgs),
		RunE:  func(*cobra.Command, []string) error { return a.listSources() },
	}
}

func (a *app) listSources() error {
	p, err := a.openToRead()
	if err != nil {
		return err
	}
	defer p.Close()
	all, err := p.Sources()
	if err != nil {
		return err
	}
	l := a.newLister("ID", "KIND", "STATE", "LAST GOOD", "DUE", "WEEK", "USUAL", "URL")
	for _, s := range all {
		r := newSourceRecord(s)
		state := r.State
		if s.Problem != "" {
			state += ": " + s.Problem
		}
		err := l.add(r, s.ID, string(s.Kind), state, a.ago(s.LastGood), a.ahead(s.Due), fmt.Sprint(r.Week), usual(r.Usual), s.URL)
		if err != nil {
			return err
		}
	}
	return l.close("no sources yet; " + hintNoSources)
}

func (a *app) sourceRemove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove URL|ID",
		Short: "Remove a source; what came of it stays",
		Args:  a.args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.openToRead()
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

func (a *app) sourceTest() *cobra.Command {
	var kind string
	var private bool
	cmd := &cobra.Command{
		Use:   "test URL",
		Short: "Fetch a source once and show what would come of it; keep nothing",
		Args:  a.args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := newSource(args[0], kind, "")
			if err != nil {
				return err
			}
			c, err := a.loadConfig()
			if err != nil {
				return err
			}
			client := a.client(c, nil, private)
			f, err := client.Fetch(cmd.Context(), s.Link())
			if err != nil {
				return err
			}
			if !f.OK() {
				return fmt.Errorf("%s answered with status %d", f.Final, f.Status)
			}
			found, err := crawler.Discover(f, s.Link())
			if err != nil {
				return err
			}
			reading, err := a.reader().Read(cmd.Context(), extract.Page{URL: f.Final, Type: f.Type, At: f.At, Body: f.Body, Truncated: f.Truncated})
			if err != nil && found.Kind != crawler.Feed && found.Kind != crawler.Sitemap {
				return err
			}
			return a.showTest(s, found, reading)
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "", "tag, feed, sitemap or page")
	cmd.Flags().BoolVar(&private, "allow-private", false, "reach loopback and private addresses")
	return cmd
}

// testRecord is what a source would give, in JSON.
type testRecord struct {
	URL      string             `json:"url"`
	Kind     string             `json:"kind"`
	Articles []testArticle      `json:"articles"`
	Links    []testLink         `json:"links"`
	Feeds    []string           `json:"feeds,omitempty"`
	Rejected []crawler.Rejected `json:"rejected"`
	Cut      []extract.Cut      `json:"cut"`
}

type testArticle struct {
	URL, Title, Published string
	Bytes                 int
}

type testLink struct {
	URL   string `json:"url"`
	Title string `json:"title,omitempty"`
	Role  string `json:"role"`
}

func (a *app) showTest(s crawler.Source, found crawler.Found, r extract.Reading) error {
	t := testRecord{URL: s.URL, Kind: string(found.Kind), Feeds: found.Feeds, Rejected: found.Rejected, Cut: r.Cut}
	for _, x := range r.Articles {
		t.Articles = append(t.Articles, testArticle{x.URL, x.Title, x.Published.String(), len(x.Text)})
	}
	for _, l := range found.Links {
		t.Links = append(t.Links, testLink{l.URL, l.Title, string(l.Role)})
	}
	if !a.human() {
		return a.writeJSON(t)
	}
	w := a.stdout
	fmt.Fprintf(w, "%s is a %s\n\nArticles on the page itself: %d\n", printable(t.URL), t.Kind, len(t.Articles))
	for _, x := range t.Articles {
		fmt.Fprintf(w, "  %s (%s, %d bytes)\n", oneLine(x.Title, 80), x.Published, x.Bytes)
	}
	fmt.Fprintf(w, "\nLinks to follow: %d\n", len(t.Links))
	for _, l := range t.Links {
		fmt.Fprintf(w, "  %s  %s\n", oneLine(l.Title, 60), printable(l.URL))
	}
	fmt.Fprintf(w, "\nLinks not taken: %d\n", len(t.Rejected))
	for _, l := range t.Rejected {
		fmt.Fprintf(w, "  %-24s %s\n", oneLine(l.Reason, 24), printable(l.URL))
	}
	fmt.Fprintf(w, "\nCut as boilerplate: %d\n", len(t.Cut))
	for _, c := range t.Cut {
		fmt.Fprintf(w, "  %-24s %s\n", oneLine(c.Rule, 24), oneLine(c.Text, 70))
	}
	for _, u := range t.Feeds {
		fmt.Fprintf(w, "\nIt has a feed: %s\n", printable(u))
	}
	return nil
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
			p, err := a.open()
			if err != nil {
				return err
			}
			defer p.Close()
			added, err := p.AddSources(cmd.Context(), sources...)
			if err != nil {
				return err
			}
			return a.reportAdded(added, len(sources)-added, 0)
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
			p, err := a.openToRead()
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

func usual(n float64) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f", n)
}

// ahead is how long until something is due, for a person.
func (a *app) ahead(t time.Time) string {
	d := t.Sub(a.now())
	switch {
	case t.IsZero():
		return "-"
	case d <= 0:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("in %d min", int(d.Minutes())+1)
	case d < 48*time.Hour:
		return fmt.Sprintf("in %d h", int(d.Hours()))
	}
	return fmt.Sprintf("in %d days", int(d.Hours()/24))
}

// ago is how long something is past, for a person.
func (a *app) ago(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	d := a.now().Sub(t)
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	}
	return strings.TrimSpace(fmt.Sprintf("%d days ago", int(d.Hours()/24)))
}
