package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tenure/extract"
	"tenure/pipeline"
)

// queue returns what is to be reviewed.
func (r *reached) queue() ([]pipeline.Item, error) {
	var moves []pipeline.MoveRecord
	err := r.Moves(pipeline.Filter{Review: pipeline.ReviewQueued}, func(m pipeline.MoveRecord) error {
		moves = append(moves, m)
		return nil
	})
	if err != nil {
		return nil, err
	}
	pairs, err := r.Pairs()
	if err != nil {
		return nil, err
	}
	verdicts, err := r.Verdicts()
	return pipeline.NewQueue(moves, pairs, verdicts), err
}

const nothingQueued = "nothing to review: no move leaves doubt, and nobody may be two people"

func (a *app) reviewList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List what is to be reviewed, and why",
		Args:  a.args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			p, err := a.reachToRead()
			if err != nil {
				return err
			}
			defer p.Close()
			return a.listQueue(p)
		},
	}
}

func (a *app) listQueue(p *reached) error {
	items, err := p.queue()
	if err != nil {
		return err
	}
	l := a.newLister("ID", "WHO", "WHY", "WHAT")
	for _, i := range items {
		who, what := "", ""
		switch {
		case i.Move != nil:
			who, what = i.Move.Person, moveWords(*i.Move)
		case i.Pair != nil:
			who, what = i.Pair.A.Name, "the same as "+i.Pair.B.Name+"? ("+i.Pair.A.ID+", "+i.Pair.B.ID+")"
		}
		if err := l.add(i, i.ID, who, strings.Join(i.Why, "; "), what); err != nil {
			return err
		}
	}
	return l.close(nothingQueued)
}

// reviewJudge is the command that says one thing of moves and facts.
func (a *app) reviewJudge(name string, j pipeline.Judgement, short, example string) *cobra.Command {
	return &cobra.Command{
		Use:     name + " ID…",
		Short:   short,
		Example: "  tenure review " + name + " " + example,
		Args:    a.args(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.reachExisting(a.dryRun)
			if err != nil {
				return err
			}
			defer p.Close()
			done := 0
			var failed []error
			for _, id := range args {
				if err := a.judge(cmd, p, id, j); err != nil {
					failed = append(failed, err)
				} else {
					done++
				}
			}
			if err := errors.Join(failed...); done == 0 || err == nil {
				return err
			}
			for _, err := range failed {
				a.complain(err, "")
			}
			return errPartial
		},
	}
}

func (a *app) judge(cmd *cobra.Command, p *reached, id string, j pipeline.Judgement) error {
	if a.dryRun {
		what, err := p.wordsOf(id)
		if err == nil {
			a.say("would say of %s: %s", what, j.Words())
		}
		return err
	}
	v, err := p.Judge(cmd.Context(), id, j)
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(v)
	}
	a.say("%s, %s: %s", v.Person, v.Says, j.Words())
	return nil
}

// wordsOf says what has an ID, as a move or a fact; nothing else is known by
// one alone.
func (r *reached) wordsOf(id string) (string, error) {
	if article, _, ok := strings.Cut(id, "-"); ok {
		x, err := r.Show(article)
		if a, is := x.(pipeline.ArticleRecord); is && err == nil {
			i := slices.IndexFunc(a.Facts, func(f pipeline.FactRecord) bool {
				full := pipeline.FactID(a.ID, f)
				return full == id || strings.HasPrefix(full, article) && strings.HasSuffix(full, id[len(article):])
			})
			if i >= 0 {
				return a.Facts[i].Person + ", " + sentence(a.Facts[i]), nil
			}
		}
	} else if x, err := r.Show(id); err == nil {
		if m, is := x.(pipeline.MoveRecord); is {
			return m.Person + ", " + moveWords(m), nil
		}
	}
	return "", &pipeline.NotFoundError{What: "move or fact", Name: id}
}

func (a *app) reviewLog() *cobra.Command {
	return &cobra.Command{
		Use:   "log",
		Short: "List what was decided, oldest first",
		Args:  a.args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			p, err := a.reachToRead()
			if err != nil {
				return err
			}
			defer p.Close()
			all, err := p.decided()
			if err != nil {
				return err
			}
			l := a.newLister("WHEN", "WHAT", "SAID", "WHO", "SAYS", "ID")
			for _, d := range all {
				if err := l.add(d.record, append([]string{a.ago(d.at)}, d.cells...)...); err != nil {
					return err
				}
			}
			return l.close("nothing was decided yet")
		},
	}
}

// A deed is one line of what was decided.
type deed struct {
	at     time.Time
	record any
	cells  []string
}

// decided returns all that was decided, oldest first.
func (r *reached) decided() (all []deed, err error) {
	decisions, err := r.Decisions()
	if err != nil {
		return nil, err
	}
	verdicts, err := r.Verdicts()
	if err != nil {
		return nil, err
	}
	for _, d := range decisions {
		says := fmt.Sprintf("in %s, and %s in %s", d.A.Article[:min(8, len(d.A.Article))], d.B.Name, d.B.Article[:min(8, len(d.B.Article))])
		all = append(all, deed{d.At, d, []string{"people", decisionWords(d), d.A.Name, says, pipeline.PairID(d.A, d.B)}})
	}
	for _, v := range verdicts {
		all = append(all, deed{v.At, v, []string{v.Of, v.Verdict.Words(), v.Person, v.Says, v.ID}})
	}
	slices.SortStableFunc(all, func(a, b deed) int { return a.at.Compare(b.at) })
	return all, nil
}

func decisionWords(d extract.Decision) string {
	switch {
	case d.Undo:
		return "taken back"
	case d.Same:
		return "one person"
	}
	return "two people"
}
