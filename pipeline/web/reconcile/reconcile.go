// Package reconcile answers who is meant by the names in somebody's table: the
// Reconciliation Service API 0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/)
// over the people and organizations on record, as OpenRefine asks it.
//
//	/reconcile                       what there is to ask; with queries= or extend=, by GET or as a form, the answers
//	/reconcile/suggest/entity?prefix=, /suggest/type, /suggest/property
//	/reconcile/properties?type=      what can be asked of people, or organizations
//	/reconcile/preview?id=           a little page about one
//	/reconcile/view?id=              goes to the page about one
//
// It only reads. Answers are for OpenRefine's server, which asks without a
// browser, and for pages of this machine, which a browser lets read them.
package reconcile

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"tenure/extract"
	"tenure/pipeline"
	"tenure/pipeline/web"
)

// Path begins the path of everything that is answered.
const Path = "/reconcile"

// Bounds of what is asked.
const (
	maxQueries = 25        // in one batch, and IDs to extend
	maxQuery   = 300       // bytes of a name
	maxForm    = 256 << 10 // bytes
	fewest     = 5         // candidates, where no limit is given
	most       = 20        // candidates
)

// A Service answers over a library. Both must be set.
type Service struct {
	Library web.Library
	Version string
}

// Handler returns what answers below Path.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, fn func(*http.Request) (any, error)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { answer(w, r, fn) })
	}
	handle("GET "+Path, s.root)
	handle("POST "+Path, s.root)
	handle("GET "+Path+"/suggest/entity", s.suggestEntity)
	handle("GET "+Path+"/suggest/type", s.suggestType)
	handle("GET "+Path+"/suggest/property", s.suggestProperty)
	handle("GET "+Path+"/properties", s.properties)
	mux.HandleFunc("GET "+Path+"/preview", s.preview)
	mux.HandleFunc("GET "+Path+"/view", s.view)
	return mux
}

// A badError is a request that cannot be answered as it is.
type badError struct{ msg string }

// Error implements error.
func (e *badError) Error() string { return e.msg }

func badf(format string, args ...any) error { return &badError{fmt.Sprintf(format, args...)} }

// answer writes what fn returns as JSON.
func answer(w http.ResponseWriter, r *http.Request, fn func(*http.Request) (any, error)) {
	allowLocal(w, r)
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	v, err := fn(r)
	status := http.StatusOK
	if err != nil {
		status = statusOf(err)
		v = map[string]string{"status": "error", "message": err.Error()}
	}
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // nobody is left to be told
}

func statusOf(err error) int {
	var bad *badError
	var large *http.MaxBytesError
	var missing *pipeline.NotFoundError
	switch {
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge
	case errors.As(err, &bad):
		return http.StatusBadRequest
	case errors.As(err, &missing):
		return http.StatusNotFound
	}
	return http.StatusInternalServerError
}

// allowLocal lets pages that this machine serves read an answer, as those of
// an OpenRefine beside it. Pages from elsewhere may not.
func allowLocal(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" {
		return
	}
	addr, err := netip.ParseAddr(u.Hostname())
	if u.Hostname() == "localhost" || err == nil && addr.IsLoopback() {
		w.Header().Set("Access-Control-Allow-Origin", origin)
	}
}

// base is the address under which the service was asked for.
func base(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// root answers with what there is to ask, or what was asked.
func (s *Service) root(r *http.Request) (any, error) {
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, err
		}
		return nil, badf("the form cannot be read")
	}
	switch {
	case r.Form.Has("queries"):
		return s.reconcile(r.Form.Get("queries"))
	case r.Form.Has("extend"):
		return s.extend(r.Form.Get("extend"))
	}
	return s.manifest(base(r)), nil
}

// An idName is anything with a name.
type idName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// types are what can be looked for.
func types() []idName {
	return []idName{{string(extract.Person), "Person"}, {string(extract.Organization), "Organization"}}
}

type object = map[string]any

// manifest is the description of the service.
func (s *Service) manifest(at string) any {
	service := func(path string) object { return object{"service_url": at, "service_path": Path + path} }
	return object{
		"versions": []string{"0.2"}, "name": "tenure", "serviceVersion": s.Version,
		"identifierSpace": "urn:tenure:", "schemaSpace": "https://schema.org/",
		"defaultTypes": types(), "batchSize": maxQueries,
		"view":    object{"url": at + Path + "/view?id={{id}}"},
		"preview": object{"url": at + Path + "/preview?id={{id}}", "width": 400, "height": 160},
		"suggest": object{"entity": service("/suggest/entity"), "type": service("/suggest/type"), "property": service("/suggest/property")},
		"extend":  object{"propose_properties": service("/properties"), "property_settings": []object{}},
	}
}

// kindOf reads a type.
func kindOf(id string) (extract.Kind, error) {
	switch k := extract.Kind(id); k {
	case "", extract.Person, extract.Organization:
		return k, nil
	}
	return "", badf("type %q: want person or organization", id)
}

// typesOf is what an entity is.
func typesOf(e pipeline.EntityRecord) []idName {
	for _, t := range types() {
		if t.ID == string(e.Kind) {
			return []idName{t}
		}
	}
	return []idName{}
}

// describe says in a few words who an entity is.
func describe(e pipeline.EntityRecord) string {
	words := []string{plural(e.Articles, "article")}
	if e.PartOf != "" {
		words = append(words, "part of "+e.PartOf)
	}
	if len(e.Aliases) > 0 {
		words = append(words, "also "+strings.Join(e.Aliases[:min(3, len(e.Aliases))], ", "))
	}
	return strings.Join(words, " · ")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
