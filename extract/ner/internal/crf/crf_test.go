package crf

import (
	"bytes"
	"math"
	"testing"

	"tenure/extract/ner/internal/feature"

	"pgregory.net/rapid"
)

func TestFollows(t *testing.T) {
	for _, c := range []struct {
		from, to int
		want     bool
	}{
		{Outside, Outside, true},
		{Outside, Label(0, Begin), true},
		{Outside, Label(0, Inner), false},
		{Label(1, Begin), Label(1, End), true},
		{Label(1, Begin), Label(2, End), false},
		{Label(1, Begin), Outside, false},
		{Label(3, Single), Label(3, Single), true},
		{Label(3, End), Label(0, Begin), true},
	} {
		if got := Follows(c.from, c.to); got != c.want {
			t.Errorf("%d after %d: %v", c.to, c.from, got)
		}
	}
}

// model returns a model with a few random features and transitions.
func model(t *rapid.T) (*Model, []feature.Feature) {
	var features []feature.Feature
	var rows []Weights
	for i := range 6 {
		features = append(features, feature.Feature(uint64(i+1)*0x9e3779b97f4a7c15))
		var w Weights
		for l := range w {
			w[l] = int8(rapid.IntRange(-60, 60).Draw(t, "weight"))
		}
		rows = append(rows, w)
	}
	var trans [Looks]Transitions
	for look := range trans {
		for _, e := range edges() {
			trans[look][e.from][e.to] = float32(rapid.Float64Range(-1, 1).Draw(t, "transition"))
		}
	}
	return New(features, rows, &trans), features
}

// TestDecodeIsTheBestOfAll compares with all sequences, one by one.
func TestDecodeIsTheBestOfAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, features := model(t)
		n := rapid.IntRange(1, 3).Draw(t, "words")
		look := rapid.IntRange(0, Looks-1).Draw(t, "look")
		d := NewDecoder(m)
		f := d.Factors(n)
		for i := range n {
			var s Sum
			m.Add(&s, rapid.SliceOfN(rapid.SampledFrom(features), 1, 4).Draw(t, "features"))
			m.Factors(&s, &f[i])
		}
		trans := &m.trans[look]
		best, total := all(trans, f)
		names := d.Decode(n, look)
		p := sequence(trans, f, d.labels[:n]) / total
		if p < best/total*(1-1e-4) {
			t.Fatalf("found a sequence of %g, the best has %g", p, best/total)
		}
		for _, name := range names {
			if want := with(trans, f, name) / total; math.Abs(float64(name.P)-want) > 1e-3 {
				t.Fatalf("%v has probability %g", name, want)
			}
		}
	})
}

// each calls f with every sequence of n labels.
func each(n int, f func([]uint8)) {
	labels := make([]uint8, n)
	for {
		f(labels)
		i := 0
		for ; i < n; i++ {
			if labels[i]++; labels[i] < Labels {
				break
			}
			labels[i] = 0
		}
		if i == n {
			return
		}
	}
}

// sequence returns the product of the factors along the labels, 0 if they
// cannot follow each other.
func sequence(trans *Transitions, f [][Labels]float32, labels []uint8) float64 {
	p, last := 1.0, uint8(Outside)
	for i, l := range labels {
		p *= float64(trans[last][l]) * float64(f[i][l])
		last = l
	}
	return p * float64(trans[last][Outside])
}

func all(trans *Transitions, f [][Labels]float32) (best, total float64) {
	each(len(f), func(labels []uint8) {
		p := sequence(trans, f, labels)
		best = max(best, p)
		total += p
	})
	return best, total
}

// with sums over the sequences that have just this name.
func with(trans *Transitions, f [][Labels]float32, name Name) (total float64) {
	each(len(f), func(labels []uint8) {
		for i := name.First; i <= name.Last; i++ {
			part := Inner
			switch {
			case name.First == name.Last:
				part = Single
			case i == name.First:
				part = Begin
			case i == name.Last:
				part = End
			}
			if int(labels[i]) != Label(name.Kind, part) {
				return
			}
		}
		total += sequence(trans, f, labels)
	})
	return total
}

func TestMarshal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, features := model(t)
		data := m.Marshal()
		read, err := Read(data)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(read.Marshal(), data) || read.Len() != len(features) {
			t.Fatal("another model came back")
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(New([]feature.Feature{1 << 50}, make([]Weights, 1), &[Looks]Transitions{}).Marshal())
	f.Add([]byte{1, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Read(data)
		if err == nil {
			var s Sum
			var out [Labels]float32
			m.Add(&s, []feature.Feature{1, 1 << 50})
			m.Factors(&s, &out)
		}
	})
}

func BenchmarkFactors(b *testing.B) {
	var features []feature.Feature
	rows := make([]Weights, 100_000)
	for i := range rows {
		features = append(features, feature.Feature(uint64(i+1)*0x9e3779b97f4a7c15))
	}
	m := New(features, rows, &[Looks]Transitions{})
	var out [Labels]float32
	at := 0
	b.ReportAllocs()
	for b.Loop() {
		at = (at + 977) % (len(features) - 64)
		var s Sum
		m.Add(&s, features[at:at+64])
		m.Factors(&s, &out)
	}
}
