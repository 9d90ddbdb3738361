package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tenure/extract"
	"tenure/pipeline"
)

func (a *app) reviewCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "review",
		Short: "Go through what leaves doubt, and say what is right, wrong or the same",
		Long: `Go through what leaves doubt, one by one: moves with a low score or on which
articles disagree, and people of one name who may be one. On a terminal each is
shown with its quotes and waits for a key; in a pipe the queue is printed as
JSON Lines.

  y  the move is right, and is not asked about again
  n  the move is wrong: it stays listed as rejected and counts for nothing
  m  the two people are the same (y, too); n: they are two
  l  later: asked about again, after all others
  u  undo the last one
  q  quit

What you decide is logged, stays when articles are read again, and can be taken
back with 'undo'. A rejected move that an article tells which you had not seen,
and that is no copy of one, is asked about again. 'reject' takes the ID of a
single fact, too ('tenure list facts --json' has them): it then makes no moves.

Names alone do not tell namesakes apart, so what articles say of a person is
compared; 'tenure review why' says what was made of it and why, 'same' and
'apart' go before it.`,
		Example: `  tenure review
  tenure review list
  tenure review reject 61294b2e2caaf640
  tenure review undo 61294b2e2caaf640`,
		Args: a.unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.running = "review"
			p, err := a.reachExisting(a.dryRun)
			if err != nil {
				return err
			}
			defer p.Close()
			if !a.human() || !terminal(a.stdin) {
				return a.listQueue(p)
			}
			return a.review(cmd.Context(), p)
		},
	}
	const move, fact = "61294b2e2caaf640", "f186d494-1f2e3d4c"
	cmd.AddCommand(
		a.reviewList(),
		a.reviewJudge("ok", pipeline.Right, "Moves or facts, by their IDs, are right", move),
		a.reviewJudge("reject", pipeline.Wrong, "Moves or facts, by their IDs, are wrong", move+" "+fact),
		a.reviewJudge("later", pipeline.Later, "Moves are to be asked about again, after all others", move),
		a.reviewJudge("undo", pipeline.Undo, "Take back the last thing said of moves, facts or pairs of people", move),
		a.reviewWhy(), a.reviewSame(), a.reviewApart(), a.reviewLog(),
	)
	return cmd
}

func (a *app) reviewWhy() *cobra.Command {
	return &cobra.Command{
		Use:   "why NAME|ID",
		Short: "Show the people of a name, their articles, and why they are one or apart",
		Args:  a.args(cobra.MinimumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := a.reachToRead()
			if err != nil {
				return err
			}
			defer p.Close()
			all, err := p.peopleNamed(strings.Join(args, " "))
			if err != nil {
				return err
			}
			for _, who := range all {
				if !a.human() {
					if err := a.writeJSON(who); err != nil {
						return err
					}
					continue
				}
				if err := a.showProfile(who); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// person returns the person with an ID; without one it is a
// *pipeline.NotFoundError.
func (r *reached) person(id string) (extract.Profile, error) {
	who, ok, err := r.Person(id)
	if err == nil && !ok {
		err = &pipeline.NotFoundError{What: "person", Name: id}
	}
	return who, err
}

// peopleNamed returns the people with a name or an ID.
func (r *reached) peopleNamed(name string) (all []extract.Profile, err error) {
	add := func(id string) error {
		who, ok, err := r.Person(id)
		if err == nil && ok {
			all = append(all, who)
		}
		return err
	}
	if err := add(name); err != nil || len(all) > 0 {
		return all, err
	}
	var ids []string // asked about afterwards: one question at a time
	err = r.Entities(extract.Person, pipeline.Filter{Person: name}, func(e pipeline.EntityRecord) error {
		if !slices.Contains(ids, e.ID) { // as it may be if the owner was lost on the way
			ids = append(ids, e.ID)
		}
		return nil
	})
	for _, id := range ids {
		if err == nil {
			err = add(id)
		}
	}
	if err == nil && len(all) == 0 {
		err = &pipeline.NotFoundError{What: "person of whom a fact is known", Name: name}
	}
	return all, err
}

func (a *app) showProfile(who extract.Profile) error {
	var b strings.Builder
	bold, dim := a.style()
	fmt.Fprintf(&b, "%s  %s\n", bold(oneLine(who.Name, 60)), dim(who.ID))
	if len(who.Aliases) > 0 {
		fmt.Fprintf(&b, "  also: %s\n", oneLine(strings.Join(who.Aliases, ", "), 90))
	}
	for _, s := range who.Sightings {
		fmt.Fprintf(&b, "  in article %s as %s\n", s.Article, oneLine(s.Name, 60))
	}
	for _, r := range who.Reasons {
		verb := "with"
		if !r.Same {
			verb = "not with"
		}
		fmt.Fprintf(&b, "  %s %s in %s: %s\n", verb, oneLine(r.With.Name, 40), r.With.Article, oneLine(r.Why, 120))
	}
	_, err := a.stdout.Write([]byte(b.String()))
	return err
}

func (a *app) reviewSame() *cobra.Command {
	return &cobra.Command{
		Use:     "same PERSON PERSON",
		Short:   "Two people, by their IDs, are one",
		Example: "  tenure review same p0cad5e3cafe p9b1b4de8f2cc",
		Args:    a.args(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.reachExisting(a.dryRun)
			if err != nil {
				return err
			}
			defer p.Close()
			var keys []extract.SightingKey
			for _, id := range args {
				who, err := p.person(id)
				if err != nil {
					return err
				}
				keys = append(keys, who.Sightings[0])
			}
			if args[0] == args[1] {
				return usagef("%s is one person already", args[0])
			}
			return a.decide(cmd, p, extract.Decision{A: keys[0], B: keys[1], Same: true})
		},
	}
}

func (a *app) reviewApart() *cobra.Command {
	return &cobra.Command{
		Use:   "apart PERSON ARTICLE",
		Short: "Whom an article means is somebody else than the person, both by their IDs",
		Args:  a.args(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := a.reachExisting(a.dryRun)
			if err != nil {
				return err
			}
			defer p.Close()
			who, err := p.person(args[0])
			if err != nil {
				return err
			}
			d, ok := parting(who, args[1])
			if !ok {
				return fmt.Errorf("%s is not told of in article %s and in another one; 'tenure review why %s' lists the articles", who.Name, args[1], who.ID)
			}
			return a.decide(cmd, p, d)
		},
	}
}

// parting is the decision that takes an article, by the beginning of its ID,
// away from a person.
func parting(who extract.Profile, article string) (d extract.Decision, ok bool) {
	for _, s := range who.Sightings {
		if len(article) >= 8 && strings.HasPrefix(s.Article, article) {
			d.A = s
		} else if d.B.Article == "" {
			d.B = s
		}
	}
	return d, d.A.Article != "" && d.B.Article != ""
}

func (a *app) decide(cmd *cobra.Command, p *reached, d extract.Decision) error {
	words := "are two people"
	if d.Same {
		words = "are one person"
	}
	if a.dryRun {
		a.say("would decide that %s in %s and %s in %s %s", d.A.Name, d.A.Article, d.B.Name, d.B.Article, words)
		return nil
	}
	if err := p.Decide(cmd.Context(), d); err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(d)
	}
	a.say("decided: %s in %s and %s in %s %s", d.A.Name, d.A.Article, d.B.Name, d.B.Article, words)
	return nil
}
