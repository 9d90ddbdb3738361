package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/pipeline"
)

// An API answers for a library. It is an http.Handler.
type API struct {
	Library Library
	Owner   Owner
	// Run makes a pass for others; nil if the owner makes none, which is
	// answered with ErrBusy.
	Run func(ctx context.Context, o Order, progress func(pipeline.Progress)) (pipeline.Summary, error)
	// Backup copies the data file to an absolute path, while all goes on.
	Backup func(ctx context.Context, to string) error
}

const (
	maxRequest    = 64 << 20 // bytes of a request: a million addresses
	trailerError  = "Tenure-Error"
	typeJSON      = "application/json"
	typeJSONLines = "application/jsonl"
	typeProblem   = "application/problem+json"
)

// Handler returns what answers below Prefix.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	handle := answering(mux)
	a.reading(handle, false)
	handle("POST sources", a.addSources)
	handle("PUT sources", a.configureSources)
	handle("DELETE sources/one", a.removeSource)
	handle("PUT sources/paused", a.pauseSource)
	handle("POST urls", a.addURLs)
	a.deciding(handle)
	handle("PUT consumers", a.exported)
	handle("GET pages", a.pages)
	handle("POST searches", a.search)
	handle("GET hooks", a.hook)
	handle("PUT hooks", a.saveHook)
	handle("GET untold", a.untold)
	handle("GET cut", a.cut)
	handle("GET owner", func(out *reply, _ *http.Request) error { return out.json(a.Owner) })
	handle("GET status", a.status)
	handle("POST runs", a.run)
	handle("POST backups", a.backup)
	return mux
}

// Reading returns what answers below Prefix with records and changes nothing:
// what may be shown to those who are not the owner's user.
func (a *API) Reading() http.Handler {
	mux := http.NewServeMux()
	handle := answering(mux)
	a.reading(handle, true)
	handle("", a.elsewhere)
	return mux
}

// answering returns what adds a question to mux. A pattern without a method
// takes all.
func answering(mux *http.ServeMux) func(pattern string, fn func(*reply, *http.Request) error) {
	return func(pattern string, fn func(*reply, *http.Request) error) {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(strings.TrimSpace(method+" "+Prefix+path), func(w http.ResponseWriter, r *http.Request) {
			r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
			out := &reply{w: w, r: r}
			out.end(fn(out, r))
		})
	}
}

// kind narrows Entities to one kind.
func kind(k extract.Kind) func(Library, pipeline.Filter, func(pipeline.EntityRecord) error) error {
	return func(lib Library, f pipeline.Filter, fn func(pipeline.EntityRecord) error) error {
		return lib.Entities(k, f, fn)
	}
}

// lines answers with the records a walk yields.
func lines[T any](walk func(Library, pipeline.Filter, func(T) error) error) func(*API, *reply, *http.Request) error {
	return func(a *API, out *reply, r *http.Request) error {
		f, err := readFilter(r.URL.Query())
		if err != nil {
			return err
		}
		return walk(a.Library, f, func(v T) error {
			if err := r.Context().Err(); err != nil {
				return err
			}
			return out.line(v)
		})
	}
}

func (a *API) show(out *reply, r *http.Request) error {
	return out.result(a.Library.Show(r.URL.Query().Get("name")))
}

func (a *API) export(out *reply, r *http.Request) error {
	q := r.URL.Query()
	f, err := readFilter(q)
	if err != nil {
		return err
	}
	what, format := q.Get("what"), q.Get("format")
	if err := pipeline.CheckExport(what, format); err != nil {
		return &requestError{err.Error()}
	}
	out.begin(pipeline.ExportType(format))
	out.w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "tenure-"+what+"."+format))
	return a.Library.Export(out, what, format, f)
}

func (a *API) sources(out *reply, _ *http.Request) error {
	all, err := a.Library.Sources()
	return list(out, all, err)
}

func (a *API) addSources(out *reply, r *http.Request) error {
	var all []crawler.Source
	if err := readJSON(r, &all); err != nil {
		return err
	}
	n, err := a.Library.AddSources(r.Context(), all...)
	if err != nil {
		return err
	}
	return out.json(addedReply{Added: n})
}

type addedReply struct {
	Added int `json:"added"`
	Again int `json:"again,omitempty"`
}

func (a *API) configureSources(out *reply, r *http.Request) error {
	var all []crawler.Source
	if err := readJSON(r, &all); err != nil {
		return err
	}
	if err := a.Library.ConfigureSources(r.Context(), all); err != nil {
		return err
	}
	return out.json(struct{}{})
}

func (a *API) findSource(out *reply, r *http.Request) error {
	return out.result(a.Library.FindSource(r.URL.Query().Get("name")))
}

func (a *API) removeSource(out *reply, r *http.Request) error {
	return out.result(a.Library.RemoveSource(r.Context(), r.URL.Query().Get("name")))
}

