package career

import "tenure/extract"

// stay reads "remains R of O", "will stay on as R".
func (s *sentence) stay(c *clause) bool {
	k := s.after(c)
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 {
		return false
	}
	for k < len(s.nodes) && s.nodes[k].is("on", "as", "the", "a", "its", "in", "place") && s.phraseAtNode(k) == nil {
		k++
	}
	if k >= len(s.nodes) {
		return false
	}
	p := s.phraseAtNode(k)
	if p == nil {
		return false
	}
	if c.form.past && !c.perfect && c.form.row.forms[:3] != "rem" {
		return false
	}
	if !p.hasPlace() {
		at, _ := s.homeOrBoard(c.subj.people[0])
		if at.isZero() {
			p.used = true
			return true
		}
		p.places = []place{at}
	}
	c.still = true
	status := extract.Current
	if c.past {
		status = extract.Former
		c.still = false
	}
	s.tellRole(p, c.subj.people, status, s.rule(c), c)
	return true
}

// homeOrBoard is home, and also where the person only left the board.
func (s *sentence) homeOrBoard(w who) (place, *phrase) {
	if at, p := s.home(w, true); !at.isZero() {
		return at, p
	}
	name, _, _ := s.resolve(w)
	for i := len(s.facts) - 1; i >= 0; i-- {
		if f := s.facts[i].Fact; f.Person == name && f.Org != "" {
			if !f.Spans.Org.IsZero() {
				return place{told: f.Spans.Org, sure: true}, nil
			}
		}
	}
	return place{}, nil
}

// teach reads "teaches law at O".
func (s *sentence) teach(c *clause) bool {
	if c.passive || c.at+1 < len(s.nodes) && s.nodes[c.at+1].is("position", "positions", "post", "posts", "job", "jobs", "role", "roles", "hospital", "assistant") {
		return false
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 || c.subj.unsure {
		return false
	}
	for j := c.at + 1; j+1 < len(s.nodes) && j < c.at+13; j++ {
		n := s.nodes[j]
		if n.is(",", ";", ".", "who", "to", "that") || n.verb != nil {
			return true
		}
		if !n.is("at") {
			continue
		}
		places, end := s.placesAt(j+1, false)
		if len(places) == 0 || !places[0].sure {
			return true
		}
		c.args = s.argsOf(c, end)
		for _, pl := range places {
			s.stays(c, pl, true)
		}
		return true
	}
	return true
}

// hold reads "held the position of R at O", "holds a chair at O".
func (s *sentence) hold(c *clause) bool {
	if c.passive {
		return false
	}
	for j := c.at + 1; j+2 < len(s.nodes) && j < c.at+6; j++ {
		n := s.nodes[j]
		if n.verb != nil && !n.is("teaching", "leading", "managing", "acting") || n.is(",", ".", ";") {
			return false
		}
		if !n.is("position", "post", "role", "title", "office", "rank", "positions", "posts", "roles", "professorship", "professorships", "lectureship", "fellowship") {
			continue
		}
		c.subj = s.subjectOf(c)
		if len(c.subj.people) == 0 || c.subj.unsure {
			return false
		}
		if p := s.phraseAtNode(j + 2); p != nil && s.nodes[j+1].is("of", "as") {
			s.holds(c, p)
			return true
		}
		if s.nodes[j+1].is("at", "with") {
			places, end := s.placesAt(j+2, false)
			c.args = s.argsOf(c, end)
			for _, pl := range places {
				if pl.sure {
					s.stays(c, pl, true)
				}
			}
			return len(places) > 0
		}
	}
	return false
}

// write reads "writes for O".
func (s *sentence) write(c *clause) bool {
	k := s.after(c)
	if c.passive || k >= len(s.nodes) || !s.nodes[k].is("for") {
		return false
	}
	c.subj = s.subjectOf(c)
	places, end := s.placesAt(k+1, false)
	if len(c.subj.people) == 0 || c.subj.unsure || len(places) == 0 || !places[0].sure {
		return false
	}
	c.args = s.argsOf(c, end)
	for _, pl := range places {
		s.stays(c, pl, true)
	}
	return true
}

// sit reads "sits on the board of O".
func (s *sentence) sit(c *clause) bool {
	pl, role, end, ok := s.board(c.at + 2)
	c.subj = s.subjectOf(c)
	if !ok || pl.isZero() || len(c.subj.people) == 0 {
		return false
	}
	c.args = s.argsOf(c, end)
	f := extract.Fact{Type: extract.RoleAt, Status: s.tense(c, nil), Role: s.words(role)}
	f.Spans.Role = s.span(role)
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
	return true
}

// die tells the end of the role that the dead held till then.
func (s *sentence) die(c *clause) bool {
	c.subj = s.subjectOf(c)
	if c.future || len(c.subj.people) == 0 {
		return false
	}
	c.args = s.argsOf(c, c.at+1)
	for i := range s.phrases {
		p := &s.phrases[i]
		if !p.hasPlace() || p.status != "" || len(p.holders) == 0 || p.holders[0].at != c.subj.people[0].at {
			continue
		}
		f := extract.Fact{Type: extract.Left, Manner: extract.Died}
		s.dated(&f, c, true)
		s.tell(f, c.subj.people[0], p.places[0], s.rule(c), c, nil)
	}
	return true
}

// handOver reads "A hands over to B", "handing the job to B".
func (s *sentence) handOver(c *clause) bool {
	k := c.at + 1
	if k < len(s.nodes) && s.nodes[k].is("in") {
		return s.notice(c)
	}
	for k < len(s.nodes) && k < c.at+5 && s.nodes[k].is("over", "the", "his", "her", "job", "role", "reins", "post", "baton", "position") {
		k++
	}
	if k+1 >= len(s.nodes) || !s.nodes[k].is("to") {
		return false
	}
	c.subj = s.subjectOf(c)
	heir, end := s.object(k + 1)
	if len(c.subj.people) == 0 || len(heir.people) == 0 {
		return false
	}
	c.args = s.argsOf(c, end)
	s.succeeded(c, c.subj.people[0], heir.people[0], c.args.as)
	return true
}

// lose reads "O lost A to P".
func (s *sentence) lose(c *clause) bool {
	if s.lostJob(c) {
		return true
	}
	org := s.subjectOf(c).org
	sub, end := s.object(s.after(c))
	if end < len(s.nodes) && s.nodes[end].is(",") {
		end++ // "lost its dean, Ada Quist, to O"
	}
	if c.passive || org.isZero() || len(sub.people) == 0 {
		return false
	}
	if end >= len(s.nodes) || s.nodes[end].is(".", "in") || s.nodes[end].kind == dateNode { // "has lost A and B in recent months"
		c.subj = sub
		s.gone(c, org, end)
		return true
	}
	if !s.nodes[end].is("to") {
		return false
	}
	s.asOrg(end + 1)
	to, e := s.placeAt(end+1, false)
	if to.isZero() {
		return false
	}
	c.subj, c.args = sub, s.argsOf(c, e)
	s.tellAll(c, sub.people, org, nil, func() extract.Fact { return extract.Fact{Type: extract.Left} })
	f := extract.Fact{Type: extract.Joined}
	s.dated(&f, c, true)
	s.tellAll(c, sub.people, to, nil, func() extract.Fact { return f })
	return true
}
