package page

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tenure/extract"
	"tenure/pipeline"
)

// pageRows is how many moves a page of the table has.
const pageRows = 30

// A homePage is the list of moves.
type homePage struct {
	Filter           filter
	Any              bool
	Numbers          []figure
	Timeline         timeline
	Rows             []row
	First, Last, All int
	Total            int // without a filter
	Newer, Older     string
	Kinds            []extract.MoveKind
	Tags, Orgs       []string
	Found            []found
	Downloads        []download
	Sources          int
	Rejected         int // that are left out
}

// A figure is a number that leads somewhere.
type figure struct {
	N     string
	Words string
	Href  string
	Bad   bool
}

// A row is a move in a table.
type row struct {
	ID, Person         string
	Kind               extract.MoveKind
	From, To           end
	Date               string
	Derived, Reported  bool // the date was computed; is when it was told
	Planned, Cancelled bool
	Review             string // ok, queued or rejected
	Score              float64
	Sources, Conflicts int
	Quote, Outlet      string
	Article            string
	New                bool
}

// An end is a position at one end of a move.
type end struct{ Org, Role, Href string }

// A found is a person or an organization that a search meant.
type found struct{ Name, Href, What string }

type download struct{ Name, Href, File string }

func (s *Site) home(r *http.Request) (content, error) {
	v, err := s.view()
	if err != nil {
		return content{}, err
	}
	sources, err := s.Library.Sources()
	if err != nil {
		return content{}, err
	}
	f := readFilter(r.URL.Query())
	last := s.visit(r)
	f.since = last.since
	some := f.choose(f.from(v))
	p := homePage{
		Filter: f, Any: f.Any(), All: len(some), Total: len(v.moves), Numbers: numbers(v, sources, last), Sources: len(sources),
		Kinds: kinds(), Tags: v.tags[:min(len(v.tags), 40)], Orgs: v.busy, Found: v.find(f.words), Downloads: downloads(f), Rejected: len(v.rejected),
		Timeline: layTimeline(some, f.period, s.Now()),
	}
	p.turn(some, last)
	title := "Moves"
	if p.Any {
		title = "Moves: " + f.describe()
	}
	feed := f
	feed.Page, feed.New = 1, false
	return content{template: "home", title: title, section: "moves", feed: feed.values().Encode(), body: p, cookie: last.cookie(s.Now())}, nil
}

// turn fills the page of the table that the filter asks for.
func (p *homePage) turn(some []*move, last visit) {
	first := (p.Filter.Page - 1) * pageRows
	if first >= len(some) {
		first = max(0, (len(some)-1)/pageRows*pageRows)
		p.Filter.Page = first/pageRows + 1
	}
	end := min(first+pageRows, len(some))
	for _, m := range some[first:end] {
		r := newRow(m)
		r.New = !last.first && !m.FirstSeen.Before(last.since)
		p.Rows = append(p.Rows, r)
	}
	p.First, p.Last = first+1, end
	if first > 0 {
		p.Newer = p.Filter.on(p.Filter.Page - 1)
	}
	if end < len(some) {
		p.Older = p.Filter.on(p.Filter.Page + 1)
	}
}

func newRow(m *move) row {
	r := row{
		ID: m.ID, Person: m.Person, Kind: m.Kind, From: newEnd(m.From), To: newEnd(m.To),
		Date: says(m.date), Derived: m.derived, Planned: m.Planned, Cancelled: m.Cancelled, Score: m.Score, Sources: m.Sources,
		Conflicts: len(m.Conflicts), Review: m.Review,
	}
	if r.Date == "" {
		r.Date, r.Reported = m.when.from.Format("2 Jan 2006"), true
	}
	if e, ok := m.fullest(); ok {
		r.Quote, r.Outlet, r.Article = short(140, e.Quote), cmp.Or(e.Publisher, host(e.URL)), "/article/"+url.PathEscape(e.Article)
	}
	return r
}

