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
		o.Epochs = 7
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

// learn finds the weights that make the known names of the documents most
// probable. The second look weighs what the first made of the document anew;
// what it learns from is what a first look that has not seen the document
// makes of it, as it will be with new documents: each half is looked at with
// the weights learnt from the other. The same documents give the same model.
// newReader is called once for every fit, two of which run at a time.
func learn(docs []Document, newReader func() *feature.Reader, o Options) *crf.Model {
	o = o.withDefaults()
	var first, second *look
	var both sync.WaitGroup
	both.Go(func() {
		r := newReader()
		first = o.fitFirst(docs, func(d *Document) *feature.Document { return r.Read(d.Text) })
	})
	both.Go(func() { // takes as long
		var looks [2]*pass.Reader
		for half := range looks {
			looks[half] = o.lookAt(half, docs, newReader())
		}
		second = o.fitSecond(docs, looks)
	})
	both.Wait()
	return together(first, second)
}

// lookAt returns a first look for the documents of a half, learnt from those of
// the other.
func (o Options) lookAt(half int, docs []Document, r *feature.Reader) *pass.Reader {
	learnt := o.fitFirst(docs, func(d *Document) *feature.Document {
		if d.Half == half {
			return nil
		}
		return r.Read(d.Text)
	})
	return pass.New(r, together(learnt, &look{}))
}

// A look is what was learnt for one look.
type look struct {
	features []feature.Feature // in the order they were met
	weights  []crf.Weights
	trans    crf.Transitions
	layer    *crf.Layer // nil in the second look
}

// together makes a model of both looks, which weigh different features.
func together(first, second *look) *crf.Model {
	features, weights := slices.Concat(first.features, second.features), slices.Concat(first.weights, second.weights)
	m := crf.New(features, weights, &[crf.Looks]crf.Transitions{first.trans, second.trans})
	if first.layer != nil {
		m.SetLayer(first.layer)
	}
	return m
}

// fitFirst learns a first look from the documents that read does not leave
// out.
func (o Options) fitFirst(docs []Document, read func(*Document) *feature.Document) *look {
	c := newCollector((*feature.Document).Emit, o)
	c.vectors = !slices.Contains(o.without, feature.Classes)
	for i := range docs {
		if d := read(&docs[i]); d != nil {
			c.add(&docs[i], d)
		}
	}
	c.prune(c.examples, o.Rare)
	l := newLearner(len(c.features), o)
	l.layer = newLayer(c.features, c.read)
	l.fit(c.examples, o.Epochs)
	return l.look(c.features, o.Least)
}

// fitSecond learns a second look. looks are first looks that have not seen
// the documents of each half.
func (o Options) fitSecond(docs []Document, looks [2]*pass.Reader) *look {
	c := newCollector((*feature.Document).EmitSecond, o)
	for i := range docs {
		c.before = looks[docs[i].Half]
		c.add(&docs[i], c.before.First(docs[i].Text))
	}
	c.prune(c.examples, o.Rare)
	l := newLearner(len(c.features), o)
	l.fit(c.examples, o.Epochs)
	return l.look(c.features, o.Least)
}

// fit passes over the examples, in another order every time.
func (l *learner) fit(examples []example, epochs int) {
	order := newRandom(1)
	resting := make([]bool, len(examples)) // read every other time
	for epoch := range epochs {
		for _, i := range order.permutation(len(examples)) {
			if resting[i] && epoch%2 == 1 {
				continue
			}
			resting[i] = !l.step(&examples[i])
		}
		if epoch == epochs-2 {
			l.keep()
		}
	}
	l.average()
}
