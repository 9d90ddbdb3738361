package career

// A subject is who does, or is, what the verb says.
type subject struct {
	people []who
	org    place
	at     int  // its first node
	unsure bool // a name of unknown kind
}

// A who is a person as a sentence names one.
type who struct {
	name    run    // zero for a pronoun
	pronoun string // he, she, i
	at      run    // the tokens that stand for the person
}

// subjectOf finds the subject of an active verb, or of a passive one.
func (s *sentence) subjectOf(c *clause) subject {
	j := c.start - 1
	for j >= 0 {
		n := s.nodes[j]
		switch {
		case n.kind == plainNode && (adverb(n.low) || n.is("not", `"`, "“", "”")):
			j--
			continue
		case n.kind == dateNode && !n.ranged:
			k := s.dateBetween(j, c)
			if k < 0 {
				return s.sharedOr(c, subject{at: j})
			}
			j = k
			continue
		case n.is("/") && s.soundsFrom(j) > 0:
			j = s.soundsFrom(j) - 1
			continue
		case n.is(")"):
			j = s.openBracket(j) - 1
			for j > 1 && s.degree(j) {
				j -= 1 + b2i(s.nodes[j-1].is(",")) // "Ada Quist, OC (born 1947)"
			}
			continue
		}
		break
	}
	if j < 0 {
		if c.ing || c.bare || c.form.part && !c.perfect {
			return s.ahead(c.at)
		}
		return subject{at: 0}
	}
	if sub, ok := s.linked(j, c); ok {
		return sub
	}
	return s.standing(j, c)
}

// soundsFrom returns where the sounds of a name begin that end with the
// slash at j: "Ada Quist /kvɪst/ is"; 0 if there are none.
func (s *sentence) soundsFrom(j int) int {
	for i := j - 1; i > 0 && j-i < 9; i-- {
		if s.nodes[i].is("/") && s.nodes[i-1].kind == personNode {
			return i
		}
	}
	return 0
}

// sharedOr gives gerunds and infinitives the subject of the clause before.
func (s *sentence) sharedOr(c *clause, sub subject) subject {
	if c.ing || c.inf {
		return s.inherit(c)
	}
	return sub
}

// dateBetween steps over a date between subject and verb, which dates the
// verb: "Smith in 2009 founded". It returns -1 if the date stands elsewhere.
func (s *sentence) dateBetween(j int, c *clause) int {
	if j == 0 {
		return -1
	}
	prev := s.nodes[j-1]
	named := prev.kind == orgNode && !c.inf && !c.ing && !c.bare
	if prev.person() || named {
		c.front = &s.nodes[j]
		return j - 1
	}
	if prev.is("until") && j > 1 && s.nodes[j-2].is("who") {
		c.former = true // "who until last week was chief of Acme"
		return j - 2
	}
	if prev.is("in", "on", "since") && j > 1 && (s.nodes[j-2].person() || s.nodes[j-2].kind == orgNode && !c.inf && !c.ing && !c.bare || s.nodes[j-2].is("who", "and", "then")) {
		c.front = &s.nodes[j]
		return j - 2
	}
	return -1
}

// linked finds the subject through the word before the verb: who, and, after.
func (s *sentence) linked(j int, c *clause) (subject, bool) {
	n := s.nodes[j]
	switch {
	case n.is("who", "which", "that") && j > 0:
		if n.is("that") && (s.nodes[j-1].kind == plainNode || c.ing) {
			return subject{at: j}, true
		}
		return s.antecedent(j), true
	case n.is("and", "or", "but", "&"):
		return s.inherit(c), true
	case !c.ing && !c.inf:
		return subject{}, false
	case c.inf || c.bare || n.is(",", "after", "before", "since", "by", "when", "while", "upon", "to", "on", "following", "in", "as", "with", "then", "—", "–", ";", "(", "prior", "until"):
		if s.governorIsNoun(j) {
			return s.possessor(j), true
		}
		if c.inf && n.person() {
			return s.peopleEnding(j), true
		}
		return s.inherit(c), true
	}
	return subject{}, false
}

