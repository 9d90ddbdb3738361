package career

import (
	"tenure/extract"
)

// A sentence is being read.
type sentence struct {
	*document
	run
	index     int
	nodes     []node
	phrases   []phrase
	covering  []int // node → 1 + index of the phrase over it
	relatives map[int]subject
	last      *clause // the clause told before, whose subject the next may share
	question  bool
	apart     bool   // "respectively": roles joined by "and" are several people's
	where     place  // of the event told last: what "where" stands for
	doubt     string // why nothing the sentence tells is certain
	front     *node  // a date at the head of the sentence
	announced *node  // when something was announced
	facts     []Candidate
}

// read finds the facts of the sentence.
func (s *sentence) read() {
	s.weigh()
	s.findPhrases()
	s.holders()
	s.events()
	s.tellPhrases()
	s.nouns()
	s.spans()
	s.pastPlaces()
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
	s.relatives = map[int]subject{}
	for i := 0; i < len(s.nodes); {
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
		return i > 0 && s.nodes[i-1].is(",", "the", "a") && s.chairBehind(i)
	case plainNode:
		t := s.toks[n.from]
		return t.kind == word && !(functionWord(t) && !n.is("a", "an", "the", "its", "their", "our", "his", "her", "my", "now", "then", "formerly", "previously", "currently")) && !saysVerb(n.low) && !(n.verb != nil && !isRoleHead(n.low) && !n.is("managing", "founding", "operating", "acting", "leading", "serving", "retired", "fired", "ousted")) && !(n.is("fired", "ousted", "retired") && s.actsAsVerb(i))
	}
	return false
}

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
		if p, ok := s.people1(i); ok && (s.nodes[i].to-s.nodes[i].from > 1 || s.nodes[j].is("(")) {
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
	return isDegree(t) || isSuffix(t) || t.shout() && len(t.text) <= 6 && i > 1 && s.nodes[i-1].is(",") && n.kind != personNode && n.kind != orgNode
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
			continue
		}
		p.holders = s.beforeName(p)
		if len(p.holders) > 0 && p.its && !p.hasPlace() && s.nodes[p.from].is("its", "their") {
			p.places = []place{{firm: true, name: s.nodes[p.from].run}}
		}
	}
}

// asFollows reports whether the phrase stands behind "as" or a verb that
// says how its holder came by it.
func (s *sentence) asFollows(p *phrase) bool {
	if p.from == 0 {
		return false
	}
	n := s.nodes[p.from-1]
	return n.is("as") && !(p.to < len(s.nodes) && s.nodes[p.to].kind == personNode)
}

