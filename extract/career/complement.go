package career

// complement reads what follows the noun: "of autopilot", "at Cohere", "of
// Spotify's audiobook unit", and after a comma, where one is allowed, an
// organization: "field CTO, BeyondTrust".
func (s *sentence) complement(p *phrase, comma bool) {
	for k, more := p.run.to, true; more && k < len(s.nodes) && k < p.from+50; {
		k = s.overBracket(k)
		n := s.nodes[k]
		switch {
		case n.is("of", "for", "in", "to", "on") && p.hasPlace() && !p.own:
			return
		case n.is("of"):
			k, more = s.ofPart(p, k)
		case n.is("at", "@", "with", "inside", "within"):
			s.asOrg(k + 1)
			if end, ok := s.placeList(k+1, p, true); ok {
				p.run.to = end
			}
			return
		case n.is("for"):
			k, more = s.forPart(p, k)
		case n.is("on") && s.boardAhead(k+1) > 0:
			k = s.extend(p, s.boardAhead(k+1))
		case n.is("in") && !p.hasPlace() && k+2 < len(s.nodes) && s.nodes[k+1].kind == dateNode && s.nodes[k+2].is("of"):
			k += 2 // "chairman in 2012 of the Acme committee"
		case n.is("in", "to", "on"):
			k, more = s.inPart(p, k)
		case n.kind == dateNode && !n.ranged && !p.hasPlace() && k+1 < len(s.nodes) && s.nodes[k+1].is("at"):
			k++ // "professor for chemistry 1862 at Acme"
		case n.is(",") && !p.hasPlace() && k+2 < len(s.nodes) && s.nodes[k+1].is("formerly", "previously", "currently") && s.nodes[k+2].is("including"):
			k += 2
		case n.is("including") && !p.hasPlace() && k > p.from+1:
			if end, ok := s.placeList(k+1, p, false); ok {
				p.run.to = end // "member of several boards including Acme"
			}
			return
		case n.is(",") && !p.hasPlace():
			k, more = s.commaPart(p, k, comma)
		default:
			return
		}
	}
}

// overBracket steps over a remark between the noun and its complement:
// "Instructor (later Assistant Professor) of Astrophysics".
func (s *sentence) overBracket(k int) int {
	if !s.nodes[k].is("(") {
		return k
	}
	if end := s.closeBracket(k); end > 0 && end-k < 7 && end+1 < len(s.nodes) && s.nodes[end+1].is("of", "at") {
		return end + 1
	}
	return k
}

// forPart reads what stands behind "for". Like its fellows below it returns
// where it ends and whether more can follow.
func (s *sentence) forPart(p *phrase, k int) (int, bool) {
	if k+1 < len(s.nodes) && s.nodes[k+1].org() && s.fieldOfWork(p, k+1) {
		return s.extend(p, k+2), true
	}
	own := p.places
	end, ok := s.placeList(k+1, p, true)
	if ok && (p.places[0].sure || p.places[0].firm || end >= len(s.nodes) || s.nodes[end].kind != plainNode || !s.modifier(end)) {
		p.run.to = end
		return end, false
	}
	p.places = own
	if end = s.plainRun(k + 1); end == k+1 {
		return k, false
	}
	return s.extend(p, end), true
}

// inPart reads what stands behind "in", "on" and "to".
func (s *sentence) inPart(p *phrase, k int) (int, bool) {
	if s.nodes[k].is("to") && p.from > 0 && s.nodes[p.from-1].is("from") {
		return k, false // "from CFO to CEO"
	}
	own := p.places
	if end, ok := s.placeList(k+1, p, false); ok && (s.nodes[k].is("in", "on") || s.nodes[k].is("to") && p.places[0].sure && s.toks[p.head].is("consultant", "adviser", "advisor", "counsel")) {
		p.run.to = end
		return end, false
	}
	p.places = own
	if k+1 < len(s.nodes) && s.nodes[k].is("in", "on") && s.nodes[k+1].kind == placeNode {
		end := k + 2
		return end, end < len(s.nodes) && s.nodes[end].is("at", "for", "of", "with")
	}
	end := s.plainRun(k + 1)
	if end == k+1 || end >= len(s.nodes) || !s.nodes[end].is("at", "of", "with", ",") && !(s.nodes[k].is("in") && s.nodes[end].is("for")) || s.nodes[end].is(",") && !s.placeBehind(end) {
		return k, false
	}
	return s.extend(p, end), true
}

// commaPart reads what a comma sets off: the organization, where the phrase
// is an aside itself, or a department.
func (s *sentence) commaPart(p *phrase, k int, comma bool) (int, bool) {
	if comma && s.placeBehind(k) {
		if end, ok := s.placeList(k+1, p, s.nodes[k+1].kind == nameNode && s.toks[s.nodes[k+1].from].camel()); ok {
			p.run.to = end
		}
		return k, false
	}
	end := s.departmentAfter(k)
	if end == 0 {
		return k, false
	}
	return s.extend(p, end), true
}

