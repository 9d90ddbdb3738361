package train

import (
	"math"
	"strings"
)

// A Score is how well a page's text was found: shares of true positives,
// false positives and misses among its four-word shingles.
type Score struct{ TP, FP, FN float64 }

// bodyScore compares two texts as the article extraction benchmark does.
func bodyScore(truth, got []string) Score {
	t, g := shingles(truth), shingles(got)
	var s Score
	for k, v := range t {
		s.TP += float64(min(v, g[k]))
		s.FN += float64(max(0, v-g[k]))
	}
	for k, v := range g {
		s.FP += float64(max(0, v-t[k]))
	}
	if sum := s.TP + s.FP + s.FN; sum > 0 {
		s.TP, s.FP, s.FN = s.TP/sum, s.FP/sum, s.FN/sum
	}
	return s
}

func shingles(t []string) map[string]int {
	m := make(map[string]int)
	for i := range max(1, len(t)-gram+1) {
		if j := min(i+gram, len(t)); j > i {
			m[strings.Join(t[i:j], "\x00")]++
		}
	}
	return m
}

// F1 returns the page's own F1.
func (s Score) F1() float64 { return 2 * s.TP / math.Max(1e-12, 2*s.TP+s.FP+s.FN) }

// macro returns the F1 of mean precision and mean recall, as the benchmark
// has it.
func macro(scores []Score) float64 {
	p, pn, r, rn := 0.0, 0.0, 0.0, 0.0
	for _, s := range scores {
		if s.TP+s.FP > 0 {
			p += s.TP / (s.TP + s.FP)
			pn++
		}
		if s.TP+s.FN > 0 {
			r += s.TP / (s.TP + s.FN)
			rn++
		}
	}
	p, r = p/math.Max(1, pn), r/math.Max(1, rn)
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}
