package page

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"slices"
)

// A flowPage shows who went from where to where.
type flowPage struct {
	Filter  filter
	Any     bool
	Drawing drawing
	Gains   []gain
	All     int // moves of the period with both ends known
	Moves   int // all of the period
}

// A drawing is organizations on both sides and ribbons between them.
type drawing struct {
	Width, Height float64
	Left, Right   []node
	Ribbons       []ribbon
	Rest          int     // moves between organizations that are not drawn
	unit          float64 // width of one move
}

type node struct {
	Y, H, TextY float64
	Name, Full  string
	Href        string
	N           int
}

type ribbon struct {
	Path, Href, Says string
	Tone             int // 0 to 5
}

// A gain is what an organization won and lost.
type gain struct {
	Name, Href      string
	In, Out, Net    int
	InHref, OutHref string
	InBar, OutBar   float64 // 0 to 100
}

// Measures of the drawing, in its own units.
const (
	flowWidth   = 1000.0
	flowMiddle  = 240.0 // where ribbons begin, and end from the right
	flowNodes   = 12    // on each side
	flowGap     = 9.0
	flowLeast   = 15.0  // height of a node: a line of text
	flowPerMove = 14.0  // most
	flowHeight  = 520.0 // of all ribbons, about
	mostGains   = 60
)

func (s *Site) flow(r *http.Request) (content, error) {
	v, err := s.view()
	if err != nil {
		return content{}, err
	}
	q := readFilter(r.URL.Query())
	f := filter{After: q.After, Before: q.Before, Kind: q.Kind, Tag: q.Tag, Score: q.Score, Org: q.Org, org: q.org, period: q.period, Page: 1}
	some := f.choose(v.moves)
	p := flowPage{Filter: f, Any: f.Any(), Moves: len(some)}
	p.Gains = v.gains(some, f)
	some = slices.DeleteFunc(some, func(m *move) bool { return m.fromKey == "" || m.toKey == "" || m.fromKey == m.toKey })
	p.All = len(some)
	p.Drawing = v.draw(some, f)
	return content{template: "flow", title: "Flow", section: "flow", body: p}, nil
}

// gains counts what every organization won and lost, the busiest first.
func (v *view) gains(moves []*move, f filter) []gain {
	counts := map[string]*gain{}
	count := func(key string) *gain {
		g := counts[key]
		if g == nil {
			o := v.orgs[key]
			in, out := f, f
			in.Org, out.Org, in.To, out.From = "", "", o.name, o.name
			g = &gain{Name: o.name, Href: orgPath(o.name), InHref: in.at("/"), OutHref: out.at("/")}
			counts[key] = g
		}
		return g
	}
	for _, m := range moves {
		if m.fromKey == m.toKey {
			continue
		}
		if m.fromKey != "" {
			count(m.fromKey).Out++
		}
		if m.toKey != "" {
			count(m.toKey).In++
		}
	}
	var all []gain
	most := 1
	for _, g := range counts {
		g.Net = g.In - g.Out
		most = max(most, g.In, g.Out)
		all = append(all, *g)
	}
	slices.SortFunc(all, func(a, b gain) int {
		return cmp.Or(b.In+b.Out-a.In-a.Out, b.Net-a.Net, cmp.Compare(a.Name, b.Name))
	})
	all = all[:min(len(all), mostGains)]
	for i := range all {
		all[i].InBar, all[i].OutBar = 100*float64(all[i].In)/float64(most), 100*float64(all[i].Out)/float64(most)
	}
	return all
}

// draw lays out the busiest organizations of both sides.
func (v *view) draw(moves []*move, f filter) drawing {
	d := drawing{Width: flowWidth}
	type pair struct{ from, to string }
	pairs := map[pair]int{}
	out, in := map[string]int{}, map[string]int{}
	for _, m := range moves {
		out[m.fromKey]++
		in[m.toKey]++
	}
	left, right := busy(out), busy(in)
	shownOut, shownIn := map[string]int{}, map[string]int{}
	for _, m := range moves {
		if !slices.Contains(left, m.fromKey) || !slices.Contains(right, m.toKey) {
			d.Rest++
			continue
		}
		pairs[pair{m.fromKey, m.toKey}]++
		shownOut[m.fromKey]++
		shownIn[m.toKey]++
	}
	d.unit = max(0.5, min(flowPerMove, flowHeight/float64(max(1, len(moves)-d.Rest))))
	ly, lh := d.side(&d.Left, v, left, shownOut)
	ry, rh := d.side(&d.Right, v, right, shownIn)
	d.Height = max(lh, rh)
	for i, a := range left {
		for _, b := range right {
			n := pairs[pair{a, b}]
			if n == 0 {
				continue
			}
			w := math.Round(100*d.unit*float64(n)) / 100
			y0, y1 := ly[a], ry[b]
			ly[a] += w
			ry[b] += w
			g := f
			g.Org, g.From, g.To = "", v.orgs[a].name, v.orgs[b].name
			d.Ribbons = append(d.Ribbons, ribbon{
				Path: ribbonPath(y0, y1, w), Href: g.at("/"), Tone: i % 6, Says: fmt.Sprintf("%s to %s: %s", g.From, g.To, plural(n, "move")),
			})
		}
	}
	return d
}

// ribbonPath goes around a ribbon as high as w, from y0 on the left to y1 on
// the right. It is an outline and no thick line, so that it has an edge to be
// seen by.
func ribbonPath(y0, y1, w float64) string {
	const left, mid, right = flowMiddle + 8, flowWidth / 2, flowWidth - flowMiddle - 8
	return fmt.Sprintf("M%g %.1fC%g %.1f %g %.1f %g %.1fv%.1fC%g %.1f %g %.1f %g %.1fz", left, y0, mid, y0, mid, y1, right, y1, w, mid, y1+w, mid, y0+w, left, y0+w)
}

// busy returns the keys with the highest counts.
func busy(counts map[string]int) []string {
	keys := mostFirst(counts)
	return keys[:min(len(keys), flowNodes)]
}

// side lays out one side; it returns where the ribbons of each organization
// begin, and how high the side is.
func (d *drawing) side(to *[]node, v *view, keys []string, n map[string]int) (map[string]float64, float64) {
	y, at := 4.0, map[string]float64{}
	for _, k := range keys {
		if n[k] == 0 {
			continue
		}
		ribbons := d.unit * float64(n[k])
		h := max(flowLeast, ribbons)
		at[k] = y + (h-ribbons)/2
		name := v.orgs[k].name
		*to = append(*to, node{Y: math.Round(10*y) / 10, H: math.Round(10*h) / 10, TextY: math.Round(y + h/2 + 4), Name: short(30, name), Full: name, Href: orgPath(name), N: n[k]})
		y += h + flowGap
	}
	return at, y
}
