package content

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"tenure/extract"
)

// An order tells how 3/4/2025 is read.
type order uint8

const (
	noOrder    order = iota // only if one of the numbers is over twelve, or both are equal
	dayFirst                // 3 April
	monthFirst              // March 4
)

// findDay finds the first whole date in s: ISO, digits in the given order, or
// with the month as a word in one of the languages of months. It returns the
// stamp and the offset behind it; the zero stamp if there is none.
func findDay(s string, o order) (extract.Stamp, int) {
	for i := 0; i < len(s); {
		if i > 0 && digit(s[i-1]) || !digit(s[i]) && !startsWord(s, i) {
			i++
			continue
		}
		if st, n, ok := dayAt(s[i:], o); ok {
			return st, i + n
		}
		i++
	}
	return extract.Stamp{}, 0
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// startsWord reports whether a word begins at i.
func startsWord(s string, i int) bool {
	r, n := utf8.DecodeRuneInString(s[i:])
	if n == 0 || !unicode.IsLetter(r) {
		return wideDigit(s[i:]) && (i < 3 || !wideDigit(s[i-3:]))
	}
	q, _ := utf8.DecodeLastRuneInString(s[:i])
	return i == 0 || !unicode.IsLetter(q)
}

// dayAt reads a date that begins at s[0].
func dayAt(s string, o order) (extract.Stamp, int, bool) {
	if digit(s[0]) || wideDigit(s) {
		return digitDay(s, o)
	}
	if rest, ok := strings.CutPrefix(s, era); ok {
		return eraDay(rest)
	}
	m, n := monthAt(s)
	if m == 0 {
		return extract.Stamp{}, 0, false
	}
	return monthDay(s, m, n)
}

// number reads at most four digits.
func number(s string) (v, n int) {
	if wideDigit(s) {
		return wideNumber(s)
	}
	for n < len(s) && n < 4 && digit(s[n]) {
		v = v*10 + int(s[n]-'0')
		n++
	}
	if n < len(s) && digit(s[n]) {
		return 0, 0
	}
	return v, n
}

// gapOver skips what may stand between the parts of a date.
func gapOver(s string, words ...string) int {
	n := 0
	for n < len(s) {
		switch {
		case s[n] == ' ' || s[n] == ',' || s[n] == '.' || s[n] == '\'':
			n++
			continue
		case strings.HasPrefix(s[n:], "\u00a0"):
			n += 2
			continue
		}
		more := false
		for _, w := range words {
			if strings.HasPrefix(s[n:], w) {
				n += len(w)
				more = true
				break
			}
		}
		if !more {
			break
		}
	}
	return n
}

// digitDay reads a date that begins with a number.
func digitDay(s string, o order) (extract.Stamp, int, bool) {
	a, n := number(s)
	if n == 0 || n == len(s) {
		return compact(s)
	}
	if st, m, ok := signedDay(s, a, n); ok {
		return st, m, true
	}
	if sep := s[n]; sep == '-' || sep == '/' || sep == '.' {
		if st, m, ok := separated(s, a, n, sep, o); ok {
			return st, m, true
		}
	}
	m := n + gapOver(s[n:], "st", "nd", "rd", "th", "er", "º", "ª", "de ", "of ", "-")
	month, k := monthAt(s[m:])
	if month == 0 || n == 3 {
		return extract.Stamp{}, 0, false
	}
	m += k
	if n == 4 {
		return yearFirst(s, a, month, m)
	}
	m += gapOver(s[m:], "de ", "del ", "-", "/")
	y, k := number(s[m:])
	if k != 4 {
		return extract.Stamp{}, 0, false
	}
	st, ok := calendar(y, month, a)
	return st, m + k, ok
}

// yearFirst reads the day of "2025 May 26", which begins at m.
func yearFirst(s string, y, month, m int) (extract.Stamp, int, bool) {
	m += gapOver(s[m:])
	d, k := number(s[m:])
	if k == 0 || k > 2 {
		return extract.Stamp{}, 0, false
	}
	st, ok := calendar(y, month, d)
	return st, m + k, ok
}

// compact reads 20250526.
func compact(s string) (extract.Stamp, int, bool) {
	if len(s) < 8 || len(s) > 8 && digit(s[8]) {
		return extract.Stamp{}, 0, false
	}
	for i := range 8 {
		if !digit(s[i]) {
			return extract.Stamp{}, 0, false
		}
	}
	st, ok := calendar(atoi(s[:4]), atoi(s[4:6]), atoi(s[6:8]))
	return st, 8, ok && atoi(s[:4]) >= 1980
}

// separated reads three numbers with one separator.
func separated(s string, a, n int, sep byte, o order) (extract.Stamp, int, bool) {
	first := n
	n++
	n += spaces(s[n:])
	b, k := number(s[n:])
	n += k
	if k == 0 || k > 2 || n == len(s) || s[n] != sep {
		return extract.Stamp{}, 0, false
	}
	n++
	n += spaces(s[n:])
	c, k := number(s[n:])
	n += k
	switch {
	case first == 4 && k > 0 && k <= 2:
		st, ok := calendar(a, b, c)
		return st, n, ok
	case first > 2 || k != 4 && k != 2:
		return extract.Stamp{}, 0, false
	case k == 2:
		c += 2000
	}
	if sep == '.' && o == noOrder {
		o = dayFirst
	}
	d, m := a, b
	if b > 12 || o == monthFirst && a <= 12 {
		d, m = b, a
	} else if o == noOrder && a <= 12 && a != b {
		return extract.Stamp{}, 0, false
	}
	st, ok := calendar(c, m, d)
	return st, n, ok
}

func spaces(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

// monthDay reads a date that begins with a month of n bytes.
func monthDay(s string, month, n int) (extract.Stamp, int, bool) {
	n += gapOver(s[n:])
	d, k := number(s[n:])
	if k == 0 || k > 2 {
		return extract.Stamp{}, 0, false
	}
	n += k
	n += gapOver(s[n:], "st", "nd", "rd", "th")
	y, k := number(s[n:])
	if k != 4 {
		return extract.Stamp{}, 0, false
	}
	st, ok := calendar(y, month, d)
	return st, n + k, ok
}

// monthAt returns the month whose name begins s, and its length; 0 if none.
func monthAt(s string) (month, n int) {
	for n < len(s) {
		r, k := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			break
		}
		n += k
	}
	if n < 3 || n > mostMonth {
		return 0, 0
	}
	return monthNamed(s[:n]), n
}

// monthNumbers maps the names of the months to their numbers.
var monthNumbers = sync.OnceValue(func() map[string]int {
	m := make(map[string]int)
	for i, names := range months {
		for _, name := range strings.Fields(names) {
			m[name] = i + 1
		}
	}
	return m
})

// mostMonth is how many bytes the name of a month has at most.
const mostMonth = 36

// monthNamed returns the month of a name or its abbreviation; 0 if it is none.
func monthNamed(name string) int {
	if len(name) > mostMonth {
		return 0
	}
	return monthNumbers()[strings.ToLower(name)]
}
