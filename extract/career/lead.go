package career

import (
	"strings"

	"tenure/extract"
)

// leads reads "A leads O", "O, led by A".
func (s *sentence) leads(c *clause) bool {
	k := s.after(c)
	if c.form.part && k < len(s.nodes) && s.nodes[k].is("by") {
		s.ledBy(c, k)
		return false
	}
	if c.passive {
		return false
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 || c.subj.unsure || k >= len(s.nodes) {
		return false
	}
	if n := s.nodes[k]; n.kind == otherNode && n.to == n.from+1 && (s.lasting(k+1) || k+1 < len(s.nodes) && s.nodes[k+1].is("as")) {
		s.asOrg(k) // "ran YouTube from 2014 to 2023"
	}
	pl, end := s.ledAt(c, k)
	if n := s.nodes[k]; n.kind == orgNode && k+2 < len(s.nodes) && s.nodes[k+1].is("'s", "’s") && s.unitOwned(k+2) > 0 {
		pl, end = place{name: n.run, sure: n.sure}, k+1 // "leads Acme's AI team"
	}
	if s.nodes[k].is("it") && s.last != nil && s.last.form.row.act == actFound && len(s.facts) > 0 {
		pl, end = place{told: s.facts[len(s.facts)-1].Fact.Spans.Org, sure: true}, k+1 // "founded Acme and chaired it"
	}
	if w := s.whereBefore(c); pl.isZero() && w != nil && s.nodes[k].kind == plainNode && s.modifier(k) {
		pl, end = *w, k+1 // "where she had run marketing"
		for end < len(s.nodes) && s.nodes[end].kind == plainNode && s.modifier(end) {
			end++
		}
	}
	if end+1 < len(s.nodes) && s.nodes[end].is("'s", "’s") && s.unitOwned(end+1) > 0 {
		end = s.unitOwned(end + 1) // "heads Acme's Brussels office"
	}
	if pl.isZero() || pl.none || end < len(s.nodes) && (s.nodes[end].is("to") && (!pl.firm || c.ing || c.inf) || s.nodes[end].is("'s", "’s", "into", "on", "with") || s.nodes[end].kind == plainNode && s.modifier(end) && s.isNoun(end)) {
		return true
	}
	if base, _, _ := strings.Cut(c.form.row.forms, " "); pl.firm && base != "run" && base != "lead" && base != "head" {
		return true
	}
	c.args = s.argsOf(c, end)
	if p := c.args.as; p != nil && !p.hasPlace() && !c.inf {
		p.places = []place{pl}
		s.holds(c, p) // "led Acme as chief executive"
		return true
	}
	f := extract.Fact{Type: extract.RoleAt, Status: s.tense(c, nil)}
	if c.inf && !c.future {
		f.Status = extract.Current
	}
	if d := c.args.date; d != nil && d.ranged {
		f.Date, f.DateEnd, f.Spans.Date = d.date, d.end, s.span(d.run)
	}
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return f })
	s.lasted(c, c.subj.people, pl)
	return true
}

// ledAt reads what somebody leads: an organization, or a field "at" one.
func (s *sentence) ledAt(c *clause, k int) (place, int) {
	pl, end := s.placeAt(k, c.inf && s.last != nil)
	for j := k; pl.isZero() && j+1 < len(s.nodes) && j < k+6 && (s.nodes[j].kind == plainNode || s.nodes[j].kind == placeNode || s.nodes[j].kind == nameNode || s.nodes[j].kind == otherNode) && s.nodes[j].verb == nil && !s.nodes[j].is(","); j++ {
		if s.nodes[j].is("at") && j > k || s.nodes[j].is("of") && j > k && s.nodes[j-1].is("bureau", "office", "division", "unit", "arm", "team", "department") {
			return s.placeAt(j+1, false) // "led search at Microsoft"
		}
	}
	return pl, end
}

