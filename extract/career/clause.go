package career

import (
	"tenure/extract"
)

// A clause is a verb with what stands around it.
type clause struct {
	at      int // node of the verb
	start   int // first node of the verb group, auxiliaries included
	form    *verbForm
	passive bool
	future  bool // will, is to, is leaving
	ing     bool // a gerund or participle: "after leaving", ", joining"
	inf     bool // "to join"
	perfect bool // has been
	past    bool
	bare    bool // a participle without auxiliary
	still   bool
	former  bool // once, formerly, previously
	reject  string
	subj    subject
	args    arguments
	front   *node // the date in front
	told    *node // the date of an announcement
}

// A subject is who does, or is, what the verb says.
type subject struct {
	people []who
	org    place
	at     int  // its first node
	unsure bool // a name of unknown kind
}

// A who is a person as a sentence names one.
type who struct {
	name    run    // zero for a pronoun
	pronoun string // he, she, i
	at      run    // the tokens that stand for the person
}

// arguments are what follows a verb.
type arguments struct {
	date     *node
	length   *node
	as       *phrase
	from     place
	by       subject
	stop     int // where the clause ends
	asBoard  bool
	lengthAt int
}

// clauseAt reads the verb group at node k.
func (s *sentence) clauseAt(k int) clause {
	f := s.nodes[k].verb
	c := clause{at: k, start: k, form: f, past: f.past, ing: f.ing}
	be := false
	for j := k - 1; j >= 0; j-- {
		n := s.nodes[j]
		switch {
		case n.kind == dateNode && !n.ranged && j > 0 && s.nodes[j-1].person():
			c.front = &s.nodes[j]
		case n.kind != plainNode:
			return s.finish(c, be)
		case n.is("is", "are", "'s", "’s", "am", "'m", "’m", "'re", "’re"):
			if n.is("'s", "’s") && !s.verbal(j) {
				return s.finish(c, be)
			}
			be = true
			if c.ing {
				c.future, c.ing = true, false
			}
		case n.is("was", "were", "been", "being", "be", "get", "got", "gets"):
			be = true
			c.past = c.past || n.is("was", "were", "been", "got")
			if n.is("being") {
				c.ing = true
			} else if c.ing && f.ing {
				c.ing = false
			}
		case n.is("has", "have", "had", "having", "'ve", "’ve", "'d", "’d"):
			c.perfect = true
			c.past = c.past || n.is("had")
			c.ing = c.ing || n.is("having")
		case n.is("will", "'ll", "’ll", "shall"):
			c.future = true
		case n.is("would"):
			c.future = true
			if !s.announcedBefore(j) {
				c.reject = "conditional: would"
			}
		case n.is("could", "may", "might", "should", "must", "can", "cannot", "ought"):
			c.reject = "only possible: " + n.low
		case n.is("not", "never", "n't", "n’t", "no", "neither", "nor"):
			c.reject = "denied: " + n.low
		case n.is("won't", "didn't", "hasn't", "isn't", "wasn't", "doesn't", "haven't", "hadn't", "won’t", "didn’t", "hasn’t", "isn’t", "wasn’t", "doesn’t", "haven’t", "hadn’t", "wouldn't", "wouldn’t", "don't", "don’t", "aren't", "aren’t", "couldn't", "can't", "can’t"):
			c.reject = "denied: " + n.low
		case n.is("reportedly", "allegedly", "possibly", "perhaps", "maybe", "apparently", "supposedly", "almost", "nearly", "potentially"):
			c.reject = "hedged: " + n.low
		case n.is("still"):
			c.still = true
		case n.is("once", "formerly", "previously", "originally", "initially"):
			c.former = true
		case n.is("to") && f.ing && !be:
			return s.finish(c, be) // "prior to joining"
		case n.is("to") && j > 0:
			c.inf = true
			c.start = j
			return s.governed(c, be)
		case n.is("did", "does", "do"):
		case !adverb(n.low):
			return s.finish(c, be)
		}
		c.start = j
	}
	return s.finish(c, be)
}

