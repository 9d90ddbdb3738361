package train

import (
	"context"
	"fmt"
	"io"
	"sort"
	"strings"

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
	out := make([]Result, len(samples))
	each(len(samples), func(i int) { out[i] = samples[i].read(model(samples[i])) })
	r := Report{Sets: make(map[string]Measure)}
	sets := make(map[string][]Result)
	for i, s := range samples {
		sets[s.Set] = append(sets[s.Set], out[i])
		r.Worst = append(r.Worst, Page{s.ID, out[i].Body})
	}
	for set, rs := range sets {
		r.Sets[set] = Sum(rs)
	}
	sort.SliceStable(r.Worst, func(i, j int) bool { return r.Worst[i].F1() < r.Worst[j].F1() })
	r.Worst = r.Worst[:min(len(r.Worst), mostWorst)]
	return r
}

// read reads the sample's page and compares. A page of several articles counts
// as one text.
func (s *Sample) read(m *block.Model) Result {
	r := content.Reader{Model: m, Whole: true}
	rd, err := r.Read(context.Background(), s.Page())
	if err != nil {
		return s.Truth.Compare(Answer{})
	}
	return s.Truth.Compare(AnswerOf(rd))
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
