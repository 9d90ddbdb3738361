package pass

import (
	"testing"

	"tenure/extract/gazetteer"
	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"
)

const organization = 1

// reader returns a reader whose first look takes "Meta" for an organization,
// and whose second look does so only where the first did elsewhere.
func reader(t *testing.T) *Reader {
	t.Helper()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	documents := feature.NewReader(g, &feature.Clusters{})
	d := documents.Read("Meta")
	word := d.Emit(0, nil)[0] // the word itself comes first
	var w crf.Weights
	w[crf.Label(organization, crf.Single)-1] = 120
	return New(documents, crf.New([]feature.Feature{word}, []crf.Weights{w}, &[crf.Looks]crf.Transitions{}))
}

func TestLooks(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		text string
		want []crf.Name
	}{
		{"nothing here", nil},
		{"we met Ann there", nil},
		{"at Meta and then, after a long and winding road, at Meta", []crf.Name{{First: 1, Last: 1, Kind: organization}, {First: 13, Last: 13, Kind: organization}}},
	} {
		got := r.Second(r.First(c.text), nil)
		if len(got) != len(c.want) {
			t.Fatalf("%q: got %v, want %v", c.text, got, c.want)
		}
		for i, n := range got {
			if n.First != c.want[i].First || n.Last != c.want[i].Last || n.Kind != c.want[i].Kind || !(n.P > 0.5 && n.P <= 1) {
				t.Errorf("%q: got %v, want %v", c.text, n, c.want[i])
			}
		}
	}
}

func TestQuietIslandsAreLeftOut(t *testing.T) {
	r := reader(t)
	d := r.First("we met Ann there\nand Meta hired Ann")
	if len(r.quiet) != 2 || r.quiet[1] {
		t.Fatalf("quiet: %v", r.quiet)
	}
	if names := r.Second(d, nil); len(names) != 1 {
		t.Errorf("names: %v", names)
	}
}
