package career

import "tenure/extract"

// A lister turns records into facts.
type lister struct {
	text  string
	toks  []token
	clock clock
	facts []extract.Fact
	names []extract.Mention // what a recognizer found, in order
	read  []extract.Span    // the labels with their values that gave facts
	title string            // the organization that the article's title names; it has no span
}

func (l *lister) span(r run) extract.Span {
	if r.empty() {
		return extract.Span{}
	}
	return extract.Span{Start: l.toks[r.from].Start, End: l.toks[r.to-1].End}
}

func (l *lister) words(r run) string { return l.span(r).In(l.text) }

// record adds the facts of one record.
func (l *lister) record(r record) {
	if l.succession(r) || r.person.empty() || l.fills(r.person, extract.Organization) {
		return
	}
	home := l.home(r)
	if home.empty() || home == r.org {
		if b := l.inBrackets(r.person); !b.empty() {
			home = b
		}
	}
	still := false
	for _, e := range r.entries {
		still = still || e.row.field == fieldStill
	}
	first := len(l.facts)
	for _, e := range r.entries {
		org := e.org
		if org.empty() {
			org = home
		}
		l.entry(r, e, org, still)
	}
	l.passed(r, home)
	l.facts = append(l.facts[:first], oneRole(l.facts[first:])...)
	checkTenure(l.facts[first:])
}

// inBrackets returns the organization right behind the name: "Ada Quist (Stripe)".
func (l *lister) inBrackets(person run) run {
	k := person.to
	if k+2 >= len(l.toks) || !l.toks[k].is("(") || l.toks[k].gap >= line || !l.toks[k+1].upper() {
		return run{}
	}
	end := orgAt(l.toks, k+1)
	if end >= len(l.toks) || !l.toks[end].is(")") || holdsRole(l.toks[k+1:end]) {
		return run{}
	}
	return run{k + 1, end}
}

// home returns the organization that the record's labels without one are
// about.
func (l *lister) home(r record) run {
	var role run
	for _, e := range r.entries {
		switch {
		case e.row.field == fieldOrg:
			return run{e.value.from, min(orgAt(l.toks, e.value.from), e.value.to)}
		case !e.org.empty() && e.row.field != fieldFormer:
			return e.org
		case e.row.words == "to" && l.fills(e.value, extract.Organization):
			return e.value
		case e.row.field == fieldRole || e.row.field == fieldPlain:
			if p := l.clock.postIn(l.toks, e.value); role.empty() {
				role = p.org
			}
		}
	}
	for _, e := range r.entries {
		switch e.row.field {
		case fieldJoined, fieldSince:
			if !role.empty() {
				return role
			}
		case fieldLeft:
			if o := l.leftOrg(e); !o.empty() {
				return o
			}
		}
	}
	return r.org
}

// leftOrg returns the organization in the value of "Left: Acme (May 2020)".
func (l *lister) leftOrg(e entry) run {
	if e.value.empty() || e.row.org != mayOrg || notInName(l.toks[e.value.from]) {
		return run{}
	}
	if _, n := l.clock.date(l.toks[:e.value.to], e.value.from); n > 0 {
		return run{}
	}
	o := run{e.value.from, min(orgAt(l.toks, e.value.from), e.value.to)}
	if l.fills(o, extract.Person) || l.fills(o, extract.Place) {
		return run{}
	}
	return o
}

// entry adds the facts of one label.
func (l *lister) entry(r record, e entry, org run, still bool) {
	switch e.row.field {
	case fieldLeft, fieldJoined, fieldLeaving:
		l.dated(r, e, org)
	case fieldTenure, fieldYears:
		l.tenure(r, e, org)
	case fieldSpan:
		l.ends(r, e, org)
	case fieldSince:
		l.since(r, e, org)
	case fieldRole:
		l.role(r, e, extract.Current, false)
	case fieldFormer:
		l.role(r, e, extract.Former, false)
	case fieldStill:
		l.still(r, e)
	case fieldFounded:
		l.founded(r, e)
	case fieldPlain:
		l.plain(r, e, org, still)
	}
}

// add completes a fact with person, organization and evidence and keeps it.
func (l *lister) add(r record, e entry, f extract.Fact, org run) {
	f.Person, f.Spans.Person = l.words(r.person), l.span(r.person)
	switch {
	case f.Org != "":
	case !org.empty():
		f.Org, f.Spans.Org = l.words(org), l.span(org)
	case f.Type != extract.RoleAt:
		f.Org = l.title
	}
	if f.Score == 0 {
		f.Score = .97
	}
	f.Evidence = l.evidence(r, e)
	l.read = append(l.read, l.labelSpan(r, e))
	f.Evidence.By = "labels/" + string(f.Type)
	l.facts = append(l.facts, f)
}

// labelSpan returns the span of a label and its value; of a row of a table, that
// from its name on.
func (l *lister) labelSpan(r record, e entry) extract.Span {
	if e.cell {
		return l.span(run{r.person.from, e.value.to})
	}
	return l.span(run{e.start, max(e.value.to, e.start+1)})
}