// boardAhead returns the end of "the board of directors" at node k, or 0.
func (s *sentence) boardAhead(k int) int {
	for k < len(s.nodes) && s.nodes[k].is("the", "its", "their", "both") {
		k++
	}
	if k >= len(s.nodes) || !s.nodes[k].is("board", "boards") {
		return 0
	}
	return max(s.plainRun(k), k+1)
}

// extend makes the role reach to node end.
func (s *sentence) extend(p *phrase, end int) int {
	p.role.to = s.nodes[end-1].to
	p.run.to = end
	p.bare = false
	return end
}

// ofPart reads what stands behind "of".
func (s *sentence) ofPart(p *phrase, k int) (int, bool) {
	j := k + 1
	if j+1 < len(s.nodes) && s.nodes[j].is("the", "its", "both") {
		j++
	}
	if j+1 < len(s.nodes) && s.nodes[j].kind == plainNode && described(s.toks[s.nodes[j].from]) && s.nodes[j+1].kind == orgNode {
		j++ // "of the Chicago-area YMCA"
	}
	if j >= len(s.nodes) {
		return k, false
	}
	if end := s.unnamedFirm(k + 1); end > 0 && !p.hasPlace() {
		p.places, p.elsewhere, p.run.to = []place{{none: true}}, true, end // "of a nonprofit": another, but which?
		return end, false
	}
	s.asFirm(p, j)
	switch n := s.nodes[j]; {
	case n.kind == nameNode && !p.own && s.departmentName(j): // the organization follows
		return s.extend(p, max(s.plainRun(j), j+1)), true
	case n.kind == orgNode && s.fieldOfWork(p, j):
		return s.extend(p, j+1), true
	case n.kind == orgNode || n.kind == nameNode || n.kind == firmNode || n.kind == personNode && !n.sure:
		return s.ofName(p, k, j)
	case n.kind == placeNode || n.kind == otherNode:
		return s.ofPlace(p, k, j)
	}
	if !p.hasPlace() && s.namedFirm(k+1) {
		return s.ofList(p, k+1, k)
	}
	end := s.plainRun(k + 1)
	if end == k+1 {
		return k, false
	}
	return s.extend(p, end), true
}

// unnamedFirm returns the end of words at node k for an organization that has no
// name, "a nonprofit", "another AI start-up"; 0 if they are none.
func (s *sentence) unnamedFirm(k int) int {
	if k+1 >= len(s.nodes) || !s.nodes[k].is("a", "an", "another") {
		return 0
	}
	for j := k + 1; j < len(s.nodes) && j < k+5 && s.nodes[j].kind == plainNode && s.modifier(j); j++ {
		if t := s.toks[s.nodes[j].from]; isFirmNoun(t) || t.is("rival", "competitor") {
			if j+1 < len(s.nodes) && (s.nodes[j+1].kind != plainNode || s.nodes[j+1].is("called", "named", "in", "of", "at", "board", "that", "'s", "’s") || s.modifier(j+1)) {
				return 0
			}
			return j + 1
		}
	}
	return 0
}

// asFirm takes the name at j, behind the "of" of a role that only companies
// have, for a company, whatever the recognizer thought.
func (s *sentence) asFirm(p *phrase, j int) {
	n := s.nodes[j]
	owner := j+1 < len(s.nodes) && s.nodes[j+1].is("'s", "’s")
	if (n.kind == placeNode || n.kind == otherNode) && (s.companyRole(p) || p.founder || s.toks[p.head].is("chairman", "chairwoman", "chair", "director", "editor-in-chief", "publisher")) && !s.settled(n.run) && !owner || n.kind == personNode && s.surelyFirm(n.run) && s.executive(p) {
		s.nodes[j].kind, s.nodes[j].sure = orgNode, false
	}
}

// ofName reads an organization behind "of". Of "Meta's head of Instagram"
// the named unit is the organization.
func (s *sentence) ofName(p *phrase, k, j int) (int, bool) {
	if p.own && p.hasPlace() {
		if s.nodes[j].kind != orgNode {
			return s.extend(p, j+1), true
		}
		p.places = nil
	}
	if n := s.nodes[j]; n.kind == nameNode && s.toks[p.head].is("professor", "lecturer") && !holdsOrgWord(s.toks[n.from:n.to]) && !s.university(n.run) && j+1 < len(s.nodes) && s.nodes[j+1].is(",", "and", "&") {
		if end := s.fieldsEnd(j + 1); end > 0 {
			return s.extend(p, end), true
		}
		return s.extend(p, j+1), true
	}
	end, ok := s.placeList(k+1, p, true)
	if !ok {
		return k, false
	}
	if end < len(s.nodes) && s.unitBehind(p, end) {
		return s.unitEnd(p, end), true
	}
	p.run.to = end
	return end, false
}

