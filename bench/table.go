package main

import (
	"fmt"
	"io"
	"strings"

	"tenure/extract/content/train"
)

// A table is everything that was measured.
type table struct {
	costs []cost // the baseline's first
	rows  []row
	worst []worstPage // ours
	notes []string
}

// unseen puts what our reader reaches on publishers its model has not seen in
// place of what it reaches on those it has.
func (t *table) unseen(r train.Report) {
	for i, set := range []string{"news", "articles"} {
		t.rows[0].sets[i] = r.Sets[set]
	}
	t.worst = nil
	for _, p := range r.Worst[:min(len(r.Worst), mostWorst)] {
		t.worst = append(t.worst, worstPage{p.ID, p.F1()})
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
			fmt.Fprintf(&b, "|%7s %6s %6s %6s ", number(m.BodyF1), number(m.Title), number(m.Date), number(m.Author))
			if k == 1 {
				fmt.Fprintf(&b, "%8s ", number(m.Invented))
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
	t.printWorst(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// printWorst writes the pages we read worst, with what the others find of them.
func (t *table) printWorst(b *strings.Builder) {
	fmt.Fprintf(b, "\n%-44s", "worst pages, F1 of the text")
	for _, r := range t.rows {
		fmt.Fprintf(b, " %24s", r.system)
	}
	b.WriteByte('\n')
	for _, p := range t.worst {
		fmt.Fprintf(b, "%-44s %24s", p.id, number(p.f1))
		for _, r := range t.rows[1:] {
			fmt.Fprintf(b, " %24s", number(r.f1[p.id]))
		}
		b.WriteByte('\n')
	}
}

func number(v float64) string {
	if v < 0 {
		return "–"
	}
	return strings.TrimPrefix(fmt.Sprintf("%.4f", v), "0")
}
