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
}

// phraseAt reads the role phrase that begins at node i.
func (s *sentence) phraseAt(i int, comma bool) (phrase, bool) {
	p := phrase{run: run{i, i}}
	k := s.lead(i, &p)
	k = s.owner(k, &p)
	k = s.lead(k, &p)
	start, head := k, -1
	for k < len(s.nodes) && k-start < 10 {
		n := s.nodes[k]
		switch {
		case n.kind == plainNode && s.isHead(k):
			head = k
		case n.kind == personNode && k == start && s.chairBehind(k):
		case n.kind != plainNode && head >= 0 && n.kind != personNode && s.ranks(head) && s.headSoon(k+1) && n.kind != dateNode && n.kind != firmNode && n.kind != pronounNode:
		case n.kind == nameNode || n.kind == otherNode, n.kind == placeNode && head < 0:
			if head >= 0 {
				goto done
			}
			if n.kind == placeNode || n.kind == otherNode && k == start {
				if start == k {
					start = k + 1
				}
			}
			if n.kind == nameNode && p.places == nil && k == start && s.headSoon(k+1) && !n.sure && (!s.recognized || k > 0 && s.nodes[k-1].is("-")) {
				p.places, p.own = []place{{name: n.run}}, true
				start = k + 1
			}
		case n.kind == orgNode && head < 0 && p.places == nil && s.headSoon(k+1):
			p.places, p.own = []place{{name: n.run, sure: true}}, true
			start = k + 1
		case n.kind == plainNode && (n.is("and", "&", "/") || n.is(",") && head >= 0):
			if head < 0 && n.is("and", "&") && k > start && s.headSoon(k+1) && k-start < 4 {
				break
			}
			if head >= 0 && s.ranks(head) && k > head+1 && !n.is(",") && s.headSoon(k+1) {
				break // "Chief Corporate and Operations Officer"
			}
			if head < 0 || !s.joinsRole(head, k) {
				goto done
			}
		case n.kind == plainNode && s.modifier(k):
			if head >= 0 && !s.headSoon(k) {
				goto done
			}
		default:
			goto done
		}
		k++
	}
done:
	if head < 0 || start > head {
		return p, false
	}
	if head+1 < len(s.nodes) && s.nodes[head+1].is("emeritus", "emerita", "designate", "elect") {
		head++
	}
	if p.own && len(p.places) == 1 && !p.places[0].sure && !p.places[0].firm && start > i && s.nodes[start-1].kind == nameNode && !s.personFollows(head+1) {
		start--
		p.places, p.own = nil, false
	}
	if n := s.nodes[start]; !p.hasPlace() && n.kind == nameNode && s.recognized && start < head && s.isTopRoleAt(start+1) && !s.toks[n.from].is("global", "group", "regional", "incoming", "outgoing", "longtime") {
		p.role = run{s.nodes[start+1].from, s.nodes[head].to}
		if s.companyRole(&p) { // "Quantel CEO Ines Roth"
			p.places, p.own = []place{{name: n.run}}, true
			start++
		}
	}
	p.head = s.nodes[head].to - 1
	p.role = run{s.nodes[start].from, s.nodes[head].to}
	p.run.to = head + 1
	for j := start; j <= head; j++ {
		if s.nodes[j].is("interim", "acting", "caretaker") {
			p.interim = true
		}
	}
	if one, ok := isPluralRole(s.nodes[head].low); ok && !isRoleHead(s.nodes[head].low) {
		p.plural = one
	}
	p.founder = foundsOrg(s.toks[p.role.from:p.role.to])
	p.bare = head == start
	s.complement(&p, head, comma)
	if !p.hasPlace() && start > i && s.companyRole(&p) && s.personFollows(p.run.to) {
		if n := s.nodes[start-1]; (n.kind == otherNode || n.kind == placeNode) && !s.settled(n.run) { // "Zerodha CEO Nithin Kamath"
			s.nodes[start-1].kind = orgNode
			p.places, p.own = []place{{name: n.run}}, true
		}
	}
	s.tail(&p)
	return p, true
}

