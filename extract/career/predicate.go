package career

import "tenure/extract"

// predicates tells the roles that stand further on in what somebody is: "A is
// a Norwegian billionaire, CEO of O", "A is an author and the co-founder of O".
func (s *sentence) predicates(c *clause, k int) bool {
	told := false
	for i := range s.phrases {
		p := &s.phrases[i]
		if p.from <= k || p.used || len(p.holders) > 0 || !p.hasPlace() || p.from == 0 {
			continue
		}
		if !s.nodes[p.from-1].is(",", "and", "&", "also", "then", "now") || !s.samePredicate(k, p.from) {
			continue
		}
		if c.subj.people == nil {
			c.subj = s.subjectOf(c)
		}
		if len(c.subj.people) != 1 || c.subj.unsure {
			return told
		}
		c.args = s.argsOf(c, p.to)
		p.holders = c.subj.people
		s.tellRole(p, p.holders, s.tense(c, p), "prose/be", c)
		told = true
	}
	return told
}

// samePredicate reports whether the nodes from i to j are one list of what
// somebody is: no other person, no other clause between them.
func (s *sentence) samePredicate(i, j int) bool {
	for k := i; k < j; k++ {
		n := s.nodes[k]
		switch {
		case n.is(";") && k+1 < j && s.nodes[k+1].is("and"):
		case n.is("(") && s.closeBracket(k) > 0 && s.closeBracket(k) < j:
			k = s.closeBracket(k)
		case n.kind == personNode || n.kind == pronounNode, n.is(";", ":", "(", "who", "which", "that", "where", "whose", "when", "but", "because", "by", "with", "like", "’s", "'s", "—", "–", "to", "said"):
			return false
		case n.verb != nil && s.phraseCovering(k) == nil && s.realVerb(k):
			return false
		}
	}
	return true
}

// whileAt reads "It was built by A while at O": A was there.
func (s *sentence) whileAt() {
	for j := 1; j+2 < len(s.nodes); j++ {
		if !s.nodes[j].is("while", "whilst") || !s.nodes[j+1].is("at", "with") {
			continue
		}
		pl, _ := s.placeAt(j+2, false)
		if !pl.sure || pl.firm || pl.none {
			continue
		}
		i := j - 1
		if s.nodes[i].is(",") {
			i--
		}
		if i < 0 || s.nodes[i].kind != personNode {
			i = s.firstPerson(j)
		}
		if i >= 0 && !s.known(i, pl) {
			s.tell(extract.Fact{Type: extract.RoleAt, Status: extract.Former}, s.whoAt(i), pl, "prose/while-at", nil, nil)
		}
	}
}

// firstPerson returns the node of the only person named before node j, or -1.
func (s *sentence) firstPerson(j int) int {
	at := -1
	for i := range j {
		if s.nodes[i].kind != personNode || s.owned(i) {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	return at
}

// priorTo reads "Prior to O, A was R at P": A is, or was, at O, too.
func (s *sentence) priorTo() {
	k := 1
	if len(s.nodes) > 4 && s.nodes[0].is("prior") && s.nodes[1].is("to") {
		k = 2
	} else if len(s.nodes) < 4 || !s.nodes[0].is("before") {
		return
	}
	if s.nodes[k].kind != orgNode || !s.nodes[k].sure || !s.nodes[k+1].is(",") || s.learned(place{name: s.nodes[k].run}) {
		return
	}
	i := k + 2
	for i < len(s.nodes) && s.nodes[i].kind == plainNode && isHonorific(s.toks[s.nodes[i].from]) {
		i++
	}
	if i >= len(s.nodes) || !s.nodes[i].person() {
		return
	}
	w := s.whoAt(i)
	name, _, _ := s.resolve(w)
	for _, c := range s.facts {
		if c.Kept && c.Fact.Person == name && c.Fact.Type == extract.RoleAt {
			s.tell(extract.Fact{Type: extract.RoleAt}, w, place{name: s.nodes[k].run, sure: true}, "prose/prior-to", nil, nil)
			return
		}
	}
}
