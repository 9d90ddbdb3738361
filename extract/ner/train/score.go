package train

import (
	"fmt"
	"io"
	"strings"

	"tenure/extract"
)

// A Count compares found with known names: exact spans of the same kind.
type Count struct{ Right, Found, Known int }

// F1 is the harmonic mean of precision and recall, 0 to 1.
func (c Count) F1() float64 {
	return 2 * float64(c.Right) / float64(max(1, c.Found+c.Known))
}

// Precision is the share of the found names that are right.
func (c Count) Precision() float64 { return float64(c.Right) / float64(max(1, c.Found)) }

// Recall is the share of the known names that were found.
func (c Count) Recall() float64 { return float64(c.Right) / float64(max(1, c.Known)) }

func (c Count) plus(o Count) Count {
	return Count{c.Right + o.Right, c.Found + o.Found, c.Known + o.Known}
}

// A Score is the counts by kind.
type Score map[extract.Kind]Count

// Plus returns the counts of two scores together.
func (s Score) Plus(o Score) Score {
	sum := Score{}
	for _, k := range kinds {
		sum[k] = s[k].plus(o[k])
	}
	return sum
}

// Of returns the counts of some kinds together.
func (s Score) Of(kinds ...extract.Kind) (c Count) {
	for _, k := range kinds {
		c = c.plus(s[k])
	}
	return c
}

// String lists F1 by kind, and for people and organizations together, in
// percent.
func (s Score) String() string {
	var b strings.Builder
	for _, k := range kinds {
		fmt.Fprintf(&b, "%s %.1f  ", k, 100*s[k].F1())
	}
	both := s.Of(extract.Person, extract.Organization)
	fmt.Fprintf(&b, "person+organization %.1f (P %.1f R %.1f)", 100*both.F1(), 100*both.Precision(), 100*both.Recall())
	return b.String()
}

// WriteTo writes a table of the kinds: precision, recall, F1 and counts.
func (s Score) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	row := func(name string, c Count) {
		fmt.Fprintf(&b, "  %-20s P %5.1f  R %5.1f  F1 %5.1f  right %6d  found %6d  known %6d\n",
			name, 100*c.Precision(), 100*c.Recall(), 100*c.F1(), c.Right, c.Found, c.Known)
	}
	for _, k := range kinds {
		row(string(k), s[k])
	}
	row("person+organization", s.Of(extract.Person, extract.Organization))
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// Evaluate compares what recognize finds with what is known.
func Evaluate(docs []Document, recognize func(string) []extract.Mention) Score {
	s := Score{}
	for i := range docs {
		d := &docs[i]
		known := map[extract.Mention]bool{}
		for _, m := range d.Mentions {
			known[bare(m)] = true
			s.add(m.Kind, Count{Known: 1})
		}
		for _, m := range recognize(d.Text) {
			c := Count{Found: 1}
			if m = bare(m); known[m] {
				c.Right = 1
				delete(known, m)
			}
			s.add(m.Kind, c)
		}
	}
	return s
}

func (s Score) add(k extract.Kind, c Count) { s[k] = s[k].plus(c) }

// bare returns the span and kind of m alone.
func bare(m extract.Mention) extract.Mention { return extract.Mention{Span: m.Span, Kind: m.Kind} }
