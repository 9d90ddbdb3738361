// Package career reads career facts out of an article: who left, joined,
// leads or founded which organization, when, in which role, for how long.
//
// Two readers share one text. The label reader knows lists such as
//
//	Naman Goyal
//	Left Meta: February 2025
//	Time at Meta: 6 years, 7 months
//
// in any order and layout, down to one flattened line. The prose reader
// knows sentences: it sees names, dates and role phrases as single nodes,
// finds the verbs of careers among them and, for each, its subject, what
// follows it and whether it is told as done. Both give [extract.Fact] values
// whose every field points at its words; [Moves] merges the facts of many
// articles into one row a change, [Timeline] into the stays of each person.
//
// What the readers know is in tables. A new label is a row of labelRows, a
// new verb a row of verbRows with a sentence that it reads, a new role noun
// a word of roleHeads; the tests run every row.
package career

import (
	"context"
	"slices"

	"tenure/extract"
)

// Step reads the facts of an article. The zero value is ready; a Step is
// safe for concurrent use.
type Step struct {
	Labels []Label // the user's own labels, tried before the built-in ones
}

// A Candidate is something that looked like a fact, for --explain.
type Candidate struct {
	Fact extract.Fact
	Rule string // what proposed it
	Kept bool
	Why  string // why it was rejected, or what lowered its score
}

// Annotate sets a.Facts, in order of their evidence. It reads a.Text, counts
// relative dates from a.Published and uses a.Mentions and a.Entities where
// there are any.
func (s Step) Annotate(ctx context.Context, a *extract.Article) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	a.Facts = nil
	for _, c := range s.read(a) {
		if c.Kept {
			a.Facts = append(a.Facts, c.Fact)
		}
	}
	return nil
}

// Explain returns every fact of the article and every candidate that was
// rejected, in order of their evidence.
func (s Step) Explain(a *extract.Article) []Candidate { return s.read(a) }

func (s Step) read(a *extract.Article) []Candidate {
	g := builtin
	if len(s.Labels) > 0 {
		g = newGrammar(s.Labels)
	}
	toks := g.unglue(tokenize(a.Text))
	l := &lister{text: a.Text, toks: toks, clock: clock{ref: a.Published}, title: orgOfTitle(a.Title), names: a.Mentions}
	l.lists(g)
	l.profiles()
	var all []Candidate
	d := &document{text: a.Text, toks: toks, clock: l.clock, authors: a.Authors}
	for _, f := range l.facts {
		all = append(all, Candidate{Fact: f, Rule: f.Evidence.By, Kept: true})
	}
	d.listed = mergeSpans(l.read)
	all = append(all, d.prose(a.Mentions)...)
	slices.SortStableFunc(all, func(x, y Candidate) int { return compareFacts(x.Fact, y.Fact) })
	return all
}

// mergeSpans sorts spans and joins those that overlap.
func mergeSpans(spans []extract.Span) []extract.Span {
	slices.SortFunc(spans, func(a, b extract.Span) int { return a.Start - b.Start })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// compareFacts orders facts by evidence, then by what they claim.
func compareFacts(a, b extract.Fact) int {
	if c := a.Evidence.Start - b.Evidence.Start; c != 0 {
		return c
	}
	return a.Evidence.End - b.Evidence.End
}
