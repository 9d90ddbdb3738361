package train

import "tenure/extract/ner/internal/crf"

// A wordInput is what the vector of a word weighs on the hidden units, as the
// word at one place around.
type wordInput struct {
	weights [crf.Units]vector // of every dimension on every unit
	squares vector            // sums of squared gradients by dimension, the mean of the units
}

// add adds what a vector weighs to some units, four at a time, which share
// what is read of the vector.
func (in *wordInput) add(a *unitWeights, units []uint8, v *vector) {
	for ; len(units) >= 4; units = units[4:] {
		i, j, k, l := units[0], units[1], units[2], units[3]
		a[i], a[j], a[k], a[l] = v.dots(a[i], a[j], a[k], a[l], &in.weights[i], &in.weights[j], &in.weights[k], &in.weights[l])
	}
	for _, i := range units {
		a[i] = v.dot(a[i], &in.weights[i])
	}
}

// dot adds the product of v and o to sum.
func (v *vector) dot(sum float32, o *vector) float32 {
	for k := 0; k < dimensions; k += 4 {
		sum += v[k]*o[k] + v[k+1]*o[k+1] + v[k+2]*o[k+2] + v[k+3]*o[k+3]
	}
	return sum
}

// dots is dot for four vectors.
func (v *vector) dots(w, x, y, z float32, a, b, c, d *vector) (float32, float32, float32, float32) {
	for k := 0; k < dimensions; k += 4 {
		v0, v1, v2, v3 := v[k], v[k+1], v[k+2], v[k+3]
		w += v0*a[k] + v1*a[k+1] + v2*a[k+2] + v3*a[k+3]
		x += v0*b[k] + v1*b[k+1] + v2*b[k+2] + v3*b[k+3]
		y += v0*c[k] + v1*c[k+1] + v2*c[k+2] + v3*c[k+3]
		z += v0*d[k] + v1*d[k+1] + v2*d[k+2] + v3*d[k+3]
	}
	return w, x, y, z
}

// move moves the weights of a vector on some units against their gradients.
// square is the mean of the squares of these; steps is room for the steps.
func (in *wordInput) move(v *vector, d *unitWeights, units []uint8, square float32, steps *vector) {
	for k, x := range v {
		in.squares[k] += square * x * x
		steps[k] = layerRate * x / sqrt(in.squares[k]+layerSmall)
	}
	for _, i := range units {
		in.weights[i].less(steps, d[i])
	}
}

// less takes away times o.
func (v *vector) less(o *vector, times float32) {
	for k := 0; k < dimensions; k += 4 {
		v[k] -= o[k] * times
		v[k+1] -= o[k+1] * times
		v[k+2] -= o[k+2] * times
		v[k+3] -= o[k+3] * times
	}
}
