package career

import (
	"strings"

	"tenure/extract"
)

// oneRole drops a role_at that only says that the person is still there,
// where another one names the role, and marks that one.
func oneRole(facts []extract.Fact) []extract.Fact {
	out := facts[:0]
	for i, f := range facts {
		named := -1
		for j, g := range facts {
			if f.Type == extract.RoleAt && f.Role == "" && f.Still && g.Type == extract.RoleAt && g.Role != "" && g.Org == f.Org && g.Status == extract.Current && j != i {
				named = j
			}
		}
		if named < 0 {
			out = append(out, f)
			continue
		}
		for k := range out {
			out[k].Still = out[k].Still || out[k].Type == extract.RoleAt && out[k].Role != "" && out[k].Org == f.Org
		}
	}
	return out
}

// passed adds to whom the person's role passed, or from whom it came, where
// the record is the person's own.
func (l *lister) passed(r record, home run) {
	var role run
	for _, e := range r.entries {
		if e.row.field == fieldPlain || e.row.field == fieldRole || e.row.field == fieldFormer {
			role = l.clock.postIn(l.toks, e.value).role
		}
	}
	for _, e := range r.entries {
		other := nameIn(l.toks, e.value)
		if other.empty() || e.row.field != fieldIn && e.row.field != fieldOut || home.empty() {
			continue
		}
		old, heir := r.person, other
		if e.row.field == fieldOut {
			old, heir = other, r.person
		}
		f := extract.Fact{Type: extract.ReplacedBy, Successor: l.words(heir), Role: l.words(role)}
		f.Spans.Successor, f.Spans.Role = l.span(heir), l.span(role)
		r.person = old
		l.add(r, e, f, home)
	}
}

// founded adds the organizations behind "Founded:". A date there is that of
// something else.
func (l *lister) founded(r record, e entry) {
	end := min(orgAt(l.toks, e.value.from), e.value.to)
	if end == e.value.from || !hasCapital(l.toks[e.value.from:end]) {
		return
	}
	f := extract.Fact{Type: extract.Founded}
	k := end
	for k < e.value.to && l.toks[k].is(",", "(", "in") {
		k++
	}
	if d, n := l.clock.date(l.toks[:e.value.to], k); n > 0 {
		f.Date, f.Spans.Date = d, l.span(run{k, k + n})
	}
	l.add(r, e, f, trimThe(l.toks, run{e.value.from, end}))
}

// role adds role_at, and founded where the role says so.
func (l *lister) role(r record, e entry, status string, still bool) {
	p := l.postIn(e.value)
	if p.org.empty() {
		p.org = e.org
	}
	if !holdsRole(l.toks[p.role.from:p.role.to]) && p.org.empty() && !p.role.empty() && l.orgValue(e, p.role) {
		p.role, p.org = run{}, p.role
	}
	if p.org.empty() && !strings.Contains(e.row.words, " ") && !holdsRole(l.toks[p.role.from:p.role.to]) {
		return // "Before: main → A"
	}
	l.post(r, e, p, status, still)
	for k := e.value.to; k+1 < len(l.toks) && l.toks[k].is(";") && l.toks[k].gap < line && l.toks[k+1].gap < line; k = e.value.to {
		e.value = run{k + 1, valueEnd(l.toks, k+1)}
		if q := l.postIn(e.value); holdsRole(l.toks[q.role.from:q.role.to]) {
			l.post(r, e, q, status, still)
		}
	}
}

// postIn reads the value of a role label. Where the words leave open whether
// an organization stands behind the comma, the recognizer says.
func (l *lister) postIn(v run) post {
	p := l.clock.postIn(l.toks, v)
	for k := p.role.to - 2; p.org.empty() && k > p.role.from; k-- {
		if l.toks[k].is(",", "–", "—") && l.fills(run{k + 1, p.role.to}, extract.Organization) && holdsRole(l.toks[p.role.from:k]) {
			p.role, p.org = run{p.role.from, k}, run{k + 1, p.role.to}
		}
	}
	return p
}

// orgValue reports whether the value of a label like "Now:" or "Previously:"
// is an organization rather than a role.
func (l *lister) orgValue(e entry, v run) bool {
	if orgAt(l.toks, v.from) < v.to {
		return false
	}
	switch e.row.words {
	case "current role", "current position", "current title", "new role", "former role", "former position", "former title", "previous role", "previous position", "role", "title", "position":
		return false
	}
	return true
}

