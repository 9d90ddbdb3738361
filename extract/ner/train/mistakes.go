package train

import (
	"cmp"
	"slices"

	"tenure/extract"
)

// A Mistake is a name that was got wrong, and how often.
type Mistake struct {
	Type  string       // missed, invented, "boundary" or "kind"
	Kind  extract.Kind // known kind; found kind where nothing is known
	Name  string       // known name; found name where nothing is known
	Count int
}

// Mistakes counts what recognize gets wrong: "missed" where nothing was
// found, "invented" where nothing is known, "kind" for the right words of
// another kind, "boundary" for other words. The most frequent come first.
func Mistakes(docs []Document, recognize func(string) []extract.Mention) []Mistake {
	counts := map[Mistake]int{}
	for i := range docs {
		d := &docs[i]
		found := recognize(d.Text)
		for _, m := range d.Mentions {
			if t := compare(m, found); t != "" {
				counts[Mistake{Type: t, Kind: m.Kind, Name: m.In(d.Text)}]++
			}
		}
		for _, m := range found {
			if !overlaps(m, d.Mentions) {
				counts[Mistake{Type: "invented", Kind: m.Kind, Name: m.In(d.Text)}]++
			}
		}
	}
	return ordered(counts)
}

// ordered lists mistakes with their counts, the most frequent first.
func ordered(counts map[Mistake]int) []Mistake {
	var out []Mistake
	for m, n := range counts {
		m.Count = n
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b Mistake) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Type, b.Type), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// Sum adds up the counts of equal mistakes.
func Sum(mistakes []Mistake) []Mistake {
	counts := map[Mistake]int{}
	for _, m := range mistakes {
		n := m.Count
		m.Count = 0
		counts[m] += n
	}
	return ordered(counts)
}

// ByType sums mistakes over the names.
func ByType(mistakes []Mistake) []Mistake {
	counts := map[Mistake]int{}
	for _, m := range mistakes {
		counts[Mistake{Type: m.Type, Kind: m.Kind}] += m.Count
	}
	return ordered(counts)
}

// compare tells what is wrong with what was found where a name is known.
func compare(known extract.Mention, found []extract.Mention) string {
	kind := "missed"
	for _, f := range found {
		switch {
		case f.Span == known.Span && f.Kind == known.Kind:
			return ""
		case f.Span == known.Span:
			kind = "kind"
		case f.Overlaps(known.Span) && kind == "missed":
			kind = "boundary"
		}
	}
	return kind
}

func overlaps(m extract.Mention, known []extract.Mention) bool {
	return slices.ContainsFunc(known, func(k extract.Mention) bool { return k.Overlaps(m.Span) })
}
