package career

import (
	"slices"
	"strings"

	"tenure/extract"
)

// lists finds the lists of the text and adds their facts.
func (l *lister) lists(g grammar) {
	all := g.entries(l.toks)
	rows, tables := l.tables(g)
	all = append(all, rows...)
	slices.SortStableFunc(all, func(a, b entry) int { return a.start - b.start })
	recs := g.records(l.toks, all)
	recs = append(recs, tables...)
	recs = append(recs, l.bare(recs)...)
	for _, r := range recs {
		if len(r.entries) > 0 && r.org.empty() {
			r.org = headingOrg(l.toks, min(r.entries[0].start, firstOf(r.person, r.entries[0].start)))
		}
		l.record(r)
	}
}

func firstOf(r run, i int) int {
	if r.empty() {
		return i
	}
	return r.from
}

// tables finds rows of cells parted by tabs or bars: label and value side by
// side, or a heading row of labels over one row a person.
func (l *lister) tables(g grammar) (pairs []entry, recs []record) {
	if !strings.ContainsAny(l.text, "\t|") {
		return nil, nil
	}
	var head []entry
	for from := 0; from < len(l.toks); {
		to := from + 1
		for to < len(l.toks) && l.toks[to].gap < line {
			to++
		}
		cells := l.cells(from, to)
		switch labels := l.headings(g, cells); {
		case len(cells) < 2:
			if to-from > 3 { // rules and empty rows do not end a table
				head = nil
			}
		case len(labels) == len(cells):
			head = labels
		case head != nil && len(cells) <= len(head):
			recs = append(recs, l.row(head, cells))
		case len(cells) == 2 && len(labels) == 1:
			e := labels[0]
			e.value = cells[1]
			pairs = append(pairs, e)
		}
		from = to
	}
	return pairs, recs
}

// cells splits a line at tabs and bars. Cells may be empty.
func (l *lister) cells(from, to int) []run {
	var cells []run
	start := from
	for k := from; k < to; k++ {
		tabs := 0
		if k > from {
			tabs = strings.Count(l.text[l.toks[k-1].End:l.toks[k].Start], "\t")
		}
		for range tabs {
			cells = append(cells, run{start, k})
			start = k
		}
		if l.toks[k].is("|") {
			if k > from {
				cells = append(cells, run{start, k})
			}
			start = k + 1
		}
	}
	if start < to {
		cells = append(cells, run{start, to})
	}
	return cells
}

// headings returns the labels that fill the leading cells. A first cell that
// is no label but stands over the names counts as one.
func (l *lister) headings(g grammar, cells []run) []entry {
	var labels []entry
	for i, c := range cells {
		e, ok := g.labelEnding(l.toks[:c.to], c.to)
		if !ok || e.start != c.from {
			if i > 0 || c.to-c.from > 3 || len(cells) < 3 {
				return labels
			}
			e = entry{row: labelRow{words: "name", field: fieldPerson}, start: c.from}
		}
		labels = append(labels, e)
	}
	return labels
}

// row makes a record of one row under the heading.
func (l *lister) row(head []entry, cells []run) record {
	var r record
	for i, c := range cells {
		e := head[i]
		e.cell, e.value = true, c
		switch {
		case e.row.field == fieldPerson:
			r.person = nameIn(l.toks, c)
		case !c.empty():
			r.entries = append(r.entries, e)
		}
	}
	if r.person.empty() && len(cells) > 0 && !cells[0].empty() && head[0].row.field != fieldPerson {
		return record{}
	}
	return r
}

