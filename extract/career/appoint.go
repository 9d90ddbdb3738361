package career

import (
	"strings"

	"tenure/extract"
)

// roleFrom finds the role phrase at node k, behind "as", "to", "to be", "to
// the post of".
func (s *sentence) roleFrom(k int) *phrase {
	for j := k; j < len(s.nodes) && j < k+9; j++ {
		if p := s.phraseAtNode(j); p != nil {
			return p
		}
		n := s.nodes[j]
		if n.is("as", "to", "be", "the", "post", "position", "role", "of", "an", "a", "job", "rank", "by", "title", "its", "into", "new", ",") || n.kind == plainNode && adverb(n.low) {
			continue
		}
		if n.is("by") || n.kind == dateNode || j > k && s.nodes[j-1].is("by", "the") && (n.org() || n.kind == personNode || n.kind == firmNode || n.is("board", "mayor", "government")) {
			continue
		}
		if n.kind == personNode || n.org() && j > k && s.nodes[j-1].is("by") {
			continue
		}
		if n.is("in", "on") && j+1 < len(s.nodes) && s.nodes[j+1].kind == dateNode {
			continue
		}
		return nil
	}
	return nil
}

// chain returns the phrase and those joined to it by "and" or commas.
func (s *sentence) chain(p *phrase) []*phrase {
	out := []*phrase{p}
	for k := p.to; k < len(s.nodes); {
		j := k
		if j+1 < len(s.nodes) && s.nodes[j].is(",") && s.nodes[j+1].kind == placeNode {
			j += 2 // "at Acme, Oslo from 2000 to 2001, a researcher at …"
		}
		if j+1 < len(s.nodes) && s.nodes[j].is("from") && s.nodes[j+1].kind == dateNode {
			j++
		}
		if j < len(s.nodes) && s.nodes[j].kind == dateNode && s.nodes[j].ranged {
			j++
		}
		for j < len(s.nodes) && (s.nodes[j].is(",", ";", "and", "&", "as", "well") || s.nodes[j].kind == plainNode && adverb(s.nodes[j].low) || s.nodes[j].is("eventually")) && s.phraseAtNode(j) == nil {
			j++
		}
		q := s.phraseAtNode(j)
		if q != nil && q.its && !q.hasPlace() && out[0].hasPlace() {
			q.places = out[0].places
		}
		if j == k || q == nil || q.to < len(s.nodes) && (s.nodes[q.to].kind == personNode || s.subjectAhead(q.to) && s.nodes[q.to].verb != nil && s.nodes[q.to].verb.past) || len(q.holders) > 0 {
			break
		}
		out = append(out, q)
		k = q.to
	}
	// a place named once, at the end, is the place of all
	for i := len(out) - 2; i >= 0; i-- {
		if !out[i].hasPlace() && out[i+1].hasPlace() && topRole(s.toks[out[i].head].low) {
			out[i].places = out[i+1].places
		}
	}
	return out
}

func (s *sentence) name(c *clause) bool {
	if c.form.row.base() == "add" && !c.passive && !s.adds(c) {
		return false
	}
	k := s.after(c)
	var p *phrase
	var agent place
	end := k
	sub, objEnd := s.object(k)
	switch {
	case !c.passive && len(sub.people) > 0 && !s.reduced(c, k):
		agent = s.agentOf(c).org
		c.subj, c.agent = sub, agent
		objEnd = s.fromTo(c, objEnd, agent)
		p = s.roleBehindObject(objEnd)
		end = objEnd
		if p != nil && p.its && !p.own && s.nodes[p.from].is("its", "their") {
			p.places = nil // of whoever gives the role, not of the name before it
		}
		if p == nil && s.heir(c, objEnd) {
			return true
		}
		if p != nil && !agent.isZero() {
			kind := appointment(c)
			defer func() { s.andOthers(c, p.to, agent, kind) }()
		}
		if p == nil {
			if b, role, e, ok := s.board(skipTo(s, objEnd)); ok && e > objEnd {
				return s.named(c, b, agent, nil, role, e)
			}
			if s.toLead(objEnd) && !agent.isZero() {
				return s.named(c, agent, agent, nil, run{}, objEnd)
			}
			return true
		}
	case !c.passive && k < len(s.nodes) && s.countedBy(c, k):
		return true
	case !c.passive && (!c.form.part || c.perfect || k < len(s.nodes) && s.nodes[k].is("his", "her", "its", "their")) && !s.reduced(c, k):
		return false // "will name a new chief": who names is not named
	default:
		c.subj = s.subjectOf(c)
		k = s.fromTo(c, k, place{})
		if b, role, e, ok := s.board(skipTo(s, k)); ok && k < len(s.nodes) && s.nodes[k].is("to", "on", "onto") {
			return s.named(c, b, place{}, nil, role, e)
		}
		p = s.roleFrom(k)
		if p == nil && s.heir(c, k) {
			return true
		}
		if s.toLead(k) {
			if pl, e := s.placeAt(k+2, false); pl.sure && !pl.firm {
				s.told = k + 1
				return s.named(c, pl, place{}, nil, run{}, e)
			}
		}
		if pl, e := s.namedTo(c, k); p == nil && !pl.isZero() {
			return s.named(c, pl, place{}, nil, run{}, e)
		}
		if p == nil && !c.passive && len(c.subj.people) == 0 {
			return false
		}
	}
	if p == nil {
		return len(c.subj.people) > 0
	}
	if p.to > end {
		end = p.to
	}
	return s.named(c, place{}, agent, p, run{}, end)
}

