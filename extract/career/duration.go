package career

import (
	"math"
	"strconv"
	"strings"

	"tenure/extract"
)

// ParseDuration reads a length of time that fills s wholly and returns it in
// whole months with what the words say about it: extract.Exact, Min ("over
// six years"), Max ("less than a year") or Approx ("nearly a decade", and
// any length told in weeks or days). A bare number is years only where the
// label says so, so it is refused here.
func ParseDuration(s string) (months int, bound string, ok bool) {
	toks := tokenize(s)
	l, n := lengthAt(toks, 0)
	for n > 0 && n < len(toks) && toks[n].is(".", ")", ",") {
		n++
	}
	if n == 0 || n != len(toks) {
		return 0, "", false
	}
	return l.months, l.bound, true
}

// A length is a time span in months.
type length struct {
	months int
	bound  string
}

// maxYears bounds what can be a career.
const maxYears = 80

// lengthAt reads the length of time at toks[i] with the number of tokens it
// takes, or 0.
func lengthAt(toks []token, i int) (length, int) {
	if i >= len(toks) {
		return length{}, 0
	}
	bound, k := boundAt(toks, i)
	for k < len(toks) && toks[k].is("the", "past", "last", "first", "full", "total", "for", "another", "combined", "cumulative") {
		k++
	}
	var total float64
	parts := 0
	for k < len(toks) {
		months, weak, n := pieceAt(toks, k)
		if n == 0 {
			break
		}
		if weak && bound == extract.Exact && parts == 0 {
			bound = extract.Approx
		}
		total += months
		parts++
		if n > 1 && toks[k+1].is("+") {
			bound = extract.Min
		}
		k += n
		next := k
		if next < len(toks) && toks[next].is(",") {
			next++
		}
		if next < len(toks) && toks[next].is("and", "&") {
			next++
		}
		if _, _, n := pieceAt(toks, next); n == 0 || parts == 3 {
			break
		}
		k = next
	}
	m := int(math.Round(total))
	if parts == 0 || m < 0 || m > maxYears*12 {
		return length{}, 0
	}
	if k < len(toks) && toks[k].is("plus", "+") {
		bound = extract.Min
		k++
	}
	return length{max(m, 1), bound}, k - i
}

// boundAt reads the words before a length and returns where they end.
func boundAt(toks []token, i int) (string, int) {
	if i+1 < len(toks) && toks[i+1].is("than") {
		switch {
		case toks[i].is("more", "longer", "greater"):
			return extract.Min, i + 2
		case toks[i].is("less", "fewer"):
			return extract.Max, i + 2
		}
	}
	switch {
	case toks[i].is("over", "at", ">") && (!toks[i].is("at") || i+1 < len(toks) && toks[i+1].is("least")):
		if toks[i].is("at") {
			return extract.Min, i + 2
		}
		return extract.Min, i + 1
	case toks[i].is("under", "<"):
		return extract.Max, i + 1
	case toks[i].is("about", "around", "nearly", "almost", "roughly", "approximately", "some", "circa", "~", "c", "ca", "just"):
		k := i + 1
		if toks[i].is("just") && k < len(toks) {
			switch {
			case toks[k].is("over"):
				return extract.Min, k + 1
			case toks[k].is("under", "shy"):
				return extract.Max, k + 1
			}
			return extract.Exact, k
		}
		for k < len(toks) && toks[k].is(".") {
			k++
		}
		return extract.Approx, k
	}
	return extract.Exact, i
}

// pieceAt reads one number with its unit: "6 years", "five-year", "a year
// and a half", "two and a half years", "18mo", "a decade".
func pieceAt(toks []token, i int) (months float64, weak bool, n int) {
	if i >= len(toks) {
		return 0, false, 0
	}
	if m, w, ok := hyphened(toks[i]); ok {
		return m, w, 1
	}
	if m, w, ok := compact(toks[i]); ok {
		return m, w, 1
	}
	v, k := amountOf(toks, i)
	if k == i || k >= len(toks) {
		return 0, false, 0
	}
	for k < len(toks) && toks[k].is("+", "full", "long", "straight", "consecutive", "happy", "wonderful", "great", "amazing", "incredible", "good", "whole", "solid", "eventful", "successful", "more", "additional", "calendar", "-") {
		k++
	}
	if k >= len(toks) {
		return 0, false, 0
	}
	per, weak := unitMonths(toks[k].low)
	if per == 0 {
		return 0, false, 0
	}
	k++
	if k+2 < len(toks) && toks[k].is("and") && toks[k+1].is("a") && toks[k+2].is("half") {
		v += .5
		k += 3
	}
	return v * per, weak, k - i
}

