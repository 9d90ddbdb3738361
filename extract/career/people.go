package career

import (
	"strings"

	"tenure/extract"
	"tenure/extract/gazetteer"
)

// people are the persons an article names, by their words, so that a surname
// leads to the fullest form.
type people struct {
	byWord map[string][]run // lower-case word → names of two words or more that hold it
}

// findPeople indexes the persons' names.
func (d *document) findPeople() {
	d.people = people{map[string][]run{}}
	seen := map[string]bool{}
	for i := range d.toks {
		n := d.nameAt(i)
		if n == nil || n.kind != personNode || n.to-n.from < 2 || seen[d.words(n.run)] {
			continue
		}
		seen[d.words(n.run)] = true
		for k := n.from; k < n.to; k++ {
			t := d.toks[k]
			if t.kind == word && !t.initial() && !isParticle(t) && !isSuffix(t) {
				d.people.byWord[t.low] = append(d.people.byWord[t.low], n.run)
			}
		}
	}
}

// full returns the fullest form of a name in the document: the name itself,
// or the one longer name that holds its words, or, of several, the nearest
// before it.
func (d *document) full(r run) run {
	for r.to-r.from > 1 && isHonorific(d.toks[r.from]) {
		r.from++
	}
	candidates := d.people.byWord[d.surnameOf(r)]
	best := r
	for _, c := range candidates {
		if c.to-c.from <= r.to-r.from || !d.holds(c, r) {
			continue
		}
		switch {
		case best == r, c.to-c.from > best.to-best.from && d.holds(c, best):
			best = c
		case d.sameWords(c, best), d.holds(best, c):
		case c.from < r.from:
			best = c // several bear the name: the nearest before
		}
	}
	return best
}

func (d *document) surnameOf(r run) string {
	k := r.to - 1
	for k > r.from && (isSuffix(d.toks[k]) || d.toks[k].kind == mark) {
		k--
	}
	return d.toks[k].low
}

// holds reports whether name c holds the words of name r, initials standing
// for words.
func (d *document) holds(c, r run) bool {
	for k := r.from; k < r.to; k++ {
		t := d.toks[k]
		if t.kind == mark {
			continue
		}
		found := false
		for j := c.from; j < c.to && !found; j++ {
			found = d.toks[j].low == t.low || t.initial() && strings.HasPrefix(d.toks[j].text, t.text[:1])
		}
		if !found {
			return false
		}
	}
	return true
}

func (d *document) sameWords(a, b run) bool { return d.words(a) == d.words(b) }

// mayBePerson reports whether a name of unknown kind can be a person's.
func (d *document) mayBePerson(r run) bool {
	toks := d.toks[r.from:r.to]
	if len(d.people.byWord[d.surnameOf(r)]) > 0 {
		return true
	}
	if holdsOrgWord(toks) || toks[0].camel() {
		return false
	}
	if len(toks) == 1 {
		return (d.given(toks[0]) || d.onlySurname(toks[0])) && !toks[0].shout()
	}
	return likePerson(d.toks, r.from, r.to) && len(toks) <= 5 && (!d.recognized || d.given(toks[0]) || toks[0].initial())
}

// onlySurname reports whether the gazetteer knows a word as a surname and as
// nothing else.
func (d *document) onlySurname(t token) bool {
	class := d.class(t)
	return class != 0 && class&^(gazetteer.Surname|gazetteer.RareSurname|gazetteer.GivenName|gazetteer.RareGivenName) == 0
}

// resolve returns the name of a person and where it stands; ok is false
// where a pronoun stands for somebody whom the text does not name.
func (s *sentence) resolve(w who) (name string, span extract.Span, ok bool) {
	r := w.name
	if w.pronoun != "" {
		if r = s.meant(w); r.empty() {
			return s.byline(w)
		}
	}
	r = s.full(r)
	return s.words(r), s.span(r), true
}

// byline returns the article's only author for an "I" that nobody is quoted
// with. The name is not of the text and has no span.
func (s *sentence) byline(w who) (name string, span extract.Span, ok bool) {
	if w.pronoun != "i" || len(s.authors) != 1 || s.says(`"`) || s.says("“") || s.says("”") {
		return "", extract.Span{}, false
	}
	return s.authors[0], extract.Span{}, true
}

// meant returns the name that a pronoun stands for.
func (s *sentence) meant(w who) run {
	if w.pronoun == "i" || w.pronoun == "my" {
		return s.speaker(w)
	}
	if r := s.whoSays(w); !r.empty() {
		return r
	}
	for j := range s.nodes { // the first person of the sentence before the pronoun
		n := s.nodes[j]
		if n.from >= w.at.from {
			break
		}
		if n.kind == personNode && !s.owned(j) && !(j > 0 && s.nodes[j-1].is("by")) {
			return n.run // but "Appointed by Ada Quist, he …"
		}
	}
	if !s.recent.person.empty() && s.index-s.recent.personAt <= 3 {
		return s.recent.person
	}
	return run{}
}

// whoSays returns whom a "who" stands for that says something of the pronoun w:
// "replaces Ada Quist, who said in May that she would retire".
func (s *sentence) whoSays(w who) run {
	said := false
	for j := len(s.nodes) - 1; j > 0; j-- {
		n := s.nodes[j]
		if n.from >= w.at.from {
			continue
		}
		switch {
		case n.is(",", ";", "but"):
			return run{}
		case n.kind == plainNode && saysVerb(n.low):
			said = true
		case n.is("who") && said:
			if sub := s.antecedent(j); len(sub.people) == 1 && !sub.unsure {
				return sub.people[0].name
			}
			return run{}
		}
	}
	return run{}
}

// owned reports whether the name at j only owns something: "Quist's firm".
func (s *sentence) owned(j int) bool {
	return j+1 < len(s.nodes) && s.nodes[j+1].is("'s", "’s")
}

// speaker returns who says the words around an "I": the name beside a verb
// of saying, or the article's only author.
func (s *sentence) speaker(w who) run {
	for j := range s.nodes {
		if s.nodes[j].kind != plainNode || !saysVerb(s.nodes[j].low) {
			continue
		}
		if j > 0 && s.nodes[j-1].kind == personNode {
			return s.nodes[j-1].run
		}
		if j+1 < len(s.nodes) && s.nodes[j+1].kind == personNode {
			return s.nodes[j+1].run
		}
	}
	return s.quoted(w.at.from)
}
