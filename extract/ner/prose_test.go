package ner

import (
	"strings"
	"testing"

	"tenure/extract"
)

// words renders mentions as "P:Naman Goyal".
func words(text string, ms []extract.Mention) string {
	var out []string
	for _, m := range ms {
		out = append(out, strings.ToUpper(string(m.Kind[:1]))+":"+m.In(text))
	}
	return strings.Join(out, " | ")
}

func TestProse(t *testing.T) {
	p, err := NewProse()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{"He works for Barack Obama", "P:Barack Obama"},
		{"Naman Goyal Left Meta: February 2025", "P:Naman Goyal"},
		{"“Barack Obama’s” visit to Paris\nBarack Obama", "P:Barack Obama | P:Paris | P:Barack Obama"},
		{"", ""},
	} {
		if got := words(c.text, p.Recognize(c.text)); got != c.want {
			t.Errorf("%q: got %s, want %s", c.text, got, c.want)
		}
	}
}
