package train

import (
	"slices"
	"testing"

	"tenure/extract/ner/internal/crf"
)

// someVector returns a vector of small whole numbers, whose sums are exact in
// any order.
func someVector(r *random) (v vector) {
	for k := range v {
		v[k] = float32(r.below(9)) - 4
	}
	return v
}

// someUnits returns n units in order.
func someUnits(n int) (units []uint8) {
	for k := range n {
		units = append(units, uint8(3*k))
	}
	return units
}

// TestWordAdd adds a vector to as many units as there are, four at a time and
// the rest one by one.
func TestWordAdd(t *testing.T) {
	r := newRandom(1)
	in := &wordInput{}
	for k := range in.weights {
		in.weights[k] = someVector(r)
	}
	v := someVector(r)
	for n := range 10 {
		units := someUnits(n)
		var got unitWeights
		in.add(&got, units, &v)
		for k := range got {
			want := float32(0)
			if slices.Contains(units, uint8(k)) {
				for i, x := range v {
					want += x * in.weights[k][i]
				}
			}
			if got[k] != want {
				t.Errorf("%d units: unit %d has %g, want %g", n, k, got[k], want)
			}
		}
	}
}

// TestWordMove moves some units, and the others not.
func TestWordMove(t *testing.T) {
	r := newRandom(2)
	in, v := &wordInput{}, someVector(r)
	var d unitWeights
	units := someUnits(7)
	for _, k := range units {
		d[k] = float32(r.below(5)) + 1
	}
	var steps vector
	in.move(&v, &d, units, 2, &steps)
	for k := range in.weights {
		for i, got := range in.weights[k] {
			want := float32(0)
			if x := v[i]; x != 0 {
				want = -d[k] * (layerRate * x / sqrt(2*x*x+layerSmall))
			}
			if got != want {
				t.Errorf("unit %d, dimension %d: %g, want %g", k, i, got, want)
			}
		}
	}
}

// TestSums adds up rows of the table of weights and of that of the units.
func TestSums(t *testing.T) {
	const rows = 5
	l := newLearner(rows, Options{}.withDefaults())
	y := newLayer(deepFeatures(t, rows), nil)
	for n := range rows {
		for i := range l.weights[n] {
			l.weights[n][i] = float32(n * i)
		}
		for i := range y.features[n].weights {
			y.features[n].weights[i] = float32(n * i)
		}
	}
	for at := 0; at < crf.Lanes; at += sumWidth {
		out, deep := [sumWidth]float32{1, 1, 1, 1, 1, 1, 1, 1}, [sumWidth]float32{1, 1, 1, 1, 1, 1, 1, 1}
		l.sum([]uint32{1, 3, 4}, at, &out)
		y.sum([]int32{1, 3, 4}, at, &deep)
		for i := range out {
			if want := float32(1 + 8*(at+i)); out[i] != want || deep[i] != want {
				t.Errorf("sums %d: %g and %g, want %g", at+i, out[i], deep[i], want)
			}
		}
	}
}

// TestAwake wants some six of ten units awake, now this, now that.
func TestAwake(t *testing.T) {
	y := &layer{random: newRandom(1)}
	var times [crf.Units]int
	const words = 1000
	for range words {
		for _, k := range y.awake(nil) {
			times[k]++
		}
	}
	for k, n := range times {
		if share := float64(n) / words; share < 1-sitOut-.06 || share > 1-sitOut+.06 {
			t.Errorf("unit %d is awake %d times of %d", k, n, words)
		}
	}
}