func adverb(w string) bool {
	switch w {
	case "also", "then", "recently", "just", "subsequently", "later", "eventually", "officially", "now", "first", "abruptly", "soon", "quickly", "finally", "currently", "already", "both", "since", "immediately", "suddenly", "formally", "publicly", "quietly", "voluntarily", "unexpectedly", "jointly", "successfully", "personally", "himself", "herself", "together", "shortly", "today", "yesterday", "most", "briefly", "simultaneously", "concurrently", "initially", "long", "only", "even", "again", "once", "unanimously", "permanently", "temporarily", "ultimately", "instead", "newly", "earlier", "twice", "presently", "actually":
		return true
	}
	return false
}

// verbal reports whether the "'s" at j is "is" or "has": after a pronoun.
func (s *sentence) verbal(j int) bool {
	return j > 0 && (s.nodes[j-1].kind == pronounNode || s.nodes[j-1].is("who", "it", "there", "that"))
}

func (s *sentence) finish(c clause, be bool) clause {
	f := c.form
	if s.last != nil && s.last.future && !c.future && c.start < c.at && s.nodes[c.start].is("be") {
		c.future = true // "would step down and be replaced by"
	}
	c.passive = be && f.part && !f.ing && f.row.act != actBe
	if f.ing && be && !c.ing && !c.future {
		c.future = false // "was leading"
	}
	if !be && !c.perfect && f.ing {
		c.ing = true
	}
	s.context(&c)
	return c
}

// announcedBefore reports whether somebody said or announced what follows.
func (s *sentence) announcedBefore(k int) bool {
	said := false
	for j := k - 1; j >= 0; j-- {
		n := s.nodes[j]
		if n.is("if", "unless", "whether", "could", "might") {
			return false
		}
		if n.is("announced", "said", "confirmed", "told", "revealed", "announces", "says", "stated", "disclosed", "decided", "declared", "agreed", "announcing", "saying", "wrote", "announcement") {
			said = true
		}
	}
	return said
}

// governed decides what an infinitive tells, by the word before "to".
func (s *sentence) governed(c clause, be bool) clause {
	f := c.form
	c.passive = be && f.part && !f.ing && f.row.act != actBe
	j := c.start - 1
	for j >= 0 && s.nodes[j].kind == plainNode && adverb(s.nodes[j].low) {
		j--
	}
	if j < 0 {
		c.reject = "only an aim"
		return c
	}
	g := s.nodes[j]
	switch {
	case g.is("planned", "intended") && j > 0 && s.nodes[j-1].is("had", "once"):
		c.reject = "not decided: had " + g.low
	case g.is("agreed", "decided", "set", "due", "scheduled", "is", "are", "plans", "plan", "planning", "planned", "intends", "chose", "opted", "preparing", "slated", "decision", "intention", "was", "were", "going", "about", "prepares", "decides", "agrees", "elected", "intent", "has", "announced"):
		c.future = !g.is("was", "were", "chose", "opted", "decided", "elected", "has") || g.is("decided") && !s.pastEvent(j)
		if g.is("has", "was", "were") {
			c.reject = "only an aim"
		}
		c.start = j
		for c.start > 0 && s.auxiliary(c.start-1) {
			c.start--
			if s.nodes[c.start].is("not", "never", "n't") {
				c.reject = "denied"
			}
		}
	case g.is("went", "going", "continued", "rose", "rising", "returned", "proceeded", "forced", "rises", "goes", "came", "grew", "back", "before", "on"):
		c.past = true
		if g.is("before", "on") {
			c.start = j
			if g.is("on") && j > 0 && s.nodes[j-1].is("went", "goes", "going") {
				c.start = j - 1
			}
		} else {
			c.start = j
			for c.start > 0 && s.auxiliary(c.start-1) {
				c.start--
			}
		}
	case g.is("expected", "likely", "considering", "wants", "wanted", "hopes", "hoped", "hoping", "refused", "declined", "failed", "asked", "invited", "tried", "offered", "threatened", "talks", "unlikely", "reluctant", "urged", "pressure", "tempted", "able", "unable", "allowed", "poised", "tipped", "favourite", "favorite", "seeking", "seeks", "refuses", "encouraged", "want", "hope", "calls", "ready", "willing", "eager", "how", "vowed", "trying", "bid", "chance", "opportunity", "persuaded", "convinced", "offer", "wish", "need", "needs", "helped", "help", "used", "qualified", "eligible", "nominated", "rumored", "rumoured", "said", "reported", "believed", "thought"):
		c.reject = "not decided: " + g.low
	case g.is("continue", "continues"):
	default:
		if s.last == nil && g.kind == personNode && s.beginOf(j) <= b2i(s.nodes[0].is("the")) {
			c.future = true // a headline: "Acme CEO to step down"
		} else if s.last == nil {
			c.reject = "only an aim"
		} else {
			c.future = s.last.future
		}
	}
	s.context(&c)
	return c
}

