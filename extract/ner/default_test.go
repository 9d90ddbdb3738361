package ner

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func BenchmarkLoad(b *testing.B) {
	g, err := loadDefault()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Load(model, g.gaz); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzRecognize(f *testing.F) {
	for _, s := range []string{"", "Meta", "MR\n\nJ. Smith’s \xff", strings.Repeat("A ", 600), "“Joe”-based", "ИВАН Иванов İ's"} {
		f.Add(s)
	}
	r, err := Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, m := range r.Recognize(text) {
			if m.Start < at || m.End <= m.Start || m.End > len(text) || m.Score < 0 || m.Score > 1 {
				t.Fatalf("mention %v behind %d in %q", m, at, text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(m.In(text)) {
				t.Fatalf("mention %v splits a rune of %q", m, text)
			}
			at = m.End
		}
	})
}
