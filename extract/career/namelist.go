package career

// peopleEnding reads a list of people that ends with node j.
func (s *sentence) peopleEnding(j int) subject {
	sub := subject{people: []who{s.whoAt(j)}, at: j}
	for i := s.beginOf(j) - 1; i > 0; {
		k := i
		if s.nodes[k].is("and", "&") {
			k--
		}
		if k < 0 || k == i && !s.nodes[k].is(",") {
			break
		}
		if s.nodes[k].is(",") {
			k--
		}
		if k < 0 {
			break
		}
		if n := s.nodes[k]; n.kind == nameNode && n.to-n.from > 1 && s.mayBePerson(n.run) && s.nodes[i].is("and", "&") {
			sub.people = append([]who{s.whoAt(k)}, sub.people...)
			sub.at = k
			i = s.beginOf(k) - 1
			continue
		}
		if s.nodes[k].is(")") {
			k = s.openBracket(k) - 1
		}
		if k < 0 || s.nodes[k].kind != personNode {
			if k >= 0 {
				if p := s.phraseCovering(k); p != nil && len(p.holders) > 0 && s.nodes[i].is("and") && !s.nodes[i-1].is(",") {
					sub.people = append(append([]who{}, p.holders...), sub.people...)
					sub.at = p.from
				}
			}
			break
		}
		if k == i-1 && s.nodes[i].is(",") && !s.andAhead(i, j) {
			break
		}
		sub.people = append([]who{s.whoAt(k)}, sub.people...)
		sub.at = k
		i = s.beginOf(k) - 1
	}
	return sub
}

// andAhead reports whether a list with commas goes on to an "and" before j.
func (s *sentence) andAhead(i, j int) bool {
	for k := i; k < j; k++ {
		if s.nodes[k].is("and", "&") {
			return true
		}
	}
	return false
}

// beginOf returns the first node of a name with the role before it.
func (s *sentence) beginOf(j int) int {
	for i := range s.phrases {
		if to := s.phrases[i].to; to == j || to == j-1 && s.nodes[to].is(",") && len(s.phrases[i].holders) > 0 && !s.phrases[i].aside {
			return s.phrases[i].from
		}
	}
	for j > 0 && s.nodes[j-1].kind == plainNode && isHonorific(s.toks[s.nodes[j-1].from]) {
		j--
	}
	for k := j; k > 0 && j-k < 3; k-- { // "and former colleague Raj Patel"
		if s.nodes[k-1].is("and") {
			return k
		}
		if !s.nodes[k-1].is("former", "fellow") && (s.nodes[k-1].kind != plainNode || !s.modifier(k-1)) {
			break
		}
	}
	return j
}

// peopleFrom reads a list of people that begins with node i.
func (s *sentence) peopleFrom(i int) subject {
	sub := subject{at: i}
	for i < len(s.nodes) {
		for i < len(s.nodes) && s.nodes[i].kind == plainNode && isHonorific(s.toks[s.nodes[i].from]) {
			i++
		}
		if i >= len(s.nodes) || !s.nodes[i].person() && !(s.nodes[i].kind == nameNode && s.mayBePerson(s.nodes[i].run)) {
			break
		}
		sub.people = append(sub.people, s.whoAt(i))
		i++
		if i < len(s.nodes) && s.nodes[i].is("(") {
			for i < len(s.nodes) && !s.nodes[i].is(")") {
				i++
			}
			i++
		}
		k := i
		if k < len(s.nodes) && s.nodes[k].is(",") {
			k++
		}
		and := false
		for k < len(s.nodes) && s.nodes[k].is("and", "&") {
			k++
			and = true
		}
		if k == i {
			break
		}
		if p := s.phraseAtNode(k); p != nil && p.to < len(s.nodes) && s.nodes[p.to].kind == personNode {
			k = p.to
		}
		for k < len(s.nodes) && s.nodes[k].kind == plainNode && isHonorific(s.toks[s.nodes[k].from]) {
			k++
		}
		if k >= len(s.nodes) || s.nodes[k].kind != personNode || !and && !s.listOfPeople(k) || s.subjectAhead(k+1) && and && len(sub.people) == 1 && s.clauseBetween(sub.at, k) {
			break
		}
		i = k
	}
	return sub
}

// clauseBetween reports whether a verb stands between two nodes.
func (s *sentence) clauseBetween(i, k int) bool {
	for j := i; j < k; j++ {
		if s.nodes[j].verb != nil {
			return true
		}
	}
	return false
}

// listOfPeople reports whether people, commas and an "and" follow.
func (s *sentence) listOfPeople(k int) bool {
	for j := k + 1; j < len(s.nodes) && j < k+20; j++ {
		if s.nodes[j].is("and", "&") {
			return j+1 < len(s.nodes) && (s.nodes[j+1].kind == personNode || s.phraseAtNode(j+1) != nil)
		}
		if s.nodes[j].kind != personNode && !s.nodes[j].is(",") {
			return false
		}
	}
	return false
}

func (s *sentence) whoAt(j int) who {
	n := s.nodes[j]
	if n.kind == pronounNode {
		return who{pronoun: n.low, at: n.run}
	}
	return who{name: n.run, at: n.run}
}

// asPerson takes a name of unknown kind for a person's, if it is shaped like
// one or the surname of somebody known.
func (s *sentence) asPerson(j int) ([]who, bool) {
	n := s.nodes[j]
	if n.kind != nameNode || !s.mayBePerson(n.run) {
		return nil, false
	}
	return []who{{name: n.run, at: n.run}}, true
}