// standing finds the subject that stands right before the verb, an aside or
// "of Acme" between them.
func (s *sentence) standing(j int, c *clause) subject {
	n := s.nodes[j]
	switch {
	case n.person():
		return s.peopleEnding(j)
	case n.is(",", "–", "—", "-"):
		return s.beforeAside(j, c)
	case n.kind == orgNode || n.kind == firmNode || n.kind == nameNode || n.kind == placeNode || n.kind == otherNode:
		if j > 0 && s.prep(j-1) {
			return s.beforePrep(j-1, c)
		}
		if j > 1 && s.nodes[j-1].is("the") && s.prep(j-2) {
			return s.beforePrep(j-2, c)
		}
		return s.namedSubject(j, c)
	}
	if n.is("it", "they") {
		if pl := s.itMeant(j); !pl.isZero() {
			return subject{org: pl, at: j}
		}
	}
	if n.is("board", "directors", "trustees") && j > 1 && s.nodes[j-1].is("'s", "’s") && s.nodes[j-2].org() {
		return subject{org: place{name: s.nodes[j-2].run, sure: s.nodes[j-2].sure}, at: j}
	}
	if p := s.phraseEnding(j); n.kind == plainNode && p != nil && len(p.holders) > 0 {
		return subject{people: p.holders, at: p.from}
	}
	return subject{at: j}
}

// itMeant returns the organization that "it" or "they" at node j stands for: the one
// that opens the sentence and speaks, or did the last thing told.
func (s *sentence) itMeant(j int) place {
	if s.last != nil && !s.last.subj.org.isZero() {
		return s.last.subj.org
	}
	i := b2i(s.nodes[0].is("the"))
	if i+1 < j && (s.nodes[i].kind == orgNode || s.nodes[i].kind == firmNode) && s.nodes[i+1].kind == plainNode && saysVerb(s.nodes[i+1].low) {
		return place{name: s.nodes[i].run, firm: s.nodes[i].kind == firmNode, sure: s.nodes[i].sure}
	}
	return place{}
}

// namedSubject takes a name that no recognizer took for a person's.
func (s *sentence) namedSubject(j int, c *clause) subject {
	n := s.nodes[j]
	if act := c.form.row.act; (n.kind == placeNode || n.kind == otherNode) && n.to-n.from > 1 && !c.passive && (act == actHire || act == actName || act == actFire) && !s.settled(n.run) {
		s.nodes[j].kind, s.nodes[j].sure = orgNode, false // "Airtel Africa has hired"
		n = s.nodes[j]
	}
	switch {
	case n.kind == orgNode || n.kind == firmNode:
		return subject{org: place{name: n.run, firm: n.kind == firmNode, sure: n.sure}, at: j}
	case n.kind != placeNode && n.to-n.from == 1 && s.personal(c) && !s.settled(n.run) && !holdsOrgWord(s.toks[n.from:n.to]):
		s.nodes[j].kind, s.nodes[j].sure = personNode, false
		return s.peopleEnding(j) // only people step down and are appointed to roles
	case n.kind == nameNode:
		sub := subject{org: place{name: n.run}, at: j, unsure: true}
		sub.people, _ = s.asPerson(j)
		return sub
	}
	return subject{at: j}
}

// personal reports whether only a person can be the subject of the clause.
func (s *sentence) personal(c *clause) bool {
	switch c.form.row.act {
	case actResign:
		return true
	case actName, actHire:
		return c.passive
	case actBecome:
		k := c.at + 1
		return k < len(s.nodes) && s.roleFrom(k) != nil
	}
	return false
}

// governorIsNoun reports whether "decision to leave": the possessor of the
// noun is the subject.
func (s *sentence) governorIsNoun(j int) bool {
	return j >= 0 && s.nodes[j].is("decision", "plan", "plans", "intention", "to") && (s.nodes[j].is("to") && j > 0 && s.nodes[j-1].is("decision", "plan", "plans", "intention") || !s.nodes[j].is("to"))
}

// possessor finds whose decision it was.
func (s *sentence) possessor(j int) subject {
	for j >= 0 && s.nodes[j].is("to", "decision", "plan", "plans", "intention", "recent", "surprise") {
		j--
	}
	switch {
	case j >= 1 && s.nodes[j].is("'s", "’s") && s.nodes[j-1].kind == personNode:
		return s.peopleEnding(j - 1)
	case j >= 0 && s.nodes[j].is("his", "her"):
		return subject{people: []who{{pronoun: s.nodes[j].low, at: s.nodes[j].run}}, at: j}
	}
	return subject{at: max(j, 0)}
}

