package page

import (
	"net/http"
)

// posted answers a form: fn does what it says and returns where to go on.
// What is shown is read anew before anything is shown again.
func (s *Site) posted(fn func(*http.Request) (string, error)) http.HandlerFunc {
	return s.submitted(func(r *http.Request) (content, error) {
		to, err := fn(r)
		s.shelf.old.Store(true)
		return content{next: to}, err
	})
}

// submitted answers a form with a page.
func (s *Site) submitted(fn func(*http.Request) (content, error)) http.HandlerFunc {
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
		s.show(w, r, fn)
	}
}
