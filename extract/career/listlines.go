package career

import (
	"math"
	"slices"
	"strconv"

	"tenure/extract"
)

// mention returns the tokens of the mention of a kind that begins at token k.
func (l *lister) mention(k int, kind extract.Kind) (run, bool) {
	if k >= len(l.toks) {
		return run{}, false
	}
	i, ok := slices.BinarySearchFunc(l.names, l.toks[k].Start, func(m extract.Mention, at int) int { return m.Start - at })
	if !ok || l.names[i].Kind != kind {
		return run{}, false
	}
	m := l.names[i]
	end := k
	for end < len(l.toks) && l.toks[end].Start < m.End {
		end++
	}
	return run{k, end}, l.toks[end-1].End == m.End
}

// fills reports whether a mention of a kind fills the value.
func (l *lister) fills(v run, kind extract.Kind) bool {
	if v.empty() {
		return false
	}
	m, ok := l.mention(v.from, kind)
	return ok && m.to == v.to
}

// separator reports whether a mark at token c can stand between a label and its
// value: a colon, or a dash with room on both sides.
func separator(toks []token, c int) (colon, dash bool) {
	t := toks[c]
	if c == 0 || t.kind != mark {
		return false, false
	}
	if t.is(":", "：") {
		return c+1 >= len(toks) || toks[c+1].gap != glued || !toks[c+1].is("/"), false
	}
	return false, t.is("-", "–", "—") && t.gap == space && c+1 < len(toks) && toks[c+1].gap == space
}

// dashed reports whether a label that a dash parts from its value is one: it
// fills the line up to the dash, and the value is what such a label has.
func (e entry) dashed(toks []token) bool {
	if e.start > 0 && toks[e.start].gap < line && !(toks[e.start-1].kind == mark && (e.start == 1 || toks[e.start-1].gap >= line)) {
		return false
	}
	v := e.value
	if v.empty() {
		return false
	}
	switch e.row.field {
	case fieldLeft, fieldJoined:
		_, n := clock{ref: anyDay}.date(toks[:v.to], v.from)
		return n > 0
	case fieldTenure:
		_, n := lengthAt(toks[:v.to], v.from)
		return n > 0
	case fieldRole, fieldFormer:
		return v.from-e.start > 2 && holdsRole(toks[v.from:v.to])
	}
	return false
}

// lineStart returns the first token of the line of token i.
func lineStart(toks []token, i int) int {
	for i > 0 && toks[i].gap < line {
		i--
	}
	return i
}

// openingName returns the name that the line of token i opens with, where a
// mark parts it from what follows: "Ada Quist — left Acme in May. Now: …".
func openingName(toks []token, i, free int) run {
	from := lineStart(toks, i)
	for from < i && toks[from].kind == mark {
		from++
	}
	if from+1 < i && toks[from].kind == number && toks[from+1].is(".", ")") {
		from += 2
	}
	from = skipTitles(toks, from)
	end := personAt(toks[:i], from)
	if from < free && end > free || end-from < 2 || end >= i || !toks[end].is("—", "–", "-", ",", "(", ":", "|") || !likePerson(toks, from, end) {
		return run{}
	}
	return run{from, end}
}

// nameAndRole returns the name in a line like "Ada Quist, CFO, Acme".
func nameAndRole(toks []token, from, to int) run {
	if to-from > 20 || toks[to-1].is(".", "?", "!") {
		return run{}
	}
	for from < to && toks[from].kind == mark {
		from++
	}
	end := personAt(toks[:to], from)
	if end-from < 2 || end >= to || !toks[end].is(",") || !likePerson(toks, from, end) || !holdsRole(toks[end:to]) {
		return run{}
	}
	return run{from, end}
}

// yearsIn reads "5.5" as months, with the number of tokens.
func yearsIn(toks []token, v run) (months, n int) {
	if v.empty() || toks[v.from].kind != number {
		return 0, 0
	}
	text, n := toks[v.from].text, 1
	if v.from+2 < v.to && toks[v.from+1].is(".", ",") && toks[v.from+1].gap == glued && toks[v.from+2].kind == number && toks[v.from+2].gap == glued {
		text, n = text+"."+toks[v.from+2].text, 3
	}
	y, err := strconv.ParseFloat(text, 64)
	if err != nil || y <= 0 || y > maxYears || v.from+n < v.to && toks[v.from+n].gap < space {
		return 0, 0
	}
	return int(math.Round(12 * y)), n
}

// spanned reads a line "Ada Quist (Acme, 2015–2020): now CFO at Initech" as a
// record.
func (l *lister) spanned(from, to int) (record, bool) {
	for from < to && l.toks[from].kind == mark && !l.toks[from].is("(") {
		from++
	}
	if from+1 < to && l.toks[from].kind == number && l.toks[from+1].is(".", ")") {
		from += 2
	}
	end := personAt(l.toks[:to], from)
	if end-from < 2 || end+3 >= to || !l.toks[end].is("(") || !likePerson(l.toks, from, end) {
		return record{}, false
	}
	org := orgAt(l.toks[:to], end+1)
	if org == end+1 || org+1 >= to || !l.toks[org].is(",") || holdsRole(l.toks[end+1:org]) {
		return record{}, false
	}
	first, _, n := l.clock.period(l.toks[:to], org+1)
	k := org + 1 + n
	if n == 0 || first.IsZero() || k >= to || !l.toks[k].is(")") {
		return record{}, false
	}
	r := record{person: run{from, end}}
	r.entries = append(r.entries, entry{row: labelRow{"at", fieldSpan, needsOrg, ""}, start: end + 1, org: run{end + 1, org}, value: run{org + 1, k}})
	if v := (run{k + 1, to}); v.to-v.from > 2 && l.toks[v.from].is(":", ",", "–", "—", "-") {
		v.from++
		for v.from < v.to && l.toks[v.from].is("now", "currently", "is") {
			v.from++
		}
		if holdsRole(l.toks[v.from:v.to]) && len(sentences(l.toks[v.from:v.to])) < 2 {
			r.entries = append(r.entries, entry{row: labelRow{"current role", fieldRole, noOrg, ""}, start: v.from, value: v})
		}
	}
	return r, true
}
