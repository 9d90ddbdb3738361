package career

import "tenure/extract"

// A nounRow is a noun that tells of a change.
type nounRow struct {
	noun    string
	kind    extract.FactType
	manner  string
	example string
}

// nounRows are the nouns of change, one a line, each with a phrase it reads.
var nounRows = []nounRow{
	{"departure", extract.Left, "", "Ada Quist's departure from Stripe in May 2020 surprised many."},
	{"exit", extract.Left, "", "The exit of Ada Quist from Stripe surprised many."},
	{"resignation", extract.Left, extract.Resigned, "The resignation of Ada Quist from Stripe surprised many."},
	{"retirement", extract.Left, extract.Retired, "Ada Quist's retirement from Stripe surprised many."},
	{"dismissal", extract.Left, extract.Dismissed, "Ada Quist's dismissal from Stripe surprised many."},
	{"ouster", extract.Left, extract.Dismissed, "Ada Quist's ouster from Stripe surprised many."},
	{"sacking", extract.Left, extract.Dismissed, "Ada Quist's sacking by Stripe surprised many."},
	{"firing", extract.Left, extract.Dismissed, "Ada Quist's firing from Stripe surprised many."},
	{"appointment", extract.Appointed, "", "Stripe confirmed the appointment of Ada Quist as chief financial officer of the firm."},
	{"hire", extract.Joined, "", "Stripe announced the hire of Ada Quist from Klarna."},
	{"addition", extract.Joined, "", "Stripe announced the addition of Ada Quist as chief financial officer."},
	{"hiring", extract.Joined, "", "Stripe announced the hiring of Ada Quist as chief financial officer."},
	{"promotion", extract.Promoted, "", "Stripe announced the promotion of Ada Quist to chief financial officer."},
	{"death", extract.Left, extract.Died, "Stripe president Ada Quist's death in July 2015 shocked many."},
}

// nounsByWord is read only.
var nounsByWord = func() map[string]*nounRow {
	m := map[string]*nounRow{}
	for i := range nounRows {
		m[nounRows[i].noun] = &nounRows[i]
		if k := nounRows[i].kind; k == extract.Appointed || k == extract.Promoted {
			m[nounRows[i].noun+"s"] = &nounRows[i]
		}
	}
	return m
}()

// spans reads lengths of time at an organization that no verb tells: "after
// nearly a decade at Lego", "a 27-year veteran of Intel".
func (s *sentence) spans() {
	for j := range s.nodes {
		n := s.nodes[j]
		if n.kind != lengthNode || j+2 >= len(s.nodes) || s.toldLength(n) {
			continue
		}
		var pl place
		switch {
		case s.nodes[j+1].is("at", "with") && j > 0 && s.nodes[j-1].is("after", "for", "with", "following", "of", "her", "his", "during", "the", "including", "spending") || s.nodes[j+1].is("at", "with") && s.moreTime(j):
			if s.nodes[j+1].is("at") || s.nodes[j+2].kind == otherNode || s.nodes[j+2].kind == personNode && j+3 < len(s.nodes) && s.nodes[j+3].is(",", ".") && s.nodes[j-1].is("after") {
				s.asOrg(j + 2)
			}
			pl, _ = s.placeAt(j+2, true)
		case s.nodes[j+1].org() && s.nodes[j+2].is("veteran", "employee"):
			pl = place{name: s.nodes[j+1].run, sure: s.nodes[j+1].sure}
		case s.nodes[j+1].is("veteran", "stint", "career", "tenure") && j+3 < len(s.nodes) && s.nodes[j+2].is("of", "at", "with"):
			pl, _ = s.placeAt(j+3, true)
		case s.nodes[j+1].is("as") && j > 0 && s.nodes[j-1].is("after", "for", "following", "her", "his"):
			if p := s.phraseAtNode(j + 2); p != nil && p.hasPlace() {
				pl = p.places[0]
				if !p.used && len(p.holders) == 0 {
					if sub := s.ownerOf(j); len(sub.people) > 0 {
						s.tellRole(p, sub.people, extract.Former, "prose/length", nil)
					}
				}
			}
		}
		if pl.isZero() || pl.none {
			continue
		}
		sub := s.ownerOf(j)
		f := extract.Fact{Type: extract.Tenure, Months: n.length.months, Bound: n.length.bound}
		f.Spans.Months = s.span(n.run)
		for _, w := range sub.people {
			s.tell(f, w, pl, "prose/length", nil, nil)
		}
	}
}

