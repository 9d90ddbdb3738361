package career

import (
	"strings"
	"time"

	"tenure/extract"
)

// spoken reads dates that are counted from what the text spoke of before:
// "later that year", "the following month", "the year-earlier quarter".
func (c clock) spoken(toks []token, i int) (extract.Date, int) {
	for _, read := range []func(clock, []token, int) (extract.Date, int){clock.that, clock.following, clock.reported, clock.yearEarlier, clock.wholeYear} {
		if d, n := read(c, toks, i); n > 0 && !d.IsZero() {
			return d, n
		}
	}
	return extract.Date{}, 0
}

// that reads "that year", "later that month", "the same day".
func (c clock) that(toks []token, i int) (extract.Date, int) {
	k := i
	if toks[k].is("earlier", "later") {
		k++
	}
	if k+1 < len(toks) && toks[k].is("the") && toks[k+1].is("same") {
		k++
	}
	if k+1 >= len(toks) || !toks[k].is("that", "same") {
		return extract.Date{}, 0
	}
	return c.unitOf(c.before, toks[k+1].low, 0), k + 2 - i
}

// following reads "the following year", "the next day", "the previous month".
func (c clock) following(toks []token, i int) (extract.Date, int) {
	if i+2 >= len(toks) || !toks[i].is("the") {
		return extract.Date{}, 0
	}
	switch {
	case toks[i+1].is("following"):
		return c.unitOf(c.before, toks[i+2].low, 1), 3
	case toks[i+1].is("preceding"):
		return c.unitOf(c.before, toks[i+2].low, -1), 3
	}
	return extract.Date{}, 0
}

// unitOf returns the n-th day, month, quarter or year from that of d; zero if
// d is not as exact as the unit.
func (c clock) unitOf(d extract.Date, unit string, n int) extract.Date {
	first, err := time.Parse(time.DateOnly, d.Earliest)
	if err != nil || d.Precision == extract.ByDecade {
		return extract.Date{}
	}
	y, m := first.Year(), time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC)
	switch byDay := d.Precision == extract.ByDay; {
	case unit == "year":
		return inYear(y + n)
	case unit == "quarter" && d.Precision == extract.ByQuarter:
		return quarterOf(m.AddDate(0, 3*n, 0))
	case unit == "month" && (byDay || d.Precision == extract.ByMonth):
		m = m.AddDate(0, n, 0)
		return inMonth(m.Year(), int(m.Month()))
	case unit == "day" && byDay:
		t := first.AddDate(0, 0, n)
		return onDay(t.Year(), int(t.Month()), t.Day())
	}
	return extract.Date{}
}

func quarterOf(t time.Time) extract.Date { return inQuarter(t.Year(), (int(t.Month())+2)/3) }

// reported reads the quarter that a report is about: "the latest quarter",
// "the period", "that quarter", "the 1988 period".
func (c clock) reported(toks []token, i int) (extract.Date, int) {
	k := i
	if toks[k].is("the") {
		k++
	}
	of := c.quarter
	latest := k > i && k < len(toks) && toks[k].is("latest", "most")
	for k < len(toks) && toks[k].is("latest", "most", "recent", "fiscal") {
		k++
	}
	if k < len(toks) && toks[k].kind == number && year(toks[k].text) && !of.IsZero() {
		of = inQuarter(atoi(toks[k].text), int(of.Value[6]-'0'))
		k++
	} else if k == i {
		return extract.Date{}, 0
	}
	switch {
	case k >= len(toks) || !toks[k].is("quarter", "period"):
		return extract.Date{}, 0
	case !of.IsZero():
	case latest && !c.ref.IsZero():
		of = c.ended()
	}
	return of, k + 1 - i
}

// ended returns the last quarter that the reference has seen the end of.
func (c clock) ended() extract.Date { return c.counted(quarterOf(c.monthsBack(3))) }

// monthsBack returns the first of the month n months before the reference.
func (c clock) monthsBack(n int) time.Time {
	y, m, _ := c.ref.Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, time.UTC).AddDate(0, -n, 0)
}

