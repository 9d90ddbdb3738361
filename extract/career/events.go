package career

import (
	"strings"

	"tenure/extract"
)

// events reads the verbs of the sentence from left to right.
func (s *sentence) events() {
	for k := range s.nodes {
		n := s.nodes[k]
		if n.verb == nil || !s.isVerb(k) {
			continue
		}
		c := s.clauseAt(k)
		c.args.stop = len(s.nodes)
		if needs := c.form.row.needs; needs != "" {
			if k+1 >= len(s.nodes) || !s.nodes[k+1].is(strings.Fields(needs)...) {
				continue
			}
		}
		if s.event(&c) {
			s.last = &c
		}
	}
}

// isVerb reports whether the form at k is a verb here: no part of a role, no
// noun behind an article.
func (s *sentence) isVerb(k int) bool {
	n := s.nodes[k]
	if p := s.phraseCovering(k); p != nil {
		return false
	}
	if s.toks[n.from].upper() && k > 0 && !s.nodes[k-1].is(`"`, "“", ":", "-", "–", "•", "(") && !s.titleCase() {
		return false
	}
	if k > 0 && s.nodes[k-1].is("the", "a", "an", "this", "of") && !(n.verb.ing) && !n.verb.past {
		return false
	}
	if k > 0 && s.nodes[k-1].is("the", "a", "an", "newly", "recently") && n.verb.past && k+1 < len(s.nodes) && !s.nodes[k+1].is("by") {
		return false
	}
	return true
}

// titleCase reports whether the sentence is a headline with capitals all over.
func (s *sentence) titleCase() bool {
	small := 0
	for _, n := range s.nodes {
		if n.kind == plainNode && s.toks[n.from].kind == word && !s.toks[n.from].upper() && len(n.low) > 3 && !functionWord(s.toks[n.from]) {
			small++
		}
	}
	return small == 0 && len(s.nodes) > 3
}

// event tells the facts of one verb and reports whether it is one that a
// later verb can share its subject with.
func (s *sentence) event(c *clause) bool {
	switch c.form.row.act {
	case actJoin:
		return s.join(c)
	case actLeave:
		return s.leave(c)
	case actResign:
		return s.resign(c)
	case actHire, actBring:
		return s.hire(c)
	case actFire:
		return s.fire(c)
	case actName:
		return s.name(c)
	case actBecome:
		return s.become(c)
	case actTake:
		return s.takeOver(c)
	case actFollow:
		return s.follow(c)
	case actFound, actStart:
		return s.foundOrg(c)
	case actBe:
		return s.be(c)
	case actServe:
		return s.serve(c)
	case actLead:
		return s.leads(c)
	case actSpend:
		return s.spend(c)
	case actMove:
		return s.moved(c)
	case actStay:
		return s.stay(c)
	case actTeach:
		return s.teach(c)
	case actHold:
		return s.hold(c)
	case actWrite:
		return s.write(c)
	case actSit:
		return s.sit(c)
	case actDie:
		return s.die(c)
	case actHand:
		return s.handOver(c)
	case actBegin:
		return s.startsAt(c)
	}
	return false
}

// after returns the node behind the verb, adverbs and the verb's particle
// skipped.
func (s *sentence) after(c *clause) int {
	k := c.at + 1
	for k < len(s.nodes) && s.nodes[k].kind == plainNode && s.phraseAtNode(k) == nil && (adverb(s.nodes[k].low) && !s.nodes[k].is("since") || c.form.row.needs != "" && k == c.at+1) {
		k++
	}
	return k
}

func (s *sentence) rule(c *clause) string {
	base, _, _ := strings.Cut(c.form.row.forms, " ")
	return "prose/" + base
}

// dated sets when it happened, or will, and whether it still lies ahead.
func (s *sentence) dated(f *extract.Fact, c *clause, own bool) {
	d := c.args.date
	if d == nil && c.front != nil {
		d = c.front
	}
	if d == nil && own && s.front != nil && !c.ing && !s.relative(c) && s.front.from < s.nodes[c.at].from {
		d = s.front
	}
	if c.future {
		f.Planned = true
	}
	switch {
	case d != nil:
		f.Date, f.Spans.Date = d.date, s.span(d.run)
	case c.future && s.announced != nil && s.nodes[c.at].from != s.announced.from:
		f.Date, f.Spans.Date, f.DateKind = s.announced.date, s.span(s.announced.run), extract.Announced
	}
}

// relative reports whether the clause hangs on a "who".
func (s *sentence) relative(c *clause) bool {
	for j := c.start - 1; j >= 0 && c.start-j < 4; j-- {
		if s.nodes[j].is("who") {
			return true
		}
	}
	return false
}

func (s *sentence) tellAll(c *clause, people []who, pl place, p *phrase, make func() extract.Fact) {
	for _, w := range people {
		s.tell(make(), w, pl, s.rule(c), c, p)
	}
}

