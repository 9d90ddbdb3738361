package career

import (
	"strings"

	"tenure/extract"
	"tenure/extract/gazetteer"
)

// findNames fills d.names: the names of the text by their first token. The
// recognizer's mentions decide; where there are none, capitals and the
// gazetteer do.
func (d *document) findNames(mentions []extract.Mention) {
	if d.recognized = len(mentions) > 0; d.recognized {
		d.fromMentions(mentions)
	}
	d.fromCapitals(len(mentions) > 0)
}

// fromCapitals finds names by their capitals. With mentions it only adds
// names of unknown kind.
func (d *document) fromCapitals(known bool) {
	for _, s := range d.sentences {
		for i := s.from; i < s.to; {
			if d.taken[i] || !d.mayName(s, i) || known && isRoleHead(d.toks[i].low) || d.beginsDate(s, i) {
				i++
				continue
			}
			end := i + 1
			for end < s.to && !d.taken[end] && d.toks[end].gap < line && (d.toks[end].upper() && !roleWord(d.toks, end) || d.goesOn(s, i, end)) {
				end++
			}
			for end > i+1 && !d.toks[end-1].upper() && d.toks[end-1].kind != number && !d.toks[end-1].is(`"`, "”") {
				end--
			}
			if end-i > 1 && isRoleHead(d.toks[end-1].low) && d.roleAround(s, i, end) {
				end-- // "an Engagement Manager at Acme"
			}
			n := node{run: run{i, end}, kind: nameNode}
			switch {
			case !known:
				d.classify(&n, s)
			case end-i > 1 && d.corporate(n.run) && !fieldWord(d.toks[end-1]):
				n.kind, n.sure = orgNode, true // "the Forest Service", which no recognizer saw
			}
			d.addName(n)
			i = n.to
		}
	}
}

// roleAround reports whether the capitals from i to end, the last of them a
// role noun, stand where a role stands and not a name.
func (d *document) roleAround(s run, i, end int) bool {
	return i > s.from && d.toks[i-1].is("a", "an", "as") || end < s.to && d.toks[end].is("of", "at") && i > s.from && !d.toks[i-1].upper()
}

// beginsDate reports whether the capital at i begins a date of several words:
// "Early 2002".
func (d *document) beginsDate(s run, i int) bool {
	if !mayBeginDate(d.toks[i]) {
		return false
	}
	_, n := d.clock.date(d.toks[:s.to], i)
	return n > 1
}

// mayName reports whether a name can begin at token i.
func (d *document) mayName(s run, i int) bool {
	t := d.toks[i]
	if !t.upper() || described(t) || t.is("board", "boards", "company", "companys", "registrant", "committee", "directors", "regents", "trustees", "governors", "visitors") || isHonorific(t) || isRank(t) && strings.Contains(t.low, "-") || roleWord(d.toks, i) || stopOrg(t) || monthOf(t.low) > 0 {
		return false
	}
	if i == s.from || d.toks[i-1].is(`"`, "“", "'", "‘", ":", "•", "-", "–") {
		return !opener(t)
	}
	switch t.low {
	case "the", "a", "an", "mr", "of", "and", "in", "on", "at", "for", "its", "q1", "q2", "q3", "q4", "h1", "h2", "who", "ms", "former", "ex", "this", "that":
		return false
	}
	return true
}

// goesOn reports whether a small word inside a run of capitals belongs to
// the name: "Bank of America", "Johnson & Johnson", "van den Berg".
func (d *document) goesOn(s run, from, i int) bool {
	t := d.toks[i]
	toks := d.toks[:s.to]
	next := func(k int) bool {
		return k < s.to && toks[k].upper() && !d.taken[k] && toks[k].gap < line && !roleWord(toks, k)
	}
	switch {
	case t.is("&", "+"):
		return next(i + 1)
	case t.is("of", "for"):
		k := i + 1
		if k < s.to && toks[k].is("the") {
			k++
		}
		return next(k) && holdsOrgWord(toks[from:i])
	case t.is("the"):
		return i > from && toks[i-1].is("of", "for") && next(i+1)
	case t.is("and"):
		return next(i+1) && d.pairOfNames(s, from, i)
	case isParticle(t):
		return particleRun(toks, i) && d.given(toks[from])
	case nickname(toks, i) > 0:
		return true
	case t.is(`"`, "”"):
		return i >= 2 && nickname(toks, i-2) > 0
	case t.kind == number:
		return len(t.text) <= 2 && t.gap == space && !d.given(toks[from]) && !precededBy(toks, from, "in", "on") && next(i+1)
	case t.is("at"):
		return ofCampus(toks, from, i)
	}
	return false
}

