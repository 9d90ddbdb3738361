package career

import "tenure/extract"

// heir reads "named Ada as his successor", "was appointed Bo's successor":
// the role is the one that the predecessor holds.
func (s *sentence) heir(c *clause, k int) bool {
	if s.toSucceed(c, k) {
		return true
	}
	for j := k; j < len(s.nodes) && j < k+10; j++ {
		if !s.nodes[j].is("successor", "replacement") {
			continue
		}
		var old who
		switch {
		case j > 1 && s.nodes[j-1].is("'s", "’s") && s.nodes[j-2].kind == personNode:
			old = s.whoAt(j - 2)
		case j > 0 && s.nodes[j-1].is("his", "her") && s.last != nil && len(s.last.subj.people) > 0:
			old = s.last.subj.people[0]
		case j > 0 && s.nodes[j-1].is("his", "her"):
			old = who{pronoun: s.nodes[j-1].low, at: s.nodes[j-1].run}
		case j+2 < len(s.nodes) && s.nodes[j+1].is("to", "of") && s.nodes[j+2].kind == personNode:
			old = s.whoAt(j + 2)
		default:
			return false
		}
		if len(c.subj.people) == 0 {
			return false
		}
		c.args = s.argsOf(c, j+1)
		heir := c.subj.people[0]
		if told := s.succeeded(c, old, heir, c.args.as); told != nil && told.Role != "" {
			g := *told
			f := extract.Fact{Type: extract.Appointed, Role: g.Role, Org: g.Org}
			f.Spans.Role, f.Spans.Org = g.Spans.Role, g.Spans.Org
			s.dated(&f, c, true)
			s.tell(f, heir, place{sure: true, told: g.Spans.Org}, s.rule(c), c, nil)
		}
		return true
	}
	return false
}

// toSucceed reads "named Ada to succeed Bo as chair".
func (s *sentence) toSucceed(c *clause, k int) bool {
	if k+2 >= len(s.nodes) || !s.nodes[k].is("to") || !s.nodes[k+1].is("succeed", "replace") || len(c.subj.people) == 0 {
		return false
	}
	old, end := s.object(k + 2)
	if len(old.people) == 0 {
		return false
	}
	by := s.subjectOf(c)
	agent := by.org
	c.args = s.argsOf(c, end)
	s.told = k + 1
	if old.people[0].pronoun != "" && len(by.people) > 0 && !c.passive { // who names is not the one who is replaced
		if s.recent.person.empty() || s.index-s.recent.personAt > 3 {
			return true
		}
		old.people = []who{{name: s.recent.person, at: old.people[0].at}}
	}
	p := c.args.as
	if p != nil && !p.hasPlace() && !agent.isZero() && !c.passive {
		p.places = []place{agent}
	}
	if p != nil && p.hasPlace() {
		s.appoint(c, c.subj.people[0], p, place{}, extract.Appointed)
	}
	if f := s.succeeded(c, old.people[0], c.subj.people[0], p); f != nil && f.Org == "" && !agent.isZero() && !c.passive {
		f.Org, f.Spans.Org = s.org(agent, s.to)
	}
	return true
}

// takeOver reads "took over as R of O from Q", "take up the role of R".
func (s *sentence) takeOver(c *clause) bool {
	k := c.at + 1
	if k >= len(s.nodes) {
		return false
	}
	if s.nodes[k].is("a", "the", "up", "on") && s.startsAt(c) {
		return true
	}
	c.subj = s.subjectOf(c)
	if s.takesReins(c, k) || c.form.row.base() == "take" && s.fillsVacancy(c, k) {
		return true
	}
	if k+2 < len(s.nodes) && s.nodes[k].is("the") && s.nodes[k+1].is("reins", "helm", "baton", "mantle") && s.nodes[k+2].is("from") && len(c.subj.people) > 0 {
		c.args = s.argsOf(c, k+2)
		s.tookFrom(c, k+2, nil)
		return true
	}
	if c.form.row.base() == "assume" {
		return s.assumes(c, k)
	}
	if !s.nodes[k].is("over", "up", "on") || len(c.subj.people) == 0 {
		return false
	}
	p := s.roleTaken(k)
	if p == nil {
		c.args = s.argsOf(c, k+1)
		if s.nodes[k].is("over") {
			s.tookFrom(c, k+1, nil)
		}
		return false
	}
	s.getsRole(c, p)
	if s.nodes[k].is("over") && k+1 < len(s.nodes) && s.nodes[k+1].is("from", "for") {
		s.tookFrom(c, k+1, p) // "took over from Bo Lind as chief executive of Acme"
		return true
	}
	s.tookFrom(c, p.to, p)
	return true
}

// assumes reads "assumed the role of R at O".
func (s *sentence) assumes(c *clause, k int) bool {
	p := s.jobAt(k)
	if p == nil || len(c.subj.people) == 0 {
		return false
	}
	s.getsRole(c, p)
	return true
}

