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
type window [feature.Window]uint32

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

// A collection is the examples of some documents.
type collection struct {
	features *numbering[feature.Feature]
	codes    *numbering[*feature.Code] // the vectors of words; the first of those that have none
	examples []example
	islands  []int // how many examples are of each document
}

func newCollection() *collection {
	c := &collection{features: newNumbering[feature.Feature](), codes: newNumbering[*feature.Code]()}
	c.codes.number(nil)
	return c
}

// vectors returns the vectors of the words of the examples.
func (c *collection) vectors() []vector {
	vectors := make([]vector, len(c.codes.met))
	for n, code := range c.codes.met {
		if code != nil {
			vectors[n] = vectorFrom(code)
		}
	}
	return vectors
}

// A collector makes examples of documents.
type collector struct {
	*collection
	read    func(text string) *feature.Document
	emit    emitter
	deep    bool         // look at the vectors of words
	before  *pass.Reader // what took the first look; nil for the first
	buf     []feature.Feature
	numbers []uint32
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

// first returns a collector of what the first look sees of the documents of r.
func (o Options) first(r *feature.Reader) *collector {
	return &collector{
		collection: newCollection(), read: r.Read, emit: emitter((*feature.Document).Emit).without(o.without),
		deep: !slices.Contains(o.without, feature.Classes),
	}
}

// second returns a collector of what the second look sees, where before took
// the first.
func (o Options) second(before *pass.Reader) *collector {
	return &collector{
		collection: newCollection(), read: before.First, emit: emitter((*feature.Document).EmitSecond).without(o.without),
		before: before,
	}
}

// add adds the islands of a document to the examples.
func (c *collector) add(doc *Document) {
	d := c.read(doc.Text)
	allowed := labels(doc, d)
	for _, island := range d.Islands {
		c.examples = append(c.examples, c.example(d, island, allowed[island.Start:island.End]))
	}
	c.islands = append(c.islands, len(d.Islands))
}

// example makes an example of an island.
func (c *collector) example(d *feature.Document, island feature.Island, allowed []uint32) example {
	seal(allowed)
	e := example{allowed: allowed, ends: make([]uint32, 0, len(allowed))}
	c.numbers = c.numbers[:0]
	for i := island.Start; i < island.End; i++ {
		c.buf = c.emit(d, i, c.buf[:0])
		for _, f := range c.buf {
			c.numbers = append(c.numbers, c.features.number(f))
		}
		e.ends = append(e.ends, uint32(len(c.numbers)))
		if c.deep {
			e.around = append(e.around, c.window(d, i))
		}
		if c.before != nil {
			e.before = append(e.before, c.scores(i))
		}
	}
	e.features = slices.Clone(c.numbers)
	return e
}

// window returns the vectors of the words around token i.
func (c *collector) window(d *feature.Document, i int) (w window) {
	for k, word := range d.Around(i) {
		if word >= 0 {
			code, _ := d.Code(word)
			w[k] = c.codes.number(code)
		}
	}
	return w
}

// scores returns what the look before made of token i.
func (c *collector) scores(i int) (scores [crf.Lanes]float32) {
	for k, v := range c.before.Scores(i) {
		scores[k] = float32(v) * crf.Scale
	}
	return scores
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
