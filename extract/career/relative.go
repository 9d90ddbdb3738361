package career

import (
	"strings"
	"time"

	"tenure/extract"
)

// counted marks d as counted from the reference.
func (c clock) counted(d extract.Date) extract.Date {
	if !d.IsZero() {
		d.RelativeTo = c.ref.Time.Format(time.DateOnly)
	}
	return d
}

// yearOf returns the year of a month (and day, if not 0) told without one:
// the latest that is past, or the next to come where the verb looks forward.
func (c clock) yearOf(m, day int) int {
	y, rm, rd := c.ref.Date()
	later := m > int(rm) || m == int(rm) && day > rd
	earlier := m < int(rm) || m == int(rm) && day > 0 && day < rd
	switch {
	case c.future && earlier && !c.passed(y, m, day):
		return y + 1
	case later && !c.future && (day > 0 && c.soon(y, m, day) || day == 0 && !c.past && m == int(rm)+1):
		return y
	case later && !c.future:
		return y - 1
	case day > 0 && !later && c.soon(y+1, m, day):
		return y + 1
	}
	return y
}

// soon reports whether a day lies within two months after the reference:
// nobody names the day of a date almost a year back without its year.
func (c clock) soon(y, m, day int) bool {
	at := time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC)
	return at.After(c.ref.Time) && !at.After(c.ref.Time.AddDate(0, 2, 0))
}

// passed reports whether a day or month lies within three months before the
// reference: nobody names the next one, most of a year ahead, without its year.
func (c clock) passed(y, m, day int) bool {
	at := time.Date(y, time.Month(m), max(day, 1), 0, 0, 0, 0, time.UTC)
	return at.Before(c.ref.Time) && at.After(c.ref.Time.AddDate(0, -3, 0))
}

// relative reads dates that need the reference: "last month", "on Thursday",
// "four years ago", "earlier this year", "today".
func (c clock) relative(toks []token, i int) (extract.Date, int) {
	if d, n := c.later(toks, i); n > 0 {
		return d, n
	}
	if c.ref.IsZero() {
		return extract.Date{}, 0
	}
	for _, read := range []func(clock, []token, int) (extract.Date, int){clock.dayWord, clock.stepped, clock.ago} {
		if d, n := read(c, toks, i); n > 0 && !d.IsZero() {
			return c.counted(d), n
		}
	}
	return extract.Date{}, 0
}

// dayWord reads "today", "yesterday", "tomorrow", "Thursday".
func (c clock) dayWord(toks []token, i int) (extract.Date, int) {
	switch toks[i].low {
	case "today", "tonight":
		return c.days(0), 1
	case "this":
		if i+1 < len(toks) && toks[i+1].is("morning", "afternoon", "evening") {
			return c.days(0), 2
		}
	case "yesterday":
		return c.days(-1), 1
	case "tomorrow":
		return c.days(1), 1
	}
	if w, ok := weekdayOf(toks[i].low); ok && toks[i].upper() {
		n := 1
		if i+2 < len(toks) && toks[i+1].is("last", "this", "next") && toks[i+2].is("week") {
			n = 3
		}
		return c.nearest(w), n
	}
	return extract.Date{}, 0
}

// nearest returns the latest such weekday up to the reference, or the next
// one where the verb looks forward.
func (c clock) nearest(w time.Weekday) extract.Date {
	back := (int(c.ref.Time.Weekday()) - int(w) + 7) % 7
	if c.future && back > 0 {
		return c.days(7 - back)
	}
	return c.days(-back)
}

func (c clock) days(n int) extract.Date {
	t := c.ref.Time.AddDate(0, 0, n)
	return onDay(t.Year(), int(t.Month()), t.Day())
}

// stepped reads "this month", "last year", "next Monday", "the past week",
// "last summer", "last March", "that year" is left alone.
func (c clock) stepped(toks []token, i int) (extract.Date, int) {
	k := i
	if toks[k].is("earlier", "later", "late", "early") {
		k++
	}
	if k+1 < len(toks) && (toks[k].is("the") || toks[k].is("this") && toks[k+1].is("coming", "past")) {
		k++
	}
	if k+1 >= len(toks) || !toks[k].is("this", "last", "next", "past", "previous", "coming") {
		return extract.Date{}, 0
	}
	d := c.step(stepOf(toks[k]), toks[k+1])
	if d.IsZero() {
		return d, 0
	}
	return d, k + 2 - i
}

