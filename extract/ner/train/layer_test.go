package train

import (
	"testing"

	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"
)

// deepFeatures returns n features that hidden units look at.
func deepFeatures(t *testing.T, n int) (features []feature.Feature) {
	t.Helper()
	for i := range n {
		f := feature.Feature(uint64(2*i+2)<<48 | 55<<40 | uint64(i))
		if !f.Deep() {
			t.Fatal("no hidden unit looks at lists of names")
		}
		features = append(features, f)
	}
	return features
}

// single returns the label of a name of one word.
func single(kind int) int { return crf.Label(kind, crf.Single) }

// best returns the most probable label of a word by itself.
func best(m *crf.Model, s *crf.Sum) (label int) {
	var scores [crf.Lanes]int32
	m.Scores(s, &scores)
	top := int32(0)
	for i, v := range scores {
		if v > top {
			top, label = v, i+1
		}
	}
	return label
}

// TestUnitsSeeFeaturesTogether learns what features say only in pairs, which
// weights of single features cannot tell.
func TestUnitsSeeFeaturesTogether(t *testing.T) {
	features := deepFeatures(t, 4)
	want := func(a, b int) int { return single((a + b) % 2) }
	learn := func(y *layer) *crf.Model {
		l := newLearner(len(features), Options{}.withDefaults())
		l.layer = y
		for range 800 {
			for a := range 2 {
				for b := range 2 {
					l.step(&example{features: []uint32{uint32(a), uint32(2 + b)}, ends: []uint32{2}, allowed: []uint32{1 << want(a, b)}})
				}
			}
		}
		return together(l.look(features, 1), &look{})
	}
	right := func(m *crf.Model) (n int) {
		for a := range 2 {
			for b := range 2 {
				var s crf.Sum
				m.Add(&s, []feature.Feature{features[a], features[2+b]})
				if best(m, &s) == want(a, b) {
					n++
				}
			}
		}
		return n
	}
	if n := right(learn(newLayer(features, nil))); n != 4 {
		t.Errorf("%d of 4 right with hidden units", n)
	}
	if n := right(learn(nil)); n == 4 {
		t.Error("all right without hidden units: the test shows nothing")
	}
}

// TestUnitsSeeVectors learns a label from the vector of the word before.
func TestUnitsSeeVectors(t *testing.T) {
	codes := [...]*feature.Code{vectorOf(900), vectorOf(5000)}
	l := newLearner(0, Options{}.withDefaults())
	l.layer = newLayer(nil, []vector{{}, vectorFrom(codes[0]), vectorFrom(codes[1])})
	for range 400 {
		for i := range codes {
			l.step(&example{ends: []uint32{0}, allowed: []uint32{1 << single(i)}, around: []window{{1: uint32(i + 1)}}})
		}
	}
	m := together(l.look(nil, 1), &look{})
	for i, code := range codes {
		var s crf.Sum
		var p crf.Projections
		m.Project(code, &p)
		s.AddWord(&p, 1)
		if got := best(m, &s); got != single(i) {
			t.Errorf("word %d: label %d, want %d", i, got, single(i))
		}
	}
}

func TestAverage(t *testing.T) {
	features := deepFeatures(t, 1)
	l := newLearner(1, Options{}.withDefaults())
	l.layer = newLayer(features, nil)
	l.weights[0][3], l.layer.out[2][1], l.layer.features[0].weights[5], l.trans[0][1] = 1, 1, 1, 1
	l.keep()
	l.weights[0][3], l.layer.out[2][1], l.layer.features[0].weights[5], l.trans[0][1] = 3, 3, 3, 3
	l.average()
	if l.weights[0][3] != 2 || l.layer.out[2][1] != 2 || l.layer.features[0].weights[5] != 2 || l.trans[0][1] != 2 {
		t.Error("no mean of the two passes")
	}
}