// board reads "the board of Acme", "Acme's board of directors".
func (s *sentence) board(k int) (place, run, int, bool) {
	for j := k; j < len(s.nodes) && j < k+4; j++ {
		n := s.nodes[j]
		switch {
		case n.is("board") || n.is("supervisory", "advisory") && j+1 < len(s.nodes) && s.nodes[j+1].is("board"):
			from := j
			if !n.is("board") {
				j++
			}
			role := run{s.nodes[from].from, s.nodes[j].to}
			end := j + 1
			if end+1 < len(s.nodes) && s.nodes[end].is("of") && s.nodes[end+1].is("directors", "trustees", "governors", "regents", "managers") {
				end += 2
			}
			if j > k+1 && s.nodes[j-1].is("'s", "’s") {
				o := s.nodes[j-2]
				return place{name: o.run, firm: o.kind == firmNode, sure: o.sure}, role, end, true
			}
			if j > k && s.nodes[j-1].org() {
				return place{name: s.nodes[j-1].run, sure: s.nodes[j-1].sure}, role, end, true
			}
			if end < len(s.nodes) && s.nodes[end].is("of", "at", "for") {
				if pl, e := s.placeAt(end+1, true); !pl.isZero() {
					return pl, role, e, true
				}
			}
			return place{}, role, end, true
		case n.is("the", "its", "their", "'s", "’s", "a", "our") || n.org() || n.kind == firmNode:
		default:
			return place{}, run{}, k, false
		}
	}
	return place{}, run{}, k, false
}

func (s *sentence) join(c *clause) bool {
	k := s.after(c)
	if c.passive || k >= len(s.nodes) || s.nodes[k].is("forces", "hands", "in", "together", "up") {
		return false
	}
	c.subj = s.subjectOf(c)
	if len(c.subj.people) == 0 {
		return false
	}
	f := extract.Fact{Type: extract.Joined, Rejoined: strings.HasPrefix(c.form.row.forms, "rejoin")}
	pl, role, end, board := s.board(k)
	s.asObject(k)
	if !board {
		if pl, end = s.placeAt(k, !c.subj.unsure || s.likelyPerson(c.subj)); pl.isZero() {
			return false
		}
		if end < len(s.nodes) && s.nodes[end].is("'s", "’s") {
			return false
		}
		if end < len(s.nodes) && s.nodes[end].kind == plainNode && s.modifier(end) && !s.nodes[end].is("as", "in", "full-time", "last", "next") && s.toks[s.nodes[end].from].gap == space && !pl.firm && !s.nodesEnd(end) && s.isNoun(end) {
			return false // "joined Messenger users"
		}
	}
	c.args = s.argsOf(c, end)
	s.dated(&f, c, true)
	if board {
		f.Role, f.Spans.Role = s.words(role), s.span(role)
	} else if p := c.args.as; p != nil {
		s.setRole(&f, s.within(p, pl))
		p.used = true
	}
	s.tellAll(c, c.subj.people, pl, c.args.as, func() extract.Fact { return f })
	s.where = pl
	s.cameFrom(c)
	s.lasted(c, c.subj.people, pl)
	return true
}

// asObject takes the name at k, what somebody joins or leaves, for an
// organization where the recognizer took it for a person that the text does
// not tell of.
func (s *sentence) asObject(k int) {
	if k < len(s.nodes) && s.nodes[k].kind == personNode && s.surelyFirm(s.nodes[k].run) && !(k+1 < len(s.nodes) && s.nodes[k+1].is("'s", "’s", "and", ",")) {
		s.nodes[k].kind, s.nodes[k].sure = orgNode, false
	}
}

// likelyPerson reports whether a subject of unknown kind begins like a
// person's name.
func (s *sentence) likelyPerson(sub subject) bool {
	return len(sub.people) > 0 && s.given(s.toks[sub.people[0].name.from])
}

// within makes a doubtful organization part of the role, where the verb has
// named the organization: "joined Acme as Head of Mobile Products".
func (s *sentence) within(p *phrase, pl place) *phrase {
	if pl.isZero() || !p.hasPlace() || p.own || p.places[0].sure || p.places[0].firm || p.places[0].name.empty() || p.places[0].name.from < p.role.to {
		return p
	}
	q := *p
	q.role.to, q.places = p.places[0].name.to, nil
	return &q
}

func (s *sentence) nodesEnd(k int) bool { return k >= len(s.nodes) }

// isNoun guesses whether a small word behind a name goes on with it: "Acme
// users", "the Google campus".
func (s *sentence) isNoun(k int) bool {
	n := s.nodes[k]
	return !adverb(n.low) && !n.is("full", "back", "right", "straight", "alongside", "along", "following", "effective", "out", "early", "late", "directly", "fresh", "shortly", "thereafter", "years", "months") && n.verb == nil
}

// cameFrom tells the departure behind "from A".
func (s *sentence) cameFrom(c *clause) {
	pl := c.args.from
	if pl.isZero() || pl.none || pl.firm {
		return
	}
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return extract.Fact{Type: extract.Left, Planned: c.future} })
}

// lasted tells the tenure behind "for eight years".
func (s *sentence) lasted(c *clause, people []who, pl place) {
	if c.args.length == nil || pl.none {
		return
	}
	l := c.args.length
	f := extract.Fact{Type: extract.Tenure, Months: l.length.months, Bound: l.length.bound}
	f.Spans.Months = s.span(l.run)
	if c.reject != "" {
		return
	}
	s.tellAll(c, people, pl, nil, func() extract.Fact { return f })
}