func (s *sentence) pastEvent(int) bool { return true }

func (s *sentence) auxiliary(j int) bool {
	return s.nodes[j].is("is", "are", "was", "were", "has", "have", "had", "been", "be", "will", "also", "'s", "’s", "not", "never", "who's", "recently", "then")
}

// context rejects what the words around the clause take back.
func (s *sentence) context(c *clause) {
	if c.reject != "" {
		return
	}
	if s.question {
		c.reject = "a question"
		return
	}
	if s.doubt != "" {
		c.reject = s.doubt
		return
	}
	for j := c.start - 1; j >= 0 && c.start-j < 14; j-- {
		n := s.nodes[j]
		if n.is(";", "—", "but") || n.is(",") && j < c.start-1 && !s.nodes[j+1].is("who") {
			break
		}
		if n.is("if", "unless", "whether", "reportedly", "allegedly", "rumored", "rumoured", "rumors", "rumours", "speculation", "considering", "denied", "denies", "deny", "unclear", "hypothetical", "speculated", "suggested", "imagine", "wish") {
			c.reject = "hedged: " + n.low
			return
		}
		if n.is("had") && j > 0 && s.nodes[j-1].is("if") {
			c.reject = "conditional"
		}
	}
	if c.ing {
		s.gerund(c)
	}
}

// gerund decides by the word before a gerund whether it tells of something
// done.
func (s *sentence) gerund(c *clause) {
	if c.start == 0 {
		return
	}
	g := s.nodes[c.start-1]
	switch {
	case g.is("considering", "without", "of", "denied", "consider", "considered", "mulling", "contemplating", "about", "from", "avoid", "discussed", "suggested", "against", "than", "at", "for", "like", "into", "resisted", "opposed", "including"):
		c.reject = "not told as done: " + g.low
	case g.is("before", "after", "since", "by", "when", "while", "upon", "prior", "to", "on", "following", "and", ",", "in", "as", "with", "then", "—", "–", ";", "(", "or", "is", "are", "was", "were", "until"):
		if g.is("to") && !(c.start >= 2 && s.nodes[c.start-2].is("prior")) {
			c.reject = "not told as done: to"
		}
	case g.person() || g.org() || g.kind == dateNode || g.kind == firmNode || g.is(")", `"`, "”"):
	default:
		c.bare = true
	}
}

