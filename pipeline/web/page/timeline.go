package page

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"tenure/extract"
)

// A timeline draws moves as bars: as wide as the time the date can mean, as
// dense as the score.
type timeline struct {
	Width, Height float64
	Ticks         []tick
	Bars          []bar
	Before, After int // moves that lie outside
	Hidden        int // that there was no room for
	From, Until   string
}

type tick struct {
	X     float64
	Label string
	Year  bool
}

type bar struct {
	X, Y, W    float64
	Opacity    string
	Kind       extract.MoveKind
	Reported   bool // dated by the news only
	Href, Says string
	Label      string
	LabelX     float64
	LabelY     float64
	Anchor     string
}

// Measures of the drawing, in its own units.
const (
	lineWidth  = 1000.0
	lineRow    = 22.0
	lineTop    = 26.0
	mostRows   = 18
	mostBars   = 80
	leastBar   = 7.0
	labelRunes = 26
	labelGap   = 5.0
	barGap     = 14.0
	usualYears = 3   // shown at most if no period is asked for
	usualMoves = 130 // the same
)

// layTimeline lays out moves, the latest first.
func layTimeline(moves []*move, asked period, now time.Time) timeline {
	t := timeline{Width: lineWidth}
	if len(moves) == 0 {
		return t
	}
	window := frameOf(moves, asked, now)
	var rows []float64 // where each is taken from
	x := scale(window)
	for _, m := range moves {
		switch {
		case !m.when.from.Before(window.until):
			t.After++
			continue
		case !window.from.Before(m.when.until):
			t.Before++
			continue
		case len(t.Bars) == mostBars:
			t.Hidden++
			continue
		}
		b, left, right := newBar(m, x)
		i := slices.IndexFunc(rows, func(taken float64) bool { return right+barGap <= taken })
		switch {
		case i >= 0:
		case len(rows) < mostRows:
			i = len(rows)
			rows = append(rows, 0)
		default:
			t.Hidden++
			continue
		}
		rows[i] = left
		b.Y = lineTop + lineRow*float64(i)
		b.LabelY = b.Y + 11
		b.Href, b.Says, b.Opacity = "/move/"+url.PathEscape(m.ID), m.String(), fmt.Sprintf("%.2f", 0.25+0.7*m.Score)
		t.Bars = append(t.Bars, b)
	}
	t.Height = lineTop + lineRow*float64(len(rows)) + 6
	t.Ticks = ticks(window, x)
	t.From, t.Until = window.from.Format("Jan 2006"), window.until.AddDate(0, 0, -1).Format("Jan 2006")
	return t
}

// frameOf chooses the time that is drawn: what was asked for, else the last
// years that have moves.
func frameOf(moves []*move, asked period, now time.Time) period {
	w := asked
	if w.until.IsZero() {
		for _, m := range moves {
			if end := m.when.until; m.when.length() < 400*24*time.Hour && end.After(w.until) && end.Before(now.AddDate(2, 0, 0)) {
				w.until = end
			}
		}
		if w.until.IsZero() {
			w.until = moves[0].when.until
		}
	}
	if w.from.IsZero() {
		w.from = w.until.AddDate(-usualYears, 0, 0)
		first := w.until
		for _, m := range moves[:min(len(moves), usualMoves)] {
			if m.when.from.Before(first) && m.when.until.After(w.from) {
				first = m.when.from
			}
		}
		if first.After(w.from) {
			w.from = first
		}
	}
	from := time.Date(w.from.Year(), w.from.Month(), 1, 0, 0, 0, 0, time.UTC)
	until := time.Date(w.until.Year(), w.until.Month(), 1, 0, 0, 0, 0, time.UTC)
	if until.Before(w.until) {
		until = until.AddDate(0, 1, 0)
	}
	if until.Before(from.AddDate(0, 3, 0)) {
		until = from.AddDate(0, 3, 0)
	}
	return period{from, until}
}

// scale maps time to the drawing.
func scale(w period) func(time.Time) float64 {
	return func(t time.Time) float64 {
		return math.Round(10*lineWidth*min(1, max(0, float64(t.Sub(w.from))/float64(w.length())))) / 10
	}
}

// newBar places a bar and its label; left and right are the ends of both.
func newBar(m *move, x func(time.Time) float64) (b bar, left, right float64) {
	b = bar{X: x(m.when.from), Kind: m.Kind, Reported: m.date == "", Label: short(labelRunes, m.Person), Anchor: "start"}
	b.W = max(leastBar, x(m.when.until)-b.X)
	b.X = min(b.X, lineWidth-b.W)
	label := labelWidth(b.Label)
	left, right = b.X, b.X+b.W
	switch {
	case right+labelGap+label <= lineWidth:
		b.LabelX = right + labelGap
		right = b.LabelX + label
	case left-labelGap-label >= 0:
		b.LabelX, b.Anchor = left-labelGap, "end"
		left = b.LabelX - label
	default:
		b.Label = "" // a bar over all of it leaves no room
	}
	return b, left, right
}

// labelWidth is how wide a label is at most, in a font that is wider than most;
// nobody knows which one a reader has.
func labelWidth(s string) (w float64) {
	for _, r := range s {
		switch {
		case r >= 0x1100 && !unicode.Is(unicode.Latin, r): // ideographs, syllables
			w += 12.5
		case strings.ContainsRune("mwMW@%", r):
			w += 12
		case unicode.IsUpper(r):
			w += 9
		case strings.ContainsRune("iljtfr.,:;'’|()-/ ", r):
			w += 5
		default:
			w += 7.7
		}
	}
	return w
}

// ticks are the years, and the months or quarters if there is room.
func ticks(w period, x func(time.Time) float64) (all []tick) {
	span := int(w.length().Hours() / 24 / 30)
	step := 12
	switch {
	case span <= 14:
		step = 1
	case span <= 42:
		step = 3
	case span > 12*40:
		step = 120
	case span > 12*14:
		step = 60
	}
	for t := time.Date(w.from.Year(), 1, 1, 0, 0, 0, 0, time.UTC); t.Before(w.until); t = t.AddDate(0, step, 0) {
		at := x(t)
		if t.Before(w.from) || at > lineWidth-30 || step == 120 && t.Year()%10 != 0 {
			continue
		}
		k := tick{X: at, Label: t.Format("Jan"), Year: t.Month() == 1}
		switch {
		case k.Year:
			k.Label = t.Format("2006")
		case len(all) == 0:
			k.Label = t.Format("Jan 2006")
		}
		all = append(all, k)
	}
	return all
}

// String says a move in a line.
func (m *move) String() string {
	s := m.Person + ": " + kindWords(m.Kind)
	if m.From != nil {
		s += optional(" from %s", m.From.Org)
	}
	if m.To != nil {
		s += optional(" to %s", m.To.Org)
	}
	switch {
	case m.date == "":
		return s + ", told " + m.when.from.Format("2 Jan 2006")
	case m.derived:
		return s + ", about " + says(m.date) + " (computed)"
	}
	return s + ", " + says(m.date)
}
