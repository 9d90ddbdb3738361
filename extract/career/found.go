package career

import (
	"strings"

	"tenure/extract"
)

// foundOrg reads "A founded O", "O was founded in 1992 by A and B", "the
// startup co-founded by A".
func (s *sentence) foundOrg(c *clause) bool {
	loose := c.form.row.act == actFound
	if strings.HasPrefix(c.form.row.forms, "start") && s.startsAt(c) {
		return true
	}
	if loose && c.form.base && !c.form.past && !c.inf && !c.future {
		return false // "I found Acme to be good": to find, not to found
	}
	k := s.after(c)
	if c.passive || c.bare || s.byAhead(k) && c.form.part {
		return s.foundedBy(c, k, loose)
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 || k >= len(s.nodes) {
		return false
	}
	pl, end := s.founded(c, k, loose)
	if pl.isZero() && loose && s.nodes[k].is("and") {
		pl, end = s.sharedObject(k + 1)
	}
	if pl.isZero() {
		return false
	}
	c.args = s.argsOf(c, end)
	f := extract.Fact{Type: extract.Founded}
	s.dated(&f, c, true)
	places := []place{pl}
	if loose && end+1 < len(s.nodes) && s.nodes[end].is("and") && s.nodes[end+1].org() {
		places = append(places, place{name: s.nodes[end+1].run, sure: s.nodes[end+1].sure})
	}
	founders := append(append([]who{}, c.subj.people...), s.together(end)...)
	for _, at := range places {
		s.tellAll(c, founders, at, nil, func() extract.Fact { return f })
	}
	return true
}

// sharedObject finds the organization that two verbs share: "founded and still
// runs Acme", "co-founded and served as chief of Acme".
func (s *sentence) sharedObject(k int) (place, int) {
	verb := false
	for j := k; j < len(s.nodes) && j < k+10; j++ {
		n := s.nodes[j]
		if p := s.phraseAtNode(j); p != nil && verb && p.hasPlace() && !p.places[0].firm {
			return p.places[0], p.to
		}
		switch {
		case !verb && (n.verb != nil || n.is("built", "grew") || strings.HasSuffix(n.low, "ed") && n.kind == plainNode):
			verb = true
		case verb && n.kind == orgNode:
			return place{name: n.run, sure: n.sure}, j + 1
		case n.kind != plainNode || n.is(",", ".", ";", "to", "by", "in", "with", "from", "after"):
			return place{}, k
		}
	}
	return place{}, k
}

// founded reads what somebody founds, at node k. What is only launched or
// started must be an organization: people launch phones, too.
func (s *sentence) founded(c *clause, k int, loose bool) (place, int) {
	n := s.nodes[k]
	if loose || n.kind == placeNode {
		s.asOrg(k)
	}
	pl, end := s.placeAt(k, !c.subj.unsure || s.likelyPerson(c.subj))
	if pl.isZero() && loose {
		pl, end = s.whichPlace(c), k
	}
	switch {
	case pl.none, !loose && pl.firm, !loose && end > k && s.endsIn(s.nodes[end-1], "cabinet", "government", "coalition"):
		return place{}, k
	case end < len(s.nodes) && s.nodes[end].is("'s", "’s"):
		return place{}, k // "launched Acme's first phone"
	case !loose && end < len(s.nodes) && s.nodes[end].kind == plainNode && s.modifier(end) && s.isNoun(end) && s.nodes[end].low != "in" && !firmWord(s.nodes[end].low):
		return place{}, k
	case !loose && !pl.sure && n.kind != nameNode && s.nodes[end-1].kind != nameNode:
		return place{}, k
	}
	return pl, end
}

// together returns the people behind "with" or "alongside".
func (s *sentence) together(k int) []who {
	for j := k; j < len(s.nodes) && j < k+6; j++ {
		n := s.nodes[j]
		switch {
		case n.is("with", "alongside") || n.is("together") && j+1 < len(s.nodes) && s.nodes[j+1].is("with"):
			for i := j + 1; i < len(s.nodes) && i < j+5; i++ {
				if s.nodes[i].kind == personNode {
					return s.peopleFrom(i).people
				}
				if s.nodes[i].kind != plainNode || s.nodes[i].verb != nil {
					return nil
				}
			}
			return nil
		case n.kind == dateNode || n.kind == placeNode || n.is("in", "on", ","):
		default:
			return nil
		}
	}
	return nil
}

// whichPlace returns the organization that "which" or "that" stands for:
// "Kindra, which she founded".
func (s *sentence) whichPlace(c *clause) place {
	for j := c.start - 1; j > 0 && c.start-j < 7; j-- {
		if !s.nodes[j].is("which", "that") {
			continue
		}
		for i := j - 1; i >= 0 && j-i < 12; i-- {
			if n := s.nodes[i]; n.kind == orgNode {
				return place{name: n.run, sure: true}
			}
		}
	}
	return place{}
}

// byAhead reports whether "by" follows before another verb.
func (s *sentence) byAhead(k int) bool {
	for j := k; j < len(s.nodes) && j < k+9; j++ {
		n := s.nodes[j]
		if n.is("by") {
			return true
		}
		if n.kind != dateNode && n.kind != placeNode && !(n.verb != nil && n.verb.part) && !n.is("in", "on", "as", "at", "the", ",", "and") && !(j > k && s.nodes[j-1].is("as", "the", "in") && n.org()) {
			return false
		}
	}
	return false
}

func (s *sentence) foundedBy(c *clause, k int, loose bool) bool {
	c.args = s.argsOf(c, k)
	if k+2 < len(s.nodes) && s.nodes[k].is("and") && s.nodes[k+1].verb != nil && s.nodes[k+1].verb.part && s.nodes[k+2].is("by") {
		c.args.by = s.agent(k + 3) // "founded and led by A"
	}
	if len(c.args.by.people) == 0 {
		return false
	}
	var pl place
	for j := k; j+1 < len(s.nodes) && j < k+8; j++ {
		if s.nodes[j].is("as") && s.nodes[j+1].org() {
			pl = place{name: s.nodes[j+1].run, sure: s.nodes[j+1].sure}
		}
		if s.nodes[j].is("by") {
			break
		}
	}
	if pl.isZero() {
		pl = s.foundedPlace(c)
	}
	if !loose && pl.firm || pl.isZero() && !loose {
		return false
	}
	c.subj = c.args.by
	f := extract.Fact{Type: extract.Founded}
	s.dated(&f, c, true)
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
	if last := len(c.subj.people); last > 0 {
		c.subj.people = c.subj.people[last-1:] // "…, who left": the one named last
	}
	return true
}

// placeAhead finds the organization that an opening participle is about:
// "Founded in 1966 by A, Acme is …".
func (s *sentence) placeAhead(k int) place {
	for j := k + 1; j+2 < len(s.nodes); j++ {
		if !s.nodes[j].is(",") {
			continue
		}
		i := j + 1
		if s.nodes[i].is("the") {
			i++
		}
		if i+1 < len(s.nodes) && s.nodes[i].org() && s.nodes[i+1].kind == plainNode && (s.subjectAhead(i+1) || strings.HasSuffix(s.nodes[i+1].low, "s") || strings.HasSuffix(s.nodes[i+1].low, "ed")) && !s.nodes[i+1].is("'s", "’s") {
			return place{name: s.nodes[i].run, sure: s.nodes[i].sure}
		}
	}
	return place{}
}

// foundedPlace finds what was founded, before the verb.
func (s *sentence) foundedPlace(c *clause) place {
	if c.start == 0 {
		return s.placeAhead(c.at)
	}
	for j := c.start - 1; j >= 0 && c.start-j < 25; j-- {
		n := s.nodes[j]
		if c.passive && j == c.start-1 && (n.kind == personNode && n.to == n.from+1 || n.kind == otherNode || n.kind == placeNode) && !s.settled(n.run) {
			s.nodes[j].kind = orgNode // only organizations are founded
			n = s.nodes[j]
		}
		switch {
		case n.kind == orgNode && (j == c.start-1 || s.nodes[j+1].is(",", "(", "is", "was", "which", "that", "has")):
			return place{name: n.run, sure: true}
		case n.kind == nameNode && (j == 0 || j == c.start-1 || s.nodes[j+1].is(",", "(", "is", "was", "which")) && !s.mayBePerson(n.run):
			return place{name: n.run}
		case n.kind == firmNode, n.is("it") && j == c.start-1:
			return place{name: n.run, firm: true}
		case n.is(";", "—"), n.kind == personNode && j == c.start-1:
			return place{}
		}
	}
	return place{}
}
