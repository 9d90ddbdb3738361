package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tenure/extract"
	"tenure/pipeline"
)

func (a *app) reviewCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "review",
		Short: "Say which people are the same, and which are not",
		Long: `Say which people are the same, and which are not. Names alone do not tell
namesakes apart, so what articles say of a person is compared; 'tenure review
why' says what was decided and why. What you decide goes before that, stays when
articles are read again, and can be taken back by deciding otherwise.`,
		Args: a.unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.reviewWhy(), a.reviewSame(), a.reviewApart(), a.reviewLog())
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
	err = r.Entities(extract.Person, pipeline.Filter{Person: name}, func(e pipeline.EntityRecord) error { return add(e.ID) })
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

func (a *app) reviewLog() *cobra.Command {
	return &cobra.Command{
		Use:   "log",
		Short: "List what was decided",
		Args:  a.args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			p, err := a.reachToRead()
			if err != nil {
				return err
			}
			defer p.Close()
			all, err := p.Decisions()
			if err != nil {
				return err
			}
			l := a.newLister("WHEN", "SAME", "ONE", "ARTICLE", "OTHER", "ARTICLE")
			for _, d := range all {
				same := "no"
				if d.Same {
					same = "yes"
				}
				if err := l.add(d, a.ago(d.At), same, d.A.Name, d.A.Article[:8], d.B.Name, d.B.Article[:8]); err != nil {
					return err
				}
			}
			return l.close("nothing was decided yet")
		},
	}
}
