package career

import (
	"strings"
	"time"

	"tenure/extract"
)

// events reads the verbs of the sentence from left to right.
func (s *sentence) events() {
	for k := range s.nodes {
		n := s.nodes[k]
		if n.verb == nil || s.told > 0 && k == s.told || !s.isVerb(k) {
			continue
		}
		c := s.clauseAt(k)
		c.args.stop = len(s.nodes)
		if then := c.form.then; len(then) > 0 && (k+1 >= len(s.nodes) || !s.nodes[k+1].is(then...)) {
			continue
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
	before := k - 1
	if before > 0 && s.nodes[before].is("newly", "recently") {
		before--
	}
	if before >= 0 && (s.nodes[before].is("the", "a", "an", "its", "their") || before < k-1 && s.nodes[before].is("'s", "’s")) && n.verb.past && k+1 < len(s.nodes) && !s.nodes[k+1].is("by") {
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
	if read := readers[c.form.row.act]; read != nil {
		return read(s, c)
	}
	return false
}

// readers are the methods that read what each kind of verb tells.
var readers = [...]func(*sentence, *clause) bool{
	actJoin: (*sentence).join, actLeave: (*sentence).leave, actResign: (*sentence).resign, actHire: (*sentence).hire, actBring: (*sentence).hire,
	actFire: (*sentence).fire, actName: (*sentence).name, actBecome: (*sentence).become, actTake: (*sentence).takeOver, actFollow: (*sentence).follow,
	actFound: (*sentence).foundOrg, actStart: (*sentence).foundOrg, actBe: (*sentence).be, actServe: (*sentence).serve, actLead: (*sentence).leads,
	actSpend: (*sentence).spend, actMove: (*sentence).moved, actStay: (*sentence).stay, actTeach: (*sentence).teach, actHold: (*sentence).hold,
	actWrite: (*sentence).write, actSit: (*sentence).sit, actDie: (*sentence).die, actHand: (*sentence).handOver, actBegin: (*sentence).startsAt, actLose: (*sentence).lose, actArrive: (*sentence).arrive, actTender: (*sentence).notice,
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
	return "prose/" + c.form.row.base()
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
	if d != nil && d == s.front && c.past && !c.future && d.date.RelativeTo != "" && s.isAhead(&extract.Fact{Type: f.Type, Date: d.date}) {
		d = s.inYears(d, -1) // "On June 10, Acme fired Ada Quist", told in May
	}
	if d != nil && c.future && d.date.RelativeTo != "" && s.ended(d.date) && s.willBe(c) {
		d = s.inYears(d, 1) // "will retire at the end of March", told in May
	}
	if d != nil && f.Type != extract.Left && s.outlasts(d) {
		d = nil // "appointed until 2027"
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

// inYears returns the date node d, told without its year, as that of a year
// earlier or later.
func (s *sentence) inYears(d *node, step int) *node {
	t, err := time.Parse(time.DateOnly, d.date.Earliest)
	if err != nil {
		return d
	}
	var moved extract.Date
	switch d.date.Precision {
	case extract.ByDay:
		moved = onDay(t.Year()+step, int(t.Month()), t.Day())
	case extract.ByMonth:
		moved = inMonth(t.Year()+step, int(t.Month()))
	}
	if moved.IsZero() {
		return d
	}
	moved.RelativeTo, moved.Raw, moved.Approx = d.date.RelativeTo, d.date.Raw, d.date.Approx
	n := *d
	n.times = &times{date: moved}
	return &n
}

// willBe reports whether the verb itself says that it lies ahead.
func (s *sentence) willBe(c *clause) bool {
	for j := c.start; j < c.at; j++ {
		if s.nodes[j].is("will", "'ll", "’ll") {
			return true
		}
	}
	return false
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
		case n.is("board", "boards") || n.is("supervisory", "advisory") && j+1 < len(s.nodes) && s.nodes[j+1].is("board"):
			from := j
			if !n.is("board", "boards") {
				j++
			}
			role := run{s.nodes[from].from, s.nodes[j].to}
			end := j + 1
			if end+1 < len(s.nodes) && s.nodes[end].is("of") && s.nodes[end+1].is("directors", "trustees", "governors", "regents", "managers") {
				end += 2
			}
			if from > k+1 && s.nodes[from-1].is("'s", "’s") {
				o := s.nodes[from-2]
				return place{name: o.run, firm: o.kind == firmNode, sure: o.sure}, role, end, true
			}
			if j > k && s.nodes[j-1].org() {
				return place{name: s.nodes[j-1].run, sure: s.nodes[j-1].sure}, role, end, true
			}
			if end < len(s.nodes) && s.nodes[end].is("of", "at", "for") {
				s.asOrg(end + 1)
				if pl, e := s.placeAt(end+1, true); !pl.isZero() {
					return pl, role, e, true
				}
			}
			return place{}, role, end, true
		case n.is("the", "its", "their", "'s", "’s", "a", "our") || n.org() || n.kind == firmNode:
		case j > k && s.modifier(j) && s.boardSoon(j+1): // "the curriculum advisory board"
		default:
			return place{}, run{}, k, false
		}
	}
	return place{}, run{}, k, false
}

// boardSoon reports whether the word "board" stands at node k or next to it.
func (s *sentence) boardSoon(k int) bool {
	for j := k; j < len(s.nodes) && j < k+2; j++ {
		if s.nodes[j].is("board") {
			return true
		}
		if !s.modifier(j) {
			return false
		}
	}
	return false
}

func (s *sentence) join(c *clause) bool {
	k := s.after(c)
	if c.passive || k >= len(s.nodes) || s.nodes[k].is("forces", "hands", "in", "together", "up") {
		return false
	}
	c.subj = s.whoMoves(c)
	if len(c.subj.people) == 0 {
		return false
	}
	if s.nodes[k].is("as") {
		if c.args = s.argsOf(c, k); !c.args.from.isZero() { // "joins as chief from Acme"
			s.cameFrom(c)
			return true
		}
	}
	if s.nodes[k].is("from") { // "joins from Acme"
		c.args = s.argsOf(c, k)
		s.cameFrom(c)
		return true
	}
	f := extract.Fact{Type: extract.Joined, Rejoined: strings.HasPrefix(c.form.row.forms, "rejoin")}
	pl, role, end, board := s.board(k)
	if k+2 < len(s.nodes) && s.nodes[k].name() && s.nodes[k+1].is("on") && s.nodes[k+2].is("loan") {
		s.nodes[k].kind = orgNode // a club that bears a town's name
	}
	s.asObject(k)
	if !board {
		if pl, end = s.placeAt(k, !c.subj.unsure || s.likelyPerson(c.subj)); pl.isZero() {
			pl, end = s.facultyAt(k)
		}
		if pl.isZero() && !c.ing && !c.perfect {
			pl, end = s.describedFirm(k)
		}
		if pl.isZero() {
			return false
		}
		if end < len(s.nodes) && s.nodes[end].is("'s", "’s") && s.unitOwned(end+1) == 0 {
			return false
		} else if end < len(s.nodes) && s.nodes[end].is("'s", "’s") {
			end = s.unitOwned(end + 1)
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
	if at := c.args.lengthAt; at > 0 && s.nodes[at-1].is("after") {
		pl = s.formerly(c.subj) // "Acme veteran Ada Quist joins Initech after 31 years"
	}
	if !pl.isZero() {
		s.lasted(c, c.subj.people, pl)
	}
	return true
}

// formerly returns the organization that a word before or behind the name
// ties one person to.
func (s *sentence) formerly(sub subject) place {
	for i := range s.phrases {
		p := &s.phrases[i]
		if len(sub.people) == 1 && len(p.holders) == 1 && p.holders[0].at == sub.people[0].at && p.hasPlace() {
			return p.places[0]
		}
	}
	return place{}
}

// unitOwned returns the end of the words for a unit at node k, 0 if there are
// none: "joined Acme's food law division".
func (s *sentence) unitOwned(k int) int {
	for j := k; j < len(s.nodes) && j < k+6; j++ {
		n := s.nodes[j]
		if n.is("division", "unit", "team", "department", "group", "office", "lab", "practice", "arm", "business", "bank", "operations", "bureau", "desk", "faculty", "newsroom", "staff", "organization", "organisation") {
			return j + 1
		}
		if n.kind != plainNode && n.kind != otherNode && n.kind != placeNode && n.kind != nameNode || n.kind == plainNode && !s.modifier(j) && !n.is("and", "-") {
			return 0
		}
	}
	return 0
}

// asObject takes the name at k, what somebody joins or leaves, for an
// organization, unless more names follow.
func (s *sentence) asObject(k int) {
	if k+1 < len(s.nodes) && s.nodes[k+1].is("and", ",") && s.nodes[k].kind == personNode {
		return
	}
	if k < len(s.nodes) && (s.nodes[k].kind == personNode || s.nodes[k].kind == otherNode && s.nodes[k].to == s.nodes[k].from+1) {
		s.asOrg(k)
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
	return !adverb(n.low) && !n.is("full", "back", "right", "straight", "alongside", "along", "following", "effective", "out", "early", "late", "directly", "fresh", "shortly", "thereafter", "years", "months", "include", "includes", "included") && n.verb == nil
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
	if c.args.length == nil || pl.none || s.toldLength(*c.args.length) {
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
	if pl := s.vacated(w); !pl.isZero() {
		return pl, nil
	}
	if pl := s.ownerOfName(w); !pl.isZero() {
		return pl, nil
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

// givenAt returns the organization where somebody is told to have been given
// a role.
func (s *sentence) givenAt() place {
	for i := len(s.facts) - 1; i >= 0; i-- {
		if f := s.facts[i].Fact; (f.Type == extract.Appointed || f.Type == extract.Promoted) && !f.Spans.Org.IsZero() {
			return place{told: f.Spans.Org, sure: true}
		}
	}
	return place{}
}

// vacated returns the organization where somebody is told to have been given
// a role, "after" the person w left.
func (s *sentence) vacated(w who) place {
	for j := range s.nodes {
		if s.nodes[j].from != w.at.from || j == 0 || !s.nodes[j-1].is("after", "when", "because", "following", "as", "while") {
			continue
		}
		if pl := s.givenAt(); !pl.isZero() {
			return pl
		}
	}
	return place{}
}
