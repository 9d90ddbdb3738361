package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tenure/pipeline"
)

// showArticle prints an article for a person: title, byline, facts with
// their quotes.
func (a *app) showArticle(r pipeline.ArticleRecord, e *explanation) error {
	var b bytes.Buffer
	bold, dim := a.style()
	width := min(a.width(), 100)
	for _, l := range wrap(cmp.Or(r.Title, "(no title)"), width) {
		fmt.Fprintln(&b, bold(l))
	}
	fmt.Fprintln(&b, dim(oneLine(byline(r), 0)))
	if r.URL != "" {
		fmt.Fprintln(&b, dim(printable(r.URL)))
	}
	if len(r.Tags) > 0 {
		fmt.Fprintln(&b, dim(oneLine("tags: "+strings.Join(r.Tags, ", "), width)))
	}
	if len(r.Facts) == 0 {
		fmt.Fprintln(&b, "\nNo career facts found.")
	}
	person := ""
	for _, f := range r.Facts {
		if f.Person != person {
			person = f.Person
			fmt.Fprintf(&b, "\n%s\n", bold(oneLine(cmp.Or(person, "(unnamed)"), width)))
		}
		fmt.Fprintf(&b, "  %s\n", oneLine(sentence(f), width))
		for _, l := range wrap("“"+f.Evidence.Quote+"”", width-4) {
			fmt.Fprintf(&b, "    %s\n", dim(l))
		}
		if e != nil {
			fmt.Fprintf(&b, "    %s\n", dim(fmt.Sprintf("rule %s, score %.2f", f.Rule, f.Score)))
		}
	}
	if e != nil {
		writeExplanation(&b, e, width)
	}
	_, err := a.stdout.Write(b.Bytes())
	return err
}

func writeExplanation(b *bytes.Buffer, e *explanation, width int) {
	fmt.Fprintf(b, "\nCut as boilerplate: %d\n", len(e.Cut))
	for _, c := range e.Cut {
		fmt.Fprintf(b, "  %-28s %s\n", oneLine(c.Rule, 28), oneLine(c.Text, max(20, width-31)))
	}
	rejected := 0
	for _, c := range e.Candidates {
		if !c.Kept {
			rejected++
		}
	}
	fmt.Fprintf(b, "\nConsidered and not kept: %d\n", rejected)
	for _, c := range e.Candidates {
		if !c.Kept {
			fmt.Fprintf(b, "  %-28s %s: %s\n", oneLine(c.Rule, 28), oneLine(c.Why, 40), oneLine(c.Fact.Evidence.Quote, max(20, width-70)))
		}
	}
}

func byline(r pipeline.ArticleRecord) string {
	var parts []string
	for _, p := range []string{strings.Join(r.Authors, ", "), r.Publisher, r.Site, r.Published} {
		if p != "" && (len(parts) == 0 || parts[len(parts)-1] != p) {
			parts = append(parts, p)
		}
	}
	return cmp.Or(strings.Join(parts, " · "), "(no byline, no date)")
}

// sentence says a fact in words.
func sentence(f pipeline.FactRecord) string {
	var b strings.Builder
	org := cmp.Or(f.Org, "(organization not named)")
	role := f.Role
	switch f.Type {
	case "left":
		fmt.Fprintf(&b, "left %s%s", org, optional(", as %s", role))
	case "joined":
		fmt.Fprintf(&b, "joined %s%s", org, optional(" as %s", role))
	case "appointed", "promoted":
		fmt.Fprintf(&b, "%s%s at %s", f.Type, optional(" %s", role), org)
	case "role_at":
		fmt.Fprintf(&b, "%s at %s", strings.TrimSpace(f.Status+" "+cmp.Or(role, "position")), cmp.Or(f.Org, "(no organization)"))
	case "founded":
		fmt.Fprintf(&b, "founded %s", org)
	case "tenure":
		fmt.Fprintf(&b, "%s%s at %s", bound(f.Bound), months(f.Months), org)
	case "replaced_by":
		fmt.Fprintf(&b, "replaced by %s at %s", cmp.Or(f.Successor, "(not named)"), org)
	default:
		fmt.Fprintf(&b, "%s %s", f.Type, org)
	}
	b.WriteString(optional(", %s", dated(f)))
	if f.Planned {
		b.WriteString(", planned")
	}
	if f.Cancelled {
		b.WriteString(", later called off")
	}
	if f.Manner != "" {
		b.WriteString(", " + f.Manner)
	}
	return b.String()
}

