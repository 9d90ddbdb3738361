package pipeline

import (
	"cmp"
	"context"
	"slices"

	"tenure/extract"
)

// Adopt is a step that makes a mention of every person and organization that
// a fact points at and the recognizer missed or cut differently: the grammar
// of a list knows its names better. What a name is the name of there, it is
// in the rest of the article. It belongs after the step that reads
// facts and before the one that resolves mentions.
type Adopt struct{}

// Annotate implements Step.
func (Adopt) Annotate(_ context.Context, a *extract.Article) error {
	var named []extract.Mention
	for _, f := range a.Facts {
		for _, n := range []struct {
			span extract.Span
			name string
			kind extract.Kind
		}{
			{f.Spans.Person, f.Person, extract.Person},
			{f.Spans.Successor, f.Successor, extract.Person},
			{f.Spans.Org, f.Org, extract.Organization},
		} {
			if n.name != "" && !n.span.IsZero() && n.span.In(a.Text) == n.name {
				named = append(named, extract.Mention{Span: n.span, Kind: n.kind, Score: f.Score})
			}
		}
	}
	a.Mentions = overlay(a.Mentions, named)
	spread(a, named)
	return nil
}

// spread gives the kind a name has in the facts to its other mentions.
func spread(a *extract.Article, named []extract.Mention) {
	kinds := map[string]extract.Kind{}
	for _, n := range named {
		name := n.In(a.Text)
		if k, ok := kinds[name]; ok && k != n.Kind {
			kinds[name] = "" // both a person and an organization: no help
		} else {
			kinds[name] = n.Kind
		}
	}
	for i, m := range a.Mentions {
		if k := kinds[m.In(a.Text)]; k != "" {
			a.Mentions[i].Kind = k
		}
	}
}

// overlay returns the mentions with named ones put in their place wherever
// the two overlap. Of named ones that overlap each other the first and
// longest stays.
func overlay(mentions, named []extract.Mention) []extract.Mention {
	slices.SortFunc(named, func(a, b extract.Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), -cmp.Compare(a.End, b.End), -cmp.Compare(a.Score, b.Score))
	})
	var all []extract.Mention
	for _, n := range named {
		if k := len(all); k == 0 || !all[k-1].Overlaps(n.Span) {
			all = append(all, n)
		}
	}
	kept := len(all)
	for _, m := range mentions {
		i, exact := slices.BinarySearchFunc(all[:kept], m.Start, func(n extract.Mention, start int) int {
			return cmp.Compare(n.Start, start)
		})
		clash := exact || i > 0 && all[i-1].Overlaps(m.Span) || i < kept && all[i].Overlaps(m.Span)
		if !clash {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b extract.Mention) int { return cmp.Compare(a.Start, b.Start) })
	return all
}