// amountOf reads a number in figures or words, fractions included.
func amountOf(toks []token, i int) (float64, int) {
	if toks[i].is("half") && i+1 < len(toks) && toks[i+1].is("a") {
		return .5, i + 2
	}
	n, used := countAt(toks, i)
	if used == 0 {
		return 0, i
	}
	v, k := float64(n), i+used
	if k+1 < len(toks) && toks[k].is(".") && toks[k].gap == glued && toks[k+1].kind == number && toks[k+1].gap == glued {
		f, err := strconv.ParseFloat(toks[i].text+"."+toks[k+1].text, 64)
		if err == nil {
			v, k = f, k+2
		}
	}
	if k < len(toks) && toks[k].is("½") {
		v, k = v+.5, k+1
	}
	if k+2 < len(toks) && toks[k].is("and") && toks[k+1].is("a") && toks[k+2].is("half") {
		v, k = v+.5, k+3
	}
	return v, k
}

// countAt reads a whole number in figures or words. "a" and "an" are one.
func countAt(toks []token, i int) (n, used int) {
	if i >= len(toks) {
		return 0, 0
	}
	t := toks[i]
	if t.kind == number {
		if len(t.text) > 3 {
			return 0, 0
		}
		return atoi(t.text), 1
	}
	if t.is("a", "an") {
		return 1, 1
	}
	n, ok := spelled(t.low)
	if !ok {
		return 0, 0
	}
	if n >= 20 && n < 100 && i+2 < len(toks) && toks[i+1].is("-") {
		if m, ok := spelled(toks[i+2].low); ok && m < 10 {
			return n + m, 3
		}
	}
	return n, 1
}

// spelled reads a number up to 99 written as one word: "eleven", "twenty-two".
func spelled(s string) (int, bool) {
	if n, ok := numberWords[s]; ok || len(s) < 8 {
		return n, ok
	}
	tens, rest, two := strings.Cut(s, "-")
	if !two || numberWords[tens] < 20 {
		return 0, false
	}
	ones, ok := numberWords[rest]
	return numberWords[tens] + ones, ok && ones < 10
}

// numberWords is read only.
var numberWords = map[string]int{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// hyphened reads "five-year" and "27-year", "18-month".
func hyphened(t token) (months float64, weak, ok bool) {
	i := strings.LastIndexByte(t.low, '-')
	if i <= 0 || t.kind != word {
		return 0, false, false
	}
	per, weak := unitMonths(t.low[i+1:])
	if per == 0 {
		return 0, false, false
	}
	n, ok := spelled(t.low[:i])
	if !ok {
		v, err := strconv.Atoi(t.low[:i])
		if err != nil || v > 999 {
			return 0, false, false
		}
		n = v
	}
	return float64(n) * per, weak, true
}

// compact reads "5y", "18mo", "3yrs".
func compact(t token) (months float64, weak, ok bool) {
	i := 0
	for i < len(t.low) && t.low[i] >= '0' && t.low[i] <= '9' {
		i++
	}
	if i == 0 || i > 3 || i == len(t.low) {
		return 0, false, false
	}
	unit := t.low[i:]
	per, weak := unitMonths(unit)
	if unit == "y" {
		per = 12
	} else if unit == "m" {
		per = 1
	}
	return float64(atoi(t.low[:i])) * per, weak, per > 0
}

// unitMonths returns how many months a unit has, and whether it is too fine
// to give months exactly.
func unitMonths(s string) (per float64, weak bool) {
	switch strings.TrimSuffix(s, ".") {
	case "year", "years", "yr", "yrs":
		return 12, false
	case "month", "months", "mo", "mos", "mth", "mths":
		return 1, false
	case "decade", "decades":
		return 120, false
	case "quarter-century":
		return 300, false
	case "week", "weeks", "wk", "wks":
		return 7 / 30.44, true
	case "day", "days":
		return 1 / 30.44, true
	}
	return 0, false
}
