package career

// chairBehind reports whether the name at i is that of a chair.
func (s *sentence) chairBehind(i int) bool {
	return i+1 < len(s.nodes) && s.nodes[i+1].is("professor", "fellow", "chair", "lecturer", "scholar")
}

// asideBefore reports whether node i stands behind a name and a comma.
func (s *sentence) asideBefore(i int) bool {
	return i > 0 && (len(s.beforeComma(i-1)) > 0 || s.nodes[i-1].is(",", "(", "and"))
}

// beforeComma returns the people whose aside begins behind the mark at j.
func (s *sentence) beforeComma(j int) []who {
	if j <= 0 || !s.nodes[j].is(",", "(", "–", "—", "-") {
		return nil
	}
	i := j - 1
	for i > 0 {
		n := s.nodes[i]
		switch {
		case n.kind == plainNode && s.toks[n.from].kind == number && len(s.toks[n.from].text) <= 3 && s.nodes[i-1].is(",", "aged", "age"):
			i--
			if s.nodes[i].is("aged", "age") {
				i--
			}
			if i > 0 && s.nodes[i].is(",") {
				i--
			}
			continue
		case i > 1 && s.degree(i):
			i--
			if s.nodes[i].is(",") {
				i--
			}
			continue
		case n.is(")"):
			o := s.openBracket(i)
			if o == 0 || i-o > 14 {
				return nil
			}
			i = o - 1
			continue
		}
		break
	}
	if s.nodes[i].kind == personNode {
		return s.peopleEnding(i).people
	}
	if s.nodes[i].kind == nameNode && i+1 == j {
		if p, ok := s.asPerson(i); ok && (s.nodes[i].to-s.nodes[i].from > 1 || s.nodes[j].is("(")) {
			return p
		}
	}
	return nil
}

// degree reports whether node i is a degree behind a name: "MD", "FASA".
func (s *sentence) degree(i int) bool {
	n := s.nodes[i]
	t := s.toks[n.from]
	if n.to != n.from+1 || t.kind != word {
		return false
	}
	if len(t.text) > 3 && t.text[1] == '-' && (t.text[0] == 'D' || t.text[0] == 'R') {
		return true // "Sen. Alan Cranston, D-Calif., chairman of"
	}
	return isDegree(t) || isSuffix(t) || t.shout() && len(t.text) <= 6 && i > 1 && s.nodes[i-1].is(",") && n.kind != personNode && n.kind != orgNode && !isRoleHead(t.low)
}

// holders finds whose role each phrase names, where no verb is needed:
// before the name, or behind it as an aside.
func (s *sentence) holders() {
	for i := range s.phrases {
		p := &s.phrases[i]
		if s.asFollows(p) {
			continue
		}
		if w := s.behindName(i); len(w) > 0 {
			p.holders, p.aside = w, true
			if p.plural == "" && len(w) > 1 {
				p.holders = w[len(w)-1:]
			}
			s.atIts(p)
			continue
		}
		p.holders = s.beforeName(p)
		s.atIts(p)
	}
}

// atIts gives a role behind "its" the organization spoken of for a place.
func (s *sentence) atIts(p *phrase) {
	if len(p.holders) > 0 && p.its && !p.hasPlace() && s.nodes[p.from].is("its", "their") {
		p.places = []place{{firm: true, name: s.nodes[p.from].run}}
	}
}

// asFollows reports whether the phrase stands behind "as" or a verb that
// says how its holder came by it.
func (s *sentence) asFollows(p *phrase) bool {
	if p.from == 0 {
		return false
	}
	n := s.nodes[p.from-1]
	if k := s.overSpan(p); s.opens(p) && k+1 < len(s.nodes) && s.nodes[k].is(",") && s.nodes[k+1].kind == personNode {
		return false // "As chief executive of Acme, Ada Quist …"
	}
	return n.is("as") && !(p.to < len(s.nodes) && s.nodes[p.to].kind == personNode)
}

// behindName returns the people that phrase i is an aside to.
func (s *sentence) behindName(i int) []who {
	p := &s.phrases[i]
	if p.from == 0 {
		return nil
	}
	j := p.from - 1
	if j > 0 && s.nodes[j].is("also") {
		j-- // "A (also the founder of O)"
	}
	prev := s.nodes[j]
	if prev.is(",", "(", "–", "—", "-") {
		if w := s.beforeComma(j); len(w) > 0 && !s.ownsNext(p) {
			return w
		}
	}
	if prev.is("and") && j > 1 && s.nodes[j-1].is(",") && s.degree(j-2) {
		if w := s.beforeComma(j - 1); len(w) > 0 && !s.ownsNext(p) {
			return w
		}
	}
	// "…, R of O and R of P": the phrase goes on with the one before
	if k := j; prev.is("and", ",", "&") || prev.is("as") {
		if prev.is("and", "&") && k > 0 && s.nodes[k-1].is(",") {
			k--
		}
		if q := s.phraseEnding(k - 1); q != nil && len(q.holders) > 0 && (q.aside || q.to == k) && q.plural == "" && !s.ownsNext(p) && !(p.to < len(s.nodes) && s.nodes[p.to].kind == personNode) {
			if q.aside {
				if !p.hasPlace() && p.its {
					p.places = q.places
				}
				return q.holders
			}
		}
	}
	return nil
}

// ownsNext reports whether the phrase stands before another name that it
// belongs to: "A, B's chief executive C".
func (s *sentence) ownsNext(p *phrase) bool {
	return p.to < len(s.nodes) && s.nodes[p.to].kind == personNode
}