// ranks reports whether the role noun at k only opens a title: "Chief AI
// Scientist", "Chief Cyber Solutions Officer".
func (s *sentence) ranks(k int) bool {
	return s.nodes[k].is("chief", "lead", "head", "deputy", "principal", "executive", "associate", "assistant", "staff", "co-chief")
}

// personFollows reports whether a person's name stands at node k, perhaps
// behind a comma.
func (s *sentence) personFollows(k int) bool {
	if k < len(s.nodes) && s.nodes[k].is(",") {
		k++
	}
	return k < len(s.nodes) && (s.nodes[k].kind == personNode || s.nodes[k].kind == nameNode && s.mayBePerson(s.nodes[k].run))
}

// lead skips articles and words of status before a role.
func (s *sentence) lead(k int, p *phrase) int {
	for k < len(s.nodes) {
		n := s.nodes[k]
		switch {
		case n.is("a", "an", "the"):
			p.article = true
		case n.is("its", "their", "our"):
			p.its = true
		case n.is("one") && k+2 < len(s.nodes) && s.nodes[k+1].is("of"):
			k++
		case n.is("his", "her", "my", "both", "one", "two", "three", "four", "youngest", "oldest", "new", "newly", "newest", "first", "top", "most", "also", "longtime", "long-time", "longest-serving", "veteran", "famed", "legendary", "renowned", "prominent", "celebrated", "respected", "popular", "embattled", "fellow", "latest", "sole", "only", "co", "respected", "influential", "noted"):
			if n.is("veteran") && !s.headSoon(k+1) {
				return k
			}
			if n.is("first", "top", "most", "co") && !s.headSoon(k+1) {
				return k
			}
		case n.is("fired", "ousted", "retired", "appointed", "elected", "deposed") && s.actsAsVerb(k):
			return k
		case n.is("former", "ex", "previous", "past", "one-time", "onetime", "erstwhile", "retired", "ousted", "then", "late", "deposed", "disgraced", "fired", "former-"):
			p.status = extract.Former
			if k+1 < len(s.nodes) && s.nodes[k+1].is("-") {
				k++
			}
		case n.kind == plainNode && k+2 < len(s.nodes) && s.nodes[k+1].is("'s", "’s") && s.modifier(k) && s.headSoon(k+2) && !s.isHead(k):
			p.its = isFirmNoun(s.toks[n.from]) || n.is("city", "school", "party", "team", "state", "country", "paper", "hospital")
			k++
		case n.is("current", "now", "currently", "serving", "sitting", "incumbent", "present"):
			p.status = extract.Current
		case n.is("incoming", "future", "next"):
			p.status = extract.Future
		case n.is("outgoing", "departing"):
			p.status = extract.Leaving
		default:
			return k
		}
		k++
	}
	return k
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
	case n.kind == placeNode && has:
		return k + 2
	case n.kind == firmNode && s.headSoon(k+1) && k+1 < len(s.nodes):
		p.places, p.own = []place{{firm: true, name: n.run}}, true
		return k + 1
	}
	return k
}

// isTopRoleAt reports whether a title that only organizations give stands at
// k, right before a person's name.
func (s *sentence) isTopRoleAt(k int) bool {
	for j := k; j+1 < len(s.nodes) && j < k+4 && s.nodes[j].kind == plainNode; j++ {
		if s.isHead(j) && topRole(s.nodes[j].low) && s.nodes[j+1].kind == personNode {
			return true
		}
	}
	return false
}

// topSoon reports whether the noun that follows is one of leadership.
func (s *sentence) topSoon(k int) bool {
	for j := k; j < len(s.nodes) && j < k+6 && s.nodes[j].kind == plainNode; j++ {
		if s.isHead(j) && topRole(s.nodes[j].low) {
			return true
		}
	}
	return false
}

