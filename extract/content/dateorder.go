package content

import (
	"bytes"
	"strings"
	"unicode"

	"tenure/extract"
)

var digitDate = compiled(`\b(\d{1,2})[/.-](\d{1,2})[/.-](?:20)?\d\d\b`)

// order tells how the page writes days in digits: as one of its dates shows
// that has a number over twelve, else as its language does.
func (d *document) order() order {
	for i := range d.Blocks {
		b := d.Bytes(i)
		if len(b) > 400 || !bytes.ContainsAny(b, "/.-") || bytes.IndexFunc(b, unicode.IsDigit) < 0 {
			continue
		}
		for _, m := range digitDate().FindAllSubmatch(b, 8) {
			a, b := atoi(string(m[1])), atoi(string(m[2]))
			switch {
			case a > 12 && b >= 1 && b <= 12:
				return dayFirst
			case b > 12 && a >= 1 && a <= 12:
				return monthFirst
			}
		}
	}
	lang := strings.ToLower(first(htmlLang(d.Root), d.data.lang, d.head.first("og:locale")))
	switch {
	case strings.HasPrefix(lang, "en-us"), strings.HasPrefix(lang, "en_us"):
		return monthFirst
	case lang == "", lang == "en":
		return noOrder
	}
	return dayFirst
}

// findDate finds the first whole date in a line. One that can be read both ways
// is read as the day that the page names elsewhere in words.
func (d *document) findDate(text string, o order) (extract.Stamp, int) {
	st, n := findDay(text, o)
	if n > 0 || o != noOrder {
		return st, n
	}
	day, n := findDay(text, dayFirst)
	month, k := findDay(text, monthFirst)
	if n == 0 || n != k {
		return extract.Stamp{}, 0
	}
	switch a, b := d.named(day), d.named(month); {
	case a && !b:
		return day, n
	case b && !a:
		return month, k
	}
	return extract.Stamp{}, 0
}

// named reports whether the page gives a day without doubt: in words, in its
// data or in its address.
func (d *document) named(st extract.Stamp) bool {
	if d.days == nil {
		d.days = d.sureDays()
	}
	return d.days[st.String()]
}

// mostDays bounds how many days are remembered of a page.
const mostDays = 400

func (d *document) sureDays() map[string]bool {
	days := make(map[string]bool)
	add := func(st extract.Stamp) {
		if !st.IsZero() && len(days) < mostDays {
			days[extract.Day(st.Date()).String()] = true
		}
	}
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Words <= 30 && b.End-b.Start <= 220 {
			st, _ := findDay(d.String(i), noOrder)
			add(st)
		}
	}
	st, _ := machineStamp(d.data.modified)
	add(st)
	add(d.modified())
	add(d.urlDate())
	return days
}
