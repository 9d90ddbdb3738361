package career

import (
	"slices"

	"tenure/extract"
	"tenure/extract/gazetteer"
)

// A document is an article while its prose is read.
type document struct {
	text       string
	toks       []token
	clock      clock
	gaz        *gazetteer.Gazetteer // nil if there is none
	sentences  []run
	taken      []bool  // tokens that a mention covers
	recognized bool    // a recognizer has found the names
	names      []node  // in no order
	named      []int32 // token → 1 + index of the name that begins there
	people     people
	authors    []string
	press      bool           // it is about newspapers: "the paper" is one
	listed     []extract.Span // what the label reader has read, merged and sorted

	found  []Candidate
	recent memory
}

// A memory is what earlier sentences told: whom "she" and "the company" mean.
type memory struct {
	person   run // the last sentence's subject
	personAt int // its sentence
	firm     run
	firmAt   int
	date     extract.Date            // what "two years later" counts from
	quarter  extract.Date            // the quarter spoken of
	employer map[string]extract.Span // a person's latest organization
	leaving  map[string]extract.Span // what a person is told to leave, or to have left
	leftAt   int                     // the sentence that told it last
	exodus   extract.Span            // what several people are told to have left
	exodusAt int
}

// english reports whether a text of some length has the small words of
// English. The patterns know no other language.
func english(toks []token) bool {
	words, small := 0, 0
	for _, t := range toks[:min(len(toks), 600)] {
		if t.kind != word {
			continue
		}
		words++
		if t.is("the", "of", "and", "to", "a", "in", "is", "was", "for", "that", "as", "at", "by", "on", "has", "with", "from") {
			small++
		}
	}
	return words < 60 || small*100 >= words*10
}

// nameAt returns the name that begins at token i, or nil.
func (d *document) nameAt(i int) *node {
	if k := d.named[i]; k > 0 {
		return &d.names[k-1]
	}
	return nil
}

// addName keeps a name; a later one at the same token takes its place.
// Organizations take the legal form behind their comma: "Facebook, Inc."
func (d *document) addName(n node) {
	if k := n.to; n.kind == orgNode && k+1 < len(d.toks) && d.toks[k].is(",") && d.toks[k+1].upper() && legalForm(d.toks[k+1].low) && d.toks[k+1].gap == space {
		n.to = k + 2
		d.taken[k], d.taken[k+1] = true, true
	}
	if k := n.to; n.kind == orgNode && k < len(d.toks) && d.toks[k].is("'s", "’s") && d.toks[k].gap == glued && d.nothingOwned(k+1) {
		n.to = k + 1 // "Sotheby's"
		d.taken[k] = true
	}
	if k := n.to; n.kind == personNode && k == n.from+1 && k+1 < len(d.toks) && d.toks[k].is("'s", "’s") && d.toks[k].gap == glued && d.firmActs(d.toks[k+1]) {
		n.to, n.kind = k+1, orgNode // "Lowe's named Ada Quist CFO"
		d.taken[k] = true
	}
	d.names = append(d.names, n)
	d.named[n.from] = int32(len(d.names))
}

// firmActs reports whether a word behind a name in "'s" is what an organization
// does: nobody owns a "named".
func (d *document) firmActs(t token) bool {
	return t.is("named", "names", "hired", "hires", "appointed", "appoints", "promoted", "promotes", "tapped", "taps", "poached", "fired", "fires", "ousts", "has", "will", "said", "says", "announced")
}

// nothingOwned reports whether what stands at token k cannot be owned: then
// the "'s" before it belongs to the name.
func (d *document) nothingOwned(k int) bool {
	if k >= len(d.toks) || d.toks[k].gap >= line {
		return true
	}
	return d.toks[k].is(".", ",", ";", ")", "from", "in", "as", "to", "on", "after", "before", "where", "until", "since", "who", "which") && !d.toks[k].upper()
}

func (d *document) span(r run) extract.Span {
	if r.empty() {
		return extract.Span{}
	}
	return extract.Span{Start: d.toks[r.from].Start, End: d.toks[r.to-1].End}
}

func (d *document) words(r run) string { return d.span(r).In(d.text) }

