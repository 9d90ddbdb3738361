package page

import (
	"net/http"
)

// posted answers a form: fn does what it says and returns where to go on.
// What is shown is read anew before anything is shown again.
func (s *Site) posted(fn func(*http.Request) (string, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if s.ReadOnly {
			http.Error(w, "this site is served for reading only", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		if err := r.ParseForm(); err != nil {
			http.Error(w, "the form cannot be read", http.StatusBadRequest)
			return
		}
		to, err := fn(r)
		s.shelf.old.Store(true)
		if err != nil {
			s.show(w, r, func(*http.Request) (content, error) { return content{}, err })
			return
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
	}
}