// isHead reports whether node k is the noun of a role.
func (s *sentence) isHead(k int) bool {
	n := s.nodes[k]
	if s.toks[n.from].kind != word {
		return false
	}
	if isRoleHead(n.low) {
		switch n.low {
		case "lead", "head", "host", "coach", "chair", "man", "associate", "general", "guard", "forward", "captain", "pilot", "anchor", "scout", "judge", "author", "advocate", "mentor", "coordinate", "intern", "major", "deputy", "chief", "executive", "principal", "second", "keeper", "representative", "official", "academic", "investor", "star", "advance", "alum", "professional", "champion", "counsel", "operative", "contributor", "partner", "executive's", "receiver", "regular", "private", "leader", "doctor", "alternate", "pastor", "soldier", "minister", "whip":
			prev := k > 0 && s.nodes[k-1].is("to", "will", "would", "and", "can", "could", "may", "not") && (k < 2 || !s.isRoleish(k-2))
			if prev && verbForms[n.low] != nil {
				return false
			}
			if n.low == "general" || n.low == "associate" || n.low == "deputy" || n.low == "principal" {
				return !(k+1 < len(s.nodes) && s.modifierOrHead(k+1)) || true
			}
		}
		return true
	}
	if one, ok := isPluralRole(n.low); ok {
		switch one {
		case "head", "lead", "host", "coach", "chair", "anchor", "judge", "author", "pilot", "captain", "guard", "counsel", "boss", "mp", "driver", "worker", "fellow", "player", "engineer", "investor", "partner", "advocate", "mentor":
			return verbForms[n.low] == nil || k > 0 && (s.nodes[k-1].is("former", "two", "three", "co") || s.nodes[k-1].kind == plainNode && s.modifier(k-1))
		}
		return true
	}
	return n.low == "staff" && k >= 2 && s.nodes[k-1].is("technical") && s.nodes[k-2].is("of")
}

func (s *sentence) isRoleish(k int) bool {
	return k >= 0 && s.nodes[k].kind == plainNode && (isRoleHead(s.nodes[k].low) || s.modifier(k))
}

func (s *sentence) modifierOrHead(k int) bool {
	return s.nodes[k].kind == plainNode && (isRoleHead(s.nodes[k].low) || s.modifier(k))
}

// headSoon reports whether a role noun follows at k, after modifiers only.
func (s *sentence) headSoon(k int) bool {
	for j := k; j < len(s.nodes) && j-k < 6; j++ {
		n := s.nodes[j]
		if n.kind == plainNode && s.isHead(j) {
			return true
		}
		if n.kind == nameNode || n.kind == otherNode {
			continue
		}
		if n.kind != plainNode || !s.modifier(j) && !(n.is("and", "&") && j > k) && !n.is("former", "ex", "co", "-") {
			return false
		}
	}
	return false
}

// modifier reports whether node k can stand before the noun of a role.
func (s *sentence) modifier(k int) bool {
	n := s.nodes[k]
	t := s.toks[n.from]
	if n.kind != plainNode || t.kind != word {
		return n.is("-") && k > 0 && t.gap == glued
	}
	if t.upper() && !functionWord(t) {
		return true
	}
	if n.verb != nil && !n.is("operating", "managing", "founding", "leading", "launch", "serving") || functionWord(t) || saysVerb(n.low) {
		return false
	}
	if strings.HasSuffix(n.low, "ly") && !n.is("family", "early", "weekly", "daily", "monthly", "assembly", "supply", "only") {
		return false
	}
	if strings.HasSuffix(n.low, "ed") && !strings.Contains(n.low, "-") && !n.is("distinguished", "certified", "registered", "retired", "chartered", "accredited", "licensed", "applied", "advanced", "embedded", "fixed", "united", "distributed", "named", "endowed", "integrated", "connected", "limited", "feed", "special-needs", "speed", "seed", "med") {
		return false
	}
	return true
}

// functionWord reports whether t is a small word that no role begins with or
// holds.
func functionWord(t token) bool { return functionWords[t.low] }

