package train

import (
	"math"
	"slices"

	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"
)

// A unitWeights is a weight for each hidden unit.
type unitWeights [crf.Units]float32

// An input is what a feature weighs on the hidden units.
type input struct {
	weights unitWeights
	square  float32 // sum of squared gradients, the mean of the units
}

// A firing is what the units make of a word.
type firing struct {
	inputs []int32     // those of its features, counted from 0
	active unitWeights // what the units pass on
}

// A layer holds the weights of hidden units while they are learnt, together
// with those of the features: units of rectified sums (Nair and Hinton 2010),
// half of which sit out each word (Hinton et al. 2012).
type layer struct {
	of       []int32 // the input of each feature of the learner, counted from 1; 0 is none
	features []input
	words    [feature.Window]wordInput
	vectors  []vector // of the words of the examples; the first of those that have none
	bias     input
	out      [crf.Units][crf.Lanes]float32
	squares  [crf.Units][crf.Lanes]float32
	fired    []firing // by word of the example
	steps    vector   // room for the steps of the dimensions of a word
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
		y.startWord(&y.words[place])
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

// startWord sets the weights of a word at random.
func (y *layer) startWord(in *wordInput) {
	for d := range dimensions {
		for k := range in.weights {
			in.weights[k][d] = y.random.uniform() * startWord
		}
	}
}

// uniform returns a number from -1 to 1.
func (r *random) uniform() float32 { return float32(r.next()>>40)/(1<<23) - 1 }

// forward adds what the units make of word t to the scores of its labels.
func (y *layer) forward(e *example, t int, scores *[crf.Lanes]float32) {
	for len(y.fired) <= t {
		y.fired = append(y.fired, firing{})
	}
	word := &y.fired[t]
	word.inputs = y.inputsOf(e.of(t), word.inputs)
	word.active = y.bias.weights
	for k := 0; k < crf.Units; k += sumWidth {
		y.sum(word.inputs, k, (*[sumWidth]float32)(word.active[k:]))
	}
	var room [crf.Units]uint8
	awake := y.awake(room[:0])
	if e.around != nil {
		for place, n := range e.around[t] {
			if n != 0 {
				y.words[place].add(&word.active, awake, &y.vectors[n])
			}
		}
	}
	word.active.pass(awake)
	for k, v := range &word.active {
		if v != 0 {
			addTimes(scores, &y.out[k], v)
		}
	}
}

// addTimes adds times o to w.
func addTimes(w, o *[crf.Lanes]float32, times float32) {
	for i, x := range o {
		w[i] += times * x
	}
}

// inputsOf returns, in room, the inputs of some features.
func (y *layer) inputsOf(features []uint32, room []int32) []int32 {
	inputs := slices.Grow(room[:0], len(features)+1)[:len(features)+1]
	n := 0
	for _, f := range features {
		in := y.of[f]
		inputs[n] = in - 1
		if in != 0 {
			n++
		}
	}
	return inputs[:n]
}

// sum adds to out what some inputs weigh on the units from k on.
func (y *layer) sum(inputs []int32, k int, out *[sumWidth]float32) {
	s0, s1, s2, s3, s4, s5, s6, s7 := out[0], out[1], out[2], out[3], out[4], out[5], out[6], out[7]
	for _, n := range inputs {
		w := (*[sumWidth]float32)(y.features[n].weights[k:])
		s0 += w[0]
		s1 += w[1]
		s2 += w[2]
		s3 += w[3]
		s4 += w[4]
		s5 += w[5]
		s6 += w[6]
		s7 += w[7]
	}
	*out = [sumWidth]float32{s0, s1, s2, s3, s4, s5, s6, s7}
}

// awake appends the units that do not sit out the next word.
func (y *layer) awake(units []uint8) []uint8 {
	r := uint64(0)
	for k := range crf.Units {
		if k%8 == 0 {
			r = y.random.next()
		}
		if float32(r&255) >= 256*sitOut {
			units = append(units, uint8(k))
		}
		r >>= 8
	}
	return units
}

// pass leaves of sums what the units pass on: those that are awake and above
// zero, which pass on more for the others.
func (w *unitWeights) pass(awake []uint8) {
	const scale = 1 / (1 - sitOut)
	var out unitWeights
	for _, k := range awake {
		if v := w[k]; v > 0 {
			out[k] = v * scale
		}
	}
	*w = out
}

// update moves the weights against the gradients of some labels of word t.
func (y *layer) update(e *example, t int, lanes []int, grads []float32) {
	var d unitWeights // gradients of the units
	square := float32(0)
	word := &y.fired[t]
	for k, v := range &word.active {
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
	for _, n := range word.inputs {
		y.features[n].move(&d, square, layerRate, layerDecay)
	}
	if e.around == nil {
		return
	}
	var room [crf.Units]uint8
	moving := d.nonzero(room[:0])
	for place, n := range e.around[t] {
		if n != 0 {
			y.words[place].move(&y.vectors[n], &d, moving, square, &y.steps)
		}
	}
}

// nonzero appends the units that have a number other than 0.
func (w *unitWeights) nonzero(units []uint8) []uint8 {
	for k, v := range w {
		if v != 0 {
			units = append(units, uint8(k))
		}
	}
	return units
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
	piece := bookEntry(book, entry)
	for k := range out {
		sum := float32(0)
		for i, w := range y.words[place].weights[k].piece(book) {
			sum += piece[i] * w
		}
		out[k] = rounded(sum, crf.InScale)
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
