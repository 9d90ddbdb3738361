package career

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tenure/extract"
)

func century(y int) int {
	if y < 50 {
		return 2000
	}
	return 1900
}

// monthOf returns the number of the month named s, in lower case, or 0.
func monthOf(s string) int {
	if len(s) < 3 || len(s) > 9 {
		return 0
	}
	s = strings.TrimSuffix(s, ".")
	for i, name := range monthNames {
		if s == name || s == name[:3] {
			return i + 1
		}
	}
	if s == "sept" {
		return 9
	}
	return 0
}

var monthNames = [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

func weekdayOf(s string) (time.Weekday, bool) {
	if !strings.HasSuffix(s, "day") {
		return 0, false
	}
	for i, name := range weekdayNames {
		if s == name {
			return time.Weekday(i), true
		}
	}
	return 0, false
}

var weekdayNames = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

func seasonOf(s string) string {
	switch s {
	case "spring", "summer", "winter", "autumn":
		return s
	case "fall":
		return "autumn"
	}
	return ""
}

func ordinalOf(s string) int {
	for n, w := range []string{"first", "second", "third", "fourth"} {
		if s == w {
			return n + 1
		}
	}
	if len(s) == 3 && s[0] >= '1' && s[0] <= '4' && (s[1:] == "st" || s[1:] == "nd" || s[1:] == "rd" || s[1:] == "th") {
		return int(s[0] - '0')
	}
	return 0
}

// year reports whether s is a year of a career: 1800 to 2099.
func year(s string) bool {
	return len(s) == 4 && (s[:2] == "18" || s[:2] == "19" || s[:2] == "20") && s[2] >= '0' && s[2] <= '9' && s[3] >= '0' && s[3] <= '9'
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0 // too long to be any part of a date
	}
	return n
}

// The makers below return the zero Date for numbers that are no date.

func onDay(y, m, d int) extract.Date {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Year() != y || t.Day() != d || y < 1000 || y > 2099 {
		return extract.Date{}
	}
	day := t.Format(time.DateOnly)
	return extract.Date{Value: day, Precision: extract.ByDay, Earliest: day, Latest: day}
}

func inMonth(y, m int) extract.Date { return extract.DateOf(fmt.Sprintf("%04d-%02d", y, m)) }

func inQuarter(y, q int) extract.Date { return extract.DateOf(fmt.Sprintf("%04d-Q%d", y, q)) }

func inHalf(y, h int) extract.Date { return extract.DateOf(fmt.Sprintf("%04d-H%d", y, h)) }

func inSeason(y int, s string) extract.Date { return extract.DateOf(fmt.Sprintf("%04d-%s", y, s)) }

func inThird(y int, third string) extract.Date {
	return extract.DateOf(fmt.Sprintf("%04d-%s", y, third))
}

func inYear(y int) extract.Date { return extract.DateOf(fmt.Sprintf("%04d", y)) }

func inDecade(y int) extract.Date { return extract.DateOf(fmt.Sprintf("%04ds", y)) }
