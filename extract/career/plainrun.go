package career

// departmentAfter returns the end of "Finance" in "Senior Vice President,
// Finance, at Acme": a department set off by commas before the place.
func (s *sentence) departmentAfter(k int) int {
	j := k + 1
	for j < len(s.nodes) && j-k < 6 && (s.nodes[j].kind == nameNode || s.nodes[j].kind == plainNode && (s.toks[s.nodes[j].from].upper() || s.nodes[j].is("and", "&", "of", ",")) || s.nodes[j].kind == otherNode) {
		if s.nodes[j].is(",") && j+1 < len(s.nodes) && s.nodes[j+1].is("at", "for", "of") {
			return j + 1
		}
		j++
		if j < len(s.nodes) && s.nodes[j].is("at", "for", "@") && department(s.toks, run{s.nodes[k+1].from, s.nodes[j-1].to}) {
			return j
		}
	}
	return 0
}

// placeBehind reports whether the comma at k is followed by an organization
// and nothing more of it: "CTO, ezCater," "President, Acme Inc."
func (s *sentence) placeBehind(k int) bool {
	if k+1 >= len(s.nodes) {
		return false
	}
	n := s.nodes[k+1]
	if n.kind != orgNode && (n.kind != nameNode || department(s.toks, n.run)) {
		return false
	}
	if k+2 >= len(s.nodes) {
		return true
	}
	next := s.nodes[k+2]
	if next.is(",", ".", ")", ";", "who", "—", "–", "(", `"`, "”") || next.kind == plainNode && (saysVerb(next.low)) {
		return n.kind == orgNode || next.is(",", ".", ")", ";") && !(next.is(",") && k+3 < len(s.nodes) && s.nodes[k+3].kind == nameNode)
	}
	return false
}

// plainRun returns the end of a run of ordinary words that can complete a
// role: "global technology and operations".
func (s *sentence) plainRun(k int) int {
	j := k
	for j < len(s.nodes) && j-k < 8 {
		n := s.nodes[j]
		switch {
		case n.kind == nameNode || n.kind == otherNode:
		case n.kind != plainNode:
			return j
		case n.is("and", "&"):
			if j == k || j+1 >= len(s.nodes) || !s.continues(j+1) {
				return j
			}
		case n.is("the", "its", "our", "their", "all") && j == k:
		case n.is("of") && j > k && j+1 < len(s.nodes) && s.nodes[j+1].kind == plainNode && s.modifier(j+1):
		case n.is("directors", "trustees", "governors", "regents") && j > k+1 && s.nodes[j-1].is("of") && s.nodes[j-2].is("board", "boards"):
		case n.is("of") && j > k && s.nodes[j-1].is("board", "boards") && j+1 < len(s.nodes) && s.nodes[j+1].is("directors", "trustees", "governors", "regents"):
		case j == k && s.toks[n.from].upper() && s.isHead(j): // "Minister of Justice"
		case s.isHead(j) && j+1 < len(s.nodes) && s.nodes[j+1].is("board", "committee", "council", "team", "group"): // "the Executive Board"
		case s.toks[n.from].kind != word || !s.modifier(j) || s.isHead(j) && !s.nodes[j].is("staff", "officer", "general"):
			if n.is(",") && j > k && s.commaList(j) {
				break
			}
			return j
		}
		j++
	}
	for j > k && s.nodes[j-1].is("and", "the", "its", "of", "our", "their", "&") {
		j--
	}
	return j
}

// continues reports whether the words behind an "and" go on with the field
// of work rather than begin another role or clause.
func (s *sentence) continues(j int) bool {
	n := s.nodes[j]
	if n.kind == nameNode || n.kind == otherNode {
		return true
	}
	if n.kind != plainNode || !s.modifier(j) || n.verb != nil {
		return false
	}
	for i := j; i < len(s.nodes) && i < j+4; i++ {
		if s.nodes[i].kind == plainNode && s.isHead(i) {
			return false
		}
		if s.nodes[i].kind != plainNode || !s.modifier(i) {
			break
		}
	}
	return true
}

// commaList reports whether the comma at j stands inside "Sociology,
// Anthropology and Criminal Justice".
func (s *sentence) commaList(j int) bool {
	words := 0
	for i := j + 1; i < len(s.nodes) && i < j+5; i++ {
		n := s.nodes[i]
		if n.is("and", "&") {
			return words > 0 && words <= 3 && i+1 < len(s.nodes) && s.continues(i+1) && !s.headSoon(i+1)
		}
		if n.kind != plainNode || !s.modifier(i) || s.isHead(i) {
			return false
		}
		words++
	}
	return false
}

