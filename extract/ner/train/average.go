package train

import (
	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"
)

// A kept is the weights of a learner after one pass over the data. The mean of
// two passes is steadier than either.
type kept struct {
	weights [][crf.Lanes]float32
	trans   crf.Transitions
	layer   []unitWeights // of all features and the bias
	words   [feature.Window][crf.Units]vector
	out     [crf.Units][crf.Lanes]float32
}

// keep keeps the weights as they are.
func (l *learner) keep() {
	l.kept = &kept{weights: append([][crf.Lanes]float32(nil), l.weights...), trans: l.trans}
	if l.layer != nil {
		l.layer.each(func(in *input) { l.kept.layer = append(l.kept.layer, in.weights) })
		for place := range l.layer.words {
			l.kept.words[place] = l.layer.words[place].weights
		}
		l.kept.out = l.layer.out
	}
}

// average takes the mean of the weights and those that were kept.
func (l *learner) average() {
	k := l.kept
	if k == nil {
		return
	}
	for i := range l.weights {
		mean(&l.weights[i], &k.weights[i])
	}
	for from := range l.trans {
		for to := range l.trans[from] {
			l.trans[from][to] = (l.trans[from][to] + k.trans[from][to]) / 2
		}
	}
	if l.layer == nil {
		return
	}
	n := 0
	l.layer.each(func(in *input) {
		for i, w := range k.layer[n] {
			in.weights[i] = (in.weights[i] + w) / 2
		}
		n++
	})
	for place := range k.words {
		for unit := range k.words[place] {
			l.layer.words[place].weights[unit].mean(&k.words[place][unit])
		}
	}
	for i := range l.layer.out {
		mean(&l.layer.out[i], &k.out[i])
	}
}

func mean(a, b *[crf.Lanes]float32) {
	for i := range a {
		a[i] = (a[i] + b[i]) / 2
	}
}

func (v *vector) mean(o *vector) {
	for k := range v {
		v[k] = (v[k] + o[k]) / 2
	}
}

// each calls f with all inputs of the layer that are no words.
func (y *layer) each(f func(*input)) {
	for i := range y.features {
		f(&y.features[i])
	}
	f(&y.bias)
}
