package career

import (
	"strings"

	"tenure/extract"
)

// A place is an organization as a phrase names it. The zero place is none.
type place struct {
	name run  // the words of the name
	firm bool // only "the company" stands there
	none bool // an unnamed subsidiary: surely another organization, but which?
	sure bool
	told extract.Span // set for an organization named in another sentence
}

func (p place) isZero() bool { return p == place{} }

// asOrg takes the name at k, where only an organization can stand, for one,
// whatever the recognizer thought: unless the gazetteer knows it as a place,
// or the text tells of a person who bears it.
func (s *sentence) asOrg(k int) {
	for k < len(s.nodes) && s.nodes[k].is("the", "its", "rival") {
		k++
	}
	if k >= len(s.nodes) || k+1 < len(s.nodes) && s.nodes[k+1].is("'s", "’s") {
		return
	}
	n := s.nodes[k]
	if (n.kind == otherNode || n.kind == placeNode || n.kind == nameNode) && !s.settled(n.run) || n.kind == personNode && s.surelyFirm(n.run) {
		s.nodes[k].kind, s.nodes[k].sure = orgNode, false
	}
}

// placeList reads one organization or more: "Oracle, Zynga, Apple, and
// Twitter". Unknown names count where loose.
func (s *sentence) placeList(k int, p *phrase, loose bool) (int, bool) {
	pl, end := s.placeAt(k, loose)
	if pl.isZero() {
		return k, false
	}
	p.places = []place{pl}
	for end+1 < len(s.nodes) && !pl.firm {
		j := end
		if s.nodes[j].is(",") {
			j++
		}
		if j < len(s.nodes) && s.nodes[j].is("and", "&") {
			j++
			if j+1 < len(s.nodes) && s.nodes[j].is("then", "later", "now", "subsequently") && s.nodes[j+1].is("at") {
				j++
			}
			if j < len(s.nodes) && s.nodes[j].is("at", "of", "for", "with") && s.nodes[max(k-1, 0)].is(s.nodes[j].low) {
				j++ // "at Clark and at Harvard"
			}
		}
		if j == end || j >= len(s.nodes) || s.nodes[end].is(",") && j == end+1 && !s.listGoesOn(end) {
			break
		}
		if s.headSoon(j) && (s.nodes[j].kind == plainNode || j+1 < len(s.nodes) && s.headSoon(j+1)) {
			break
		}
		if s.nodes[j].kind == otherNode && s.nodes[end].is(",") && s.listGoesOn(end) && !s.settled(s.nodes[j].run) {
			s.nodes[j].kind, s.nodes[j].sure = orgNode, false
		}
		if n := s.nodes[j]; n.kind == otherNode && s.nodes[j-1].is("and", "&") && p.places[0].sure && !s.settled(n.run) && !s.goesOn(j+1) && !s.personFollows(j+1) && !(j+1 < len(s.nodes) && s.nodes[j+1].is("at", "of")) {
			s.nodes[j].kind, s.nodes[j].sure = orgNode, false // "CEO of Acme and Initech"
		}
		next, e := s.placeAt(j, p.places[0].sure && s.nodes[j].kind == nameNode && s.nodes[j-1].is("and", "&", ","))
		if next.isZero() || next.firm || s.subjectAhead(e) {
			break
		}
		p.places, end = append(p.places, next), e
	}
	return end, true
}

// listGoesOn reports whether a comma is one of "A, B, and C".
func (s *sentence) listGoesOn(k int) bool {
	orgs := 0
	for j := k + 1; j+1 < len(s.nodes) && j < k+12; j++ {
		n := s.nodes[j]
		if n.is("and", "&") {
			return j > k+1 && s.nodes[j+1].org() || s.nodes[j+1].is("the") || orgs > 0 && s.nodes[j+1].kind != plainNode
		}
		orgs += b2i(n.kind == orgNode)
		if end := s.closeBracket(j); n.is("(") && end > 0 && end-j < 4 {
			j = end
			continue
		}
		if !n.org() && !n.is(",", "the") && n.kind != otherNode && !(n.kind == personNode && n.to == n.from+1) {
			return false
		}
	}
	return false
}

// subjectAhead reports whether a verb follows: the name is a subject, not
// the end of a list.
func (s *sentence) subjectAhead(k int) bool {
	if k >= len(s.nodes) {
		return false
	}
	n := s.nodes[k]
	return n.verb != nil || n.is("has", "have", "had", "is", "was", "will", "said", "says", "'s", "’s")
}

// placeAt reads one organization at node k: a name, "the company", "the
// Hungarian team FC Fehérvár", "Google's DeepMind", "Sogreah's subsidiary".
func (s *sentence) placeAt(k int, loose bool) (place, int) {
	pl, end := s.placeFrom(k, loose)
	return s.called(pl, end), end
}

