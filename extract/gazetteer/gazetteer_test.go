package gazetteer

import (
	"fmt"
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

func TestCompile(t *testing.T) {
	data, err := Compile("[surname]\nlee\n[city]\nnew york\n")
	if err != nil {
		t.Fatal(err)
	}
	names, err := readTable(data)
	if err != nil {
		t.Fatal(err)
	}
	g := &Gazetteer{names: names}
	if n, c := g.Longest(hashes("New York Times")); n != 2 || c != City {
		t.Errorf("New York: %d words, class %b", n, c)
	}
	if c := g.Word(HashWord("Lee")); c != Surname {
		t.Errorf("Lee: class %b", c)
	}
	for _, bad := range [][]byte{nil, {3, 0, 0, 0, 1}, data[:len(data)-3]} {
		if _, err := readTable(bad); err == nil {
			t.Errorf("names were read from %d bytes", len(bad))
		}
	}
	if _, err := Compile("[nonsense]\n"); err == nil {
		t.Error("an unknown class was compiled")
	}
}

func TestTodayIsCut(t *testing.T) {
	if _, err := Default(); err != nil {
		t.Fatal(err)
	}
	for _, class := range []string{"organization", "thing", "title", "term"} {
		names := Today(class)
		if len(names) == 0 {
			t.Errorf("no names of class %s", class)
		}
		for _, n := range names {
			if want := strings.Join(Words(n), " "); n != want {
				t.Errorf("%q must be written %q", n, want)
			}
		}
	}
}

func FuzzHashWord(f *testing.F) {
	for _, s := range []string{"", "Müller", "İ", "\xff", "ß", "O’Neill"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		first := HashWord(s)
		if again := HashWord(s); again != first || HashWord(strings.ToUpper(s)) == HashWord(s+"x") {
			t.Fatalf("%q: %x, then %x", s, first, again)
		}
	})
}

func ExampleNew() {
	g, err := New(Entry{Name: "Nordlys Robotics", Kind: extract.Organization, Aliases: []string{"Nordlys"}})
	if err != nil {
		panic(err)
	}
	words := []Hash{HashWord("Nordlys"), HashWord("hired"), HashWord("Timothée")}
	n, kind := g.User(words)
	fmt.Println(n, kind)
	fmt.Println(g.Word(words[2])&GivenName != 0)
	// Output:
	// 1 organization
	// true
}

func BenchmarkLongest(b *testing.B) {
	g, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	words := hashes("the Wall Street Journal reported that Google DeepMind hired her from the University of Oxford")
	b.ReportAllocs()
	for b.Loop() {
		for i := range words {
			g.Longest(words[i:])
		}
	}
}
