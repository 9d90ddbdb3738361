package career

import (
	"strings"

	"tenure/extract"
)

// be reads "A is R of O", "A had been at O since 2018", "The R of O is A".
func (s *sentence) be(c *clause) bool {
	k := s.afterBe(c)
	if s.isOut(c, k) || s.isMade(c, k) || s.inCharge(c, k) {
		return true
	}
	told := s.isA(c, k)
	return s.predicates(c, k) || told
}

// isA reads what stands right behind "is".
func (s *sentence) isA(c *clause, k int) bool {
	if k >= len(s.nodes) || s.nodes[k].verb != nil && s.phraseAtNode(k) == nil {
		return false
	}
	if p := s.phraseBehind(c); p != nil && s.nodes[k].kind == personNode {
		s.tellRole(p, s.peopleFrom(k).people[:1], s.tense(c, p), "prose/be", c)
		return true
	}
	if p := s.phraseAtNode(k); p != nil && (len(p.holders) == 0 || p.aside) {
		c.subj = s.subjectOf(c)
		if len(c.subj.people) == 0 || c.subj.unsure {
			return false
		}
		s.holds(c, p)
		return true
	}
	c.subj = s.subjectOf(c)
	if s.inTheRole(c, k) {
		return true
	}
	if s.nodes[k].is("on") && len(c.subj.people) > 0 {
		return s.servesOnBoard(c, k) || s.onStaff(c, k)
	}
	if !s.nodes[k].is("at", "with") {
		return false
	}
	pl, end := s.placeAt(k+1, false)
	if pl.isZero() || len(c.subj.people) == 0 {
		return false
	}
	c.args = s.argsOf(c, end)
	s.stays(c, pl, s.nodes[k].is("at"))
	return true
}

// onStaff reads "is on the faculty of O".
func (s *sentence) onStaff(c *clause, k int) bool {
	if k+4 >= len(s.nodes) || !s.nodes[k+1].is("the") || !s.nodes[k+2].is("faculty", "staff", "team") || !s.nodes[k+3].is("of", "at") {
		return false
	}
	places, end := s.placesAt(k+4, false)
	c.args = s.argsOf(c, end)
	for _, pl := range places {
		s.stays(c, pl, true)
	}
	return len(places) > 0
}

// afterBe returns the node behind "is", adverbs and "for many years" skipped.
func (s *sentence) afterBe(c *clause) int {
	k := c.at + 1
	for ; k < len(s.nodes) && s.nodes[k].kind == plainNode && s.phraseAtNode(k) == nil; k++ {
		n := s.nodes[k]
		if s.noLonger(k) {
			c.gone = true
			k++
			continue
		}
		if !adverb(n.low) && !n.is("still", "previously", "formerly", "not", "never", "no") {
			break
		}
		c.still = c.still || n.is("still")
		c.former = c.former || n.is("previously", "formerly", "once")
		if n.is("not", "never", "no") {
			c.reject = "denied: " + n.low
		}
	}
	if k+2 < len(s.nodes) && s.nodes[k].is("for") && (s.nodes[k+1].kind == lengthNode || s.nodes[k+1].is("many", "several", "some") && s.nodes[k+2].is("years", "time")) {
		k += 2 + b2i(s.nodes[k+1].kind != lengthNode)
		if k < len(s.nodes) && s.nodes[k].is(",") {
			k++
		}
	}
	return k
}

// phraseBehind returns the phrase that is the subject of "is": "The CEO of
// Acme is …".
func (s *sentence) phraseBehind(c *clause) *phrase {
	if c.start == 0 {
		return nil
	}
	p := s.phraseEnding(c.start - 1)
	if p == nil || len(p.holders) > 0 || !p.hasPlace() || !s.opens(p) {
		return nil
	}
	return p
}

// tense returns the status that the verb's tense gives a role.
func (s *sentence) tense(c *clause, p *phrase) string {
	switch {
	case p != nil && p.status != "":
		return p.status
	case p != nil && s.toks[p.head].is("alumnus", "alumna", "alum", "veteran"):
		return extract.Former
	case c.gone && c.future:
		return extract.Leaving
	case c.former || c.gone:
		return extract.Former
	case c.future && c.form.row.act != actStay:
		return extract.Future
	case c.form.row.act == actBe && c.form.part && c.perfect && !c.past || c.perfect && !c.past && c.form.row.act != actServe:
		return extract.Current
	case c.perfect && strings.HasPrefix(c.form.row.forms, "work") && c.args.length == nil && (c.args.date == nil || !c.args.date.open):
		return extract.Former
	case c.perfect && s.hasPerfect(c):
		return extract.Current
	case c.passive && s.present(c):
		return extract.Current // "is employed by"
	case c.past || c.form.past || c.ing:
		return extract.Former
	}
	return extract.Current
}

