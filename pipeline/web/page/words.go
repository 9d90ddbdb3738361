package page

import (
	"fmt"
	"math"
	"net/url"
	"strings"
	"time"
	"unicode"

	"tenure/extract"
	"tenure/pipeline"
)

func plural(n int, what string) string { return number(n) + " " + counted(n, what) }

// counted is the word for a thing of which there are so many.
func counted(n int, what string) string {
	switch {
	case n == 1:
		return what
	case what == "person":
		return "people"
	}
	return what + "s"
}

// number writes a number with its thousands apart.
func number(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

// length says a number of months as years and months.
func length(n int) string {
	years, rest := n/12, n%12
	switch {
	case years == 0:
		return plural(rest, "month")
	case rest == 0:
		return plural(years, "year")
	}
	return plural(years, "year") + ", " + plural(rest, "month")
}

func bound(b string) string {
	switch b {
	case extract.Min:
		return "more than "
	case extract.Max:
		return "less than "
	case extract.Approx:
		return "about "
	}
	return ""
}

func percent(score float64) string { return fmt.Sprintf("%.0f\u202f%%", math.Round(score*100)) }

func moment(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2 Jan 2006, 15:04 UTC")
}

func day(t time.Time) string { return t.UTC().Format("2 Jan 2006") }

// link returns an address that may be followed: http or https with a host.
// Anything else is empty and becomes no link.
func link(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// host is the name in an address, without what says nothing.
func host(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" {
		return "an unnamed outlet"
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// direction is the way most letters of a text are written, for HTML's dir. A
// quote in English does not turn around because it begins with an Arabic name.
func direction(s string) string {
	right, all := 0, 0
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r):
			continue
		case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko):
			right++
		}
		all++
	}
	if 2*right > all {
		return "rtl"
	}
	return "ltr"
}

// interval says how often something happens: "6 hours", "2 days".
func interval(d time.Duration) string {
	for _, unit := range []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		if n := d / unit.length; n > 1 && d%unit.length == 0 {
			return plural(int(n), unit.name)
		} else if d == unit.length {
			return unit.name
		}
	}
	return d.String()
}

func kindWords(k extract.MoveKind) string {
	switch k {
	case extract.Departure:
		return "Left"
	case extract.Hire:
		return "Joined"
	case extract.Transfer:
		return "Moved"
	case extract.Promotion:
		return "Promoted"
	case extract.Founding:
		return "Founded"
	case extract.Succession:
		return "Succeeded"
	}
	return string(k)
}

func personPath(name string) string { return "/person/" + url.PathEscape(Key(name)) }

func orgPath(name string) string { return "/organization/" + url.PathEscape(Key(name)) }

// short cuts a text at a word, after so many runes at most.
func short(n int, s string) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := string(r[:n])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + "…"
}

// sentence says a fact in words, without the person and the dates.
func sentence(f pipeline.FactRecord) string {
	at := optional(" at %s", f.Org)
	as := optional(" as %s", f.Role)
	var s string
	switch f.Type {
	case extract.Left:
		s = "left" + optional(" %s", f.Org) + as
	case extract.Joined:
		s = "joined" + optional(" %s", f.Org) + as
	case extract.Appointed, extract.Promoted:
		s = string(f.Type) + optional(" %s", f.Role) + at
	case extract.RoleAt:
		role := f.Role
		if role == "" {
			role = "position"
		}
		s = strings.TrimSpace(f.Status+" "+role) + at
	case extract.Founded:
		s = "founded" + optional(" %s", f.Org)
	case extract.Tenure:
		s = bound(f.Bound) + length(f.Months) + at
	case extract.ReplacedBy:
		s = "replaced by " + f.Successor + at
	default:
		s = string(f.Type) + at
	}
	if f.Manner != "" {
		s += ", " + f.Manner
	}
	if f.Planned {
		s += ", planned"
	}
	if f.Cancelled {
		s += ", later called off"
	}
	return s
}

func optional(format, s string) string {
	if s == "" {
		return ""
	}
	return fmt.Sprintf(format, s)
}

// dates says when, as exactly as the words do.
func dates(f pipeline.FactRecord) string {
	d := says(f.Date)
	if f.End != "" {
		d = strings.TrimPrefix(d+" to "+says(f.End), " ")
	}
	switch {
	case d == "":
		return ""
	case f.Approx:
		d = "about " + d
	case f.DateKind == extract.Announced:
		d = "announced " + d
	}
	return d
}