// namedFirm reports whether words for a company lead to its name: "the robot
// maker Cyberdyne". The name is taken for one, whatever the recognizer said.
func (s *sentence) namedFirm(k int) bool {
	for j := k; j+1 < len(s.nodes) && j < k+9; j++ {
		n := s.nodes[j]
		if n.kind == plainNode && firmWord(n.low) {
			if m := s.nodes[j+1]; m.kind != plainNode && m.kind <= nameNode && m.kind != personNode && s.toks[m.from].gap == space && !s.settled(m.run) {
				s.nodes[j+1].kind = orgNode
				return true
			}
		}
		if n.kind != plainNode && n.kind != otherNode && n.kind != nameNode && n.kind != placeNode || n.kind == plainNode && !s.modifier(j) && !n.is("the", "a", "an", "-", ",", "and", "based") {
			return false
		}
	}
	return false
}

// surelyFirm reports whether a name of one word that the recognizer took for
// a person's is nobody's that the text tells of.
func (s *sentence) surelyFirm(r run) bool {
	return r.to-r.from == 1 && len(s.people.byWord[s.toks[r.from].low]) == 0
}

// executive reports whether a role is one in the running of an organization.
func (s *sentence) executive(p *phrase) bool {
	return topRole(s.toks[p.head].low) || s.toks[p.head].is("controller", "engineer", "analyst", "superintendent", "supervisor") || s.companyRole(p)
}

// companyRole reports whether a role is one that companies have: what stands
// behind its "of" is one.
func (s *sentence) companyRole(p *phrase) bool {
	for k := p.role.from; k < p.role.to; k++ {
		if s.toks[k].is("ceo", "cto", "cfo", "coo", "founder", "co-founder", "cofounder", "owner", "co-owner", "founders", "co-founders", "managing", "employee", "executive", "chief", "spokesman", "spokeswoman", "spokesperson", "boss") {
			return true
		}
	}
	return false
}

// fieldOfWork reports whether the name at j, which the recognizer took for
// an organization, is what somebody is professor of: a school follows.
func (s *sentence) fieldOfWork(p *phrase, j int) bool {
	more := j + 1
	if more < len(s.nodes) && s.nodes[more].is("and", "&") && s.toks[p.head].is("professor", "lecturer", "emeritus", "emerita", "fellow", "instructor") {
		more++ // "for New Media and Digital Culture at"
	}
	if end := s.plainRun(more); end > j+1 && end < j+4 && end+1 < len(s.nodes) && s.nodes[end].is("at") && !holdsOrgWord(s.toks[s.nodes[j].from:s.nodes[j].to]) {
		if pl, _ := s.placeFrom(end+1, false); pl.sure {
			return true // "professor of Jewish history at Brandeis"
		}
	}
	if j+2 < len(s.nodes) && s.nodes[j+1].is("at") && s.toks[p.head].is("professor", "lecturer") {
		if pl, _ := s.placeFrom(j+2, false); pl.sure && s.learned(pl) {
			return true
		}
	}
	if holdsOrgWord(s.toks[s.nodes[j].from:s.nodes[j].to]) || !s.toks[p.head].is("professor", "lecturer", "emeritus", "emerita", "fellow", "chair", "instructor", "director", "head", "president", "manager") {
		return false
	}
	k := j + 1
	if k < len(s.nodes) && s.nodes[k].is(",") {
		k++
	}
	if k >= len(s.nodes) || !s.nodes[k].is("at", "in") {
		return false
	}
	pl, _ := s.placeFrom(k+1, false)
	return pl.sure && (s.nodes[k].is("at") || s.learned(pl))
}

// departmentName reports whether the unknown name at j, behind "of", is a
// field of work: it is one by its words, or a place follows.
func (s *sentence) departmentName(j int) bool {
	n := s.nodes[j]
	if department(s.toks, n.run) {
		return true
	}
	if j+1 >= len(s.nodes) {
		return false
	}
	if end := s.plainRun(j); !n.sure && end > j+1 && end+1 < len(s.nodes) && s.nodes[end].is("at", "with", "@") {
		if pl, _ := s.placeFrom(end+1, false); pl.sure {
			return true
		}
	}
	next := s.nodes[j+1]
	if next.is("at", "with", "@", "for") && j+2 < len(s.nodes) && (s.nodes[j+2].org() || s.nodes[j+2].kind == firmNode || s.nodes[j+2].is("the")) {
		return !n.sure
	}
	return next.kind == plainNode && next.is("and", "&") && j+2 < len(s.nodes) && s.nodes[j+2].kind == plainNode && s.toks[s.nodes[j+2].from].upper()
}
