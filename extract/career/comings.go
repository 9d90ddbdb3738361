package career

import "tenure/extract"

// rivalAhead reports whether words for a company and then its name stand at
// node k: "rival Acme", "its competitor Acme", "the start-up Acme".
func (s *sentence) rivalAhead(k int) bool {
	for j := k; j+1 < len(s.nodes) && j < k+6; j++ {
		n := s.nodes[j]
		switch {
		case n.is("rival", "competitor", "rivals") || n.kind == plainNode && firmWord(n.low) && j > k:
			return s.nodes[j+1].kind == orgNode || s.nodes[j+1].is("called", "named")
		case n.is("its", "the", "a", "an") && j == k, n.kind == otherNode, n.kind == placeNode:
		case n.kind != plainNode || !s.modifier(j) || s.isHead(j):
			return false
		}
	}
	return false
}

// movesUp reads "moved up from R to Q at O", at node k behind the verb.
func (s *sentence) movesUp(c *clause, k int) bool {
	if k < len(s.nodes) && s.nodes[k].is("up") {
		k++
	}
	if k+1 >= len(s.nodes) || !s.nodes[k].is("from") {
		return false
	}
	old := s.phraseAtNode(k + 1)
	if old == nil || old.to+1 >= len(s.nodes) || !s.nodes[old.to].is("to") || c.subj.unsure {
		return false
	}
	p := s.phraseAtNode(old.to + 1)
	if p == nil {
		return false
	}
	if old.hasPlace() && p.hasPlace() {
		return false // two organizations: no promotion
	}
	if !p.hasPlace() {
		p.places = old.places
	}
	c.args = s.argsOf(c, p.to)
	p.used, old.used = true, true
	for _, w := range c.subj.people {
		s.appoint(c, w, p, place{}, extract.Promoted)
	}
	return true
}

// signsFor reads "signed a two-year contract with O" at node k: a contract
// counted in years is one of work.
func (s *sentence) signsFor(c *clause, k int) bool {
	years, contract := false, false
	for j := k; j+1 < len(s.nodes) && j < k+8; j++ {
		n := s.nodes[j]
		switch {
		case n.kind == lengthNode || n.kind == plainNode && inYears(s.toks[n.from]):
			years = true
		case n.is("contract", "deal"):
			contract = true
		case contract && years && n.is("with", "at"):
			c.subj = s.subjectOf(c)
			pl, end := s.placeAt(j+1, false)
			if !pl.sure || pl.none || len(c.subj.people) == 0 || c.subj.unsure {
				return false
			}
			s.comesTo(c, pl, end)
			return true
		case n.is("a", "an", "new", "his", "her", "first", "professional"):
		default:
			return false
		}
	}
	return false
}

// inYears reports whether a word counts years or months: "two-year".
func inYears(t token) bool {
	_, _, ok := hyphened(t)
	return ok
}

// arrivals reads what tells that somebody comes to an organization and hangs
// on no verb of careers.
func (s *sentence) arrivals() {
	for k := 1; k+3 < len(s.nodes); k++ {
		switch n := s.nodes[k]; {
		case n.is("went") && s.nodes[k+1].is("from"):
			s.wentFrom(k)
		case n.is("headed", "heading", "going", "off") && s.nodes[k-1].is("is", "are", "'s", "’s") && s.nodes[k+1].is("to", "for"):
			s.goesAs(k)
		case n.is("move", "switch", "jump", "defection") && (s.nodes[k-1].is("'s", "’s", "his", "her") || s.nodes[k+1].is("of")):
			s.moveNoun(k)
		case n.is("stint", "stints", "spell", "spells"):
			s.stint(k)
		}
	}
}

// wentFrom reads "went from O to P" at node k.
func (s *sentence) wentFrom(k int) {
	from, end := s.placeAt(k+2, false)
	if !from.sure || from.none || end+1 >= len(s.nodes) || !s.nodes[end].is("to") {
		return
	}
	to, e := s.placeAt(end+1, false)
	if !to.sure || to.none || e < len(s.nodes) && s.nodes[e].is("'s", "’s") {
		return
	}
	c := s.clauseOn(k, "go")
	c.subj = s.subjectOf(&c)
	if c.subj.unsure {
		return
	}
	s.fromOneToAnother(&c, from, to, e)
}

