package train

import (
	"encoding/json"
	"slices"
	"strings"

	"tenure/extract"
)

// An Answer is what a reader makes of a page.
type Answer struct {
	Body, Title string
	Date        string // begins with YYYY-MM-DD; empty if it gives none
	Authors     []string
}

// AnswerOf returns a reading as an answer: a page of several articles counts as
// one text.
func AnswerOf(rd extract.Reading) Answer {
	if len(rd.Articles) == 0 {
		return Answer{}
	}
	var text strings.Builder
	for _, a := range rd.Articles {
		text.WriteString(a.Text)
		text.WriteByte('\n')
	}
	a := rd.Articles[0]
	return Answer{text.String(), a.Title, a.Published.String(), a.Authors}
}

// A Result is one page's score, field by field.
type Result struct {
	Body                         Score
	title, date, author, without verdict
}

// A verdict is right, wrong, or not asked.
type verdict int8

const (
	unasked verdict = iota
	right
	wrong
)

func judge(ok bool) verdict {
	if ok {
		return right
	}
	return wrong
}

// Compare scores an answer: title and authors by their words, the date by the
// day.
func (t *Truth) Compare(a Answer) Result {
	out := Result{Body: bodyScore(tokens(t.Body), tokens(a.Body))}
	if want := lowered(t.Title); len(want) > 0 {
		out.title = judge(slices.Equal(want, lowered(a.Title)))
	}
	if d := t.Date; d != "" {
		out.date = judge(len(d) >= 10 && strings.HasPrefix(a.Date, d[:10]))
	} else {
		out.without = judge(a.Date == "")
	}
	if n := nameSet(t.names()); len(n) > 0 {
		out.author = judge(slices.Equal(n, nameSet(a.Authors)))
	}
	return out
}

// names reads the authors, a name or a list of names; what is neither is none.
func (t *Truth) names() []string {
	var list []string
	if json.Unmarshal(t.Authors, &list) == nil {
		return list
	}
	var one string
	if json.Unmarshal(t.Authors, &one) == nil {
		return []string{one}
	}
	return nil
}

func lowered(s string) []string { return tokens(strings.ToLower(s)) }

// joiners are words between names that are none.
var joiners = map[string]bool{"by": true, "and": true, "von": true, "und": true, "par": true, "et": true, "por": true, "y": true,
	"di": true, "e": true, "af": true, "og": true, "av": true, "och": true, "door": true, "en": true}

// nameSet returns the distinct words of names, sorted.
func nameSet(names []string) []string {
	out := slices.DeleteFunc(lowered(strings.Join(names, " ")), func(w string) bool { return joiners[w] })
	slices.Sort(out)
	return slices.Compact(out)
}

// Sum returns how well a set was read.
func Sum(rs []Result) Measure {
	m := Measure{Pages: len(rs)}
	var bodies []Score
	for _, r := range rs {
		bodies = append(bodies, r.Body)
	}
	m.BodyF1 = macro(bodies)
	m.Title = rate(rs, func(r Result) verdict { return r.title })
	m.Date = rate(rs, func(r Result) verdict { return r.date })
	m.Author = rate(rs, func(r Result) verdict { return r.author })
	if w := rate(rs, func(r Result) verdict { return r.without }); w >= 0 {
		m.Invented = 1 - w
	}
	return m
}

// rate returns the share of right verdicts among those asked; -1 if none was.
func rate(rs []Result, of func(Result) verdict) float64 {
	n, ok := 0, 0
	for _, r := range rs {
		switch of(r) {
		case right:
			ok++
			n++
		case wrong:
			n++
		}
	}
	if n == 0 {
		return -1
	}
	return float64(ok) / float64(n)
}
