package career

import (
	"strconv"
	"strings"
	"time"

	"tenure/extract"
)

// ParseDate reads a date that fills s wholly, as exactly as its words allow:
// "February 2025", "Early 2023", "Q3 2022", "26-05-2025", "last month". A
// relative date is counted from ref and says so; without ref it is no date.
// A day over 12 tells day-month order; else the day comes first.
func ParseDate(s string, ref extract.Stamp) (extract.Date, bool) {
	toks := tokenize(s)
	i := 0
	for i < len(toks) && toks[i].is("in", "on", "since", "from", "the", "(", "as", "of", "effective", "by") {
		i++
	}
	if i > 0 && toks[i-1].is("the") {
		i-- // "the 1990s", "the end of May"
	}
	d, n := clock{ref: ref}.date(toks, i)
	for n > 0 && i+n < len(toks) && toks[i+n].is(".", ")", ",") {
		n++
	}
	if n == 0 || i+n != len(toks) {
		return extract.Date{}, false
	}
	return d, true
}

// A clock reads dates. Its zero value reads absolute ones only.
type clock struct {
	ref     extract.Stamp // what relative dates count from
	future  bool          // the verb looks forward: "will join on Monday"
	past    bool          // the verb looks back: "joined in June"
	before  extract.Date  // the date told before this one, for "two years later"
	quarter extract.Date  // the quarter spoken of, for "the year-earlier period"
}

// date reads the date at toks[i] and returns it with the number of tokens it
// takes, or 0 if there is none.
func (c clock) date(toks []token, i int) (extract.Date, int) {
	if i >= len(toks) {
		return extract.Date{}, 0
	}
	lead, approx := i, false
	if n := hedgeAt(toks, i); n > 0 {
		i, approx = i+n, true
	}
	d, n := c.exact(toks, i)
	if n == 0 {
		return extract.Date{}, 0
	}
	d.Approx = approx
	d.Raw = rawOf(toks[lead : i+n])
	return d, i + n - lead
}

// exact reads a date without a word like "around" before it.
func (c clock) exact(toks []token, i int) (extract.Date, int) {
	if i >= len(toks) {
		return extract.Date{}, 0
	}
	for _, read := range []func(clock, []token, int) (extract.Date, int){
		clock.numeric, clock.weekday, clock.dayFirst, clock.monthFirst, clock.part, clock.coarse, clock.spoken, clock.years, clock.feast, clock.relative,
	} {
		if d, n := read(c, toks, i); n > 0 && !d.IsZero() {
			return d, n
		}
	}
	return extract.Date{}, 0
}

// hedgeAt returns how many tokens at i say that a date is only about right.
func hedgeAt(toks []token, i int) int {
	n := 0
	switch {
	case toks[i].is("c", "ca", "circa", "around", "about", "approximately", "roughly", "~", "c.", "ca."):
		n = 1
	default:
		return 0
	}
	for i+n < len(toks) && toks[i+n].is(".") {
		n++
	}
	return n
}

