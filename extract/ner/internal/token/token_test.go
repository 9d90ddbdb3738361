package token

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestTokenize(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Naman Goyal Left Meta: February 2025", "Naman|Goyal|Left|Meta|:|February|2025"},
		{"He works for Barack Obama", "He|works|for|Barack|Obama"},
		{"“Meta’s plan,” she said.", "“|Meta|’s|plan|,|”|she|said|."},
		{"Apple Inc. hired J.K. Rowling, Ph.D.", "Apple|Inc.|hired|J.K.|Rowling|,|Ph.D."},
		{"said Kim. Then", "said|Kim|.|Then"},
		{"Tim O'Reilly and Aoife O’Shea's dog", "Tim|O'Reilly|and|Aoife|O’Shea|'s|dog"},
		{"Paris-based ex-Google Marie-Anne al-Assad", "Paris|-based|ex-|Google|Marie-Anne|al-Assad"},
		{"Google/Meta—and (FAIR), AT&T", "Google|/|Meta|—|and|(|FAIR|)|,|AT&T"},
		{"the company.The boss of Character.AI", "the|company|.|The|boss|of|Character.AI"},
		{"see https://example.org/a-b or a.b@example.org.", "see|https://example.org/a-b|or|a.b@example.org|."},
		{"Robert F. Kennedy Jr. of Acme Corp., U.S.-based", "Robert|F.|Kennedy|Jr.|of|Acme|Corp.|,|U.S.|-based"},
		{"don't 'Meta' they've $5", "do|n't|'|Meta|'|they've|$|5"},
		{"(Paul O’Sullivan), Tim O'Reilly. and M. O'Malley's", "(|Paul|O’Sullivan|)|,|Tim|O'Reilly|.|and|M.|O'Malley|'s"},
		{"-Kalyn Keen #Meta -5 --x", "-|Kalyn|Keen|#|Meta|-5|--x"},
		{"a\u00a0b\u2028c", "a|b|c"},
	} {
		var got []string
		for _, tok := range Tokenize(c.text) {
			got = append(got, tok.In(c.text))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestTokenizeLines(t *testing.T) {
	text := "One two\nThree\r\n\n four"
	var starts []string
	for _, tok := range Tokenize(text) {
		if tok.Line {
			starts = append(starts, tok.In(text))
		}
	}
	if got := strings.Join(starts, " "); got != "One Three four" {
		t.Errorf("lines start with %q", got)
	}
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{"", "'s-", "İ's", "\xff'll", "“O’Re", "a&rsquo;s", "⸱x", "\u2e31 \u2e31x", "Kelvin'ſ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkTokens(t, text, Tokenize(text))
	})
}

// checkTokens fails unless the tokens cover all that is not space, in order,
// on rune boundaries.
func checkTokens(t *testing.T, text string, tokens []Token) {
	t.Helper()
	at := 0
	space := func(s string) bool {
		return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == 0x200b || r == 0xfeff }) == ""
	}
	for _, tok := range tokens {
		if tok.Start < at || tok.End <= tok.Start || tok.End > len(text) || !space(text[at:tok.Start]) {
			t.Fatalf("token %v after %d in %q", tok, at, text)
		}
		if w := tok.In(text); strings.ContainsFunc(w, unicode.IsSpace) {
			t.Fatalf("space in token %q", w)
		}
		if utf8.ValidString(text) && !utf8.ValidString(tok.In(text)) {
			t.Fatalf("token %v splits a rune of %q", tok, text)
		}
		at = tok.End
	}
	if !space(text[at:]) {
		t.Fatalf("%q left over of %q", text[at:], text)
	}
}
