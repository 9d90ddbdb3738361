package main

import (
	"cmp"
	"slices"

	"tenure/extract/content/train"
)

// A row is how well one system read both sets.
type row struct {
	system string
	sets   []train.Measure    // in the order of the sets
	f1     map[string]float64 // of the text, by page
}

// score lets a system read all pages.
func score(s system, sets []set) row {
	r := row{system: s.name, f1: make(map[string]float64)}
	for _, t := range sets {
		var results []train.Result
		for _, p := range t.pages {
			x := p.Truth.Compare(s.read(p))
			r.f1[p.ID] = x.Body.F1()
			results = append(results, x)
		}
		r.sets = append(r.sets, train.Sum(results))
	}
	return r
}

// mostWorst is how many of the pages that we read worst are told of.
const mostWorst = 20

// A worst page is one of which we find little of the text, or much besides.
type worstPage struct {
	id string
	f1 float64
}

// worst returns the pages whose text the system finds worst.
func (r row) worst() []worstPage {
	var out []worstPage
	for id, f1 := range r.f1 {
		out = append(out, worstPage{id, f1})
	}
	slices.SortFunc(out, func(a, b worstPage) int { return cmp.Or(cmp.Compare(a.f1, b.f1), cmp.Compare(a.id, b.id)) })
	return out[:min(len(out), mostWorst)]
}
