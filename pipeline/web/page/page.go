// Package page shows a library in a browser: what changed and who says so.
//
// Every page is made on this side, works without its script, and is under
// 100 KB. A page is made from a view (view.go): the moves, the facts and what
// is known of the articles that tell them, held ready and read anew when it
// has aged, so that nobody who reads waits for the data file and no run waits
// for a reader. The pages:
//
//	/                        moves: numbers, timeline, table, filters, search
//	/flow                    who went from where to where in a period
//	/person/KEY              a career, and for each claim why we say so
//	/organization/KEY        arrivals, departures, who is there
//	/move/ID                 goes to the move on its person's page
//	/article/ID              the stored words with names and facts marked
//	/review                  what leaves doubt, to be decided, and what was
//	/sources, /run           how collecting goes
//	/search, /help           what a few words may mean; keys and marks
//	/feed.json, /feed.atom   new moves, with the filters of the first page
//	/metrics, /healthz       for other programs
//	/api                     what others can ask, for people
//	/api/v1/…                what others ask in JSON (package web); reading only
//	/reconcile               who is meant by a name, for OpenRefine (package reconcile)
//
// A key is a name as one writes it in an address (Key). All that was scraped
// goes through html/template as text: there is no way around it.
package page

import (
	"context"
	"embed"
	"html/template"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/pipeline/web"
	"tenure/pipeline/web/reconcile"
)

//go:embed template/*.html static/*
var files embed.FS

// A Site shows a library. Library and Timeline must be set before Handler is
// called; the rest may be zero.
type Site struct {
	Library web.Library
	// Timeline turns the claims about one person into stays, in order of time.
	Timeline func([]extract.Claim) []Stay
	Version  string           // shown at the foot
	Now      func() time.Time // nil means time.Now
	ReadOnly bool             // nothing can be changed through it
	// Try fetches a source once and keeps nothing; nil where that cannot be.
	Try func(context.Context, crawler.Source) (Trial, error)

	shelf     shelf
	trying    sync.Mutex // held while a source is tried
	templates map[string]*template.Template
	requests  [6]atomic.Int64 // answered, by the first digit of the status
}

// A Stay is one time of a person at an organization.
type Stay struct {
	Person, Org string
	From, Until extract.Date
	Status      string // current, former, leaving, future; empty if nothing says
	Months      int
	Bound       string // of Months: min, max, approx; empty or exact
	Founder     bool
	Derived     bool     // From was computed from Until and Months
	Roles       []string // in order of time
	Sources     int      // independent
}

// Handler returns what answers for the whole site. Forms change what is kept;
// whoever serves it puts Guard around it, which refuses those of other sites.
func (s *Site) Handler() http.Handler {
	if s.Now == nil {
		s.Now = time.Now
	}
	s.templates = parse()
	mux := http.NewServeMux()
	page := func(path string, fn func(*http.Request) (content, error)) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) { s.show(w, r, fn) })
	}
	page("/{$}", s.home)
	page("/flow", s.flow)
	page("/person/{key}", s.person)
	page("/organization/{key}", s.organization)
	page("/article/{id}", s.article)
	page("/review", s.review)
	mux.HandleFunc("POST /review", s.posted(s.judge))
	mux.HandleFunc("POST /review/people", s.posted(s.decidePeople))
	page("/sources", s.sources)
	mux.HandleFunc("POST /sources", s.posted(s.changeSources))
	mux.HandleFunc("POST /sources/test", s.submitted(s.testSource))
	page("/run", s.run)
	page("/api", s.api)
	page("/search", s.search)
	page("/help", s.help)
	page("/", func(r *http.Request) (content, error) { return content{}, &missingError{"page", r.URL.Path} })
	mux.HandleFunc("GET /move/{id}", s.move)
	mux.HandleFunc("GET /feed.json", s.jsonFeed)
	mux.HandleFunc("GET /feed.atom", s.atomFeed)
	mux.HandleFunc("GET /metrics", s.metrics)
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /static/{name}", static)
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("User-agent: *\nDisallow: /\n")) // nobody's business but the user's
	})
	mux.Handle("GET "+web.Prefix, (&web.API{Library: s.Library}).Reading())
	names := (&reconcile.Service{Library: s.Library, Version: s.Version}).Handler()
	for _, pattern := range []string{"GET " + reconcile.Path, "POST " + reconcile.Path, "GET " + reconcile.Path + "/"} {
		mux.Handle(pattern, names)
	}
	return s.counted(mux)
}

// Warm reads what the first page needs, so that nobody waits for it.
func (s *Site) Warm() error {
	_, err := s.view()
	return err
}
