package feature

import (
	"strings"
	"testing"

	"tenure/extract/gazetteer"
)

func reader(t testing.TB) *Reader {
	t.Helper()
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	return NewReader(g, &Clusters{})
}

func TestIslands(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"nothing here is written like a name at all", ""},
		{"yesterday morning Hugo Touvron left the big old house at once", "yesterday morning Hugo Touvron left the big"},
		{"one two three four Meta five six seven eight", "two three four Meta five six seven"},
		{"a Meta\nb Cohere", "a Meta|b Cohere"},
	} {
		d := reader(t).Read(c.text)
		var got []string
		for _, is := range d.Islands {
			got = append(got, d.Span(is.Start, is.End-1).In(c.text))
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q: got %q, want %q", c.text, s, c.want)
		}
	}
}

func TestIslandsAreBounded(t *testing.T) {
	d := reader(t).Read(strings.Repeat("Ann ", 5*maxIsland/2))
	total := 0
	for _, is := range d.Islands {
		total += is.End - is.Start
		if is.End-is.Start > maxIsland+2*reach {
			t.Errorf("an island of %d words", is.End-is.Start)
		}
	}
	if total != len(d.Tokens) {
		t.Errorf("islands of %d words in all, want %d", total, len(d.Tokens))
	}
}

func TestSentences(t *testing.T) {
	d := reader(t).Read("“Yes,” he said. Then Ann left.\nBo stayed")
	var got []string
	for i := range d.Tokens {
		if d.Sentence(i) && d.Capital(i) {
			got = append(got, d.Word(i))
		}
	}
	if s := strings.Join(got, " "); s != "Yes Then Bo" {
		t.Errorf("sentences begin with %q", s)
	}
}

func TestAcronyms(t *testing.T) {
	for _, c := range []struct {
		text, acronym string
		known, common bool
	}{
		{"a user defined function (UDF) is", "UDF", true, true},
		{"the Fundamental AI Research (FAIR) of", "FAIR", true, false},
		{"Federal Trade Commission ... the FTC", "FTC", true, false},
		{"we met (UDF) there", "UDF", false, false},
		{"the Fundamental AI Research group (FAIR) of", "FAIR", true, false},
		{"customer relations managers (CRMs) and", "CRMs", true, true},
	} {
		d := reader(t).Read(c.text)
		e, known := d.spelled[hashString(c.acronym)]
		if known != c.known || e.common != c.common {
			t.Errorf("%q: known %v, common %v", c.text, known, e.common)
		}
	}
}

func TestLetters(t *testing.T) {
	for _, c := range []struct {
		word string
		want letters
	}{
		{"Meta", initial}, {"META", capitals}, {"X", single}, {"xAI", mixed}, {"meta", smallLetters}, {"2025", digits}, {"--", marks}, {"Émile", initial},
	} {
		if _, got := shapeOf(c.word); got != c.want {
			t.Errorf("%s: %d, want %d", c.word, got, c.want)
		}
	}
}

func TestClusters(t *testing.T) {
	b := NewClusterBuilder(4)
	b.Add("café", 1, 2, 3, &Code{7, Books - 1: 9})
	b.Add("cafe", 9, 9, 9, nil)
	c, rest, err := ReadClusters(append(b.Clusters().Marshal(), 'x'))
	if err != nil || string(rest) != "x" {
		t.Fatal(err, rest)
	}
	got := c.Of(gazetteer.HashWord("CAFE"))
	if got.Coarse != 2 || got.Middle != 3 || got.Fine != 4 {
		t.Errorf("got %v", got)
	}
	if code := c.code(got); code == nil || *code != (Code{7, Books - 1: 9}) {
		t.Errorf("vector %v", code)
	}
	if got := c.Of(gazetteer.HashWord("tea")); got != (Cluster{}) || c.code(got) != nil {
		t.Errorf("an unknown word has %v", got)
	}
	if _, _, err := ReadClusters([]byte{8, 0, 0, 0, 1}); err == nil {
		t.Error("damaged data were read")
	}
}

