package extract

import (
	"strconv"
	"strings"
	"time"
)

// DateOf returns the date of a value, as exact as the value is: what it can
// mean, from the first day to the last. It is the zero Date if the value is
// none.
func DateOf(value string) Date {
	if len(value) == len(time.DateOnly) {
		if t, err := time.Parse(time.DateOnly, value); err == nil {
			return Date{Value: value, Precision: ByDay, Earliest: t.Format(time.DateOnly), Latest: t.Format(time.DateOnly)}
		}
	}
	head, part, cut := strings.Cut(value, "-")
	digits, decade := strings.CutSuffix(head, "s")
	year, err := strconv.ParseUint(digits, 10, 16)
	w := windowOf(part)
	switch {
	case err != nil || len(digits) != 4 || year == 0:
		return Date{}
	case decade && !cut:
		w = window{ByDecade, 1, 120}
	case decade || cut && w.months == 0:
		return Date{}
	case !cut:
		w = window{ByYear, 1, 12}
	}
	first := time.Date(int(year), time.Month(w.first), 1, 0, 0, 0, 0, time.UTC)
	return Date{
		Value: value, Precision: w.precision,
		Earliest: first.Format(time.DateOnly), Latest: first.AddDate(0, w.months, -1).Format(time.DateOnly),
	}
}

// A window is a part of a year: its first month, and how many it has.
type window struct {
	precision     Precision
	first, months int
}

// windowOf returns the window of what stands behind a year. Seasons are by the
// northern calendar, and a winter may lie at either end of its year. Each third
// of a year has four months and one on either side: nobody agrees where late
// begins.
func windowOf(part string) window {
	switch part {
	case "spring":
		return window{BySeason, 3, 3}
	case "summer":
		return window{BySeason, 6, 3}
	case "autumn":
		return window{BySeason, 9, 3}
	case "winter":
		return window{BySeason, 1, 14}
	case "early":
		return window{Coarse, 1, 5}
	case "mid":
		return window{Coarse, 4, 6}
	case "late":
		return window{Coarse, 8, 5}
	}
	if len(part) != 2 {
		return window{}
	}
	switch n := int(part[1] - '0'); {
	case part[0] == 'Q' && n >= 1 && n <= 4:
		return window{ByQuarter, 3*n - 2, 3}
	case part[0] == 'H' && (n == 1 || n == 2):
		return window{ByHalf, 6*n - 5, 6}
	}
	if m, err := strconv.ParseUint(part, 10, 8); err == nil && m >= 1 && m <= 12 {
		return window{ByMonth, int(m), 1}
	}
	return window{}
}