// functionWords is read only.
var functionWords = wordSet(`
the a an and or but nor so yet for in on at by from to of with without within into onto over under after before since until till while when where why who whom whose which what how if unless whether because although though as than then there here this that these those
he she it they we i you his her its their our my your him them us me
is are was were be been being am has have had having do does did done will would can could may might must shall should let not n't never
also still just only even now already again once later soon ago together recently formerly previously currently
said says told tells added noted wrote
per via versus vs around near across off along beyond inside outside like including toward towards upon amid worth unlike besides alongside beside about against among between during through despite
'll ’ll 're ’re 've ’ve 'd ’d 's ’s n’t
`)

func saysVerb(w string) bool {
	switch w {
	case "said", "says", "say", "told", "tells", "added", "adds", "wrote", "writes", "announced", "announces", "confirmed", "confirms", "explained", "explains", "noted", "notes", "argued", "argues", "warned", "tweeted", "posted", "revealed", "reported", "according", "stated", "insisted", "insists", "claimed", "claims", "believes", "thinks", "recalled", "recalls", "asked", "continued", "concluded", "commented", "comments":
		return true
	}
	return false
}

// joinsRole reports whether the "and" or comma at k joins a second role noun
// that is held at the same place: "President and CEO", "Chairman, President
// and Chief Executive".
func (s *sentence) joinsRole(head, k int) bool {
	if s.apart {
		return false
	}
	next := -1
	for j := k + 1; j < len(s.nodes) && j-k < 6; j++ {
		n := s.nodes[j]
		if n.is("and", "&") && j == k+1 {
			continue
		}
		if n.kind != plainNode || !s.isHead(j) && !s.modifier(j) {
			return false
		}
		if s.isHead(j) {
			next = j
			break
		}
	}
	if next < 0 || s.toks[s.nodes[next].from].gap >= line {
		return false
	}
	if _, plural := isPluralRole(s.nodes[next].low); plural {
		return false
	}
	return topRole(s.nodes[head].low) && topRole(s.nodes[next].low) || s.toks[s.nodes[head].from].upper() && s.toks[s.nodes[next].from].upper()
}

func topRole(w string) bool {
	switch strings.TrimPrefix(strings.TrimPrefix(w, "co-"), "vice-") {
	case "founder", "cofounder", "ceo", "c.e.o.", "c.f.o.", "c.o.o.", "cto", "cfo", "coo", "cmo", "cio", "president", "chairman", "chairwoman", "chair", "chairperson", "director", "executive", "chief", "officer", "owner", "partner", "principal", "editor", "publisher", "manager", "head", "leader", "secretary", "treasurer", "boss", "counsel", "creator", "dean", "provost":
		return true
	}
	return false
}

// complement reads what follows the noun: "of autopilot", "at Cohere", "of
// Spotify's audiobook unit", and after a comma, where one is allowed, an
// organization: "field CTO, BeyondTrust".
func (s *sentence) complement(p *phrase, head int, comma bool) {
	k := head + 1
	for range 5 {
		if k >= len(s.nodes) {
			return
		}
		if s.nodes[k].is("(") { // "Instructor (later Assistant Professor) of Astrophysics"
			if end := s.closeBracket(k); end > 0 && end-k < 7 && end+1 < len(s.nodes) && s.nodes[end+1].is("of", "at") {
				k = end + 1
			}
		}
		n := s.nodes[k]
		switch {
		case n.is("of", "for", "in", "to", "on") && p.hasPlace() && !p.own:
			return
		case n.is("of"):
			end, ok := s.ofPart(p, k)
			if !ok {
				return
			}
			k = end
		case n.is("at", "@", "with", "inside", "within"):
			s.asOrg(k + 1)
			end, ok := s.placeList(k+1, p, true)
			if !ok {
				return
			}
			p.run.to = end
			return
		case n.is("for"):
			if k+1 < len(s.nodes) && s.nodes[k+1].kind == orgNode && s.fieldOfWork(p, k+1) {
				s.extend(p, k+2)
				k += 2
				continue
			}
			if end, ok := s.placeList(k+1, p, true); ok && p.places[0].name.to > 0 && (p.places[0].sure || p.places[0].firm || end >= len(s.nodes) || s.nodes[end].kind != plainNode || !s.modifier(end)) {
				p.run.to = end
				return
			}
			end := s.plainRun(k + 1)
			if end == k+1 {
				return
			}
			p.places = nil
			s.extend(p, end)
			k = end
		case n.is("on") && s.boardAhead(k+1) > 0:
			end := s.boardAhead(k + 1)
			s.extend(p, end)
			k = end
		case n.is("in", "to", "on"):
			if end, ok := s.placeList(k+1, p, false); ok && n.is("in", "on") {
				p.run.to = end
				return
			}
			end := s.plainRun(k + 1)
			if n.is("in", "on") && k+1 < len(s.nodes) && s.nodes[k+1].kind == placeNode {
				end = k + 2
				if end < len(s.nodes) && s.nodes[end].is("at", "for", "of", "with") {
					k = end
					continue
				}
				return
			}
			if end == k+1 || end >= len(s.nodes) || !s.nodes[end].is("at", "of", "with", ",") || s.nodes[end].is(",") && !s.placeBehind(end) {
				return
			}
			s.extend(p, end)
			k = end
		case n.is(",") && !p.hasPlace():
			if comma && s.placeBehind(k) {
				if end, ok := s.placeList(k+1, p, false); ok {
					p.run.to = end
				}
				return
			}
			end := s.departmentAfter(k)
			if end == 0 {
				return
			}
			s.extend(p, end)
			k = end
		default:
			return
		}
	}
}

