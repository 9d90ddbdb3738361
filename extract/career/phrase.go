package career

import (
	"strings"

	"tenure/extract"
)

// A phrase is a role with where it is held: "former chief scientist at
// Cohere", "Tesla's head of autopilot".
type phrase struct {
	run            // nodes
	role    run    // tokens
	head    int    // token of the noun
	plural  string // the singular, if the role stands in the plural
	places  []place
	status  string // of the words: former, current, future, leaving; empty if they say nothing
	interim bool
	founder bool
	its     bool // "its", "their", "our": of the organization spoken of
	article bool // a, an, the
	own     bool // begins with its organization: "Tesla's …", "Google …"
	bare    bool // nothing but the role noun with its modifiers
	date    extract.Date
	dateEnd extract.Date
	dateAt  run
	ranged  bool
	open    bool
	months  length
	monthAt run
	holders []who // whose role it is, once known
	aside   bool  // behind the name, between commas
	bracket bool  // behind the name, in brackets
	used    bool  // told already

	elsewhere bool // at an organization that has no name: "of a nonprofit"
}

// phraseAt reads the role phrase that begins at node i.
func (s *sentence) phraseAt(i int, comma bool) (phrase, bool) {
	p := phrase{run: run{i, i}}
	k := s.lead(i, &p)
	k = s.owner(k, &p)
	k = s.lead(k, &p)
	start, head := s.nounAt(k, &p)
	if head < 0 || start > head {
		return p, false
	}
	if from := s.behindGraduate(start, head); from > start {
		start, p.places, p.own = from, nil, false
	}
	start = s.ownerInside(i, start, head, &p)
	s.setNoun(start, head, &p)
	s.complement(&p, comma)
	if n := s.nodes[max(start-1, 0)]; !p.hasPlace() && start > i && (s.companyRole(&p) || s.toks[n.from].shout()) && s.personFollows(p.run.to) {
		if (n.kind == otherNode || n.kind == placeNode) && !s.settled(n.run) { // "Zerodha CEO Nithin Kamath"
			s.nodes[start-1].kind = orgNode
			p.places, p.own = []place{{name: n.run}}, true
		}
	}
	s.tail(&p)
	return p, !s.vague(&p)
}

// behindGraduate returns where the role begins behind "graduate and": where
// somebody studied is no place of the role.
func (s *sentence) behindGraduate(start, head int) int {
	for j := start; j+1 < head; j++ {
		if s.nodes[j].is("graduate", "grad", "alumnus", "alumna", "alum", "dropout", "native") && s.nodes[j+1].is("and", "&", "turned") {
			return j + 2
		}
	}
	return start
}

// vague reports whether a phrase names what somebody is known for, not a post:
// "a leader in data", "the lead author on a study", "an alumna of Oxford".
func (s *sentence) vague(p *phrase) bool {
	next := s.behindHead(p)
	switch t := s.toks[p.head]; {
	case t.is("leader", "leaders", "pioneer", "player"):
		return p.article && next.is("in")
	case t.is("author", "authors", "co-author", "co-authors"):
		return next.is("on", "of")
	case t.is("alumnus", "alumna", "alum", "alumni", "alums"):
		return len(p.places) == 1 && s.learned(p.places[0])
	}
	return false
}

// behindHead returns the node behind the noun of a phrase.
func (s *sentence) behindHead(p *phrase) node {
	for j := p.from; j+1 < len(s.nodes); j++ {
		if s.nodes[j].from == p.head {
			return s.nodes[j+1]
		}
	}
	return node{}
}

// nounAt reads the noun of a role with the words before it, from node k, and
// returns where it begins and its last noun; the noun is -1 if there is none.
func (s *sentence) nounAt(k int, p *phrase) (start, head int) {
	start, head = k, -1
	for ; k < len(s.nodes) && k-start < 10; k++ {
		n := s.nodes[k]
		switch {
		case n.kind == plainNode && s.isHead(k):
			head = k
		case n.kind == plainNode:
			if !s.roleGoesOn(start, head, k) {
				return start, head
			}
		case n.kind == personNode && k == start && s.chairBehind(k):
		case head >= 0:
			if !n.name() || !s.ranks(head) || !s.headSoon(k+1) {
				return start, head
			}
		case (n.kind == placeNode || n.kind == otherNode) && k == start:
			start = k + 1
		case n.kind == nameNode:
			if p.places == nil && k == start && s.headSoon(k+1) && !n.sure && (!s.recognized || k > 0 && s.nodes[k-1].is("-") || p.article && s.nodes[k+1].is("employee", "spokesman", "spokeswoman", "spokesperson", "executive", "staffer")) {
				p.places, p.own = []place{{name: n.run}}, true
				start = k + 1
			}
		case n.kind == orgNode && p.places == nil && s.headSoon(k+1):
			p.places, p.own = []place{{name: n.run, sure: true}}, true
			start = k + 1
		case n.kind != placeNode && n.kind != otherNode:
			return start, head
		}
	}
	return start, head
}