// home returns where a person is, or was, by what the sentence and those
// before it told.
func (s *sentence) home(w who, far bool) (place, *phrase) {
	name, _, known := s.resolve(w)
	if !known && w.pronoun == "" {
		return place{}, nil
	}
	for i := range s.phrases {
		p := &s.phrases[i]
		if p.status == extract.Former && p.aside {
			continue
		}
		for _, h := range p.holders {
			if n, _, _ := s.resolve(h); n == name && p.hasPlace() {
				return p.places[0], p
			}
		}
	}
	for i := len(s.facts) - 1; i >= 0; i-- {
		f := s.facts[i].Fact
		if f.Person == name && !f.Spans.Org.IsZero() && f.Type != extract.Left {
			return place{told: f.Spans.Org, sure: true}, nil
		}
	}
	if far && s.nodes[0].kind == orgNode && len(s.nodes) > 1 && s.nodes[1].kind == plainNode && saysVerb(s.nodes[1].low) && s.titled(w) {
		return place{name: s.nodes[0].run, sure: true}, nil // "Intel said that chief financial officer …"
	}
	if far && name != "" {
		if o, ok := s.recent.employer[name]; ok {
			return place{told: o, sure: true}, nil
		}
	}
	return place{}, nil
}

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

// object reads the people that a verb acts upon, at node k.
func (s *sentence) object(k int) (subject, int) {
	for k < len(s.nodes) && (s.nodes[k].is("the", "away") || s.nodes[k].kind == plainNode && isHonorific(s.toks[s.nodes[k].from])) {
		k++
	}
	if k >= len(s.nodes) {
		return subject{}, k
	}
	if k+2 < len(s.nodes) && s.nodes[k].kind != plainNode && s.nodes[k+1].is("'s", "’s") && s.nodes[k+2].kind == personNode {
		k += 2
	}
	if p := s.phraseAtNode(k); p != nil && len(p.holders) > 0 && !p.aside {
		j := p.to
		for j < len(s.nodes) && s.nodes[j].kind != personNode && j < p.to+3 {
			j++
		}
		return subject{people: p.holders, at: k}, s.endOfPeople(j, len(p.holders))
	}
	if p := s.phraseAtNode(k); p == nil || s.nodes[k].kind == personNode {
		if s.nodes[k].kind == personNode {
			sub := s.peopleFrom(k)
			return sub, s.endOfPeople(k, len(sub.people))
		}
		if s.nodes[k].kind == nameNode {
			if w, ok := s.people1(k); ok {
				return subject{people: w, at: k, unsure: true}, k + 1
			}
		}
	}
	if s.nodes[k].is("him", "her") && !(k+1 < len(s.nodes) && s.phraseAtNode(k+1) == nil && s.modifier(k+1)) {
		return subject{people: []who{{pronoun: s.nodes[k].low, at: s.nodes[k].run}}, at: k}, k + 1
	}
	return subject{}, k
}

// endOfPeople returns the node behind a list of n people that begins at k.
func (s *sentence) endOfPeople(k, n int) int {
	for ; k < len(s.nodes) && n > 0; k++ {
		if s.nodes[k].kind == personNode {
			n--
		}
	}
	return k
}

func (s *sentence) hire(c *clause) bool {
	k := s.after(c)
	var pl place
	if c.passive || c.bare || s.reduced(c, k) {
		c.subj = s.subjectOf(c)
		c.args = s.argsOf(c, k)
		pl = c.args.by.org
		if pl.isZero() && c.args.as != nil && c.args.as.hasPlace() {
			pl = c.args.as.places[0]
		}
		if pl.isZero() && k < len(s.nodes) && s.nodes[k].is("at", "by", "to") {
			pl, _ = s.placeAt(k+1, true)
		}
	} else {
		agent := s.subjectOf(c)
		pl = agent.org
		sub, end := s.object(k)
		if len(sub.people) == 0 || pl.isZero() && len(agent.people) > 0 {
			return false
		}
		c.subj = sub
		c.args = s.argsOf(c, end)
	}
	if len(c.subj.people) == 0 || pl.isZero() && c.args.from.isZero() && c.args.as == nil {
		return false
	}
	f := extract.Fact{Type: extract.Joined, Rejoined: strings.HasPrefix(c.form.row.forms, "rehire")}
	s.dated(&f, c, true)
	if p := c.args.as; p != nil {
		s.setRole(&f, p)
		p.used = true
	}
	if !pl.isZero() {
		s.tellAll(c, c.subj.people, pl, c.args.as, func() extract.Fact { return f })
	}
	s.cameFrom(c)
	return true
}

// reduced reports whether a participle stands for a passive: "hired from
// Google", "appointed by the board".
func (s *sentence) reduced(c *clause, k int) bool {
	return c.form.part && !c.perfect && k < len(s.nodes) && s.nodes[k].is("by", "from", "as", "to") && c.form.past
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
		}
	}
	return true
}