// moreTime reports whether the length at node j is one more behind another:
// "after six months at Acme and 12 years at Initech".
func (s *sentence) moreTime(j int) bool {
	if j < 3 || !s.nodes[j-1].is("and", ",") {
		return false
	}
	for i := j - 2; i > 0 && j-i < 9; i-- {
		if s.nodes[i].kind == lengthNode {
			return s.nodes[i+1].is("at", "with") && s.nodes[i-1].is("after", "following", "and", ",")
		}
		if s.nodes[i].verb != nil {
			return false
		}
	}
	return false
}

// ownerOf finds whose time the length at node j is: a name right before it,
// the subject told of, or the one to come.
func (s *sentence) ownerOf(j int) subject {
	if j > 1 && s.nodes[j-1].is("a", "the", ",", "'s", "’s") && s.nodes[j-2].kind == personNode {
		return s.peopleEnding(j - 2)
	}
	if j > 2 && s.nodes[j-1].is("a", "the") && s.nodes[j-2].is(",") && s.nodes[j-3].kind == personNode {
		return s.peopleEnding(j - 3)
	}
	for i := j; i >= 0; i-- {
		if s.nodes[i].person() && !s.owned(i) && !s.prepBefore(i) {
			return s.peopleEnding(i)
		}
	}
	return s.ahead(0)
}

func (s *sentence) toldLength(n node) bool {
	for _, c := range s.facts {
		if c.Fact.Type == extract.Tenure && c.Fact.Spans.Months == s.span(n.run) {
			return true
		}
	}
	return false
}

// agreement reads "Employment Agreement between O and A".
func (s *sentence) agreement() {
	for j := 0; j+1 < len(s.nodes); j++ {
		if !(s.nodes[j].is("employment") && s.nodes[j+1].is("agreement", "contract")) && !(s.nodes[j].kind == nameNode || s.nodes[j].kind == otherNode) || !s.endsIn(s.nodes[j+b2i(s.nodes[j].kind == plainNode)], "agreement", "contract") || !s.beginsWith(s.nodes[j], "employment") {
			continue
		}
		var org place
		var person *who
		open := false
		for i := j + 1; i < len(s.nodes) && i < j+24; i++ {
			switch n := s.nodes[i]; {
			case n.is("between"):
				open = true
			case open && n.kind == orgNode && org.isZero():
				org = place{name: n.run, sure: true}
			case open && n.kind == personNode && person == nil:
				w := s.whoAt(i)
				person = &w
			}
		}
		if !org.isZero() && person != nil {
			s.tell(extract.Fact{Type: extract.RoleAt, Status: extract.Current}, *person, org, "prose/agreement", nil, nil)
		}
		return
	}
}

func (s *sentence) endsIn(n node, words ...string) bool { return s.toks[n.to-1].is(words...) }

func (s *sentence) beginsWith(n node, words ...string) bool { return s.toks[n.from].is(words...) }

// affiliations reads a person's organization where no role is told: "James
// Massey of ETH Zurich", "Stanford's Andrew Ng".
func (s *sentence) affiliations() {
	for j := range s.nodes {
		n := s.nodes[j]
		if n.kind != personNode || !n.sure && n.to-n.from < 2 {
			continue
		}
		if pl := s.affiliation(j); !pl.isZero() && !s.known(j, pl) {
			f := extract.Fact{Type: extract.RoleAt, Status: extract.Current}
			s.tell(f, s.whoAt(j), pl, "prose/of", nil, nil)
			if j > 1 && s.nodes[j-1].is("and") && s.nodes[j-2].kind == personNode {
				s.tell(f, s.whoAt(j-2), pl, "prose/of", nil, nil)
			}
		}
	}
}

// pastPlaces reads "A and B, previously at Airbnb and Eventbrite,
// respectively".
func (s *sentence) pastPlaces() {
	var before []who // those told of last, up to node end
	end := -1
	for j := range s.nodes {
		if s.nodes[j].is("ex") && j > 1 && j+2 < len(s.nodes) && s.nodes[j-1].is("(") && s.nodes[j+1].is("-") && s.nodes[j+2].org() && s.closesAside(j+3) {
			if people := s.beforeComma(j - 1); len(people) > 0 { // "A (ex-Acme)"
				w := people[len(people)-1]
				s.tell(extract.Fact{Type: extract.RoleAt, Status: extract.Former}, w, place{name: s.nodes[j+2].run, sure: s.nodes[j+2].sure}, "prose/ex", nil, nil)
			}
			continue
		}
		status := ""
		switch n := s.nodes[j]; {
		case n.is("previously", "formerly", "once", "recently"):
			status = extract.Former
		case n.is("now", "currently"):
			status = extract.Current
		}
		if status == "" || j < 2 || j+2 >= len(s.nodes) || !s.nodes[j+1].is("at", "of", "with", "from") {
			continue
		}
		i := j - 1
		if s.nodes[i].is("most", "both", "all") {
			i--
		}
		people := s.beforeComma(i)
		if p := s.phraseEnding(i - 1); len(people) == 0 && p != nil && p.aside && s.nodes[i].is(",", "and") {
			people = p.holders // "A, formerly R at O, now at P"
		} else if len(people) == 0 && i == end {
			people = before // "A, formerly of O, now at P"
		}
		places, e := s.placesAt(j+2, false)
		before, end = people, e
		for k, w := range people {
			for m, pl := range places {
				if pl.sure && (!s.apart || k == m || len(people) != len(places)) {
					s.tell(extract.Fact{Type: extract.RoleAt, Status: status}, w, pl, "prose/"+s.nodes[j].low, nil, nil)
				}
			}
		}
	}
}

