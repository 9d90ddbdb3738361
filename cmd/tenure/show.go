package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"tenure/pipeline"
)

func (a *app) showCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "show ID|URL|NAME",
		Short:   "Show one article, person, organization or move with all evidence",
		Example: "  tenure show \"Ada Lovelace\"\n  tenure show https://example.org/a",
		Args:    a.args(cobra.MinimumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := a.reachToRead()
			if err != nil {
				return err
			}
			defer p.Close()
			v, err := p.Show(strings.Join(args, " "))
			if err != nil {
				return err
			}
			if !a.human() {
				return a.writeJSON(v)
			}
			switch v := v.(type) {
			case pipeline.ArticleRecord:
				return a.showArticle(v, nil)
			case pipeline.MoveRecord:
				var b bytes.Buffer
				a.showMove(&b, v)
				_, err := a.stdout.Write(b.Bytes())
				return err
			case pipeline.Dossier:
				return a.showDossier(v)
			}
			return fmt.Errorf("show: unexpected %T", v)
		},
	}
}

// showDossier prints a person or organization: moves first, then the facts
// behind them.
func (a *app) showDossier(d pipeline.Dossier) error {
	var b bytes.Buffer
	bold, dim := a.style()
	width := min(a.width(), 100)
	fmt.Fprintf(&b, "%s  %s\n", bold(oneLine(d.Entity.Name, 60)), dim(fmt.Sprintf("%s %s, %s in %s",
		d.Entity.Kind, d.Entity.ID, plural(d.Entity.Mentions, "mention"), plural(d.Entity.Articles, "article"))))
	if len(d.Entity.Aliases) > 0 {
		fmt.Fprintf(&b, "also: %s\n", oneLine(strings.Join(d.Entity.Aliases, ", "), width))
	}
	if d.Entity.PartOf != "" {
		fmt.Fprintf(&b, "part of: %s\n", oneLine(d.Entity.PartOf, width))
	}
	if len(d.Moves) > 0 {
		fmt.Fprintf(&b, "\nMoves\n")
	}
	for _, m := range d.Moves {
		a.showMove(&b, m)
	}
	if len(d.Facts) > 0 {
		fmt.Fprintf(&b, "\nFacts\n")
	}
	for _, f := range d.Facts {
		fmt.Fprintf(&b, "  %s: %s\n", oneLine(f.Person, 40), oneLine(sentence(f), width-20))
		for _, l := range wrap("“"+f.Evidence.Quote+"”", width-4) {
			fmt.Fprintf(&b, "    %s\n", l)
		}
		fmt.Fprintf(&b, "    %s\n", dim(oneLine("— "+f.URL, width)))
	}
	_, err := a.stdout.Write(b.Bytes())
	return err
}