// roleGoesOn reports whether the plain node k belongs to the role: a word
// before the noun, or what joins a second noun.
func (s *sentence) roleGoesOn(start, head, k int) bool {
	n := s.nodes[k]
	if n.is("'s", "’s") && k > start && head < 0 && s.forWhom(k-1) {
		return true // "women's soccer coach"
	}
	if !n.is("and", "&", "/") && !(n.is(",") && head >= 0) {
		return s.modifier(k) && (head < 0 || s.headSoon(k))
	}
	if head < 0 {
		return n.is("and", "&") && k > start && s.headSoon(k+1) && k-start < 4
	}
	if s.ranks(head) && k > head+1 && !n.is(",") && s.headSoon(k+1) {
		return true // "Chief Corporate and Operations Officer"
	}
	return s.joinsRole(head, k)
}

// forWhom reports whether the word at node k says for whom a team or a ward is.
func (s *sentence) forWhom(k int) bool {
	return s.nodes[k].is("men", "women", "boys", "girls", "children")
}

// ownerInside decides whether an unknown name before the noun is the
// organization or a part of the role, and returns where the role begins.
func (s *sentence) ownerInside(i, start, head int, p *phrase) int {
	if p.own && len(p.places) == 1 && !p.places[0].sure && !p.places[0].firm && start > i && s.nodes[start-1].kind == nameNode && !s.personFollows(head+1) {
		start--
		p.places, p.own = nil, false
	}
	n := s.nodes[start]
	if p.hasPlace() || n.kind != nameNode || !s.recognized || start >= head || !s.isTopRoleAt(start+1) && !(s.university(n.run) && s.personFollows(head+1)) || s.toks[n.from].is("global", "group", "regional", "incoming", "outgoing", "longtime") {
		return start
	}
	p.role = run{s.nodes[start+1].from, s.nodes[head].to}
	if s.companyRole(p) || s.university(n.run) { // "Quantel CEO Ines Roth"
		p.places, p.own = []place{{name: n.run}}, true
		start++
	}
	return start
}

// setNoun fills what the role's own words say.
func (s *sentence) setNoun(start, head int, p *phrase) {
	if head+1 < len(s.nodes) && s.nodes[head+1].is("emeritus", "emerita", "designate", "elect") {
		head++
	}
	p.head = s.nodes[head].to - 1
	if head+2 < len(s.nodes) && s.nodes[head+1].is("in") && s.nodes[head+2].is("chief") {
		head += 2 // "editor in chief"
	}
	p.role = run{s.nodes[start].from, s.nodes[head].to}
	p.run.to = head + 1
	p.interim = interim(s.toks[p.role.from:p.role.to])
	if one, ok := isPluralRole(s.toks[p.head].low); ok && !isRoleHead(s.toks[p.head].low) {
		p.plural = one
	}
	p.founder = foundsOrg(s.toks[p.role.from:p.role.to])
	p.bare = head == start
}

// lead skips articles and words of status before a role.
func (s *sentence) lead(k int, p *phrase) int {
	for k < len(s.nodes) {
		n := s.nodes[k]
		switch {
		case n.is("a", "an", "the"):
			p.article = true
		case s.noLonger(k):
			p.status = extract.Former
			k++
		case n.is("its", "their", "our"):
			p.its = true
		case n.is("one") && k+2 < len(s.nodes) && s.nodes[k+1].is("of"):
			k++
		case n.is("most", "until") && k+1 < len(s.nodes) && s.nodes[k+1].is("recently"):
			p.status = extract.Former
			k++
		case n.is("his", "her", "my", "both", "one", "two", "three", "four", "youngest", "oldest", "new", "newly", "newest", "first", "top", "most", "also", "longtime", "long-time", "longest-serving", "longest-tenured", "winningest", "highest-ranking", "highest-paid", "top-ranking", "most-senior", "veteran", "famed", "legendary", "renowned", "prominent", "celebrated", "respected", "popular", "embattled", "fellow", "latest", "another", "sole", "only", "co", "respected", "influential", "noted"):
			if n.is("veteran") && !s.headSoon(k+1) {
				return k
			}
			if n.is("first", "top", "most", "co", "fellow") && !s.headSoon(k+1) {
				return k
			}
		case n.is("fired", "ousted", "retired", "appointed", "elected", "deposed") && s.actsAsVerb(k):
			return k
		case n.is("former", "formerly", "previously", "once", "ex", "previous", "past", "one-time", "onetime", "erstwhile", "retired", "ousted", "then", "late", "deposed", "disgraced", "fired", "former-"):
			p.status = extract.Former
			if k+2 < len(s.nodes) && s.nodes[k+1].is("-") {
				k++
				s.asOrg(k + 1) // "ex-Goldman banker"
			}
		case s.forWhom(k) && k+1 < len(s.nodes) && s.nodes[k+1].is("'s", "’s"):
			return k // "women's soccer coach"
		case n.kind == plainNode && k+2 < len(s.nodes) && s.nodes[k+1].is("'s", "’s") && s.modifier(k) && s.headSoon(k+2) && !s.isHead(k):
			p.its = isFirmNoun(s.toks[n.from]) || n.is("city", "school", "party", "team", "state", "country", "paper", "hospital")
			k++
		case n.is("recently", "newly") && k+1 < len(s.nodes) && s.nodes[k+1].is("appointed", "elected", "named", "hired", "promoted", "installed"):
			k++
		case n.is("current", "now", "currently", "serving", "sitting", "incumbent", "present"):
			p.status = extract.Current
		case n.is("incoming", "future", "next"):
			p.status = extract.Future
		case n.is("retiring", "departing") && s.actsAsVerb(k):
			return k
		case n.is("outgoing", "departing", "retiring"):
			p.status = extract.Leaving
		case strings.HasSuffix(n.low, "-year-old"), isCount(n) && s.headSoon(k+1), (p.its || p.article) && numbered(s.toks[n.from]) && s.headSoon(k+1):
		default:
			return k
		}
		k++
	}
	return k
}