// takesReins reads "took the reins at O", "takes charge of O".
func (s *sentence) takesReins(c *clause, k int) bool {
	for k < len(s.nodes) && s.nodes[k].is("the", "up", "over", "on") {
		k++
	}
	if len(c.subj.people) == 0 || c.subj.unsure || k+2 >= len(s.nodes) || !s.nodes[k].is("reins", "helm", "wheel", "charge") && !officeNoun(s.toks[s.nodes[k].from]) || !s.nodes[k+1].is("at", "of") {
		return false
	}
	pl, end := s.placeAt(k+2, false)
	if !pl.sure || pl.none || end < len(s.nodes) && s.nodes[end].is("'s", "’s") {
		return false
	}
	c.args = s.argsOf(c, end)
	f := extract.Fact{Type: extract.Appointed}
	s.dated(&f, c, true)
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
	return true
}

// roleTaken finds the role that is taken over, behind "as" or "of".
func (s *sentence) roleTaken(k int) *phrase {
	for j := k + 1; j < len(s.nodes) && j < k+7 && s.nodes[j].verb == nil; j++ {
		if p := s.phraseAtNode(j); p != nil && s.nodes[j-1].is("as", "of") {
			return p
		}
	}
	return nil
}

// tookFrom tells whom the subject succeeds, behind "from".
func (s *sentence) tookFrom(c *clause, k int, p *phrase) {
	for ; k+1 < len(s.nodes) && k < c.args.stop; k++ {
		if !s.nodes[k].is("from") && !(s.nodes[k].is("for") && s.nodes[k+1].kind == personNode) {
			continue
		}
		if old := s.agent(k + 1); len(old.people) > 0 && !old.unsure {
			s.succeeded(c, old.people[0], c.subj.people[0], p)
		}
		return
	}
}

// follow reads "A succeeds B", "B will be replaced by A".
func (s *sentence) follow(c *clause) bool {
	if s.match() {
		return false
	}
	k := s.after(c)
	if c.passive || s.reduced(c, k) && s.nodes[k].is("by") {
		c.subj = s.subjectOf(c)
		c.args = s.argsOf(c, k)
		if len(c.subj.people) == 0 || len(c.args.by.people) == 0 {
			return false
		}
		old := c.subj.people[0]
		s.succeeded(c, old, c.args.by.people[0], c.args.as)
		return false
	}
	if k+1 < len(s.nodes) && s.nodes[k].is("as") && s.phraseAtNode(k+1) != nil && c.form.row.base() == "succeed" {
		return s.become(c) // "succeeded as chief executive of Acme"
	}
	c.subj = s.subjectOf(c)
	sub, end := s.object(k)
	if len(sub.people) == 1 && len(c.subj.people) == 0 && !c.subj.org.isZero() && !c.ing {
		return s.exchanged(c, sub, k, end)
	}
	if len(sub.people) == 0 || len(c.subj.people) == 0 {
		return false
	}
	c.args = s.argsOf(c, end)
	if len(sub.people) > 1 && len(c.subj.people) > 1 {
		sub.people, c.subj.people = sub.people[:1], c.subj.people[:1] // who follows whom?
	}
	for _, old := range sub.people {
		old = s.notHeir(old, c.subj.people)
		for _, heir := range c.subj.people {
			s.succeeded(c, old, heir, c.args.as)
		}
	}
	return true
}

// match reports whether the sentence tells of a match, in which players
// replace each other.
func (s *sentence) match() bool {
	for i := range s.nodes {
		if s.nodes[i].is("half-time", "halftime", "substitute", "substituted", "substitution") {
			return true
		}
		if i > 0 && s.nodes[i].is("minute", "inning") && s.toks[s.nodes[i].from-1].text[0] <= '9' {
			return true // "in the 28th minute", but "at the last minute"
		}
	}
	return false
}

// exchanged reads "Acme replaced finance chief Bo Lind with Ada Quist".
func (s *sentence) exchanged(c *clause, old subject, k, end int) bool {
	if p := s.phraseAtNode(k); p != nil && len(p.holders) > 0 && !p.hasPlace() {
		p.places = []place{c.subj.org}
	}
	pl := c.subj.org
	c.subj = old
	c.args = s.argsOf(c, end)
	if end+1 < len(s.nodes) && s.nodes[end].is("with", "by") {
		if heir, e := s.object(end + 1); len(heir.people) > 0 {
			c.args = s.argsOf(c, e)
			if f := s.succeeded(c, old.people[0], heir.people[0], c.args.as); f != nil && f.Org == "" {
				f.Org, f.Spans.Org = s.org(pl, s.to)
			}
			return true
		}
	}
	f := extract.Fact{Type: extract.Left}
	s.dated(&f, c, true)
	s.tell(f, old.people[0], pl, s.rule(c), c, nil)
	return true
}