// ledBy reads "O, led by A", "O is led by R A".
func (s *sentence) ledBy(c *clause, k int) {
	sub := s.agent(k + 1)
	if len(sub.people) == 0 || sub.unsure || c.start == 0 {
		return
	}
	at := s.ledPlace(c)
	if at.isZero() {
		return
	}
	if p := s.phraseAtNode(k + 1); p != nil && !p.hasPlace() && !p.used {
		p.places = []place{at}
		s.tellRole(p, sub.people[:1], s.ledStatus(c), s.rule(c), c)
		return
	}
	c.subj = sub
	f := extract.Fact{Type: extract.RoleAt, Status: s.ledStatus(c)}
	s.tellAll(c, sub.people[:1], at, nil, func() extract.Fact { return f })
}

// ledStatus returns whether who leads still does.
func (s *sentence) ledStatus(c *clause) string {
	for j := c.start; j < c.at; j++ {
		if s.nodes[j].is("was", "were") {
			return extract.Former
		}
	}
	if c.former {
		return extract.Former
	}
	return extract.Current
}

// ledPlace returns the organization that stands right before "led by", or is
// its subject.
func (s *sentence) ledPlace(c *clause) place {
	j := c.start - 1
	if j > 0 && s.nodes[j].is(",") {
		j--
	}
	if n := s.nodes[0]; n.kind == orgNode && s.nodes[c.start-1].is(",") && len(s.nodes) > 1 && s.nodes[1].is("is", "was") && s.samePredicate(2, c.start) {
		return place{name: n.run, sure: true} // "Acme is a game studio, formerly led by …"
	}
	if s.nodes[j].kind == orgNode {
		if s.teamAt(j, c) {
			return place{}
		}
		return place{name: s.nodes[j].run, sure: true}
	}
	for i := 1; i < j; i++ { // "Today, Acme is a family-owned company led by …"
		if s.nodes[i].is("is") && s.nodes[i-1].kind == orgNode && s.nodes[j].kind == plainNode && firmWord(s.nodes[j].low) && s.samePredicate(i+1, c.start) {
			return place{name: s.nodes[i-1].run, sure: s.nodes[i-1].sure}
		}
	}
	if n := s.nodes[0]; n.kind == nameNode && c.passive && c.start == 1 && !s.mayBePerson(n.run) {
		return place{name: n.run}
	}
	if n := s.nodes[0]; n.kind == orgNode && c.passive && s.nodes[c.start-1].is("and") {
		return place{name: n.run, sure: true} // "Acme was set up in 2012 and is led by …"
	}
	return place{}
}

// teamAt reports whether the organization at j, before "led by", only says
// where those are who are led: "a team at Acme led by", "researchers from Acme,
// led by".
func (s *sentence) teamAt(j int, c *clause) bool {
	for j > 0 && s.nodes[j-1].is("the") {
		j--
	}
	if !s.prepBefore(j) {
		return false
	}
	return j == c.start-1 || j > 1 && s.nodes[j-2].is("team", "group", "study", "research", "researchers", "scientists", "engineers", "project", "effort", "trial", "experiment", "initiative", "paper", "work", "collaboration", "investigation", "program", "programme")
}

// spend reads "spent five years at O".
func (s *sentence) spend(c *clause) bool {
	k := s.after(c)
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 1 && !c.subj.unsure && s.wholeCareer(c, k) {
		return true
	}
	if len(c.subj.people) == 0 || k+2 >= len(s.nodes) || s.nodes[k].kind != lengthNode {
		return false
	}
	c.args.length = &s.nodes[k]
	var pl place
	end := 0
	if w := s.whereBefore(c); w != nil {
		pl = *w // "from Acme, where she spent five years"
		s.lastlyAs(c, k+1, pl)
	}
	for j := k + 1; pl.isZero() && j < len(s.nodes) && j < k+8; j++ {
		if s.nodes[j].is("as") {
			if p := s.phraseAtNode(j + 1); p != nil && p.hasPlace() {
				s.tellRole(p, c.subj.people, extract.Former, s.rule(c), c)
				pl = p.places[0]
				break
			}
		}
		if s.nodes[j].is("at", "with", "in") {
			if pl, end = s.placeAt(j+1, s.nodes[j].is("at")); !pl.isZero() {
				s.lastlyAs(c, end, pl)
			}
		}
	}
	if pl.isZero() || pl.none {
		return true
	}
	s.lasted(c, c.subj.people, pl)
	if end > 0 {
		s.andAgain(c, end)
	}
	return true
}