// present reports whether a passive tells of now: "is employed".
func (s *sentence) present(c *clause) bool {
	for j := c.start; j < c.at; j++ {
		if s.nodes[j].is("is", "are", "am") {
			return true
		}
	}
	return false
}

// hasPerfect reports "has served", not "had served".
func (s *sentence) hasPerfect(c *clause) bool {
	for j := c.start; j < c.at; j++ {
		if s.nodes[j].is("had", "'d", "’d") {
			return false
		}
	}
	return !s.says("previously") && !s.says("formerly")
}

// holds tells the roles behind "is", "served as" …
func (s *sentence) holds(c *clause, p *phrase) {
	phrases := s.chain(p)
	end := phrases[len(phrases)-1].to
	c.args = s.argsOf(c, end)
	status := s.tense(c, p)
	for _, q := range phrases {
		if q.used {
			continue
		}
		q.holders = c.subj.people
		st := status
		if q.status != "" {
			st = q.status
		}
		if !q.hasPlace() {
			at := place{}
			if len(c.subj.people) > 0 && (q.its || s.whereBefore(c) != nil) {
				at, _ = s.home(c.subj.people[0], true)
			}
			if at.isZero() && !q.its && s.bareChief(c, q) {
				at, _ = s.home(c.subj.people[0], false)
			}
			if at.isZero() && q.its {
				at = place{name: s.nodes[q.from].run, firm: true}
			}
			if w := s.whereBefore(c); w != nil {
				at = *w
			}
			if at.isZero() && !q.its {
				at = s.leftBehind(c, q)
			}
			if at.isZero() {
				q.used = true
				continue
			}
			q.places = []place{at}
		}
		if d := c.args.date; !q.ranged && d != nil && d.ranged {
			q.date, q.dateEnd, q.dateAt, q.ranged, q.open = d.date, d.end, d.run, true, d.open
		} else if f := s.front; !q.ranged && f != nil && f.ranged && f.from < s.nodes[c.at].from {
			q.date, q.dateEnd, q.dateAt, q.ranged, q.open = f.date, f.end, f.run, true, f.open
		}
		s.tellRole(q, c.subj.people, st, s.rule(c), c)
		if q.months.months == 0 && c.args.length != nil {
			s.lasted(c, c.subj.people, q.places[0])
		}
	}
}

// leftBehind returns what the person is told to leave by the sentence before,
// where this one says since when, or for how long, a role without its
// organization was held: "Ada Quist is leaving Acme. She has been media editor
// since 2016."
func (s *sentence) leftBehind(c *clause, p *phrase) place {
	if s.index-s.recent.leftAt > 2 || len(c.subj.people) != 1 || c.future || c.subj.people[0].pronoun == "" {
		return place{}
	}
	since := p.open || p.months.months > 0 || c.args.length != nil || c.args.date != nil && c.args.date.open
	name, _, _ := s.resolve(c.subj.people[0])
	if org, ok := s.recent.leaving[name]; ok && since {
		return place{told: org, sure: true}
	}
	return place{}
}

// bareChief reports whether a role of leadership without its organization is
// that of the place which the same sentence tells of: "founded Acme in 2011
// and has served as its CEO".
func (s *sentence) bareChief(c *clause, p *phrase) bool {
	if s.last == nil || len(c.subj.people) != 1 || len(s.last.subj.people) != 1 || !topRole(s.toks[p.head].low) {
		return false
	}
	switch s.last.form.row.act {
	case actFound, actStart, actJoin, actLead, actName, actBecome:
		return true
	}
	return false
}

