package train

import (
	"math"

	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"
)

// A unitWeights is a weight for each hidden unit.
type unitWeights [crf.Units]float32

// An input is what weighs on the hidden units: a feature, or a dimension of the
// vector of a word around.
type input struct {
	weights unitWeights
	square  float32 // sum of squared gradients, the mean of the units
}

// A layer holds the weights of hidden units while they are learnt, together
// with those of the features: units of rectified sums (Nair and Hinton 2010),
// half of which sit out each word (Hinton et al. 2012).
type layer struct {
	of       []int32 // the input of each feature of the learner, counted from 1; 0 is none
	features []input
	words    [feature.Window][dimensions]input
	vectors  []vector // of the words of the examples; the first of those that have none
	bias     input
	out      [crf.Units][crf.Lanes]float32
	squares  [crf.Units][crf.Lanes]float32
	active   []unitWeights // what the units pass on, by word of the example
	random   *random
}

// How the layer learns: the step of AdaGrad, the pull to zero, the share of
// units that sit out, and how large the weights are at the beginning.
const (
	layerRate   = 0.015
	layerDecay  = 5e-4
	layerSmall  = 1e-3 // added to sums of squares
	sitOut      = 0.4
	startIn     = 0.1
	startWord   = 0.05
	startOut    = 0.05
	startBias   = 0.1
	layerRandom = 7 // seed
)

// newLayer returns a layer over those of the features that units look at.
func newLayer(features []feature.Feature, vectors []vector) *layer {
	y := &layer{of: make([]int32, len(features)), vectors: vectors, random: newRandom(layerRandom)}
	for i, f := range features {
		if f.Deep() {
			y.features = append(y.features, input{})
			y.of[i] = int32(len(y.features))
		}
	}
	y.start(y.features, startIn)
	for place := range y.words {
		y.start(y.words[place][:], startWord)
	}
	for k := range y.out {
		y.bias.weights[k] = startBias
		for i := range y.out[k] {
			y.out[k][i] = y.random.uniform() * startOut
		}
	}
	return y
}

// start sets the weights of inputs at random.
func (y *layer) start(inputs []input, size float32) {
	for i := range inputs {
		for k := range inputs[i].weights {
			inputs[i].weights[k] = y.random.uniform() * size
		}
	}
}

// uniform returns a number from -1 to 1.
func (r *random) uniform() float32 { return float32(r.next()>>40)/(1<<23) - 1 }

// forward adds what the units make of word t to the scores of its labels.
func (y *layer) forward(e *example, t int, scores *[crf.Lanes]float32) {
	for len(y.active) <= t {
		y.active = append(y.active, unitWeights{})
	}
	a := &y.active[t]
	*a = y.bias.weights
	for _, f := range e.of(t) {
		if n := y.of[f]; n != 0 {
			a.add(&y.features[n-1].weights)
		}
	}
	if e.around != nil {
		for place, n := range e.around[t] {
			if n != 0 {
				a.addVector(&y.words[place], &y.vectors[n])
			}
		}
	}
	y.rest(a)
	for k, v := range a {
		if v == 0 {
			continue
		}
		out := &y.out[k]
		for i := range scores {
			scores[i] += v * out[i]
		}
	}
}

func (w *unitWeights) add(o *unitWeights) {
	for k := range w {
		w[k] += o[k]
	}
}

// addVector adds what a vector weighs.
func (w *unitWeights) addVector(in *[dimensions]input, v *vector) {
	for k := 0; k < dimensions; k += 4 { // four at a time, which is faster
		a, b, c, d := &in[k].weights, &in[k+1].weights, &in[k+2].weights, &in[k+3].weights
		va, vb, vc, vd := v[k], v[k+1], v[k+2], v[k+3]
		for i := range w {
			w[i] += va*a[i] + vb*b[i] + vc*c[i] + vd*d[i]
		}
	}
}