// longestQuote bounds evidence that reaches from the person to the value.
const longestQuote = 300

// evidence quotes the label and its value, with the person where that is
// near enough before it.
func (l *lister) evidence(r record, e entry) extract.Evidence {
	s := l.labelSpan(r, e)
	if p := l.span(r.person); !p.IsZero() {
		from, to := min(p.Start, s.Start), max(p.End, s.End)
		if to-from <= longestQuote || e.cell {
			s = extract.Span{Start: from, End: to}
		}
	}
	return extract.Evidence{Span: s, Quote: s.In(l.text)}
}

// dated adds left or joined. The value is a date, or an organization, or both.
func (l *lister) dated(r record, e entry, org run) {
	f := extract.Fact{Type: extract.Left, Manner: e.row.manner}
	switch e.row.field {
	case fieldJoined:
		f.Type, f.Rejoined = extract.Joined, e.row.words == "rejoined" || e.row.words == "returned to"
	case fieldLeaving:
		f.Planned, f.DateKind = true, extract.Announced
	}
	v := e.value
	if v.empty() || unknownAt(l.toks, v) > 0 {
		return
	}
	d, n := l.clock.date(l.toks[:v.to], v.from)
	if n == 0 && e.row.onlyDate() {
		l.moved(r, e)
		return
	} else if n == 0 && e.org.empty() {
		end := min(orgAt(l.toks, v.from), v.to)
		if end == v.from || notInName(l.toks[v.from]) || l.fills(run{v.from, end}, extract.Person) || l.fills(run{v.from, end}, extract.Place) {
			return
		}
		org = trimThe(l.toks, run{v.from, end})
		k := end
		for k < v.to && l.toks[k].is(",", "in", "(", "–", "—", "on", "-") {
			k++
		}
		d, n = l.clock.date(l.toks[:v.to], k)
		v.from = k
		if n == 0 && end < v.to {
			return
		}
	} else if n == 0 {
		return
	}
	if org.empty() && l.title == "" {
		return
	}
	e.value.to = max(v.from+n, org.to*b2i(org.from >= e.value.from))
	if n > 0 {
		f.Date, f.Spans.Date = d, l.span(run{v.from, v.from + n})
	}
	l.add(r, e, f, org)
}

// moved adds where somebody comes from or goes to: "From: Acme", "To: Initech".
func (l *lister) moved(r record, e entry) {
	if !l.fills(e.value, extract.Organization) {
		return
	}
	switch e.row.words {
	case "from":
		l.add(r, e, extract.Fact{Type: extract.Left}, e.value)
	case "to":
		l.add(r, e, extract.Fact{Type: extract.Joined}, e.value)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// tenure adds a length of time, or the two ends of a range.
func (l *lister) tenure(r record, e entry, org run) {
	v := e.value
	if v.empty() || org.empty() && l.title == "" {
		return
	}
	if _, _, n := l.clock.period(l.toks[:v.to], v.from); n > 0 {
		l.ends(r, e, org)
		return
	}
	d, n := lengthAt(l.toks[:v.to], v.from)
	if n == 0 && e.row.field == fieldYears {
		var months int
		if months, n = yearsIn(l.toks, v); n > 0 {
			d = length{months, extract.Exact}
		}
	}
	if n == 0 {
		return
	}
	e.value.to = v.from + n
	l.add(r, e, extract.Fact{
		Type: extract.Tenure, Months: d.months, Bound: d.bound,
		Spans: extract.FactSpans{Months: l.span(run{v.from, v.from + n})},
	}, org)
}

// ends adds the two ends of a range of dates: joined, and left if it ends.
func (l *lister) ends(r record, e entry, org run) {
	from, to, n := l.clock.period(l.toks[:e.value.to], e.value.from)
	if n == 0 || org.empty() {
		return
	}
	e.value.to = e.value.from + n
	at := l.span(e.value)
	l.add(r, e, extract.Fact{Type: extract.Joined, Date: from, Spans: extract.FactSpans{Date: at}}, org)
	if !to.IsZero() {
		l.add(r, e, extract.Fact{Type: extract.Left, Date: to, Spans: extract.FactSpans{Date: at}}, org)
	}
}

// since dates the role before it, or else the joining.
func (l *lister) since(r record, e entry, org run) {
	d, n := l.clock.date(l.toks[:e.value.to], e.value.from)
	if n == 0 {
		return
	}
	at := l.span(run{e.value.from, e.value.from + n})
	for i := len(l.facts) - 1; i >= 0 && l.facts[i].Spans.Person == l.span(r.person); i-- {
		if f := &l.facts[i]; f.Type == extract.RoleAt && f.Date.IsZero() && f.Status == extract.Current {
			f.Date, f.Spans.Date = d, at
			return
		}
	}
	if !org.empty() {
		e.value.to = e.value.from + n
		l.add(r, e, extract.Fact{Type: extract.Joined, Date: d, Spans: extract.FactSpans{Date: at}}, org)
	}
}
