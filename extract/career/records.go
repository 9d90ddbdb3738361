package career

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tenure/extract"
)

// A record is what the text lists about one person.
type record struct {
	person  run
	entries []entry
	org     run // from a heading or caption
}

// records groups the entries by person.
func (g grammar) records(toks []token, all []entry) []record {
	var recs []record
	free := 0 // first token no entry has taken
	for _, e := range all {
		if e.adrift(toks, free) {
			continue
		}
		p, fresh := g.personFor(toks, free, &e, recs)
		if fresh || len(recs) == 0 {
			recs = append(recs, record{person: p})
		}
		r := &recs[len(recs)-1]
		r.entries = append(r.entries, e)
		free = e.value.from + taken(toks, e)
	}
	return recs
}

// adrift reports whether the label is a single word in the middle of a
// sentence, as in "Get Started Now: …", with nobody's name before it.
func (e entry) adrift(toks []token, free int) bool {
	if p := nameBefore(toks, e.start, free); p.to-p.from > 1 {
		return false
	}
	return !e.cell && e.org.empty() && !strings.Contains(e.row.words, " ") && e.start > free && toks[e.start].gap < line &&
		toks[e.start-1].kind != mark
}

// taken returns how many tokens of its value an entry surely uses; what
// follows may be the next person's name.
func taken(toks []token, e entry) int {
	v := e.value
	if v.empty() {
		return 0
	}
	c := clock{ref: anyDay}
	switch e.row.field {
	case fieldLeft, fieldJoined, fieldWhen, fieldSince, fieldLeaving:
		if unknownAt(toks, v) > 0 {
			return unknownAt(toks, v)
		}
		_, n := c.date(toks[:v.to], v.from)
		if n == 0 && (v.to == len(toks) || toks[v.to].gap >= line) {
			return v.to - v.from // "Left: Acme (May 2020)"
		}
		return n
	case fieldTenure, fieldYears:
		if unknownAt(toks, v) > 0 {
			return unknownAt(toks, v)
		}
		if _, n := lengthAt(toks[:v.to], v.from); n > 0 {
			return n
		}
		if _, n := yearsIn(toks, v); e.row.field == fieldYears && n > 0 {
			return n
		}
	case fieldSpan:
		_, _, n := c.period(toks[:v.to], v.from)
		return n
	}
	if n := unknownAt(toks, v); n > 0 && (n == v.to-v.from || toks[v.from].kind == mark) {
		return n
	}
	return v.to - v.from
}

// unknownAt returns how many tokens at the beginning of a value say that it
// is not known.
func unknownAt(toks []token, v run) int {
	if v.empty() {
		return 0
	}
	switch t := toks[v.from]; {
	case t.is("—", "–", "-", "?", "unknown", "none", "tbd", "tba", "undisclosed", "unclear", "unspecified", "unavailable"):
		n := 1
		for v.from+n < v.to && toks[v.from+n].text == t.text {
			n++
		}
		return n
	case t.is("n", "not") && v.from+1 < v.to && toks[v.from+1].is("/", "known", "disclosed", "available", "applicable", "given", "stated", "listed"):
		if t.is("n") {
			return min(3, v.to-v.from)
		}
		return 2
	}
	return 0
}

// personFor finds the person an entry is about, among the free tokens before
// it. It reports whether the entry begins a new record.
func (g grammar) personFor(toks []token, free int, e *entry, recs []record) (run, bool) {
	if e.row.field == fieldPerson {
		return nameIn(toks, e.value), true
	}
	if e.cell {
		return run{}, false
	}
	end := e.start
	for end > free && toks[end-1].is("(", ",", "–", "—", "-", ":", "•", "|", "*", ";") {
		end--
	}
	if end > free && (e.start == len(toks) || toks[e.start].gap < line) {
		p := nameBefore(toks, end, free)
		if p.empty() && toks[end-1].is(".", ";") {
			p = openingName(toks, e.start, free)
		}
		return p, !p.empty() || toks[end-1].upper() // else the rest of the value before
	}
	if p := nameLine(toks, free, end); !p.empty() {
		return p, true
	}
	if len(recs) > 0 {
		if free < e.start && toks[e.start].gap >= line && repeats(toks, &recs[len(recs)-1], *e) {
			return run{}, true // somebody else's, under a heading that is no name by its shape
		}
		return splitRole(toks, &recs[len(recs)-1], e)
	}
	return run{}, false
}

