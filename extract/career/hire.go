package career

import (
	"strings"

	"tenure/extract"
)

// object reads the people that a verb acts upon, at node k.
func (s *sentence) object(k int) (subject, int) {
	if k+2 < len(s.nodes) && s.nodes[k].is("the") && s.nodes[k+1].is("fired", "ousted", "departed", "departing", "outgoing", "retired", "retiring", "late", "suspended") && s.nodes[k+2].kind == personNode {
		k += 2 // "replacing the fired Ada Quist"
	}
	for k < len(s.nodes) && (s.nodes[k].is("the", "away") || s.nodes[k].kind == plainNode && (isHonorific(s.toks[s.nodes[k].from]) || s.shortTitle(k))) {
		k++
	}
	if k >= len(s.nodes) {
		return subject{}, k
	}
	if k+2 < len(s.nodes) && s.nodes[k].kind != plainNode && s.nodes[k+1].is("'s", "’s") && s.nodes[k+2].kind == personNode {
		k += 2
	}
	if p := s.phraseAtNode(k); p != nil && len(p.holders) > 0 && !p.aside {
		j := p.to
		for j < len(s.nodes) && s.nodes[j].kind != personNode && j < p.to+3 {
			j++
		}
		return subject{people: p.holders, at: k}, s.endOfPeople(j, len(p.holders))
	}
	if p := s.phraseAtNode(k); p != nil && len(p.holders) == 0 && s.setsOff(p) {
		sub := s.setOff(p) // "named his deputy, Ada Quist, to …"
		end := s.endOfPeople(p.to+1, 1)
		if end < len(s.nodes) && s.nodes[end].is(",") {
			end++
		}
		return sub, end
	}
	if p := s.phraseAtNode(k); p == nil || s.nodes[k].kind == personNode {
		if s.nodes[k].kind == personNode && s.owned(k) {
			return subject{}, k
		}
		if s.nodes[k].kind == personNode {
			sub := s.peopleFrom(k)
			return sub, s.endOfPeople(k, len(sub.people))
		}
		if s.nodes[k].kind == nameNode {
			if w, ok := s.asPerson(k); ok {
				return subject{people: w, at: k, unsure: true}, k + 1
			}
		}
	}
	if s.nodes[k].is("him", "her") && !(k+1 < len(s.nodes) && s.phraseAtNode(k+1) == nil && s.modifier(k+1)) {
		return subject{people: []who{{pronoun: s.nodes[k].low, at: s.nodes[k].run}}, at: k}, k + 1
	}
	return subject{}, k
}

// shortTitle reports whether a title that a full stop cuts short stands at node
// k: "the Rev. Ada Quist".
func (s *sentence) shortTitle(k int) bool {
	t := s.toks[s.nodes[k].from]
	return strings.HasSuffix(t.text, ".") && isTitle(t)
}

// setsOff reports whether a comma and a name follow a role: "her deputy, Ada
// Quist".
func (s *sentence) setsOff(p *phrase) bool {
	return p.to+1 < len(s.nodes) && s.nodes[p.to].is(",") && s.nodes[p.to+1].kind == personNode && !s.owned(p.to+1)
}

// setOff returns who is named behind such a comma.
func (s *sentence) setOff(p *phrase) subject {
	sub := s.peopleFrom(p.to + 1)
	sub.people = sub.people[:1]
	return sub
}

// endOfPeople returns the node behind a list of n people that begins at k.
func (s *sentence) endOfPeople(k, n int) int {
	for ; k < len(s.nodes) && n > 0; k++ {
		if s.nodes[k].kind == personNode {
			n--
		}
	}
	return k
}

