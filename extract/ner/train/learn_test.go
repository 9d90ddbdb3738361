package train

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"tenure/extract"
	"tenure/extract/ner"
	"tenure/extract/ner/internal/feature"

	"github.com/klauspost/compress/zstd"
)

// small trains on every second of our own documents, without word classes.
func small(t *testing.T) (m *model, held []Document) {
	t.Helper()
	docs, _, err := Own()
	if err != nil {
		t.Fatal(err)
	}
	var seen []Document
	for i, d := range docs {
		if i%3 == 2 {
			held = append(held, d)
		} else {
			seen = append(seen, d)
		}
	}
	m, err = assemble(seen, feature.NewClusterBuilder(1).Clusters(), ner.Manifest{Version: "test"}, Options{Epochs: 4, Rate: 0.05})
	if err != nil {
		t.Fatal(err)
	}
	return m, held
}

func TestSmallModel(t *testing.T) {
	m, held := small(t)
	tagger, err := m.load()
	if err != nil {
		t.Fatal(err)
	}
	s := Evaluate(held, tagger.Recognize)
	t.Log(s)
	if f := s.Of(extract.Person, extract.Organization).F1(); f < 0.78 {
		t.Errorf("F1 on sentences not seen is %.3f, want 0.78", f)
	}
	if got := tagger.Manifest().Version; got != "test" {
		t.Errorf("version %q", got)
	}
}

func TestSameBytes(t *testing.T) {
	a, _ := small(t)
	b, _ := small(t)
	one, err := a.pack(zstd.SpeedFastest)
	if err != nil {
		t.Fatal(err)
	}
	two, err := b.pack(zstd.SpeedFastest)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one, two) {
		t.Error("the same data gave two models")
	}
}

func TestOwnSentences(t *testing.T) {
	docs, _, err := Own()
	if err != nil {
		t.Fatal(err)
	}
	lines, names := 0, 0
	for _, d := range docs {
		lines += strings.Count(d.Text, "\n")
		names += len(d.Mentions)
		for _, m := range d.Mentions {
			if s := m.In(d.Text); s != strings.TrimSpace(s) {
				t.Errorf("mark of %q has space", s)
			}
		}
	}
	if lines < 600 || names < 1500 {
		t.Errorf("%d lines with %d names", lines, names)
	}
}

func TestRename(t *testing.T) {
	p := &pool{given: []string{"Ada"}, surnames: []string{"Lovelace"}, companies: []string{"Acme"}, universities: []string{"Foo University"}, places: []string{"Rome"}}
	docs, err := ReadMarked(strings.NewReader("[p Hugo M. Touvron] left [o Meta]; [p Touvron] studied at [o Yale College]."))
	if err != nil {
		t.Fatal(err)
	}
	r := newRandom(1)
	kinds := map[string]int{}
	for range 200 {
		got := strings.TrimSpace(marked(p.rename(&docs[0], r)))
		first, rest, _ := strings.Cut(got, " left ")
		words := strings.Fields(strings.Trim(first, "[]"))
		if len(words) != 4 || words[0] != "p" || words[2] != "M." || !strings.HasSuffix(rest, "; [p "+words[3]+"] studied at [o Foo University].") {
			t.Fatalf("got %s", got)
		}
		for _, name := range []string{"Ada", "Lovelace", "[o Acme]"} {
			if strings.Contains(got, name) {
				kinds[name]++
			}
		}
	}
	for name, n := range kinds { // some are listed, some invented
		if n < 50 || n > 170 {
			t.Errorf("%s is there %d times of 200", name, n)
		}
	}
	if len(kinds) != 3 {
		t.Errorf("listed names: %v", kinds)
	}
}

func TestCoin(t *testing.T) {
	n := &renaming{rand: newRandom(1)}
	seen := map[string]bool{}
	for range 500 {
		name := n.coin()
		if !startsUpper(name) || strings.ToUpper(name) == name || strings.TrimSpace(name) != name {
			t.Fatalf("coined %q", name)
		}
		seen[name] = true
	}
	if len(seen) < 480 {
		t.Errorf("%d different names of 500", len(seen))
	}
}

func TestPermutation(t *testing.T) {
	p := newRandom(1).permutation(100)
	sorted := slices.Clone(p)
	slices.Sort(sorted)
	for i, v := range sorted {
		if v != i {
			t.Fatalf("no permutation: %v", p)
		}
	}
	if slices.IsSorted(p) {
		t.Error("nothing moved")
	}
}
