package pipeline

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tenure/extract"
)

// A matcher compares names the way a reader types them: case, accents and
// punctuation do not count.
type matcher struct {
	raw, folded string
	more        []string // other names of the same, folded
}

// newMatcher returns a matcher; of an empty name everything is a match.
func newMatcher(name string, more ...string) matcher {
	m := matcher{raw: name, folded: foldName(name)}
	for _, s := range more {
		m.more = append(m.more, foldName(s))
	}
	return m
}

func (m matcher) name(s string) bool {
	if m.raw == "" {
		return true
	}
	f := foldName(s)
	return f != "" && (f == m.folded || slices.Contains(m.more, f))
}

func (m matcher) id(id string) bool { return m.raw != "" && id == m.raw }

// entity reports whether one of the entities of the kind is meant.
func (m matcher) entity(all []extract.Entity, kind extract.Kind) bool {
	return m.raw == "" || slices.ContainsFunc(all, func(e extract.Entity) bool {
		return e.Kind == kind && (m.id(e.ID) || m.name(e.Name) || slices.ContainsFunc(e.Aliases, m.name))
	})
}

// near reports whether s is a name someone may have meant: it shares a whole
// word, or differs in two letters at most.
func (m matcher) near(s string) bool { return m.nearFolded(foldName(s)) }

// nearFolded is near for a name that is folded.
func (m matcher) nearFolded(f string) bool {
	if len(m.folded) < 3 || len(f) < 3 {
		return false
	}
	for w := range strings.FieldsSeq(m.folded) {
		if len(w) > 2 && strings.Contains(f, w) && slices.Contains(strings.Fields(f), w) {
			return true
		}
	}
	return Distance(m.folded, f, 2) <= 2
}

// foldName lower-cases, drops accents and turns everything that is neither
// letter nor digit into single spaces.
func foldName(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return b.String()
}

// Distance is the Levenshtein distance of two names in bytes, or some number
// above most. It is what "did you mean" goes by.
func Distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most || len(a) > 200 {
		return most + 1
	}
	var room [64]int
	row := append(room[:0], make([]int, len(b)+1)...)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		// Of the row only what is at most so far off the diagonal can be of use.
		low, high := max(0, i-most), min(len(b), i+most+1)
		diagonal := row[low]
		if row[low] = most + 1; low == 0 {
			row[0] = i + 1
		}
		least := row[low]
		for j := low; j < high; j++ {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
			least = min(least, cost)
		}
		if least > most {
			return most + 1
		}
	}
	return row[len(b)]
}