func (s *sentence) openBracket(j int) int {
	depth := 0
	for i := j; i >= 0; i-- {
		switch {
		case s.nodes[i].is(")"):
			depth++
		case s.nodes[i].is("("):
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return 0
}

func (s *sentence) prep(j int) bool {
	return s.nodes[j].is("of", "at", "from", "for", "in", "with", "by", "to", "on", "near", "as", "than", "into", "under", "against", "about", "over", "after", "between")
}

// beforePrep steps over "of Acme" to the name it belongs to.
func (s *sentence) beforePrep(j int, c *clause) subject {
	if p := s.phraseCovering(j); p != nil && len(p.holders) > 0 {
		return subject{people: p.holders, at: p.from}
	}
	if k := j + 1; j > 0 && s.nodes[j-1].is("board", "trustees", "directors") && s.nodes[j].is("of") {
		for k < len(s.nodes) && s.nodes[k].is("the") {
			k++
		}
		if k < len(s.nodes) && s.nodes[k].org() {
			return subject{org: place{name: s.nodes[k].run, sure: s.nodes[k].sure}, at: j}
		}
	}
	if j > 0 && s.nodes[j-1].person() && s.nodes[j].is("of", "at", "from", "with", "in") {
		return s.peopleEnding(j - 1)
	}
	return subject{at: j}
}

// beforeAside finds the subject before an aside that a comma closes: "Ada
// Quist, the chief scientist, left".
func (s *sentence) beforeAside(j int, c *clause) subject {
	if k := s.overAdverbs(j - 1); s.last != nil && k > 0 && k < j-1 && s.nodes[k].is("and", "but") {
		return s.inherit(c) // "…, and since then, has led the company"
	}
	if j > 0 && s.nodes[j-1].person() {
		sub := s.peopleEnding(j - 1)
		if i := sub.at - 3; i >= 0 && len(sub.people) > 0 && s.nodes[sub.at-1].is("not") && s.nodes[i+1].is(",") && s.nodes[i].person() {
			sub = s.peopleEnding(i) // "Ada Quist, not Bo Lind, will lead"
		}
		if i := s.asideOf(sub.at); i >= 0 {
			sub = s.peopleEnding(i)
		}
		if len(sub.people) > 0 {
			return sub
		}
	}
	if j > 0 && s.nodes[j-1].is(")") {
		if o := s.openBracket(j - 1); o > 0 && s.nodes[o-1].person() {
			return s.peopleEnding(o - 1)
		}
	}
	for i := j - 1; i > 0 && j-i < 40; i-- {
		n := s.nodes[i]
		if n.is(",", "–", "—") && i > 0 {
			prev := i - 1
			if s.nodes[prev].is(")") {
				prev = max(s.openBracket(prev)-1, 0)
			}
			if s.nodes[prev].person() {
				return s.peopleEnding(prev)
			}
			if (s.nodes[prev].kind == orgNode || s.nodes[prev].kind == firmNode) && (prev == 0 || prev == 1 && s.nodes[0].is("the")) {
				return subject{org: place{name: s.nodes[prev].run, firm: s.nodes[prev].kind == firmNode, sure: true}, at: prev}
			}
			if s.nodes[prev].kind == nameNode && prev == 0 && !s.mayBePerson(s.nodes[0].run) {
				return subject{org: place{name: s.nodes[0].run}, at: 0}
			}
			if p := s.phraseCovering(prev); p != nil && len(p.holders) > 0 {
				return subject{people: p.holders, at: p.from}
			}
		}
		if n.is(";") {
			break
		}
	}
	if l := s.last; l != nil && headline(l.form) && headline(c.form) && !c.passive {
		return s.inherit(c) // "Ada Quist resigns as chief, joins Acme"
	}
	if s.nodes[0].person() && s.firstPerson(j) <= 0 && !c.ing && !c.inf && !s.owned(0) {
		return s.peopleEnding(0) // "He wrote a book and, on the strength of it, was appointed …"
	}
	return subject{at: j}
}

// headline reports whether a verb stands in the present, as headlines tell.
func headline(f *verbForm) bool { return !f.past && !f.part && !f.ing && !f.base }

// overAdverbs returns the node before a run of adverbs that ends at j.
func (s *sentence) overAdverbs(j int) int {
	for j > 0 && s.nodes[j].kind == plainNode && (adverb(s.nodes[j].low) || s.nodes[j].is("since", "then", "in", "turn")) {
		j--
	}
	return j
}

// antecedent finds whom "who" at node j stands for: the nearest name.
func (s *sentence) antecedent(j int) subject {
	i := j - 1
	if i >= 0 && s.nodes[i].is(",", "—", "–", "-", "and") {
		i--
	}
	if i >= 0 && s.nodes[i].is(",") {
		i--
	}
	if i < 0 {
		return subject{}
	}
	if s.nodes[i].is(")") {
		i = s.openBracket(i) - 1
	}
	for i >= 0 && (s.nodes[i].is(",") || s.toks[s.nodes[i].from].kind == number || isDegree(s.toks[s.nodes[i].from]) && s.nodes[i].kind == plainNode) {
		i--
	}
	if i < 0 {
		return subject{}
	}
	if s.nodes[i].kind == personNode {
		if all := s.peopleEnding(i); all.at == 0 && len(all.people) > 1 && s.nodes[j-1].is(",") {
			return all // "A and B, who founded Acme, …"
		}
		return subject{people: []who{{name: s.nodes[i].run, at: s.nodes[i].run}}, at: i}
	}
	if p := s.phraseCovering(i); p != nil && len(p.holders) > 0 {
		return subject{people: p.holders, at: p.from}
	}
	if s.nodes[i].kind == nameNode {
		if p, ok := s.asPerson(i); ok {
			return subject{people: p, at: i, unsure: true}
		}
	}
	return subject{at: i}
}

// inherit takes the subject of the clause before, or, at the head of a
// sentence, the one to come.
func (s *sentence) inherit(c *clause) subject {
	if j := s.whoBetween(c); j > 0 {
		if sub := s.antecedent(j); len(sub.people) > 0 {
			return sub
		}
	}
	if s.last != nil && (len(s.last.subj.people) > 0 || !s.last.subj.org.isZero()) {
		return s.last.subj
	}
	if s.last == nil {
		for j := c.start - 1; j >= 0; j-- { // a verb this table does not know has the subject
			if s.nodes[j].person() && j+1 < len(s.nodes) && !s.prepBefore(j) {
				if s.nodes[j+1].kind == plainNode && !s.nodes[j+1].is("'s", "’s") {
					return s.peopleEnding(j)
				}
			}
		}
	}
	return s.ahead(c.at)
}

// whoBetween returns the "who" whose clause goes on with c, behind the verb told
// last: "A replaces B, who had run the fund since 2012 and retired in March"; 0
// if there is none.
func (s *sentence) whoBetween(c *clause) int {
	if s.last == nil || c.start == 0 || !s.nodes[c.start-1].is("and") {
		return 0
	}
	for j := c.start - 2; j > s.last.at; j-- {
		switch n := s.nodes[j]; {
		case n.is("who"):
			return j
		case n.is(",", ";", "and", "but"):
			return 0
		}
	}
	return 0
}

func (s *sentence) prepBefore(j int) bool { return j > 0 && s.prep(j-1) }

// ahead finds the subject of the main clause behind an introduction: "After
// leaving Acme, Ada Quist founded …".
func (s *sentence) ahead(k int) subject {
	for j := k + 1; j+1 < len(s.nodes); j++ {
		n := s.nodes[j]
		if n.is(";") || n.verb != nil && n.verb.past && !n.verb.part && j > k+1 && s.nodes[j-1].person() {
			break
		}
		if !n.is(",") {
			continue
		}
		i := j + 1
		if p := s.phraseAtNode(i); p != nil && p.to < len(s.nodes) && s.nodes[p.to].kind == personNode {
			i = p.to
		}
		for i < len(s.nodes) && (s.nodes[i].is("the", "mr", "then") || s.nodes[i].kind == plainNode && isHonorific(s.toks[s.nodes[i].from])) {
			i++
		}
		if i < len(s.nodes) && s.nodes[i].person() {
			return s.peopleFrom(i)
		}
	}
	return subject{}
}