// splitRole finds a name at the end of the role before the entry. On one
// flattened line nothing but the grammar tells "CEO at Vivaldi Labs Ida Roth
// Left Opera:": the label begins again, so somebody's name must stand there.
func splitRole(toks []token, r *record, e *entry) (run, bool) {
	last := &r.entries[len(r.entries)-1]
	if last.cell || last.value.to != e.start || toks[e.start].gap >= line || !repeats(toks, r, *e) {
		return run{}, false
	}
	org := last.value.from
	for k := last.value.from; k < last.value.to; k++ {
		if toks[k].is("at", "of", ",", "@") {
			org = k + 1
		}
	}
	from := last.value.to - 2
	for from-1 > org && (toks[from-1].initial() || isParticle(toks[from-1]) && !toks[from-1].upper()) {
		from--
	}
	for from > org && isParticle(toks[from]) {
		from--
	}
	if from <= org || personAt(toks[:last.value.to], from) != last.value.to {
		return run{}, false
	}
	p := run{from, last.value.to}
	last.value.to = from
	return p, true
}

// repeats reports whether the record has the entry's field, about the same
// organization, already.
func repeats(toks []token, r *record, e entry) bool {
	for _, o := range r.entries {
		if o.row.field == e.row.field && words(toks, o.org) == words(toks, e.org) {
			return true
		}
	}
	return false
}

// words returns the words of a run, in lower case, with single spaces.
func words(toks []token, r run) string {
	var b strings.Builder
	for k := r.from; k < r.to; k++ {
		if k > r.from {
			b.WriteByte(' ')
		}
		b.WriteString(toks[k].low)
	}
	return b.String()
}

// nameIn returns the name that fills a value, without title and remarks.
func nameIn(toks []token, v run) run {
	k := v.from
	for k < v.to && isHonorific(toks[k]) {
		k++
	}
	if k >= v.to {
		return run{}
	}
	return run{k, min(personAt(toks, k), v.to)}
}

// nameBefore returns the name-shaped run that ends right before token end.
func nameBefore(toks []token, end, free int) run {
	if end > free && toks[end-1].is(")") { // "(lead author)"
		k := end - 1
		for k > free && !toks[k].is("(") {
			k--
		}
		end = k
	}
	for from := max(free, end-8); from < end; from++ {
		if !beginsName(toks, from, free) {
			continue
		}
		if p := (run{skipTitles(toks, from), end}); !p.empty() && personAt(toks[:end], p.from) == end && (likePerson(toks, p.from, end) || from == free && end-from == 1) {
			return p
		}
	}
	return run{}
}

// beginsName reports whether a name may begin at i: not in the middle of a
// run of capitals.
func beginsName(toks []token, i, free int) bool {
	return i == free || !toks[i-1].upper() || toks[i-1].gap == glued && toks[i-1].kind == mark || isTitle(toks[i-1])
}

func skipTitles(toks []token, i int) int {
	for i+1 < len(toks) && isHonorific(toks[i]) && !toks[i].is("justice", "king", "prince") {
		i++
	}
	return i
}

// nameLine returns the name on the nearest line before end that holds nothing
// else, not further back than a caption or two.
func nameLine(toks []token, free, end int) run {
	to := end
	for lines := 0; to > free && lines < 4; lines++ {
		from := to - 1
		for from > free && toks[from].gap < line && to-from <= maxValue {
			from--
		}
		p := soleName(toks, from, to)
		if p.empty() && lines == 0 {
			p = nameAndRole(toks, from, to)
		}
		if !p.empty() {
			return p
		}
		if to-from > 12 {
			break // a paragraph, not a caption
		}
		to = from
	}
	return run{}
}