// fieldsEnd returns where a list of fields ends that goes on at node k and
// leads to "at" and a school: "of Social Policy, Law, and Women's Studies at
// Brandeis"; 0 if there is none.
func (s *sentence) fieldsEnd(k int) int {
	for j := k; j+1 < len(s.nodes) && j < k+12; j++ {
		n := s.nodes[j]
		switch {
		case n.is("at"):
			if pl, _ := s.placeFrom(j+1, false); pl.sure && s.learned(pl) {
				return j
			}
			return 0
		case n.kind == nameNode, n.kind == otherNode, n.is(",", "and", "&", "'s", "’s"), n.is("of") && s.nodes[j-1].is("and"):
		case n.kind == orgNode && !holdsOrgWord(s.toks[n.from:n.to]):
		case n.kind != plainNode || !s.modifier(j) || s.isHead(j):
			return 0
		}
	}
	return 0
}

// ofPlace reads a place or a people behind "of": "of the Chicago-area YMCA",
// "of Jewish history", "of Melbourne's St Kilda Youth Service", "of France".
func (s *sentence) ofPlace(p *phrase, k, j int) (int, bool) {
	if j+1 < len(s.nodes) && s.nodes[j+1].kind == orgNode {
		return s.ofList(p, j+1, k)
	}
	if j+2 < len(s.nodes) && s.nodes[j+1].is("based") && (s.nodes[j+2].kind == orgNode || s.namedFirm(j+2)) {
		return s.ofList(p, j+2, k) // "of London based Acme"
	}
	if j+4 < len(s.nodes) && s.nodes[j+1].is(",") && s.nodes[j+2].kind == placeNode && s.nodes[j+3].is("'s", "’s") {
		return s.ofList(p, j+4, k) // "of Montvale, New Jersey's Acme"
	}
	if end := s.plainRun(j + 1); end > j+1 && s.nodes[j].kind == otherNode {
		return s.extend(p, end), true
	}
	if j+1 < len(s.nodes) && s.nodes[j+1].is("'s", "’s") {
		return s.ofList(p, j+2, k)
	}
	p.run.to = j + 1
	return j + 1, true
}

// ofList reads the organizations at node j; back is where to return to if
// there are none.
func (s *sentence) ofList(p *phrase, j, back int) (int, bool) {
	end, ok := s.placeList(j, p, true)
	if !ok {
		return back, false
	}
	p.run.to = end
	return end, false
}

// unitBehind reports whether a possessive goes on with an unnamed unit:
// "of Spotify's audiobook unit".
func (s *sentence) unitBehind(p *phrase, k int) bool {
	return s.nodes[k].is("'s", "’s") && k+1 < len(s.nodes) && s.nodes[k+1].kind == plainNode && len(p.places) == 1
}

func (s *sentence) unitEnd(p *phrase, k int) int {
	end := s.plainRun(k + 1)
	for j := k + 1; j < end; j++ {
		if s.nodes[j].is("subsidiary", "spinoff", "spin-off", "affiliate") {
			p.places = []place{{none: true}}
		}
	}
	if end > k+1 {
		s.extend(p, end)
		return end
	}
	p.run.to = k
	return k
}

// tail reads dates and lengths right behind the phrase: "since 2018", "from
// 2015 to 2020", "for 18 years".
func (s *sentence) tail(p *phrase) {
	k := p.run.to
	for range 3 {
		if k >= len(s.nodes) {
			return
		}
		n := s.nodes[k]
		switch {
		case n.is("(", ",") && k+1 < len(s.nodes) && s.nodes[k+1].kind == dateNode && s.nodes[k+1].ranged:
			k++
			continue
		case n.kind == dateNode && n.ranged && p.date.IsZero():
			p.date, p.dateEnd, p.dateAt, p.ranged, p.open = n.date, n.end, n.run, true, n.open
		case n.is("until", "till") && k+1 < len(s.nodes) && s.nodes[k+1].kind == dateNode && !s.nodes[k+1].ranged && !p.ranged:
			p.dateEnd, p.dateAt, p.ranged = s.nodes[k+1].date, s.nodes[k+1].run, true
			k++
		case n.is(",") && s.heldSince(k) != nil && p.date.IsZero():
			d := s.heldSince(k)
			p.date, p.dateEnd, p.dateAt, p.ranged, p.open = d.date, d.end, d.run, true, d.open
		case n.is("for", "of") && k+1 < len(s.nodes) && s.nodes[k+1].kind == lengthNode && p.months == (length{}):
			p.months, p.monthAt = s.nodes[k+1].length, s.nodes[k+1].run
			k++
		default:
			return
		}
		k++
		p.run.to = k
	}
}

// heldSince returns the date in ", a post she has held since 2016", whose
// comma is at k.
func (s *sentence) heldSince(k int) *node {
	job := false
	for j := k + 1; j < len(s.nodes) && j < k+9; j++ {
		n := &s.nodes[j]
		switch {
		case jobWord(*n), n.is("title", "office"):
			job = true
		case n.kind == dateNode && n.ranged && job && s.nodes[j-1].is("held"):
			return n
		case n.is("a", "the", "that", "which", "has", "had", "held", "he", "she") || n.kind == pronounNode:
		default:
			return nil
		}
	}
	return nil
}
