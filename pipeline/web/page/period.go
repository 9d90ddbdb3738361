package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tenure/extract"
)

// A period is the time a date can mean: from the first day to before the
// last. The zero period is unknown.
type period struct{ from, until time.Time }

func (p period) known() bool { return !p.from.IsZero() }

func (p period) length() time.Duration { return p.until.Sub(p.from) }

// meets reports whether the periods share a day; an unknown end is open.
func (p period) meets(q period) bool {
	return (p.until.IsZero() || q.from.Before(p.until)) && (q.until.IsZero() || p.from.Before(q.until))
}

func months(year int, month time.Month, n int) period {
	from := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	return period{from, from.AddDate(0, n, 0)}
}

// parts of a year by the word after the hyphen: first month, months.
var parts = map[string][2]int{
	"spring": {3, 3}, "summer": {6, 3}, "autumn": {9, 3}, "winter": {12, 3},
	"early": {1, 5}, "mid": {4, 6}, "late": {8, 5},
	"Q1": {1, 3}, "Q2": {4, 3}, "Q3": {7, 3}, "Q4": {10, 3}, "H1": {1, 6}, "H2": {7, 6},
}

// periodOf returns what the value of a date can mean, in any precision, or
// the day of a moment.
func periodOf(value string) period {
	if len(value) > 10 && value[10] == 'T' {
		value = value[:10]
	}
	if t, err := time.Parse(time.DateOnly, value); err == nil {
		return period{t, t.AddDate(0, 0, 1)}
	}
	if t, err := time.Parse("2006-01", value); err == nil {
		return months(t.Year(), t.Month(), 1)
	}
	head, part, _ := strings.Cut(value, "-")
	decade := strings.HasSuffix(head, "s")
	year, err := strconv.Atoi(strings.TrimSuffix(head, "s"))
	switch p, ok := parts[part]; {
	case err != nil || year < 1 || year > 9999:
		return period{}
	case decade:
		return months(year, 1, 120)
	case ok:
		return months(year, time.Month(p[0]), p[1])
	case part == "":
		return months(year, 1, 12)
	}
	return period{}
}

// dateOf is a date of which only the value is known.
func dateOf(value string) extract.Date {
	p := periodOf(value)
	if !p.known() {
		return extract.Date{}
	}
	return extract.Date{
		Value: value, Precision: precision(value),
		Earliest: p.from.Format(time.DateOnly), Latest: p.until.AddDate(0, 0, -1).Format(time.DateOnly),
	}
}

func precision(value string) extract.Precision {
	_, part, _ := strings.Cut(value, "-")
	switch {
	case strings.HasSuffix(value, "s"):
		return extract.ByDecade
	case len(value) == len("2006-01-02") && strings.Count(value, "-") == 2:
		return extract.ByDay
	case part == "":
		return extract.ByYear
	case part[0] == 'Q':
		return extract.ByQuarter
	case part[0] == 'H':
		return extract.ByHalf
	case part == "early", part == "mid", part == "late":
		return extract.Coarse
	case len(part) == 2:
		return extract.ByMonth
	}
	return extract.BySeason
}

// span is the period of a date.
func span(d extract.Date) period {
	from, err := time.Parse(time.DateOnly, d.Earliest)
	until, uerr := time.Parse(time.DateOnly, d.Latest)
	if err != nil || uerr != nil || until.Before(from) {
		return periodOf(d.Value)
	}
	return period{from, until.AddDate(0, 0, 1)}
}

// says tells a date's value as one writes it.
func says(value string) string {
	if len(value) > 10 && value[10] == 'T' {
		value = value[:10]
	}
	if t, err := time.Parse(time.DateOnly, value); err == nil {
		return t.Format("2 Jan 2006")
	}
	if t, err := time.Parse("2006-01", value); err == nil {
		return t.Format("Jan 2006")
	}
	year, part, ok := strings.Cut(value, "-")
	switch {
	case !ok:
		return value
	case part == "H1":
		return "first half of " + year
	case part == "H2":
		return "second half of " + year
	}
	return part + " " + year
}

// dated finds when the move was: the most exact of the dates that were told,
// else of those computed, else when the news told it first.
func (m *move) dated() {
	var best period
	take := func(value, field string) {
		derived := slices.Contains(m.Derived, field)
		p := periodOf(value)
		if !p.known() || m.date != "" && (derived && !m.derived || derived == m.derived && p.length() >= best.length()) {
			return
		}
		best, m.date, m.derived = p, value, derived
	}
	if m.To != nil {
		take(m.To.Joined, "to.joined")
	}
	if m.From != nil {
		take(m.From.Left, "from.left")
	}
	if m.date == "" {
		published := ""
		for _, e := range m.Evidence {
			if published == "" || e.Published != "" && e.Published < published {
				published = e.Published
			}
		}
		best = periodOf(cmp.Or(published, m.FirstSeen.UTC().Format(time.DateOnly)))
	}
	m.when = best
}
