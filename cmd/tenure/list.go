package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tenure/extract"
	"tenure/pipeline"
)

// lister writes rows: a table for a person, JSON Lines for a program.
type lister struct {
	app   *app
	table *table
	n     int
}

func (a *app) newLister(head ...string) *lister {
	l := &lister{app: a}
	if a.human() {
		l.table = &table{head: head}
	}
	return l
}

// add writes one row: record for a program, cells for a person.
func (l *lister) add(record any, cells ...string) error {
	l.n++
	if l.table == nil {
		return l.app.writeJSON(record)
	}
	l.table.add(cells...)
	return nil
}

// close ends the listing; none says what to do if there were no rows.
func (l *lister) close(none string) error {
	if l.n == 0 {
		l.app.say("%s", none)
		return nil
	}
	if l.table == nil {
		return nil
	}
	return l.table.write(l.app.stdout, l.app.width())
}

// filterFlags are the flags of list that narrow it.
type filterFlags struct {
	person, org, kind, since string
	review                   string
	minScore                 float64
	limit                    int
}

func (f *filterFlags) filter(now time.Time) (pipeline.Filter, error) {
	out := pipeline.Filter{Person: f.person, Org: f.org, Type: f.kind, Review: f.review, MinScore: f.minScore, Limit: f.limit}
	if f.limit < 0 {
		return out, usagef("--limit: %d is negative", f.limit)
	}
	var err error
	out.Since, err = parseSince(f.since, now)
	return out, err
}

// check refuses flags that mean nothing for what is listed, and types that
// do not exist.
func (f *filterFlags) check(what string, flags *pflag.FlagSet) error {
	may := map[string][]string{
		"articles": {"person", "org", "since"}, "people": {"person"}, "organizations": {"org"},
		"facts": {"person", "org", "type", "since", "min-score"}, "moves": {"person", "org", "type", "since", "min-score", "review"},
		"failures": {"type", "since"},
	}[what]
	for _, name := range []string{"person", "org", "type", "since", "min-score", "review"} {
		if flags.Changed(name) && !slices.Contains(may, name) {
			return usagef("--%s means nothing for %s", name, what)
		}
	}
	if f.review != "" {
		if err := oneOf("--review", f.review, pipeline.Reviews()); err != nil {
			return err
		}
	}
	switch {
	case f.kind == "":
	case what == "facts":
		return oneOf("--type", f.kind, factTypes())
	case what == "moves":
		return oneOf("--type", f.kind, moveKinds())
	}
	return nil
}

func factTypes() []string {
	return []string{"left", "joined", "appointed", "promoted", "role_at", "founded", "tenure", "replaced_by"}
}

func moveKinds() []string {
	return []string{"departure", "hire", "transfer", "promotion", "founding", "succession"}
}

// parseSince reads a day, a moment, or how long ago: "2025-05-26", RFC 3339,
// "36h", "7d".
func parseSince(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if d, err := parseDuration(s); err == nil {
		return now.Add(-d), nil
	}
	stamp, err := extract.ParseStamp(s)
	if err != nil {
		return time.Time{}, usagef("--since %q: want YYYY-MM-DD, an RFC 3339 time, or how long ago as 36h or 7d", s)
	}
	return stamp.Time, nil
}

func lists() []string {
	return []string{"articles", "people", "organizations", "facts", "moves", "sources", "failures"}
}

