package career

import (
	"strings"
	"time"

	"tenure/extract"
)

// part reads quarters, halves and seasons of a year.
func (c clock) part(toks []token, i int) (extract.Date, int) {
	if d, n := c.yearThenPart(toks, i); n > 0 {
		return d, n
	}
	k := i
	if toks[k].is("the") {
		k++
	}
	p, n := partAt(toks, k)
	if n == 0 {
		return extract.Date{}, 0
	}
	k += n
	if y, n := yearBehind(toks, k); n > 0 {
		return p(y), k + n - i
	}
	if c.ref.IsZero() {
		return extract.Date{}, 0
	}
	y := c.ref.Time.Year()
	if k+2 < len(toks) && toks[k].is("of") && toks[k+1].is("this", "last", "next") && toks[k+2].is("year") {
		return c.counted(p(y + stepOf(toks[k+1]))), k + 3 - i
	}
	if k+1 < len(toks) && toks[k].is("this", "last", "next") && toks[k+1].is("year") {
		return c.counted(p(y + stepOf(toks[k]))), k + 2 - i
	}
	d := p(y)
	switch today := c.ref.Time.Format(time.DateOnly); {
	case c.future && d.Latest < today && !(d.Precision == extract.ByQuarter && d.Latest > c.monthsBack(6).Format(time.DateOnly)):
		d = p(y + 1)
	case !c.future && d.Earliest > today:
		d = p(y - 1)
	}
	if seasonOf(toks[k-1].low) != "" && k-1 == i && !precededBy(toks, i, "in", "the", "this", "last", "next", "since", "until", "by") {
		return extract.Date{}, 0 // "fall", "spring" are words
	}
	return c.counted(d), k - i
}

// yearThenPart reads "2022-Q3", "the 2022 third quarter", "next year's first
// quarter".
func (c clock) yearThenPart(toks []token, i int) (extract.Date, int) {
	if i+3 < len(toks) && toks[i].is("this", "last", "next") && toks[i+1].is("year") && toks[i+2].is("'s", "’s") && !c.ref.IsZero() {
		if p, n := partAt(toks, i+3); n > 0 {
			return c.counted(p(c.year() + stepOf(toks[i]))), 3 + n
		}
	}
	at := i + b2i(toks[i].is("the"))
	if at+1 >= len(toks) || toks[at].kind != number || !year(toks[at].text) {
		return extract.Date{}, 0
	}
	k := at + 1
	if toks[k].is("-", "/", ",") && k+1 < len(toks) {
		k++
	}
	if p, n := partAt(toks, k); n > 0 && (toks[k].low[0] == 'q' || toks[k].low[0] == 'h' || k > at+1 || n == 2) {
		return p(atoi(toks[at].text)), k + n - i
	}
	return extract.Date{}, 0
}

// partAt reads a quarter, half or season and returns what makes a date of it.
func partAt(toks []token, i int) (func(y int) extract.Date, int) {
	if i >= len(toks) {
		return nil, 0
	}
	low := toks[i].low
	if len(low) == 2 && (low[0] == 'q' && low[1] >= '1' && low[1] <= '4') {
		return func(y int) extract.Date { return inQuarter(y, int(low[1]-'0')) }, 1
	}
	if len(low) == 2 && (low[0] == 'h' && low[1] >= '1' && low[1] <= '2') {
		return func(y int) extract.Date { return inHalf(y, int(low[1]-'0')) }, 1
	}
	if s := seasonOf(low); s != "" {
		return func(y int) extract.Date { return inSeason(y, s) }, 1
	}
	if first, unit, ok := strings.Cut(low, "-"); ok && ordinalOf(first) > 0 {
		switch n := ordinalOf(first); {
		case unit == "quarter":
			return func(y int) extract.Date { return inQuarter(y, n) }, 1
		case unit == "half" && n <= 2:
			return func(y int) extract.Date { return inHalf(y, n) }, 1
		}
	}
	if n := ordinalOf(low); n > 0 && i+1 < len(toks) {
		switch { // "third quarter"
		case toks[i+1].is("quarter") && n <= 4:
			return func(y int) extract.Date { return inQuarter(y, n) }, 2
		case toks[i+1].is("half") && n <= 2:
			return func(y int) extract.Date { return inHalf(y, n) }, 2
		}
	}
	return nil, 0
}

