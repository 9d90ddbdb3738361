package career

import "strings"

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
	gone    bool // no longer
	reject  string
	subj    subject
	agent   place // the organization that hires, names or fires the subject
	args    arguments
	front   *node // the date in front
}

// clauseAt reads the verb group at node k.
func (s *sentence) clauseAt(k int) clause {
	f := s.nodes[k].verb
	c := clause{at: k, start: k, form: f, past: f.past, ing: f.ing}
	g := group{clause: &c}
	for j := k - 1; j >= 0; j-- {
		n := s.nodes[j]
		if n.is("to") && (!f.ing || g.be) && j > 0 { // but "prior to joining"
			c.inf, c.start = true, j
			return s.governed(c, g.be)
		}
		if n.kind == dateNode && !n.ranged && j > 0 && s.nodes[j-1].person() {
			c.front = &s.nodes[j]
		} else if n.kind != plainNode || !g.verbal(s, j) && !g.modal(s, j) && !g.aside(n) {
			break
		}
		c.start = j
	}
	return s.finish(c, g.be)
}

// A group reads the words before a verb that belong to it.
type group struct {
	*clause
	be bool // a form of "to be" is among them
}

// verbal reads the auxiliaries of time and voice.
func (g *group) verbal(s *sentence, j int) bool {
	n := s.nodes[j]
	switch {
	case n.is("'s", "’s") && !s.verbal(j):
		return false
	case n.is("is", "are", "'s", "’s", "am", "'m", "’m", "'re", "’re"):
		g.be = true
		if g.ing {
			g.future, g.ing = !lasts(g.form.row.act), false // "is leaving", but "is teaching"
		}
	case n.is("was", "were", "been", "being", "be", "get", "got", "gets"):
		g.be = true
		if g.form.ing && n.is("was", "were") && g.form.row.act != actBe && s.announcedBefore(j) {
			g.future = true // "told staff she was leaving"
		}
		g.past = g.past || n.is("was", "were", "been", "got")
		g.ing = n.is("being") || g.ing && !g.form.ing
	case n.is("'d", "’d") && s.wouldBe(j):
		return false
	case n.is("has", "have", "had", "having", "'ve", "’ve", "'d", "’d"):
		g.perfect = true
		g.past = g.past || n.is("had")
		g.ing = g.ing || n.is("having")
	case n.is("will", "'ll", "’ll", "shall"):
		g.future = true
	case !n.is("did", "does", "do"):
		return false
	}
	return true
}

// wouldBe reports whether the "'d" at node j is short for "would": "he'd be
// leaving", "she'd leave".
func (s *sentence) wouldBe(j int) bool {
	return wouldAhead(s.toks[s.nodes[j+1].from])
}

// lasts reports whether a verb tells of a state: "is teaching" is now.
func lasts(a act) bool {
	switch a {
	case actServe, actLead, actTeach, actWrite, actSit, actHold:
		return true
	}
	return false
}

// modal reads what makes the verb less than told.
func (g *group) modal(s *sentence, j int) bool {
	n := s.nodes[j]
	switch {
	case s.noLonger(j):
		g.gone = true
	case n.is("longer") && j > 0 && s.noLonger(j-1):
	case n.is("would", "'d", "’d"):
		g.future = true
		if !s.announcedBefore(j) {
			g.reject = "conditional: would"
		}
	case n.is("could", "may", "might", "should", "must", "can", "cannot", "ought"):
		g.reject = "only possible: " + n.low
	case n.is("not", "never", "n't", "n’t", "no", "neither", "nor") || strings.HasSuffix(n.low, "n't") || strings.HasSuffix(n.low, "n’t"):
		g.reject = "denied: " + n.low
	case n.is("reportedly", "allegedly", "possibly", "perhaps", "maybe", "apparently", "supposedly", "almost", "nearly", "potentially"):
		g.reject = "hedged: " + n.low
	default:
		return false
	}
	return true
}