func (p *phrase) hasPlace() bool { return len(p.places) > 0 }

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

// asOrg takes a name behind a role and "at" for an organization, whatever
// the recognizer thought, unless it is a place that the gazetteer knows.
func (s *sentence) asOrg(k int) {
	if k < len(s.nodes) && s.nodes[k].is("the") {
		k++
	}
	if k < len(s.nodes) && (s.nodes[k].kind == otherNode || s.nodes[k].kind == placeNode || s.nodes[k].kind == personNode && s.nodes[k].to-s.nodes[k].from == 1) && !s.settled(s.nodes[k].run) && !(k+1 < len(s.nodes) && s.nodes[k+1].is("'s", "’s")) {
		s.nodes[k].kind, s.nodes[k].sure = orgNode, false
	}
}

// extend makes the role reach to node end.
func (s *sentence) extend(p *phrase, end int) {
	p.role.to = s.nodes[end-1].to
	p.run.to = end
	p.bare = false
}

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
		case s.toks[n.from].kind != word || !s.modifier(j) || s.isHead(j) && !s.nodes[j].is("staff", "officer"):
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

// ofPart reads what stands behind "of".
func (s *sentence) ofPart(p *phrase, k int) (int, bool) {
	j := k + 1
	if j < len(s.nodes) && s.nodes[j].is("the", "its") && j+1 < len(s.nodes) {
		j++
	}
	if j >= len(s.nodes) {
		return k, false
	}
	n := s.nodes[j]
	// a name that is a department, the organization following
	if n.kind == nameNode && !p.own && s.departmentName(j) {
		end := s.plainRun(j)
		s.extend(p, max(end, j+1))
		return max(end, j+1), true
	}
	if (n.kind == placeNode || n.kind == otherNode) && s.companyRole(p) && !s.settled(n.run) && !(j+1 < len(s.nodes) && s.nodes[j+1].is("'s", "’s")) {
		s.nodes[j].kind, s.nodes[j].sure = orgNode, false
		n = s.nodes[j]
	}
	if n.kind == personNode && s.surelyFirm(n.run) && s.executive(p) {
		s.nodes[j].kind, s.nodes[j].sure = orgNode, false
		n = s.nodes[j]
	}
	if n.kind == orgNode && s.fieldOfWork(p, j) {
		s.extend(p, j+1)
		return j + 1, true
	}
	if n.kind == orgNode || n.kind == nameNode || n.kind == firmNode || n.kind == personNode && !n.sure {
		if p.own && p.hasPlace() { // "Meta's head of Instagram": the named unit is the organization
			if n.kind != orgNode {
				s.extend(p, j+1)
				return j + 1, true
			}
			p.places = nil
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
	if (n.kind == placeNode || n.kind == otherNode) && j+1 < len(s.nodes) && s.nodes[j+1].kind == orgNode {
		if end, ok := s.placeList(j+1, p, true); ok { // "the Chicago-area YMCA"
			p.run.to = end
			return end, false
		}
	}
	if n.kind == placeNode || n.kind == otherNode {
		if end := s.plainRun(j + 1); end > j+1 && n.kind == otherNode {
			s.extend(p, end)
			return end, true
		}
		if j+1 < len(s.nodes) && s.nodes[j+1].is("'s", "’s") {
			if end, ok := s.placeList(j+2, p, true); ok {
				p.run.to = end
				return end, false
			}
			return k, false
		}
		p.run.to = j + 1
		return j + 1, true
	}
	if !p.hasPlace() && s.namedFirm(k+1) {
		if end, ok := s.placeList(k+1, p, true); ok {
			p.run.to = end
			return end, false
		}
	}
	end := s.plainRun(k + 1)
	if end == k+1 {
		return k, false
	}
	s.extend(p, end)
	return end, true
}

// namedFirm reports whether words for a company lead to its name: "the robot
// maker Cyberdyne". The name is taken for one, whatever the recognizer said.
func (s *sentence) namedFirm(k int) bool {
	for j := k; j+1 < len(s.nodes) && j < k+6; j++ {
		n := s.nodes[j]
		if n.kind == plainNode && firmWord(n.low) {
			if m := s.nodes[j+1]; m.kind != plainNode && m.kind <= nameNode && m.kind != personNode && s.toks[m.from].gap == space && !s.settled(m.run) {
				s.nodes[j+1].kind = orgNode
				return true
			}
		}
		if n.kind != plainNode && n.kind != otherNode && n.kind != nameNode && n.kind != placeNode || n.kind == plainNode && !s.modifier(j) && !n.is("the", "a", "an", "-", ",", "and") {
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
		if s.toks[k].is("ceo", "cto", "cfo", "coo", "founder", "co-founder", "cofounder", "owner", "co-owner", "founders", "co-founders", "managing", "employee", "executive", "chief", "spokesman", "spokeswoman", "spokesperson") {
			return true
		}
	}
	return false
}

// fieldOfWork reports whether the name at j, which the recognizer took for
// an organization, is what somebody is professor of: a school follows.
func (s *sentence) fieldOfWork(p *phrase, j int) bool {
	if end := s.plainRun(j + 1); end > j+1 && end < j+4 && end+1 < len(s.nodes) && s.nodes[end].is("at") && !holdsOrgWord(s.toks[s.nodes[j].from:s.nodes[j].to]) {
		if pl, _ := s.placeFrom(end+1, false); pl.sure {
			return true // "professor of Jewish history at Brandeis"
		}
	}
	if holdsOrgWord(s.toks[s.nodes[j].from:s.nodes[j].to]) || !s.toks[p.role.to-1].is("professor", "lecturer", "fellow", "chair", "instructor", "director", "head", "president", "manager") {
		return false
	}
	k := j + 1
	if k < len(s.nodes) && s.nodes[k].is(",") {
		k++
	}
	if k >= len(s.nodes) || !s.nodes[k].is("at") {
		return false
	}
	pl, _ := s.placeFrom(k+1, false)
	return pl.sure
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
	for j := k + 1; j+1 < len(s.nodes) && j < k+12; j++ {
		n := s.nodes[j]
		if n.is("and", "&") {
			return j > k+1 && s.nodes[j+1].org() || s.nodes[j+1].is("the")
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
	n := s.nodes[j]
	if n.kind == firmNode {
		if j+2 < len(s.nodes) && s.nodes[j+1].is(",") && s.nodes[j+2].kind == orgNode {
			return place{name: s.nodes[j+2].run, sure: true}, j + 3
		}
		if j+1 < len(s.nodes) && s.nodes[j+1].is("'s", "’s") {
			for i := j + 2; i < len(s.nodes) && i < j+6; i++ {
				if s.nodes[i].kind == orgNode || s.nodes[i].kind == nameNode && i+1 < len(s.nodes) && s.skipUnitNoun(i+1) > i+1 {
					return place{name: s.nodes[i].run, sure: true}, s.skipUnitNoun(i + 1)
				}
				if s.nodes[i].kind != plainNode || !s.modifier(i) {
					break
				}
			}
		}
		if j+1 < len(s.nodes) && s.nodes[j+1].kind == orgNode && s.toks[s.nodes[j+1].from].gap == space {
			return place{name: s.nodes[j+1].run, sure: true}, j + 2
		}
		return place{name: n.run, firm: true}, j + 1
	}
	if n.kind == orgNode && s.holderBehind(j+1) {
		return place{}, k // "the partner of Acme chief Ada Quist"
	}
	if n.kind == nameNode && j+1 < len(s.nodes) && s.nodes[j+1].kind == plainNode && firmWord(s.nodes[j+1].low) && s.toks[s.nodes[j+1].from].gap == space && j+3 < len(s.nodes) && s.nodes[j+2].is(",") && s.nodes[j+3].kind == orgNode {
		return place{name: s.nodes[j+3].run, sure: true}, j + 4 // "the Crime Prevention agency, Advisense"
	}
	if n.kind == orgNode || n.kind == nameNode && loose && !monthName(s.toks, n.run) || n.kind == personNode && !n.sure && loose {
		if own := s.nodes[max(j-1, 0)]; j > k && own.is("his", "her", "their", "our") && n.kind != orgNode {
			return place{}, k
		}
		return s.placeOwned(j, loose)
	}
	if n.kind == placeNode && j+2 < len(s.nodes) && s.nodes[j+1].is("'s", "’s") {
		if s.nodes[j+2].org() {
			return s.placeOwned(j+2, loose)
		}
		return place{}, k
	}
	// words before the name: "rival", "French AI startup", "the Hungarian team"
	for i := j; i < len(s.nodes) && i < j+6; i++ {
		m := s.nodes[i]
		if i > j && m.kind == orgNode || i > j && m.kind == nameNode && loose && firmWord(s.nodes[i-1].low) {
			return place{name: m.run, sure: m.sure}, s.skipUnitNoun(i + 1)
		}
		if m.kind == placeNode || m.kind == otherNode || m.kind == nameNode {
			continue
		}
		if m.kind == firmNode || m.kind != plainNode || !s.modifier(i) && !m.is(",", "-", "of", "the", "and") || s.isHead(i) && !firmWord(m.low) || m.is("of") && (i == j || !firmWord(s.nodes[i-1].low)) {
			break
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
		case next.org():
			return place{name: next.run, sure: next.sure}, s.skipBracket(end + 2)
		case next.is("subsidiary", "parent", "rival", "affiliate", "competitor"):
			return place{none: true}, end + 2
		}
	}
	return pl, s.skipBracket(end)
}

func firmWord(w string) bool {
	switch w {
	case "company", "firm", "startup", "start-up", "group", "team", "bank", "agency", "publisher", "retailer", "carmaker", "automaker", "airline", "rival", "maker", "giant", "developer", "provider", "brand", "club", "label", "network", "newspaper", "magazine", "website", "platform", "lab", "nonprofit", "charity", "organization", "organisation", "institute", "foundation", "studio", "chain", "consultancy", "business", "side", "outfit", "unicorn", "venture", "subsidiary", "faculty", "ranks", "newsroom", "operator", "chipmaker", "drugmaker", "insurer", "lender", "parent", "unit", "service", "app", "carrier", "manufacturer", "fund", "union", "party", "band", "called", "named", "university", "college", "school", "hospital", "competitor", "broadcaster", "conglomerate", "multinational", "incubator", "accelerator":
		return true
	}
	return false
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
		case n.is("for") && k+1 < len(s.nodes) && s.nodes[k+1].kind == lengthNode && p.months == (length{}):
			p.months, p.monthAt = s.nodes[k+1].length, s.nodes[k+1].run
			k++
		default:
			return
		}
		k++
		p.run.to = k
	}
}