// bare finds lines without a label under a person's name: "SAP, 1997–02",
// "CEO of Klarna Kosma since June 2021". They count only where they read as
// a post from end to end.
func (l *lister) bare(recs []record) []record {
	starts := map[int]bool{}
	for _, r := range recs {
		for _, e := range r.entries {
			starts[e.start] = true
		}
	}
	var out []record
	var person run
	var after bool // the line before is the name or belongs to it
	for from := 0; from < len(l.toks); {
		to := from + 1
		for to < len(l.toks) && l.toks[to].gap < line {
			to++
		}
		name := soleName(l.toks, from, to)
		switch {
		case labelled(starts, from, to):
		case l.spannedLine(from, to, &out):
			after = false
		case after && !person.empty() && l.toks[from].gap == line && l.bareLine(person, run{from, to}, &out):
		case !name.empty() && name.to-name.from > 1:
			person, after = name, true
		default:
			after = false
		}
		from = to
	}
	return out
}

func (l *lister) spannedLine(from, to int, out *[]record) bool {
	r, ok := l.spanned(from, to)
	if ok {
		*out = append(*out, r)
	}
	return ok
}

// labelled reports whether a label begins on the line.
func labelled(starts map[int]bool, from, to int) bool {
	for k := from; k < to; k++ {
		if starts[k] {
			return true
		}
	}
	return false
}

func (l *lister) bareLine(person, v run, out *[]record) bool {
	if v.to-v.from > 20 || l.toks[v.to-1].is(".", "?", "!") && !l.toks[v.to-1].initial() {
		return false
	}
	p := l.clock
	start := v.from
	if l.toks[start].kind == mark {
		start++
	}
	// an organization and a range
	if end := orgAt(l.toks[:v.to], start); end > start && end < v.to {
		k := end
		for k < v.to && l.toks[k].is(",", "(", "–", "—", ":") {
			k++
		}
		if from, _, n := p.period(l.toks[:v.to], k); n > 0 && !from.IsZero() && k+n+b2i(l.toks[k-1].is("(")) == v.to && !holdsRole(l.toks[start:end]) {
			e := entry{row: labelRow{"at", fieldSpan, needsOrg, ""}, start: start, org: run{start, end}, value: run{k, k + n}}
			*out = append(*out, record{person: person, entries: []entry{e}})
			return true
		}
	}
	for _, t := range l.toks[v.from:v.to] {
		if t.is(":") {
			return false
		}
	}
	q := p.postIn(l.toks, run{start, v.to})
	if q.role.empty() || q.org.empty() || !holdsRole(l.toks[q.role.from:q.role.to]) || q.org.to < v.to && q.dateAt.empty() {
		return false
	}
	if l.toks[start].upper() || isRoleHead(l.toks[start].low) {
		e := entry{row: labelRow{"current role", fieldRole, noOrg, ""}, start: start, value: run{start, v.to}}
		*out = append(*out, record{person: person, entries: []entry{e}})
		return true
	}
	return false
}

// checkTenure lowers the score of a tenure that the dates beside it
// contradict by more than a rounding.
func checkTenure(facts []extract.Fact) {
	for i := range facts {
		t := &facts[i]
		if t.Type != extract.Tenure || t.Bound != extract.Exact {
			continue
		}
		var joined, left extract.Date
		for _, f := range facts {
			if f.Org != t.Org {
				continue
			}
			switch f.Type {
			case extract.Joined:
				joined = f.Date
			case extract.Left:
				left = f.Date
			}
		}
		if lo, hi, ok := monthsBetween(joined, left); ok && (t.Months < lo-1 || t.Months > hi+1) {
			t.Score = .6
		}
	}
}

// monthsBetween returns the least and the greatest number of months between
// two dates.
func monthsBetween(from, to extract.Date) (lo, hi int, ok bool) {
	if from.Earliest == "" || to.Earliest == "" {
		return 0, 0, false
	}
	lo = monthIndex(to.Earliest) - monthIndex(from.Latest)
	hi = monthIndex(to.Latest) - monthIndex(from.Earliest) + 1
	return lo, hi, true
}

// monthIndex counts the months up to a day YYYY-MM-DD.
func monthIndex(day string) int { return 12*atoi(day[:4]) + atoi(day[5:7]) - 1 }
