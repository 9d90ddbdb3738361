package career

import "tenure/extract"

// andOthers tells the rest of a list that names each person with a role:
// "hired A as R, B as Q and C as P", from node k behind the first of them.
func (s *sentence) andOthers(c *clause, k int, pl place, kind extract.FactType) {
	for k < len(s.nodes) {
		j := k
		if s.nodes[j].is(",", ";") {
			j++
		}
		if j < len(s.nodes) && s.nodes[j].is("and") {
			j++
		}
		if j == k {
			return
		}
		end := s.oneOfList(c, j, pl, kind)
		if end == 0 {
			return
		}
		k = end
	}
}

// oneOfList tells "A as R" at node j and returns the node behind it, 0 if no
// such thing stands there.
func (s *sentence) oneOfList(c *clause, j int, pl place, kind extract.FactType) int {
	if j >= len(s.nodes) {
		return 0
	}
	sub, end := s.object(j)
	if len(sub.people) != 1 || sub.unsure || sub.people[0].pronoun != "" || end+1 >= len(s.nodes) || !s.nodes[end].is("as", "to") {
		return 0
	}
	p := s.roleFrom(end)
	if p == nil || len(p.holders) > 0 || p.used {
		return 0
	}
	d := *c
	d.subj = sub
	d.args = s.argsOf(&d, p.to)
	if !p.hasPlace() {
		p.places = []place{pl}
	}
	p.used = true
	if kind != extract.Joined {
		s.appoint(&d, sub.people[0], p, pl, kind)
		return p.to
	}
	f := extract.Fact{Type: kind}
	s.setRole(&f, p)
	s.dated(&f, &d, true)
	s.tell(f, sub.people[0], p.first(), s.rule(&d), &d, p)
	return p.to
}

// counted reads "promoted three: A to R, B to Q" and "elevates two to partner:
// A and B", "adds two to its board: A and B", from node k behind the verb.
func (s *sentence) counted(c *clause, k int, agent place, kind extract.FactType) bool {
	if _, number := numberWords[s.nodes[k].low]; !number && !s.nodes[k].is("several") {
		return false
	}
	colon := k + 1
	for colon < len(s.nodes) && !s.nodes[colon].is(":") {
		if colon-k > 9 || s.nodes[colon].verb != nil {
			return false
		}
		colon++
	}
	if colon+1 >= len(s.nodes) || s.nodes[colon+1].kind != personNode {
		return false
	}
	if end := s.oneOfList(c, colon+1, agent, kind); end > 0 {
		s.andOthers(c, end, agent, kind)
		return true
	}
	c.subj = s.peopleFrom(colon + 1)
	c.args = s.argsOf(c, colon+1)
	to := k + 1
	for to < colon && !s.nodes[to].is("to", "as") {
		to++
	}
	if to == colon {
		return false
	}
	if _, role, end, ok := s.board(skipTo(s, to)); ok && end <= colon {
		f := extract.Fact{Type: kind, Role: s.words(role)}
		f.Spans.Role = s.span(role)
		s.dated(&f, c, true)
		s.tellAll(c, c.subj.people, agent, nil, func() extract.Fact { return f })
		return true
	}
	p := s.phraseAtNode(to + 1)
	if p == nil || p.to > colon || len(p.holders) > 0 {
		return false
	}
	if !p.hasPlace() {
		p.places = []place{agent}
	}
	p.used = true
	for _, w := range c.subj.people {
		s.appoint(c, w, p, agent, kind)
	}
	return true
}

// included returns those whom a sentence names of many, from node k on: "laid
// off 14 staffers, among them reporter A and producer B", "elected 12 partners,
// including A and B".
func (s *sentence) included(k int) subject {
	all := subject{at: k}
	many, open := false, false
	for j := k; j < len(s.nodes) && j < k+30; j++ {
		n := s.nodes[j]
		if n.kind == plainNode {
			_, plural := isPluralRole(n.low)
			many = many || plural || n.is("people", "others", "staffers", "staff", "workers", "hires")
		}
		switch {
		case n.is("including"), n.is("them") && s.nodes[j-1].is("among"):
			open = many
		case n.is(";", "who", "but", "while", "after", "from") || n.verb != nil && open && s.phraseCovering(j) == nil:
			return all
		case open && n.kind == personNode && !s.owned(j):
			all.people = append(all.people, s.whoAt(j))
		}
	}
	return all
}

// amongBefore returns who is told to have been "among the 200 people" whom the
// participle at c says something of.
func (s *sentence) amongBefore(c *clause) subject {
	for j := c.start - 1; j > 1 && c.start-j < 9; j-- {
		n := s.nodes[j]
		if n.is("among") || n.is("one") && s.nodes[j+1].is("of") {
			if !s.nodes[j-1].is("was", "were", "is", "are", "being", "been") {
				return subject{}
			}
			i := j - 1
			for i > 0 && s.nodes[i-1].is("has", "have", "had", "was", "were") {
				i--
			}
			if i > 0 && s.nodes[i-1].person() {
				return s.peopleEnding(i - 1)
			}
			return subject{}
		}
		if n.is(",", ";", "who") || n.person() {
			return subject{}
		}
	}
	return subject{}
}

// closing returns the organization that says, at the sentence's end, what it
// tells: "…, Acme said on Monday".
func (s *sentence) closing() place {
	for j := len(s.nodes) - 2; j > 1 && len(s.nodes)-j < 9; j-- {
		if s.nodes[j].kind != plainNode || !s.nodes[j].is("said", "says", "announced", "confirmed", "announces") {
			continue
		}
		i := j - 1
		if s.nodes[i].kind == orgNode && (s.nodes[i-1].is(",") || s.nodes[i-1].is("the") && i > 1 && s.nodes[i-2].is(",")) {
			return place{name: s.nodes[i].run, sure: s.nodes[i].sure}
		}
		return place{}
	}
	return place{}
}

// madeOf reads "elected 12 new partners, including A and B" at node k: each of
// those named got the role.
func (s *sentence) madeOf(c *clause, k int, agent place) bool {
	for j := k; j < len(s.nodes) && j < k+4; j++ {
		one, ok := isPluralRole(s.nodes[j].low)
		if s.nodes[j].kind != plainNode || !ok {
			continue
		}
		c.subj = s.included(j)
		c.args = s.argsOf(c, j+1)
		f := extract.Fact{Type: appointment(c), Role: one}
		f.Spans.Role = s.span(s.nodes[j].run)
		if p := s.phraseCovering(j); p != nil && p.plural != "" {
			s.setRole(&f, p) // "managing directors"
			p.used = true
		}
		s.dated(&f, c, true)
		s.tellAll(c, c.subj.people, agent, nil, func() extract.Fact { return f })
		return len(c.subj.people) > 0
	}
	return false
}

// daysApart returns the dates in "in 2022 and 2017, respectively", one for each
// of the subject's people; nil if there are none.
func (s *sentence) daysApart(c *clause) []*node {
	if !s.apart || len(c.subj.people) < 2 {
		return nil
	}
	var days []*node
	for j := c.at + 1; j < len(s.nodes) && !s.nodes[j].is("respectively"); j++ {
		if s.nodes[j].kind == dateNode && !s.nodes[j].ranged {
			days = append(days, &s.nodes[j])
		}
	}
	if len(days) != len(c.subj.people) {
		return nil
	}
	return days
}
