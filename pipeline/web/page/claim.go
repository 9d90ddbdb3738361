package page

import (
	"cmp"

	"tenure/extract"
	"tenure/pipeline"
)

// claims turns records back into the claims they were made of.
func claims(facts []*fact) []extract.Claim {
	all := make([]extract.Claim, 0, len(facts))
	for _, f := range facts {
		a := f.article
		all = append(all, extract.Claim{Fact: factOf(f.FactRecord), Article: extract.ArticleRef{
			ID: a.ID, URL: a.URL, Publisher: a.outlet(), Published: stamp(a.Published), Copy: cmp.Or(a.CopyOf, a.ID),
		}})
	}
	return all
}

func factOf(r pipeline.FactRecord) extract.Fact {
	f := extract.Fact{
		Type: r.Type, Person: r.Person, Org: r.Org, Role: r.Role, Successor: r.Successor,
		Date: extract.Date{
			Value: r.Date, Precision: r.Precision, Earliest: r.Earliest, Latest: r.Latest, Approx: r.Approx, RelativeTo: r.Relative,
		},
		DateEnd: extract.DateOf(r.End), DateKind: r.DateKind, Status: r.Status, Planned: r.Planned, Cancelled: r.Cancelled,
		Months: r.Months, Bound: r.Bound, Manner: r.Manner, Interim: r.Interim, Rejoined: r.Rejoined, Still: r.Still, Score: r.Score,
		Evidence: extract.Evidence{Span: extract.Span{Start: r.Evidence.Start, End: r.Evidence.End}, Quote: r.Evidence.Quote, By: r.Rule},
	}
	for name, to := range map[string]*extract.Span{
		"person": &f.Spans.Person, "org": &f.Spans.Org, "role": &f.Spans.Role, "successor": &f.Spans.Successor,
		"date": &f.Spans.Date, "date_end": &f.Spans.DateEnd, "months": &f.Spans.Months,
	} {
		if s, ok := r.Spans[name]; ok {
			*to = extract.Span{Start: s[0], End: s[1]}
		}
	}
	return f
}

// stamp reads when an article was published; what cannot be read is zero.
func stamp(s string) extract.Stamp {
	t, err := extract.ParseStamp(s)
	if err != nil {
		return extract.Stamp{}
	}
	return t
}
