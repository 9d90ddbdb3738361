package train

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"strings"

	"tenure/extract"
	"tenure/extract/content"
	"tenure/extract/content/internal/block"
)

// A Report is what was measured on one set of pages or several.
type Report struct {
	Sets     map[string]Measure // by set: "news", "articles"
	Worst    []Page             // the pages with the lowest body F1, worst first
	Manifest Manifest           // of the model, if one was made
}

// A Measure is how well one set was read. Title, Date and Author are shares of
// the pages whose truth has the field and on which it was exactly right;
// Invented is the share of those without a date that were given one.
type Measure struct {
	Pages                         int
	BodyF1                        float64
	Title, Date, Author, Invented float64
}

// A Page is one page's score.
type Page struct {
	ID string
	Score
}

// mostWorst bounds Report.Worst.
const mostWorst = 40

// CrossValidate measures the whole reader on pages of publishers its model has
// not seen.
func CrossValidate(newsDir, articlesDir string, seed int64) (Report, error) {
	samples, err := LoadBoth(newsDir, articlesDir)
	if err != nil {
		return Report{}, fmt.Errorf("cross-validate content: %w", err)
	}
	models := fitFolds(samples, uint64(seed))
	return evaluate(samples, func(s *Sample) *block.Model { return models[s.Fold()] }), nil
}

// Evaluate measures the reader as it is, with its built-in model.
func Evaluate(samples []*Sample) Report {
	return evaluate(samples, func(*Sample) *block.Model { return nil })
}

func evaluate(samples []*Sample, model func(*Sample) *block.Model) Report {
	out := make([]result, len(samples))
	each(len(samples), func(i int) { out[i] = samples[i].read(model(samples[i])) })
	r := Report{Sets: make(map[string]Measure)}
	sets := make(map[string][]result)
	for i, s := range samples {
		sets[s.Set] = append(sets[s.Set], out[i])
		r.Worst = append(r.Worst, Page{s.ID, out[i].body})
	}
	for set, rs := range sets {
		r.Sets[set] = sum(rs)
	}
	sort.SliceStable(r.Worst, func(i, j int) bool { return r.Worst[i].F1() < r.Worst[j].F1() })
	r.Worst = r.Worst[:min(len(r.Worst), mostWorst)]
	return r
}

// A result is one page's score, field by field.
type result struct {
	body                         Score
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

// read reads the sample's page and compares. A page of several articles counts
// as one text.
func (s *Sample) read(m *block.Model) result {
	r := content.Reader{Model: m, Whole: true}
	rd, err := r.Read(context.Background(), s.Page())
	if err != nil || len(rd.Articles) == 0 {
		rd.Articles = []*extract.Article{{}}
	}
	var text strings.Builder
	for _, a := range rd.Articles {
		text.WriteString(a.Text)
		text.WriteByte('\n')
	}
	a := rd.Articles[0]
	out := result{body: bodyScore(s.words, tokens(text.String()))}
	if t := lowered(s.Truth.Title); len(t) > 0 {
		out.title = judge(equal(t, lowered(a.Title)))
	}
	day := a.Published.String()
	if d := s.Truth.Date; d != "" {
		out.date = judge(day != "" && len(d) >= 10 && strings.HasPrefix(day, d[:10]))
	} else {
		out.without = judge(day == "")
	}
	if n := nameSet(s.authors()); len(n) > 0 {
		out.author = judge(equal(n, nameSet(a.Authors)))
	}
	return out
}

// authors reads the truth's authors, a name or a list of names.
func (s *Sample) authors() []string {
	var list []string
	if json.Unmarshal(s.Truth.Authors, &list) == nil {
		return list
	}
	var one string
	if json.Unmarshal(s.Truth.Authors, &one) == nil {
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
	seen := make(map[string]bool)
	var out []string
	for _, t := range lowered(strings.Join(names, " ")) {
		if !joiners[t] && !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	sort.Strings(out)
	return out
}

func equal(a, b []string) bool { return strings.Join(a, "\x00") == strings.Join(b, "\x00") }

func sum(rs []result) Measure {
	m := Measure{Pages: len(rs)}
	var bodies []Score
	for _, r := range rs {
		bodies = append(bodies, r.body)
	}
	m.BodyF1 = macro(bodies)
	m.Title = rate(rs, func(r result) verdict { return r.title })
	m.Date = rate(rs, func(r result) verdict { return r.date })
	m.Author = rate(rs, func(r result) verdict { return r.author })
	if w := rate(rs, func(r result) verdict { return r.without }); w >= 0 {
		m.Invented = 1 - w
	}
	return m
}

// rate returns the share of right verdicts among those asked; -1 if none was.
func rate(rs []result, of func(result) verdict) float64 {
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

// WriteTo prints the report as a table.
func (r Report) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%-10s %6s %8s %7s %7s %7s %9s\n", "set", "pages", "body F1", "title", "date", "author", "invented")
	var names []string
	for n := range r.Sets {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		m := r.Sets[n]
		fmt.Fprintf(&b, "%-10s %6d %8.4f %7.4f %7.4f %7.4f %9.4f\n", n, m.Pages, m.BodyF1, m.Title, m.Date, m.Author, m.Invented)
	}
	for _, p := range r.Worst {
		fmt.Fprintf(&b, "worst %-34s F1 %.3f tp %.2f fp %.2f fn %.2f\n", p.ID, p.F1(), p.TP, p.FP, p.FN)
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}
