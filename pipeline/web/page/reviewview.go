package page

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"tenure/extract"
	"tenure/pipeline"
)

// readReview reads what is to be reviewed and what was decided.
func (s *Site) readReview(v *view, decisions []extract.Decision, moves []pipeline.MoveRecord) error {
	pairs, err := s.Library.Pairs()
	if err != nil {
		return err
	}
	verdicts, err := s.Library.Verdicts()
	if err != nil {
		return err
	}
	v.said = pipeline.Standing(verdicts)
	v.queue = pipeline.NewQueue(moves, pairs, verdicts)
	stands := map[string]time.Time{} // when what counts about a pair was decided
	for _, d := range decisions {
		if d.At.After(v.decided) {
			v.decided = d.At
		}
		x := deed{At: d.At, ID: pipeline.PairID(d.A, d.B), Who: d.A.Name, Says: "and " + d.B.Name, Said: "two people"}
		switch stands[x.ID] = d.At; {
		case d.Undo:
			x.Said = "taken back"
			delete(stands, x.ID)
		case d.Same:
			x.Said = "one person"
		}
		v.deeds = append(v.deeds, x)
	}
	for i := range v.deeds {
		v.deeds[i].Undo = stands[v.deeds[i].ID].Equal(v.deeds[i].At) && !v.deeds[i].At.IsZero()
	}
	for _, x := range verdicts {
		d := deed{At: x.At, ID: x.ID, Who: x.Person, Says: x.Says, Said: x.Verdict.Words()}
		d.Undo = v.said[x.ID].At.Equal(x.At) && x.Verdict != pipeline.Undo
		v.deeds = append(v.deeds, d)
	}
	slices.SortStableFunc(v.deeds, func(a, b deed) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return nil
}

// regroup reads anew the articles of people of whom somebody decided since the
// last view whether they are one: what articles mean by a name has changed, the
// articles have not.
func (s *Site) regroup(all map[string]*article, last *view, decisions []extract.Decision) error {
	again := map[string]bool{}
	for _, d := range decisions {
		if !d.At.After(last.decided) {
			continue
		}
		for _, seen := range []extract.SightingKey{d.A, d.B} {
			a := last.articles[seen.Article]
			if a == nil {
				continue
			}
			if p := last.byID[a.entity(extract.Person, seen.Name).ID]; p != nil {
				for _, f := range slices.Concat(p.facts, p.wrong) {
					again[f.article.ID] = true
				}
			}
		}
	}
	for id := range again {
		x, err := s.Library.Show(id)
		var gone *pipeline.NotFoundError
		if err != nil && !errors.As(err, &gone) {
			return err
		}
		if a, ok := x.(pipeline.ArticleRecord); ok && err == nil {
			all[id] = newArticle(a)
		}
	}
	return nil
}

// A deed is one line of what was decided.
type deed struct {
	At              time.Time
	ID              string
	Who, Says, Said string
	Undo            bool // it counts, and can be taken back
}

// saidOf returns what was said of a fact, or of the same in the article it is
// copied in.
func (v *view) saidOf(f *fact) pipeline.Judgement {
	if len(v.said) == 0 {
		return ""
	}
	if x, ok := v.said[pipeline.FactID(f.article.ID, f.FactRecord)]; ok {
		return x.Verdict
	}
	return v.said[pipeline.FactID(f.article.CopyOf, f.FactRecord)].Verdict
}

// reject keeps a move that somebody said is wrong apart from all others.
func (v *view) reject(m *move) {
	if m.From != nil {
		m.fromKey = Key(m.From.Org)
	}
	if m.To != nil {
		m.toKey = Key(m.To.Org)
	}
	m.index(v)
	v.rejected = append(v.rejected, m)
	if m.person != nil {
		m.person.rejected = append(m.person.rejected, m)
	}
}

// standing returns a person's facts without those that tell nothing but moves
// that were rejected.
func (p *person) standing() []*fact {
	if len(p.rejected) == 0 {
		return p.facts
	}
	only := map[pipeline.CitationRecord]bool{}
	place := func(c pipeline.CitationRecord) pipeline.CitationRecord {
		return pipeline.CitationRecord{Article: c.Article, Start: c.Start, End: c.End, Rule: c.Rule}
	}
	for _, m := range p.rejected {
		for _, c := range m.Evidence {
			only[place(c)] = true
		}
	}
	for _, m := range p.moves {
		for _, c := range m.Evidence {
			delete(only, place(c))
		}
	}
	return slices.DeleteFunc(slices.Clone(p.facts), func(f *fact) bool {
		return only[pipeline.CitationRecord{Article: f.article.ID, Start: f.Evidence.Start, End: f.Evidence.End, Rule: f.Rule}]
	})
}
