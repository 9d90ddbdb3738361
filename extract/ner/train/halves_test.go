package train

import (
	"reflect"
	"slices"
	"testing"

	"tenure/extract/gazetteer"
	"tenure/extract/ner/internal/feature"
)

// TestHalves wants of two collectors what one makes of all documents.
func TestHalves(t *testing.T) {
	docs, _, err := Own()
	if err != nil {
		t.Fatal(err)
	}
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	b := feature.NewClusterBuilder(8)
	b.Add("the", 1, 1, 1, vectorOf(0))
	b.Add("company", 2, 2, 2, vectorOf(1))
	first := func() *collector { return Options{}.first(feature.NewReader(g, b.Clusters())) }
	one := first()
	for i := range docs {
		one.add(&docs[i])
	}
	got := collect(docs, [2]*collector{first(), first()}).whole(docs)
	if !slices.Equal(got.features.met, one.features.met) {
		t.Errorf("%d features, want the same %d", len(got.features.met), len(one.features.met))
	}
	if !reflect.DeepEqual(got.examples, one.examples) {
		t.Errorf("%d examples, want the same %d", len(got.examples), len(one.examples))
	}
	if v := got.vectors(); len(v) != 3 || v[0] != (vector{}) || v[1] == v[2] {
		t.Errorf("%d vectors, want two and that of no word", len(v))
	}
}

func TestPruned(t *testing.T) {
	c := newCollection()
	c.examples = []example{
		{features: []uint32{0, 1, 2}, ends: []uint32{2, 3}},
		{features: []uint32{3, 2, 3}, ends: []uint32{0, 3}},
	}
	c.features.met = []feature.Feature{10, 11, 12, 13}
	got := c.pruned(2)
	if want := []feature.Feature{12, 13}; !slices.Equal(got.features.met, want) {
		t.Errorf("left %v, want %v", got.features.met, want)
	}
	want := []example{
		{features: []uint32{0}, ends: []uint32{0, 1}},
		{features: []uint32{1, 0, 1}, ends: []uint32{0, 3}},
	}
	if !reflect.DeepEqual(got.examples, want) {
		t.Errorf("examples %v, want %v", got.examples, want)
	}
}

func TestTranslate(t *testing.T) {
	from, to := newNumbering[string](), newNumbering[string]()
	for _, s := range []string{"a", "b", "c"} {
		from.number(s)
	}
	to.number("c")
	x := translate(from, to)
	for _, test := range []struct{ n, want uint32 }{{1, 1}, {2, 0}, {1, 1}, {0, 2}} {
		if got := x.number(test.n); got != test.want {
			t.Errorf("%q has number %d, want %d", from.met[test.n], got, test.want)
		}
	}
}