func (s *sentence) placeFrom(k int, loose bool) (place, int) {
	j := k
	for j < len(s.nodes) && s.nodes[j].is("the", "its", "a", "an", "both", "their", "our", "his", "her") {
		j++
	}
	if j >= len(s.nodes) {
		return place{}, k
	}
	if n := s.nodes[j]; n.kind == placeNode && j == k && k > 0 && s.nodes[k-1].is("at") && s.university(n.run) {
		s.nodes[j].kind = orgNode // "teaches at Columbia"
	}
	switch n := s.nodes[j]; {
	case n.kind == firmNode:
		return s.firmPlace(j)
	case n.kind == orgNode && s.holderBehind(j+1):
		return place{}, k // "the partner of Acme chief Ada Quist"
	case n.kind == nameNode && s.renamed(j):
		return place{name: s.nodes[j+3].run, sure: true}, j + 4
	case n.kind == orgNode:
		return s.placeOwned(j, loose)
	case loose && (n.kind == nameNode && !monthName(s.toks, n.run) || n.kind == personNode && !n.sure):
		if j > k && s.nodes[j-1].is("his", "her", "their", "our") {
			return place{}, k
		}
		return s.placeOwned(j, loose)
	case n.kind == placeNode && j+2 < len(s.nodes) && s.nodes[j+1].is("'s", "’s"):
		if s.nodes[j+2].org() {
			return s.placeOwned(j+2, loose)
		}
		return place{}, k
	}
	return s.describedPlace(k, j, loose)
}

// renamed reports whether words for a company stand at j, its name behind
// them: "the Crime Prevention agency, Advisense".
func (s *sentence) renamed(j int) bool {
	return j+3 < len(s.nodes) && s.nodes[j+1].kind == plainNode && firmWord(s.nodes[j+1].low) && s.toks[s.nodes[j+1].from].gap == space && s.nodes[j+2].is(",") && s.nodes[j+3].kind == orgNode
}

// firmPlace reads "the company", "the company, Moonbeam AI", "the company's
// Fundamental AI Research group".
func (s *sentence) firmPlace(j int) (place, int) {
	if j+2 < len(s.nodes) && s.nodes[j+1].is(",") && s.nodes[j+2].kind == orgNode {
		return place{name: s.nodes[j+2].run, sure: true}, j + 3
	}
	if j+1 < len(s.nodes) && s.nodes[j+1].is("'s", "’s") {
		for i := j + 2; i < len(s.nodes) && i < j+6; i++ {
			n := s.nodes[i]
			if n.kind == orgNode || n.kind == nameNode && i+1 < len(s.nodes) && s.skipUnitNoun(i+1) > i+1 {
				return place{name: n.run, sure: true}, s.skipUnitNoun(i + 1)
			}
			if n.kind != plainNode || !s.modifier(i) {
				break
			}
		}
	}
	if j+2 < len(s.nodes) && s.nodes[j+1].is("called", "named", "dubbed") {
		s.asOrg(j + 2) // "a company called Acme"
		if n := s.nodes[j+2]; n.org() {
			return place{name: n.run, sure: n.sure}, j + 3
		}
	}
	if n := s.nodes[j]; j+1 < len(s.nodes) && s.toks[n.to-1].is("startup", "start-up", "firm", "company", "lab", "charity", "broker", "studio", "label") {
		s.asOrg(j + 1) // "the start-up Acme"
	}
	if j+1 < len(s.nodes) && s.nodes[j+1].kind == orgNode && s.toks[s.nodes[j+1].from].gap == space {
		return place{name: s.nodes[j+1].run, sure: true}, j + 2
	}
	return place{name: s.nodes[j].run, firm: true}, j + 1
}

// describedPlace reads a name with words before it: "rival Anthropic",
// "French AI startup Mistral", "the Hungarian team FC Fehérvár".
func (s *sentence) describedPlace(k, j int, loose bool) (place, int) {
	for i := j; i < len(s.nodes) && i < j+9; i++ {
		n := s.nodes[i]
		if i > j && i+2 < len(s.nodes) && n.is(",") && s.nodes[i-1].is("startup", "start-up", "company", "firm", "nonprofit", "agency", "consultancy", "studio") && s.nodes[i+1].name() && s.nodes[i+2].is(".", ",") {
			s.asOrg(i + 1) // "a real estate start-up, Acme"
		}
		if i > j && i+1 < len(s.nodes) && n.is("called", "named", "dubbed") && firmWord(s.nodes[i-1].low) {
			s.asOrg(i + 1) // "a start-up called Acme"
		}
		switch {
		case i > j && n.kind == orgNode, i > j && n.kind == nameNode && loose && firmWord(s.nodes[i-1].low):
			return place{name: n.run, sure: n.sure}, s.skipUnitNoun(i + 1)
		case n.kind == placeNode || n.kind == otherNode || n.kind == nameNode:
		case strings.HasSuffix(n.low, "ing") && i+1 < len(s.nodes) && !firmWord(s.nodes[i+1].low) && !(i+2 < len(s.nodes) && firmWord(s.nodes[i+2].low)):
			return place{}, k // "leading a team developing …"
		case n.kind != plainNode, n.is("of") && (i == j || !firmWord(s.nodes[i-1].low)), s.isHead(i) && !firmWord(n.low),
			!s.modifier(i) && !n.is(",", "-", "of", "the", "and", "called", "named", "dubbed", "based"):
			return place{}, k
		}
	}
	return place{}, k
}