// moveVector moves the weights of the dimensions of a vector.
func moveVector(in *[dimensions]input, v *vector, d *unitWeights, square float32) {
	for k, x := range v {
		w := &in[k]
		w.square += square * x * x
		step := layerRate * x / sqrt(w.square+layerSmall)
		for i := range d {
			w.weights[i] -= step * d[i]
		}
	}
}

// rest makes units below zero pass on nothing, and some others at random;
// those that are left pass on more for it.
func (y *layer) rest(a *unitWeights) {
	const scale = 1 / (1 - sitOut)
	r := uint64(0)
	for k, v := range a {
		if k%8 == 0 {
			r = y.random.next()
		}
		if v <= 0 || float32(r&255) < 256*sitOut {
			a[k] = 0
		} else {
			a[k] = v * scale
		}
		r >>= 8
	}
}

// update moves the weights against the gradients of some labels of word t.
func (y *layer) update(e *example, t int, lanes []int, grads []float32) {
	var d unitWeights // gradients of the units
	square := float32(0)
	for k, v := range &y.active[t] {
		if v == 0 {
			continue
		}
		d[k] = y.updateOut(k, v, lanes, grads) / (1 - sitOut)
		square += d[k] * d[k]
	}
	if square == 0 {
		return
	}
	square /= crf.Units
	y.bias.move(&d, square, layerRate, 0)
	for _, f := range e.of(t) {
		if n := y.of[f]; n != 0 {
			y.features[n-1].move(&d, square, layerRate, layerDecay)
		}
	}
	if e.around == nil {
		return
	}
	for place, n := range e.around[t] {
		if n != 0 {
			moveVector(&y.words[place], &y.vectors[n], &d, square)
		}
	}
}

// updateOut moves the weights of unit k, which passed on v, and returns its
// gradient.
func (y *layer) updateOut(k int, v float32, lanes []int, grads []float32) (sum float32) {
	out, squares := &y.out[k], &y.squares[k]
	for n, lane := range lanes {
		sum += grads[n] * out[lane]
		g := grads[n]*v + layerDecay*out[lane]
		squares[lane] += g * g
		out[lane] -= layerRate * g / sqrt(squares[lane]+layerSmall)
	}
	return sum
}

// move moves the weights of an input against the gradients of the units.
func (in *input) move(d *unitWeights, square, rate, decay float32) {
	in.square += square
	step := rate / sqrt(in.square+layerSmall)
	keep := 1 - step*decay
	for k := range d {
		in.weights[k] = in.weights[k]*keep - step*d[k]
	}
}

// inputs returns the weights of a feature on the units, as bytes, and whether
// there are any.
func (y *layer) inputs(f int) (in [crf.Units]int8, deep bool) {
	if y == nil || y.of[f] == 0 {
		return in, false
	}
	in = y.features[y.of[f]-1].rounded()
	return in, in != [crf.Units]int8{}
}

func (in *input) rounded() (out [crf.Units]int8) {
	for k, w := range in.weights {
		out[k] = rounded(w, crf.InScale)
	}
	return out
}

// piece returns what a value of a piece of the vector of a word weighs.
func (y *layer) piece(place, book, entry int) (out [crf.Units]int8) {
	var sum unitWeights
	for k, x := range bookEntry(book, entry) {
		for i, w := range y.words[place][book*feature.Piece+k].weights {
			sum[i] += x * w
		}
	}
	for k, w := range sum {
		out[k] = rounded(w, crf.InScale)
	}
	return out
}

// round rounds the weights of all but the features to bytes.
func (y *layer) round(out *crf.Layer) {
	for place := range out.Words {
		for book := range out.Words[place] {
			for entry := range out.Words[place][book] {
				out.Words[place][book][entry] = y.piece(place, book, entry)
			}
		}
	}
	for k, w := range y.bias.weights {
		out.Bias[k] = int16(math.Round(float64(w) / crf.InScale))
		for i, v := range y.out[k] {
			out.Out[k][i] = rounded(v, crf.OutScale)
		}
	}
}
