package content

import (
	"strconv"
	"strings"
	"time"

	"tenure/extract"
)

// ago finds a relative time in one of several languages.
var ago = compiled(`(?i)^(?:about |ca\. |vor |hace |il y a |há |fa )?(an?|one|een|ein(?:e[mnr]?)?|une?|una?|um|uma|\d{1,3}) ?(seconds?|secs?|minutes?|mins?|min|hours?|hrs?|hr|h|days?|d|weeks?|w|months?|years?|` +
	`sekunden?|minuten?|stunden?|std|tage?n?|wochen?|monate?n?|jahre?n?|minutos?|horas?|días?|dias?|semanas?|meses|mes|mês|años?|anos?|heures?|jours?|semaines?|mois|ans?|minuti|minuto|ore|ora|giorni|giorno|settimane|settimana|mesi|mese|uur|dagen|dag|weken)` +
	`(?: ago| geleden| fa| atrás)?$`)

// numericDay finds a day in digits: 26-05-2025, 5.6.2025, 2025/05/26.
var numericDay = compiled(`^(\d{1,4})[-./](\d{1,2})[-./](\d{4}|\d{2})$`)

// readClock reads the time of a card: a day in digits, day first where both
// orders are possible, or how long ago it was, counted from at.
func readClock(s string, at time.Time) (extract.Stamp, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 40 {
		return extract.Stamp{}, false
	}
	if m := numericDay().FindStringSubmatch(s); m != nil {
		return numericStamp(m[1], m[2], m[3])
	}
	if d, ok := readAgo(s); ok {
		if at.IsZero() {
			return extract.Stamp{}, true
		}
		then := at.Add(-d)
		return extract.Day(then.Date()), true
	}
	if s == "" {
		return extract.Stamp{}, false
	}
	if st, n, ok := dayAt(s, dayFirst); ok && n == len(s) {
		return st, true
	}
	return extract.Stamp{}, false
}

func numericStamp(a, b, c string) (extract.Stamp, bool) {
	y, m, d := c, b, a
	if len(a) == 4 {
		y, m, d = a, b, c
	}
	if len(y) == 2 {
		y = "20" + y
	}
	st, ok := calendar(atoi(y), atoi(m), atoi(d))
	if !ok {
		st, ok = calendar(atoi(y), atoi(d), atoi(m))
	}
	return st, ok
}

// buddhist is how many years the calendar of Thailand is ahead.
const buddhist = 543

// calendar returns the stamp of a day that exists.
func calendar(y, m, d int) (extract.Stamp, bool) {
	if y > 2400 && y < 2700 {
		y -= buddhist
	}
	if y < 1800 || y > 2200 || m < 1 || m > 12 || d < 1 || d > 31 {
		return extract.Stamp{}, false
	}
	st := extract.Day(y, time.Month(m), d)
	if _, _, day := st.Date(); day != d {
		return extract.Stamp{}, false
	}
	return st, true
}

// readAgo returns the length of "20 hours ago", "yesterday", "just now".
func readAgo(s string) (time.Duration, bool) {
	switch strings.ToLower(s) {
	case "just now", "now", "today", "moments ago", "heute", "hoy", "aujourd'hui", "oggi", "hoje", "vandaag":
		return 0, true
	case "yesterday", "gestern", "ayer", "hier", "ieri", "ontem", "gisteren":
		return 24 * time.Hour, true
	}
	m := ago().FindStringSubmatch(s)
	if m == nil || !agoWord(s) {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		n = 1
	}
	return time.Duration(n) * unitOf(strings.ToLower(m[2])), true
}

// agoWord reports whether the text says that the time is past: "3 hours" of
// itself is a length.
func agoWord(s string) bool {
	l := strings.ToLower(s)
	for _, w := range []string{"vor ", "hace ", "il y a ", "há "} {
		if strings.HasPrefix(l, w) {
			return true
		}
	}
	for _, w := range []string{" ago", " geleden", " fa", " atrás"} {
		if strings.HasSuffix(l, w) {
			return true
		}
	}
	return false
}

func unitOf(u string) time.Duration {
	day := 24 * time.Hour
	for _, x := range []struct {
		prefixes string
		unit     time.Duration
	}{
		{"sec sek", time.Second}, {"month mois monat mese mes mês", 30 * day}, {"min", time.Minute},
		{"week w woch seman semai setti weke", 7 * day}, {"year jahr año ano an", 365 * day},
		{"hour hr h std stund hora heure ora ore uur", time.Hour},
	} {
		for _, p := range strings.Fields(x.prefixes) {
			if strings.HasPrefix(u, p) {
				return x.unit
			}
		}
	}
	return day
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}