// affiliation returns the organization that stands right behind, or owns,
// the name at node j.
func (s *sentence) affiliation(j int) place {
	k := j + 1
	if k < len(s.nodes) && s.nodes[k].is(",") && k+1 < len(s.nodes) && s.nodes[k+1].is("of", "with", "from") {
		k++
	}
	if k+1 < len(s.nodes) && s.nodes[k].is("of", "at", "from", "with") {
		pl, end := s.placeAt(k+1, false)
		if !pl.sure || pl.firm || pl.none || s.nodes[k].is("from") && end < len(s.nodes) && s.nodes[end].is("to") {
			return place{}
		}
		switch {
		case s.nodes[k].is("at") && !s.learned(pl) && !(j > 0 && s.nodes[j-1].is("by")) || j > 1 && s.nodes[j-1].is("by") && s.nodes[j-2].is("left", "vacated"), s.nodes[k].is("from") && s.moves(), s.nodes[k].is("with") && k == j+1:
			return place{}
		}
		return pl
	}
	if j > 1 && s.nodes[j-1].is("'s", "’s") && s.nodes[j-2].kind == orgNode && s.nodes[j-2].sure && s.nodes[j].sure && s.nodes[j].to-s.nodes[j].from > 1 {
		return place{name: s.nodes[j-2].run, sure: true}
	}
	return place{}
}

// learned reports whether a place is a university, an institute or the like.
func (s *sentence) learned(pl place) bool {
	if s.university(pl.name) {
		return true
	}
	for k := pl.name.from; k < pl.name.to; k++ {
		if s.toks[k].is("university", "institute", "college", "school", "center", "centre", "laboratory", "laboratories", "labs", "lab", "hospital", "academy", "observatory") {
			return true
		}
	}
	return false
}

// moves reports whether the sentence tells of somebody coming or going:
// "from" then belongs to that.
func (s *sentence) moves() bool {
	for i := range s.nodes {
		if v := s.nodes[i].verb; v != nil {
			switch v.row.act {
			case actHire, actJoin, actMove, actFire, actResign, actBring, actLeave:
				return true
			}
		}
	}
	return false
}

// known reports whether something else tells of the person at the place.
func (s *sentence) known(j int, pl place) bool {
	name, _, _ := s.resolve(s.whoAt(j))
	org, _ := s.org(pl, s.to)
	for _, c := range s.facts {
		if c.Kept && c.Fact.Person == name && c.Fact.Org == org || c.Fact.Successor == name && c.Fact.Org == org && s.nodes[j+1].is("at") {
			return true
		}
	}
	return false
}

// nouns reads "the departure of A from O", "A's departure from O".
func (s *sentence) nouns() {
	for k := range s.nodes {
		n := s.nodes[k]
		if n.kind != plainNode {
			continue
		}
		if row := nounsByWord[n.low]; row != nil && s.phraseCovering(k) == nil {
			s.noun(k, row)
		}
	}
}

