package career

import (
	"strings"

	"tenure/extract"
)

// inTheRole reads "has been in the role for three years", "was in the job since
// 2019" at node k: the place is the one where the person is told to be.
func (s *sentence) inTheRole(c *clause, k int) bool {
	if k+2 >= len(s.nodes) || !s.nodes[k].is("in") || !s.nodes[k+1].is("the", "this", "that", "his", "her") || !s.nodes[k+2].is("role", "job", "post", "position") {
		return false
	}
	c.args = s.argsOf(c, k+3)
	if len(c.subj.people) != 1 || c.subj.unsure || c.args.length == nil {
		return false
	}
	pl, _ := s.home(c.subj.people[0], true)
	if pl.isZero() {
		name, _, _ := s.resolve(c.subj.people[0])
		if org, ok := s.recent.leaving[name]; ok && s.index-s.recent.leftAt <= 2 {
			pl = place{told: org, sure: true}
		}
	}
	if pl.isZero() {
		return false
	}
	s.lasted(c, c.subj.people, pl)
	return true
}

// agedAt reads "the 48-year-old" where it stands for a person: a verb follows.
func agedAt(toks []token, i int) bool {
	return i+2 < len(toks) && toks[i].is("the") && strings.HasSuffix(toks[i+1].low, "-year-old") && actsNext(toks[i+2])
}

// actsNext reports whether a word is one that a subject can stand before.
func actsNext(t token) bool {
	if v := verbForms[t.low]; v != nil && !t.upper() {
		return !v.ing
	}
	return t.is("will", "has", "had", "also", "previously", "most", "would", "said")
}

// andAgain reads "and four at O" at node k, behind a time spent elsewhere:
// the number counts years, too.
func (s *sentence) andAgain(c *clause, k int) {
	for k+3 < len(s.nodes) {
		if s.nodes[k].is(",") {
			k++
		}
		if s.nodes[k].is("and", "then") {
			k++
		}
		if s.nodes[k].is("another") {
			k++
		}
		if k+2 >= len(s.nodes) || !s.nodes[k+1].is("at", "with") {
			return
		}
		l := s.nodes[k]
		if n, ok := numberWords[l.low]; ok && l.kind == plainNode {
			l.kind, l.times = lengthNode, &times{length: length{12 * n, extract.Exact}}
		} else if l.kind != lengthNode {
			return
		}
		pl, end := s.placeAt(k+2, false)
		if !pl.sure || pl.none {
			return
		}
		c.args.length = &l
		s.lasted(c, c.subj.people, pl)
		k = end
	}
}

// officeNoun reports whether a word stands for what the holder of an office
// holds: "assumed the presidency of O".
func officeNoun(t token) bool {
	return t.is("presidency", "chairmanship", "directorship", "deanship", "editorship", "stewardship", "rectorship")
}