// prose returns the candidates that the sentences give.
func (d *document) prose(mentions []extract.Mention) []Candidate {
	if !english(d.toks) {
		return nil
	}
	d.gaz, _ = gazetteer.Default() // without it capitals alone tell names
	d.sentences = sentences(d.toks)
	d.taken = make([]bool, len(d.toks))
	d.named = make([]int32, len(d.toks))
	d.findNames(mentions)
	d.findPeople()
	d.read()
	return d.conclude()
}

// read reads the prose.
func (d *document) read() {
	d.recent.employer, d.recent.leaving = map[string]extract.Span{}, map[string]extract.Span{}
	for _, t := range d.toks {
		d.press = d.press || t.is("editor", "editors", "reporter", "reporters", "journalist", "journalists", "newsroom", "newspaper", "columnist")
	}
	for i, r := range d.sentences {
		if d.isListed(r) || r.to-r.from > maxSentence {
			continue
		}
		ok, role := d.promising(r)
		if !ok {
			d.note(r, i)
			continue
		}
		s := &sentence{document: d, run: r, index: i, role: role}
		s.nodes = d.nodes(r)
		s.read()
	}
}

// maxSentence bounds the work on one sentence, in tokens.
const maxSentence = 300

func (d *document) isListed(r run) bool {
	s := d.span(r)
	i, _ := slices.BinarySearchFunc(d.listed, s.Start, func(l extract.Span, at int) int { return l.End - at })
	for ; i < len(d.listed) && d.listed[i].Start < s.End; i++ {
		if d.listed[i].Overlaps(s) {
			return true
		}
	}
	return false
}

// promising reports whether a sentence names somebody and holds something
// that a fact could hang on, and whether that may be a role.
func (d *document) promising(r run) (ok, role bool) {
	var somebody, group, be, at, told bool
	for i := r.from; i < r.to; i++ {
		t, next := d.toks[i], token{}
		if i+1 < r.to {
			next = d.toks[i+1]
		}
		if n := d.nameAt(i); n != nil {
			somebody = somebody || n.kind == personNode || n.kind == nameNode || n.kind == otherNode
			told = told || n.kind == personNode && d.placedBy(*n, r)
		}
		if t.kind != word {
			continue
		}
		switch v := verbForms[t.low]; {
		case t.is("he", "she", "i", "her", "him"):
			somebody = true
		case t.is("years", "year", "decade", "decades") && next.is("at", "with"):
			told = true
		case t.is("last", "final") && next.is("day"):
			somebody, told = true, true
		case t.is("went") && next.is("from"):
			told = true
		case t.is("board", "charge", "redundant", "role", "job", "post") && be:
			told = true
		case t.is("at", "with"):
			at = true
		case v != nil && v.row.act == actBe:
			be = true
		case v != nil && v.stands(next) || changeNouns[t.low] || nounsByWord[t.low] != nil:
			told = true
		}
		if !role {
			_, plural := isPluralRole(t.low)
			role = plural || isRoleHead(t.low) || t.low == "staff"
			group = plural
		}
	}
	return somebody && (role || told || be && at) || group && told, role
}

// placedBy reports whether an organization may stand right behind a person's
// name, or own it: "James Massey of ETH Zurich", "Stanford's Andrew Ng".
func (d *document) placedBy(n node, r run) bool {
	k := n.to
	if k < r.to && d.toks[k].is(",", "(") {
		k++
	}
	if k < r.to && d.toks[k].is("of", "at", "from", "with", "now", "previously", "formerly", "once", "currently", "recently", "most") {
		return true
	}
	return n.from > r.from && d.toks[n.from-1].is("'s", "’s", "and")
}

// changeNouns are the nouns, besides nounRows, that facts hang on. Read only.
var changeNouns = wordSet(`door successor replacement veteran stint agreement contract hires recruit recruits career tenure`)

// note keeps whom and what a sentence that tells nothing speaks of.
func (d *document) note(r run, index int) {
	person, firm := false, false
	for i := r.from; i < r.to; i++ {
		n := d.nameAt(i)
		switch {
		case n == nil:
		case n.kind == personNode && !person && !(n.to < r.to && d.toks[n.to].is("'s", "’s")):
			d.recent.person, d.recent.personAt, person = n.run, index, true
		case n.kind == orgNode && !firm && (i == r.from || !d.toks[i-1].is("of", "at", "from", "for", "in", "with", "by", "to", "like")):
			d.recent.firm, d.recent.firmAt, firm = n.run, index, true
		}
	}
}