// succeeded tells that a role passes from one person to another, and returns
// what it told, nil if nothing. Role and organization are those of the phrase,
// or of what was told of either.
func (s *sentence) succeeded(c *clause, old, heir who, p *phrase) *extract.Fact {
	f := extract.Fact{Type: extract.ReplacedBy, Planned: c.future}
	f.Successor, f.Spans.Successor, _ = s.resolve(heir)
	if name, _, known := s.resolve(old); known && name == f.Successor {
		if old = s.before(old, f.Successor); old.name.empty() {
			return nil // "he was replaced by his deputy, Ada Quist": "he" is not she
		}
	}
	var pl place
	if p != nil {
		p.used = true
		s.setRole(&f, p)
		pl = p.first()
	}
	if pl.isZero() {
		s.asGiven(&f)
	}
	if pl.isZero() && f.Org == "" {
		pl = s.asHeld(&f, old, heir)
	}
	if pl.isZero() && f.Org == "" {
		pl = s.herePlace(c)
	}
	if pl.isZero() && f.Org == "" && !s.passing(&f, s, old, heir) {
		pl = s.asNext(heir)
	}
	if pl.isZero() && f.Org == "" && p != nil {
		pl = s.opener()
	}
	s.tell(f, old, pl, s.rule(c), c, p)
	return &s.facts[len(s.facts)-1].Fact
}

// notHeir returns whom an "her" means that cannot mean any of those who follow.
func (s *sentence) notHeir(old who, heirs []who) who {
	for _, h := range heirs {
		heir, _, _ := s.resolve(h)
		if name, _, known := s.resolve(old); known && name == heir {
			if b := s.before(old, heir); !b.name.empty() {
				return b
			}
		}
	}
	return old
}

// before returns whom earlier sentences spoke of, if an "her" that cannot mean
// the one who follows means that person: "Ada Quist replaced her".
func (s *sentence) before(w who, heir string) who {
	if w.pronoun != "him" && w.pronoun != "her" || s.recent.person.empty() || s.index-s.recent.personAt > 2 || s.words(s.full(s.recent.person)) == heir {
		return who{}
	}
	return who{name: s.recent.person, at: w.at}
}

// asGiven takes role and organization from the appointment of the successor
// that the sentence tells.
func (s *sentence) asGiven(f *extract.Fact) {
	for _, x := range s.facts {
		g := x.Fact
		if !x.Kept || g.Type != extract.Appointed && g.Type != extract.Promoted && (g.Type != extract.RoleAt || g.Status != extract.Future) || g.Person != f.Successor {
			continue
		}
		if f.Role == "" {
			f.Role, f.Spans.Role = g.Role, g.Spans.Role
		}
		f.Org, f.Spans.Org = g.Org, g.Spans.Org
	}
}

// asHeld returns the organization where the predecessor is, or was, and takes
// the role held there.
func (s *sentence) asHeld(f *extract.Fact, old, heir who) place {
	pl, h := s.home(old, true)
	if h != nil && f.Role == "" {
		s.setRole(f, h)
	}
	if g := s.lost(old); g != nil && pl.isZero() {
		pl = place{told: g.Spans.Org, sure: true}
		if f.Role == "" {
			f.Role, f.Spans.Role = g.Role, g.Spans.Role
		}
	}
	return pl
}

// asNext returns the organization where the successor is.
func (s *sentence) asNext(heir who) place {
	pl, _ := s.home(heir, false)
	if g := s.lost(heir); pl.isZero() && g != nil && g.Role != "" {
		pl = place{told: g.Spans.Org, sure: true} // "quit as chairman of Acme a year after replacing Bo Lind"
	}
	if pl.isZero() {
		pl = s.ownerOfName(heir) // "Acme's Ada Quist replaces Bo Lind"
	}
	return pl
}

// ownerOfName returns the organization that owns a name: "Acme's Ada Quist".
func (s *sentence) ownerOfName(w who) place {
	name, _, known := s.resolve(w)
	for j := 2; j < len(s.nodes); j++ {
		n := s.nodes[j]
		if n.kind == personNode && s.nodes[j-1].is("'s", "’s") && s.nodes[j-2].kind == orgNode && (n.from == w.at.from || known && s.words(s.full(n.run)) == name) {
			return place{name: s.nodes[j-2].run, sure: true}
		}
	}
	return place{}
}

// lost returns what the sentence told of the person's leaving a job.
func (s *sentence) lost(w who) *extract.Fact {
	name, _, _ := s.resolve(w)
	for i := range s.facts {
		if f := &s.facts[i].Fact; f.Type == extract.Left && f.Person == name && !f.Spans.Org.IsZero() && !boardSeat(f.Role) {
			return f
		}
	}
	return nil
}

// passing fills role and organization of a succession from what earlier
// sentences told of the two.
func (d *document) passing(f *extract.Fact, s *sentence, old, heir who) bool {
	o, _, _ := s.resolve(old)
	h, _, _ := s.resolve(heir)
	for i := len(d.found) - 1; i >= 0 && i > len(d.found)-40; i-- {
		g := d.found[i].Fact
		if !d.found[i].Kept || g.Org == "" || g.Person == "" {
			continue
		}
		if g.Person == h && (g.Type == extract.Appointed || g.Type == extract.Promoted || g.Type == extract.Joined && (g.Date.IsZero() || g.Role != "")) || g.Person == o && (g.Type == extract.Left || g.Type == extract.RoleAt && g.Status != extract.Former) {
			f.Org, f.Spans.Org = g.Org, g.Spans.Org
			if f.Role == "" {
				f.Role, f.Spans.Role = g.Role, g.Spans.Role
			}
			return true
		}
	}
	return false
}
