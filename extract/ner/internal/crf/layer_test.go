package crf

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"tenure/extract/ner/internal/feature"
)

// layered returns a model with hidden units of random weights, its features,
// every second of which has weights into the units, and its layer.
func layered(seed uint64) (*Model, []feature.Feature, *Layer) {
	r := rand.New(rand.NewPCG(seed, 1))
	small := func() int8 { return int8(r.IntN(121) - 60) }
	var features []feature.Feature
	var weights []Weights
	l := &Layer{}
	for i := range 8 {
		f := feature.Feature(uint64(i+1) * 0x9e3779b97f4a7c15)
		features, weights = append(features, f), append(weights, Weights{small(), small(), 9: small()})
		if i%2 == 0 {
			var in [Units]int8
			for k := range in {
				in[k] = small()
			}
			l.Features, l.In = append(l.Features, f), append(l.In, in)
		}
	}
	for place := range l.Words {
		for book := range l.Words[place] {
			for entry := range l.Words[place][book] {
				for k := range Units {
					l.Words[place][book][entry][k] = small() / 8
				}
			}
		}
	}
	for k := range Units {
		l.Bias[k] = int16(small())
		for i := range l.Out[k] {
			l.Out[k][i] = small()
		}
	}
	m := New(features, weights, &[Looks]Transitions{})
	m.SetLayer(l)
	return m, features, l
}

// plain computes the scores one by one: those of the units, and those of
// the features.
func plain(l *Layer, codes *[feature.Window]*feature.Code, uses []int, weights func(int) Weights) (scores [Lanes]float64) {
	for k := range Units {
		sum := float64(l.Bias[k])
		for _, u := range uses {
			if u%2 == 0 {
				sum += float64(l.In[u/2][k])
			}
		}
		for place, c := range codes {
			for book := 0; c != nil && book < feature.Books; book++ {
				sum += float64(l.Words[place][book][c[book]][k])
			}
		}
		for i := range scores {
			scores[i] += max(0, sum) * InScale * float64(l.Out[k][i]) * OutScale / Scale
		}
	}
	for i := range scores {
		scores[i] = math.Floor(scores[i] + 0.5)
		for _, u := range uses {
			scores[i] += float64(weights(u)[i])
		}
	}
	return scores
}

func TestUnits(t *testing.T) {
	m, features, l := layered(1)
	weights := func(i int) Weights {
		m, found := m.rows[m.find(features[i])], Weights{}
		for lane := range found {
			found[lane] = int8(uint8(m.labels[lane/8]>>(8*(lane%8))) ^ 0x80)
		}
		return found
	}
	r := rand.New(rand.NewPCG(2, 2))
	fired := 0
	for range 200 {
		var codes [feature.Window]*feature.Code
		var uses []int
		var s Sum
		for range 1 + r.IntN(6) {
			u := r.IntN(len(features))
			uses = append(uses, u)
			m.Add(&s, features[u:u+1])
		}
		for place := range codes {
			if r.IntN(3) > 0 {
				codes[place] = new(feature.Code)
				for book := range codes[place] {
					codes[place][book] = uint8(r.IntN(feature.Entries))
				}
				var p Projections
				m.Project(codes[place], &p)
				s.AddWord(&p, place)
			}
		}
		var got [Lanes]int32
		m.Scores(&s, &got)
		want := plain(l, &codes, uses, weights)
		for i := range got {
			if math.Abs(float64(got[i])-want[i]) > 1e-6 {
				t.Fatalf("label %d: score %d, want %g", i+1, got[i], want[i])
			}
			if got[i] != 0 {
				fired++
			}
		}
	}
	if fired < 1000 {
		t.Errorf("%d scores are not zero", fired)
	}
}

// TestLaterLook adds to what the units made of the first look.
func TestLaterLook(t *testing.T) {
	m, features, _ := layered(3)
	var once, twice Sum
	var want, got [Lanes]int32
	m.Add(&once, features[:4])
	m.Scores(&once, &want)
	for i := range want {
		want[i] += int32(uint8(m.rows[m.find(features[5])].labels[i/8]>>(8*(i%8)))) - 128
	}
	m.Add(&twice, features[:4])
	m.Scores(&twice, &got)
	m.Add(&twice, features[5:6])
	m.Scores(&twice, &got)
	if got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestManyFeatures fills the sums to the brim.
func TestManyFeatures(t *testing.T) {
	l := &Layer{Features: []feature.Feature{1 << 50}, In: make([][Units]int8, 1)}
	for k := range Units {
		l.In[0][k] = 127
		l.Out[k][0] = 127
		for place := range l.Words {
			for book := range l.Words[place] {
				l.Words[place][book][0][k] = 127
			}
		}
	}
	m := New(l.Features, make([]Weights, 1), &[Looks]Transitions{})
	m.SetLayer(l)
	var s Sum
	for range 2 * maxFeatures {
		m.Add(&s, l.Features)
	}
	var p Projections
	m.Project(&feature.Code{}, &p)
	for place := range p {
		s.AddWord(&p, place)
	}
	var got [Lanes]int32
	m.Scores(&s, &got)
	if want := int32(math.Round(maxFeatures * 127 * Units * 127 * InScale * OutScale / Scale)); got[0] != want || got[1] != 0 {
		t.Errorf("scores %v, want %d and zeroes", got, want)
	}
}

func TestMarshalLayer(t *testing.T) {
	m, features, _ := layered(4)
	data := m.Marshal()
	read, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(read.Marshal(), data) || !read.Deep() {
		t.Error("another model came back")
	}
	var s, o Sum
	var a, b [Lanes]int32
	m.Add(&s, features)
	read.Add(&o, features)
	m.Scores(&s, &a)
	read.Scores(&o, &b)
	if a != b {
		t.Errorf("scores %v, want %v", b, a)
	}
	for _, n := range []int{1, 100, len(data) / 2} {
		if _, err := Read(data[:len(data)-n]); err == nil {
			t.Errorf("read without the last %d bytes", n)
		}
	}
}

func BenchmarkUnits(b *testing.B) {
	m, features, _ := layered(5)
	var p Projections
	code := feature.Code{1, 2, 3}
	b.ReportAllocs()
	for b.Loop() {
		var s Sum
		var out [Lanes]int32
		m.Project(&code, &p)
		m.Add(&s, features)
		for place := range p {
			s.AddWord(&p, place)
		}
		m.Scores(&s, &out)
	}
}
