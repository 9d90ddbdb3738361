package page

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"time"

	"tenure/extract"
)

// An orgPage is who came, who left and who is there.
type orgPage struct {
	Name     string
	Numbers  []figure
	Chart    chart
	From, To []tally // where people come from, and go to
	There    []member
	Open     []opening
	Rows     []row
	More     int
	MoreHref string
	Feed     string
}

// A tally is an organization and how many moves lead to or from it.
type tally struct {
	Name, Href, Moves string
	N                 int
	Bar               float64 // 0 to 100
}

// A member is who is there now, as far as is known.
type member struct{ Name, Href, Role, Since string }

// An opening is a role that somebody left and nobody is told to have taken.
type opening struct{ Role, Who, Href, Since string }

// A chart is arrivals above a line and departures below, by month or year.
type chart struct {
	Height, Middle float64 // pixels; across it goes from 0 to 100
	Bars           []column
	Ticks          []tick
	By             string
}

type column struct {
	X, W, Up, Down, UpY float64
	In, Out             int
	Says                string
}

// Measures and bounds of the page.
const (
	chartHalf    = 56.0
	mostColumns  = 48
	mostMembers  = 120
	mostOrgRows  = 40
	mostTallies  = 10
	mostOpenings = 12
)

func (s *Site) organization(r *http.Request) (content, error) {
	v, err := s.view()
	if err != nil {
		return content{}, err
	}
	key := r.PathValue("key")
	o := v.orgs[Key(key)]
	if o == nil {
		return s.elsewhere(v, key, extract.Organization)
	}
	if o.key != key {
		return content{elsewhere: orgPath(o.name)}, nil
	}
	q := url.Values{"org": {o.name}}.Encode()
	p := orgPage{Name: o.name, Feed: q, MoreHref: "/?" + q}
	in := slices.DeleteFunc(slices.Clone(o.in), func(m *move) bool { return m.fromKey == o.key })
	out := slices.DeleteFunc(slices.Clone(o.out), func(m *move) bool { return m.toKey == o.key })
	stays, now := s.staysAt(o)
	p.There = now
	p.Open = openings(v, o, out, p.There)
	p.Numbers = orgNumbers(o, in, out, stays, len(p.There))
	p.There = p.There[:min(len(p.There), mostMembers)]
	p.Chart = layChart(in, out)
	p.From = v.tallies(in, func(m *move) string { return m.fromKey }, func(from string) filter { return filter{From: from, To: o.name} })
	p.To = v.tallies(out, func(m *move) string { return m.toKey }, func(to string) filter { return filter{From: o.name, To: to} })
	all := filter{org: o.key, Page: 1}.choose(v.moves)
	for _, m := range all[:min(len(all), mostOrgRows)] {
		p.Rows = append(p.Rows, newRow(m))
	}
	p.More = len(all) - len(p.Rows)
	return content{template: "organization", title: o.name, section: "organization", feed: q, body: p}, nil
}

// staysAt returns the stays at an organization of all who have been there, and
// who is there now.
func (s *Site) staysAt(o *organization) (all []Stay, now []member) {
	for _, p := range o.people {
		for _, x := range s.stays(p) {
			if Key(x.Org) != o.key {
				continue
			}
			all = append(all, x)
			if x.Status == extract.Current {
				now = append(now, member{p.name, p.path(), joined(x.Roles), says(x.From.Value)})
			}
		}
	}
	slices.SortFunc(now, func(a, b member) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Role, b.Role)) })
	return all, now
}

func orgNumbers(o *organization, in, out []*move, stays []Stay, now int) []figure {
	months, n := 0, 0
	for _, x := range stays {
		if x.Months > 0 && (x.Bound == "" || x.Bound == extract.Exact || x.Bound == extract.Approx) {
			months += x.Months
			n++
		}
	}
	mean, words := "–", "mean tenure: not enough is known"
	if n > 0 {
		mean = fmt.Sprintf("%.1f y", float64(months)/float64(n)/12)
		words = "mean tenure, of " + plural(n, "stay")
	}
	return []figure{
		{number(len(in)), "came", filter{To: o.name}.at("/"), false},
		{number(len(out)), "left", filter{From: o.name}.at("/"), false},
		{number(now), "there now, as far as is told", "#there", false},
		{mean, words, "", false},
	}
}