func (s *sentence) noun(k int, row *nounRow) {
	c := clause{at: k, start: k, form: &verbForm{row: &verbRow{forms: row.noun}}}
	s.context(&c)
	people, end := s.whoseNoun(&c, k)
	if len(people) == 0 {
		return
	}
	c.args = s.argsOf(&c, end)
	f := extract.Fact{Type: row.kind, Manner: row.manner}
	s.dated(&f, &c, false)
	if row.kind == extract.Left && f.Date.Precision == extract.ByDay && f.Date.RelativeTo != "" && c.args.from.isZero() && s.madeKnown(k) {
		f.Date, f.Spans.Date = extract.Date{}, extract.Span{} // "confirmed her departure on Friday"
	}
	if d := s.effective(end); d != nil && f.Date.IsZero() && row.kind == extract.Left {
		f.Date, f.Spans.Date = d.date, s.span(d.run)
	}
	s.nounMood(&c, &f, k)
	pl, p := c.args.from, c.args.as
	if row.kind != extract.Left && p == nil && end < len(s.nodes) && s.nodes[end].is("to") {
		p = s.roleFrom(end)
	}
	if p != nil {
		s.setRole(&f, p)
		p.used = true
		if pl.isZero() {
			pl = p.first()
		}
	}
	switch row.kind {
	case extract.Appointed, extract.Promoted:
		if p == nil {
			return
		}
		if pl.isZero() {
			pl = s.announcer(k) // "Acme announced the appointment of …"
		}
	case extract.Joined:
		s.hired(&c, f, people, k)
		return
	}
	if p != nil && row.kind != extract.Left && !pl.isZero() {
		defer func() { s.andOthers(&c, p.to, pl, row.kind) }() // "the promotions of A to R and B to Q"
	}
	for _, w := range people {
		at := pl
		var h *phrase
		if at.isZero() {
			at, h = s.home(w, row.manner != extract.Died)
		}
		if at.isZero() {
			at = c.args.by.org // "her sacking by Acme"
		}
		if at.isZero() && row.manner != extract.Died {
			at = s.announcing(k)
		}
		if at.isZero() && k > 1 && s.nodes[k-2].is("following", "after") {
			at = s.givenAt() // "took over at Acme after the sacking of"
		}
		if at.isZero() || row.manner == extract.Died && (h == nil || h.status == extract.Former) {
			continue
		}
		s.tell(f, w, at, "prose/"+row.noun, &c, p)
	}
}

// hired tells of those whom an organization hires, by a noun at node k, and
// where they come from.
func (s *sentence) hired(c *clause, f extract.Fact, people []who, k int) {
	pl := s.announcing(k)
	if pl.isZero() {
		pl = s.strengthened(k)
	}
	if pl.isZero() || s.nodes[k].is("addition") && c.args.as == nil && c.args.from.isZero() {
		return
	}
	c.subj = subject{people: people, at: k}
	for _, w := range people {
		s.tell(f, w, pl, s.rule(c), c, c.args.as)
	}
	s.cameFrom(c)
}

// announcer returns the organization that is said to announce what stands at
// node k.
func (s *sentence) announcer(k int) place {
	for j := 1; j < k; j++ {
		if s.nodes[j].kind != plainNode || !saysVerb(s.nodes[j].low) {
			continue
		}
		if pl := s.speaksAt(j); !pl.isZero() {
			return pl
		}
	}
	if s.nodes[0].kind == orgNode {
		return place{name: s.nodes[0].run, sure: true}
	}
	return place{}
}

// whoseNoun finds whose departure it is: "A's departure", "the departure of A".
func (s *sentence) whoseNoun(c *clause, k int) (people []who, end int) {
	end = k + 1
	switch {
	case k > 1 && s.nodes[k-1].is("'s", "’s", "'", "’") && s.nodes[k-2].kind == personNode:
		c.start = k - 2
		return []who{s.whoAt(k - 2)}, end
	case k > 0 && s.nodes[k-1].is("his", "her") && !s.nodes[k].is("death"):
		c.start = k - 1
		for j := k - 2; j > 0 && k-j < 6 && !s.nodes[j].is(",", ";", "and"); j-- {
			if sub := s.antecedent(j); s.nodes[j].is("who") && len(sub.people) == 1 {
				return sub.people, end // "replaces A, who announced her retirement"
			}
		}
		return []who{{pronoun: s.nodes[k-1].low, at: s.nodes[k-1].run}}, end
	case end < len(s.nodes) && s.nodes[end].is("of"):
		sub, e := s.object(end + 1)
		return sub.people, e
	}
	return nil, end
}

// nounMood reads the words before a noun of change that take it back or put
// it ahead: "calls for the resignation", "the upcoming departure".
func (s *sentence) nounMood(c *clause, f *extract.Fact, k int) {
	for j := max(0, c.start-3); j < k; j++ {
		n := s.nodes[j]
		switch {
		case n.is("possible", "potential", "rumored", "rumoured", "eventual", "looming", "any", "demand", "demanded", "calls", "for", "demanding", "sought", "if", "seeking", "hypothetical", "contemplated"):
			c.reject = "not told as done: " + n.low
		case n.is("upcoming", "impending", "imminent", "planned", "pending", "forthcoming"):
			f.Planned = true
		}
	}
}