// yearEarlier reads "a year earlier", "the year-ago quarter" and, beside a
// figure, "a year ago": the same quarter of the year before.
func (c clock) yearEarlier(toks []token, i int) (extract.Date, int) {
	n, phrase := yearEarlierAt(toks, i)
	if phrase && toks[i+2].is("ago") && (c.quarter.IsZero() || !figureBefore(toks, i)) {
		return extract.Date{}, 0 // an ordinary "a year ago"
	}
	if n == 0 {
		return extract.Date{}, 0
	}
	if p, m := partAt(toks, i+n); m > 0 && strings.HasPrefix(toks[i+n+m-1].low, "quarter") && c.year() > 0 {
		d := p(c.year())
		if today := c.ref.Time.Format(time.DateOnly); d.Earliest > today {
			d = p(c.year() - 1)
		}
		return c.unitOf(d, "quarter", -4), n + m
	}
	if !phrase && i+n < len(toks) && toks[i+n].is("quarter", "period") {
		if c.quarter.IsZero() && c.year() > 0 {
			c.quarter = c.ended()
		}
		n++
	}
	switch {
	case !c.quarter.IsZero() && (!phrase || figureBefore(toks, i) || toks[i].upper()):
		return c.unitOf(c.quarter, "quarter", -4), n
	case phrase && !c.before.IsZero():
		return c.unitOf(c.before, "year", -1), n
	case c.year() > 0:
		return c.counted(inYear(c.year() - 1)), n
	}
	return extract.Date{}, 0
}

// yearEarlierAt returns how many tokens at i say "year-ago", or, as a phrase
// of its own, "a year ago", "a year earlier".
func yearEarlierAt(toks []token, i int) (n int, phrase bool) {
	k := i
	for k < len(toks) && toks[k].is("the", "comparable") {
		k++
	}
	switch {
	case k < len(toks) && toks[k].is("year-ago", "year-earlier"):
		return k + 1 - i, false
	case i+2 < len(toks) && toks[i].is("a", "one") && toks[i+1].is("year") && toks[i+2].is("ago", "earlier"):
		return 3, true
	}
	return 0, false
}

// year returns the year of the reference, or 0.
func (c clock) year() int {
	if c.ref.IsZero() {
		return 0
	}
	return c.ref.Time.Year()
}

// figureBefore reports whether an amount stands right before token i: then
// what follows is compared with it.
func figureBefore(toks []token, i int) bool {
	for k := i - 1; k >= 0 && i-k < 7; k-- {
		if toks[k].is("$", "£", "€", "#", "%", "cents", "percent", "million", "billion", "pence", "share", "from", "than") {
			return true
		}
	}
	return false
}

// wholeYear reads "the full year", "the current fiscal year", "for the year".
func (c clock) wholeYear(toks []token, i int) (extract.Date, int) {
	if c.ref.IsZero() || !toks[i].is("the") {
		return extract.Date{}, 0
	}
	k, back := i+1, 0
	for k < len(toks) && toks[k].is("full", "fiscal", "current", "latest", "calendar") {
		back += b2i(toks[k].is("latest"))
		k++
	}
	if k >= len(toks) || !toks[k].is("year") || k == i+1 && !precededBy(toks, i, "for") {
		return extract.Date{}, 0
	}
	return c.counted(inYear(c.year() - back)), k + 1 - i
}

// feast reads the days that have a name: "Thanksgiving", "last Christmas".
func (c clock) feast(toks []token, i int) (extract.Date, int) {
	k := i
	if toks[k].is("last", "this", "next") {
		k++
	}
	if k >= len(toks) || !toks[k].upper() {
		return extract.Date{}, 0
	}
	on, n := feastAt(toks, k)
	if n == 0 {
		return extract.Date{}, 0
	}
	if y, m := yearBehind(toks, k+n); m > 0 {
		return on(y), k + n + m - i
	}
	if c.ref.IsZero() {
		return extract.Date{}, 0
	}
	d, today := on(c.year()), c.ref.Time.Format(time.DateOnly)
	switch {
	case (c.future || toks[i].is("next")) && d.Latest < today:
		d = on(c.year() + 1)
	case !c.future && !toks[i].is("next", "this") && d.Earliest > today:
		d = on(c.year() - 1)
	}
	return c.counted(d), k + n - i
}

// feastAt returns what makes a date of the feast at token i in a year.
func feastAt(toks []token, i int) (func(y int) extract.Date, int) {
	day := i+1 < len(toks) && toks[i+1].is("day")
	eve := i+1 < len(toks) && toks[i+1].is("eve")
	switch t := toks[i]; {
	case t.is("thanksgiving"):
		return fourthThursday, 1 + b2i(day)
	case t.is("christmas") && eve:
		return func(y int) extract.Date { return onDay(y, 12, 24) }, 2
	case t.is("christmas") && day:
		return func(y int) extract.Date { return onDay(y, 12, 25) }, 2
	case t.is("christmas"):
		return func(y int) extract.Date { return inMonth(y, 12) }, 1
	}
	return nil, 0
}

func fourthThursday(y int) extract.Date {
	first := int(time.Date(y, time.November, 1, 0, 0, 0, 0, time.UTC).Weekday())
	return onDay(y, 11, 1+(int(time.Thursday)-first+7)%7+21)
}
