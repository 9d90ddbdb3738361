package career

import "strings"

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
		return n.verb == nil || !s.asVerb(k)
	}
	if _, ok := isPluralRole(n.low); ok {
		return n.verb == nil || k > 0 && (s.nodes[k-1].is("former", "two", "three", "co") || s.nodes[k-1].kind == plainNode && s.modifier(k-1))
	}
	return n.low == "staff" && k >= 2 && s.nodes[k-1].is("technical") && s.nodes[k-2].is("of")
}

// asVerb reports whether a word that is role noun and verb stands as a verb:
// "to lead", "will head", "and chair".
func (s *sentence) asVerb(k int) bool {
	if k > 0 && (s.nodes[k-1].kind == pronounNode || s.nodes[k-1].is("we", "they", "who")) {
		return true // "I lead marketing"
	}
	if k+1 < len(s.nodes) && s.nodes[k+1].is("of") || s.nodes[k].is("head") && s.headsRole(k+1) {
		return false // "promoted to head of sales", "to head coach"
	}
	return k > 0 && s.nodes[k-1].is("to", "will", "would", "and", "can", "could", "may", "not") && (k < 2 || !s.isRoleish(k-2))
}

// headsRole reports whether the noun of a role follows "head", from node k on:
// "head coach", "head football coach".
func (s *sentence) headsRole(k int) bool {
	for j := k; j < len(s.nodes) && j < k+4 && s.nodes[j].kind == plainNode; j++ {
		if isRoleHead(s.nodes[j].low) && !topRole(s.nodes[j].low) {
			return true
		}
		if !s.modifier(j) && !s.nodes[j].is("'s", "’s") {
			return false
		}
	}
	return false
}

func (s *sentence) isRoleish(k int) bool {
	return k >= 0 && s.nodes[k].kind == plainNode && (isRoleHead(s.nodes[k].low) || s.modifier(k))
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
		if n.kind != plainNode || !s.modifier(j) && !(n.is("and", "&") && j > k) && !n.is("former", "ex", "co", "-") && !(j > k && n.is("'s", "’s") && s.forWhom(j-1)) {
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
	if n.verb != nil && !n.is("operating", "acting", "managing", "founding", "leading", "launch", "serving") || functionWord(t) || saysVerb(n.low) {
		return false
	}
	if n.is("made") {
		return false
	}
	if strings.HasSuffix(n.low, "ly") && !n.is("family", "early", "weekly", "daily", "monthly", "assembly", "supply", "only") {
		return false
	}
	if strings.HasSuffix(n.low, "ed") && !strings.Contains(n.low, "-") && !n.is("distinguished", "certified", "registered", "retired", "chartered", "accredited", "licensed", "applied", "advanced", "embedded", "fixed", "united", "distributed", "named", "endowed", "integrated", "connected", "limited", "feed", "special-needs", "speed", "seed", "med") {
		return false
	}
	return !s.actsOnMany(k)
}

// actsOnMany reports whether the word at k, which nothing tells from a verb
// but its place, stands between an organization and roles in the plural:
// "Apple encourages developers".
func (s *sentence) actsOnMany(k int) bool {
	n := s.nodes[k]
	if k == 0 || k+1 >= len(s.nodes) || !s.nodes[k-1].org() && s.nodes[k-1].kind != firmNode || !thirdPerson(n.low) {
		return false
	}
	_, many := isPluralRole(s.nodes[k+1].low)
	return many
}

// thirdPerson reports whether a small word ends like a verb, and is none of
// the fields of work that do.
func thirdPerson(w string) bool {
	switch w {
	case "sales", "operations", "communications", "systems", "sports", "admissions", "relations", "affairs", "resources", "markets", "securities", "investments", "news", "business", "arts", "economics", "politics", "physics", "mathematics", "analytics", "robotics", "logistics", "electronics", "graphics", "statistics", "genetics", "ethics", "games", "ads", "cars", "products", "services", "human-resources", "claims", "rights", "funds", "works", "process", "press", "access", "wireless", "mass", "campus", "series":
		return false
	}
	return strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "ics")
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
