package career

import (
	"strings"

	"tenure/extract"
)

// A sentence is being read.
type sentence struct {
	*document
	run
	index     int
	nodes     []node
	phrases   []phrase
	covering  []int   // node → 1 + index of the phrase over it
	last      *clause // the clause told before, whose subject the next may share
	role      bool    // a role noun is among the words
	question  bool
	apart     bool   // "respectively": roles joined by "and" are several people's
	where     place  // of the event told last: what "where" stands for
	doubt     string // why nothing the sentence tells is certain
	front     *node  // a date at the head of the sentence
	told      int    // node of a verb that another one has read, or 0
	announced *node  // when something was announced
	facts     []Candidate
}

// read finds the facts of the sentence.
func (s *sentence) read() {
	s.weigh()
	s.findPhrases()
	s.holders()
	s.hasNew()
	s.spans()
	s.events()
	s.ends()
	s.arrivals()
	s.tellPhrases()
	s.nouns()
	s.jobLengths()
	s.newestHire()
	s.gotStart()
	s.pastPlaces()
	s.whileAt()
	s.lastDay()
	s.priorTo()
	s.agreement()
	s.affiliations()
	s.settle()
	s.remember()
}

// weigh looks for what makes the whole sentence uncertain, and for the dates
// that cover it.
func (s *sentence) weigh() {
	for i := range s.nodes {
		n := s.nodes[i]
		switch {
		case n.is("?") && i >= len(s.nodes)-2:
			s.question = true
		case n.is("denied", "denies", "denying", "deny", "untrue", "baseless", "false", "rumor", "rumors", "rumour", "rumours", "rumored", "rumoured", "speculation", "speculated", "unfounded"):
			s.doubt = "denied or rumoured: " + n.low
		case n.is("reportedly", "allegedly") && s.doubt == "":
			s.doubt = "hedged: " + n.low
		case n.is("respectively"):
			s.apart = true
		case n.is("talks") && i > 0 && s.nodes[i-1].is("in"):
			s.doubt = "hedged: in talks"
		case n.is("announced", "wrote", "posted", "tweeted", "said", "told", "confirmed", "revealed") && s.announced == nil:
			s.announced = s.dateNear(i)
		}
	}
	if s.doubt == "" && (s.nodes[0].is("if", "unless") || len(s.nodes) > 1 && s.nodes[0].is("should", "were") && s.nodes[1].person()) {
		s.doubt = "conditional: " + s.nodes[0].low
	}
	for i := 0; i < len(s.nodes) && i < 12; i++ {
		n := &s.nodes[i]
		if n.kind == dateNode {
			s.front = n
			break
		}
		if n.is(",", "(", ";") || n.verb != nil || n.person() || n.kind == orgNode {
			break
		}
	}
}

// dateNear finds the date right behind, or behind the object of, a verb of
// saying: "wrote on LinkedIn on Friday".
func (s *sentence) dateNear(i int) *node {
	for j := i + 1; j < len(s.nodes) && j < i+6; j++ {
		n := &s.nodes[j]
		switch {
		case n.kind == dateNode && !n.ranged:
			return n
		case n.is("that", ",", "he", "she", ".") || n.person() || n.verb != nil:
			return nil
		}
	}
	return nil
}

// findPhrases reads the role phrases of the sentence from left to right.
func (s *sentence) findPhrases() {
	s.covering = make([]int, len(s.nodes)+1)
	for i := 0; s.role && i < len(s.nodes); {
		if !s.mayBegin(i) {
			i++
			continue
		}
		if s.degree(i) && i > 0 && s.nodes[i-1].is(",") && i+1 < len(s.nodes) && s.nodes[i+1].is(",", ".", "and", ")") {
			i++
			continue
		}
		p, ok := s.phraseAt(i, s.asideBefore(i))
		if !ok || p.to <= i {
			i++
			continue
		}
		p.bracket = i > 0 && s.nodes[i-1].is("(")
		s.phrases = append(s.phrases, p)
		for j := p.from; j < p.to; j++ {
			s.covering[j] = len(s.phrases)
		}
		i = p.to
	}
}

