package career

import "tenure/extract"

// noLonger reports whether "no longer" stands at node k.
func (s *sentence) noLonger(k int) bool {
	return k+1 < len(s.nodes) && s.nodes[k].is("no") && s.nodes[k+1].is("longer")
}

// ends reads what tells that a stay is over and hangs on no verb of careers:
// "ended her 11-year run at O", "A's contract at O was terminated".
func (s *sentence) ends() {
	for k := range s.nodes {
		switch {
		case s.nodes[k].is("ended", "ends", "ending", "wrapped", "wraps", "wrapping", "concluded", "concludes", "concluding", "capped", "caps", "capping", "closed", "closing", "finished", "finishes", "finishing"):
			s.endedStay(k)
		case s.nodes[k].is("contract") && k > 1 && k+3 < len(s.nodes) && s.nodes[k+1].is("at", "with"):
			s.endedContract(k)
		case s.nodes[k].is("quits") && k > 2:
			s.quitsIt(k)
		case s.nodes[k].is("door") && k > 2 && s.nodes[k-1].is("the"):
			s.shownDoor(k)
		}
	}
}

// endedStay reads "ended her 11-year run at O in May" at node k: the length,
// or the noun behind it, tells that it was a stay.
func (s *sentence) endedStay(k int) {
	if k+4 < len(s.nodes) && s.nodes[k+1].kind == personNode && s.nodes[k+2].is("'s", "’s", "'", "’") {
		s.endedOther(k)
		return
	}
	var stay *node
	noun := false
	for j := k + 1; j+1 < len(s.nodes) && j < k+9; j++ {
		n := &s.nodes[j]
		switch {
		case n.kind == lengthNode && stay == nil:
			stay = n
		case n.is("run", "career", "tenure", "stint", "stay", "spell", "reign", "relationship", "association", "employment"):
			noun = true
		case n.is("at", "with") && (noun || stay != nil):
			s.endedAt(k, j+1, stay)
			return
		case n.is("up", "off", "his", "her", "their", "a", "an", "the", "more", "than", "nearly", "almost", "over", "of", "years", "long", "storied", "remarkable", "successful"):
		default:
			return
		}
	}
}

// endedOther reads "ending A's 17-month tenure" at node k: the place is the one
// that all the sentence speaks of.
func (s *sentence) endedOther(k int) {
	stay := &s.nodes[k+3]
	if stay.kind != lengthNode || !s.nodes[k+4].is("run", "tenure", "reign", "stint", "spell") {
		return
	}
	c := s.clauseOn(k, "end")
	c.subj = subject{people: []who{s.whoAt(k + 1)}, at: k + 1}
	pl, end := place{}, k+5
	if k+6 < len(s.nodes) && s.nodes[k+5].is("at", "with") {
		pl, end = s.placeAt(k+6, false)
	}
	if pl.isZero() {
		pl, _ = s.home(c.subj.people[0], true)
	}
	if pl.isZero() {
		pl = s.onlyPlace(c.subj.people[0])
	}
	if pl.isZero() || pl.none {
		return
	}
	s.gone(&c, pl, end)
	c.args.length = stay
	s.lasted(&c, c.subj.people, pl)
}

// endedAt tells that the subject of the verb at node k left the organization
// at node j.
func (s *sentence) endedAt(k, j int, stay *node) {
	pl, end := s.placeAt(j, false)
	if !pl.sure || pl.none || end < len(s.nodes) && s.nodes[end].is("'s", "’s") {
		return
	}
	c := s.clauseOn(k, "end")
	c.subj = s.subjectOf(&c)
	if c.subj.unsure {
		return
	}
	s.gone(&c, pl, end)
	if stay != nil {
		c.args.length = stay
		s.lasted(&c, c.subj.people, pl)
	}
}

