package gazetteer

import (
	"strings"
	"testing"

	"tenure/extract"
)

func hashes(text string) []Hash {
	var out []Hash
	for _, w := range Words(text) {
		out = append(out, HashWord(w))
	}
	return out
}

func TestWord(t *testing.T) {
	g, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		word string
		want Class
	}{
		{"Guillaume", GivenName},
		{"Timothée", GivenName},
		{"NGUYEN", Surname},
		{"Meta", Organization},
		{"meta", Organization},
		{"Nvidia", Company},
		{"France", Country},
		{"Düsseldorf", City},
		{"French", Demonym},
		{"Llama", Thing},
	} {
		if got := g.Word(HashWord(c.word)); got&c.want == 0 {
			t.Errorf("%s is %b, want %b", c.word, got, c.want)
		}
	}
	if got := g.Word(HashWord("qwrtzx")); got != 0 {
		t.Errorf("qwrtzx is %b", got)
	}
}

func TestLongest(t *testing.T) {
	g, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		want int
	}{
		{"Google DeepMind said", 2},
		{"Sainsbury's shop", 2},
		{"The Wall Street Journal reported", 4},
		{"University of Oxford press", 3},
		{"qwrtzx the", 0},
	} {
		if n, _ := g.Longest(hashes(c.text)); n != c.want {
			t.Errorf("%s: %d words, want %d", c.text, n, c.want)
		}
	}
}

func TestUser(t *testing.T) {
	g, err := New(Entry{"Nordlys Robotics", extract.Organization, []string{"Nordlys"}}, Entry{Name: "Bo Ek", Kind: extract.Person})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		n    int
		kind extract.Kind
	}{
		{"Nordlys Robotics hired", 2, extract.Organization},
		{"nordlys hired", 1, extract.Organization},
		{"Bo Ek", 2, extract.Person},
		{"Bo", 0, ""},
	} {
		if n, kind := g.User(hashes(c.text)); n != c.n || kind != c.kind {
			t.Errorf("%s: %d %s, want %d %s", c.text, n, kind, c.n, c.kind)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for _, e := range []Entry{{"", extract.Person, nil}, {"X", "team", nil}, {strings.Repeat("x ", 40), extract.Person, nil}, {"X", extract.Person, []string{" "}}} {
		if _, err := New(e); err == nil {
			t.Errorf("New(%v) did not fail", e)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := build(); err != nil {
			b.Fatal(err)
		}
	}
}