// pairOfNames reports whether "A and B" is one organization: both single
// capitals before a word of companies, or doubled: "Johnson and Johnson".
func (d *document) pairOfNames(s run, from, i int) bool {
	if i-from == 1 && d.toks[i+1].low == d.toks[from].low {
		return true
	}
	k := i + 1
	for k < s.to && d.toks[k].upper() {
		k++
	}
	if k-i < 3 || !orgWord(d.toks[k-1]) {
		return false
	}
	for j := i + 1; j < k; j++ {
		if d.given(d.toks[j]) {
			return false
		}
	}
	return holdsOrgWord(d.toks[from:i]) && (d.toks[from].is("centre", "center", "institute", "department", "ministry", "school", "college", "office", "bureau") || i-from > 1)
}

func holdsOrgWord(toks []token) bool {
	for _, t := range toks {
		if orgWord(t) {
			return true
		}
	}
	return false
}

// roleWord reports whether a capitalised token belongs to a role written in
// capitals rather than to a name: "Chief Executive Officer".
func roleWord(toks []token, i int) bool {
	t := toks[i]
	if t.kind != word || !t.upper() {
		return false
	}
	if surnameRole(t) && i > 0 && toks[i-1].upper() && toks[i].gap == space && !roleHeads[toks[i-1].low] && !toks[i-1].is("chief", "vice", "executive", "senior") {
		return false
	}
	if isRoleHead(t.low) && !t.is("partners", "associate", "whip", "general", "press", "head", "lead", "agent", "deputy", "fellow") {
		return true
	}
	if _, ok := isPluralRole(t.low); ok && !t.is("partners", "owners", "players", "leaders", "workers", "writers", "teachers", "investors", "farmers", "advisors", "advisers", "associates", "consultants", "builders", "artists", "engineers", "analysts", "brokers", "traders", "bakers") {
		return true
	}
	switch t.low {
	case "chief", "vice", "senior", "deputy", "executive", "managing", "assistant", "founding", "interim", "acting", "distinguished", "principal", "lead", "head", "co-founding", "emeritus", "adjunct", "former", "ex":
		return !t.is("head") || i+1 < len(toks) && toks[i+1].is("of")
	case "general", "associate", "deputy general":
		return i+1 < len(toks) && isRoleHead(toks[i+1].low)
	}
	return false
}

// surnameRole reports whether a role noun is a surname too.
func surnameRole(t token) bool {
	return t.is("baker", "dean", "bishop", "judge", "farmer", "driver", "major", "player", "head", "singer", "chancellor", "sheriff", "priest", "pastor", "porter", "cook", "page", "marshal", "abbott", "fellow", "chief", "scout", "host", "anchor", "reader", "leader", "governor", "principal", "cardinal", "winger", "captain", "constable", "butler", "steward", "warden", "coach", "manager", "fisher", "worker", "chair", "member", "pope", "king", "prince")
}

// opener reports whether a capitalised word at the head of a sentence is an
// ordinary word rather than a name.
func opener(t token) bool {
	return openers[t.low] || verbForms[t.low] != nil || isRoleHead(t.low) || opensSentence(t)
}