// beforeName returns the people that the phrase stands right before:
// "Tesla's head of autopilot, Ashwin Rao," and "former Meta researchers A
// and B".
func (s *sentence) beforeName(p *phrase) []who {
	k := s.overSpan(p)
	comma := false
	if k < len(s.nodes) && s.nodes[k].is(",", ":") {
		comma = true
		k++
	}
	for k < len(s.nodes) && s.nodes[k].kind == plainNode && (isHonorific(s.toks[s.nodes[k].from]) || isRank(s.toks[s.nodes[k].from]) || comma && s.nodes[k].is("professor")) {
		k++
	}
	if k >= len(s.nodes) {
		return nil
	}
	n := s.nodes[k]
	if n.kind == nameNode && (!comma || p.own && s.closesAside(k+1)) {
		if w, ok := s.asPerson(k); ok && n.to-n.from > 1 {
			if p.plural != "" {
				return s.peopleFrom(k).people
			}
			return w
		}
	}
	if n.kind == pronounNode && comma && s.opens(p) && p.plural == "" && p.hasPlace() && !n.is("i") {
		return []who{s.whoAt(k)} // "A professor at Acme, she …"
	}
	if n.kind != personNode {
		return nil
	}
	if comma && !p.own && !p.article && !p.its && !s.opens(p) && !(p.status != "" && p.hasPlace() && s.closesAside(k+1)) {
		return nil
	}
	if comma && k+1 < len(s.nodes) && s.nodes[k+1].is("'s", "’s") {
		return nil
	}
	if comma && p.article && !p.own && !s.closesAside(k+1) && !s.opens(p) {
		return nil
	}
	w := s.peopleFrom(k).people
	if p.plural == "" && len(w) > 1 {
		w = w[:1]
	}
	return w
}

// overSpan returns the node behind an opening phrase and what tells of its
// time: "As chairman of Acme (the parent) from 1921 until 1945, Ada Quist".
func (s *sentence) overSpan(p *phrase) int {
	k := p.to
	if !s.opens(p) {
		return k
	}
	for j := k; j < len(s.nodes) && j < k+14; j++ {
		switch n := s.nodes[j]; {
		case n.is("("):
			if end := s.closeBracket(j); end > 0 {
				j = end
			}
		case n.is(",") && j > k:
			return j
		case n.kind != dateNode:
			return k
		}
	}
	return k
}

// opens reports whether the phrase begins its sentence, perhaps behind "As"
// or "Currently".
func (s *sentence) opens(p *phrase) bool {
	for j := range p.from {
		if !s.nodes[j].is("as", "currently", "formerly", "previously", "once", "now", "a", "an", "the", `"`, "“", "also", "and", "but", "then", "long") {
			return false
		}
	}
	return true
}

func (s *sentence) closesAside(k int) bool {
	return k >= len(s.nodes) || s.nodes[k].is(",", ".", ")", ";", "–", "—", "and", "who", ":") || s.nodes[k].kind == plainNode && (saysVerb(s.nodes[k].low) || s.nodes[k].verb != nil || s.nodes[k].is("has", "had", "will"))
}

// inCapacity returns whose role stands behind an "as" that no verb of
// careers has claimed: "He shaped retail as the founder and CEO of Acme".
func (s *sentence) inCapacity(p *phrase) []who {
	if p.from < 2 || !p.hasPlace() || !p.places[0].sure && !s.companyRole(p) || s.doubt != "" || s.question {
		return nil
	}
	if prev := s.nodes[p.from-2]; prev.is("known", "remembered") && p.from > 2 && s.nodes[p.from-3].is("best", "chiefly", "mostly", "primarily") {
		// "is best known as the founder of Acme": it is told as a fact
	} else if prev.is("appointment", "resignation", "departure", "retirement", "dismissal", "election", "nomination", "promotion", "such", "known", "regarded", "seen", "considered", "described", "well", "viewed", "same", "just", "far", "think", "long", "soon", "act", "acting", "running", "portrayed", "cast", "stars", "job", "offer", "candidate", "nominee", "nomination", "nominated", "proposed", "confirmed", "bid") || prev.verb != nil {
		return nil
	}
	var found []who
	for j := range p.from {
		switch n := s.nodes[j]; {
		case n.person() && !s.owned(j) && len(found) == 0:
			found = s.peopleEnding(j).people
		case n.kind == personNode:
			return nil // two people: whose role?
		case n.is("if", "would", "could", "might", "not", "n't", "never", "to"):
			return nil
		}
	}
	if len(found) > 1 {
		return nil
	}
	return found
}

// asideOf returns the node of the name that an aside belongs to whose last words
// name somebody else, at node k: "Ada Quist, an aide to Bo Lind, is"; -1 if it is
// none.
func (s *sentence) asideOf(k int) int {
	for k > 0 && s.nodes[k-1].kind == plainNode && (isTitle(s.toks[s.nodes[k-1].from]) || s.nodes[k-1].is("the")) {
		k--
	}
	if k < 3 || !s.nodes[k-1].is("to", "of", "for", "under", "by", "with") {
		return -1
	}
	for i := k - 2; i > 0 && k-i < 12; i-- {
		switch n := s.nodes[i]; {
		case n.is(",") && s.nodes[i-1].kind == personNode && !s.prepBefore(s.beginOf(i-1)):
			return i - 1
		case n.is(",", ";") || n.kind == plainNode && n.verb != nil && s.phraseCovering(i) == nil:
			return -1
		}
	}
	return -1
}
