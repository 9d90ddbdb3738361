package train

import (
	"slices"
	"sync"

	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"
	"tenure/extract/ner/internal/pass"
)

// Options steer the learning; the zero value of a field is its default.
type Options struct {
	Epochs int     // passes over the data
	Rate   float32 // step of AdaGrad
	Decay  float32 // pull of the weights to zero
	Rare   int     // features seen fewer times than this are left out
	Least  int     // features whose weights are all below this, in units of the model, are left out

	without []feature.Group // observations not to learn from
}

func (o Options) withDefaults() Options {
	if o.Epochs == 0 {
		o.Epochs = 9
	}
	if o.Rate == 0 {
		o.Rate = 0.015
	}
	if o.Decay == 0 {
		o.Decay = 5e-4
	}
	if o.Rare == 0 {
		o.Rare = 2
	}
	if o.Least == 0 {
		o.Least = 3
	}
	return o
}

// An example is one island with its labels.
type example struct {
	features []uint32 // of all words
	ends     []uint32 // end of the features of each word
	allowed  []uint32 // bit set of the labels a word may have
}

func (e *example) of(word int) []uint32 {
	start := uint32(0)
	if word > 0 {
		start = e.ends[word-1]
	}
	return e.features[start:e.ends[word]]
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

// learn finds the weights that make the known names of the documents most
// probable. What the second look learns from is what a first look that has
// not seen the document makes of it, as it will be with new documents: each
// half is looked at with the weights learnt from the other. The same
// documents give the same model. newReader is called once for every fit,
// two of which run at a time.
func learn(docs []Document, newReader func() *feature.Reader, o Options) *crf.Model {
	o = o.withDefaults()
	var looks [2]*pass.Reader // at the documents of each half
	var halves sync.WaitGroup
	for half := range looks {
		halves.Go(func() {
			r := newReader()
			learnt := fit(docs, o, func(d *Document) *feature.Document {
				if d.Half == half {
					return nil
				}
				return r.Read(d.Text)
			}, (*feature.Document).Emit)
			looks[half] = pass.New(r, together(learnt, &look{}))
		})
	}
	halves.Wait()
	var first, second *look
	var both sync.WaitGroup
	both.Go(func() {
		r := newReader()
		first = fit(docs, o, func(d *Document) *feature.Document { return r.Read(d.Text) }, (*feature.Document).Emit)
	})
	both.Go(func() {
		second = fit(docs, o, func(d *Document) *feature.Document { return looks[d.Half].First(d.Text) },
			func(d *feature.Document, i int, out []feature.Feature) []feature.Feature {
				return d.EmitSecond(i, d.Emit(i, out))
			})
	})
	both.Wait()
	return together(first, second)
}

// A look is what was learnt for one look.
type look struct {
	features []feature.Feature // in the order they were met
	weights  map[feature.Feature]crf.Weights
	trans    crf.Transitions
}

// together makes a model of both looks.
func together(first, second *look) *crf.Model {
	var features []feature.Feature
	var weights [][crf.Looks]crf.Weights
	for _, f := range first.features {
		features = append(features, f)
		weights = append(weights, [crf.Looks]crf.Weights{first.weights[f], second.weights[f]})
	}
	for _, f := range second.features {
		if _, known := first.weights[f]; !known {
			features = append(features, f)
			weights = append(weights, [crf.Looks]crf.Weights{{}, second.weights[f]})
		}
	}
	return crf.New(features, weights, &[crf.Looks]crf.Transitions{first.trans, second.trans})
}

// fit learns one look from the documents that read does not leave out.
func fit(docs []Document, o Options, read func(*Document) *feature.Document, emit emitter) *look {
	x := &lexicon{number: map[feature.Feature]uint32{}}
	var examples []example
	for i := range docs {
		if d := read(&docs[i]); d != nil {
			examples = appendExamples(examples, &docs[i], d, x, emit.without(o.without))
		}
	}
	x.prune(examples, o.Rare)
	l := newLearner(len(x.features), o)
	order := newRandom(1)
	resting := make([]bool, len(examples)) // read every other time
	for epoch := range o.Epochs {
		for _, i := range order.permutation(len(examples)) {
			if resting[i] && epoch%2 == 1 {
				continue
			}
			resting[i] = !l.step(&examples[i])
		}
	}
	return l.look(x.features, o.Least)
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

// appendExamples adds the islands of a document to the examples.
func appendExamples(examples []example, doc *Document, d *feature.Document, x *lexicon, emit emitter) []example {
	allowed := labels(doc, d)
	var buf []feature.Feature
	for _, island := range d.Islands {
		var e example
		for i := island.Start; i < island.End; i++ {
			buf = emit(d, i, buf[:0])
			for _, f := range buf {
				e.features = append(e.features, x.intern(f))
			}
			e.ends = append(e.ends, uint32(len(e.features)))
			e.allowed = append(e.allowed, allowed[i])
		}
		seal(e.allowed)
		examples = append(examples, e)
	}
	return examples
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
