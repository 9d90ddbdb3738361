package train

import (
	"slices"

	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"
	"tenure/extract/ner/internal/pass"
)

// An example is one island with its labels.
type example struct {
	features []uint32             // of all words
	ends     []uint32             // end of the features of each word
	allowed  []uint32             // bit set of the labels a word may have
	around   []window             // the vectors of the words around each; nil where they are not looked at
	before   [][crf.Lanes]float32 // what the look before made of each word; nil in the first look
}

// A window is the numbers of the vectors of the words around a word, 0 where
// there is none.
type window [feature.Window]int32

func (e *example) of(word int) []uint32 {
	start := uint32(0)
	if word > 0 {
		start = e.ends[word-1]
	}
	return e.features[start:e.ends[word]]
}

// pinned reports whether every word has one label.
func (e *example) pinned() bool {
	for _, a := range e.allowed {
		if a&(a-1) != 0 {
			return false
		}
	}
	return true
}

// A lexicon numbers the features.
type lexicon struct {
	number   map[feature.Feature]uint32
	features []feature.Feature
	counts   []uint32
}

func (x *lexicon) intern(f feature.Feature) uint32 {
	n, known := x.number[f]
	if !known {
		n = uint32(len(x.features))
		x.number[f] = n
		x.features = append(x.features, f)
		x.counts = append(x.counts, 0)
	}
	x.counts[n]++
	return n
}

// A collector makes examples of documents.
type collector struct {
	lexicon
	examples []example
	emit     emitter
	vectors  bool     // look at the vectors of words
	read     []vector // those of the words met; the first of none
	numbers  map[*feature.Code]int32
	before   *pass.Reader // what took the first look; nil for the first
	buf      []feature.Feature
}

// An emitter appends the features of a token.
type emitter func(d *feature.Document, i int, out []feature.Feature) []feature.Feature

// without returns an emitter that leaves out the features of some groups.
func (emit emitter) without(groups []feature.Group) emitter {
	if len(groups) == 0 {
		return emit
	}
	return func(d *feature.Document, i int, out []feature.Feature) []feature.Feature {
		return slices.DeleteFunc(emit(d, i, out), func(f feature.Feature) bool { return slices.Contains(groups, f.Group()) })
	}
}

func newCollector(emit emitter, o Options) *collector {
	return &collector{
		lexicon: lexicon{number: map[feature.Feature]uint32{}}, emit: emit.without(o.without),
		read: make([]vector, 1), numbers: map[*feature.Code]int32{},
	}
}

// vector returns the number of the vector of a word.
func (c *collector) vector(code *feature.Code) int32 {
	if code == nil {
		return 0
	}
	n, known := c.numbers[code]
	if !known {
		n = int32(len(c.read))
		c.numbers[code] = n
		c.read = append(c.read, vectorFrom(code))
	}
	return n
}

// add adds the islands of a document to the examples.
func (c *collector) add(doc *Document, d *feature.Document) {
	allowed := labels(doc, d)
	for _, island := range d.Islands {
		var e example
		for i := island.Start; i < island.End; i++ {
			c.addWord(&e, d, i)
			e.allowed = append(e.allowed, allowed[i])
		}
		seal(e.allowed)
		c.examples = append(c.examples, e)
	}
}

// addWord adds token i to an example.
func (c *collector) addWord(e *example, d *feature.Document, i int) {
	c.buf = c.emit(d, i, c.buf[:0])
	for _, f := range c.buf {
		e.features = append(e.features, c.intern(f))
	}
	e.ends = append(e.ends, uint32(len(e.features)))
	if c.vectors {
		var around window
		for k, word := range d.Around(i) {
			if word >= 0 {
				code, _ := d.Code(word)
				around[k] = c.vector(code)
			}
		}
		e.around = append(e.around, around)
	}
	if c.before != nil {
		var scores [crf.Lanes]float32
		for k, v := range c.before.Scores(i) {
			scores[k] = float32(v) * crf.Scale
		}
		e.before = append(e.before, scores)
	}
}

// labels returns for every token the bit set of labels it may have: the one
// that the known names give, or, where names of kind other are not marked,
// outside and all labels of that kind.
func labels(doc *Document, d *feature.Document) []uint32 {
	open := uint32(1 << crf.Outside)
	if doc.NoOther {
		for part := crf.Begin; part <= crf.Single; part++ {
			open |= 1 << crf.Label(len(kinds)-1, part)
		}
	}
	allowed := make([]uint32, len(d.Tokens))
	for i := range allowed {
		allowed[i] = open
	}
	t := 0
	for _, m := range doc.Mentions {
		for t < len(d.Tokens) && d.Tokens[t].End <= m.Start {
			t++
		}
		first := t
		for t < len(d.Tokens) && d.Tokens[t].Start < m.End {
			t++
		}
		kind := slices.Index(kinds[:], m.Kind)
		for i := first; i < t; i++ {
			part := crf.Inner
			switch {
			case t-first == 1:
				part = crf.Single
			case i == first:
				part = crf.Begin
			case i == t-1:
				part = crf.End
			}
			allowed[i] = 1 << crf.Label(kind, part)
		}
	}
	return allowed
}

// seal makes outside of what an island cut off a name.
func seal(allowed []uint32) {
	for i := range allowed {
		if !reachable(allowed, i) {
			allowed[i] = 1 << crf.Outside
		}
	}
	for i := len(allowed) - 1; i >= 0; i-- {
		next := uint32(1 << crf.Outside)
		if i+1 < len(allowed) {
			next = allowed[i+1]
		}
		if !anyFollows(allowed[i], next) {
			allowed[i] = 1 << crf.Outside
		}
	}
}

func reachable(allowed []uint32, i int) bool {
	prev := uint32(1 << crf.Outside)
	if i > 0 {
		prev = allowed[i-1]
	}
	return anyFollows(prev, allowed[i])
}

func anyFollows(from, to uint32) bool {
	for f := range crf.Labels {
		for t := range crf.Labels {
			if from>>f&1 == 1 && to>>t&1 == 1 && crf.Follows(f, t) {
				return true
			}
		}
	}
	return false
}

// prune forgets the features seen fewer than rare times and numbers the
// others anew.
func (x *lexicon) prune(examples []example, rare int) {
	const gone = ^uint32(0)
	renumber := make([]uint32, len(x.features))
	kept := x.features[:0]
	for n, f := range x.features {
		renumber[n] = gone
		if int(x.counts[n]) >= rare {
			renumber[n] = uint32(len(kept))
			kept = append(kept, f)
		}
	}
	x.features = kept
	x.number, x.counts = nil, nil
	for i := range examples {
		e := &examples[i]
		out, start := e.features[:0], uint32(0)
		for w, end := range e.ends {
			for _, f := range e.features[start:end] {
				if renumber[f] != gone {
					out = append(out, renumber[f])
				}
			}
			start, e.ends[w] = end, uint32(len(out))
		}
		e.features = slices.Clip(out)
	}
}
