package page

import (
	"net/http"
	"net/url"
	"strings"
)

// A searchPage is what a few words may mean.
type searchPage struct {
	Q           string
	Found       []found // people and organizations
	Moves       []row
	All         int // moves that match
	AllHref     string
	Suggestions bool // without the page around it
}

// How many moves a search tells; all are at /.
const (
	mostSearched  = 12
	mostSuggested = 5
)

func (s *Site) search(r *http.Request) (content, error) {
	v, err := s.view()
	if err != nil {
		return content{}, err
	}
	f := readFilter(url.Values{"q": r.URL.Query()["q"]})
	p := searchPage{Q: f.Q, Suggestions: r.URL.Query().Get("part") != ""}
	most, title := mostSearched, "Search"
	if p.Suggestions {
		most = mostSuggested
	}
	if f.Q != "" && len(f.words) > 0 {
		p.Found = v.find(f.words)
		some := f.choose(v.moves)
		p.All, p.AllHref, title = len(some), f.at("/"), "Search: "+f.Q
		for _, m := range some[:min(len(some), most)] {
			p.Moves = append(p.Moves, newRow(m))
		}
	}
	return content{template: "search", title: title, section: "search", body: p, part: p.Suggestions}, nil
}

// help says what keys do and marks mean.
func (s *Site) help(*http.Request) (content, error) {
	return content{template: "help", title: "Help", section: "help", body: struct{ Writes bool }{!s.ReadOnly}}, nil
}

// line says a move in a few words.
func (r row) Line() string {
	var parts []string
	for _, p := range [][2]string{{"from", r.From.Org}, {"to", r.To.Org}} {
		if p[1] != "" {
			parts = append(parts, p[0]+" "+p[1])
		}
	}
	return strings.Join(append(parts, r.Date), ", ")
}