// fullest is the longest quote of the article that told the move first.
func (m *move) fullest() (best pipeline.CitationRecord, ok bool) {
	for _, e := range m.Evidence {
		if !ok || e.Article == best.Article && len(e.Quote) > len(best.Quote) {
			best, ok = e, true
		}
	}
	return best, ok
}

func newEnd(p *pipeline.PositionRecord) end {
	if p == nil {
		return end{}
	}
	return end{p.Org, p.Role, orgPath(p.Org)}
}

func kinds() []extract.MoveKind {
	return []extract.MoveKind{extract.Departure, extract.Hire, extract.Transfer, extract.Promotion, extract.Founding, extract.Succession}
}

// numbers are the four that one looks at first.
func numbers(v *view, sources []pipeline.SourceState, last visit) []figure {
	fresh, bad := 0, 0
	for _, m := range v.moves {
		if !m.FirstSeen.Before(last.since) {
			fresh++
		}
	}
	for _, s := range sources {
		if h := healthOf(s); h.Bad {
			bad++
		}
	}
	words := "new since your last visit"
	if last.first {
		words = "new within a day"
	}
	return []figure{
		{number(len(v.moves)), counted(len(v.moves), "move") + " on record", "/", false},
		{number(fresh), words, "/?new=1", false},
		{number(len(v.queue)), "to review", "/review", false},
		{number(bad), counted(bad, "source") + " in trouble", "/sources", bad > 0},
	}
}

// mostFound is how many people and how many organizations a search names.
const mostFound = 8

// find returns the people and organizations whose names have all the words.
func (v *view) find(words []string) (all []found) {
	if len(words) == 0 {
		return nil
	}
	has := func(key string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(key, w) })
	}
	var people []*person
	for _, p := range v.people {
		if has(p.key) {
			people = append(people, p)
		}
	}
	slices.SortFunc(people, func(a, b *person) int { return cmp.Or(len(b.facts)-len(a.facts), cmp.Compare(a.key, b.key)) })
	for _, p := range people[:min(len(people), mostFound)] {
		all = append(all, found{p.name, p.path(), v.apart(p)})
	}
	var orgs []*organization
	for _, o := range v.orgs {
		if has(o.key) {
			orgs = append(orgs, o)
		}
	}
	slices.SortFunc(orgs, busier)
	for _, o := range orgs[:min(len(orgs), mostFound)] {
		all = append(all, found{o.name, "/organization/" + url.PathEscape(o.key), "organization"})
	}
	return all
}

// apart says what somebody is, and tells namesakes apart by where they were.
func (v *view) apart(p *person) string {
	if len(v.called[Key(p.name)]) < 2 || len(p.facts) == 0 {
		return "person"
	}
	return "person" + optional(" · %s", p.facts[len(p.facts)-1].Org)
}

// downloads are the formats in which the moves can be had.
func downloads(f filter) (all []download) {
	for _, format := range []string{pipeline.FormatCSV, pipeline.FormatJSON, pipeline.FormatJSONL} {
		all = append(all, download{strings.ToUpper(format), f.export(format), "moves." + format})
	}
	return all
}

// describe says the filter in a line.
func (f filter) describe() string {
	var all []string
	for _, p := range [][2]string{
		{"“%s”", f.Q}, {"%s", f.Person}, {"%s", f.Org}, {"from %s", f.From}, {"to %s", f.To}, {"%s", f.Kind}, {"#%s", f.Tag},
		{"from %s on", says(f.After)}, {"until %s", says(f.Before)},
	} {
		if p[1] != "" {
			all = append(all, fmt.Sprintf(p[0], p[1]))
		}
	}
	if f.Score > 0 {
		all = append(all, "score "+percent(f.Score)+" or more")
	}
	if f.Check {
		all = append(all, "to review")
	}
	if f.Rejected {
		all = append(all, "rejected")
	}
	if f.New {
		all = append(all, "new since your last visit")
	}
	return strings.Join(all, ", ")
}
