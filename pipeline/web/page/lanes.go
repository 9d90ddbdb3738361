package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// lanes draw a career: a lane for every stay, solid where the person surely
// was there, pale where the words leave it open. What is in the drawing goes
// from 0 to 100 across, so that it fits a page of any width; words stand
// beside it.
type lanes struct {
	Ticks []tick
	Lanes []lane
}

type lane struct {
	Org, Href   string
	Role        string
	When        string
	Pale, Solid piece
	Open        bool // goes on as far as is known
	Derived     bool
	Undated     bool
}

type piece struct{ X, W float64 }

// Measures and bounds of the drawing.
const (
	laneWidth = 100.0
	leastLane = 0.8
	mostLanes = 16
)

// layLanes lays out stays up to now.
func layLanes(stays []Stay, now time.Time) (l lanes) {
	stays = slices.Clone(stays)
	slices.SortStableFunc(stays, func(a, b Stay) int { return cmp.Compare(start(a), start(b)) })
	stays = stays[:min(len(stays), mostLanes)]
	w := period{until: now}
	for _, s := range stays {
		for _, p := range []period{span(s.From), span(s.Until)} {
			if p.known() && (w.from.IsZero() || p.from.Before(w.from)) {
				w.from = p.from
			}
			if p.until.After(w.until) {
				w.until = p.until
			}
		}
	}
	if w.from.IsZero() || w.from.After(w.until.AddDate(-1, 0, 0)) {
		w.from = w.until.AddDate(-1, 0, 0)
	}
	w.from = time.Date(w.from.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	inner := scale(w)
	x := func(t time.Time) float64 { return inner(t) * laneWidth / lineWidth }
	for _, k := range ticks(w, inner) {
		if !k.Year && w.length() > 3*366*24*time.Hour {
			continue
		}
		k.X *= laneWidth / lineWidth
		l.Ticks = append(l.Ticks, k)
	}
	for _, s := range stays {
		l.Lanes = append(l.Lanes, newLane(s, x, w))
	}
	return l
}

// start is the first day of a stay that is known, for sorting.
func start(s Stay) string {
	for _, p := range []period{span(s.From), span(s.Until)} {
		if p.known() {
			return p.from.Format(time.DateOnly)
		}
	}
	return "9"
}

func newLane(s Stay, x func(time.Time) float64, w period) lane {
	l := lane{Org: s.Org, Href: orgPath(s.Org), Role: strings.Join(s.Roles, ", "), When: s.when(), Derived: s.Derived}
	from, until := span(s.From), span(s.Until)
	l.Open = !until.known() && (s.Status == "current" || from.known())
	if !until.known() {
		until = period{w.until, w.until}
		if s.Status == "former" && from.known() {
			l.Open, until = false, period{from.until, from.until.AddDate(1, 0, 0)}
		}
	}
	if !from.known() {
		from = period{until.from, until.from}
		if !l.Open && !span(s.Until).known() {
			l.Undated = true
			return l
		}
		if s.Status == "current" && !span(s.Until).known() {
			from = period{w.until.AddDate(0, -2, 0), w.until}
		} else {
			from = period{until.from.AddDate(-1, 0, 0), until.from}
		}
	}
	left, right := x(from.from), x(until.until)
	left = min(left, laneWidth-leastLane)
	l.Pale = piece{left, max(leastLane, right-left)}
	if a, b := x(from.until), x(until.from); b > a {
		l.Solid = piece{a, b - a}
	}
	return l
}

// when says a stay's time in words.
func (s Stay) when() string {
	from, until := says(s.From.Value), says(s.Until.Value)
	if s.Derived && from != "" {
		from = "~" + from
	}
	var t string
	switch {
	case from != "" && until != "":
		t = from + " – " + until
	case from != "" && s.Status == "current":
		t = "since " + from
	case from != "":
		t = "from " + from
	case until != "":
		t = "until " + until
	default:
		t = s.Status
	}
	if s.Months > 0 {
		t = strings.TrimPrefix(fmt.Sprintf("%s · %s%s", t, bound(s.Bound), length(s.Months)), " · ")
	}
	return t
}
