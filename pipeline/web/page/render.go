package page

import (
	"bytes"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"tenure/pipeline"
	"tenure/pipeline/web"
)

// A content is a page before it is written.
type content struct {
	template  string // its file, without .html
	title     string
	section   string // of the menu, that the page lies in
	feed      string // query of the feeds that go with it
	body      any
	cookie    *http.Cookie
	elsewhere string // address the page has moved to
	next      string // address to go on to after a form
	part      bool   // without the layout around it
}

// A frame is what the layout shows around every page.
type frame struct {
	Title, Section, Feed, Version string
	Query                         string
	At                            time.Time
	ToReview                      int
	Style, Script                 string
	Body                          any
}

// A missingError says that there is no such page.
type missingError struct{ what, name string }

// Error implements error.
func (e *missingError) Error() string { return "no " + e.what + " " + e.name }

// parse returns the templates by name.
func parse() map[string]*template.Template {
	words := template.FuncMap{
		"says": says, "plural": plural, "length": length, "percent": percent, "moment": moment, "day": day,
		"link": link, "host": host, "kind": kindWords, "person": personPath, "org": orgPath, "number": number, "short": short, "direction": direction,
		"less": func(n int) int { return n - 1 }, "twice": func(x float64) float64 { return 2 * x },
		"meter": func(score float64) float64 { return 44 * min(1, max(0, score)) }, "scores": func() []float64 { return []float64{0.5, 0.7, 0.8, 0.9, 0.95} },
	}
	layout := template.Must(template.New("layout.html").Funcs(words).ParseFS(files, "template/layout.html", "template/parts.html"))
	names, err := fs.Glob(files, "template/*.html")
	if err != nil {
		panic(err) // the pattern is fixed
	}
	all := map[string]*template.Template{}
	for _, path := range names {
		name := strings.TrimSuffix(strings.TrimPrefix(path, "template/"), ".html")
		if name == "layout" || name == "parts" {
			continue
		}
		all[name] = template.Must(template.Must(layout.Clone()).ParseFS(files, path))
	}
	return all
}

// show answers with a page, or says why there is none.
func (s *Site) show(w http.ResponseWriter, r *http.Request, fn func(*http.Request) (content, error)) {
	c, err := fn(r)
	status := http.StatusOK
	if err != nil {
		c, status = failed(err)
	}
	if c.next != "" {
		http.Redirect(w, r, c.next, http.StatusSeeOther)
		return
	}
	if c.elsewhere != "" {
		http.Redirect(w, r, c.elsewhere, http.StatusFound)
		return
	}
	f := frame{Title: c.title, Section: c.section, Feed: c.feed, Version: s.Version, Style: styleName(), Script: scriptName(), Body: c.body, Query: field(r.URL.Query(), "q")}
	if v := s.shelf.now.Load(); v != nil {
		f.At, f.ToReview = v.at, len(v.queue)
	}
	var b bytes.Buffer
	layout, data := "layout.html", any(f)
	if c.part {
		layout, data = "part", c.body
	}
	if err := s.templates[c.template].ExecuteTemplate(&b, layout, data); err != nil {
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	if c.cookie != nil {
		http.SetCookie(w, c.cookie)
	}
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // nobody is left to be told
}

// A trouble is a page that says what went wrong and what to do.
type trouble struct {
	Message string
	Near    []string
	Gone    bool
	Refused bool // it was understood, and cannot be
}

func failed(err error) (content, int) {
	t := trouble{Message: err.Error()}
	var missing *missingError
	var unknown *pipeline.NotFoundError
	var lost *web.LostError
	var refused *pipeline.RefusedError
	status := http.StatusInternalServerError
	c := content{template: "trouble", title: "Something went wrong"}
	switch {
	case errors.As(err, &unknown):
		for _, n := range unknown.Near {
			t.Near = append(t.Near, strings.Trim(n, `"`))
		}
		t.Message, t.Gone = "There is no "+unknown.What+" of this name.", true
	case errors.As(err, &missing):
		t.Message, t.Gone = "There is no such "+missing.what+".", true
	case errors.As(err, &refused), errors.As(err, new(*formError)):
		c.title, t.Refused, status = "That cannot be done", true, http.StatusBadRequest
	case errors.As(err, &lost):
		status = http.StatusServiceUnavailable
	}
	if t.Gone {
		c.title, status = "Not found", http.StatusNotFound
	}
	c.body = t
	return c, status
}
