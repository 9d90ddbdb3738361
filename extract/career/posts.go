package career

import "tenure/extract"

// toLead reports whether "to lead", "to run" stands at node k.
func (s *sentence) toLead(k int) bool {
	return k+2 < len(s.nodes) && s.nodes[k].is("to") && s.nodes[k+1].is("lead", "run", "head", "oversee", "manage", "chair", "helm") && !s.nodes[k+2].is("of") && !(s.nodes[k+1].is("head") && s.headsRole(k+2))
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

// gone tells that the subject left a place, what follows read from node end.
func (s *sentence) gone(c *clause, pl place, end int) {
	c.args = s.argsOf(c, end)
	f := extract.Fact{Type: extract.Left}
	s.dated(&f, c, true)
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
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
	s.gone(c, pl, end)
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

// jobPlace returns the organization of "her role at O", "the post at O" at
// node k.
func (s *sentence) jobPlace(k int) (place, int) {
	job := false
	for j := k; j+1 < len(s.nodes) && j < k+6; j++ {
		n := s.nodes[j]
		switch {
		case jobWord(n), n.is("seat", "duties"):
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
	s.getsRole(c, p)
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
	s.gone(c, pl, end)
	return true
}