// whereBefore returns the organization that a "where" before the clause
// stands for.
func (s *sentence) whereBefore(c *clause) *place {
	for j := c.start - 1; j > 0 && c.start-j < 6; j-- {
		if !s.nodes[j].is("where") {
			continue
		}
		for i := j - 1; i >= 0 && j-i < 16; i-- {
			n := s.nodes[i]
			if n.is(")") {
				i = s.openBracket(i)
				continue
			}
			if n.kind == orgNode || n.kind == nameNode && i >= j-2 || n.kind == firmNode {
				if i > 1 && s.nodes[i-1].is("the") && s.nodes[i-2].is("of") && s.phraseCovering(i) == nil && s.nodes[i].kind == orgNode {
					return &place{name: n.run, sure: true}
				}
				return &place{name: n.run, firm: n.kind == firmNode, sure: n.sure}
			}
		}
		if !s.where.isZero() {
			return &s.where
		}
	}
	return nil
}

// stays tells that somebody is, or was, at a place without a role: joined
// where the words say since when, both ends where they give a range.
func (s *sentence) stays(c *clause, pl place, state bool) {
	if c.gone {
		f := extract.Fact{Type: extract.Left}
		s.dated(&f, c, true)
		s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
		return
	}
	d := c.args.date
	if d == nil && s.front != nil && s.front.ranged && s.front.from < s.nodes[c.at].from {
		d = s.front
	}
	switch {
	case d != nil && d.ranged:
		at := s.span(d.run)
		f := extract.Fact{Type: extract.Joined, Date: d.date, Spans: extract.FactSpans{Date: at}}
		s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
		if !d.end.IsZero() {
			g := extract.Fact{Type: extract.Left, Date: d.end, Spans: extract.FactSpans{Date: at}}
			s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return g })
		}
	case c.args.length != nil:
	case state:
		f := extract.Fact{Type: extract.RoleAt, Status: s.tense(c, nil), Still: c.still}
		s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
	}
	s.lasted(c, c.subj.people, pl)
	s.where = pl
	if s.nodes[0].is("of") && s.says("founders") && c.still {
		f := extract.Fact{Type: extract.Founded}
		s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f }) // "Of the founders only A is still at O"
	}
}

// serve reads "served as R of O", "worked for O from 1972 to 1987", "was
// employed by O as R".
func (s *sentence) serve(c *clause) bool {
	k := s.after(c)
	c.subj = s.subjectOf(c)
	if k >= len(s.nodes) {
		return false
	}
	if len(c.subj.people) == 0 {
		return s.nodes[k].is("at", "for", "with") && s.listBehind(c, k)
	}
	serves := strings.HasPrefix(c.form.row.forms, "serve")
	if s.wentToWork(c, k) {
		return true
	}
	switch n := s.nodes[k]; {
	case strings.HasPrefix(c.form.row.forms, "employ") && !(c.passive && n.is("at", "with")):
		return s.employedBy(c, k)
	case n.is("as", "in") && s.phraseAtNode(k+1) != nil:
		s.holds(c, s.phraseAtNode(k+1))
	case n.is("for") && k+1 < len(s.nodes) && s.nodes[k+1].kind == lengthNode && s.whereBefore(c) != nil:
		c.args = s.argsOf(c, k)
		s.stays(c, *s.whereBefore(c), false) // "Acme, where she served for six years"
	case n.is("as"):
	case n.is("in"):
		s.servesIn(c, k)
	case n.is("on") && (s.servesOnBoard(c, k) || serves && s.servesOn(c, k)):
	case n.is("at", "for", "with", "on"):
		s.servesAt(c, k)
	case !serves && s.phraseAtNode(k) != nil:
		s.holds(c, s.phraseAtNode(k))
	}
	return true
}

// employedBy reads "was employed by O as R".
func (s *sentence) employedBy(c *clause, k int) bool {
	c.args = s.argsOf(c, k)
	p := c.args.as
	if c.passive && c.args.by.org.isZero() && p != nil && p.hasPlace() {
		s.holds(c, p) // "is employed as an engineer at Acme"
		return true
	}
	if !c.passive || c.args.by.org.isZero() {
		return false
	}
	if p == nil {
		s.stays(c, c.args.by.org, true)
		return true
	}
	p.places = []place{c.args.by.org}
	s.holds(c, p)
	return true
}