// comesTo tells that the subject joined an organization, and returns what it
// told of each; what follows is read from node end.
func (s *sentence) comesTo(c *clause, to place, end int) extract.Fact {
	c.args = s.argsOf(c, end)
	f := extract.Fact{Type: extract.Joined}
	s.dated(&f, c, true)
	if p := c.args.as; p != nil {
		s.setRole(&f, s.within(p, to))
		p.used = true
	}
	s.tellAll(c, c.subj.people, to, c.args.as, func() extract.Fact { return f })
	return f
}

// fromOneToAnother tells that the subject left one organization, where it is
// named, and joined another.
func (s *sentence) fromOneToAnother(c *clause, from, to place, end int) {
	f := s.comesTo(c, to, end)
	if from.isZero() || from.none || from.firm {
		return
	}
	g := extract.Fact{Type: extract.Left, Date: f.Date, Planned: f.Planned, DateKind: f.DateKind}
	g.Spans.Date = f.Spans.Date
	s.tellAll(c, c.subj.people, from, nil, func() extract.Fact { return g })
}

// goesAs reads "is headed to O as R" at node k. Without the role it may be a
// visit.
func (s *sentence) goesAs(k int) {
	pl, end := s.placeAt(k+2, false)
	if !pl.sure || pl.none || end+1 >= len(s.nodes) || !s.nodes[end].is("as") || s.phraseAtNode(end+1) == nil {
		return
	}
	if visits(s.toks[s.phraseAtNode(end+1).head]) {
		return
	}
	c := s.clauseOn(k, "go")
	c.subj = s.subjectOf(&c)
	if c.subj.unsure {
		return
	}
	c.future, c.past, c.ing = true, false, false
	s.comesTo(&c, pl, end)
}

// visits reports whether a role is one that somebody plays for an hour, not a
// job.
func visits(t token) bool {
	return t.is("speaker", "host", "guest", "presenter", "judge", "moderator", "trainer", "instructor")
}

// moveNoun reads "A's move from O to P", "her jump to P from O", "the move of
// A to P" at node k.
func (s *sentence) moveNoun(k int) {
	c := clause{at: k, start: k, form: &verbForm{row: &verbRow{forms: "move"}}}
	people, end := s.whoseNoun(&c, k)
	s.context(&c)
	s.nounMood(&c, &extract.Fact{}, k)
	var from, to place
	for j := end; j+1 < len(s.nodes) && j < end+8; {
		switch {
		case s.nodes[j].is("from") && from.isZero():
			from, end = s.placeAt(j+1, false)
		case s.nodes[j].is("to") && to.isZero():
			to, end = s.placeAt(j+1, false)
		default:
			end = j
		}
		if end <= j {
			break
		}
		j = end
	}
	if len(people) == 0 || !to.sure || to.none || end < len(s.nodes) && s.nodes[end].is("'s", "’s") {
		return
	}
	c.subj = subject{people: people, at: k}
	s.fromOneToAnother(&c, from, to, end)
}

// stint reads "after a stint at O", "stints at O, P and Q", at the noun's
// node: whoever it was of was there.
func (s *sentence) stint(k int) {
	j := k + 1
	if j < len(s.nodes) && s.nodes[j].is("as") {
		p := s.phraseAtNode(j + 1)
		if p == nil || !p.hasPlace() || p.used || len(p.holders) > 0 {
			return
		}
		if sub := s.ownerOf(k); len(sub.people) == 1 && !sub.unsure {
			s.tellRole(p, sub.people, extract.Former, "prose/stint", nil)
		}
		return
	}
	for j < k+4 && j < len(s.nodes) && s.nodes[j].is("in-house", "in", "private", "practice") {
		j++
	}
	if j+1 >= len(s.nodes) || !s.nodes[j].is("at", "with") || s.nodes[k-1].kind == lengthNode && j == k+1 {
		return // with a length it is read as a tenure
	}
	places, _ := s.placesAt(j+1, false)
	sub := s.ownerOf(k)
	if len(places) == 0 || !places[0].sure || len(sub.people) != 1 || sub.unsure {
		return
	}
	for _, pl := range places {
		if !pl.none && !pl.firm {
			s.tell(extract.Fact{Type: extract.RoleAt, Status: extract.Former}, sub.people[0], pl, "prose/stint", nil, nil)
		}
	}
}
