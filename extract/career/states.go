package career

import (
	"strings"

	"tenure/extract"
)

// foundOrg reads "A founded O", "O was founded in 1992 by A and B", "the
// startup co-founded by A".
func (s *sentence) foundOrg(c *clause) bool {
	if strings.HasPrefix(c.form.row.forms, "start") && s.startsAt(c) {
		return true
	}
	if c.form.row.act == actFound && c.form.base && !c.form.past && !c.inf && !c.future {
		return false // "I found Acme to be good": to find, not to found
	}
	k := s.after(c)
	loose := c.form.row.act == actFound
	if c.passive || c.bare || s.byAhead(k) && c.form.part {
		return s.foundedBy(c, k, loose)
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 || k >= len(s.nodes) {
		return false
	}
	n := s.nodes[k]
	if loose && (n.kind == placeNode || n.kind == otherNode) && n.kind != orgNode && !s.settled(n.run) {
		s.nodes[k].kind, s.nodes[k].sure = orgNode, false
	}
	pl, end := s.placeAt(k, !c.subj.unsure || s.likelyPerson(c.subj))
	if pl.isZero() && loose {
		pl, end = s.whichPlace(c), k
	}
	if pl.isZero() || pl.firm && !loose || pl.none {
		return false
	}
	if end < len(s.nodes) && (s.nodes[end].is("'s", "’s") || !loose && s.nodes[end].kind == plainNode && s.modifier(end) && s.isNoun(end) && s.nodes[end].low != "in") {
		return false // "launched Acme's first phone"
	}
	if !loose && !pl.sure && n.kind != nameNode && s.nodes[end-1].kind != nameNode {
		return false
	}
	c.args = s.argsOf(c, end)
	f := extract.Fact{Type: extract.Founded}
	s.dated(&f, c, true)
	places := []place{pl}
	if loose && end+1 < len(s.nodes) && s.nodes[end].is("and") && s.nodes[end+1].org() {
		places = append(places, place{name: s.nodes[end+1].run, sure: s.nodes[end+1].sure})
	}
	founders := append(append([]who{}, c.subj.people...), s.together(end)...)
	for _, at := range places {
		s.tellAll(c, founders, at, nil, func() extract.Fact { return f })
	}
	return true
}

// together returns the people behind "with" or "alongside".
func (s *sentence) together(k int) []who {
	for j := k; j < len(s.nodes) && j < k+6; j++ {
		n := s.nodes[j]
		switch {
		case n.is("with", "alongside") || n.is("together") && j+1 < len(s.nodes) && s.nodes[j+1].is("with"):
			for i := j + 1; i < len(s.nodes) && i < j+5; i++ {
				if s.nodes[i].kind == personNode {
					return s.peopleFrom(i).people
				}
				if s.nodes[i].kind != plainNode || s.nodes[i].verb != nil {
					return nil
				}
			}
			return nil
		case n.kind == dateNode || n.kind == placeNode || n.is("in", "on", ","):
		default:
			return nil
		}
	}
	return nil
}

// whichPlace returns the organization that "which" or "that" stands for:
// "Kindra, which she founded".
func (s *sentence) whichPlace(c *clause) place {
	for j := c.start - 1; j > 0 && c.start-j < 7; j-- {
		if !s.nodes[j].is("which", "that") {
			continue
		}
		for i := j - 1; i >= 0 && j-i < 12; i-- {
			if n := s.nodes[i]; n.kind == orgNode {
				return place{name: n.run, sure: true}
			}
		}
	}
	return place{}
}

// byAhead reports whether "by" follows before another verb.
func (s *sentence) byAhead(k int) bool {
	for j := k; j < len(s.nodes) && j < k+9; j++ {
		n := s.nodes[j]
		if n.is("by") {
			return true
		}
		if n.kind != dateNode && n.kind != placeNode && !(n.verb != nil && n.verb.part) && !n.is("in", "on", "as", "at", "the", ",", "and") && !(j > k && s.nodes[j-1].is("as", "the", "in") && n.org()) {
			return false
		}
	}
	return false
}

func (s *sentence) foundedBy(c *clause, k int, loose bool) bool {
	c.args = s.argsOf(c, k)
	if len(c.args.by.people) == 0 {
		return false
	}
	var pl place
	for j := k; j+1 < len(s.nodes) && j < k+8; j++ {
		if s.nodes[j].is("as") && s.nodes[j+1].org() {
			pl = place{name: s.nodes[j+1].run, sure: s.nodes[j+1].sure}
		}
		if s.nodes[j].is("by") {
			break
		}
	}
	if pl.isZero() {
		pl = s.foundedPlace(c)
	}
	if !loose && pl.firm || pl.isZero() && !loose {
		return false
	}
	c.subj = c.args.by
	f := extract.Fact{Type: extract.Founded}
	s.dated(&f, c, true)
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
	if last := len(c.subj.people); last > 0 {
		c.subj.people = c.subj.people[last-1:] // "…, who left": the one named last
	}
	return true
}

// foundedPlace finds what was founded, before the verb.
func (s *sentence) foundedPlace(c *clause) place {
	for j := c.start - 1; j >= 0 && c.start-j < 25; j-- {
		n := s.nodes[j]
		if c.passive && j == c.start-1 && n.to == n.from+1 && (n.kind == personNode || n.kind == otherNode || n.kind == placeNode) && !s.settled(n.run) {
			s.nodes[j].kind = orgNode // only organizations are founded
			n = s.nodes[j]
		}
		switch {
		case n.kind == orgNode && (j == c.start-1 || s.nodes[j+1].is(",", "(", "is", "was", "which", "that", "has")):
			return place{name: n.run, sure: true}
		case n.kind == nameNode && (j == c.start-1 || s.nodes[j+1].is(",", "(", "is", "was", "which")) && !s.mayBePerson(n.run):
			return place{name: n.run}
		case n.kind == firmNode:
			return place{name: n.run, firm: true}
		case n.is(";", "—"), n.kind == personNode && j == c.start-1:
			return place{}
		}
	}
	return place{}
}

// be reads "A is R of O", "A had been at O since 2018", "The R of O is A".
func (s *sentence) be(c *clause) bool {
	k := c.at + 1
	for k < len(s.nodes) && s.nodes[k].kind == plainNode && s.phraseAtNode(k) == nil && (adverb(s.nodes[k].low) || s.nodes[k].is("still", "previously", "formerly", "not", "never", "no")) {
		switch {
		case s.nodes[k].is("still"):
			c.still = true
		case s.nodes[k].is("previously", "formerly", "once"):
			c.former = true
		case s.nodes[k].is("not", "never", "no"):
			c.reject = "denied: " + s.nodes[k].low
		}
		k++
	}
	if k+2 < len(s.nodes) && s.nodes[k].is("for") && (s.nodes[k+1].kind == lengthNode || s.nodes[k+1].is("many", "several", "some") && s.nodes[k+2].is("years", "time")) {
		k += 2 + b2i(s.nodes[k+1].kind != lengthNode)
		if k < len(s.nodes) && s.nodes[k].is(",") {
			k++
		}
	}
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
	if !s.nodes[k].is("at", "with") {
		return false
	}
	pl, end := s.placeAt(k+1, false)
	if pl.isZero() {
		return false
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 {
		return false
	}
	c.args = s.argsOf(c, end)
	s.stays(c, pl, s.nodes[k].is("at"))
	return true
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
	case c.former:
		return extract.Former
	case c.future && c.form.row.act != actStay:
		return extract.Future
	case c.form.row.act == actBe && c.form.part && c.perfect && !c.past || c.perfect && !c.past && c.form.row.act != actServe:
		return extract.Current
	case c.perfect && strings.HasPrefix(c.form.row.forms, "work") && c.args.length == nil && (c.args.date == nil || !c.args.date.open):
		return extract.Former
	case c.perfect && s.hasPerfect(c):
		return extract.Current
	case c.past || c.form.past || c.ing:
		return extract.Former
	}
	return extract.Current
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
			if w := s.whereBefore(c); w != nil {
				at = *w
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

// whereBefore returns the organization that a "where" before the clause
// stands for.
func (s *sentence) whereBefore(c *clause) *place {
	for j := c.start - 1; j > 0 && c.start-j < 6; j-- {
		if !s.nodes[j].is("where") {
			continue
		}
		for i := j - 1; i >= 0 && j-i < 12; i-- {
			n := s.nodes[i]
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
	if len(c.subj.people) == 0 && k < len(s.nodes) && s.nodes[k].is("at", "for", "with") {
		return s.listBehind(c, k)
	}
	if len(c.subj.people) == 0 || k >= len(s.nodes) {
		return false
	}
	if s.nodes[k].is("as", "in") || c.form.row.forms[:2] == "em" {
		p := s.phraseAtNode(k + 1)
		if c.form.row.forms[:2] == "em" {
			c.args = s.argsOf(c, k)
			if !c.passive || c.args.by.org.isZero() {
				return false
			}
			if p = c.args.as; p == nil {
				s.stays(c, c.args.by.org, true)
				return true
			}
			p.places = []place{c.args.by.org}
		}
		if p == nil {
			for j := k + 1; s.nodes[k].is("in") && j+1 < len(s.nodes) && j < k+8 && s.nodes[j].kind == plainNode && s.nodes[j].verb == nil; j++ {
				if s.nodes[j].is("at") {
					places, end := s.placesAt(j+1, false)
					c.args = s.argsOf(c, end)
					for _, at := range places {
						s.stays(c, at, true)
					}
					break
				}
			}
			return true
		}
		s.holds(c, p)
		return true
	}
	if s.nodes[k].is("on") {
		if pl, role, end, ok := s.board(k + 1); ok && !pl.isZero() {
			c.args = s.argsOf(c, end)
			f := extract.Fact{Type: extract.RoleAt, Status: s.tense(c, nil), Role: s.words(role)}
			f.Spans.Role = s.span(role)
			s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
			return true
		}
	}
	if s.nodes[k].is("on") && strings.HasPrefix(c.form.row.forms, "serve") {
		if places, end := s.placesAt(k+1, false); len(places) > 0 && places[0].sure {
			c.args = s.argsOf(c, end)
			for _, pl := range places {
				f := extract.Fact{Type: extract.RoleAt, Status: s.tense(c, nil)}
				s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
				s.lasted(c, c.subj.people, pl)
			}
			return true
		}
	}
	if !s.nodes[k].is("at", "for", "with", "on", "in", "there") {
		if p := s.phraseAtNode(k); p != nil && !strings.HasPrefix(c.form.row.forms, "serve") {
			s.holds(c, p)
		}
		return true
	}
	places, end := s.placesAt(k+1, s.nodes[k].is("at", "for"))
	pl := place{}
	if len(places) > 0 {
		pl = places[0]
	}
	if pl.isZero() || s.nodes[k].is("in", "with") && (!pl.sure || strings.HasPrefix(c.form.row.forms, "work") && s.nodes[k].is("with")) {
		return true
	}
	if p := s.phraseAtNode(k + 1); p != nil && p.own {
		return true // "worked for Acme's chief executive"
	}
	c.args = s.argsOf(c, end)
	if p := c.args.as; p != nil && !p.hasPlace() {
		p.places = []place{pl}
		s.holds(c, p)
		return true
	}
	for _, at := range places {
		s.stays(c, at, true)
	}
	return true
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

// leads reads "A leads O", "O, led by A".
func (s *sentence) leads(c *clause) bool {
	k := s.after(c)
	if c.form.part && k < len(s.nodes) && s.nodes[k].is("by") {
		sub := s.agent(k + 1)
		if len(sub.people) == 0 || sub.unsure || c.start == 0 {
			return false
		}
		if p := s.phraseAtNode(k + 1); p != nil && !p.hasPlace() && !p.used {
			if at := s.ledPlace(c); !at.isZero() {
				p.places = []place{at}
				s.tellRole(p, sub.people[:1], extract.Current, s.rule(c), c)
			}
			return false
		}
		n := s.nodes[c.start-1]
		if n.is(",") && c.start > 1 {
			n = s.nodes[c.start-2]
		}
		if n.kind != orgNode {
			return false
		}
		c.subj = sub
		f := extract.Fact{Type: extract.RoleAt, Status: extract.Current}
		s.tellAll(c, sub.people[:1], place{name: n.run, sure: true}, nil, func() extract.Fact { return f })
		return false
	}
	if c.passive {
		return false
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 || c.subj.unsure || k >= len(s.nodes) {
		return false
	}
	pl, end := s.placeAt(k, c.inf && s.last != nil)
	if pl.isZero() {
		for j := k; j+1 < len(s.nodes) && j < k+6 && s.nodes[j].kind == plainNode && s.nodes[j].verb == nil && !s.nodes[j].is(","); j++ {
			if s.nodes[j].is("at") && j > k { // "led search at Microsoft"
				pl, end = s.placeAt(j+1, false)
				break
			}
		}
	}
	if pl.isZero() || pl.none || end < len(s.nodes) && (s.nodes[end].is("'s", "’s", "to", "into", "on", "with") || s.nodes[end].kind == plainNode && s.modifier(end) && s.isNoun(end)) {
		return true
	}
	if pl.firm && c.form.row.forms[:3] != "run" && c.form.row.forms[:4] != "lead" && c.form.row.forms[:4] != "head" {
		return true
	}
	c.args = s.argsOf(c, end)
	status := s.tense(c, nil)
	if c.inf && !c.future {
		status = extract.Current
	}
	if s.nodes[c.at].is("lead") && c.past {
		status = extract.Former
	}
	f := extract.Fact{Type: extract.RoleAt, Status: status}
	if d := c.args.date; d != nil && d.ranged {
		f.Date, f.DateEnd, f.Spans.Date = d.date, d.end, s.span(d.run)
	}
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
	s.lasted(c, c.subj.people, pl)
	return true
}

// ledPlace returns the organization that stands right before "led by", or is
// its subject.
func (s *sentence) ledPlace(c *clause) place {
	j := c.start - 1
	if j > 0 && s.nodes[j].is(",") {
		j--
	}
	if s.nodes[j].kind == orgNode {
		return place{name: s.nodes[j].run, sure: true}
	}
	if n := s.nodes[0]; n.kind == orgNode && c.passive && s.nodes[c.start-1].is("and") {
		return place{name: n.run, sure: true} // "Acme was set up in 2012 and is led by …"
	}
	return place{}
}

// spend reads "spent five years at O".
func (s *sentence) spend(c *clause) bool {
	k := s.after(c)
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 || k+2 >= len(s.nodes) || s.nodes[k].kind != lengthNode {
		return false
	}
	c.args.length = &s.nodes[k]
	var pl place
	for j := k + 1; j < len(s.nodes) && j < k+8; j++ {
		if s.nodes[j].is("as") {
			if p := s.phraseAtNode(j + 1); p != nil && p.hasPlace() {
				s.tellRole(p, c.subj.people, extract.Former, s.rule(c), c)
				pl = p.places[0]
				break
			}
		}
		if s.nodes[j].is("at", "with", "in") {
			if pl, _ = s.placeAt(j+1, s.nodes[j].is("at")); !pl.isZero() {
				break
			}
		}
	}
	if pl.isZero() || pl.none {
		return true
	}
	s.lasted(c, c.subj.people, pl)
	return true
}

// moved reads "moved from A to B in 2020": both ends.
func (s *sentence) moved(c *clause) bool {
	if c.passive {
		return false
	}
	c.subj = s.subjectOf(c)
	k := s.after(c)
	if len(c.subj.people) == 0 {
		return false
	}
	var from, to place
	end := k
	for j := k; j < len(s.nodes) && j < k+14; j++ {
		n := s.nodes[j]
		if n.verb != nil || n.is(";", ".", "who") {
			break
		}
		if n.is("from") && from.isZero() {
			from, end = s.placeAt(j+1, false)
		}
		if n.is("to") && to.isZero() && j+1 < len(s.nodes) && s.nodes[j+1].kind != plainNode {
			to, end = s.placeAt(j+1, false)
		}
	}
	if to.isZero() || to.none || to.firm && from.isZero() {
		return true
	}
	c.args = s.argsOf(c, max(end, k))
	back := strings.HasPrefix(c.form.row.forms, "return")
	if from.isZero() && (back && c.args.as == nil || strings.HasPrefix(c.form.row.forms, "come")) {
		return true
	}
	f := extract.Fact{Type: extract.Joined, Rejoined: back}
	s.dated(&f, c, true)
	if p := c.args.as; p != nil {
		s.setRole(&f, p)
		p.used = true
	}
	s.tellAll(c, c.subj.people, to, c.args.as, func() extract.Fact { return f })
	if !from.isZero() && !from.none {
		g := extract.Fact{Type: extract.Left, Date: f.Date, Planned: f.Planned, DateKind: f.DateKind}
		g.Spans.Date = f.Spans.Date
		s.tellAll(c, c.subj.people, from, nil, func() extract.Fact { return g })
	}
	return true
}

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
	if c.passive {
		return false
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 || c.subj.unsure {
		return false
	}
	for j := c.at + 1; j+1 < len(s.nodes) && j < c.at+9; j++ {
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
		if n.verb != nil || n.is(",", ".", ";") {
			return false
		}
		if !n.is("position", "post", "role", "title", "office", "rank", "positions", "posts", "roles") {
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

// handOver reads "A hands over to B".
func (s *sentence) handOver(c *clause) bool {
	k := c.at + 2
	if k < len(s.nodes) && s.nodes[k].is("as") {
		return false
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 || k+1 >= len(s.nodes) || !s.nodes[k].is("to") {
		return false
	}
	heir, end := s.object(k + 1)
	if len(heir.people) == 0 {
		return false
	}
	c.args = s.argsOf(c, end)
	s.succeeded(c, c.subj.people[0], heir.people[0], c.args.as)
	return true
}

// startsAt reads "began her career at O", "started work at O", "took a job
// at O".
func (s *sentence) startsAt(c *clause) bool {
	job := false
	for j := c.at + 1; j+1 < len(s.nodes) && j < c.at+7; j++ {
		n := s.nodes[j]
		switch {
		case n.is("work", "working", "career", "job", "position", "post", "role"):
			job = true
		case job && n.is("at", "with", "for"):
			pl, end := s.placeAt(j+1, false)
			c.subj = s.subjectOf(c)
			if !pl.sure || len(c.subj.people) == 0 || c.passive {
				return false
			}
			c.args = s.argsOf(c, end)
			f := extract.Fact{Type: extract.Joined}
			s.dated(&f, c, true)
			if p := c.args.as; p != nil {
				s.setRole(&f, s.within(p, pl))
				p.used = true
			}
			s.tellAll(c, c.subj.people, pl, c.args.as, func() extract.Fact { return f })
			return true
		case n.is("his", "her", "a", "the", "as", "new", "full-time", "first") || n.kind == plainNode && s.modifier(j):
		default:
			return false
		}
	}
	return false
}
