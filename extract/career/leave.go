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
	c.subj = s.whoMoves(c)
	if len(c.subj.people) == 0 {
		c.subj = s.groupBehind(c, k)
	}
	if len(c.subj.people) == 0 {
		return false
	}
	if s.leftBoard(c, k) {
		return true
	}
	pl, p, end, ok := s.left(c, k)
	if base := c.form.row.base(); p == nil && (base == "vacate" || base == "relinquish" || base == "give") {
		return false
	}
	if !ok || c.form.row.base() == "swap" && (!pl.sure || end >= len(s.nodes) || !s.nodes[end].is("for")) {
		return false
	}
	c.args = s.argsOf(c, end)
	f := extract.Fact{Type: extract.Left, Manner: c.form.row.manner}
	s.dated(&f, c, true)
	if q := c.args.as; p == nil && q != nil && !q.hasPlace() && end < len(s.nodes) && s.nodes[end].is("as") {
		p = q // "exits Acme as chief executive"
	}
	if p != nil {
		s.setRole(&f, p)
		p.used = true
	}
	days := s.daysApart(c)
	for i, w := range c.subj.people {
		if len(days) > i {
			f.Date, f.Spans.Date = days[i].date, s.span(days[i].run)
		}
		at := pl
		if at.isZero() {
			at, _ = s.home(w, false)
		}
		if at.isZero() && s.last != nil && s.last.form.row.act == actLeave {
			at = s.where // "A left Acme in May, while B left in June"
		}
		if at.isZero() && !s.recent.exodus.IsZero() && s.index-s.recent.exodusAt <= exodusReach {
			at = place{told: s.recent.exodus, sure: true}
		}
		if !at.isZero() || f.Role != "" {
			s.where = at
			s.tell(f, w, at, s.rule(c), c, p)
			s.lasted(c, []who{w}, at)
		}
	}
	s.wentTo(c, end)
	return true
}

// left reads what somebody leaves, at node k: an organization, a job there,
// or nothing, where the sentence goes on as it may behind "left".
func (s *sentence) left(c *clause, k int) (pl place, p *phrase, end int, ok bool) {
	if k >= len(s.nodes) {
		return place{}, nil, k, true
	}
	if k+1 < len(s.nodes) && s.nodes[k].is("as") && s.phraseAtNode(k+1) != nil { // "quit as editor of Acme"
		p = s.wholeChain(s.phraseAtNode(k + 1))
		return p.first(), p, p.to, true
	}
	s.asObject(k)
	if pl, end = s.placeAt(k, !c.subj.unsure); pl.isZero() {
		pl, end = s.describedFirm(k)
	}
	if p = s.jobAt(k); p != nil {
		end = p.to
		if p.hasPlace() {
			pl = p.first()
		}
	} else if at, e := s.jobPlace(k); !at.isZero() {
		return at, nil, e, true
	} else if pl.isZero() && !s.leavesAt(k) {
		return pl, nil, k, false
	}
	owned := !pl.isZero() && end < len(s.nodes) && s.nodes[end].is("'s", "’s", "off", "out", "alone", "open", "facing", "reeling", "struggling", "scrambling")
	return pl, p, end, !owned // "left Acme off the list" tells nothing
}