func FuzzRead(f *testing.F) {
	r := reader(f)
	for _, s := range []string{"", "A (A) A", "X Y (XY)", "(A", "Ann Lee (AL)s\n(B) &", "\xff\xfe A&B & C"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := r.Read(text)
		at := 0
		var out []Feature
		r.Believe(make([]Belief, len(d.Tokens)))
		for _, is := range d.Islands {
			if is.Start < at || is.End <= is.Start || is.End > len(d.Tokens) {
				t.Fatalf("island %v behind %d of %d tokens", is, at, len(d.Tokens))
			}
			at = is.End
			for i := is.Start; i < is.End; i++ {
				out = d.EmitSecond(i, d.Emit(i, out[:0]))
			}
		}
	})
}

func BenchmarkEmit(b *testing.B) {
	r := reader(b)
	text := strings.Repeat("Hugo Touvron left Meta for Mistral in Paris, said Ann Lee (AL) of the Fundamental AI Research group. ", 20)
	var out []Feature
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		d := r.Read(text)
		for i := range d.Tokens {
			out = d.Emit(i, out[:0])
		}
	}
}

// TestWorkIsBounded: every word has at most so many features, whatever the
// text, so that the work grows with the text.
func TestWorkIsBounded(t *testing.T) {
	const most = 130
	for _, unit := range []string{"A", "Hugo Touvron ", "(", "AB (AB) ", "the Meta of ", "Ann Lee\n", "A-b ", "Ann Lee left Meta. "} {
		r := reader(t)
		d := r.Read(strings.Repeat(unit, 500))
		var out []Feature
		r.Believe(make([]Belief, len(d.Tokens)))
		last := 0
		for _, is := range d.Islands {
			if is.Start < last {
				t.Errorf("%q: islands overlap", unit)
			}
			last = is.End
			for i := is.Start; i < is.End; i++ {
				out = d.EmitSecond(i, d.Emit(i, out[:0]))
				if len(out) > most {
					t.Fatalf("%q: %d features of word %d", unit, len(out), i)
				}
			}
		}
	}
}

func TestGroups(t *testing.T) {
	r := reader(t)
	d := r.Read("Ann Lee of the Fundamental AI Research group (FAIR) left.\nFAIR, a group at Meta, hired Ann Lee again")
	r.Believe(make([]Belief, len(d.Tokens)))
	var counts [Groups]int
	for i := range d.Tokens {
		for _, f := range d.Emit(i, nil) {
			counts[f.Group()]++
		}
		if counts[FirstLook] > 0 {
			t.Fatal("a first look that was not yet taken")
		}
	}
	for i := range d.Tokens {
		for _, f := range d.EmitSecond(i, nil) {
			if f.Group() != FirstLook {
				t.Errorf("the first look has a feature of %v", f.Group())
			}
			counts[f.Group()]++
		}
	}
	for g, n := range counts {
		if n == 0 {
			t.Errorf("no feature of %v", Group(g))
		}
	}
}

func TestNouns(t *testing.T) {
	for _, c := range []struct{ text, name, want string }{
		{"at Veltara, an Oslo-based pump startup.", "Veltara", "startup"},
		{"Norvane is one of the largest printing companies in Ohio", "Norvane", "companies"},
		{"we left Acme (the British maker of pumps) there", "Acme", "maker"},
		{"Acme, which makes pumps", "Acme", "pumps"},
		{"Acme rose. Then Acme, a bank, fell", "Acme", "bank"},
		{"Acme, based in Ohio", "Acme", ""},
		{"Acme,\na bank", "Acme", ""},
		{"Acme is", "Acme", ""},
	} {
		d := reader(t).Read(c.text)
		want := gazetteer.Hash(0)
		if c.want != "" {
			want = gazetteer.HashWord(c.want)
		}
		if got := d.stats[gazetteer.Hash(0).Then(gazetteer.HashWord(c.name))].noun.low; got != want {
			t.Errorf("%q: another noun than %q", c.text, c.want)
		}
	}
}

func TestLists(t *testing.T) {
	d := reader(t).Read("from companies like Honeywell, Ecobee and Nest. By Ohio and\nRome")
	first := d.contexts[0]
	for n, want := range []uint64{0, first.before, first.before, 0, 0, 0} {
		if got := d.contexts[n].list; got != want {
			t.Errorf("item %d stands behind %x, want %x", n, got, want)
		}
	}
	if d.contexts[1].sibling&gazetteer.Organization == 0 {
		t.Error("an item does not know what the one before it is")
	}
}
