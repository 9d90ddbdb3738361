package career

import (
	"strings"
	"unicode"
)

// A run is a half-open range of tokens.
type run struct{ from, to int }

func (r run) empty() bool { return r.from >= r.to }

// An entry is a label of the text with the value behind it.
type entry struct {
	row   labelRow
	start int // first token of the label
	value run
	org   run // the organization inside the label
	cell  bool
}

// A grammar knows the labels.
type grammar struct {
	byFirst map[string][]labelRow // by first word
}

// builtin is read only.
var builtin = newGrammar(nil)

func newGrammar(own []Label) grammar {
	g := grammar{map[string][]labelRow{}}
	add := func(r labelRow) {
		first, _, _ := strings.Cut(r.words, " ")
		g.byFirst[first] = append(g.byFirst[first], r)
	}
	for _, l := range own {
		if l.Known() {
			words := strings.Join(strings.Fields(strings.ToLower(l.Label)), " ")
			add(labelRow{words, fieldNames[strings.ToLower(l.Field)], mayOrg, ""})
		}
	}
	for _, r := range labelRows {
		add(r)
	}
	return g
}

// longestLabel bounds a label with its organization, in tokens.
const longestLabel = 14

// labelEnding returns the label that ends right before token end.
func (g grammar) labelEnding(toks []token, end int) (entry, bool) {
	var best entry
	found := false
	for s := end - 1; s >= 0 && end-s <= longestLabel; s-- {
		if s+1 < end && toks[s+1].gap >= line {
			break
		}
		for _, row := range g.byFirst[toks[s].low] {
			e, ok := matchLabel(toks, s, end, row)
			if ok && (!found || e.org.from >= best.org.from) {
				best, found = e, true
			}
		}
	}
	return best, found
}

// matchLabel reports whether tokens s to end are the row's words and, where
// the row has one, an organization.
func matchLabel(toks []token, s, end int, row labelRow) (entry, bool) {
	k := s
	for w := range strings.FieldsSeq(row.words) {
		if k >= end || toks[k].low != w {
			return entry{}, false
		}
		k++
	}
	e := entry{row: row, start: s, org: run{k, end}}
	switch {
	case row.org == startOrg && s > 0 && toks[s].gap < line && !toks[s-1].is("•", "-", "–", "*", "(", ";"):
		return e, false
	case k == end:
		return e, row.org <= mayOrg
	case row.org == noOrg:
		return e, false
	}
	if toks[k].is("the") {
		k++
		e.org.from = k
	}
	e.org.to = orgEnd(toks, k, end)
	return e, k < e.org.to && orgAt(toks[:e.org.to], k) >= e.org.to-b2i(toks[e.org.to-1].is("!")) && hasCapital(toks[k:e.org.to])
}

// orgEnd returns the end of the organization in a label that ends at end: a
// short form in brackets is no part of it, the mark of Yahoo! is.
func orgEnd(toks []token, k, end int) int {
	if !toks[end-1].is(")") {
		return end
	}
	for i := end - 2; i > k; i-- {
		if toks[i].is("(") {
			return i
		}
	}
	return end
}

func hasCapital(toks []token) bool {
	for _, t := range toks {
		if t.upper() {
			return true
		}
	}
	return false
}

// entries finds the labels of the text in order, with their values.
func (g grammar) entries(toks []token) []entry {
	var all []entry
	for c := range toks {
		colon, dash := separator(toks, c)
		if !colon && !dash {
			continue
		}
		if e, ok := g.labelEnding(toks, c); ok {
			e.value = run{c + 1, valueEnd(toks, c+1)}
			if dash && !e.dashed(toks) {
				continue
			}
			if n := len(all); n > 0 && all[n-1].value.to > e.start {
				all[n-1].value.to = e.start
			}
			all = append(all, e)
		}
	}
	return all
}

// valueEnd returns where the value that begins at i ends: at the end of its
// line, or, where the label stands alone, of the next one.
func valueEnd(toks []token, i int) int {
	k := i
	for k < len(toks) && k-i < maxValue && (k == i && toks[k].gap == line || toks[k].gap < line) && !toks[k].is(";", "|") {
		k++
	}
	return k
}

// maxValue bounds a value, in tokens.
const maxValue = 60

// unglue splits tokens that markup has glued to the label behind them:
// "RouxLeft Meta:".
func (g grammar) unglue(toks []token) []token {
	var out []token
	done := 0
	for c := range toks {
		if !toks[c].is(":") {
			continue
		}
		for s := c - 1; s >= max(done, c-longestLabel); s-- {
			cut := g.glueIn(toks, s, c)
			if cut == 0 {
				continue
			}
			out = append(out, toks[done:s]...)
			a, b := splitToken(toks[s], cut)
			out = append(out, a, b)
			done = s + 1
			break
		}
	}
	if done == 0 {
		return toks
	}
	return append(out, toks[done:]...)
}

// glueIn returns where in token s a label begins that runs on to token end.
func (g grammar) glueIn(toks []token, s, end int) int {
	t := toks[s]
	if t.kind != word {
		return 0
	}
	var prev rune
	for i, r := range t.text {
		if i > 0 && unicode.IsUpper(r) && unicode.IsLower(prev) {
			_, tail := splitToken(t, i)
			rest := append([]token{tail}, toks[s+1:end]...)
			if e, ok := g.labelEnding(rest, len(rest)); ok && e.start == 0 {
				return i
			}
		}
		prev = r
	}
	return 0
}

func splitToken(t token, i int) (a, b token) {
	a, b = t, t
	a.End, b.Start = t.Start+i, t.Start+i
	a.text, b.text = t.text[:i], t.text[i:]
	a.low, b.low = strings.ToLower(a.text), strings.ToLower(b.text)
	b.gap = glued
	return a, b
}