// adds reports whether an organization adds somebody: who "adds" between words
// that are quoted says something.
func (s *sentence) adds(c *clause) bool {
	agent := s.subjectOf(c)
	return !agent.org.isZero() && len(agent.people) == 0
}

// namedTo reads the organization in "was appointed to the Supreme Court".
func (s *sentence) namedTo(c *clause, k int) (place, int) {
	if !c.passive || k+1 >= len(s.nodes) || !s.nodes[k].is("to") || c.form.row.base() == "add" {
		return place{}, k
	}
	pl, end := s.placeAt(k+1, false)
	if !pl.sure || pl.firm || pl.none || strings.HasSuffix(words(s.toks, pl.name), "hall of fame") || end < len(s.nodes) && (s.nodes[end].is("'s", "’s") || s.goesOn(end)) {
		return place{}, k
	}
	return pl, end
}

func skipTo(s *sentence, k int) int {
	for k < len(s.nodes) && (s.nodes[k].is("to", "on", "onto", "as", "a", "member", "of", "term", "seat", "new") || s.nodes[k].kind == lengthNode) {
		k++
	}
	return k
}

// roleBehindObject finds the role given: "named Ada its chief scientist",
// "appointed Ada as chief scientist".
func (s *sentence) roleBehindObject(k int) *phrase {
	k = s.overWho(k)
	for j := k; j < len(s.nodes) && j < k+8; j++ {
		if p := s.phraseAtNode(j); p != nil && p.aside && p.to+1 < len(s.nodes) && s.nodes[p.to].is(",") {
			return s.roleBehindObject(p.to + 1) // "promoted Ada, its finance chief, to …"
		} else if p != nil {
			return p
		}
		if !s.nodes[j].is("as", "to", "be", "the", "its", "their", ",", "post", "position", "role", "of", "new", "newly", "created", "into") && !(s.nodes[j].kind == dateNode) && !s.nodes[j].is("in", "on") {
			return nil
		}
	}
	return nil
}

// named tells the appointment of the clause's subject.
func (s *sentence) named(c *clause, pl, agent place, p *phrase, board run, end int) bool {
	if len(c.subj.people) == 0 || p != nil && s.award(c, p) {
		return false
	}
	kind := appointment(c)
	if p == nil {
		s.argsBehind(c, end, end)
		f := extract.Fact{Type: kind, Role: s.words(board)}
		f.Spans.Role = s.span(board)
		s.dated(&f, c, true)
		if pl.isZero() {
			pl = agent
		}
		s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
		return true
	}
	phrases := s.chain(p)
	s.argsBehind(c, max(end, phrases[len(phrases)-1].to), end)
	if n := len(c.subj.people); n > 1 && n == len(phrases) && s.apart {
		s.respectively(c, phrases, agent, kind)
		return true
	}
	for _, q := range phrases {
		q.used = true
		if s.toks[q.head].is("head", "director", "manager", "lead", "vp") {
			q = s.within(q, agent) // "named Ada Quist head of Digital Assets"
		}
		for _, w := range c.subj.people {
			s.appoint(c, w, q, agent, kind)
		}
	}
	return true
}

// appointment returns what a verb of naming tells.
func appointment(c *clause) extract.FactType {
	if base := c.form.row.base(); base == "promote" || base == "elevate" || base == "upped" {
		return extract.Promoted
	}
	return extract.Appointed
}

// countedBy is counted, for the organization that is the subject.
func (s *sentence) countedBy(c *clause, k int) bool {
	agent := s.subjectOf(c).org
	if agent.isZero() {
		return false
	}
	return s.counted(c, k, agent, appointment(c)) || s.madeOf(c, k, agent)
}

// argsBehind reads what follows the role, and a date before it, up to node
// inner, where none does.
func (s *sentence) argsBehind(c *clause, end, inner int) {
	c.args = s.argsOf(c, end)
	if d := s.dateInside(c, inner); c.args.date == nil && d != nil {
		c.args.date = d
	}
}

// award reports whether somebody is named the best of something, not to a
// post.
func (s *sentence) award(c *clause, p *phrase) bool {
	for j := c.at + 1; j < p.to; j++ {
		if s.nodes[j].is("best", "greatest", "richest", "sexiest", "influential", "finalist", "winner") {
			return true
		}
	}
	if ofTheYear(s.toks[s.nodes[c.at].to:min(s.nodes[p.to-1].to+4, s.to)]) {
		return true
	}
	return strings.HasPrefix(words(s.toks, p.first().name), "order of ")
}

