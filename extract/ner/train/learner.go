package train

import (
	"math"
	"math/bits"

	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"
)

// A learner holds the weights while they are learnt: a linear-chain
// conditional random field, trained sentence by sentence with AdaGrad
// (Duchi, Hazan, Singer 2011). Where labels are not all known, it maximizes
// the probability of those that are allowed.
type learner struct {
	weights [][crf.Lanes]float32
	squares [][crf.Lanes]float32 // sums of squared gradients
	trans   crf.Transitions
	transSq crf.Transitions
	rate    float32
	decay   float32
	layer   *layer // nil without hidden units
	kept    *kept  // the weights a pass before

	scores      [][crf.Labels]float32 // as factors, the best being 1
	masked      [][crf.Labels]float32
	free, bound lattice
	factors     crf.Transitions // those of trans
	transDelta  crf.Transitions
	fetched     float32 // keeps fetch from being compiled away
}

func newLearner(features int, o Options) *learner {
	l := &learner{
		weights: make([][crf.Lanes]float32, features), squares: make([][crf.Lanes]float32, features),
		rate: o.Rate, decay: o.Decay,
	}
	for _, e := range edgeList {
		l.factors[e.from][e.to] = 1
	}
	return l
}

// A lattice holds forward and backward sums over one example.
type lattice struct {
	alpha, beta [][crf.Labels]float32
	norm        []float32
}

func (l *lattice) resize(n int) {
	for len(l.alpha) < n {
		l.alpha = append(l.alpha, [crf.Labels]float32{})
		l.beta = append(l.beta, [crf.Labels]float32{})
		l.norm = append(l.norm, 0)
	}
}

// settled is the gradient below which a word has little left to teach.
const settled = 0.05

// step moves the weights a little towards the example. It reports whether
// there was much to learn from it.
func (l *learner) step(e *example) bool {
	n := len(e.ends)
	for len(l.scores) < n {
		l.scores = append(l.scores, [crf.Labels]float32{})
	}
	for t := range n {
		l.score(e, t, &l.scores[t])
	}
	l.free.run(l.scores[:n], &l.factors)
	l.transDelta = crf.Transitions{}
	l.count(&l.free, l.scores[:n], 1)
	if e.pinned() {
		l.pin(e.allowed)
	} else {
		masked := l.mask(e.allowed)
		l.bound.run(masked, &l.factors)
		l.count(&l.bound, masked, -1)
	}
	most := float32(0)
	for t := range n {
		most = max(most, l.update(e, t))
	}
	l.updateTransitions()
	return most > settled
}

// pin makes the bound sums those of the one sequence that is allowed.
func (l *learner) pin(allowed []uint32) {
	l.bound.resize(len(allowed))
	last := crf.Outside
	for t, a := range allowed {
		label := bits.TrailingZeros32(a)
		l.bound.alpha[t] = [crf.Labels]float32{}
		l.bound.alpha[t][label] = 1
		l.bound.beta[t] = l.bound.alpha[t]
		l.transDelta[last][label]--
		last = label
	}
	l.transDelta[last][crf.Outside]--
}

// mask returns the factors with those of labels that are not allowed made 0.
func (l *learner) mask(allowed []uint32) [][crf.Labels]float32 {
	l.masked = append(l.masked[:0], l.scores[:len(allowed)]...)
	for t, a := range allowed {
		for label := range crf.Labels {
			if a>>label&1 == 0 {
				l.masked[t][label] = 0
			}
		}
	}
	return l.masked
}

func exp(x float32) float32 { return float32(math.Exp(float64(x))) }

// score sets out to the factors of the labels of word t.
func (l *learner) score(e *example, t int, out *[crf.Labels]float32) {
	var sum [crf.Lanes]float32
	if e.before != nil {
		sum = e.before[t]
	}
	features := e.of(t)
	for lane := 0; lane < crf.Lanes; lane += sumWidth {
		l.sum(features, lane, (*[sumWidth]float32)(sum[lane:]))
	}
	if l.layer != nil {
		l.layer.forward(e, t, &sum)
	}
	best := float32(0)
	for _, s := range sum {
		best = max(best, s)
	}
	out[crf.Outside] = exp(-best)
	for i, s := range sum {
		out[i+1] = exp(s - best)
	}
}

// sumWidth is how many weights of a row are added up at a time: as many sums
// as stay in registers, so that rows that are far away in memory are waited for together.
const sumWidth = 8

