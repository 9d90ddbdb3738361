package train

import (
	"testing"

	"tenure/extract/gazetteer"
	"tenure/extract/ner/internal/feature"
)

func TestDeal(t *testing.T) {
	docs := make([]Document, 7)
	for i := range docs {
		docs[i].Text = string(rune('a' + i))
	}
	others, held := deal(docs, 1, 3)
	if len(others) != 5 || len(held) != 2 || held[0].Text != "b" || held[1].Text != "e" {
		t.Errorf("held %v of 7, %d others", held, len(others))
	}
	for i, d := range thinned(docs) {
		if want := docs[ablationShare*i].Text; d.Text != want || d.Half != i%2 {
			t.Errorf("document %d is %s of half %d, want %s", i, d.Text, d.Half, want)
		}
	}
}

func TestEmitterWithout(t *testing.T) {
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	d := feature.NewReader(g, &feature.Clusters{}).Read("Ann Lee left Meta.")
	all := emitter((*feature.Document).Emit)
	for group := range feature.FirstLook {
		left := all.without([]feature.Group{group})(d, 0, nil)
		for _, f := range left {
			if f.Group() == group {
				t.Errorf("a feature of %v is left", group)
			}
		}
		if n := len(all(d, 0, nil)); len(left) > n {
			t.Errorf("%d features without %v, %d with", len(left), group, n)
		}
	}
}

func TestVariants(t *testing.T) {
	a := &ablation{parts: make([]part, len(Sources)+2)}
	for i, v := range a.variants() {
		switch {
		case i < int(feature.Groups) && (len(v.without) != 1 || len(v.parts) != len(a.parts)):
			t.Errorf("variant %d leaves out %v", i, v.without)
		case i >= int(feature.Groups) && (len(v.without) != 0 || len(v.parts) != len(a.parts)-1):
			t.Errorf("variant %d has %d parts", i, len(v.parts))
		}
	}
}
