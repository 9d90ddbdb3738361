package career

import "tenure/extract"

// announcing returns the organization that makes known what stands at node k:
// "Acme confirmed on Friday the departure of Ada Quist".
func (s *sentence) announcing(k int) place {
	for j := 1; j < k; j++ {
		if !s.nodes[j].is("announced", "announces", "announcing", "confirmed", "confirms", "confirming", "disclosed", "discloses", "revealed", "unveiled") {
			continue
		}
		i := j - 1
		for i > 0 && (s.nodes[i].kind == dateNode || s.nodes[i].kind == plainNode && (adverb(s.nodes[i].low) || s.nodes[i].is("has", "on"))) {
			i--
		}
		if s.nodes[i].kind == orgNode {
			return place{name: s.nodes[i].run, sure: s.nodes[i].sure}
		}
	}
	return place{}
}

// strengthened returns the organization that opens the sentence, where the
// noun at k is what it does something with: "Acme bolsters its team with the
// hire of Ada Quist".
func (s *sentence) strengthened(k int) place {
	for j := k - 1; j > 0 && k-j < 4; j-- {
		if s.nodes[j].is("with", "by", "through") && s.nodes[0].kind == orgNode {
			return place{name: s.nodes[0].run, sure: s.nodes[0].sure}
		}
	}
	return place{}
}

// toLead reports whether "to lead", "to run" stands at node k.
func (s *sentence) toLead(k int) bool {
	return k+2 < len(s.nodes) && s.nodes[k].is("to") && s.nodes[k+1].is("lead", "run", "head", "oversee", "manage", "chair", "helm")
}

// overWho returns the node behind a clause with "who" at k, the mark of its
// end included; k if there is none.
func (s *sentence) overWho(k int) int {
	if k+1 >= len(s.nodes) || !s.nodes[k].is(",") || !s.nodes[k+1].is("who") {
		return k
	}
	for j := k + 2; j < len(s.nodes) && j < k+20; j++ {
		if s.nodes[j].is(",") {
			return j + 1
		}
	}
	return k
}

// partners reads "Acme and Ada Quist have parted ways".
func (s *sentence) partners(c *clause) bool {
	for j := 0; j+2 < c.start; j++ {
		a, b := s.nodes[j], s.nodes[j+2]
		if !s.nodes[j+1].is("and", "&") {
			continue
		}
		org, person := j, j+2
		if a.kind == personNode && b.kind == orgNode {
			org, person = j+2, j
		} else if a.kind != orgNode || b.kind != personNode {
			continue
		}
		c.subj = subject{people: []who{s.whoAt(person)}, at: person}
		c.args = s.argsOf(c, c.at+1)
		f := extract.Fact{Type: extract.Left}
		s.dated(&f, c, true)
		s.tell(f, c.subj.people[0], place{name: s.nodes[org].run, sure: s.nodes[org].sure}, s.rule(c), c, nil)
		return true
	}
	return false
}