// behindName returns the people that phrase i is an aside to.
func (s *sentence) behindName(i int) []who {
	p := &s.phrases[i]
	if p.from == 0 {
		return nil
	}
	j := p.from - 1
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
	k := p.to
	comma := false
	if k < len(s.nodes) && s.nodes[k].is(",", ":") {
		comma = true
		k++
	}
	for k < len(s.nodes) && s.nodes[k].kind == plainNode && isHonorific(s.toks[s.nodes[k].from]) {
		k++
	}
	if k >= len(s.nodes) {
		return nil
	}
	n := s.nodes[k]
	if n.kind == nameNode && (!comma || p.own && s.closesAside(k+1)) {
		if w, ok := s.people1(k); ok && n.to-n.from > 1 {
			if p.plural != "" {
				return s.peopleFrom(k).people
			}
			return w
		}
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

// tellPhrases tells the roles of the phrases whose holder is known and that
// no verb has told.
func (s *sentence) tellPhrases() {
	for i := range s.phrases {
		p := &s.phrases[i]
		if len(p.holders) == 0 && !p.used && s.asFollows(p) {
			p.holders = s.inCapacity(p)
		}
		if len(p.holders) == 0 || p.used {
			continue
		}
		if !p.hasPlace() {
			if len(s.nodes) > 3 && s.nodes[0].is("at") && s.nodes[1].kind == orgNode && s.nodes[2].is(",") && p.from == 3 {
				p.places = []place{{name: s.nodes[1].run, sure: true}}
			} else if s.publicOffice(p) {
				p.places = []place{{none: true}}
			}
		}
		status := p.status
		if status == "" {
			status = extract.Current
			if s.toks[p.head].is("alumnus", "alumna", "alum", "alums", "alumni", "veteran") || s.opens(p) && p.from > 0 && s.nodes[0].is("formerly", "previously", "once") || p.from > 0 && s.nodes[p.from-1].is("formerly", "previously", "once") {
				status = extract.Former
			}
		}
		rule := "prose/role-before-name"
		if p.aside {
			rule = "prose/role-behind-name"
		}
		s.tellRole(p, p.holders, status, rule, nil)
	}
}

// inCapacity returns whose role stands behind an "as" that no verb of
// careers has claimed: "He shaped retail as the founder and CEO of Acme".
func (s *sentence) inCapacity(p *phrase) []who {
	if p.from < 2 || !p.hasPlace() || !p.places[0].sure || s.doubt != "" || s.question {
		return nil
	}
	if prev := s.nodes[p.from-2]; prev.is("such", "known", "regarded", "seen", "considered", "described", "well", "viewed", "same", "just", "far", "think", "long", "soon", "act", "acting", "running", "portrayed", "cast", "stars", "job", "offer", "candidate", "nominee", "nomination", "nominated", "proposed", "confirmed", "bid") || prev.verb != nil {
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

// publicOffice reports whether a role right before a name is an office of
// state, which is held at no organization that a text would name.
func (s *sentence) publicOffice(p *phrase) bool {
	if p.aside || p.plural != "" {
		return false
	}
	lead := s.toks[p.role.from]
	head := s.toks[p.role.to-1]
	of := p.from > 0 && (s.nodes[p.from-1].kind == placeNode || s.nodes[p.from-1].kind == otherNode) || s.nodes[p.from].kind == placeNode || s.nodes[p.from].kind == otherNode
	for k := p.role.from; k < p.role.to; k++ {
		switch t := s.toks[k]; {
		case t.is("minister", "chancellor", "senator", "premier", "pm", "governor"):
			return true
		case t.is("president"):
			return lead.upper() && p.role.to-p.role.from <= 2 && (lead.is("president", "vice") || lead.is("us", "u.s.")) || of || p.status == extract.Former && head.is("president") && p.bare
		case t.is("attorney") && k+1 < p.role.to && s.toks[k+1].is("general"):
			return true
		}
	}
	return false
}

// tellRole tells role_at, and founded where the role says so, for everybody
// and every place of a phrase.
func (s *sentence) tellRole(p *phrase, holders []who, status, rule string, c *clause) {
	p.used = true
	if p.ranged && !p.open && !p.dateEnd.IsZero() {
		status = extract.Former
	}
	for _, w := range holders {
		for _, pl := range p.places {
			if name, _ := s.org(pl, s.to); name == "" && pl.firm && s.toks[pl.name.from].is("its", "their") && pl.name.to-pl.name.from == 1 {
				continue // nobody knows whose
			}
			if p.founder && s.onlyFounded(p) {
				s.tell(extract.Fact{Type: extract.Founded}, w, pl, rule, c, p)
				continue
			}
			f := extract.Fact{Type: extract.RoleAt, Status: status, Interim: p.interim}
			if c != nil && c.still {
				f.Still = true
			}
			s.setRole(&f, p)
			if p.ranged {
				f.Date, f.DateEnd = p.date, p.dateEnd
				f.Spans.Date = s.span(p.dateAt)
				if !p.dateEnd.IsZero() {
					f.Spans.DateEnd = f.Spans.Date
				}
			}
			s.tell(f, w, pl, rule, c, p)
			if p.founder {
				s.tell(extract.Fact{Type: extract.Founded}, w, pl, rule, c, p)
			}
			if p.months.months > 0 {
				t := extract.Fact{Type: extract.Tenure, Months: p.months.months, Bound: p.months.bound}
				t.Spans.Months = s.span(p.monthAt)
				s.tell(t, w, pl, rule, c, p)
			}
		}
	}
}

// onlyFounded reports whether the phrase says no more than that its holder
// founded the place: "(the founder of X)".
func (s *sentence) onlyFounded(p *phrase) bool {
	return p.bare && p.article && !p.own && s.nodes[p.from].is("the") && (p.bracket || p.plural != "") || p.plural != "" && !p.own && p.bare
}

// setRole sets the role of a fact: as written, in the singular.
func (s *sentence) setRole(f *extract.Fact, p *phrase) {
	r := p.role
	f.Role, f.Spans.Role = s.words(r), s.span(r)
	if p.plural == "" {
		return
	}
	head := s.toks[s.headToken(p)]
	if head.low == p.plural+"s" {
		if head.End == f.Spans.Role.End {
			f.Spans.Role.End--
			f.Role = f.Spans.Role.In(s.text)
			return
		}
	}
	cut := head.Start - f.Spans.Role.Start
	f.Role = f.Role[:cut] + p.plural + f.Role[cut+len(head.text):]
	f.Spans.Role = extract.Span{}
}

// headToken returns the token of the plural noun of a phrase.
func (s *sentence) headToken(p *phrase) int {
	at := p.role.to - 1
	for k := p.role.from; k < p.role.to; k++ {
		if one, ok := isPluralRole(s.toks[k].low); ok && one == p.plural {
			at = k
		}
	}
	return at
}

// org resolves a place to its name and span. "The company" is the
// organization told of last.
func (s *sentence) org(pl place, before int) (string, extract.Span) {
	switch {
	case !pl.told.IsZero():
		return pl.told.In(s.text), pl.told
	case pl.none || pl.isZero():
		return "", extract.Span{}
	case !pl.firm:
		return s.words(pl.name), s.span(pl.name)
	}
	best := run{}
	for j := range s.nodes {
		if s.nodes[j].from >= before {
			break
		}
		if s.nodes[j].kind == orgNode {
			best = s.nodes[j].run
		}
	}
	if best.empty() && s.index-s.recent.firmAt <= 4 {
		best = s.recent.firm
	}
	if best.empty() {
		return "", extract.Span{}
	}
	return s.words(best), s.span(best)
}

// tell adds a fact about one person at one place.
func (s *sentence) tell(f extract.Fact, w who, pl place, rule string, c *clause, p *phrase) {
	f.Person, f.Spans.Person, _ = s.resolve(w)
	if f.Org == "" {
		before := s.to
		if !pl.name.empty() {
			before = pl.name.from
		}
		f.Org, f.Spans.Org = s.org(pl, before)
	}
	f.Evidence = s.evidence(f, w, pl, c, p)
	f.Evidence.By = rule
	f.Score = s.score(f, w, pl)
	cand := Candidate{Fact: f, Rule: rule, Kept: true}
	if c != nil && c.reject != "" {
		cand.Kept, cand.Why = false, c.reject
	}
	s.facts = append(s.facts, cand)
}

// score is lower where a name's kind is a guess or a pronoun stands for the
// person.
func (s *sentence) score(f extract.Fact, w who, pl place) float64 {
	score := .92
	if w.pronoun != "" {
		score -= .1
	}
	if pl.firm || !pl.sure && !pl.isZero() && !pl.none {
		score -= .12
	}
	if f.Org == "" {
		score -= .15
	}
	return score
}

// evidence quotes from the first to the last word that gave the fact.
func (s *sentence) evidence(f extract.Fact, w who, pl place, c *clause, p *phrase) extract.Evidence {
	whole := s.span(s.run)
	from, to := whole.End, whole.Start
	cover := func(e extract.Span) {
		if !e.IsZero() && whole.Covers(e) {
			from, to = min(from, e.Start), max(to, e.End)
		}
	}
	cover(s.span(w.at))
	cover(s.span(pl.name))
	for _, e := range []extract.Span{f.Spans.Role, f.Spans.Successor, f.Spans.Date, f.Spans.DateEnd, f.Spans.Months} {
		cover(e)
	}
	if c != nil {
		cover(s.span(run{s.nodes[c.start].from, s.nodes[c.at].to}))
	}
	if p != nil {
		cover(s.span(run{s.nodes[p.from].from, s.nodes[p.to-1].to}))
	}
	if from >= to {
		from, to = whole.Start, whole.End
	}
	e := extract.Span{Start: from, End: to}
	return extract.Evidence{Span: e, Quote: e.In(s.text)}
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
		if s.nodes[j].kind == orgNode && !s.prepBefore(j) {
			s.document.recent.firm, s.document.recent.firmAt = s.nodes[j].run, s.index
			break
		}
	}
	for _, c := range s.facts {
		f := c.Fact
		if c.Kept && !f.Spans.Org.IsZero() && f.Person != "" && (f.Type == extract.RoleAt && f.Status != extract.Former || f.Type == extract.Joined || f.Type == extract.Appointed) {
			s.document.recent.employer[f.Person] = f.Spans.Org
		}
	}
	s.document.found = append(s.document.found, s.facts...)
}
