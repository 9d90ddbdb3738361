package web

import (
	"net/http"
	"slices"
	"strings"

	"tenure/extract"
	"tenure/pipeline"
)

// A route is a question that changes nothing, how it is answered, and what
// the description of the interface (openapi.go) says of it.
type route struct {
	path   string   // below Prefix
	id     string   // by which programs that are made from the description call it
	about  string   // in half a line
	more   string   // what else there is to know
	params []string // names of params
	gives  []string // schemas; an answer, or each line of it, is as one of them says
	lines  bool     // one record a line, else one JSON value
	answer func(*API, *reply, *http.Request) error
}

// routes are all questions that change nothing.
func routes() []route {
	named, listed := []string{"name"}, []string{"person", "org", "since", "limit", "cursor"}
	scored := []string{"person", "org", "type", "since", "min_score", "limit", "cursor"}
	moves := []string{"person", "org", "type", "since", "min_score", "review", "limit", "cursor"}
	return []route{
		{"articles", "listArticles", "articles", "An article passes if it names the person and the organization.", listed, []string{"article"}, true, lines(Library.Articles)},
		{"entities", "listEntities", "people, organizations and places", "", []string{"person", "org", "limit", "cursor"}, []string{"entity"}, true, lines(kind(""))},
		{"people", "listPeople", "people", "", []string{"person", "limit", "cursor"}, []string{"entity"}, true, lines(kind(extract.Person))},
		{"organizations", "listOrganizations", "organizations", "", []string{"org", "limit", "cursor"}, []string{"entity"}, true, lines(kind(extract.Organization))},
		{"facts", "listFacts", "claims, article by article", "", scored, []string{"fact"}, true, lines(Library.Facts)},
		{"moves", "listMoves", "moves, merged over all articles", "", moves, []string{"move"}, true, lines(Library.Moves)},
		{"failures", "listFailures", "pages that a stage gave up on", "", []string{"type", "since", "limit", "cursor"}, []string{"failure"}, true, lines(Library.Failures)},
		{"show", "show", "one article, move, person or organization", "The name is an ID, an address or a name.", named, []string{"article", "move", "dossier"}, false, (*API).show},
		{"export", "export", "records as 'tenure export' writes them", "", []string{"what", "format", "person", "org", "since", "min_score", "limit"}, nil, false, (*API).export},
		{"sources", "listSources", "what is looked at, and how it goes", "", []string{"limit", "cursor"}, []string{"source"}, true, (*API).sources},
		{"sources/one", "findSource", "one source", "The name is an ID or an address.", named, []string{"origin"}, false, (*API).findSource},
		{"consumers", "showConsumer", "when a consumer got its last export", "", named, []string{"consumer"}, false, (*API).lastExport},
		{"people/one", "showPerson", "a person of several articles, and why they are one", "", []string{"id"}, []string{"person"}, false, (*API).person},
		{"decisions", "listDecisions", "who was said to be the same, or another", "", nil, []string{"decision"}, true, (*API).decisions},
		{"pairs", "listPairs", "people who were kept apart, and may be one", "", nil, []string{"pair"}, true, (*API).pairs},
		{"verdicts", "listVerdicts", "what somebody said of moves and facts", "The last one about the same counts; undo takes back the one before.", nil, []string{"verdict"}, true, (*API).verdicts},
		{"openapi.json", "describe", "this description", "", nil, nil, false, (*API).describe},
	}
}

// reading adds the questions that change nothing. If limits are of pages, a
// list that is asked for with one is answered with a page.
func (a *API) reading(handle func(string, func(*reply, *http.Request) error), limitsArePages bool) {
	for _, r := range routes() {
		handle("GET "+r.path, func(out *reply, req *http.Request) error {
			q := req.URL.Query()
			limit := q.Get("limit")
			if r.hasPages() && (q.Has("cursor") || limitsArePages && limit != "" && limit != "0") {
				return a.page(out, req, r.path)
			}
			return r.answer(a, out, req)
		})
	}
}

// hasPages reports whether a route's list can be had in pages.
func (r route) hasPages() bool { return slices.Contains(r.params, "cursor") }

// elsewhere answers what is no question.
func (a *API) elsewhere(_ *reply, r *http.Request) error {
	path := strings.TrimPrefix(r.URL.Path, Prefix)
	for _, x := range routes() {
		if x.path == path {
			return &methodError{r.Method, r.URL.Path}
		}
	}
	return &pipeline.NotFoundError{What: "question", Name: path}
}