// mayBegin is a quick test of where a role phrase can begin.
func (s *sentence) mayBegin(i int) bool {
	n := s.nodes[i]
	switch n.kind {
	case orgNode, nameNode, firmNode, placeNode, otherNode:
		return true
	case personNode: // "Milton Steinbach Professor", "Quantel CEO Ines Roth"
		if s.surelyFirm(n.run) && (s.isTopRoleAt(i+1) || i+2 < len(s.nodes) && s.nodes[i+1].is("'s", "’s") && s.topSoon(i+2)) {
			return true
		}
		if i > 0 && s.nodes[i-1].is(",") && i+2 < len(s.nodes) && s.nodes[i+1].is("'s", "’s") {
			return s.headSoon(i + 2) // "A, B's spokesman at O"
		}
		return i > 0 && s.nodes[i-1].is(",", "the", "a", "is", "was", "currently", "now", "as") && s.chairBehind(i)
	case plainNode:
		t := s.toks[n.from]
		return t.kind == word && !(functionWord(t) && !n.is("a", "an", "the", "its", "their", "our", "his", "her", "my", "now", "until", "then", "once", "formerly", "previously", "currently")) && !saysVerb(n.low) && !(n.verb != nil && !isRoleHead(n.low) && !n.is("managing", "founding", "operating", "acting", "leading", "serving", "retired", "fired", "ousted", "retiring", "departing")) && !(n.is("fired", "ousted", "retired", "retiring", "departing") && s.actsAsVerb(i))
	}
	return false
}

func (s *sentence) phraseAtNode(i int) *phrase {
	for k := range s.phrases {
		if s.phrases[k].from == i {
			return &s.phrases[k]
		}
	}
	return nil
}

func (s *sentence) phraseCovering(i int) *phrase {
	if i < 0 || i >= len(s.covering) || s.covering[i] == 0 {
		return nil
	}
	return &s.phrases[s.covering[i]-1]
}

func (s *sentence) phraseEnding(i int) *phrase {
	if p := s.phraseCovering(i); p != nil && p.to == i+1 {
		return p
	}
	return nil
}

// toldOf reports whether a name of unknown kind is the organization of a fact
// that the sentence told.
func (s *sentence) toldOf(n node) bool {
	if n.kind != nameNode && n.kind != otherNode {
		return false
	}
	at := s.span(n.run)
	for _, c := range s.facts {
		if c.Kept && c.Fact.Spans.Org == at {
			return true
		}
	}
	return false
}

// leaves reports whether a rule reads a departure itself, not where somebody
// who arrives comes from.
func leaves(rule string) bool {
	word := strings.TrimPrefix(rule, "prose/")
	if v := verbForms[word]; v != nil {
		switch v.row.act {
		case actLeave, actResign, actFire, actTender:
			return true
		}
		return false
	}
	return nounsByWord[word] != nil
}

// remember keeps what the next sentences may refer to.
func (s *sentence) remember() {
	for j := range s.nodes {
		n := s.nodes[j]
		if n.kind == personNode && !s.owned(j) {
			s.document.recent.person, s.document.recent.personAt = n.run, s.index
			break
		}
	}
	for j := range s.nodes {
		if (s.nodes[j].kind == orgNode || j == 0 && s.toldOf(s.nodes[j])) && !s.prepBefore(j) {
			s.document.recent.firm, s.document.recent.firmAt = s.nodes[j].run, s.index
			break
		}
	}
	for _, c := range s.facts {
		f := c.Fact
		if c.Kept && !f.Spans.Org.IsZero() && f.Person != "" && (f.Type == extract.RoleAt && f.Status != extract.Former || f.Type == extract.Joined || f.Type == extract.Appointed || f.Type == extract.Founded) {
			s.document.recent.employer[f.Person] = f.Spans.Org
		}
		if c.Kept && f.Type == extract.Left && f.Person != "" && !f.Spans.Org.IsZero() && leaves(c.Rule) {
			s.document.recent.leaving[f.Person], s.document.recent.leftAt = f.Spans.Org, s.index
		}
	}
	s.document.found = append(s.document.found, s.facts...)
}