// isCount reports whether a word is a number in words: "its twelve founders".
func isCount(n node) bool {
	_, ok := numberWords[n.low]
	return ok && n.kind == plainNode
}

// numbered reports whether a word says which of many holders somebody is:
// "its 18th president".
func numbered(t token) bool {
	return t.text[0] >= '0' && t.text[0] <= '9' && (strings.HasSuffix(t.low, "th") || strings.HasSuffix(t.low, "st") || strings.HasSuffix(t.low, "nd") || strings.HasSuffix(t.low, "rd"))
}

// actsAsVerb reports whether a participle before a role is the verb of the
// clause: "fired its head of policy", "was ousted as chief executive".
func (s *sentence) actsAsVerb(k int) bool {
	if k > 0 && s.nodes[k-1].is("was", "were", "is", "are", "been", "being", "has", "had", "have", "be") {
		return true
	}
	if k+1 >= len(s.nodes) {
		return true
	}
	next := s.nodes[k+1]
	return next.is("its", "the", "their", "as", "a", "an", "his", "her") || next.kind == personNode || k > 0 && (s.nodes[k-1].org() || s.nodes[k-1].kind == firmNode || s.nodes[k-1].person())
}

// owner reads the organization that a role phrase begins with: "Tesla's",
// "the company's", "Google".
func (s *sentence) owner(k int, p *phrase) int {
	if k >= len(s.nodes) {
		return k
	}
	n := s.nodes[k]
	has := k+1 < len(s.nodes) && s.nodes[k+1].is("'s", "’s", "'", "’")
	if j := s.overShort(k + 1); n.kind == orgNode && j > k+1 && s.headSoon(j) {
		p.places, p.own = []place{{name: n.run, sure: n.sure}}, true
		return j
	}
	switch {
	case n.kind == firmNode && has:
		p.places, p.own = []place{{firm: true, name: n.run}}, true
		return k + 2
	case n.org() && has:
		p.places, p.own = []place{{name: n.run, sure: n.sure}}, true
		if m := k + 2; m+1 < len(s.nodes) && s.nodes[m].kind == orgNode && s.nodes[m+1].is("'s", "’s") {
			p.places[0] = place{name: s.nodes[m].run, sure: true}
			return m + 2
		}
		return k + 2
	case n.kind == orgNode && s.headSoon(k+1):
		p.places, p.own = []place{{name: n.run, sure: n.sure}}, true
		return k + 1
	case n.kind == personNode && has && s.surelyFirm(n.run) && s.headSoon(k+2) && s.topSoon(k+2):
		s.nodes[k].kind, s.nodes[k].sure = orgNode, false
		p.places, p.own = []place{{name: n.run}}, true
		return k + 2
	case n.kind == personNode && s.surelyFirm(n.run) && s.isTopRoleAt(k+1):
		s.nodes[k].kind, s.nodes[k].sure = orgNode, false // "Quantel CEO Ines Roth"
		p.places, p.own = []place{{name: n.run}}, true
		return k + 1
	case n.kind == plainNode && isFirmNoun(s.toks[n.from]) && k > 0 && s.nodes[k-1].is("a", "the", "another") && k+1 < len(s.nodes) && s.nodes[k+1].is("official", "spokesman", "spokeswoman", "spokesperson", "executive", "employee"):
		p.places, p.own = []place{{firm: true, name: n.run}}, true // "a company spokesman"
		return k + 1
	case (n.kind == placeNode || n.kind == personNode) && has && s.headSoon(k+2):
		return k + 2
	case n.kind == firmNode && s.headSoon(k+1) && k+1 < len(s.nodes):
		p.places, p.own = []place{{firm: true, name: n.run}}, true
		return k + 1
	}
	return k
}

func (p *phrase) hasPlace() bool { return len(p.places) > 0 }
