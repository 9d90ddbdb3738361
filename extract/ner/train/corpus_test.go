package train

import (
	"fmt"
	"strings"
	"testing"

	"tenure/extract"
	"tenure/extract/gazetteer"
	"tenure/extract/ner/internal/feature"

	"github.com/google/go-cmp/cmp"
)

// marked writes a document as ReadMarked reads it.
func marked(d Document) string {
	var b strings.Builder
	at := 0
	for _, m := range d.Mentions {
		letter := string(m.Kind[:1])
		switch m.Kind {
		case extract.Place:
			letter = "l"
		case extract.Other:
			letter = "x"
		}
		fmt.Fprintf(&b, "%s[%s %s]", d.Text[at:m.Start], letter, m.In(d.Text))
		at = m.End
	}
	return b.String() + d.Text[at:]
}

func TestReadBIO(t *testing.T) {
	const file = "-DOCSTART-\tO\n\nHugo\tB-PER\nTouvron\tI-PER\nleft\tO\nMeta\tB-ORG\n.\tO\n\nParis\tI-LOC\nRome\tB-LOC\n\n-DOCSTART-\tO\n\nGPT\tB-MISC\n"
	docs, err := ReadBIO(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		got = append(got, marked(d))
	}
	want := []string{"[p Hugo Touvron] left [o Meta] .\n[l Paris] [l Rome]\n", "[x GPT]\n"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"word\n", "word\tB-CITY\n"} {
		if _, err := ReadBIO(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

func TestReadMarked(t *testing.T) {
	const file = "# a comment\n[p Hugo Touvron] left [o Meta].\nAll of it.\n---\n[l Paris]: [x Llama]\n"
	docs, err := ReadMarked(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		got = append(got, marked(d))
	}
	want := []string{"[p Hugo Touvron] left [o Meta].\nAll of it.\n", "[l Paris]: [x Llama]\n"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"[q X]", "[p ]", "[p X", "[p]"} {
		if _, err := ReadMarked(strings.NewReader(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestReadArticles(t *testing.T) {
	docs, err := ReadArticles(strings.NewReader(`{"text":"Ann of IBM","mentions":[{"start":0,"end":3,"kind":"person"},{"start":7,"end":10,"kind":"organization"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := marked(docs[0]); got != "[p Ann] of [o IBM]" {
		t.Errorf("got %s", got)
	}
	if _, err := ReadArticles(strings.NewReader("{")); err == nil {
		t.Error("half an object was read")
	}
}

func TestNormalize(t *testing.T) {
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ in, want string }{
		{"[p Mr Doyle] of [l the United States]", "Mr [p Doyle] of the [l United States]"},
		{"a [l French] town in [l France]", "a [x French] town in [l France]"},
		{"[o The Times] and [o the BBC]", "[o The Times] and the [o BBC]"},
	} {
		docs, err := ReadMarked(strings.NewReader(c.in))
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // twice is as good as once
			normalize(&docs[0], g)
			if got := strings.TrimSpace(marked(docs[0])); got != c.want {
				t.Errorf("%s: got %s, want %s", c.in, got, c.want)
			}
		}
	}
}

func TestLabels(t *testing.T) {
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	docs, err := ReadMarked(strings.NewReader("[p Ann B. Lee] of [o IBM]"))
	if err != nil {
		t.Fatal(err)
	}
	r := feature.NewReader(g, &feature.Clusters{})
	d := r.Read(docs[0].Text)
	want := []uint32{1 << 1, 1 << 2, 1 << 3, 1, 1 << 8}
	if diff := cmp.Diff(want, labels(&docs[0], d)); diff != "" {
		t.Error(diff)
	}
	docs[0].NoOther = true
	if got := labels(&docs[0], d)[3]; got != 1|0xf<<13 {
		t.Errorf("a word that may be of kind other has labels %b", got)
	}
}

func TestEvaluate(t *testing.T) {
	docs, err := ReadMarked(strings.NewReader("[p Ann] of [o IBM] in [l Rome]"))
	if err != nil {
		t.Fatal(err)
	}
	found, err := ReadMarked(strings.NewReader("[p Ann] of IBM in [o Rome]"))
	if err != nil {
		t.Fatal(err)
	}
	s := Evaluate(docs, func(string) []extract.Mention { return found[0].Mentions })
	want := Score{extract.Person: {1, 1, 1}, extract.Organization: {0, 1, 1}, extract.Place: {0, 0, 1}}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Error(diff)
	}
	if f := s.Of(extract.Person, extract.Organization).F1(); f != 0.5 {
		t.Errorf("F1 %g, want 0.5", f)
	}
}

func TestMistakes(t *testing.T) {
	docs, err := ReadMarked(strings.NewReader("[p Ann Lee] of [o IBM] and [o Mars] in [l Rome] on May"))
	if err != nil {
		t.Fatal(err)
	}
	found, err := ReadMarked(strings.NewReader("Ann [p Lee] of [o IBM] and [l Mars] in Rome on [x May]"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Mistake{
		{"boundary", extract.Person, "Ann Lee", 1},
		{"invented", extract.Other, "May", 1},
		{"kind", extract.Organization, "Mars", 1},
		{"missed", extract.Place, "Rome", 1},
	}
	got := Mistakes(docs, func(string) []extract.Mention { return found[0].Mentions })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got = append(got, Mistake{"kind", extract.Organization, "Venus", 2})
	if top := ByType(got)[0]; top != (Mistake{"kind", extract.Organization, "", 3}) {
		t.Errorf("the most frequent type is %v", top)
	}
}
