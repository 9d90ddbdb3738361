package page

import (
	"cmp"
	"slices"
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

// periodOf returns what the value of a date can mean, in any precision, or
// the day of a moment.
func periodOf(value string) period {
	if len(value) > 10 && value[10] == 'T' {
		value = value[:10]
	}
	return span(extract.DateOf(value))
}

// span is the period of a date.
func span(d extract.Date) period {
	if d.Earliest == "" {
		d = extract.DateOf(d.Value)
	}
	from, err := time.Parse(time.DateOnly, d.Earliest)
	until, uerr := time.Parse(time.DateOnly, d.Latest)
	if err != nil || uerr != nil || until.Before(from) {
		return period{}
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