func dated(f pipeline.FactRecord) string {
	d := f.Date
	if f.End != "" {
		d += " to " + f.End
	}
	if d != "" && f.DateKind == "announced" {
		d = "announced " + d
	}
	if d != "" && f.Approx {
		d = "about " + d
	}
	return d
}

func bound(b string) string {
	return map[string]string{"min": "more than ", "max": "less than ", "approx": "about "}[b]
}

// months says a number of months as years and months.
func months(n int) string {
	years, rest := n/12, n%12
	switch {
	case years == 0:
		return plural(rest, "month")
	case rest == 0:
		return plural(years, "year")
	}
	return plural(years, "year") + ", " + plural(rest, "month")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func optional(format, s string) string {
	if s == "" {
		return ""
	}
	return fmt.Sprintf(format, s)
}

// showMove prints a move for a person: what changed, then for each article
// that tells it the words, where they are.
func (a *app) showMove(b *bytes.Buffer, m pipeline.MoveRecord) {
	bold, dim := a.style()
	width := min(a.width(), 100)
	lines := wrap(m.Person+"  "+moveWords(m), width)
	fmt.Fprintln(b, bold(lines[0]))
	for _, l := range lines[1:] {
		fmt.Fprintf(b, "  %s\n", bold(l))
	}
	quotes := longest(m.Evidence)
	for i, c := range quotes {
		for _, l := range wrap("“"+c.Quote+"”", width-4) {
			fmt.Fprintf(b, "    %s\n", l)
		}
		if i+1 == len(quotes) || quotes[i+1].Article != c.Article {
			fmt.Fprintf(b, "    %s\n", dim("— "+printable(citation(c))))
		}
	}
	for _, c := range m.Conflicts {
		fmt.Fprintf(b, "    conflict: %s is %s here, %s in article %s\n", c.Field, oneLine(c.Value, 40), oneLine(c.Other, 40), c.Article)
	}
}

// longest drops the quotes that lie inside another one of the same article.
func longest(all []pipeline.CitationRecord) []pipeline.CitationRecord {
	var kept []pipeline.CitationRecord
	for i, c := range all {
		inside := slices.ContainsFunc(all[:i], func(o pipeline.CitationRecord) bool {
			return o.Article == c.Article && o.Start <= c.Start && c.End <= o.End
		}) || slices.ContainsFunc(all[i+1:], func(o pipeline.CitationRecord) bool {
			return o.Article == c.Article && o.Start <= c.Start && c.End <= o.End && o.End-o.Start > c.End-c.Start
		})
		if !inside {
			kept = append(kept, c)
		}
	}
	return kept
}

func citation(c pipeline.CitationRecord) string {
	parts := []string{}
	for _, p := range []string{c.Publisher, c.Published, c.URL} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// moveWords says a move in one line.
func moveWords(m pipeline.MoveRecord) string {
	from, to := position(m.From), position(m.To)
	var parts []string
	if m.From != nil {
		parts = append(parts, "from "+strings.TrimSpace(optional("%s at ", from.Role)+cmp.Or(from.Org, "?"))+span(from, m.Derived, "from"))
	}
	if m.To != nil {
		parts = append(parts, "to "+strings.TrimSpace(optional("%s at ", to.Role)+cmp.Or(to.Org, "?"))+span(to, m.Derived, "to"))
	}
	s := fmt.Sprintf("%s: %s", m.Kind, strings.Join(parts, " "))
	switch {
	case m.Cancelled:
		s += " (announced, then cancelled)"
	case m.Planned:
		s += " (planned)"
	}
	if m.Review == pipeline.ReviewRejected {
		s += " (rejected)"
	}
	return s
}

// span says when a position was held; derived values are marked with ~.
func span(p pipeline.PositionRecord, derived []string, end string) string {
	mark := func(field, v string) string {
		for _, d := range derived {
			if d == end+"."+field && v != "" {
				return "~" + v
			}
		}
		return v
	}
	var parts []string
	if p.Joined != "" {
		parts = append(parts, "joined "+mark("joined", p.Joined))
	}
	if p.Left != "" {
		parts = append(parts, "left "+mark("left", p.Left))
	}
	if p.Months > 0 {
		parts = append(parts, bound(p.Bound)+months(p.Months))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