func (s *sentence) hire(c *clause) bool {
	k := s.after(c)
	var pl place
	if c.form.row.base() == "sign" && !c.passive && k < len(s.nodes) && s.nodes[k].is("on", "with") {
		return s.arrive(c)
	}
	if c.form.row.base() == "sign" && !c.passive && s.signsFor(c, k) {
		return true
	}
	if c.form.row.base() == "welcome" && !s.welcomes(c, k) {
		return false
	}
	if c.passive && (s.toLead(k) || k+1 < len(s.nodes) && s.nodes[k].is("to") && s.nodes[k+1].is("succeed", "replace") || k+2 < len(s.nodes) && s.nodes[k].is("to") && s.nodes[k+1].is("be", "become") && s.phraseAtNode(k+2) != nil) {
		return s.name(c) // "tapped to be the next chief of Acme"
	}
	if c.passive || c.bare || s.reduced(c, k) {
		c.subj = s.subjectOf(c)
		if len(c.subj.people) == 0 && !c.passive {
			c.subj = s.amongBefore(c)
		}
		c.args = s.argsOf(c, k)
		pl = c.args.by.org
		if by := c.args.by; len(by.people) == 1 && s.surelyFirm(by.people[0].at) {
			pl = place{name: by.people[0].at} // "poached by Tenstorrent"
		}
		if pl.isZero() && c.args.as != nil && c.args.as.hasPlace() {
			pl = c.args.as.places[0]
		}
		if pl.isZero() && k < len(s.nodes) && s.nodes[k].is("at", "by", "to") {
			pl, _ = s.placeAt(k+1, true)
		}
	} else {
		agent := s.agentOf(c)
		pl, c.agent = agent.org, agent.org
		sub, end := s.object(k)
		if len(sub.people) == 0 && !pl.isZero() && k < len(s.nodes) && s.counted(c, k, pl, extract.Joined) {
			return true
		}
		if len(sub.people) == 0 && !pl.isZero() {
			sub, end = s.included(k), k
		}
		if len(sub.people) == 0 || pl.isZero() && len(agent.people) > 0 {
			return false
		}
		c.subj = sub
		c.args = s.argsOf(c, end)
		defer func() {
			if p := c.args.as; p != nil && !agent.org.isZero() {
				s.andOthers(c, p.to, agent.org, extract.Joined)
			}
		}()
	}
	if len(c.subj.people) == 0 || pl.isZero() && c.args.from.isZero() && c.args.as == nil {
		return false
	}
	f := extract.Fact{Type: extract.Joined, Rejoined: strings.HasPrefix(c.form.row.forms, "rehire") || c.form.row.act == actBring && s.nodes[c.at+1].is("back")}
	s.dated(&f, c, true)
	if p := c.args.as; p != nil {
		s.setRole(&f, p)
		p.used = true
	}
	if !pl.isZero() {
		s.tellAll(c, c.subj.people, pl, c.args.as, func() extract.Fact { return f })
	}
	s.cameFrom(c)
	return true
}

// agentOf returns who does what the verb says to somebody: an organization,
// that of the verb before which this one goes on with, or the one whose head
// does it: "Acme fired A and hired B", "Acme chief A hired B".
func (s *sentence) agentOf(c *clause) subject {
	if l := s.last; l != nil && !l.agent.isZero() && c.start > 0 && s.nodes[c.start-1].is("and", ",", "then", "but") {
		return subject{org: l.agent, at: l.subj.at}
	}
	sub := s.subjectOf(c)
	if sub.org.isZero() && len(sub.people) == 1 && !sub.unsure && sub.people[0].pronoun == "" {
		if sub.org = s.bossAt(sub.people[0]); !sub.org.isZero() {
			sub.people = nil
		}
	}
	return sub
}

// welcomes reports whether somebody is welcomed to a job, not for a visit: as
// the holder of a role, or to the team.
func (s *sentence) welcomes(c *clause, k int) bool {
	sub, end := s.object(k)
	if c.passive || len(sub.people) == 0 || end+1 >= len(s.nodes) {
		return false
	}
	if p := s.phraseAtNode(end + 1); s.nodes[end].is("as") && p != nil {
		return !visits(s.toks[p.head])
	}
	for j := end + 1; s.nodes[end].is("to") && j < len(s.nodes) && j < end+7; j++ {
		if s.nodes[j].is("team", "firm", "board", "faculty", "staff", "practice", "newsroom", "partnership", "group") || s.nodes[j].kind == firmNode {
			return true
		}
	}
	return false
}

// reduced reports whether a participle stands for a passive: "hired from
// Google", "appointed by the board".
func (s *sentence) reduced(c *clause, k int) bool {
	if c.start == 0 && c.form.part && c.form.past && !c.perfect && k < len(s.nodes) && (s.nodes[k].is("in", "on", ",", "last", "earlier", "after") || s.nodes[k].kind == dateNode) {
		return true // "Fired in October, Ada Quist …"
	}
	return c.form.part && !c.perfect && k < len(s.nodes) && s.nodes[k].is("by", "from", "as", "to") && c.form.past
}

// bossAt returns the organization that somebody who appoints others leads:
// "Acme chief Ada Quist named Bo Lind her deputy".
func (s *sentence) bossAt(w who) place {
	name, _, _ := s.resolve(w)
	for i := range s.phrases {
		p := &s.phrases[i]
		if len(p.holders) != 1 || !p.hasPlace() || !s.companyRole(p) || p.status == extract.Former || p.status == extract.Future {
			continue
		}
		if n, _, _ := s.resolve(p.holders[0]); n == name {
			return p.places[0]
		}
	}
	return place{}
}