func (a *app) listCommand() *cobra.Command {
	var f filterFlags
	cmd := &cobra.Command{
		Use:       "list articles|people|organizations|facts|moves|sources|failures",
		Short:     "List what is kept",
		Long:      "List what is kept: a table on a terminal, JSON Lines in a pipe.",
		Example:   "  tenure list moves --since 7d\n  tenure list facts --person \"Ada Lovelace\" --type left\n  tenure list failures",
		ValidArgs: lists(),
		Args:      a.args(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("list", args[0], lists()); err != nil {
				return err
			}
			if err := f.check(args[0], cmd.Flags()); err != nil {
				return err
			}
			filter, err := f.filter(a.now())
			if err != nil {
				return err
			}
			return a.list(args[0], filter)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.person, "person", "", "only this person")
	fl.StringVar(&f.org, "org", "", "only this organization")
	fl.StringVar(&f.kind, "type", "", "only this type of fact, kind of move, or stage or reason of a failure")
	fl.StringVar(&f.since, "since", "", "only what changed since a day, a time, or so long ago: 2025-05-26, 36h, 7d")
	fl.StringVar(&f.review, "review", "", "only moves that are ok, queued or rejected")
	fl.Float64Var(&f.minScore, "min-score", 0, "only facts and moves with at least this score, 0 to 1")
	fl.IntVar(&f.limit, "limit", 0, "at most so many (0: all)")
	return cmd
}

func (a *app) list(what string, f pipeline.Filter) error {
	if what == "sources" {
		return a.listSources()
	}
	p, err := a.reachToRead()
	if err != nil {
		return err
	}
	defer p.Close()
	switch what {
	case "articles":
		return a.listArticles(p, f)
	case "people":
		return a.listEntities(p, extract.Person, f)
	case "organizations":
		return a.listEntities(p, extract.Organization, f)
	case "facts":
		return a.listFacts(p, f)
	case "moves":
		return a.listMoves(p, f)
	}
	return a.listFailures(p, f)
}

func (a *app) listArticles(p *reached, f pipeline.Filter) error {
	l := a.newLister("PUBLISHED", "PUBLISHER", "FACTS", "ID", "TITLE")
	err := p.Articles(f, func(r pipeline.ArticleRecord) error {
		return l.add(r, r.Published, cmp.Or(r.Publisher, r.Site), fmt.Sprint(len(r.Facts)), r.ID[:8], r.Title)
	})
	if err != nil {
		return err
	}
	return l.close("no articles; 'tenure run' fetches what is due")
}

func (a *app) listEntities(p *reached, kind extract.Kind, f pipeline.Filter) error {
	l := a.newLister("ID", "MENTIONS", "ARTICLES", "NAME", "ALSO")
	err := p.Entities(kind, f, func(r pipeline.EntityRecord) error {
		return l.add(r, r.ID, fmt.Sprint(r.Mentions), fmt.Sprint(r.Articles), r.Name, strings.Join(r.Aliases, ", "))
	})
	if err != nil {
		return err
	}
	return l.close("none found")
}

func (a *app) listFacts(p *reached, f pipeline.Filter) error {
	l := a.newLister("TYPE", "PERSON", "ORGANIZATION", "WHEN", "SCORE", "QUOTE")
	err := p.Facts(f, func(r pipeline.FactRecord) error {
		when := r.Date
		if r.Months > 0 {
			when = fmt.Sprintf("%d months", r.Months)
		}
		return l.add(r, string(r.Type), r.Person, r.Org, when, fmt.Sprintf("%.2f", r.Score), r.Evidence.Quote)
	})
	if err != nil {
		return err
	}
	return l.close("no facts found")
}

func (a *app) listMoves(p *reached, f pipeline.Filter) error {
	l := a.newLister("PERSON", "KIND", "FROM", "LEFT", "TO", "QUOTE")
	err := p.Moves(f, func(r pipeline.MoveRecord) error {
		from, to := position(r.From), position(r.To)
		quote := ""
		if len(r.Evidence) > 0 {
			quote = r.Evidence[0].Quote
		}
		return l.add(r, r.Person, string(r.Kind)+reviewMark(r), from.Org, from.Left, to.Org, quote)
	})
	if err != nil {
		return err
	}
	return l.close("no moves found")
}

// reviewMark says of a move what a reader should know of its review.
func reviewMark(m pipeline.MoveRecord) string {
	switch m.Review {
	case pipeline.ReviewQueued:
		return "?"
	case pipeline.ReviewRejected:
		return ", rejected"
	}
	return ""
}

func position(p *pipeline.PositionRecord) pipeline.PositionRecord {
	if p == nil {
		return pipeline.PositionRecord{}
	}
	return *p
}

func (a *app) listFailures(p *reached, f pipeline.Filter) error {
	l := a.newLister("WHEN", "STAGE", "REASON", "TRIES", "URL")
	err := p.Failures(f, func(x pipeline.Failure) error {
		return l.add(x, a.ago(x.At), x.Stage, x.Reason, fmt.Sprint(x.Tries), x.URL)
	})
	if err != nil {
		return err
	}
	return l.close("no failures")
}