// lastlyAs reads ", most recently as R" at node k: what somebody was at last
// in the place told of.
func (s *sentence) lastlyAs(c *clause, k int, pl place) {
	if k < len(s.nodes) && s.nodes[k].is(",") {
		k++
	}
	if k+2 >= len(s.nodes) || !(s.nodes[k].is("most") && s.nodes[k+1].is("recently") || s.nodes[k].is("latterly", "lastly", "ultimately", "finally", "ending", "finishing")) {
		return
	}
	k += 1 + b2i(s.nodes[k].is("most"))
	if s.nodes[k].is("as") {
		k++
	}
	p := s.phraseAtNode(k)
	if p == nil || p.used || len(p.holders) > 0 || p.hasPlace() && p.places[0].name != pl.name {
		return
	}
	p.places = []place{pl}
	s.tellRole(p, c.subj.people, extract.Former, s.rule(c), c)
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
	if s.movesOn(c, k) || s.movesUp(c, k) {
		return true
	}
	var from, to place
	end := k
	for j := k; j < len(s.nodes) && j < k+14; j++ {
		n := s.nodes[j]
		if n.verb != nil || n.is(";", ".", "who", "but", "while", "when", "as") {
			break
		}
		if n.is("from") && from.isZero() {
			from, end = s.placeAt(j+1, false)
		}
		if n.is("to") && to.isZero() && j+2 < len(s.nodes) && (s.nodes[j+1].kind != plainNode || s.nodes[j+1].is("the") && s.nodes[j+2].kind == orgNode || s.rivalAhead(j+1)) {
			if from.sure || s.asBehind(j+2) {
				s.asOrg(j + 1)
			}
			to, end = s.placeAt(j+1, false)
		}
	}
	if p := s.returnedAs(c, k); to.isZero() && p != nil {
		to, end = p.first(), p.to
	}
	if to.isZero() && k < len(s.nodes) && s.nodes[k].is("from") && c.form.row.base() == "come" && from.sure && !c.ing && !c.subj.unsure && !s.learned(from) {
		c.args.from = from
		s.cameFrom(c) // "comes from Acme"
	}
	if to.isZero() || to.none || to.firm && from.isZero() && !strings.HasPrefix(c.form.row.forms, "return") {
		return true
	}
	c.args = s.argsOf(c, max(end, k))
	if c.args.date == nil {
		c.args.date = s.dateInside(c, end) // "came to Acme in 2014 from Initech"
	}
	back := strings.HasPrefix(c.form.row.forms, "return")
	if from.isZero() && !s.afterYears(c, to) && (back && c.args.as == nil && !s.leftFor(c, to) || strings.HasPrefix(c.form.row.forms, "come")) {
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

// asBehind reports whether a role follows at node k, or one further where an
// article stands in between: "returns to the Mirror as editor".
func (s *sentence) asBehind(k int) bool {
	for j := k; j+1 < len(s.nodes) && j < k+2; j++ {
		if s.nodes[j].is("as") && s.phraseAtNode(j+1) != nil {
			return !visits(s.toks[s.phraseAtNode(j+1).head])
		}
	}
	return false
}

// afterYears reports whether somebody comes to a place for good, as far as the
// time tells: "comes to Acme after six years at Initech" is no visit.
func (s *sentence) afterYears(c *clause, to place) bool {
	if d := c.args.date; to.sure && !s.learned(to) && !s.toDo(c) && d != nil && c.form.past && d.date.Precision == extract.ByYear && d.date.RelativeTo == "" && !d.ranged {
		return true // "came to Acme in 2014"
	}
	for j := c.at; (to.sure || to.firm) && j+2 < len(s.nodes); j++ {
		if s.nodes[j].is("after", "following") && s.stintAhead(j+1) {
			return true
		}
		if s.nodes[j].is("after", "following") && s.nodes[j+1].kind == lengthNode && s.nodes[j+2].is("at", "with", "as") {
			return true
		}
	}
	return false
}

// stintAhead reports whether a stay somewhere is named from node k on: "a
// four-year stint", "his brief spell".
func (s *sentence) stintAhead(k int) bool {
	for j := k; j < len(s.nodes) && j < k+4; j++ {
		n := s.nodes[j]
		if n.is("stint", "spell", "stints", "career") {
			return true
		}
		if n.kind != lengthNode && !n.is("a", "an", "his", "her", "brief", "short", "long", "second") && !(n.kind == plainNode && inYears(s.toks[n.from])) {
			return false
		}
	}
	return false
}

// toDo reports whether an aim follows: "came to Acme in 2014 to give a talk".
func (s *sentence) toDo(c *clause) bool {
	for j := c.at + 2; j+1 < len(s.nodes); j++ {
		if s.nodes[j].is("to", "for") && s.nodes[j-1].kind == dateNode {
			return !(s.toLead(j) || s.nodes[j+1].is("become", "work", "be"))
		}
	}
	return false
}

// leftFor reports whether somebody leaves one place to return to another:
// "is to step down to return to Acme".
func (s *sentence) leftFor(c *clause, to place) bool {
	return (c.inf || c.perfect) && to.sure && s.last != nil && (s.last.form.row.act == actLeave || s.last.form.row.act == actResign)
}

// returnedAs returns the role in "returning as a professor at O", at node k.
func (s *sentence) returnedAs(c *clause, k int) *phrase {
	if c.form.row.base() != "return" || k+1 >= len(s.nodes) || !s.nodes[k].is("as") {
		return nil
	}
	if p := s.phraseAtNode(k + 1); p != nil && p.hasPlace() {
		return p
	}
	return nil
}

// startsAs reads "began her career as R of O".
func (s *sentence) startsAs(c *clause, p *phrase) bool {
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 || c.passive || p.places[0].none {
		return false
	}
	c.args = s.argsOf(c, p.to)
	f := extract.Fact{Type: extract.Joined}
	s.dated(&f, c, true)
	s.setRole(&f, p)
	p.used = true
	s.tellAll(c, c.subj.people, p.places[0], p, func() extract.Fact { return f })
	return true
}

// startsAt reads "began her career at O", "started work at O", "took a job
// at O".
func (s *sentence) startsAt(c *clause) bool {
	job := false
	for j := c.at + 1; j+1 < len(s.nodes) && j < c.at+7; j++ {
		n := s.nodes[j]
		switch {
		case jobWord(n), n.is("work", "working", "career"):
			job = true
		case (job || j == c.at+1) && n.is("as") && s.phraseAtNode(j+1) != nil && s.phraseAtNode(j+1).hasPlace():
			return s.startsAs(c, s.phraseAtNode(j+1))
		case job && n.is("at", "with", "for"), j == c.at+1 && n.is("at"):
			pl, end := s.placeAt(j+1, false)
			c.subj = s.subjectOf(c)
			if !pl.sure || len(c.subj.people) == 0 || c.passive {
				return false
			}
			if c.args = s.argsOf(c, end); !job && c.form.row.base() == "land" && c.args.as == nil {
				return false // planes land, too
			}
			s.comesTo(c, pl, end)
			return true
		case n.kind == dateNode && j == c.at+1: // "started on Monday as"
			c.front = &s.nodes[j]
			if j+1 < len(s.nodes) && s.nodes[j+1].is("as") && s.phraseAtNode(j+2) != nil && s.phraseAtNode(j+2).hasPlace() {
				return s.startsAs(c, s.phraseAtNode(j+2))
			}
		case n.is("his", "her", "a", "the", "as", "new", "full-time", "first") || n.kind == plainNode && s.modifier(j):
		default:
			return false
		}
	}
	return false
}