// openings are roles that were left in the last year, which nobody who came or
// is there is told to have.
func openings(v *view, o *organization, out []*move, now []member) (all []opening) {
	for _, m := range out {
		if m.From.Role == "" || m.Cancelled || m.when.until.Before(v.at.AddDate(-1, 0, 0)) {
			continue
		}
		role := Key(m.From.Role)
		taken := slices.ContainsFunc(o.in, func(x *move) bool { return Key(x.To.Role) == role && x.when.until.After(m.when.from) }) ||
			slices.ContainsFunc(now, func(x member) bool { return Key(x.Role) == role && x.Name != m.Person })
		if !taken && len(all) < mostOpenings {
			all = append(all, opening{m.From.Role, m.Person, "/move/" + url.PathEscape(m.ID), says(m.date)})
		}
	}
	return all
}

// tallies counts the other ends of moves.
func (v *view) tallies(moves []*move, other func(*move) string, both func(string) filter) []tally {
	counts := map[string]int{}
	for _, m := range moves {
		if k := other(m); k != "" {
			counts[k]++
		}
	}
	var all []tally
	for k, n := range counts {
		name := v.orgs[k].name
		all = append(all, tally{Name: name, Href: orgPath(name), Moves: both(name).at("/"), N: n})
	}
	slices.SortFunc(all, func(a, b tally) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Name, b.Name)) })
	all = all[:min(len(all), mostTallies)]
	for i := range all {
		all[i].Bar = 100 * float64(all[i].N) / float64(all[0].N)
	}
	return all
}

// layChart counts by month, or by year if that is too long. A date that is
// less exact than that is counted where it begins.
func layChart(in, out []*move) chart {
	c := chart{By: "month"}
	var starts []time.Time
	for _, m := range slices.Concat(in, out) {
		if m.date != "" && m.when.length() <= 370*24*time.Hour {
			starts = append(starts, m.when.from)
		}
	}
	if len(starts) == 0 {
		return chart{}
	}
	slices.SortFunc(starts, time.Time.Compare)
	w := period{starts[0], starts[len(starts)-1]}
	if late := w.until.AddDate(0, 1-mostColumns, 0); w.from.Before(late) && starts[len(starts)/5].After(late) {
		w.from = late // a few of long ago do not make months into years
	}
	step := 1
	n := monthsBetween(w.from, w.until) + 1
	w.from = time.Date(w.from.Year(), w.from.Month(), 1, 0, 0, 0, 0, time.UTC)
	if n > mostColumns {
		step, c.By = 12, "year"
		w.from = time.Date(w.from.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		n = w.until.Year() - w.from.Year() + 1
	}
	n = max(n, 12/step)
	c.fill(w.from, n, step, in, out)
	return c
}

func monthsBetween(a, b time.Time) int {
	return 12*(b.Year()-a.Year()) + int(b.Month()) - int(a.Month())
}

func (c *chart) fill(from time.Time, n, step int, in, out []*move) {
	width := 100 / float64(n)
	c.Bars = make([]column, n)
	place := func(m *move) *column {
		i := monthsBetween(from, m.when.from)
		if i < 0 || i/step >= n || m.date == "" {
			return &column{}
		}
		return &c.Bars[i/step]
	}
	for _, m := range in {
		place(m).In++
	}
	for _, m := range out {
		place(m).Out++
	}
	mostIn, mostOut := 0, 0
	for _, b := range c.Bars {
		mostIn, mostOut = max(mostIn, b.In), max(mostOut, b.Out)
	}
	unit := min(18, chartHalf/float64(max(1, mostIn, mostOut)))
	c.Middle = unit*float64(mostIn) + 2
	c.Height = c.Middle + unit*float64(mostOut) + 24
	for i := range c.Bars {
		b, at := &c.Bars[i], from.AddDate(0, i*step, 0)
		b.X, b.W = math.Round(100*(float64(i)*width+0.1))/100, math.Round(100*min(3.4, max(0.2, width-0.2)))/100
		b.Up, b.Down = unit*float64(b.In), unit*float64(b.Out)
		b.UpY = c.Middle - b.Up
		layout := "Jan 2006"
		if step == 12 {
			layout = "2006"
		}
		b.Says = fmt.Sprintf("%s: %s, %s", at.Format(layout), plural(b.In, "arrival"), plural(b.Out, "departure"))
		if label := chartTick(at, step, n, i == 0); label != "" {
			c.Ticks = append(c.Ticks, tick{X: b.X, Label: label, Year: true})
		}
	}
}

// chartTick is what stands below a column: the year where it begins, and the
// month where the chart has no such place.
func chartTick(at time.Time, step, columns int, first bool) string {
	switch {
	case step == 12 && (at.Year()%5 == 0 || columns <= 12), step == 1 && at.Month() == 1:
		return at.Format("2006")
	case step == 1 && first && columns <= 12:
		return at.Format("Jan 2006")
	}
	return ""
}
