package career

import "tenure/extract"

// arrive reads "resurfaced at O", "signed on with O".
func (s *sentence) arrive(c *clause) bool {
	k := s.after(c)
	if k < len(s.nodes) && s.nodes[k].is("on") {
		k++
	}
	for k < len(s.nodes) && (s.nodes[k].kind == lengthNode || s.nodes[k].kind == dateNode || s.nodes[k].is("later")) {
		k++ // "resurfaced six months later at"
	}
	if c.passive || k+1 >= len(s.nodes) || !s.nodes[k].is("at", "with", "from") {
		return false
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 || c.subj.unsure {
		return false
	}
	if s.nodes[k].is("from") {
		if c.args = s.argsOf(c, k); c.args.from.sure {
			s.cameFrom(c) // "Quist arrives from Acme"
		}
		return true
	}
	if s.nodes[k+1].kind == nameNode {
		s.asOrg(k + 1)
	}
	pl, end := s.placeAt(k+1, false)
	if pl.isZero() || pl.firm || pl.none {
		return false
	}
	c.args = s.argsOf(c, end)
	if c.form.row.base() == "arrive" && c.args.from.isZero() && c.args.as == nil && !s.afterYears(c, pl) {
		return false // for a visit, it may be
	}
	f := extract.Fact{Type: extract.Joined}
	s.dated(&f, c, true)
	if p := c.args.as; p != nil {
		s.setRole(&f, s.within(p, pl))
		p.used = true
	}
	s.tellAll(c, c.subj.people, pl, c.args.as, func() extract.Fact { return f })
	s.where = pl
	if c.form.row.base() == "arrive" {
		s.cameFrom(c)
	}
	return true
}

// stepUp reads "stepped into the role of R at O", "steps up to R".
func (s *sentence) stepUp(c *clause, k int) bool {
	c.subj = s.subjectOf(c)
	p := s.roleFrom(k)
	if len(c.subj.people) == 0 || p == nil {
		return false
	}
	c.args = s.argsOf(c, p.to)
	p.used = true
	for _, w := range c.subj.people {
		if !p.hasPlace() {
			at, _ := s.home(w, p.its)
			if at.isZero() {
				continue
			}
			p.places = []place{at}
		}
		s.appoint(c, w, p, place{}, extract.Appointed)
	}
	return true
}

// notice reads "handed in her notice", "tendered his resignation".
func (s *sentence) notice(c *clause) bool {
	for k := c.at + 1; k < len(s.nodes) && k < c.at+5; k++ {
		n := s.nodes[k]
		switch {
		case n.is("notice", "resignation"):
			c.subj = s.subjectOf(c)
			c.args = s.argsOf(c, k+1)
			pl, p := c.args.from, c.args.as
			if p != nil && pl.isZero() {
				pl = p.first()
			}
			for _, w := range c.subj.people {
				s.quits(c, w, pl, p, extract.Resigned)
			}
			return len(c.subj.people) > 0
		case n.is("in", "his", "her", "their", "its", "a", "letter", "of"):
		default:
			return false
		}
	}
	return false
}

// quits tells that one person left a job: at pl, or where the person is told
// to be.
func (s *sentence) quits(c *clause, w who, pl place, p *phrase, manner string) {
	f := extract.Fact{Type: extract.Left, Manner: manner}
	s.dated(&f, c, true)
	if p != nil {
		s.setRole(&f, p)
		p.used = true
	}
	if pl.isZero() {
		pl, _ = s.home(w, true)
	}
	if pl.isZero() && p != nil {
		pl = s.opener()
	}
	if !pl.isZero() || f.Role != "" {
		s.tell(f, w, pl, s.rule(c), c, p)
		s.lasted(c, []who{w}, pl)
	}
}

// fromTo reads what stands behind "promoted A": "from R to Q". The first role
// is told as given up; the node of the second is returned, or k.
func (s *sentence) fromTo(c *clause, k int, agent place) int {
	if k+1 >= len(s.nodes) || !s.nodes[k].is("from") {
		return k
	}
	p := s.phraseAtNode(k + 1)
	if p == nil || p.to >= len(s.nodes) || !s.nodes[p.to].is("to") || len(c.subj.people) == 0 {
		return k
	}
	if !p.hasPlace() && !agent.isZero() {
		p.places = []place{agent}
	}
	if p.hasPlace() && c.reject == "" {
		status := extract.Former
		if c.future {
			status = extract.Current
		}
		s.tellRole(p, c.subj.people, status, s.rule(c), c)
	}
	return p.to
}

// lastDay reads "Friday was A's last day at O", "A's last day at O is 1 June",
// "A's first day at O is 2 June".
func (s *sentence) lastDay() {
	for k := 2; k+2 < len(s.nodes); k++ {
		if !s.nodes[k].is("day") || !s.nodes[k-1].is("last", "final", "first") {
			continue
		}
		if !s.nodes[k+1].is("at", "with") {
			s.lastDayThere(k)
			continue
		}
		kind, rule := extract.Left, "prose/last-day"
		if s.nodes[k-1].is("first") {
			kind, rule = extract.Joined, "prose/first-day"
		}
		var w who
		switch {
		case s.nodes[k-2].is("'s", "’s", "'", "’") && k > 2 && s.nodes[k-3].kind == personNode:
			w = s.whoAt(k - 3)
		case s.nodes[k-2].is("his", "her"):
			w = who{pronoun: s.nodes[k-2].low, at: s.nodes[k-2].run}
		case s.nodes[k-2].is("my"):
			w = who{pronoun: "i", at: s.nodes[k-2].run}
		default:
			continue
		}
		s.asOrg(k + 2)
		pl, end := s.placeAt(k+2, true)
		if pl.isZero() || pl.none {
			continue
		}
		c := clause{at: k, start: k - 2, form: &verbForm{row: &verbRow{forms: "last-day"}}}
		s.context(&c)
		f := extract.Fact{Type: kind}
		d := s.dayOf(k, end)
		if w.pronoun == "i" && s.announced != nil {
			d = s.announced // "Today is my last day at Acme, A wrote on Friday"
		}
		if kind == extract.Joined && end < len(s.nodes) {
			d = s.toCome(d, s.nodes[end])
		}
		if d != nil {
			f.Date, f.Spans.Date = d.date, s.span(d.run)
		} else if kind == extract.Joined {
			continue // "on her first day at Acme she met …"
		}
		s.tell(f, w, pl, rule, &c, nil)
	}
}

// lastDayThere reads "Her last day will be June 3" at the node of "day": the
// place is the one that she is told to leave.
func (s *sentence) lastDayThere(k int) {
	if !s.nodes[k-1].is("last", "final") || !s.nodes[k-2].is("his", "her") || !s.nodes[k+1].is("will", "is", "was") || s.index-s.recent.leftAt > 4 {
		return
	}
	w := who{pronoun: s.nodes[k-2].low, at: s.nodes[k-2].run}
	name, _, _ := s.resolve(w)
	org, ok := s.recent.leaving[name]
	d := s.dayOf(k, k+1)
	if !ok || d == nil {
		return
	}
	c := clause{at: k, start: k - 2, form: &verbForm{row: &verbRow{forms: "last-day"}}}
	s.context(&c)
	d = s.toCome(d, s.nodes[k+1])
	f := extract.Fact{Type: extract.Left, Date: d.date}
	f.Spans.Date = s.span(d.run)
	s.tell(f, w, place{told: org, sure: true}, "prose/last-day", &c, nil)
}

// toCome moves a day told without its year on to the next one, if the verb
// says that it lies ahead: "will be March 2", told in May.
func (s *sentence) toCome(d *node, verb node) *node {
	if d != nil && verb.is("is", "will") && d.date.RelativeTo != "" && s.ended(d.date) {
		return s.inYears(d, 1)
	}
	return d
}

// dayOf finds the day that a last day is: behind it, or before it and "was".
func (s *sentence) dayOf(k, end int) *node {
	for j := end; j < len(s.nodes) && j < end+6; j++ {
		if s.nodes[j].kind == dateNode && !s.nodes[j].ranged {
			return &s.nodes[j]
		}
		if s.nodes[j].kind != plainNode || s.nodes[j].is(",", ";") {
			break
		}
	}
	for j := max(k-6, 0); j+1 < k; j++ {
		if s.nodes[j].kind == dateNode && s.nodes[j+1].is("was", "is", "will") {
			return &s.nodes[j]
		}
	}
	return nil
}
