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
	employer map[string]extract.Span // a person's latest organization
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
	d.names = append(d.names, n)
	d.named[n.from] = int32(len(d.names))
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
	d.recent.employer = map[string]extract.Span{}
	for i, r := range d.sentences {
		if d.isListed(r) || r.to-r.from > maxSentence {
			continue
		}
		if !d.promising(r) {
			d.note(r, i)
			continue
		}
		s := &sentence{document: d, run: r, index: i}
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

// promising reports whether a sentence names somebody and holds a word that
// a fact could hang on.
func (d *document) promising(r run) bool {
	somebody, words := false, false
	for i := r.from; i < r.to && !(somebody && words); i++ {
		t := d.toks[i]
		if n := d.nameAt(i); n != nil {
			somebody = somebody || n.kind == personNode || n.kind == nameNode || n.kind == otherNode
		}
		if t.kind != word {
			continue
		}
		switch {
		case t.is("he", "she", "i"):
			somebody = true
		case verbForms[t.low] != nil, hooks[t.low], isRoleHead(t.low):
			words = true
		default:
			if _, ok := isPluralRole(t.low); ok {
				words = true
			}
		}
	}
	return somebody && words
}

// hooks are the small words and nouns that facts hang on, verbs and roles
// aside. Read only.
var hooks = wordSet(`of from at for 's ’s departure exit resignation retirement dismissal ouster firing appointment death successor`)

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
