package page

import (
	"fmt"
	"math"
	"net/http"

	"tenure/crawler"
	"tenure/pipeline"
)

// A sourcesPage says how every source is doing.
type sourcesPage struct {
	Sources []sourceRow
	Bad     int
	Writes  bool
	Tries   bool // a source can be tried
	Kinds   []crawler.Kind
	Done    string // what was just changed
}

type sourceRow struct {
	ID                           string
	URL, Host, Kind, Tags, Every string
	Paused                       bool
	Health                       health
	LastGood, Due, Since         string
	Found, Week                  int
	Usual                        string
}

// A health is how a source is doing in a word, why, and what to do about it.
type health struct {
	State, Why, Next string
	Command          string // that helps
	Bad              bool
}

// mostSources bounds the weight of the page.
const mostSources = 200

func (s *Site) sources(r *http.Request) (content, error) {
	all, err := s.Library.Sources()
	if err != nil {
		return content{}, err
	}
	p := sourcesPage{Writes: !s.ReadOnly, Tries: s.Try != nil && !s.ReadOnly, Kinds: kindsOfSource(), Done: doneWith(r.URL.Query(), all)}
	var good []sourceRow
	for _, x := range all {
		r := newSourceRow(x)
		if r.Health.Bad {
			p.Sources = append(p.Sources, r)
		} else {
			good = append(good, r)
		}
	}
	p.Bad = len(p.Sources)
	p.Sources = append(p.Sources, good...)
	p.Sources = p.Sources[:min(len(p.Sources), mostSources)]
	return content{template: "sources", title: "Sources", section: "sources", body: p}, nil
}

func newSourceRow(s pipeline.SourceState) sourceRow {
	r := sourceRow{
		ID: s.ID, Paused: s.Paused, URL: s.URL, Host: host(s.URL), Kind: string(s.Kind), Tags: joined(s.Tags), Health: healthOf(s), LastGood: moment(s.LastGood),
		Due: "–", Found: s.Found, Week: s.Volume.Week, Usual: "–",
	}
	if s.Every > 0 {
		r.Every = interval(s.Every)
	}
	if !s.Due.IsZero() {
		r.Due = moment(s.Due)
	}
	if !s.Since.IsZero() {
		r.Since = moment(s.Since)
	}
	if s.Volume.Usual > 0 {
		r.Usual = fmt.Sprintf("%.0f", math.Round(s.Volume.Usual))
	}
	return r
}

// healthOf says in words how a source is doing, and what to do about it.
func healthOf(s pipeline.SourceState) health {
	h := health{State: string(s.Health()), Command: "tenure source test " + s.URL, Bad: true}
	switch s.Health() {
	case pipeline.HealthPaused:
		return health{State: h.State, Why: "It is not looked at.", Next: "Nothing, unless it should be looked at again."}
	case pipeline.HealthNew:
		return health{State: h.State, Why: "It has not been looked at yet.", Next: "Make a pass.", Command: "tenure run"}
	case pipeline.HealthFailing:
		h.Why, h.Next = problem(s.Problem), "See what it answers."
		if s.Gone() {
			h.Why, h.Next, h.Command = "The site says that it is gone for good.", "Remove it.", "tenure source remove "+s.URL
		}
	case pipeline.HealthQuiet:
		h.Why, h.Next = "It answered, and offered no article.", "See whether it is the right page, or of another kind."
		if s.Volume.Quiet() {
			h.Why, h.Next = "It brings far less than it usually does.", "See whether its pages have changed."
		}
	default:
		return health{State: h.State, Why: "It answers and brings articles."}
	}
	return h
}

// problem says a reason that is one word in words.
func problem(code string) string {
	switch code {
	case "http-401", "http-403":
		return "The site refuses to answer (" + code + ")."
	case "http-404":
		return "There is nothing at this address (http-404)."
	case "http-429":
		return "The site asks for longer pauses (http-429)."
	case "timeout":
		return "The site took too long to answer (timeout)."
	case "robots":
		return "The site's robots.txt does not allow it (robots)."
	}
	return "The last look failed (" + code + ")."
}