// soleName returns the name that fills the line from..to, apart from list
// marks, a title and a remark in brackets.
func soleName(toks []token, from, to int) run {
	for from < to && toks[from].kind == mark && !toks[from].is(`"`, "“", "(") {
		from++
	}
	if from+1 < to && toks[from].kind == number && toks[from+1].is(".", ")") {
		from += 2
	}
	from = skipTitles(toks, from)
	if from >= to {
		return run{}
	}
	end := personAt(toks[:to], from)
	rest := end
	for rest < to && toks[rest].is(",") && rest+1 < to && isDegree(toks[rest+1]) {
		rest += 2
	}
	switch {
	case rest < to && toks[rest].is("("):
		if !toks[to-1].is(")") {
			return run{}
		}
	case rest < to && (!toks[rest].is(":", "–", "—", "-", ",") || rest+1 < to):
		return run{}
	}
	if end-from == 1 && (notInName(toks[from]) || orgWord(toks[from]) || !singleName(toks[from])) || end-from > 1 && !likePerson(toks, from, end) {
		return run{}
	}
	return run{from, end}
}

func singleName(t token) bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return unicode.IsUpper(r) && utf8.RuneCountInString(t.text) > 2 && !holdsRole([]token{t})
}

// headingOrg returns the organization that a heading or caption before the
// list names: "Departures from Stripe", "Who left Meta", "Meta alumni".
func headingOrg(toks []token, end int) run {
	to := end
	for lines := 0; to > 0 && lines < 40; lines++ {
		from := to - 1
		for from > 0 && toks[from].gap < line {
			if from--; to-from > maxValue {
				return run{} // prose stands before the list
			}
		}
		if to-from <= 14 {
			if o := orgOfHeading(toks, from, to); !o.empty() {
				return o
			}
		}
		to = from
	}
	return run{}
}

// orgOfTitle returns the organization that an article's title names for the
// lists below it: "Where Stripe's early employees went".
func orgOfTitle(title string) string {
	toks := tokenize(title)
	if len(toks) > 24 {
		return ""
	}
	r := orgOfHeading(toks, 0, len(toks))
	if r.empty() {
		return ""
	}
	return title[toks[r.from].Start:toks[r.to-1].End]
}

func orgOfHeading(toks []token, from, to int) run {
	cue := false
	for k := from; k < to; k++ {
		if toks[k].is(":") || toks[k].is(".") && k+1 == to {
			return run{}
		}
		cue = cue || toks[k].is("departures", "departure", "left", "leaving", "exits", "exodus", "alumni", "departed", "arrivals", "hires", "joined", "joining", "researchers", "executives", "employees", "staff", "people", "team", "leavers", "veterans", "who", "resignations", "layoffs", "moves", "appointments", "executive", "leadership", "management", "promotions")
	}
	if !cue {
		return run{}
	}
	for k := from; k < to; k++ {
		if toks[k].is("from", "at", "left", "leaving", "joined", "joining", "of", "to") && k+1 < to {
			if end := min(orgAt(toks, k+1), to); end > k+1 {
				return run{k + 1, end}
			}
		}
	}
	for k := from; k < to; k++ {
		if !toks[k].upper() || notInName(toks[k]) {
			continue
		}
		end := k
		for end < to && toks[end].upper() && !isCue(toks[end]) {
			end++
		}
		if end < to && end > k && (toks[end].is("'s", "’s") || isCue(toks[end])) {
			return run{k, end}
		}
	}
	return run{}
}

func isCue(t token) bool {
	return t.is("departures", "exits", "exodus", "alumni", "arrivals", "hires", "researchers", "executives", "leavers", "veterans", "departed", "resignations", "layoffs", "staff", "employees", "'s", "’s")
}

// anyDay stands for a reference where only the extent of a date matters.
var anyDay = extract.Day(2020, 1, 1)