// servesIn reads "worked in communications at O".
func (s *sentence) servesIn(c *clause, k int) {
	for j := k + 1; j+1 < len(s.nodes) && j < k+12 && (s.nodes[j].kind == plainNode || s.nodes[j].kind == nameNode || s.nodes[j].kind == otherNode) && s.nodes[j].verb == nil; j++ {
		if !s.nodes[j].is("at") {
			continue
		}
		places, end := s.placesAt(j+1, false)
		c.args = s.argsOf(c, end)
		for _, at := range places {
			s.stays(c, at, true)
		}
		return
	}
}

// servesOnBoard reads "served on the board of O".
func (s *sentence) servesOnBoard(c *clause, k int) bool {
	pl, role, end, ok := s.board(k + 1)
	if !ok || pl.isZero() {
		return false
	}
	places := []place{pl}
	for end+1 < len(s.nodes) && s.nodes[end].is("and", ",") && s.nodes[end+1].kind == orgNode && !s.subjectAhead(end+2) {
		places = append(places, place{name: s.nodes[end+1].run, sure: s.nodes[end+1].sure})
		end += 2
	}
	c.args = s.argsOf(c, end)
	f := extract.Fact{Type: extract.RoleAt, Status: s.tense(c, nil), Role: s.words(role)}
	f.Spans.Role = s.span(role)
	for _, at := range places {
		s.tellAll(c, c.subj.people, at, nil, func() extract.Fact { return f })
	}
	return true
}

// servesOn reads "served on the City Council".
func (s *sentence) servesOn(c *clause, k int) bool {
	places, end := s.placesAt(k+1, false)
	if len(places) == 0 || !places[0].sure {
		return false
	}
	c.args = s.argsOf(c, end)
	for _, pl := range places {
		f := extract.Fact{Type: extract.RoleAt, Status: s.tense(c, nil)}
		s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
		s.lasted(c, c.subj.people, pl)
	}
	return true
}

// servesAt reads "worked at O", "worked for A and B as R".
func (s *sentence) servesAt(c *clause, k int) {
	if s.nodes[k].is("for") {
		s.asTown(k + 1)
	}
	places, end := s.placesAt(k+1, s.nodes[k].is("at", "for"))
	if len(places) == 0 || s.nodes[k].is("with") && (!places[0].sure || strings.HasPrefix(c.form.row.forms, "work") && !s.lasting(end)) {
		return
	}
	if p := s.phraseAtNode(k + 1); p != nil && p.own {
		return // "worked for Acme's chief executive"
	}
	c.args = s.argsOf(c, end)
	if p := c.args.as; p != nil && !p.hasPlace() {
		p.places = places[:1]
		s.holds(c, p)
		return
	}
	for _, at := range places {
		s.stays(c, at, true)
	}
}

// asTown takes "the City of Leeds", for which somebody works, for an
// organization.
func (s *sentence) asTown(k int) {
	if k < len(s.nodes) && s.nodes[k].is("the") {
		k++
	}
	if k < len(s.nodes) && s.nodes[k].kind == placeNode && s.nodes[k].to-s.nodes[k].from > 2 && s.toks[s.nodes[k].from].is("city", "town", "county", "state", "government", "port") && s.toks[s.nodes[k].from+1].is("of") {
		s.nodes[k].kind = orgNode
	}
}

// lasting reports whether a length of time or a range follows: "worked with
// Acme for 23 years" is no single visit.
func (s *sentence) lasting(k int) bool {
	if k >= len(s.nodes) {
		return false
	}
	n := s.nodes[k]
	return n.kind == dateNode && n.ranged || n.is("for") && k+1 < len(s.nodes) && s.nodes[k+1].kind == lengthNode
}

// listBehind reads "three still work at O: R A, R B and R C": the roles are
// held at O.
func (s *sentence) listBehind(c *clause, k int) bool {
	pl, end := s.placeAt(k+1, true)
	if pl.isZero() || end >= len(s.nodes) || !s.nodes[end].is(":", "–", "—") {
		return false
	}
	for i := range s.phrases {
		p := &s.phrases[i]
		if p.from > end && !p.hasPlace() && len(p.holders) > 0 {
			p.places = []place{pl}
			s.tellRole(p, p.holders, s.tense(c, p), s.rule(c), c)
		}
	}
	return true
}

// placesAt reads one organization or a list of them.
func (s *sentence) placesAt(k int, loose bool) ([]place, int) {
	var p phrase
	end, ok := s.placeList(k, &p, loose)
	if !ok {
		return nil, k
	}
	return p.places, end
}
