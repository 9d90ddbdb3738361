package reconcile

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"tenure/extract"
	"tenure/pipeline"
)

// previewPolicy lets the preview stand in a frame of a page of this machine.
// There is nothing in it to press, and it runs and loads nothing.
const previewPolicy = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors http://localhost:* http://127.0.0.1:*"

// previewPage shows who somebody is.
func previewPage() *template.Template {
	return template.Must(template.New("preview").Parse(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{.Name}}</title></head>
<body><h1>{{.Name}}</h1><p>{{.Kind}} · {{.About}}</p><ul>{{range .Moves}}<li>{{.}}</li>{{end}}</ul></body></html>
`))
}

// preview answers with a little page about somebody.
func (s *Service) preview(w http.ResponseWriter, r *http.Request) {
	d, ok, err := s.dossier(r.URL.Query().Get("id"))
	if err != nil || !ok {
		notThere(w, err)
		return
	}
	body := struct {
		Name, Kind, About string
		Moves             []string
	}{Name: d.Entity.Name, Kind: string(d.Entity.Kind), About: describe(d.Entity)}
	for _, m := range d.Moves[:min(3, len(d.Moves))] {
		body.Moves = append(body.Moves, told(m))
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", previewPolicy)
	h.Del("X-Frame-Options") // knows no exceptions; the policy says who may
	_ = previewPage().Execute(w, body)
}

// told tells a move in a line.
func told(m pipeline.MoveRecord) string {
	words := []string{m.Person + ":", string(m.Kind)}
	if m.From != nil && m.From.Org != "" {
		words = append(words, "from", m.From.Org)
	}
	if m.To != nil && m.To.Org != "" {
		words = append(words, "to", m.To.Org)
	}
	if d := dateOf(m); d != "" {
		words = append(words, "("+d+")")
	}
	return strings.Join(words, " ")
}

// view goes to the page about somebody.
func (s *Service) view(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get("id")
	d, ok, err := s.dossier(id)
	if err != nil || !ok {
		notThere(w, err)
		return
	}
	to := "/person/" + url.PathEscape(id)
	if d.Entity.Kind == extract.Organization {
		to = "/organization/" + url.PathEscape(d.Entity.Name)
	}
	http.Redirect(w, r, to, http.StatusFound)
}

func notThere(w http.ResponseWriter, err error) {
	if err != nil {
		http.Error(w, err.Error(), statusOf(err))
		return
	}
	http.Error(w, "nobody has this ID", http.StatusNotFound)
}
