package career

import (
	"strings"

	"tenure/extract"
)

// arguments are what follows a verb.
type arguments struct {
	date     *node
	length   *node
	as       *phrase
	from     place
	by       subject
	stop     int // where the clause ends
	lengthAt int
}

// args reads what follows the verb up to the end of the clause.
func (s *sentence) argsOf(c *clause, from int) arguments {
	a := arguments{stop: len(s.nodes)}
	for j := from; j < len(s.nodes) && j-c.at < 60; j++ {
		n := s.nodes[j]
		switch {
		case n.is(";", "who", "while", "but", "whose", "when", "which", "where", "if", "because", "although", "though", "whom"):
			a.stop = j
			return a
		case n.is("and", "but") && j+1 < len(s.nodes) && s.nodes[j+1].is("has", "have", "had", "is", "was", "were", "are", "will"):
			a.stop = j
			return a
		case n.is("after", "following") && j+2 < len(s.nodes) && (s.nodes[j+2].is("stint", "stints", "spell") || j+3 < len(s.nodes) && s.nodes[j+3].is("stint", "stints", "spell")):
			a.stop = j
			return a
		case n.is("before", "after") && j+1 < len(s.nodes) && s.nodes[j+1].kind == plainNode && strings.HasSuffix(s.nodes[j+1].low, "ing"):
			a.stop = j // "began at Acme before turning to art in the 1960s"
			return a
		case n.verb != nil && s.phraseCovering(j) == nil && s.realVerb(j):
			a.stop = j
			if j > from && s.nodes[j-1].is("and", "before", "after", ",", "to") {
				a.stop = j - 1
			}
			return a
		case n.is("after") && j+1 < len(s.nodes) && s.nodes[j+1].kind == lengthNode && a.length == nil && !(c.form.row.act == actFound || c.form.row.act == actStart):
			a.length, a.lengthAt = &s.nodes[j+1], j+1
		case n.kind == lengthNode && a.length == nil && (j > 0 && s.nodes[j-1].is("for") || c.form.row.act == actSpend && j == from):
			a.length, a.lengthAt = &s.nodes[j], j
		case n.kind == lengthNode && a.length == nil && c.form.row.act == actServe && j <= c.at+4 && j > 0 && (s.nodes[j-1].is("there") || s.nodes[j-1].org() || j == c.at+1):
			a.length, a.lengthAt = &s.nodes[j], j
		case n.kind == dateNode && a.date == nil:
			if s.datePlace(j, c) {
				a.date = &s.nodes[j]
			}
		case n.is("to") && a.as == nil && c.form.row.act == actHire && j+1 < len(s.nodes) && s.nodes[j+1].is("be", "become"):
			a.as = s.roleFrom(j + 2) // "hired to be its next chief"
		case n.is("as") && a.as == nil:
			if p := s.phraseAtNode(j + 1); p != nil {
				a.as = p
			}
		case n.is("from") && a.from.isZero():
			if c.form.row.act == actResign {
				s.asOrg(j + 1)
			}
			a.from, _ = s.placeAt(j+1, true)
		case n.is("by") && len(a.by.people) == 0 && j+1 < len(s.nodes):
			if c.form.row.act == actHire && s.nodes[j+1].kind == otherNode {
				s.asOrg(j + 1) // "poached by Acme"
			}
			a.by = s.agent(j + 1)
		}
	}
	return a
}

// realVerb reports whether the verb form at j is used as one.
func (s *sentence) realVerb(j int) bool {
	n := s.nodes[j]
	if n.verb.row.act == actBe || n.is("set", "form", "run", "work", "works", "start", "moves", "move", "head", "lead", "chair", "exit", "name", "names", "forms", "stay", "return", "step", "steps", "stand", "act", "acts", "hire", "hires", "launch", "switch", "jump", "fire", "tap", "found") {
		return j > 0 && (s.nodes[j-1].person() || s.nodes[j-1].is("to", "will", "who", "and", ","))
	}
	return true
}

// datePlace reports whether the date at j belongs to the verb rather than to
// a name: it follows "in", "on" …, or is relative.
func (s *sentence) datePlace(j int, c *clause) bool {
	if j == 0 {
		return false
	}
	prev := s.nodes[j-1]
	if verb := j - 1 - b2i(prev.is("on")); verb > c.at && s.nodes[verb].is("said", "says", "confirmed", "told", "reported", "wrote") {
		return false // "has quit, two colleagues said on Monday"
	}
	if prev.is("in", "on", "since", "effective", "until", "from", "by", "during", "around", "at", "the", "as", ",", "of", "(") || s.nodes[j].date.RelativeTo != "" || s.nodes[j].ranged {
		return !prev.is("of") || s.nodes[j].date.Precision == extract.ByDay
	}
	return s.nodes[j].date.Precision != extract.ByYear
}

// agent reads who did it, behind "by".
func (s *sentence) agent(k int) subject {
	if p := s.phraseAtNode(k); p != nil && p.to < len(s.nodes) && s.nodes[p.to].kind == personNode {
		return s.peopleFrom(p.to)
	}
	if p := s.phraseAtNode(k); p != nil && s.setsOff(p) {
		return s.setOff(p) // "by her deputy, Ada Quist"
	}
	for k < len(s.nodes) && (s.nodes[k].is("the") || s.nodes[k].kind == plainNode && isHonorific(s.toks[s.nodes[k].from])) {
		k++
	}
	if k >= len(s.nodes) {
		return subject{}
	}
	if p := s.phraseAtNode(k); p != nil && p.to < len(s.nodes) && s.nodes[p.to].kind == personNode {
		return s.peopleFrom(p.to)
	}
	if k+2 < len(s.nodes) && (s.nodes[k].name() || s.nodes[k].kind == personNode) && s.nodes[k+1].is("'s", "’s") && s.nodes[k+2].kind == personNode {
		return s.peopleFrom(k + 2) // "Acme's Ada Quist"
	}
	if j := s.overWords(k); j > k {
		return s.peopleFrom(j)
	}
	switch n := s.nodes[k]; {
	case n.kind == personNode:
		return s.peopleFrom(k)
	case n.kind == orgNode || n.kind == firmNode:
		return subject{org: place{name: n.run, firm: n.kind == firmNode, sure: true}, at: k}
	case n.kind == nameNode:
		if p, ok := s.asPerson(k); ok {
			sub := subject{people: p, org: place{name: n.run}, unsure: true, at: k}
			if k+2 < len(s.nodes) && s.nodes[k+1].is("and") {
				if more := s.agent(k + 2); len(more.people) > 0 {
					sub.people = append(sub.people, more.people...)
				}
			}
			return sub
		}
		return subject{org: place{name: n.run}, unsure: true, at: k}
	}
	return subject{}
}

// overWords returns the person behind the words before a name: "English
// expatriates A", "top-grossing comedian A"; k if there is none.
func (s *sentence) overWords(k int) int {
	for j := k; j < len(s.nodes) && j < k+5; j++ {
		n := s.nodes[j]
		switch {
		case n.kind == personNode:
			return j
		case n.kind == otherNode && j == k, n.kind == placeNode && j == k:
		case n.is("and") && j > k:
		case n.kind != plainNode || !s.modifier(j) && !s.isHead(j):
			return k
		}
	}
	return k
}
