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
// Two fits run at a time; newReader is called once for either half.
func learn(docs []Document, newReader func() *feature.Reader, o Options) *crf.Model {
	o = o.withDefaults()
	readers := [2]*feature.Reader{newReader(), newReader()}
	parts := collect(docs, [2]*collector{o.first(readers[0]), o.first(readers[1])})
	var first, second *look
	var both sync.WaitGroup
	both.Go(func() { first = o.fitFirst(parts.whole(docs)) })
	both.Go(func() { // takes as long
		var looks [2]*pass.Reader
		for half, r := range readers {
			looks[half] = pass.New(r, together(o.fitFirst(parts[1-half]), &look{}))
		}
		second = o.fitSecond(docs, looks)
	})
	both.Wait()
	return together(first, second)
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

// fitFirst learns a first look.
func (o Options) fitFirst(c *collection) *look {
	c = c.pruned(o.Rare)
	l := newLearner(len(c.features.met), o)
	l.layer = newLayer(c.features.met, c.vectors())
	l.fit(c.examples, o.Epochs)
	return l.look(c.features.met, o.Least)
}

// fitSecond learns a second look. looks are first looks that have not seen
// the documents of each half.
func (o Options) fitSecond(docs []Document, looks [2]*pass.Reader) *look {
	c := collect(docs, [2]*collector{o.second(looks[0]), o.second(looks[1])}).whole(docs).pruned(o.Rare)
	l := newLearner(len(c.features.met), o)
	l.fit(c.examples, o.Epochs)
	return l.look(c.features.met, o.Least)
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