// leavesAt reports whether what follows "left" can follow it where no
// organization is named: a date, a reason, the end.
func (s *sentence) leavesAt(k int) bool {
	n := s.nodes[k]
	if n.is("with") && k+1 < len(s.nodes) && s.nodes[k+1].is("immediate") {
		return true
	}
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
		if k+1 < len(s.nodes) && s.nodes[k+1].kind == nameNode && !s.goesOn(k+2) {
			s.asOrg(k + 1)
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

// goesOn reports whether a small noun goes on with the name before node k:
// "Acme users", "World War II assignments".
func (s *sentence) goesOn(k int) bool {
	return k < len(s.nodes) && s.nodes[k].kind == plainNode && s.modifier(k) && s.isNoun(k) && s.toks[s.nodes[k].from].gap == space
}

// jobAt reads "her role as R of O", "the position of R", "his post at O".
func (s *sentence) jobAt(k int) *phrase {
	job := false
	for j := k; j < len(s.nodes) && j < k+6; j++ {
		n := s.nodes[j]
		switch {
		case jobWord(n), n.is("roles", "duties", "seat"):
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
	if n := c.at + 1; n < len(s.nodes) && (s.nodes[n].is("into", "up") || s.nodes[n].is("in") && c.form.row.base() == "step") {
		return s.stepUp(c, k)
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 {
		return false
	}
	c.args = s.argsOf(c, k)
	pl, p, board := s.resigned(c, k)
	if (c.form.row.base() == "walk" || s.nodes[k-1].is("away")) && pl.isZero() && p == nil || s.partly(k) {
		return false // "walked away from the deal"
	}
	if p != nil && c.args.date == nil && p.to < len(s.nodes) {
		c.args.date = s.argsOf(c, p.to).date
	}
	f := extract.Fact{Type: extract.Left, Manner: c.form.row.manner, Role: s.words(board)}
	f.Spans.Role = s.span(board)
	s.dated(&f, c, true)
	if p != nil {
		s.setRole(&f, p)
		p.used = true
	}
	for _, w := range c.subj.people {
		at := pl
		if at.isZero() {
			at, _ = s.home(w, true)
		}
		if at.isZero() && p != nil {
			at = s.opener()
		}
		if at.isZero() && s.titled(w) {
			at = s.bossSays()
		}
		if !at.isZero() || f.Role != "" {
			s.tell(f, w, at, s.rule(c), c, p)
			s.lasted(c, []who{w}, at)
		}
	}
	return true
}

// opener returns the organization that opens the sentence and speaks: "Acme
// confirmed on Thursday that Ada Quist had resigned as chief risk officer".
func (s *sentence) opener() place {
	if len(s.nodes) > 2 && s.nodes[0].kind == orgNode && s.nodes[1].is(":") {
		return place{name: s.nodes[0].run, sure: s.nodes[0].sure} // "Acme: Ada Quist resigns as chief risk officer"
	}
	if pl := s.bossSays(); !pl.isZero() {
		return pl
	}
	for i := 0; i+1 < len(s.nodes) && i < 8; i++ {
		if s.nodes[i].kind == personNode {
			break
		}
		if s.nodes[i].kind == orgNode && s.nodes[i+1].kind == plainNode && saysVerb(s.nodes[i+1].low) {
			return place{name: s.nodes[i].run, sure: s.nodes[i].sure}
		}
	}
	return place{}
}

// partly reports whether somebody only gives up a part of the work: "stepped
// back from day-to-day roles".
func (s *sentence) partly(k int) bool {
	for j := k; j < len(s.nodes) && j < k+4; j++ {
		if s.nodes[j].is("day-to-day", "daily", "everyday", "frontline", "front-line") {
			return true
		}
	}
	return false
}

// resigned reads what somebody resigns from or as: an organization, a role,
// a seat on a board.
func (s *sentence) resigned(c *clause, k int) (pl place, p *phrase, board run) {
	pl, p = c.args.from, c.args.as
	for k+1 < len(s.nodes) && (s.nodes[k].kind == dateNode || s.nodes[k].is("on") && s.nodes[k+1].kind == dateNode) {
		k++ // "resigned on Monday from her post"
	}
	if k+1 < len(s.nodes) && s.nodes[k].is("at") && p == nil && pl.isZero() {
		if at, _ := s.placeAt(k+1, false); at.sure && !at.none {
			return at, nil, run{} // "stepped down at Acme"
		}
	}
	if k+1 < len(s.nodes) && s.nodes[k].is("from") {
		if at, e := s.jobPlace(k + 1); !at.isZero() {
			if d := s.argsOf(c, e).date; c.args.date == nil {
				c.args.date = d
			}
			return at, nil, run{}
		}
		if b, role, end, ok := s.board(k + 1); ok {
			c.args.date = s.argsOf(c, end).date
			return b, nil, role
		}
		if q := s.jobAt(k + 1); q != nil {
			p, pl = q, place{}
		} else if q := s.phraseAtNode(k + 1); q != nil {
			pl = q.first()
		}
	}
	if p != nil && !p.hasPlace() && pl.isZero() {
		p = s.wholeChain(p)
	}
	if p != nil && pl.isZero() {
		pl = p.first()
	}
	return pl, p, run{}
}

// wholeChain returns a phrase that takes in those joined to it, where the
// last one names the organization: "as chairman of the board, president and
// chief executive of Acme".
func (s *sentence) wholeChain(p *phrase) *phrase {
	all := s.chain(p)
	last := all[len(all)-1]
	if len(all) == 1 || !last.hasPlace() {
		return p
	}
	for _, q := range all {
		q.used = true
	}
	q := *p
	q.role.to, q.places, q.run.to = last.role.to, last.places, last.to
	return &q
}

// first returns the first organization of a phrase, or none.
func (p *phrase) first() place {
	if len(p.places) == 0 {
		return place{}
	}
	return p.places[0]
}

// headlined reports whether a participle ends a headline: "Acme chief ousted".
func (s *sentence) headlined(c *clause, k int) bool {
	return c.form.part && c.form.past && !c.perfect && k >= len(s.nodes) && c.start > 0 && s.nodes[c.start-1].kind == personNode
}

func (s *sentence) fire(c *clause) bool {
	k := s.after(c)
	if k < len(s.nodes) && s.nodes[k].is("of", "with") && c.form.row.needs != "" {
		k++ // "let go of A", "parted ways with A"
	}
	if c.form.row.base() == "relieve" && !s.ofDuties(c.at) {
		return false
	}
	if c.form.row.base() == "part" && s.partners(c) {
		return true
	}
	var pl place
	if c.passive || s.reduced(c, k) || s.headlined(c, k) {
		c.subj = s.subjectOf(c)
		if len(c.subj.people) == 0 && !c.passive {
			c.subj = s.amongBefore(c)
		}
		c.args = s.argsOf(c, k)
		pl = c.args.from
		if pl.isZero() && k < len(s.nodes) && s.nodes[k].is("from") {
			pl, _ = s.jobPlace(k + 1) // "fired from her job at Acme"
		}
		if pl.isZero() && s.nodes[k-1].is("of") {
			pl, _ = s.placeAt(k, true) // "forced out of Acme"
		}
		if pl.isZero() {
			pl = c.args.by.org
		}
		if pl.isZero() && c.args.as != nil && c.args.as.hasPlace() {
			pl = c.args.as.places[0]
		}
	} else {
		agent := s.agentOf(c)
		pl, c.agent = agent.org, agent.org
		sub, end := s.object(k)
		if len(sub.people) == 0 && !pl.isZero() {
			sub, end = s.included(k), k
		}
		if pl.isZero() && len(agent.people) > 0 && len(sub.people) == 1 {
			pl, _ = s.home(sub.people[0], false) // "fired Ada Quist, the head of Acme"
		}
		if len(sub.people) == 0 || pl.isZero() || s.court(pl) || end < len(s.nodes) && s.nodes[end].is("'s", "’s") {
			return false
		}
		if p := s.phraseAtNode(k); p != nil && len(p.holders) > 0 && !p.hasPlace() {
			p.places = []place{pl} // "Acme fired finance chief Ada Quist"
		}
		c.subj, c.args = sub, s.argsOf(c, end)
	}
	if len(c.subj.people) == 0 {
		return false
	}
	for _, w := range c.subj.people {
		s.quits(c, w, pl, c.args.as, c.form.row.manner)
	}
	return true
}

// court reports whether a place is a court: it dismisses claims, not people.
func (s *sentence) court(pl place) bool {
	for k := pl.name.from; k < pl.name.to; k++ {
		if s.toks[k].is("court", "tribunal") {
			return true
		}
	}
	return false
}

// exodusReach is within how many sentences people leave what a group of them
// is told to have left.
const exodusReach = 6

// everyone returns the people whom a list from node k names, what it says of
// each of them left out: "A, who ran sales, B, and C".
func (s *sentence) everyone(k int) subject {
	all := subject{at: k}
	for j := k; j < len(s.nodes) && !s.nodes[j].is(";", "."); j++ {
		if s.nodes[j].kind == personNode && s.nodes[j-1].is(":", ",", "and") && !s.owned(j) {
			all.people = append(all.people, s.whoAt(j))
		}
	}
	return all
}

// groupBehind returns those whom a colon names behind "three partners have
// left Acme". Without them, what the group left is kept for the sentences
// that follow.
func (s *sentence) groupBehind(c *clause, k int) subject {
	p := s.phraseEnding(c.start - 1)
	if p == nil || p.plural == "" || len(p.holders) > 0 {
		return subject{}
	}
	for j := k; j+1 < len(s.nodes); j++ {
		if s.nodes[j].is(":") && s.nodes[j+1].kind == personNode {
			return s.everyone(j + 1)
		}
	}
	if pl, _ := s.placeAt(k, false); pl.sure && !pl.firm && !pl.none && c.reject == "" {
		s.recent.exodus, s.recent.exodusAt = s.span(pl.name), s.index
	}
	return subject{}
}
