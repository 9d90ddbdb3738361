package career

import (
	"strings"
	"tenure/extract"
)

// A profile is being read: a list about one organization, which names who
// holds its posts. "Company: Acme", then "CEO: Ada Quist".
type profile struct {
	*lister
	org  run // whose list it is; empty outside one
	line int // where it was named
}

// Bounds of a profile, in lines and tokens.
const (
	longestProfile = 8  // lines from the organization to a post
	profileLine    = 25 // tokens; a longer line is prose and ends the list
	profileLabel   = 6  // tokens
)

// profiles reads the lists about organizations. Names count only where a
// recognizer has found them.
func (l *lister) profiles() {
	if !strings.ContainsAny(l.text, ":：") {
		return
	}
	p := profile{lister: l}
	for from, n := 0, 0; from < len(l.toks) && len(p.names) > 0; n++ {
		to := from + 1
		for to < len(l.toks) && l.toks[to].gap < line {
			to++
		}
		p.read(run{from, to}, n)
		from = to
	}
}

// read reads line n.
func (p *profile) read(v run, n int) {
	if v.to-v.from > profileLine {
		p.org = run{}
		return
	}
	v = p.unmarked(v)
	c := p.colon(v)
	switch {
	case c < 0:
		if org, ok := p.mention(v.from, extract.Organization); ok && org.to == v.to {
			p.org, p.line = org, n
		}
	case ownerLabel(words(p.toks, run{v.from, c})):
		p.org = run{}
		if org, ok := p.mention(c+1, extract.Organization); ok && org.to == v.to {
			p.org, p.line = org, n
		}
	case !p.org.empty() && n-p.line <= longestProfile:
		if !p.change(run{v.from, c}, run{c + 1, v.to}) {
			p.post(run{v.from, c}, run{c + 1, v.to})
		}
	}
}

// unmarked leaves the mark or number of a list item out.
func (p *profile) unmarked(v run) run {
	for v.from < v.to && p.toks[v.from].kind == mark {
		v.from++
	}
	if v.from+2 < v.to && p.toks[v.from].kind == number && p.toks[v.from+1].is(".", ")") {
		v.from += 2
	}
	return v
}

// colon returns the colon behind the label that a line begins with, or -1.
func (p *profile) colon(v run) int {
	for k := v.from + 1; k < v.to-1 && k <= v.from+profileLabel; k++ {
		if p.toks[k].is(":", "：") {
			return k
		}
	}
	return -1
}

// ownerLabel reports whether the words stand before the organization that a
// list is about.
func ownerLabel(words string) bool {
	switch words {
	case "company", "company name", "company in focus", "organization", "organisation", "firm", "startup", "start-up", "business", "institution", "employer":
		return true
	}
	return false
}

// post adds the facts of one line: the label is a role, the value names who
// holds it.
func (p *profile) post(label, value run) {
	if p.toks[label.from].is("former", "ex") || !postLabel(p.toks[label.from:label.to]) {
		return
	}
	people, ok := p.people(value)
	if !ok {
		return
	}
	for _, who := range people {
		p.holder(label, who)
	}
}

// changes are the labels of those who come to and go from the organization
// that a list is about. Read only.
var changes = map[string]extract.FactType{
	"hired": extract.Joined, "new hire": extract.Joined, "new hires": extract.Joined, "joined": extract.Joined, "joining": extract.Joined, "recruited": extract.Joined,
	"departed": extract.Left, "left": extract.Left, "leaving": extract.Left, "departing": extract.Left, "exited": extract.Left, "departures": extract.Left,
	"promoted": extract.Promoted, "appointed": extract.Appointed,
}

// change adds the facts of "Hired: Ada Quist as CFO, from Initech", and
// reports whether the label is one of those.
func (p *profile) change(label, value run) bool {
	kind, ok := changes[words(p.toks, label)]
	if !ok {
		return false
	}
	who, ok := p.mention(value.from, extract.Person)
	if !ok {
		return true
	}
	e := entry{start: label.from, value: value}
	f := extract.Fact{Type: kind, Score: .92}
	k := who.to
	if k < value.to && p.toks[k].is("as", "to", ",") {
		if v := p.roleRun(k+1, value.to); !v.empty() {
			f.Role, f.Spans.Role, k = p.words(v), p.span(v), v.to
		}
	}
	p.addOf(record{person: who}, e, f, p.org)
	for k < value.to && p.toks[k].is(",", "(") {
		k++
	}
	if from, ok := p.mention(k+1, extract.Organization); ok && kind == extract.Joined && p.toks[k].is("from") {
		p.addOf(record{person: who}, e, extract.Fact{Type: extract.Left, Score: .92}, from)
	}
	return true
}

// roleRun returns the role at token k of a value that ends at to.
func (p *profile) roleRun(k, to int) run {
	end := k
	for end < to && !p.toks[end].is(",", "(", "from", ";") {
		end++
	}
	if !holdsRole(p.toks[k:end]) {
		return run{}
	}
	return run{k, end}
}

// postLabel reports whether a label is a post that leads an organization, or
// says who founded it. Lists about films and books have directors and editors.
func postLabel(label []token) bool {
	head := label[len(label)-1]
	switch {
	case head.is("director", "partner", "editor"):
		return len(label) > 1 && label[0].is("managing", "executive")
	case head.is("publisher", "creator", "head", "manager", "leader", "principal"):
		return false
	}
	return topRole(head.low) || foundsOrg(label)
}

// people reads a list of names that fills a value.
func (p *profile) people(v run) (all []run, ok bool) {
	for k := v.from; k < v.to; {
		who, ok := p.mention(k, extract.Person)
		if !ok {
			return nil, false
		}
		all = append(all, who)
		for k = who.to; k < v.to && p.toks[k].is(",", "and", "&", ";"); {
			k++
		}
	}
	return all, len(all) > 0
}

// holder adds that somebody holds the post of a label, or founded the
// organization, or both.
func (p *profile) holder(label, who run) {
	e := entry{start: label.from, value: run{who.from, who.to}}
	r := record{person: who}
	plural := false
	if _, many := isPluralRole(p.toks[label.to-1].low); many && !isRoleHead(p.toks[label.to-1].low) {
		plural = true
	}
	if !(foundsOrg(p.toks[label.from:label.to]) && label.to-label.from == 1) && !plural {
		f := extract.Fact{Type: extract.RoleAt, Status: extract.Current, Score: .92, Role: p.words(label), Interim: interim(p.toks[label.from:label.to])}
		f.Spans.Role = p.span(label)
		p.addOf(r, e, f, p.org)
	}
	if foundsOrg(p.toks[label.from:label.to]) {
		p.addOf(r, e, extract.Fact{Type: extract.Founded, Score: .92}, p.org)
	}
}

// addOf adds a fact about an organization. Its evidence begins where the list
// names whose it is, if that is near enough.
func (p *profile) addOf(r record, e entry, f extract.Fact, org run) {
	if from, to := p.toks[p.org.from].Start, p.toks[e.value.to-1].End; to-from <= longestQuote {
		e.start = p.org.from
	}
	p.add(r, e, f, org)
}
