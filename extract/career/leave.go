package career

import "tenure/extract"

// titled reports whether a role without an organization stands before the
// person's name.
func (s *sentence) titled(w who) bool {
	for i := range s.phrases {
		p := &s.phrases[i]
		if len(p.holders) > 0 && p.holders[0].at == w.at && !p.aside && !p.hasPlace() && topRole(s.toks[p.head].low) {
			return true
		}
	}
	return false
}

func (s *sentence) leave(c *clause) bool {
	if c.passive {
		return false
	}
	k := s.after(c)
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 {
		return false
	}
	f := extract.Fact{Type: extract.Left, Manner: c.form.row.manner}
	var p *phrase
	pl, end := place{}, k
	if k < len(s.nodes) {
		s.asObject(k)
		pl, end = s.placeAt(k, !c.subj.unsure)
		if q := s.jobAt(k); q != nil {
			p, end = q, q.to
			if q.hasPlace() {
				pl = q.places[0]
			}
		} else if pl.isZero() && !s.leavesAt(k) {
			return false
		}
		if !pl.isZero() && end < len(s.nodes) && s.nodes[end].is("'s", "’s") {
			return false
		}
	}
	c.args = s.argsOf(c, end)
	s.dated(&f, c, true)
	if p != nil {
		s.setRole(&f, p)
		p.used = true
	}
	known := !pl.isZero()
	for _, w := range c.subj.people {
		at := pl
		if !known {
			at, _ = s.home(w, false)
			if at.isZero() && s.last != nil && s.last.form.row.act == actLeave {
				at = s.where // "A left Acme in May, while B left in June"
			}
			if at.isZero() {
				continue
			}
		}
		s.where = at
		s.tell(f, w, at, s.rule(c), c, p)
		s.lasted(c, []who{w}, at)
	}
	s.wentTo(c, end)
	return true
}

// leavesAt reports whether what follows "left" can follow it where no
// organization is named: a date, a reason, the end.
func (s *sentence) leavesAt(k int) bool {
	n := s.nodes[k]
	return n.kind == dateNode || n.is("in", "on", "to", ".", ",", "after", "for", "under", "following", "at", "last", "by", "and", "because", "during", "over", `"`, "amid", "when", ";")
}

// wentTo tells the arrival behind "left A for B".
func (s *sentence) wentTo(c *clause, k int) {
	for ; k < min(c.args.stop, len(s.nodes)); k++ {
		n := s.nodes[k]
		if n.is(",") || n.kind == dateNode {
			continue
		}
		if !n.is("for") {
			return
		}
		pl, _ := s.placeAt(k+1, false)
		if pl.isZero() || pl.firm || pl.none {
			return
		}
		f := extract.Fact{Type: extract.Joined}
		s.dated(&f, c, true)
		s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
		return
	}
}

// jobAt reads "her role as R of O", "the position of R", "his post at O".
func (s *sentence) jobAt(k int) *phrase {
	job := false
	for j := k; j < len(s.nodes) && j < k+6; j++ {
		n := s.nodes[j]
		switch {
		case n.is("role", "position", "job", "post", "roles", "duties", "seat"):
			job = true
		case job && n.is("as", "of") && j+1 < len(s.nodes):
			return s.phraseAtNode(j + 1)
		case n.is("his", "her", "the", "their", "'s", "’s", "current", "a") || n.kind == firmNode:
		default:
			return nil
		}
	}
	return nil
}

func (s *sentence) resign(c *clause) bool {
	if c.passive {
		return false
	}
	k := s.after(c)
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 {
		return false
	}
	f := extract.Fact{Type: extract.Left, Manner: c.form.row.manner}
	c.args = s.argsOf(c, k)
	s.dated(&f, c, true)
	pl, p := c.args.from, c.args.as
	if k < len(s.nodes) && s.nodes[k].is("from") && k+1 < len(s.nodes) {
		if b, role, end, ok := s.board(k + 1); ok {
			pl = b
			f.Role, f.Spans.Role = s.words(role), s.span(role)
			c.args.date = s.argsOf(c, end).date
		} else if q := s.jobAt(k + 1); q != nil {
			p, pl = q, place{}
		} else if q := s.phraseAtNode(k + 1); q != nil {
			pl = place{}
			if q.hasPlace() {
				pl = q.places[0]
			}
		}
	}
	if p != nil {
		s.setRole(&f, p)
		p.used = true
		if pl.isZero() && p.hasPlace() {
			pl = p.places[0]
		}
		if p.to < len(s.nodes) && c.args.date == nil {
			if d := s.argsOf(c, p.to).date; d != nil {
				c.args.date = d
				s.dated(&f, c, true)
			}
		}
	}
	told := false
	for _, w := range c.subj.people {
		at := pl
		if at.isZero() {
			at, _ = s.home(w, true)
		}
		if at.isZero() && f.Role == "" {
			continue
		}
		s.tell(f, w, at, s.rule(c), c, p)
		s.lasted(c, []who{w}, at)
		told = true
	}
	return told || len(c.subj.people) > 0
}

func (s *sentence) fire(c *clause) bool {
	k := s.after(c)
	var pl place
	if c.passive || s.reduced(c, k) {
		c.subj = s.subjectOf(c)
		c.args = s.argsOf(c, k)
		pl = c.args.from
		if pl.isZero() {
			pl = c.args.by.org
		}
		if pl.isZero() && c.args.as != nil && c.args.as.hasPlace() {
			pl = c.args.as.places[0]
		}
	} else {
		pl = s.subjectOf(c).org
		sub, end := s.object(k)
		if len(sub.people) == 0 || pl.isZero() {
			return false
		}
		c.subj, c.args = sub, s.argsOf(c, end)
	}
	if len(c.subj.people) == 0 {
		return false
	}
	f := extract.Fact{Type: extract.Left, Manner: c.form.row.manner}
	s.dated(&f, c, true)
	if p := c.args.as; p != nil {
		s.setRole(&f, p)
		p.used = true
	}
	for _, w := range c.subj.people {
		at := pl
		if at.isZero() {
			at, _ = s.home(w, true)
		}
		if !at.isZero() || f.Role != "" {
			s.tell(f, w, at, s.rule(c), c, c.args.as)
			s.lasted(c, []who{w}, at)
		}
	}
	return true
}
