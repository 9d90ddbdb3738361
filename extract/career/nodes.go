package career

import (
	"strings"

	"tenure/extract"
)

// A nodeKind says what a node of a sentence is.
type nodeKind uint8

const (
	plainNode   nodeKind = iota // a word or mark
	personNode                  // a person's name
	orgNode                     // an organization's name
	placeNode                   // a place's name
	otherNode                   // another name: product, event, nationality
	nameNode                    // a name of unknown kind
	pronounNode                 // he, she, I
	firmNode                    // "the company"
	dateNode                    // a date or a range of dates
	lengthNode                  // a length of time
)

// A node is a piece of a sentence that patterns see as one: a name, a date,
// or a single token.
type node struct {
	run
	kind nodeKind
	low  string // of a plain node
	verb *verbForm
	sure bool // the kind comes from a mention or the gazetteer
	*times
}

// Times are what a node tells of time. Most nodes tell nothing and share one.
type times struct {
	date, end extract.Date
	open      bool // the range goes on: "since 2018", "2019–present"
	ranged    bool // the node is a range
	length    length
}

// timeless is that of all nodes that tell nothing of time. Read only.
var timeless = &times{}

func (n node) is(words ...string) bool {
	if n.kind != plainNode {
		return false
	}
	for _, w := range words {
		if n.low == w {
			return true
		}
	}
	return false
}

// org reports whether the node can name an organization.
func (n node) org() bool { return n.kind == orgNode || n.kind == nameNode }

// person reports whether the node is a person's name or stands for one.
func (n node) person() bool { return n.kind == personNode || n.kind == pronounNode }

// name reports whether the node is a name of any kind but a person's.
func (n node) name() bool {
	return n.kind == orgNode || n.kind == placeNode || n.kind == otherNode || n.kind == nameNode
}

// nodes builds the nodes of a sentence.
func (d *document) nodes(s run) []node {
	out := make([]node, 0, s.to-s.from)
	c := d.clock
	c.before, c.quarter = d.recent.date, d.recent.quarter
	for i := s.from; i < s.to; {
		n, ok := d.nodeAt(c, s, i)
		if !ok {
			n = node{run: run{i, i + 1}, low: d.toks[i].low}
			if d.toks[i].kind == word {
				n.verb = verbForms[n.low]
			} else if d.owns(s, i) {
				n.low = "'s"
			}
		}
		if n.times == nil {
			n.times = timeless
		}
		if n.is("will", "'ll", "’ll", "next", "upcoming", "shall", "plans", "due", "scheduled", "agreed", "slated", "set") {
			c.future = true
		}
		if n.kind == dateNode && !n.date.IsZero() {
			c.told(n.date)
		}
		out = append(out, n)
		i = n.to
	}
	d.recent.date, d.recent.quarter = c.before, c.quarter
	return out
}

// owns reports whether the mark at i is the apostrophe that a name in "s"
// owns by: "Barclays' Ada Quist".
func (d *document) owns(s run, i int) bool {
	t := d.toks[i]
	if !t.is("'", "’") || t.gap != glued || i == s.from || i+1 >= s.to || d.toks[i+1].gap != space {
		return false
	}
	for j := i - 1; j >= s.from && i-j < 6; j-- {
		if d.toks[j].is("'", "‘", "’") {
			return false // a quote that closes
		}
		if n := d.nameAt(j); n != nil && n.to == i {
			return strings.HasSuffix(d.toks[i-1].low, "s")
		}
	}
	return false
}

func (d *document) nodeAt(c clock, s run, i int) (node, bool) {
	toks := d.toks[:s.to]
	if n := d.nameAt(i); n != nil && n.to <= s.to {
		return *n, true
	}
	if n, ok := d.dateNodeAt(c, s, i); ok {
		return n, true
	}
	if toks[i].kind == number || lengthWords[toks[i].low] || spelledOrHyphened(toks[i]) || i > s.from && toks[i].is("the") && toks[i-1].is("for") && i+1 < s.to && toks[i+1].is("past", "last") {
		if l, n := lengthAt(toks, i); n > 0 && (n > 1 || toks[i].kind == word) && !(i+n < s.to && toks[i+n].is("ago", "later", "earlier", "old", "contract", "deal", "plan")) {
			return node{run: run{i, i + n}, kind: lengthNode, times: &times{length: l}}, true
		}
	}
	if toks[i].is("he", "she", "i") && (toks[i].text != "i") {
		return node{run: run{i, i + 1}, kind: pronounNode, low: toks[i].low}, true
	}
	if agedAt(toks, i) {
		return node{run: run{i, i + 2}, kind: pronounNode, low: "he"}, true
	}
	if d.press && toks[i].is("the") && i+1 < s.to && toks[i+1].is("paper", "daily", "weekly") && !toks[i+1].upper() && !(i+2 < s.to && toks[i+2].gap == space && isRoleHead(toks[i+2].low)) {
		return node{run: run{i, i + 2}, kind: firmNode, low: toks[i+1].low}, true
	}
	if n := firmAt(toks, i); n > 0 {
		return node{run: run{i, i + n}, kind: firmNode, low: toks[i+n-1].low}, true
	}
	return node{}, false
}

func spelledOrHyphened(t token) bool {
	if _, ok := spelled(t.low); ok {
		return true
	}
	_, _, ok := hyphened(t)
	return ok
}

