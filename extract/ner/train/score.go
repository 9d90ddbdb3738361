package train

import (
	"fmt"
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

// Evaluate compares what recognize finds with what is known. An error is
// reported to miss, if that is not nil: a wrong name with its kind and "" or
// a missed name with "" and its kind.
func Evaluate(docs []Document, recognize func(string) []extract.Mention, miss func(d *Document, m extract.Mention, found bool)) Score {
	s := Score{}
	for i := range docs {
		d := &docs[i]
		known := map[extract.Mention]bool{}
		for _, m := range d.Mentions {
			known[bare(m)] = true
			c := s[m.Kind]
			c.Known++
			s[m.Kind] = c
		}
		for _, m := range recognize(d.Text) {
			m = bare(m)
			c := s[m.Kind]
			c.Found++
			if known[m] {
				c.Right++
				delete(known, m)
			} else if miss != nil {
				miss(d, m, true)
			}
			s[m.Kind] = c
		}
		if miss != nil {
			for _, m := range d.Mentions {
				if known[bare(m)] {
					miss(d, m, false)
				}
			}
		}
	}
	return s
}

// bare returns the span and kind of m alone.
func bare(m extract.Mention) extract.Mention { return extract.Mention{Span: m.Span, Kind: m.Kind} }
