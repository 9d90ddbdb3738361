package career

import "tenure/extract"

// announcing returns the organization that makes known what stands at node k:
// "Acme confirmed on Friday the departure of Ada Quist".
func (s *sentence) announcing(k int) place {
	for j := 1; j < k; j++ {
		if !s.nodes[j].is("announced", "announces", "announcing", "confirmed", "confirms", "confirming", "disclosed", "discloses", "revealed", "unveiled", "accepted", "accepts") {
			continue
		}
		if pl := s.speaksAt(j); !pl.isZero() {
			return pl
		}
	}
	return place{}
}

// madeKnown reports whether the noun at node k is what somebody makes known.
func (s *sentence) madeKnown(k int) bool {
	for j := k - 1; j >= 0 && k-j < 5; j-- {
		if s.nodes[j].is("announced", "confirmed", "disclosed", "revealed", "reported") {
			return true
		}
	}
	return false
}

// speaksAt returns the organization that is the subject of the verb at node j.
func (s *sentence) speaksAt(j int) place {
	i := j - 1
	for i > 0 && (s.nodes[i].kind == dateNode || s.nodes[i].kind == plainNode && (adverb(s.nodes[i].low) || s.nodes[i].is("has", "on", ")"))) {
		if s.nodes[i].is(")") {
			i = max(s.openBracket(i), 1) // "Acme Inc. (NYSE: ACME) today announced"
		}
		i--
	}
	if s.nodes[i].kind != orgNode {
		return place{}
	}
	return place{name: s.nodes[i].run, sure: s.nodes[i].sure}
}

// strengthened returns the organization that opens the sentence, where the
// noun at k is what it does something with: "Acme bolsters its team with the
// hire of Ada Quist".
func (s *sentence) strengthened(k int) place {
	for j := k - 1; j > 0 && k-j < 4; j-- {
		if s.nodes[j].is("with", "by", "through") && s.nodes[0].kind == orgNode {
			return place{name: s.nodes[0].run, sure: s.nodes[0].sure}
		}
	}
	return place{}
}

// overWho returns the node behind a clause with "who" at k, the mark of its
// end included; k if there is none.
func (s *sentence) overWho(k int) int {
	if k+1 >= len(s.nodes) || !s.nodes[k].is(",") || !s.nodes[k+1].is("who") {
		return k
	}
	for j := k + 2; j < len(s.nodes) && j < k+20; j++ {
		if s.nodes[j].is(",") {
			return j + 1
		}
	}
	return k
}

// partners reads "Acme and Ada Quist have parted ways".
func (s *sentence) partners(c *clause) bool {
	for j := 0; j+2 < c.start; j++ {
		if !s.nodes[j+1].is("and", "&") {
			continue
		}
		next := j + 2 + b2i(s.nodes[j+2].is("the"))
		a, b := s.nodes[j], s.nodes[next]
		org, person := j, next
		if a.kind == personNode && b.kind == orgNode {
			org, person = next, j
		} else if a.kind != orgNode || b.kind != personNode {
			continue
		}
		c.subj = subject{people: []who{s.whoAt(person)}, at: person}
		c.args = s.argsOf(c, c.at+1)
		f := extract.Fact{Type: extract.Left}
		s.dated(&f, c, true)
		s.tell(f, c.subj.people[0], place{name: s.nodes[org].run, sure: s.nodes[org].sure}, s.rule(c), c, nil)
		return true
	}
	return false
}

// hasNew reads "O has a new R, A": the aside names who holds the role.
func (s *sentence) hasNew() {
	for i := range s.phrases {
		p := &s.phrases[i]
		j := p.from - 1
		if p.used || p.hasPlace() || !p.article || j < 1 || !s.nodes[j].is("has", "have", "gets", "got", "had") {
			continue
		}
		if j == 1 && p.to < len(s.nodes) && s.nodes[p.to].is(":") {
			s.asOrg(0)
		}
		if s.nodes[j-1].kind != orgNode {
			continue
		}
		if p.to+1 < len(s.nodes) && s.nodes[p.to].is(",", ":", "in") && s.nodes[p.to+1].kind == personNode && !s.owned(p.to+1) {
			p.places = []place{{name: s.nodes[j-1].run, sure: s.nodes[j-1].sure}}
			p.holders = s.peopleFrom(p.to + 1).people[:1]
		}
	}
}

