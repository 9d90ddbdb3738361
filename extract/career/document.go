package career

import (
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
	taken      []bool       // tokens that a mention covers
	recognized bool         // a recognizer has found the names
	names      map[int]node // by first token
	people     people
	authors    []string
	listed     []extract.Span // what the label reader has read

	found  []Candidate
	recent memory
}

// A memory is what earlier sentences told: whom "she" and "the company" mean.
type memory struct {
	person   run // the last sentence's subject
	personAt int // its sentence
	firm     run
	firmAt   int
	employer map[string]extract.Span // a person's latest organization
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
	d.gaz, _ = gazetteer.Default() // without it capitals alone tell names
	d.sentences = sentences(d.toks)
	d.taken = make([]bool, len(d.toks))
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
		s := &sentence{document: d, run: r, index: i}
		s.nodes = d.nodes(r)
		s.read()
	}
}

// maxSentence bounds the work on one sentence, in tokens.
const maxSentence = 300

func (d *document) isListed(r run) bool {
	s := d.span(r)
	for _, l := range d.listed {
		if l.Overlaps(s) {
			return true
		}
	}
	return false
}