// subjectOf finds the subject of an active verb, or of a passive one.
func (s *sentence) subjectOf(c *clause) subject {
	j := c.start - 1
	for j >= 0 {
		n := s.nodes[j]
		switch {
		case n.kind == plainNode && (adverb(n.low) || n.is("not", `"`, "“", "”")):
			j--
			continue
		case n.kind == dateNode && !n.ranged:
			if j > 0 && (s.nodes[j-1].person() || s.nodes[j-1].is("in", "on", "since") && j > 1 && (s.nodes[j-2].person() || s.nodes[j-2].is("who", "and", "then"))) {
				c.front = &s.nodes[j]
				j--
				if s.nodes[j].is("in", "on", "since") {
					j--
				}
				continue
			}
			if c.ing || c.inf {
				return s.inherit(c)
			}
			return subject{at: j}
		case n.is(")"):
			j = s.openBracket(j) - 1
			continue
		case n.is("who", "which", "that") && j > 0:
			if n.is("that") && (s.nodes[j-1].kind == plainNode || c.ing) {
				return subject{at: j}
			}
			return s.antecedent(j)
		case n.is("and", "or", "but", "&"):
			if j > 0 && s.nodes[j-1].is(",") && c.start-1 == j && !s.afterVerb(j) {
				return s.inherit(c)
			}
			return s.inherit(c)
		case c.ing || c.inf:
			if n.is(",", "after", "before", "since", "by", "when", "while", "upon", "to", "on", "following", "in", "as", "with", "then", "—", "–", ";", "(", "prior", "until") || c.inf || c.bare && c.ing {
				if s.governorIsNoun(j) {
					return s.possessor(j)
				}
				if c.inf && n.person() {
					return s.peopleEnding(j)
				}
				return s.inherit(c)
			}
		}
		break
	}
	if j < 0 {
		if c.ing || c.bare || c.form.part && !c.perfect {
			return s.ahead(c.at)
		}
		return subject{at: 0}
	}
	n := s.nodes[j]
	switch {
	case n.person():
		return s.peopleEnding(j)
	case n.is(",", "–", "—", "-"):
		return s.beforeAside(j, c)
	case n.kind == orgNode || n.kind == firmNode || n.kind == nameNode || n.kind == placeNode || n.kind == otherNode:
		if j > 0 && s.prep(j-1) {
			return s.beforePrep(j-1, c)
		}
		if j > 1 && s.nodes[j-1].is("the") && s.prep(j-2) {
			return s.beforePrep(j-2, c)
		}
		if n.kind == orgNode || n.kind == firmNode {
			return subject{org: place{name: n.run, firm: n.kind == firmNode, sure: n.sure}, at: j}
		}
		if (n.kind == otherNode || n.kind == nameNode) && n.to-n.from == 1 && s.personal(c) && !s.settled(n.run) && !holdsOrgWord(s.toks[n.from:n.to]) {
			s.nodes[j].kind, s.nodes[j].sure = personNode, false
			return s.peopleEnding(j) // only people step down and are appointed to roles
		}
		if n.kind == nameNode {
			if p, ok := s.people1(j); ok {
				return subject{people: p, at: j, unsure: true, org: place{name: n.run}}
			}
			return subject{org: place{name: n.run}, at: j, unsure: true}
		}
	case n.kind == plainNode && s.phraseEnding(j) != nil:
		if p := s.phraseEnding(j); len(p.holders) > 0 {
			return subject{people: p.holders, at: p.from}
		}
	}
	return subject{at: j}
}

// personal reports whether only a person can be the subject of the clause.
func (s *sentence) personal(c *clause) bool {
	switch c.form.row.act {
	case actResign:
		return true
	case actName, actHire:
		return c.passive
	case actBecome:
		k := c.at + 1
		return k < len(s.nodes) && s.roleFrom(k) != nil
	}
	return false
}

func (s *sentence) afterVerb(j int) bool { return j > 0 && s.nodes[j-1].verb != nil }

// governorIsNoun reports whether "decision to leave": the possessor of the
// noun is the subject.
func (s *sentence) governorIsNoun(j int) bool {
	return j >= 0 && s.nodes[j].is("decision", "plan", "plans", "intention", "to") && (s.nodes[j].is("to") && j > 0 && s.nodes[j-1].is("decision", "plan", "plans", "intention") || !s.nodes[j].is("to"))
}

// possessor finds whose decision it was.
func (s *sentence) possessor(j int) subject {
	for j >= 0 && s.nodes[j].is("to", "decision", "plan", "plans", "intention", "recent", "surprise") {
		j--
	}
	switch {
	case j >= 1 && s.nodes[j].is("'s", "’s") && s.nodes[j-1].kind == personNode:
		return s.peopleEnding(j - 1)
	case j >= 0 && s.nodes[j].is("his", "her"):
		return subject{people: []who{{pronoun: s.nodes[j].low, at: s.nodes[j].run}}, at: j}
	}
	return subject{at: max(j, 0)}
}