// openers is read only.
var openers = wordSet(`
the a an and or but nor so yet for in on at by from to of with without within into onto over under after before since until while when where why who whom whose which what how if unless whether because although though as than then there here this that these those
he she it they we i you his her its their our my your him them us me one two three four five six seven eight nine ten many most some several few all both each every other another such no not none nobody
is are was were be been being has have had do does did will would can could may might must shall should let
meanwhile however moreover furthermore also still even just only now today yesterday tomorrow later earlier recently currently previously formerly originally eventually finally subsequently once twice again already perhaps maybe according despite during through throughout between among along against about above below across around behind beside besides beyond near off out up down
former current outgoing incoming departing new ex old young veteran longtime late prior following effective both either neither additionally indeed instead rather thus hence therefore nonetheless nevertheless
last next early mid first second third more less much long short big small top key good great best major general local national federal state international global
speaking asked born educated raised based founded appointed named hired joining leaving working serving having looking seeking citing including
rumors rumours rumor rumour speculation reports talk people researchers executives employees scientists officials experts analysts investors sources critics authors founders mr mrs ms dr sir
january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday
that's it's he's she's i'm we're they're there's what's let's
of text under upon per via since given considering
`)

// classify decides what a name without a mention is.
func (d *document) classify(n *node, s run) {
	toks := d.toks[n.from:n.to]
	titled := n.from > 0 && (isHonorific(d.toks[n.from-1]) || d.toks[n.from-1].is("professor", "prof.", "sen.", "rep.", "gov.", "gen."))
	n.kind, n.sure = d.kindOf(toks, titled), true
	if n.kind == nameNode || n.kind == personNode && !titled && d.class(toks[0])&(gazetteer.GivenName|gazetteer.RareGivenName) == 0 && !toks[0].initial() {
		n.sure = false
	}
	if n.kind == personNode {
		n.to = n.from + max(1, personEnd(toks))
	}
}

func personEnd(toks []token) int {
	if end := personAt(toks, 0); end > 0 {
		return end
	}
	return len(toks)
}

// kindOf classifies the tokens of a name by the gazetteer and its words.
func (d *document) kindOf(toks []token, titled bool) nodeKind {
	if titled {
		return personNode
	}
	if d.gaz == nil {
		if holdsOrgWord(toks) {
			return orgNode
		}
		return nameNode
	}
	var hashes []gazetteer.Hash
	for _, t := range toks {
		for _, w := range gazetteer.Words(t.text) {
			hashes = append(hashes, gazetteer.HashWord(w))
		}
	}
	n, class := d.gaz.Longest(hashes)
	whole := n == len(hashes)
	first := d.class(toks[0])
	last := d.class(toks[len(toks)-1])
	const given, family = gazetteer.GivenName | gazetteer.RareGivenName, gazetteer.Surname | gazetteer.RareSurname
	switch {
	case whole && class&gazetteer.Celebrity != 0:
		return personNode
	case whole && class&(gazetteer.Organization|gazetteer.University) != 0:
		return orgNode
	case whole && class&(gazetteer.Country|gazetteer.City) != 0 && class&gazetteer.GivenName == 0:
		return placeNode
	case holdsOrgWord(toks):
		return orgNode
	case whole && class&gazetteer.Demonym != 0, whole && class&gazetteer.Thing != 0:
		return otherNode
	case whole && len(toks) > 1 && class&gazetteer.Company != 0 && first&gazetteer.GivenName == 0:
		return orgNode
	case len(toks) >= 2 && len(toks) <= 5 && first&(gazetteer.Demonym|gazetteer.Country) == 0 && !toks[0].camel() && (first&given != 0 || toks[0].initial() || last&gazetteer.Surname != 0 && !toks[0].shout() && len(toks) == 2):
		return personNode
	case len(toks) == 1 && class&gazetteer.Company != 0 && class&(given|family) == 0:
		return orgNode
	case whole && class&gazetteer.Town != 0 && class&(given|family) == 0:
		return placeNode
	}
	return nameNode
}

func (d *document) class(t token) gazetteer.Class {
	if d.gaz == nil {
		return 0
	}
	return d.gaz.Word(gazetteer.HashWord(t.text))
}

func (d *document) given(t token) bool {
	return d.class(t)&(gazetteer.GivenName|gazetteer.RareGivenName) != 0
}