// overShort returns the node behind the short form in brackets that follows a
// name at k: "World Medical Association (WMA) chief"; k if there is none.
func (s *sentence) overShort(k int) int {
	if k+2 < len(s.nodes) && s.nodes[k].is("(") && s.nodes[k+2].is(")") && s.toks[s.nodes[k+1].from].shout() {
		return k + 3
	}
	return k
}

// herePlace returns the organization behind the "at" of a clause.
func (s *sentence) herePlace(c *clause) place {
	for j := c.at + 1; j+1 < len(s.nodes) && j < c.args.stop; j++ {
		if s.nodes[j].is("at") {
			if pl, _ := s.placeAt(j+1, false); pl.sure && !pl.none {
				return pl
			}
		}
	}
	return place{}
}

// outlasts reports whether the date node d says until when, not when.
func (s *sentence) outlasts(d *node) bool {
	for j := 1; j < len(s.nodes); j++ {
		if s.nodes[j].from == d.from {
			return s.nodes[j-1].is("until", "till", "through")
		}
	}
	return false
}

// whoMoves returns who comes or goes: the subject, or those whom the sentence
// counts up.
func (s *sentence) whoMoves(c *clause) subject {
	if sub := s.amongThose(c); len(sub.people) > 0 {
		return sub
	}
	return s.subjectOf(c)
}

// amongThose reads "among those leaving O are A and B", "those joining O
// include A": the people behind the verb of being.
func (s *sentence) amongThose(c *clause) subject {
	j := c.start - 1
	for j > 0 && (s.nodes[j].is("who", "to") || s.nodes[j].kind == plainNode && adverb(s.nodes[j].low)) {
		j--
	}
	if j < 0 || !s.nodes[j].is("those", "people", "executives", "researchers", "employees", "hires", "staffers", "others") {
		return subject{}
	}
	for k := c.at + 1; k+1 < len(s.nodes) && k < c.at+12; k++ {
		if s.nodes[k].is("is", "are", "were", "was", "include", "includes", "included") {
			return s.agent(k + 1)
		}
	}
	return subject{}
}

// gotStart reads "got her start at O in 1998".
func (s *sentence) gotStart() {
	for k := 1; k+4 < len(s.nodes); k++ {
		if !s.nodes[k].is("got", "gets") || !s.nodes[k+1].is("his", "her", "their") || !s.nodes[k+2].is("start") || !s.nodes[k+3].is("at", "with") {
			continue
		}
		pl, end := s.placeAt(k+4, false)
		c := clause{at: k, start: k, form: &verbForm{row: &verbRow{forms: "start"}, past: true}, past: true}
		c.subj = s.subjectOf(&c)
		if !pl.sure || pl.none || len(c.subj.people) == 0 {
			continue
		}
		s.context(&c)
		c.args = s.argsOf(&c, end)
		f := extract.Fact{Type: extract.Joined}
		s.dated(&f, &c, true)
		s.tellAll(&c, c.subj.people, pl, nil, func() extract.Fact { return f })
	}
}

// newestHire reads "O's newest hire is A", "O's latest hire, A,".
func (s *sentence) newestHire() {
	for k := 3; k+2 < len(s.nodes); k++ {
		if !s.nodes[k].is("hire", "hires", "recruit", "recruits") || !s.nodes[k-1].is("newest", "latest", "new", "recent", "biggest", "first") || !s.nodes[k-2].is("'s", "’s", "'", "’") || s.nodes[k-3].kind != orgNode || !s.nodes[k+1].is(",", ":", "is", "are", "was", "include", "includes") {
			continue
		}
		sub := s.agent(k + 2)
		if sub.unsure {
			continue
		}
		c := clause{at: k, start: k - 3, form: &verbForm{row: &verbRow{forms: "hire"}}}
		s.context(&c)
		for _, w := range sub.people {
			s.tell(extract.Fact{Type: extract.Joined}, w, place{name: s.nodes[k-3].run, sure: s.nodes[k-3].sure}, "prose/hire", &c, nil)
		}
	}
}
