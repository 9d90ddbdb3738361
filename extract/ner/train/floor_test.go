package train

import (
	"testing"

	"tenure/extract"
	"tenure/extract/ner"
)

// TestFloors holds the shipped model to what it reached.
func TestFloors(t *testing.T) {
	r, err := ner.Default()
	if err != nil {
		t.Fatal(err)
	}
	report, err := Report(shared(t, "data/ner/eval-dev"), r.Recognize)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		set   string
		kinds []extract.Kind
		floor float64
	}{
		{"worldwide-dev", []extract.Kind{extract.Person, extract.Organization}, 0.832},
		{"worldwide-dev", []extract.Kind{extract.Person}, 0.9},
		{"conll03.testa", []extract.Kind{extract.Person}, 0.944},
		{"conll03.testa", []extract.Kind{extract.Person, extract.Organization}, 0.797},
		{"wnut17.dev", []extract.Kind{extract.Person, extract.Organization}, 0.54},
	} {
		if f := report[c.set].Of(c.kinds...).F1(); f < c.floor {
			t.Errorf("%s %v: F1 %.3f is below %.3f", c.set, c.kinds, f, c.floor)
		}
	}
	for set, s := range report {
		t.Log(set, s)
	}
}
