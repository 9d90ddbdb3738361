package main

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// A row is how well one system read both sets.
type row struct {
	system string
	sets   []measures // in the order of the sets
}

// measures are shares. Title, date and author are exact and among the pages
// whose truth has the field; invented is the share of those without a date that
// were given one. NaN if no page was asked.
type measures struct {
	f1, title, date, author, invented float64
}

// score lets a system read all pages.
func score(s system, sets []set) row {
	r := row{system: s.name}
	for _, t := range sets {
		var b bodies
		var title, date, author, invented share
		for i := range t.pages {
			p := &t.pages[i]
			a := s.read(p)
			b.add(tokens(p.Body), tokens(a.body))
			if want := lowered(p.Title); len(want) > 0 {
				title.add(slices.Equal(want, lowered(a.title)))
			}
			if p.Date != "" {
				date.add(day(p.Date) == a.date)
			} else {
				invented.add(a.date != "")
			}
			if want := nameSet(p.authors); len(want) > 0 {
				author.add(slices.Equal(want, nameSet(a.authors)))
			}
		}
		r.sets = append(r.sets, measures{b.f1(), title.of(), date.of(), author.of(), invented.of()})
	}
	return r
}

// A share counts answers.
type share struct{ yes, all float64 }

func (s *share) add(ok bool) {
	s.all++
	if ok {
		s.yes++
	}
}

func (s share) of() float64 { return s.yes / s.all }

// bodies compares texts as the article extraction benchmark does: runs of four
// words, the mean of the pages' precision and that of their recall, and the
// harmonic mean of both.
type bodies struct{ precision, recall, answered, asked float64 }

func (b *bodies) add(want, got []string) {
	w, g := shingles(want), shingles(got)
	hit, miss, extra := 0, 0, 0
	for k, n := range w {
		hit += min(n, g[k])
		miss += max(0, n-g[k])
	}
	for k, n := range g {
		extra += max(0, n-w[k])
	}
	if hit+extra > 0 {
		b.precision += float64(hit) / float64(hit+extra)
		b.answered++
	}
	if hit+miss > 0 {
		b.recall += float64(hit) / float64(hit+miss)
		b.asked++
	}
}

func (b *bodies) f1() float64 {
	p, r := b.precision/math.Max(1, b.answered), b.recall/math.Max(1, b.asked)
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

const gram = 4

func shingles(words []string) map[string]int {
	m := make(map[string]int)
	for i := range max(1, len(words)-gram+1) {
		if j := min(i+gram, len(words)); j > i {
			m[strings.Join(words[i:j], "\x00")]++
		}
	}
	return m
}

// tokens are the words of a text. Characters that nobody sees part none.
func tokens(s string) []string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\u200b', '\u200c', '\u200d', '\ufeff':
			return -1
		}
		return r
	}, s)
	return strings.FieldsFunc(s, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

func lowered(s string) []string { return tokens(strings.ToLower(s)) }

// joiners stand between names.
const joiners = " by and von und par et por y di e af og av och door en "

// nameSet returns the distinct words of names, sorted.
func nameSet(list []string) []string {
	var out []string
	for _, w := range lowered(strings.Join(list, " ")) {
		if !strings.Contains(joiners, " "+w+" ") {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