func stepOf(t token) int {
	switch t.low {
	case "last", "past", "previous":
		return -1
	case "next", "coming":
		return 1
	}
	return 0
}

func (c clock) step(n int, unit token) extract.Date {
	y, m, _ := c.ref.Date()
	first := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	switch unit.low {
	case "week", "weekend":
		t := c.ref.Time.AddDate(0, 0, 7*n)
		return inMonth(t.Year(), int(t.Month()))
	case "month":
		t := first.AddDate(0, n, 0)
		return inMonth(t.Year(), int(t.Month()))
	case "quarter":
		t := first.AddDate(0, 3*n, 0)
		return inQuarter(t.Year(), (int(t.Month())+2)/3)
	case "year":
		return inYear(y + n)
	}
	if w, ok := weekdayOf(unit.low); ok {
		c.future = n > 0 || n == 0 && c.future
		if n < 0 && w == c.ref.Time.Weekday() {
			return c.days(-7)
		}
		return c.nearest(w)
	}
	if mm := monthOf(unit.low); mm > 0 && unit.upper() {
		c.future = n > 0
		if n == 0 || mm == int(m) {
			return inMonth(y+n, mm) // "next March", in March
		}
		return inMonth(c.yearOf(mm, 0), mm)
	}
	if s := seasonOf(unit.low); s != "" {
		d := inSeason(y, s)
		if today := c.ref.Time.Format(time.DateOnly); n < 0 && d.Latest >= today {
			d = inSeason(y-1, s)
		} else if n > 0 && d.Earliest <= today {
			d = inSeason(y+1, s)
		}
		return d
	}
	return extract.Date{}
}

// ago reads "four years ago", "a month ago", "ten days earlier".
func (c clock) ago(toks []token, i int) (extract.Date, int) {
	n, unit, used := amountAt(toks, i)
	if used == 0 || i+used >= len(toks) || !toks[i+used].is("ago") {
		return extract.Date{}, 0
	}
	return shifted(c.ref.Time, -n, unit), used + 1
}

// later reads "four years later", counted from the date told before.
func (c clock) later(toks []token, i int) (extract.Date, int) {
	n, unit, used := amountAt(toks, i)
	if used == 0 || i+used >= len(toks) || !toks[i+used].is("later") || len(c.before.Value) < 4 || c.before.Precision == extract.ByDecade {
		return extract.Date{}, 0
	}
	if unit == "year" {
		return inYear(atoi(c.before.Value[:4]) + n), used + 1
	}
	t, err := time.Parse(time.DateOnly, c.before.Earliest)
	if err != nil || unit == "month" && c.before.Precision != extract.ByMonth && c.before.Precision != extract.ByDay {
		return extract.Date{}, 0
	}
	return shifted(t, n, unit), used + 1
}

// shifted returns the date n units from t, as exact as the unit.
func shifted(t time.Time, n int, unit string) extract.Date {
	switch unit {
	case "day":
		t = t.AddDate(0, 0, n)
		return onDay(t.Year(), int(t.Month()), t.Day())
	case "week":
		t = t.AddDate(0, 0, 7*n)
		return inMonth(t.Year(), int(t.Month()))
	case "month":
		t = time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, n, 0)
		return inMonth(t.Year(), int(t.Month()))
	case "decade":
		return inYear(t.Year() + 10*n)
	}
	return inYear(t.Year() + n)
}

// amountAt reads a whole number and a unit of time.
func amountAt(toks []token, i int) (n int, unit string, used int) {
	k := i
	if k < len(toks) && toks[k].is("about", "around", "nearly", "some", "almost", "just", "only") {
		k++
	}
	n, w := countAt(toks, k)
	if w == 0 || k+w >= len(toks) {
		return 0, "", 0
	}
	switch unit = strings.TrimSuffix(toks[k+w].low, "s"); unit {
	case "day", "week", "month", "year", "decade":
		return n, unit, k + w + 1 - i
	}
	return 0, "", 0
}
