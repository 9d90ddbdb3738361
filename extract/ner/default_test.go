package ner

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"tenure/extract"
	"tenure/extract/gazetteer"
)

func recognizer(t testing.TB) Recognizer {
	t.Helper()
	r, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// relevant leaves people and organizations.
func relevant(ms []extract.Mention) []extract.Mention {
	return slices.DeleteFunc(ms, func(m extract.Mention) bool {
		return m.Kind != extract.Person && m.Kind != extract.Organization
	})
}

func TestDefault(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{
			"a list in one line",
			"Naman Goyal Left Meta: February 2025 Time at Meta: 6 years, 7 months Baptiste Rozière Current role: AI Scientist at Mistral Left Meta: August 2024",
			"P:Naman Goyal | O:Meta | O:Meta | P:Baptiste Rozière | O:Mistral | O:Meta",
		},
		{
			"a list in lines",
			"Ilse Verhoeven\nLeft Siemens: June 2020\nTime at Siemens: 12 years\nCurrent role: Head of Operations at ABB",
			"P:Ilse Verhoeven | O:Siemens | O:Siemens | O:ABB",
		},
		{
			"another organization, two people",
			"Katarzyna Lis Left Google: 2021 Time at Google: 9 years Omar Said Current role: Engineer at Stripe Left Google: Early 2023",
			"P:Katarzyna Lis | O:Google | O:Google | P:Omar Said | O:Stripe | O:Google",
		},
		{
			"labels of ambiguous words",
			"Mei Ling Tan\nTime at Grab: 3 years\nLeft Johnson and Johnson: 2018\nLeft the Bundesbank: May 2021",
			"P:Mei Ling Tan | O:Grab | O:Johnson and Johnson | O:Bundesbank",
		},
		{"no label", "Left Behind: how a town in Ohio was forgotten", ""},
		{"titles are outside", "Chief executive Mary Barra met Dr. Ann Okafor and Mr. Doyle.", "P:Mary Barra | P:Ann Okafor | P:Doyle"},
		{"a surname, later", "Joelle Pineau left Meta. In May, Pineau joined Cohere.", "P:Joelle Pineau | O:Meta | P:Pineau | O:Cohere"},
		{"possessives", "Google’s DeepMind hired Meta's Robert Fergus.", "O:Google | O:DeepMind | O:Meta | P:Robert Fergus"},
		{"a model is no person", "Researchers who built Llama have left Meta. Llama 4 was late.", "O:Meta"},
		{"the end of the text", "He works for Barack Obama", "P:Barack Obama"},
		{"a generation", "We met Robert Downey Jr. in May.", "P:Robert Downey Jr."},
		{"nothing", "nothing to see here, it rained all day.", ""},
	} {
		got := words(c.text, relevant(recognizer(t).Recognize(c.text)))
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestUserNamesDecide(t *testing.T) {
	g, err := gazetteer.New(
		gazetteer.Entry{Name: "Nordlys", Kind: extract.Organization},
		gazetteer.Entry{Name: "Llama", Kind: extract.Person, Aliases: []string{"El Llama"}},
	)
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(g)
	if err != nil {
		t.Fatal(err)
	}
	text := "We saw Nordlys again. El Llama sang."
	if got, want := words(text, r.Recognize(text)), "O:Nordlys | P:El Llama"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSeed reads the page that started the project, if it is there.
func TestSeed(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "seed", "hugo-touvron.txt"))
	if err != nil {
		t.Skip("no shared data beside the repository")
	}
	text := string(data)
	people := map[string]bool{}
	found := map[string]int{}
	for _, m := range recognizer(t).Recognize(text) {
		s := m.In(text)
		switch m.Kind {
		case extract.Person:
			people[s] = true
		case extract.Organization:
			found[s]++
		}
	}
	want := strings.Split("Hugo Touvron|Xavier Martinet|Faisal Azhar|Guillaume Lample|Timothée Lacroix|Joelle Pineau|Robert Fergus|Naman Goyal|"+
		"Baptiste Rozière|Aurélien Rodriguez|Eric Hambro|Marie-Anne Lachaux|Thibaut Lavril|Armand Joulin|Gautier Izacard|Edouard Grave", "|")
	for _, p := range want {
		if !people[p] {
			t.Errorf("%s is not found", p)
		}
		delete(people, p)
	}
	if len(people) > 0 {
		t.Errorf("taken for people: %v", people)
	}
	for _, o := range []string{"Meta", "Mistral", "OpenAI", "Anthropic", "Cohere", "Kyutai", "Google DeepMind", "Microsoft AI"} {
		if n := strings.Count(text, o); found[o] < n {
			t.Errorf("%s stands there %d times, found %d times", o, n, found[o])
		}
	}
}

func TestConcurrent(t *testing.T) {
	r := recognizer(t)
	texts := []string{sample(1), "Hugo Touvron left Meta.", "nothing", sample(2)}
	var group sync.WaitGroup
	for range 4 {
		for _, text := range texts {
			want := words(text, r.Recognize(text))
			group.Go(func() {
				if got := words(text, r.Recognize(text)); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			})
		}
	}
	group.Wait()
}

func TestStep(t *testing.T) {
	a := &extract.Article{Text: "Hugo Touvron works at Meta."}
	if err := (Step{recognizer(t)}).Annotate(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	if got := words(a.Text, a.Mentions); got != "P:Hugo Touvron | O:Meta" {
		t.Errorf("got %s", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := (Step{recognizer(t)}).Annotate(ctx, a); err == nil {
		t.Error("a cancelled step did not fail")
	}
}

func TestLoadRefuses(t *testing.T) {
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{"", "hello", magic, magic + "hello", string(model[:len(model)/2])} {
		if _, err := Load([]byte(data), g); err == nil {
			t.Errorf("a model was read from %d bytes", len(data))
		}
	}
}

func TestManifest(t *testing.T) {
	r, err := loadDefault()
	if err != nil {
		t.Fatal(err)
	}
	m := r.Manifest()
	if m.Version == "" || len(m.Data) == 0 {
		t.Fatalf("manifest %v", m)
	}
	for _, s := range m.Data {
		if s.License == "" {
			t.Errorf("%s has no licence", s.Name)
		}
	}
}

// TestHugeTexts would not come back in time if a step were quadratic.
func TestHugeTexts(t *testing.T) {
	r := recognizer(t)
	for name, unit := range map[string]string{
		"capitals": "A", "names": "Hugo Touvron ", "brackets": "(", "acronyms": "AB (AB) ", "one line": "the Meta of ", "quotes": "“’",
		"labels": "Left A: ", "dashes": "A-b", "lines": "Ann Lee\n",
	} {
		text := strings.Repeat(unit, (64<<10)/len(unit))
		for _, m := range r.Recognize(text) {
			if m.End > len(text) {
				t.Fatalf("%s: mention %v", name, m)
			}
		}
	}
}

func FuzzRecognize(f *testing.F) {
	for _, s := range []string{"", "Meta", "MR\n\nJ. Smith’s \xff", strings.Repeat("A ", 600), "“Joe”-based", "ИВАН Иванов İ's", "Ann Lee, Jr.\n#Ann @Bo (AL)", "AYA 00A, Jr 0A\"",
		"Acme, LLC’s Ann and Bo Inc. of Salary.com. The Court’s House and Senate, Ph.D., Ph.D. met Ann and Bo Inc."} {
		f.Add(s)
	}
	r := recognizer(f)
	f.Fuzz(func(t *testing.T, text string) {
		ms := r.Recognize(text)
		at := 0
		for _, m := range ms {
			if m.Start < at || m.End <= m.Start || m.End > len(text) || !(m.Score >= 0 && m.Score <= 1) || m.Kind == "" {
				t.Fatalf("mention %v behind %d in %q", m, at, text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(m.In(text)) {
				t.Fatalf("mention %v splits a rune of %q", m, text)
			}
			at = m.End
		}
		if !slices.Equal(ms, r.Recognize(text)) {
			t.Fatal("another result for the same text")
		}
	})
}

func ExampleDefault() {
	r, err := Default()
	if err != nil {
		panic(err)
	}
	text := "Joelle Pineau, who led the group for eight years, left Meta for Cohere."
	for _, m := range r.Recognize(text) {
		fmt.Println(m.Kind, m.In(text))
	}
	// Output:
	// person Joelle Pineau
	// organization Meta
	// organization Cohere
}

func ExampleTokenize() {
	text := "“Meta’s” Paris-based team"
	for _, tok := range Tokenize(text) {
		fmt.Print(tok.In(text), "|")
	}
	// Output: “|Meta|’s|”|Paris|-based|team|
}