// aside reads adverbs.
func (g *group) aside(n node) bool {
	g.still = g.still || n.is("still")
	g.former = g.former || n.is("once", "formerly", "previously", "originally", "initially")
	return adverb(n.low) || n.is("still", "formerly", "previously", "originally", "initially")
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
	if l := s.last; l != nil && l.future && l.reject == "" && f.base && c.start == c.at && c.start > 0 && s.nodes[c.start-1].is("and", "then") {
		c.future = true // "will step down and become chairman"
	}
	c.passive = be && f.part && !f.ing && f.row.act != actBe
	if f.ing && be && !c.ing && !c.future {
		c.future = false // "was leading"
	}
	if !be && !c.perfect && f.ing {
		c.ing = true
		if s.last != nil && s.last.future && c.start > 0 && s.nodes[c.start-1].is(",") {
			c.future = true // "will become chief executive, replacing …"
		}
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
	c.passive = be && c.form.part && !c.form.ing && c.form.row.act != actBe
	j := c.start - 1
	for j >= 0 && s.nodes[j].kind == plainNode && adverb(s.nodes[j].low) {
		j--
	}
	if j < 0 {
		c.reject = "only an aim"
		return c
	}
	switch g := s.nodes[j]; {
	case g.is("planned", "intended") && j > 0 && s.nodes[j-1].is("had", "once"):
		c.reject = "not decided: had " + g.low
	case g.is("has", "was", "were"):
		c.reject = "only an aim"
	case g.kind == plainNode && aims[g.low] != noAim:
		s.aimed(&c, aims[g.low], j)
	case s.last != nil:
		c.future = s.last.future // "left to join"
	case s.wentBefore(j):
	case g.kind == personNode && s.headed(s.beginOf(j)):
		c.future = true // a headline: "Acme CEO to step down"
	default:
		c.reject = "only an aim"
	}
	s.context(&c)
	return c
}

// headed reports whether what begins at node i opens a headline, its owner or
// who says it aside: "Acme's Ada Quist to retire", "Acme says CFO to retire".
func (s *sentence) headed(i int) bool {
	switch {
	case i <= b2i(s.nodes[0].is("the")):
		return true
	case i == 2 && s.nodes[0].kind == orgNode:
		return s.nodes[1].is("'s", "’s", "says", ":")
	}
	return false
}

// wentBefore reports whether somebody went somewhere right before node j:
// "went to Oslo to found Acme" tells of a founding.
func (s *sentence) wentBefore(j int) bool {
	for i := j; i >= 0 && j-i < 7; i-- {
		n := s.nodes[i]
		if n.is("went", "moved", "returned", "came", "travelled", "traveled", "emigrated", "relocated") {
			return i == 0 || !s.nodes[i-1].is("never", "not", "n't", "had", "would")
		}
		if n.is(",", ";") || n.kind == plainNode && n.verb != nil {
			return false
		}
	}
	return false
}

// aimed reads an infinitive behind a word that says how certain it is.
func (s *sentence) aimed(c *clause, a aim, j int) {
	switch a {
	case undecided:
		c.reject = "not decided: " + s.nodes[j].low
		return
	case feeling:
		c.future = true
		return
	case goesOn:
		return
	}
	if j > 0 && s.nodes[j-1].is("no", "any", "never", "without", "neither", "little") {
		c.reject = "denied: " + s.nodes[j-1].low + " " + s.nodes[j].low // "has no plans to leave"
		return
	}
	c.future = a == planned
	c.past = c.past || a == done
	c.start = j
	for c.start > 0 && s.auxiliary(c.start-1) {
		c.start--
		if s.nodes[c.start].is("not", "never", "n't") {
			c.reject = "denied"
		}
	}
}

// An aim is what the word before "to" says of what follows.
type aim uint8

const (
	noAim     aim = iota
	planned       // agreed to, is set to: it lies ahead
	done          // decided to, went on to: it happened
	undecided     // wants to, is expected to: nobody knows
	feeling       // is thrilled to: it lies ahead
	goesOn        // continues to
)

// aims are the words before "to". Read only.
var aims = func() map[string]aim {
	m := map[string]aim{}
	for a, words := range map[aim]string{
		planned:   "agreed set due scheduled is are plans plan planning planned intends preparing slated decision intention going about prepares decides agrees intent announced",
		done:      "decided chose opted elected went continued rose rising returned proceeded forced rises goes came grew back before on",
		undecided: "expected likely considering wants wanted hopes hoped hoping refused declined failed asked invited tried offered threatened talks unlikely reluctant urged pressure tempted able unable allowed poised tipped favourite favorite seeking seeks refuses encouraged want hope calls ready willing eager how vowed trying bid chance opportunity persuaded convinced offer wish need needs helped help used qualified eligible nominated rumored rumoured said reported believed thought running vying contest contention contender candidate frontrunner front-runner campaigning competing",
		feeling:   "thrilled excited happy proud delighted pleased honored honoured looking",
		goesOn:    "continue continues",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = a
		}
	}
	return m
}()

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
	case c.start > 1 && g.is("in") && s.nodes[c.start-2].is("interested", "interest"):
		c.reject = "not told as done: interested"
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