func rawOf(toks []token) string {
	var b strings.Builder
	for k, t := range toks {
		if k > 0 && t.gap != glued {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// numeric reads 2024-02-15, 26-05-2025, 26.05.2025, 03/2022 and 2024-02.
func (c clock) numeric(toks []token, i int) (extract.Date, int) {
	var nums []int
	var sep string
	for k := i; k < len(toks) && len(nums) < 3; k += 2 {
		if toks[k].kind != number || k > i && toks[k].gap != glued {
			break
		}
		nums = append(nums, atoi(toks[k].text))
		if k+1 >= len(toks) || !toks[k+1].is("-", "/", ".", "–", "‑") || toks[k+1].gap != glued || sep != "" && toks[k+1].text != sep {
			break
		}
		sep = toks[k+1].text
	}
	switch len(nums) {
	case 3:
		return numericDay(toks, i, nums, sep), 5 // zero if there is no such day
	case 2:
		if sep == "-" || sep == "/" || sep == "." {
			return numericMonth(toks, i, nums), 3
		}
	}
	return extract.Date{}, 0
}

// numericDay decides the order of day, month and year.
func numericDay(toks []token, i int, nums []int, sep string) extract.Date {
	y, m, d := nums[0], nums[1], nums[2]
	if len(toks[i].text) != 4 {
		d, m, y = nums[0], nums[1], nums[2]
		if m > 12 {
			d, m = m, d
		}
		if len(toks[i+4].text) == 2 {
			y += century(y)
		}
	}
	if y < 1800 { // three numbers, not a date
		return extract.Date{}
	}
	return onDay(y, m, d)
}

func numericMonth(toks []token, i int, nums []int) extract.Date {
	if year(toks[i].text) && len(toks[i+2].text) <= 2 {
		return inMonth(nums[0], nums[1])
	}
	if year(toks[i+2].text) && len(toks[i].text) <= 2 {
		return inMonth(nums[1], nums[0])
	}
	return extract.Date{}
}

// dayFirst reads "15 February 2024", "1. September 2010", "the 5th of May".
func (c clock) dayFirst(toks []token, i int) (extract.Date, int) {
	k := i
	if toks[k].is("the") {
		k++
	}
	day, n := dayAt(toks, k)
	if n == 0 {
		return extract.Date{}, 0
	}
	k += n
	if k < len(toks) && toks[k].is(".") && toks[k].gap == glued {
		k++
	}
	if k < len(toks) && toks[k].is("of") {
		k++
	}
	m, n := monthAt(toks, k)
	if n == 0 {
		return extract.Date{}, 0
	}
	k += n
	if y, n := yearBehind(toks, k); n > 0 {
		return onDay(y, m, day), k + n - i
	}
	if c.ref.IsZero() {
		return extract.Date{}, 0
	}
	return c.counted(onDay(c.yearOf(m, day), m, day)), k - i
}

// monthFirst reads "February 15, 2024", "Feb 2024", "February of 2024" and,
// with a reference, "February 15" and "February".
func (c clock) monthFirst(toks []token, i int) (extract.Date, int) {
	m, n := monthAt(toks, i)
	if n == 0 {
		return extract.Date{}, 0
	}
	k := i + n
	if day, n := dayAt(toks, k); n > 0 {
		if y, ny := yearBehind(toks, k+n); ny > 0 {
			return onDay(y, m, day), k + n + ny - i
		}
		if !c.ref.IsZero() && !colonAt(toks, k+n) {
			return c.counted(onDay(c.yearOf(m, day), m, day)), k + n - i
		}
	}
	if y, n := yearBehind(toks, k); n > 0 {
		return inMonth(y, m), k + n - i
	}
	if c.ref.IsZero() || toks[i].low == toks[i].text {
		return extract.Date{}, 0 // "may", "march" are words
	}
	y := c.yearOf(m, 0)
	if k+1 < len(toks) && toks[k].is("this", "last", "next") && toks[k+1].is("year") {
		y = c.ref.Time.Year() + stepOf(toks[k])
		k += 2
	}
	return c.counted(inMonth(y, m)), k - i
}

func colonAt(toks []token, i int) bool {
	return i+1 < len(toks) && toks[i].is(":") && toks[i].gap == glued && toks[i+1].kind == number && toks[i+1].gap == glued
}

// weekday reads "Monday, 25 January 2010" as the day it names; a weekday
// alone is relative.
func (c clock) weekday(toks []token, i int) (extract.Date, int) {
	if _, ok := weekdayOf(toks[i].low); !ok {
		return extract.Date{}, 0
	}
	k := i + 1
	for k < len(toks) && toks[k].is(",", "the", "(") {
		k++
	}
	if k >= len(toks) {
		return extract.Date{}, 0
	}
	for _, read := range []func(clock, []token, int) (extract.Date, int){clock.numeric, clock.dayFirst, clock.monthFirst} {
		if d, n := read(c, toks, k); n > 0 && d.Precision == extract.ByDay {
			return onWeekday(d, toks[i]), k + n - i
		}
	}
	return extract.Date{}, 0
}

// onWeekday puts a day told without its year into the year, of those around,
// in which it falls on its weekday.
func onWeekday(d extract.Date, day token) extract.Date {
	w, _ := weekdayOf(day.low)
	t, err := time.Parse(time.DateOnly, d.Value)
	if err != nil || d.RelativeTo == "" {
		return d
	}
	for _, n := range []int{0, -1, 1} {
		if u := t.AddDate(n, 0, 0); u.Weekday() == w && u.Day() == t.Day() {
			moved := onDay(u.Year(), int(u.Month()), u.Day())
			moved.RelativeTo = d.RelativeTo
			return moved
		}
	}
	return d
}

// yearBehind reads a year, perhaps after "," or "of".
func yearBehind(toks []token, i int) (int, int) {
	k := i
	if k < len(toks) && toks[k].is(",", "of") {
		k++
	}
	if k < len(toks) && toks[k].kind == number && (year(toks[k].text) || longAgo(toks, k)) && !partOfNumber(toks, k) {
		return atoi(toks[k].text), k + 1 - i
	}
	if y, n := spelledYear(toks, k); n > 0 {
		return y, k + n - i
	}
	return 0, 0
}

// longAgo reports whether the number at k, behind a month, is a year before
// 1800, and no count: "in May, 1750 she" but "in May, 1500 people".
func longAgo(toks []token, k int) bool {
	if s := toks[k].text; len(s) != 4 || s[0] != '1' || s[1] > '7' {
		return false
	}
	if k+1 >= len(toks) {
		return true
	}
	next := toks[k+1]
	return next.kind == mark && !next.is("%", "-") || next.upper() || next.is("he", "she", "they", "it", "the", "and")
}

// spelledYear reads "nineteen ninety-six" and "two thousand", as
// transcripts of what was spoken write years.
func spelledYear(toks []token, i int) (y, n int) {
	if i+1 >= len(toks) {
		return 0, 0
	}
	switch first, rest := toks[i], toks[i+1]; {
	case first.is("two") && rest.is("thousand"):
		if last, ok := spelled(wordAhead(toks, i+2)); ok && last < 30 {
			return 2000 + last, 3
		}
		return 2000, 2
	case first.is("nineteen", "eighteen", "twenty"):
		hundreds, _ := spelled(first.low)
		if last, ok := spelled(rest.low); ok && last >= 10 {
			return 100*hundreds + last, 2
		}
	}
	return 0, 0
}

// wordAhead returns the word at token i in lower case, or "".
func wordAhead(toks []token, i int) string {
	if i < len(toks) {
		return toks[i].low
	}
	return ""
}

// dayAt reads a day of a month: "15", "1st", "5th", "eighth".
func dayAt(toks []token, i int) (int, int) {
	if i >= len(toks) {
		return 0, 0
	}
	s := toks[i].low
	if toks[i].kind == word {
		for _, suffix := range []string{"st", "nd", "rd", "th"} {
			if cut, ok := strings.CutSuffix(s, suffix); ok {
				s = cut
				break
			}
		}
	}
	if len(s) > 2 {
		return ordinalDay(toks[i].low)
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 31 {
		return 0, 0
	}
	return n, 1
}

// ordinalDay reads a day of a month in words: "fifth", "twenty-first".
func ordinalDay(s string) (int, int) {
	tens, ones, ok := strings.Cut(s, "-")
	if !ok {
		n := ordinalDays[s]
		return n, b2i(n > 0)
	}
	high, low := numberWords[tens], ordinalDays[ones]
	if high != 20 && high != 30 || low == 0 || low > 9 || high+low > 31 {
		return 0, 0
	}
	return high + low, 1
}

// ordinalDays is read only.
var ordinalDays = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
	"nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}

// monthAt reads the name of a month.
func monthAt(toks []token, i int) (int, int) {
	if i >= len(toks) {
		return 0, 0
	}
	m := monthOf(toks[i].low)
	if m == 0 {
		return 0, 0
	}
	return m, 1
}

func precededBy(toks []token, i int, words ...string) bool { return i > 0 && toks[i-1].is(words...) }