func (a *API) pauseSource(out *reply, r *http.Request) error {
	var paused bool
	if err := readJSON(r, &paused); err != nil {
		return err
	}
	return out.result(a.Library.PauseSource(r.Context(), r.URL.Query().Get("name"), paused))
}

func (a *API) cut(out *reply, r *http.Request) error {
	all, err := a.Library.Cut(r.Context(), r.URL.Query().Get("name"))
	return out.result(all, err)
}

type urlsRequest struct {
	URLs []string `json:"urls"` // canonical
}

func (a *API) addURLs(out *reply, r *http.Request) error {
	var req urlsRequest
	if err := readJSON(r, &req); err != nil {
		return err
	}
	added, again, err := a.Library.AddURLs(r.Context(), req.URLs)
	if err != nil {
		return err
	}
	return out.json(addedReply{added, again})
}

type cursorReply struct {
	At time.Time `json:"at,omitzero"`
}

func (a *API) lastExport(out *reply, r *http.Request) error {
	at, err := a.Library.LastExport(r.URL.Query().Get("name"))
	if err != nil {
		return err
	}
	return out.json(cursorReply{at})
}

func (a *API) exported(out *reply, r *http.Request) error {
	var req cursorReply
	if err := readJSON(r, &req); err != nil {
		return err
	}
	if err := a.Library.Exported(r.Context(), r.URL.Query().Get("name"), req.At); err != nil {
		return err
	}
	return out.json(req)
}

func (a *API) status(out *reply, _ *http.Request) error {
	s := Status{Owner: a.Owner}
	var err error
	if s.Waiting, err = a.Library.Waiting(); err != nil {
		return err
	}
	if at, ok, err := a.Library.NextDue(); err != nil {
		return err
	} else if ok {
		s.NextDue = &at
	}
	if last, ok, err := a.Library.LastRun(); err != nil {
		return err
	} else if ok {
		s.LastRun = &last
	}
	return out.json(s)
}

type backupRequest struct {
	To string `json:"to"`
}

func (a *API) backup(out *reply, r *http.Request) error {
	var req backupRequest
	if err := readJSON(r, &req); err != nil {
		return err
	}
	if a.Backup == nil || !filepath.IsAbs(req.To) {
		return &requestError{fmt.Sprintf("no backup to %q can be made here", req.To)}
	}
	if err := a.Backup(r.Context(), req.To); err != nil {
		return err
	}
	return out.json(req)
}

// A runLine is one line about a pass: how far it is, or its end.
type runLine struct {
	Progress *pipeline.Progress `json:"progress,omitempty"`
	Summary  *pipeline.Summary  `json:"summary,omitempty"`
}

func (a *API) run(out *reply, r *http.Request) error {
	if a.Run == nil {
		return ErrBusy
	}
	var o Order
	if err := readJSON(r, &o); err != nil {
		return err
	}
	s, err := a.Run(r.Context(), o, func(p pipeline.Progress) {
		_ = out.line(runLine{Progress: &p}) // one who is gone has ended the context too
		out.flush()
	})
	if errors.Is(err, ErrBusy) {
		return err
	}
	if lerr := out.line(runLine{Summary: &s}); lerr != nil {
		return lerr
	}
	return err
}

// readJSON reads the one value a request's body holds.
func readJSON(r *http.Request, v any) error {
	d := json.NewDecoder(r.Body)
	if err := d.Decode(v); err != nil {
		return &requestError{fmt.Sprintf("request body: %v", err)}
	}
	return nil
}

// readFilter and writeFilter carry a filter in a query.
func readFilter(q url.Values) (f pipeline.Filter, err error) {
	f.Person, f.Org, f.Type, f.Review = q.Get("person"), q.Get("org"), q.Get("type"), q.Get("review")
	bad := func(name string) error { return &requestError{fmt.Sprintf("%s: %q cannot be read", name, q.Get(name))} }
	if s := q.Get("since"); s != "" {
		if f.Since, err = time.Parse(time.RFC3339Nano, s); err != nil {
			return f, bad("since")
		}
	}
	if s := q.Get("min_score"); s != "" {
		if f.MinScore, err = strconv.ParseFloat(s, 64); err != nil {
			return f, bad("min_score")
		}
	}
	if s := q.Get("limit"); s != "" {
		if f.Limit, err = strconv.Atoi(s); err != nil || f.Limit < 0 {
			return f, bad("limit")
		}
	}
	return f, nil
}

func writeFilter(f pipeline.Filter) url.Values {
	q := url.Values{}
	set := func(name, value string, given bool) {
		if given {
			q.Set(name, value)
		}
	}
	set("person", f.Person, f.Person != "")
	set("org", f.Org, f.Org != "")
	set("type", f.Type, f.Type != "")
	set("review", f.Review, f.Review != "")
	set("since", f.Since.Format(time.RFC3339Nano), !f.Since.IsZero())
	set("min_score", strconv.FormatFloat(f.MinScore, 'g', -1, 64), f.MinScore != 0)
	set("limit", strconv.Itoa(f.Limit), f.Limit != 0)
	return q
}
