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
	got := strings.TrimSpace(marked(p.rename(&docs[0], newRandom(1))))
	got = strings.NewReplacer("[o Acme]", "[o ?]").Replace(got)
	if want := "[p Ada M. Lovelace] left [o "; !strings.HasPrefix(got, want) || !strings.Contains(got, "[p Lovelace] studied at [o Foo University]") {
		t.Errorf("got %s", got)
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
