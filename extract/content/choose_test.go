package content

import (
	"fmt"
	"strings"
	"testing"

	"tenure/extract/content/internal/block"
)

// oddsDocument is a page whose blocks the model is sure of as far as odds says:
// one number a paragraph, in divs of one make.
func oddsDocument(t *testing.T, odds []float32) (*document, []bool) {
	t.Helper()
	var b strings.Builder
	b.WriteString("<main>")
	for i := range odds {
		fmt.Fprintf(&b, `<div class="part"><p>Paragraph %d tells of the ferry, its crew and the harbour, and of the people who wait there for the boat to the islands.</p></div>`, i)
	}
	d := testDocument(t, "", b.String())
	d.odds = odds
	keep := make([]bool, len(odds))
	for i, v := range odds {
		keep[i] = v > 0
	}
	return d, keep
}

func kept(keep []bool) string {
	var b strings.Builder
	for _, k := range keep {
		if k {
			b.WriteByte('x')
		} else {
			b.WriteByte('.')
		}
	}
	return b.String()
}

func TestJoinSiblings(t *testing.T) {
	for _, test := range []struct {
		name string
		odds []float32
		want string
	}{
		{"most are kept", []float32{2, 2, 2, 2, 1, 1, 1, -0.5, -0.9, 0.2, -0.4}, "xxxxxxxxxxx"},
		{"one is hopeless", []float32{2, 2, 2, 2, 1, 1, 1, -0.5, -3, 0.2}, "xxxxxxxx.x"},
		{"few are kept", []float32{2, 2, -0.5, -0.5, -0.5, -0.5, -0.5, -0.5}, "xx......"},
		{"little is kept", []float32{2, -0.5}, "x."},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, keep := oddsDocument(t, test.odds)
			if d.joinSiblings(keep); kept(keep) != test.want {
				t.Errorf("got %s, want %s", kept(keep), test.want)
			}
		})
	}
}

func TestDropTail(t *testing.T) {
	gap := []float32{-5, -5, -5, -5, -5, -5, -5, -5, -5, -5, -5, -5, -5}
	row := func(parts ...[]float32) (out []float32) {
		for _, p := range parts {
			out = append(out, p...)
		}
		return out
	}
	for _, test := range []struct {
		name string
		odds []float32
		want string
	}{
		{"comments", row([]float32{4, 4, 4, 3}, gap, []float32{0.5, 0.4}), "xxxx...............  "},
		{"another part", row([]float32{4, 4, 4, 3}, gap, []float32{0.5, 2.4}), "xxxx.............xx"},
		{"unsure of all", row([]float32{1, 1, 1, 1}, gap, []float32{0.5, 0.4}), "xxxx.............xx"},
		{"longer than the article", row([]float32{4, 4, 4, 3}, gap, []float32{0.5, 0.4, 0.3, 0.5, 0.6, 0.4}), "xxxx.............xxxxxx"},
		{"close below", row([]float32{4, 4, 4, 3}, gap[:9], []float32{0.5, 0.4}), "xxxx.........xx"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, keep := oddsDocument(t, test.odds)
			if d.dropTail(keep); kept(keep) != strings.TrimSpace(test.want) {
				t.Errorf("got  %s\nwant %s", kept(keep), test.want)
			}
			for i, rule := range d.dropped {
				if rule != "below-the-article" || keep[i] {
					t.Errorf("block %d: %q", i, rule)
				}
			}
		})
	}
}

// What the embedded model reads of a page does not depend on a page before.
func TestScoreAgain(t *testing.T) {
	a, _ := oddsDocument(t, make([]float32, 5))
	first := append([]float32(nil), builtIn().Score(a.Page, block.Said{})...)
	b, _ := oddsDocument(t, make([]float32, 50))
	builtIn().Score(b.Page, block.Said{})
	for i, v := range builtIn().Score(a.Page, block.Said{}) {
		if v != first[i] {
			t.Fatalf("block %d: %v, then %v", i, first[i], v)
		}
	}
}