// isOut reads "is out as R of O", "is out at O".
func (s *sentence) isOut(c *clause, k int) bool {
	if k+2 >= len(s.nodes) || !s.nodes[k].is("out") || !s.nodes[k+1].is("as", "at") {
		return false
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 || c.subj.unsure {
		return false
	}
	c.args = s.argsOf(c, k+1)
	f := extract.Fact{Type: extract.Left}
	s.dated(&f, c, true)
	pl, _ := s.placeAt(k+2, false)
	p := c.args.as
	if p != nil {
		s.setRole(&f, p)
		p.used = true
		pl = p.first()
	}
	if pl.isZero() || pl.none {
		return false
	}
	s.tellAll(c, c.subj.people, pl, p, func() extract.Fact { return f })
	return true
}

// movesOn reads "is moving on from O", from node k behind the verb.
func (s *sentence) movesOn(c *clause, k int) bool {
	if c.form.row.base() != "move" || k+2 >= len(s.nodes) || !s.nodes[k].is("on") || !s.nodes[k+1].is("from") {
		return false
	}
	pl, end := s.placeAt(k+2, false)
	if !pl.sure || pl.none {
		return false
	}
	c.args = s.argsOf(c, end)
	f := extract.Fact{Type: extract.Left}
	s.dated(&f, c, true)
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
	return true
}

// leftBoard reads "left the board of O", from node k behind the verb.
func (s *sentence) leftBoard(c *clause, k int) bool {
	if k >= len(s.nodes) {
		return false
	}
	pl, role, end, ok := s.board(k)
	if !ok || pl.isZero() {
		return false
	}
	c.args = s.argsOf(c, end)
	f := extract.Fact{Type: extract.Left, Role: s.words(role), Manner: c.form.row.manner}
	f.Spans.Role = s.span(role)
	s.dated(&f, c, true)
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
	return true
}

// facultyAt reads "the mathematics faculty at O" at node k.
func (s *sentence) facultyAt(k int) (place, int) {
	unit := false
	for j := k; j+1 < len(s.nodes) && j < k+7; j++ {
		n := s.nodes[j]
		switch {
		case n.is("faculty", "staff", "team", "department", "newsroom", "office"):
			unit = true
		case unit && n.is("at", "of"):
			pl, end := s.placeAt(j+1, false)
			if pl.sure && !pl.firm && !pl.none {
				return pl, end
			}
			return place{}, k
		case n.kind == placeNode || n.kind == otherNode || n.is("the", "its", "and") || s.modifier(j):
		default:
			return place{}, k
		}
	}
	return place{}, k
}

// hasNew reads "O has a new R, A": the aside names who holds the role.
func (s *sentence) hasNew() {
	for i := range s.phrases {
		p := &s.phrases[i]
		j := p.from - 1
		if p.used || p.hasPlace() || !p.article || j < 1 || !s.nodes[j].is("has", "have", "gets", "got", "had") || s.nodes[j-1].kind != orgNode {
			continue
		}
		if p.to+1 < len(s.nodes) && s.nodes[p.to].is(",", ":", "in") && s.nodes[p.to+1].kind == personNode && !s.owned(p.to+1) {
			p.places = []place{{name: s.nodes[j-1].run, sure: s.nodes[j-1].sure}}
			p.holders = s.peopleFrom(p.to + 1).people[:1]
		}
	}
}

// overShort returns the node behind the short form in brackets that follows a
// name at k: "World Medical Association (WMA) chief"; k if there is none.
func (s *sentence) overShort(k int) int {
	if k+2 < len(s.nodes) && s.nodes[k].is("(") && s.nodes[k+2].is(")") && s.toks[s.nodes[k+1].from].shout() {
		return k + 3
	}
	return k
}

// herePlace returns the organization behind the "at" of a clause.
func (s *sentence) herePlace(c *clause) place {
	for j := c.at + 1; j+1 < len(s.nodes) && j < c.args.stop; j++ {
		if s.nodes[j].is("at") {
			if pl, _ := s.placeAt(j+1, false); pl.sure && !pl.none {
				return pl
			}
		}
	}
	return place{}
}

// jobPlace returns the organization of "her role at O", "the post at O" at
// node k.
func (s *sentence) jobPlace(k int) (place, int) {
	job := false
	for j := k; j+1 < len(s.nodes) && j < k+6; j++ {
		n := s.nodes[j]
		switch {
		case n.is("role", "position", "job", "post", "seat", "duties"):
			job = true
		case job && n.is("at", "with"):
			pl, end := s.placeAt(j+1, false)
			if pl.none {
				return place{}, k
			}
			return pl, end
		case n.is("his", "her", "the", "their", "a", "current", "top", "leadership", "executive", "senior") && !job:
		default:
			return place{}, k
		}
	}
	return place{}, k
}

// isMade reads "was made R of O", "was made redundant by O".
func (s *sentence) isMade(c *clause, k int) bool {
	if k+1 >= len(s.nodes) || !s.nodes[k].is("made") {
		return false
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 || c.subj.unsure {
		return false
	}
	if s.nodes[k+1].is("redundant") {
		c.args = s.argsOf(c, k+2)
		f := extract.Fact{Type: extract.Left, Manner: extract.Dismissed}
		s.dated(&f, c, true)
		pl := c.args.by.org
		if pl.isZero() {
			pl = s.herePlace(c)
		}
		for _, w := range c.subj.people {
			at := pl
			if at.isZero() {
				at, _ = s.home(w, true)
			}
			if !at.isZero() {
				s.tell(f, w, at, "prose/made", c, nil)
			}
		}
		return true
	}
	p := s.phraseAtNode(k + 1)
	if p == nil {
		return false
	}
	c.args = s.argsOf(c, p.to)
	p.used = true
	for _, w := range c.subj.people {
		s.appoint(c, w, p, place{}, extract.Appointed)
	}
	return true
}

// inCharge reads "is in charge of O".
func (s *sentence) inCharge(c *clause, k int) bool {
	if k+3 >= len(s.nodes) || !s.nodes[k].is("in") || !s.nodes[k+1].is("charge") || !s.nodes[k+2].is("of") {
		return false
	}
	c.subj = s.subjectOf(c)
	pl, end := s.placeAt(k+3, false)
	if len(c.subj.people) == 0 || c.subj.unsure || !pl.sure || pl.none || end < len(s.nodes) && s.nodes[end].is("'s", "’s") && s.unitOwned(end+1) == 0 {
		return false
	}
	c.args = s.argsOf(c, end)
	f := extract.Fact{Type: extract.RoleAt, Status: s.tense(c, nil)}
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
	return true
}

// lostJob reads "lost her job at O".
func (s *sentence) lostJob(c *clause) bool {
	pl, end := s.jobPlace(s.after(c))
	c.subj = s.subjectOf(c)
	if pl.isZero() || len(c.subj.people) == 0 || c.passive {
		return false
	}
	c.args = s.argsOf(c, end)
	f := extract.Fact{Type: extract.Left}
	s.dated(&f, c, true)
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
	return true
}

// outlasts reports whether the date node d says until when, not when.
func (s *sentence) outlasts(d *node) bool {
	for j := 1; j < len(s.nodes); j++ {
		if s.nodes[j].from == d.from {
			return s.nodes[j-1].is("until", "till", "through")
		}
	}
	return false
}

// amongThose reads "among those leaving O are A and B", "those joining O
// include A": the people behind the verb of being.
func (s *sentence) amongThose(c *clause) subject {
	j := c.start - 1
	for j > 0 && (s.nodes[j].is("who", "to") || s.nodes[j].kind == plainNode && adverb(s.nodes[j].low)) {
		j--
	}
	if j < 0 || !s.nodes[j].is("those", "people", "executives", "researchers", "employees", "hires", "staffers", "others") {
		return subject{}
	}
	for k := c.at + 1; k+1 < len(s.nodes) && k < c.at+12; k++ {
		if s.nodes[k].is("is", "are", "were", "was", "include", "includes", "included") {
			return s.agent(k + 1)
		}
	}
	return subject{}
}

// gotStart reads "got her start at O in 1998".
func (s *sentence) gotStart() {
	for k := 1; k+4 < len(s.nodes); k++ {
		if !s.nodes[k].is("got", "gets") || !s.nodes[k+1].is("his", "her", "their") || !s.nodes[k+2].is("start") || !s.nodes[k+3].is("at", "with") {
			continue
		}
		pl, end := s.placeAt(k+4, false)
		c := clause{at: k, start: k, form: &verbForm{row: &verbRow{forms: "start"}, past: true}, past: true}
		c.subj = s.subjectOf(&c)
		if !pl.sure || pl.none || len(c.subj.people) == 0 {
			continue
		}
		s.context(&c)
		c.args = s.argsOf(&c, end)
		f := extract.Fact{Type: extract.Joined}
		s.dated(&f, &c, true)
		s.tellAll(&c, c.subj.people, pl, nil, func() extract.Fact { return f })
	}
}

// newestHire reads "O's newest hire is A", "O's latest hire, A,".
func (s *sentence) newestHire() {
	for k := 3; k+2 < len(s.nodes); k++ {
		if !s.nodes[k].is("hire", "hires", "recruit", "recruits") || !s.nodes[k-1].is("newest", "latest", "new", "recent", "biggest", "first") || !s.nodes[k-2].is("'s", "’s", "'", "’") || s.nodes[k-3].kind != orgNode || !s.nodes[k+1].is(",", ":", "is", "are", "was", "include", "includes") {
			continue
		}
		sub := s.agent(k + 2)
		if sub.unsure {
			continue
		}
		c := clause{at: k, start: k - 3, form: &verbForm{row: &verbRow{forms: "hire"}}}
		s.context(&c)
		for _, w := range sub.people {
			s.tell(extract.Fact{Type: extract.Joined}, w, place{name: s.nodes[k-3].run, sure: s.nodes[k-3].sure}, "prose/hire", &c, nil)
		}
	}
}