// holderBehind reports whether a role noun and then a person's name follow.
func (s *sentence) holderBehind(k int) bool {
	for j := k; j+1 < len(s.nodes) && j < k+4; j++ {
		if s.nodes[j].kind != plainNode || !s.modifier(j) && !s.isHead(j) {
			return false
		}
		if s.isHead(j) && s.nodes[j+1].kind == personNode {
			return true
		}
	}
	return false
}

func monthName(toks []token, r run) bool {
	return r.to-r.from == 1 && monthOf(toks[r.from].low) > 0
}

// skipUnitNoun steps over "group" in "the Fundamental AI Research group" and
// a short form in brackets.
func (s *sentence) skipUnitNoun(k int) int {
	if k < len(s.nodes) && s.nodes[k].is("group", "team", "lab", "unit", "division", "department", "business", "subsidiary") {
		k++
	}
	return s.skipBracket(k)
}

// skipBracket steps over a short form in brackets.
func (s *sentence) skipBracket(k int) int {
	if k+2 < len(s.nodes) && s.nodes[k].is("(") && s.nodes[k+2].is(")") {
		return k + 3
	}
	return k
}

// called returns the short form that stands in brackets behind the name,
// where the text goes on to use it: "Fundamental AI Research group (FAIR)".
func (s *sentence) called(pl place, end int) place {
	if pl.name.empty() || end < 3 || !s.nodes[end-1].is(")") || !s.nodes[end-3].is("(") {
		return pl
	}
	short := s.nodes[end-2]
	if short.to-short.from != 1 || !s.toks[short.from].shout() {
		return pl
	}
	for i := short.to; i < min(len(s.toks), short.to+20000); i++ {
		if s.toks[i].text == s.toks[short.from].text {
			return place{name: short.run, sure: true}
		}
	}
	return pl
}

func (s *sentence) closeBracket(k int) int {
	for j := k; j < len(s.nodes) && j < k+20; j++ {
		if s.nodes[j].is(")") {
			return j
		}
	}
	return 0
}

// placeOwned reads "Google's DeepMind": the part is the organization. An
// unnamed subsidiary is none that has a name.
func (s *sentence) placeOwned(j int, loose bool) (place, int) {
	n := s.nodes[j]
	pl, end := place{name: n.run, sure: n.sure}, j+1
	if end+1 < len(s.nodes) && s.nodes[end].is("'s", "’s") {
		next := s.nodes[end+1]
		switch {
		case next.org() && s.settled(next.run) && s.unitOwned(end+2) > 0:
			return pl, s.unitOwned(end + 2) // "Acme's London office"
		case next.org():
			return place{name: next.run, sure: next.sure}, s.skipBracket(end + 2)
		case next.is("subsidiary", "parent", "rival", "affiliate", "competitor"):
			return place{none: true}, end + 2
		}
	}
	return pl, s.skipBracket(end)
}

// describedFirm reads "the payments firm", "the Swiss bank" at node k, where no
// name follows: the organization spoken of.
func (s *sentence) describedFirm(k int) (place, int) {
	if k+2 >= len(s.nodes) || !s.nodes[k].is("the") {
		return place{}, k
	}
	for j := k + 1; j < len(s.nodes) && j < k+4; j++ {
		n := s.nodes[j]
		if j > k+1 && n.kind == plainNode && isFirmNoun(s.toks[n.from]) && !n.is("group", "organization", "organisation", "network", "business") {
			if j+1 < len(s.nodes) && (s.nodes[j+1].name() || s.nodes[j+1].is("of", "'s", "’s", ",") || s.modifier(j+1) && s.isNoun(j+1)) {
				return place{}, k
			}
			return place{firm: true, name: run{n.from, n.to}}, j + 1
		}
		if n.kind != otherNode && n.kind != placeNode && (n.kind != plainNode || !s.modifier(j)) {
			break
		}
	}
	return place{}, k
}

func firmWord(w string) bool {
	switch w {
	case "company", "firm", "startup", "start-up", "group", "team", "bank", "agency", "publisher", "retailer", "carmaker", "automaker", "airline", "rival", "maker", "giant", "developer", "provider", "brand", "club", "label", "network", "newspaper", "magazine", "website", "platform", "lab", "nonprofit", "charity", "organization", "organisation", "institute", "foundation", "studio", "chain", "consultancy", "business", "side", "outfit", "unicorn", "venture", "subsidiary", "faculty", "ranks", "newsroom", "operator", "chipmaker", "drugmaker", "insurer", "lender", "parent", "unit", "service", "app", "carrier", "manufacturer", "fund", "union", "party", "band", "called", "named", "university", "college", "school", "hospital", "competitor", "broadcaster", "conglomerate", "multinational", "winery", "brewery", "orchestra", "choir", "festival", "restaurant", "museum", "gallery", "theatre", "theater", "think-tank", "thinktank", "boutique", "incubator", "accelerator":
		return true
	}
	return false
}
