package career

import (
	"strings"

	"tenure/extract"
)

// inTheRole reads "has been in the role for three years", "was in the job since
// 2019" at node k: the place is the one where the person is told to be.
func (s *sentence) inTheRole(c *clause, k int) bool {
	end := s.jobNoun(k)
	if end == 0 {
		return false
	}
	c.args = s.argsOf(c, end)
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

// jobNoun returns the node behind "in the role", "on the job", "at the helm" at
// node k, 0 if nothing like it stands there.
func (s *sentence) jobNoun(k int) int {
	if k+1 < len(s.nodes) && s.nodes[k].is("in") && s.nodes[k+1].is("charge") {
		return k + 2
	}
	if k+2 >= len(s.nodes) || !s.nodes[k].is("in", "on", "at") || !s.nodes[k+1].is("the", "this", "that", "his", "her") || !jobWord(s.nodes[k+2]) && !s.nodes[k+2].is("helm", "top") {
		return 0
	}
	return k + 3
}

// jobLengths reads "after 17 months in the job", where no verb has told whose
// job it was.
func (s *sentence) jobLengths() {
	for j := 1; j+2 < len(s.nodes); j++ {
		n := s.nodes[j]
		if n.kind != lengthNode || !s.nodes[j-1].is("after", "following", "for") || s.jobNoun(j+1) == 0 || s.toldLength(n) {
			continue
		}
		end := s.jobNoun(j + 1)
		if end < len(s.nodes) && s.nodes[end].is("of", "as", "at") {
			continue
		}
		sub := s.ownerOf(j)
		if j == 1 {
			sub = s.ahead(j)
		}
		if len(sub.people) != 1 || sub.unsure {
			continue
		}
		pl, _ := s.home(sub.people[0], true)
		if g := s.lost(sub.people[0]); g != nil {
			pl = place{told: g.Spans.Org, sure: true}
		}
		if pl.isZero() {
			continue
		}
		f := extract.Fact{Type: extract.Tenure, Months: n.length.months, Bound: n.length.bound}
		f.Spans.Months = s.span(n.run)
		s.tell(f, sub.people[0], pl, "prose/length", nil, nil)
	}
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

// wentToWork reads "went to work for O" at node k behind the verb.
func (s *sentence) wentToWork(c *clause, k int) bool {
	if !c.inf || !s.nodes[c.start].is("went", "goes", "going") || !s.nodes[k].is("at", "for", "with") {
		return false
	}
	pl, end := s.placeAt(k+1, false)
	d := s.clauseOn(c.start, "work")
	d.subj = s.subjectOf(&d)
	if !pl.sure || pl.none || len(d.subj.people) == 0 || d.subj.unsure {
		return false
	}
	d.future = d.future || s.nodes[c.start].is("going")
	c.subj = d.subj
	s.comesTo(&d, pl, end)
	return true
}

// wholeCareer reads "spent his entire career at O" at node k behind the verb:
// there the person was.
func (s *sentence) wholeCareer(c *clause, k int) bool {
	if k+4 >= len(s.nodes) || !s.nodes[k].is("his", "her") || !s.nodes[k+1].is("entire", "whole", "professional", "working") {
		return false
	}
	j := k + 2
	for j < k+5 && s.nodes[j].is("professional", "working", "career", "life") {
		j++
	}
	if j+1 >= len(s.nodes) || !s.nodes[j-1].is("career", "life") || !s.nodes[j].is("at", "with") {
		return false
	}
	pl, end := s.placeAt(j+1, false)
	if !pl.sure || pl.none {
		return false
	}
	s.lastlyAs(c, end, pl)
	s.tellAll(c, c.subj.people, pl, nil, func() extract.Fact { return extract.Fact{Type: extract.RoleAt, Status: s.tense(c, nil)} })
	s.where = pl
	return true
}

// onlyPlace returns the organization that everything the sentence tells of
// others than w is about, if it is one.
func (s *sentence) onlyPlace(w who) place {
	name, _, _ := s.resolve(w)
	var at extract.Span
	for i := range s.facts {
		f := s.facts[i].Fact
		switch {
		case !s.facts[i].Kept || f.Spans.Org.IsZero() || f.Person == name:
		case at.IsZero():
			at = f.Spans.Org
		case at.In(s.text) != f.Spans.Org.In(s.text):
			return place{}
		}
	}
	if at.IsZero() {
		return place{}
	}
	return place{told: at, sure: true}
}

// jobWord reports whether a word stands for somebody's job.
func jobWord(n node) bool { return n.is("role", "job", "post", "position") }