// sum adds to out what some features weigh for the labels from lane on.
func (l *learner) sum(features []uint32, lane int, out *[sumWidth]float32) {
	s0, s1, s2, s3, s4, s5, s6, s7 := out[0], out[1], out[2], out[3], out[4], out[5], out[6], out[7]
	for _, f := range features {
		w := (*[sumWidth]float32)(l.weights[f][lane:])
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

// run sums over all sequences of labels.
func (l *lattice) run(factors [][crf.Labels]float32, trans *crf.Transitions) {
	n := len(factors)
	l.resize(n)
	prev := &[crf.Labels]float32{crf.Outside: 1}
	for t := range n {
		cur, sum := &l.alpha[t], float32(0)
		*cur = [crf.Labels]float32{}
		for _, e := range edgeList {
			cur[e.to] += prev[e.from] * trans[e.from][e.to]
		}
		for label := range cur {
			cur[label] *= factors[t][label]
			sum += cur[label]
		}
		divide(cur, sum)
		l.norm[t] = sum
		prev = cur
	}
	last, total := &l.beta[n-1], float32(0)
	for label := range last {
		last[label] = trans[label][crf.Outside]
		total += last[label] * l.alpha[n-1][label]
	}
	divide(last, total)
	for t := n - 2; t >= 0; t-- {
		next := l.beta[t+1]
		for label := range next {
			next[label] *= factors[t+1][label]
		}
		cur := &l.beta[t]
		*cur = [crf.Labels]float32{}
		for _, e := range edgeList {
			cur[e.from] += trans[e.from][e.to] * next[e.to]
		}
		divide(cur, l.norm[t+1])
	}
}

func divide(v *[crf.Labels]float32, by float32) {
	if !(by > 1e-30) {
		by = 1e-30
	}
	inv := 1 / by
	for i := range v {
		v[i] *= inv
	}
}

// An edge is a pair of labels that can follow each other.
type edge struct{ from, to int }

var edgeList = func() (list []edge) {
	for from := range crf.Labels {
		for to := range crf.Labels {
			if crf.Follows(from, to) {
				list = append(list, edge{from, to})
			}
		}
	}
	return list
}()

// negligible is a gradient that moves nothing.
const negligible = 2e-4

// update moves the weights of the features of word t. It returns the largest
// gradient.
func (l *learner) update(e *example, t int) (most float32) {
	var lanes [crf.Lanes]int
	var grads [crf.Lanes]float32
	n := 0
	for i := range crf.Lanes {
		g := l.free.alpha[t][i+1]*l.free.beta[t][i+1] - l.bound.alpha[t][i+1]*l.bound.beta[t][i+1]
		if g > negligible || g < -negligible {
			lanes[n], grads[n] = i, g
			most = max(most, g, -g)
			n++
		}
	}
	if n == 0 {
		return 0
	}
	if l.layer != nil {
		l.layer.update(e, t, lanes[:n], grads[:n])
	}
	l.move(e.of(t), lanes[:n], grads[:n])
	return most
}

// move moves the weights of some features against the gradients of some
// labels.
func (l *learner) move(features []uint32, lanes []int, grads []float32) {
	l.fetched = l.fetch(features)
	for _, f := range features {
		w, sq := &l.weights[f], &l.squares[f]
		for k, i := range lanes {
			i &= crf.Lanes - 1
			g := grads[k] + l.decay*w[i]
			square := sq[i] + g*g
			sq[i] = square
			w[i] -= l.rate * g / sqrt(square+1e-2)
		}
	}
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// fetch looks at the sums of some features, which are mostly far away in
// memory, one after another, so that they are waited for together: between the
// divisions of move each would be waited for by itself.
func (l *learner) fetch(features []uint32) (sum float32) {
	for _, f := range features {
		sum += l.squares[f][0]
	}
	return sum
}

// updateTransitions moves the weights of the transitions.
func (l *learner) updateTransitions() {
	for _, e := range edgeList {
		g := l.transDelta[e.from][e.to]
		if g > negligible || g < -negligible {
			g += l.decay * l.trans[e.from][e.to]
			l.transSq[e.from][e.to] += g * g
			l.trans[e.from][e.to] -= l.rate * g / sqrt(l.transSq[e.from][e.to]+1e-2)
			l.factors[e.from][e.to] = exp(l.trans[e.from][e.to])
		}
	}
}

// count adds how often each transition is expected, times sign.
func (l *learner) count(lat *lattice, factors [][crf.Labels]float32, sign float32) {
	n := len(factors)
	for t := 1; t < n; t++ {
		scale := sign / max(lat.norm[t], 1e-30)
		prev, next := &lat.alpha[t-1], lat.beta[t]
		for label := range next {
			next[label] *= factors[t][label] * scale
		}
		for _, e := range edgeList {
			l.transDelta[e.from][e.to] += prev[e.from] * l.factors[e.from][e.to] * next[e.to]
		}
	}
	for label := range crf.Labels {
		l.transDelta[crf.Outside][label] += sign * lat.alpha[0][label] * lat.beta[0][label]
		l.transDelta[label][crf.Outside] += sign * lat.alpha[n-1][label] * lat.beta[n-1][label]
	}
}

// look rounds the weights to bytes and leaves out features that weigh
// nothing.
func (l *learner) look(features []feature.Feature, least int) *look {
	out := &look{trans: l.trans}
	if l.layer != nil {
		out.layer = &crf.Layer{}
		l.layer.round(out.layer)
	}
	for n, f := range features {
		var w crf.Weights
		top := 0
		for i, weight := range l.weights[n] {
			w[i] = rounded(weight, crf.Scale)
			top = max(top, int(w[i]), -int(w[i]))
		}
		in, deep := l.layer.inputs(n)
		if top < least {
			w = crf.Weights{}
		}
		if top >= least || deep {
			out.features = append(out.features, f)
			out.weights = append(out.weights, w)
		}
		if deep {
			out.layer.Features = append(out.layer.Features, f)
			out.layer.In = append(out.layer.In, in)
		}
	}
	return out
}

// rounded returns x in units of scale, as a byte.
func rounded(x float32, scale float64) int8 {
	return int8(max(-127, min(127, math.Round(float64(x)/scale))))
}

// A random is a small generator whose numbers are the same everywhere.
type random uint64

func newRandom(seed uint64) *random {
	r := random(seed*0x9e3779b97f4a7c15 + 1)
	return &r
}

func (r *random) next() uint64 {
	x := uint64(*r)
	x ^= x << 13
	x ^= x >> 7
	x ^= x << 17
	*r = random(x)
	return x * 0x2545f4914f6cdd1d
}

// below returns a number from 0 to n-1.
func (r *random) below(n int) int { return int(r.next() >> 33 % uint64(n)) }

func (r *random) permutation(n int) []int {
	p := make([]int, n)
	for i := range p {
		j := r.below(i + 1)
		p[i] = p[j]
		p[j] = i
	}
	return p
}