// firmAt reads "the company", "our firm", "its parent".
func firmAt(toks []token, i int) int {
	if i+1 >= len(toks) || !toks[i].is("the", "our", "its", "this", "that", "their") {
		return 0
	}
	k := i + 1
	if k+1 < len(toks) && toks[k].is("combined", "new", "same", "statewide", "parent", "tech", "social", "startup") && isFirmNoun(toks[k+1]) {
		k++
	}
	if toks[k].upper() && k+1 < len(toks) && toks[k+1].upper() && toks[k+1].gap == space {
		return 0 // "the Business Group on Health"
	}
	if toks[k].upper() && k+1 < len(toks) && toks[k+1].is("on", "for", "of", "in") && k+2 < len(toks) && (toks[k+2].upper() || toks[k+2].is("the")) {
		return 0 // "the Foundation on Economic Trends"
	}
	if !isFirmNoun(toks[k]) || k+1 < len(toks) && (toks[k+1].is("of", "for") && !toks[k].is("company", "firm", "startup") && !(toks[k+1].is("for") && countsTime(toks, k+2)) || toks[k+1].gap == space && isRoleHead(toks[k+1].low) && !toks[k].is("company", "firm")) {
		return 0
	}
	return k + 1 - i
}

// countsTime reports whether a length of time stands at token k: "led the bank
// for six years".
func countsTime(toks []token, k int) bool {
	_, n := lengthAt(toks, k)
	return n > 1
}

func isFirmNoun(t token) bool {
	return t.is("company", "firm", "group", "startup", "start-up", "bank", "university", "organization", "organisation", "agency", "corporation", "business", "carmaker", "automaker", "airline", "retailer", "publisher", "lab", "laboratory", "network", "club", "institute", "college", "foundation", "chipmaker", "lender", "insurer", "brewer", "drugmaker", "nonprofit", "charity", "broadcaster", "newspaper", "magazine", "studio", "label", "company's", "planemaker", "jetmaker", "toymaker", "shipbuilder", "homebuilder", "grocer", "consultancy", "broadsheet", "tabloid")
}

// dateNodeAt reads a date that stands where dates stand.
func (d *document) dateNodeAt(c clock, s run, i int) (node, bool) {
	toks := d.toks[:s.to]
	t := toks[i]
	if t.kind == mark && !t.is("'", "’") || t.kind == word && !mayBeginDate(t) || openingWords[t.low] && (i+1 >= s.to || !mayFollowDate(toks[i+1])) {
		return node{}, false
	}
	c = c.at(toks, s, i)
	after := func(words ...string) bool { return i > s.from && toks[i-1].is(words...) }
	if from, to, n := c.period(toks, i); n > 0 && !from.IsZero() {
		open := to.IsZero()
		if open && !t.is("since") && n > 0 {
			open = toks[i+n-1].is("present", "now", "today", "date", "current")
		}
		if !to.IsZero() || open && !t.is("since") || t.is("since") {
			return node{run: run{i, i + n}, kind: dateNode, times: &times{date: from, end: to, open: open, ranged: true}}, true
		}
	}
	if t.is("since", "from", "between", "during") {
		return node{}, false
	}
	dt, n := c.date(toks, i)
	if n == 0 || dt.IsZero() {
		return node{}, false
	}
	if n == 1 && t.kind == number { // a bare year
		if !after("in", "since", "by", "until", "till", "of", "from", "to", "(", ",", "around", "during", "before", "after", "the", "and", "through", "for", "summer", "spring") && i+1 < s.to && !toks[i+1].is(",", ".", ")", ";", "and", "to", "as", "by", "when", "where") {
			return node{}, false
		}
	}
	if n == 1 && monthOf(t.low) > 0 && !after("in", "since", "by", "until", "till", "of", "from", "last", "next", "this", "during", "to", "for", "mid", "early", "late") {
		return node{}, false // "May" may be a name, "March" a verb
	}
	return node{run: run{i, i + n}, kind: dateNode, times: &times{date: dt}}, true
}

// mayBeginDate is a quick test, so that most words cost nothing.
func mayBeginDate(t token) bool {
	if c := t.low[0]; c >= '0' && c <= '9' || dateWords[t.low] {
		return true
	}
	if i := strings.IndexByte(t.low, '-'); i > 0 {
		return ordinalOf(t.low[:i]) > 0
	}
	return monthOf(t.low) > 0
}

// openingWords are small words that dates begin with, and most other things.
// Read only.
var openingWords = wordSet(`the a an that about around some just nearly almost`)

// mayFollowDate reports whether a date can go on with t behind such a word.
func mayFollowDate(t token) bool {
	return secondWords[t.low] || dateWords[t.low] && !openingWords[t.low] || mayBeginDate(t) && t.kind != mark || t.kind == number || ordinalDays[t.low] > 0
}

// secondWords are what stands behind "the", "a" or "that" in a date, besides
// the words that dates begin with. Read only.
var secondWords = wordSet(`year years month months week weeks day days decade quarter period latest following preceding comparable year-ago year-earlier full current same most year-end`)

// dateWords are the words that dates begin with, months and figures aside.
// Read only.
var dateWords = wordSet(`
the that thanksgiving christmas year-end early earlier mid late later beginning start middle end since from between during last this next past previous today yesterday tomorrow
a an about around circa some nearly almost just q1 q2 q3 q4 h1 h2 c ca fiscal
spring summer autumn fall winter first second third fourth
sunday monday tuesday wednesday thursday friday saturday
one two three four five six seven eight nine ten eleven twelve
`)

// lengthWords are the words that lengths of time begin with, numbers aside.
// Read only.
var lengthWords = wordSet(`a an over more less nearly almost about some just at around under fewer roughly approximately half`)
