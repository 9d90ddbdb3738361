package content

import (
	"strings"
	"unicode/utf8"

	"tenure/extract"
)

// dateSigns stand behind year, month and day in Chinese and Japanese, and in
// Korean.
var dateSigns = [...][3]string{{"年", "月", "日"}, {"년", "월", "일"}}

// signedDay reads 2025年5月26日, 2025년 5월 26일 and their like. The number at
// the beginning is y and has n bytes.
func signedDay(s string, y, n int) (extract.Stamp, int, bool) {
	n += spaces(s[n:])
	for _, signs := range dateSigns {
		if !strings.HasPrefix(s[n:], signs[0]) {
			continue
		}
		n += len(signs[0])
		m, k := signedNumber(s[n:], signs[1])
		d, l := signedNumber(s[n+k:], signs[2])
		if k == 0 || l == 0 {
			return extract.Stamp{}, 0, false
		}
		st, ok := calendar(y, m, d)
		return st, n + k + l, ok
	}
	return extract.Stamp{}, 0, false
}

// signedNumber reads a number of one or two digits and the sign behind it. It
// returns how many bytes these are, 0 if there are none.
func signedNumber(s, sign string) (v, n int) {
	n = spaces(s)
	v, k := number(s[n:])
	if k == 0 || v > 99 {
		return 0, 0
	}
	n += k
	n += spaces(s[n:])
	if !strings.HasPrefix(s[n:], sign) {
		return 0, 0
	}
	return v, n + len(sign)
}

// The Japanese years that are counted from an emperor's first, in which
// newspapers and offices still date.
const (
	era      = "令和"
	eraStart = 2018 // the year before the first
)

// eraDay reads the 7年5月26日 of 令和7年5月26日; the length it returns is that
// of both.
func eraDay(s string) (extract.Stamp, int, bool) {
	y, n := number(s)
	if n == 0 || y > 99 {
		return extract.Stamp{}, 0, false
	}
	st, n, ok := signedDay(s, eraStart+y, n)
	return st, n + len(era), ok
}

// wideDigit reports whether a digit of the width of a Chinese character
// begins s.
func wideDigit(s string) bool {
	return len(s) > 2 && s[0] == 0xef && s[1] == 0xbc && s[2] >= 0x90 && s[2] <= 0x99
}

// wideNumber is number for such digits.
func wideNumber(s string) (v, n int) {
	size := utf8.RuneLen('０')
	for ; n < 4*size && wideDigit(s[n:]); n += size {
		v = v*10 + int(s[n+2]-0x90)
	}
	if wideDigit(s[n:]) {
		return 0, 0
	}
	return v, n
}