func (l *lister) post(r record, e entry, p post, status string, still bool) {
	if p.role.empty() && p.org.empty() {
		return
	}
	f := extract.Fact{Type: extract.RoleAt, Status: status, Still: still, Date: p.date, DateEnd: p.dateEnd}
	if p.closed {
		f.Status = extract.Former
	}
	f.Spans.Date = l.span(p.dateAt)
	if !p.dateEnd.IsZero() {
		f.Spans.DateEnd = f.Spans.Date
	}
	f.Role, f.Spans.Role = l.words(p.role), l.span(p.role)
	f.Interim = interim(l.toks[p.role.from:p.role.to])
	l.add(r, e, f, p.org)
	if foundsOrg(l.toks[p.role.from:p.role.to]) && !p.org.empty() {
		l.add(r, e, extract.Fact{Type: extract.Founded}, p.org)
	}
}

func interim(toks []token) bool {
	for _, t := range toks {
		if t.is("interim", "acting", "caretaker") {
			return true
		}
	}
	return false
}

// still adds the role behind "Still at Careem:", if it is one.
func (l *lister) still(r record, e entry) {
	v := e.value
	if v.empty() || noRole(l.toks, v) || unknownAt(l.toks, v) > 0 {
		if words(l.toks, v) != "yes" || l.hasPlain(r) {
			return
		}
		v = run{}
	}
	p := l.clock.postIn(l.toks, v)
	p.org = e.org
	l.post(r, e, p, extract.Current, true)
}

func (l *lister) hasPlain(r record) bool {
	for _, e := range r.entries {
		if e.row.field == fieldPlain {
			return true
		}
	}
	return false
}

// plain adds the role behind "Role:", held still unless the record says
// that the person left.
func (l *lister) plain(r record, e entry, org run, still bool) {
	p := l.clock.postIn(l.toks, e.value)
	if !holdsRole(l.toks[p.role.from:p.role.to]) {
		return
	}
	if p.org.empty() {
		p.org = org
	}
	if p.org.empty() {
		return
	}
	status := extract.Current
	for _, o := range r.entries {
		if o.row.field == fieldLeft && !still && !(o.row.words == "to" && l.fills(o.value, extract.Organization)) {
			status = extract.Former
		}
	}
	l.post(r, e, p, status, still)
}

// succession adds the facts of a change at one post: role, outgoing,
// incoming, effective. It reports whether the record is one.
func (l *lister) succession(r record) bool {
	var out, in, org run
	var outE, inE entry
	var p post
	var date extract.Date
	var dateAt run
	for _, e := range r.entries {
		switch e.row.field {
		case fieldOut:
			out, outE = nameIn(l.toks, e.value), e
		case fieldIn:
			in, inE = nameIn(l.toks, e.value), e
		case fieldPlain, fieldRole:
			p = l.clock.postIn(l.toks, e.value)
		case fieldOrg:
			org = run{e.value.from, min(orgAt(l.toks, e.value.from), e.value.to)}
		case fieldWhen:
			if d, n := l.clock.date(l.toks[:e.value.to], e.value.from); n > 0 {
				date, dateAt = d, run{e.value.from, e.value.from + n}
			}
		}
	}
	if org.empty() {
		org = p.org
	}
	if org.empty() {
		org = r.org
	}
	if out.empty() == in.empty() && out.empty() || org.empty() {
		return false
	}
	when := extract.FactSpans{Date: l.span(dateAt)}
	if !out.empty() {
		r.person = out
		if !in.empty() {
			f := extract.Fact{Type: extract.ReplacedBy, Successor: l.words(in), Role: l.words(p.role)}
			f.Spans.Successor, f.Spans.Role = l.span(in), l.span(p.role)
			l.add(r, inE, f, org)
		}
		l.add(r, outE, extract.Fact{Type: extract.Left, Date: date, Spans: when}, org)
	}
	if !in.empty() && !p.role.empty() {
		r.person = in
		f := extract.Fact{Type: extract.Appointed, Role: l.words(p.role), Date: date, Spans: when}
		f.Spans.Role = l.span(p.role)
		l.add(r, inE, f, org)
	}
	return true
}