// clauseOn returns a clause about a word at node k that is no verb of careers.
func (s *sentence) clauseOn(k int, rule string) clause {
	word := s.nodes[k].low
	ing := len(word) > 5 && word[len(word)-3:] == "ing"
	c := clause{at: k, start: k, ing: ing, form: &verbForm{row: &verbRow{forms: rule}, past: !ing, ing: ing}}
	g := group{clause: &c}
	for j := k - 1; j >= 0 && s.nodes[j].kind == plainNode && (g.verbal(s, j) || g.modal(s, j) || g.aside(s.nodes[j])); j-- {
		c.start = j
	}
	c.past = !c.future && !ing
	s.context(&c)
	return c
}

// endedContract reads "A's contract at O was terminated" at the node of
// "contract".
func (s *sentence) endedContract(k int) {
	var w who
	switch {
	case s.nodes[k-1].is("'s", "’s", "'", "’") && s.nodes[k-2].kind == personNode:
		w = s.whoAt(k - 2)
	case s.nodes[k-1].is("his", "her"):
		w = who{pronoun: s.nodes[k-1].low, at: s.nodes[k-1].run}
	default:
		return
	}
	pl, end := s.placeAt(k+2, false)
	if !pl.sure || pl.none {
		return
	}
	for j := end; j < len(s.nodes) && j < end+4; j++ {
		if !s.nodes[j].is("terminated", "cancelled", "canceled", "rescinded") && !(s.nodes[k+1].is("at") && s.nodes[j].is("ended", "expired")) {
			continue
		}
		c := s.clauseOn(j, "contract")
		c.start = k
		c.subj = subject{people: []who{w}, at: k}
		s.gone(&c, pl, j+1)
		return
	}
}

// effective returns the date in "takes effect June 30", "is effective on
// June 30", behind node k.
func (s *sentence) effective(k int) *node {
	for j := k; j+1 < len(s.nodes) && j < k+8; j++ {
		if !s.nodes[j].is("effect", "effective") {
			continue
		}
		for i := j + 1; i < len(s.nodes) && i < j+3; i++ {
			if s.nodes[i].kind == dateNode && !s.nodes[i].ranged {
				return &s.nodes[i]
			}
		}
		return nil
	}
	return nil
}

// ofDuties reports whether a verb at node k takes away a job: "relieved A of
// her duties".
func (s *sentence) ofDuties(k int) bool {
	for j := k + 1; j+2 < len(s.nodes) && j < k+14; j++ {
		if s.nodes[j].is("of") && s.nodes[j+1].is("command", "duty", "duties") {
			return true
		}
		if s.nodes[j].is("of") && s.nodes[j+1].is("his", "her", "their", "all") {
			return jobWord(s.nodes[j+2]) || s.nodes[j+2].is("duties", "command", "responsibilities", "coaching")
		}
	}
	return false
}

// quitsIt reads "is calling it quits" at node k, that of the last word: who
// does leaves the place told of.
func (s *sentence) quitsIt(k int) {
	if !s.nodes[k-1].is("it") || !s.nodes[k-2].is("calling", "called", "calls", "call") {
		return
	}
	c := s.clauseOn(k-2, "quit")
	c.future = c.future || s.nodes[k-2].is("calling", "call")
	c.subj = s.subjectOf(&c)
	if c.subj.unsure {
		return
	}
	c.args = s.argsOf(&c, k+1)
	for _, w := range c.subj.people {
		s.quits(&c, w, c.args.from, c.args.as, extract.Resigned)
	}
}

// shownDoor reads "was shown the door", "showed A the door" at node k, that of
// the last word.
func (s *sentence) shownDoor(k int) {
	for j := k - 2; j > 0 && k-j < 9; j-- {
		if !s.nodes[j].is("shown", "showed", "shows", "showing") {
			continue
		}
		c := s.clauseOn(j, "show")
		c.args = s.argsOf(&c, k+1)
		sub := s.subjectOf(&c)
		pl := c.args.by.org
		if j < k-2 {
			pl = sub.org
			sub, _ = s.object(j + 1)
		}
		if sub.unsure || j < k-2 && pl.isZero() {
			return
		}
		for _, w := range sub.people {
			s.quits(&c, w, pl, c.args.as, extract.Dismissed)
		}
		return
	}
}