// coarse reads "early 2023", "mid-2021", "late July 2014", "end of May".
func (c clock) coarse(toks []token, i int) (extract.Date, int) {
	if toks[i].is("year-end") && precededBy(toks, i, "at", "by", "before", "until") && !c.ref.IsZero() {
		return c.counted(inThird(c.year()-b2i(!c.future && c.ref.Time.Month() < time.July), "late")), 1
	}
	third, k := thirdAt(toks, i)
	if k == i {
		return extract.Date{}, 0
	}
	if k < len(toks) {
		if y, n := yearBehind(toks, k); n > 0 {
			if k+n < len(toks) && toks[k+n].is("s") { // "early 1990 s"
				return extract.Date{}, 0
			}
			return inThird(y, third), k + n - i
		}
		for _, read := range []func(clock, []token, int) (extract.Date, int){clock.monthFirst, clock.years} {
			if d, n := read(c, toks, k); n > 0 && d.Precision != extract.ByDay {
				return d, k + n - i
			}
		}
		if d, n := c.dayWord(toks, k); n > 0 && !c.ref.IsZero() {
			return c.counted(d), k + n - i // "late yesterday"
		}
		if toks[k].is("year") && toks[i].is("earlier", "later") && !c.ref.IsZero() {
			return c.counted(inYear(c.year())), k + 1 - i // "earlier in the year"
		}
		if toks[k].is("year") && k > i && toks[k-1].is("the") && !c.ref.IsZero() {
			return c.counted(inThird(c.ref.Time.Year(), third)), k + 1 - i
		}
		if toks[k].is("quarter", "month", "week") && k > i+2 && toks[k-1].is("the") && toks[k-2].is("of") && !c.ref.IsZero() {
			return c.counted(c.step(0, toks[k])), k + 1 - i // "the end of the month"
		}
		if toks[k].is("this", "last", "next") && k+1 < len(toks) && toks[k+1].is("year", "month", "week", "quarter") {
			if d, n := c.relative(toks, k); n > 0 {
				if toks[k+1].is("year") && !toks[i].is("earlier", "later") {
					return c.counted(inThird(atoi(d.Value[:4]), third)), k + n - i
				}
				return d, k + n - i
			}
		}
	}
	return extract.Date{}, 0
}

// thirdAt reads the words before a coarse date and returns where they end.
func thirdAt(toks []token, i int) (string, int) {
	k := i
	if toks[k].is("the") && k+1 < len(toks) {
		k++
	}
	third := ""
	switch toks[k].low {
	case "early", "earlier", "beginning", "start":
		third = "early"
	case "mid", "middle":
		third = "mid"
	case "late", "later", "end":
		third = "late"
	default:
		return "", i
	}
	noun := toks[k].is("beginning", "start", "middle", "end")
	k++
	if k < len(toks) && (noun && toks[k].is("of") || toks[k].is("-", "in")) {
		k++
	} else if noun {
		return "", i
	}
	if k < len(toks) && toks[k].is("the") {
		k++
	}
	return third, k
}

// years reads "2021", "1960s", "the 1960s", "early 1990s" and "'97".
func (c clock) years(toks []token, i int) (extract.Date, int) {
	k := i
	if toks[k].is("the", "fiscal") {
		if toks[k].is("fiscal") && k+1 < len(toks) && year(toks[k+1].text) {
			return inYear(atoi(toks[k+1].text)), 2
		}
		k++
	}
	if k >= len(toks) {
		return extract.Date{}, 0
	}
	if low := toks[k].low; len(low) == 5 && year(low[:4]) && low[3] == '0' && low[4] == 's' {
		return inDecade(atoi(low[:4])), k + 1 - i
	}
	if k == i && toks[k].kind == number && year(toks[k].text) && !partOfNumber(toks, k) {
		return inYear(atoi(toks[k].text)), 1
	}
	if y, n := spelledYear(toks, k); n > 0 && (toks[k].is("nineteen", "eighteen") || precededBy(toks, k, "in", "year", "since", "of")) {
		return inYear(y), k + n - i
	}
	if k == i && toks[k].is("'", "’", "‘") && k+1 < len(toks) && toks[k+1].kind == number && toks[k+1].gap == glued && len(toks[k+1].text) == 2 {
		y := atoi(toks[k+1].text)
		return inYear(y + century(y)), 2
	}
	return extract.Date{}, 0
}

// partOfNumber reports whether the four digits at i are a piece of something
// that is no year: "$2000", "2,000", "2000 km" is left to the reader's verb.
func partOfNumber(toks []token, i int) bool {
	if i > 0 && toks[i].gap == glued && toks[i-1].is("$", "€", "£", "#", ".", "¥") {
		return true
	}
	if i+1 < len(toks) && toks[i+1].is("%", "percent", "people", "dollars", "workers", "employees", "shares", "miles", "points") {
		return true
	}
	return i+2 < len(toks) && toks[i+1].is(".") && toks[i+1].gap == glued && toks[i+2].kind == number && toks[i+2].gap == glued
}