// ofTheYear reports whether words hold "of the Year", "of the Month".
func ofTheYear(toks []token) bool {
	for k := 2; k < len(toks); k++ {
		if toks[k].is("year", "month", "week", "decade", "century", "match", "tournament") && toks[k-1].is("the") && toks[k-2].is("of") {
			return true
		}
	}
	return false
}

// dateInside finds a date between the verb and the end of the role.
func (s *sentence) dateInside(c *clause, end int) *node {
	for j := c.at + 1; j < end && j < len(s.nodes); j++ {
		if s.nodes[j].kind == dateNode && s.datePlace(j, c) {
			return &s.nodes[j]
		}
	}
	return nil
}

// getsRole tells that the subject was given the role of a phrase.
func (s *sentence) getsRole(c *clause, p *phrase) {
	c.args = s.argsOf(c, p.to)
	p.used = true
	for _, w := range c.subj.people {
		s.appoint(c, w, p, place{}, extract.Appointed)
	}
}

// appoint tells one appointment.
func (s *sentence) appoint(c *clause, w who, p *phrase, agent place, kind extract.FactType) {
	places := p.places
	if len(places) == 0 {
		at := agent
		if at.isZero() {
			at = c.args.by.org
		}
		if named := c.form.row.act == actName && !c.passive && p.its; at.isZero() && !named || at.firm && p.its {
			h, from := s.home(w, p.its)
			if from != nil && from.status == extract.Former {
				h = place{} // where somebody was before is not where the role is
			}
			if !h.isZero() && (p.its || from == nil || topRole(s.toks[p.head].low)) {
				at = h
			}
		}
		if at.isZero() {
			at = s.vacantAt(w, p)
		}
		if at.isZero() && topRole(s.toks[p.head].low) {
			at = s.announcing(c.start) // "Acme announced that Ada Quist had been appointed CEO"
			if at.isZero() {
				at = s.closing()
			}
			if at.isZero() {
				at = s.onlyPlace(w) // "Bo Lind resigned from Acme; Ada Quist was named interim chief"
			}
		}
		places = []place{at}
	}
	for _, pl := range places {
		f := extract.Fact{Type: kind, Interim: p.interim}
		s.setRole(&f, p)
		s.dated(&f, c, true)
		if p.ranged && f.Date.IsZero() {
			f.Date, f.Spans.Date = p.date, s.span(p.dateAt)
		}
		s.tell(f, w, pl, s.rule(c), c, p)
		if p.ranged && !p.dateEnd.IsZero() {
			p.used = false
			s.tellRole(p, []who{w}, extract.Former, s.rule(c), c)
		}
		if p.founder {
			s.tell(extract.Fact{Type: extract.Founded}, w, pl, s.rule(c), c, p)
		}
	}
}

func (s *sentence) says(w string) bool {
	for i := range s.nodes {
		if s.nodes[i].is(w) {
			return true
		}
	}
	return false
}

// respectively tells the roles one to each.
func (s *sentence) respectively(c *clause, phrases []*phrase, agent place, kind extract.FactType) {
	places := phrases[len(phrases)-1].places
	if len(places) == 0 {
		for j := phrases[len(phrases)-1].to; j < len(s.nodes); j++ {
			if s.nodes[j].is("of", "at") {
				if pl, _ := s.placeAt(j+1, true); !pl.isZero() {
					places = []place{pl}
				}
				break
			}
		}
	}
	for i, q := range phrases {
		q.used = true
		if !q.hasPlace() {
			q.places = places
		}
		s.appoint(c, c.subj.people[i], q, agent, kind)
	}
}

func (s *sentence) become(c *clause) bool {
	k := s.after(c)
	c.subj = s.subjectOf(c)
	p := s.roleFrom(k)
	if len(c.subj.people) == 0 || p == nil {
		return false
	}
	phrases := s.chain(p)
	c.args = s.argsOf(c, phrases[len(phrases)-1].to)
	for _, q := range phrases {
		q.used = true
		for _, w := range c.subj.people {
			if !q.hasPlace() {
				at, from := s.home(w, q.its)
				if from != nil && from.status == extract.Former {
					at = place{}
				}
				if at.isZero() && topRole(s.toks[q.head].low) {
					at = s.changesRole(w)
				}
				if at.isZero() && topRole(s.toks[q.head].low) {
					at = s.announcing(c.start)
				}
				if at.isZero() && topRole(s.toks[q.head].low) {
					at = s.closing()
				}
				if at.isZero() {
					at = s.vacantAt(w, q)
				}
				if at.isZero() {
					continue
				}
				q.places = []place{at}
			}
			s.appoint(c, w, q, place{}, extract.Appointed)
		}
	}
	return true
}
