package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"tenure/extract/content/train"
)

// A table is everything that was measured.
type table struct {
	costs []cost // the baseline's first
	rows  []row
	notes []string
}

// unseen puts what our reader reaches on publishers its model has not seen in
// place of what it reaches on those it has.
func (t *table) unseen(r train.Report) {
	for i, set := range []string{"news", "articles"} {
		m := r.Sets[set]
		t.rows[0].sets[i] = measures{m.BodyF1, m.Title, m.Date, m.Author, m.Invented}
	}
	t.notes = append(t.notes, "tenure: cross-validated by publisher")
}

// print writes the table: accuracy first, then costs relative to the baseline.
func (t *table) print(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-24s|%7s %6s %6s %6s |%7s %6s %6s %6s %8s |%7s %9s\n", "", "news F1", "title", "date", "author", "art. F1", "title", "date", "author", "invented", "speed", "KB/page")
	for i, r := range t.rows {
		fmt.Fprintf(&b, "%-24s", r.system)
		for k, m := range r.sets {
			fmt.Fprintf(&b, "|%7s %6s %6s %6s ", number(m.f1), number(m.title), number(m.date), number(m.author))
			if k == 1 {
				fmt.Fprintf(&b, "%8s ", number(m.invented))
			}
		}
		c := t.costs[i+1]
		fmt.Fprintf(&b, "|%7.3f %9.0f\n", t.costs[0].time.Seconds()/c.time.Seconds(), float64(c.bytes)/1024)
	}
	fmt.Fprintf(&b, "%-24s%80s|%7.3f %9.0f\n", baseline, "", 1.0, float64(t.costs[0].bytes)/1024)
	if len(t.notes) == 0 {
		t.notes = append(t.notes, "tenure: with the built-in model, which has seen these pages; -crossvalidate measures on others")
	}
	fmt.Fprintf(&b, "speed: pages/s on one thread, html.Parse alone = 1 · invented: given a date although the page has none\n%s\n", strings.Join(t.notes, "\n"))
	_, err := io.WriteString(w, b.String())
	return err
}

func number(v float64) string {
	if math.IsNaN(v) || v < 0 {
		return "–"
	}
	return strings.TrimPrefix(fmt.Sprintf("%.4f", v), "0")
}