func (s *sentence) openBracket(j int) int {
	depth := 0
	for i := j; i >= 0; i-- {
		switch {
		case s.nodes[i].is(")"):
			depth++
		case s.nodes[i].is("("):
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return 0
}

func (s *sentence) prep(j int) bool {
	return s.nodes[j].is("of", "at", "from", "for", "in", "with", "by", "to", "on", "near", "as", "than", "into", "under", "against", "about", "over", "after", "between")
}

// beforePrep steps over "of Acme" to the name it belongs to.
func (s *sentence) beforePrep(j int, c *clause) subject {
	if p := s.phraseCovering(j); p != nil && len(p.holders) > 0 {
		return subject{people: p.holders, at: p.from}
	}
	if k := j + 1; j > 0 && s.nodes[j-1].is("board", "trustees", "directors") && s.nodes[j].is("of") {
		for k < len(s.nodes) && s.nodes[k].is("the") {
			k++
		}
		if k < len(s.nodes) && s.nodes[k].org() {
			return subject{org: place{name: s.nodes[k].run, sure: s.nodes[k].sure}, at: j}
		}
	}
	if j > 0 && s.nodes[j-1].person() && s.nodes[j].is("of", "at", "from", "with", "in") {
		return s.peopleEnding(j - 1)
	}
	return subject{at: j}
}

// beforeAside finds the subject before an aside that a comma closes: "Ada
// Quist, the chief scientist, left".
func (s *sentence) beforeAside(j int, c *clause) subject {
	if j > 0 && s.nodes[j-1].person() {
		if sub := s.peopleEnding(j - 1); len(sub.people) > 0 {
			return sub
		}
	}
	if j > 0 && s.nodes[j-1].is(")") {
		if o := s.openBracket(j - 1); o > 0 && s.nodes[o-1].person() {
			return s.peopleEnding(o - 1)
		}
	}
	for i := j - 1; i > 0 && j-i < 40; i-- {
		n := s.nodes[i]
		if n.is(",", "–", "—") && i > 0 {
			prev := i - 1
			if s.nodes[prev].is(")") {
				prev = max(s.openBracket(prev)-1, 0)
			}
			if s.nodes[prev].person() {
				return s.peopleEnding(prev)
			}
			if (s.nodes[prev].kind == orgNode || s.nodes[prev].kind == firmNode) && (prev == 0 || prev == 1 && s.nodes[0].is("the")) {
				return subject{org: place{name: s.nodes[prev].run, firm: s.nodes[prev].kind == firmNode, sure: true}, at: prev}
			}
			if p := s.phraseCovering(prev); p != nil && len(p.holders) > 0 {
				return subject{people: p.holders, at: p.from}
			}
		}
		if n.is(";") {
			break
		}
	}
	return subject{at: j}
}

// antecedent finds whom "who" at node j stands for: the nearest name.
func (s *sentence) antecedent(j int) subject {
	i := j - 1
	if i >= 0 && s.nodes[i].is(",", "—", "–", "-", "and") {
		i--
	}
	if i >= 0 && s.nodes[i].is(",") {
		i--
	}
	if i < 0 {
		return subject{}
	}
	if s.nodes[i].is(")") {
		i = s.openBracket(i) - 1
	}
	for i >= 0 && (s.nodes[i].is(",") || s.toks[s.nodes[i].from].kind == number || isDegree(s.toks[s.nodes[i].from]) && s.nodes[i].kind == plainNode) {
		i--
	}
	if i < 0 {
		return subject{}
	}
	if s.nodes[i].kind == personNode {
		return subject{people: []who{{name: s.nodes[i].run, at: s.nodes[i].run}}, at: i}
	}
	if p := s.phraseCovering(i); p != nil && len(p.holders) > 0 {
		return subject{people: p.holders, at: p.from}
	}
	if s.nodes[i].kind == nameNode {
		if p, ok := s.people1(i); ok {
			return subject{people: p, at: i, unsure: true}
		}
	}
	if sub := s.relatives[i]; len(sub.people) > 0 {
		return sub
	}
	return subject{at: i}
}

// inherit takes the subject of the clause before, or, at the head of a
// sentence, the one to come.
func (s *sentence) inherit(c *clause) subject {
	if s.last != nil && (len(s.last.subj.people) > 0 || !s.last.subj.org.isZero()) {
		return s.last.subj
	}
	if s.last == nil {
		for j := c.start - 1; j >= 0; j-- { // a verb this table does not know has the subject
			if s.nodes[j].person() && j+1 < len(s.nodes) && !s.prepBefore(j) {
				if s.nodes[j+1].kind == plainNode && !s.nodes[j+1].is("'s", "’s") {
					return s.peopleEnding(j)
				}
			}
		}
	}
	return s.ahead(c.at)
}

func (s *sentence) prepBefore(j int) bool { return j > 0 && s.prep(j-1) }

// ahead finds the subject of the main clause behind an introduction: "After
// leaving Acme, Ada Quist founded …".
func (s *sentence) ahead(k int) subject {
	for j := k + 1; j+1 < len(s.nodes); j++ {
		n := s.nodes[j]
		if n.is(";") || n.verb != nil && n.verb.past && !n.verb.part && j > k+1 && s.nodes[j-1].person() {
			break
		}
		if !n.is(",") {
			continue
		}
		i := j + 1
		if p := s.phraseAtNode(i); p != nil && p.to < len(s.nodes) && s.nodes[p.to].kind == personNode {
			i = p.to
		}
		for i < len(s.nodes) && (s.nodes[i].is("the", "mr", "then") || s.nodes[i].kind == plainNode && isHonorific(s.toks[s.nodes[i].from])) {
			i++
		}
		if i < len(s.nodes) && s.nodes[i].person() {
			return s.peopleFrom(i)
		}
	}
	return subject{}
}

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

// people1 takes a name of unknown kind for a person's, if it is shaped like
// one or the surname of somebody known.
func (s *sentence) people1(j int) ([]who, bool) {
	n := s.nodes[j]
	if n.kind != nameNode || !s.mayBePerson(n.run) {
		return nil, false
	}
	return []who{{name: n.run, at: n.run}}, true
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
		case n.is("as") && a.as == nil:
			if p := s.phraseAtNode(j + 1); p != nil {
				a.as = p
			}
		case n.is("from") && a.from.isZero():
			if pl, end := s.placeAt(j+1, true); !pl.isZero() {
				a.from = pl
				_ = end
			}
		case n.is("by") && len(a.by.people) == 0 && j+1 < len(s.nodes):
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
	if prev.is("in", "on", "since", "effective", "until", "from", "by", "during", "around", "at", "the", "as", ",", "of", "(") || s.nodes[j].date.RelativeTo != "" || s.nodes[j].ranged {
		return !prev.is("of") || s.nodes[j].date.Precision == extract.ByDay
	}
	return s.nodes[j].date.Precision != extract.ByYear
}

// agent reads who did it, behind "by".
func (s *sentence) agent(k int) subject {
	for k < len(s.nodes) && (s.nodes[k].is("the") || s.nodes[k].kind == plainNode && isHonorific(s.toks[s.nodes[k].from])) {
		k++
	}
	if k >= len(s.nodes) {
		return subject{}
	}
	if p := s.phraseAtNode(k); p != nil && p.to < len(s.nodes) && s.nodes[p.to].kind == personNode {
		return s.peopleFrom(p.to)
	}
	switch n := s.nodes[k]; {
	case n.kind == personNode:
		return s.peopleFrom(k)
	case n.kind == orgNode || n.kind == firmNode:
		return subject{org: place{name: n.run, firm: n.kind == firmNode, sure: true}, at: k}
	case n.kind == nameNode:
		if p, ok := s.people1(k); ok {
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
