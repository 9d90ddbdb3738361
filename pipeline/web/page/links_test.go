package page_test

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestNoDeadLinks follows every link inside the site, and every fragment.
func TestNoDeadLinks(t *testing.T) {
	h := handler(courier(t))
	todo, seen := []string{"/"}, map[string]bool{"/": true}
	ids := map[string][]string{}
	var fragments [][2]string
	for n := 0; len(todo) > 0; n++ {
		at := todo[0]
		todo = todo[1:]
		w := ask(h, "GET", at)
		if w.Code == http.StatusFound {
			w.Body = bytes.NewBufferString(`<a href="` + w.Header().Get("Location") + `">`)
			w.Code = 200
		}
		if w.Code != 200 || n > 2000 {
			t.Fatalf("page %d, %s: status %d", n, at, w.Code)
		}
		if strings.HasPrefix(at, "/api/") || strings.HasPrefix(at, "/feed") || at == "/metrics" {
			continue
		}
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[at] = append(ids[at], s.AttrOr("id", "")) })
		base, err := url.Parse(at)
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("[href], form:not([method=post])[action]").Each(func(_ int, s *goquery.Selection) {
			u, err := base.Parse(s.AttrOr("href", s.AttrOr("action", "")))
			if err != nil {
				t.Errorf("%s: %v", at, err)
				return
			}
			if u.Host != "" {
				return
			}
			fragment := u.Fragment
			u.Fragment = ""
			if fragment != "" {
				fragments = append(fragments, [2]string{u.String(), fragment})
			}
			if !seen[u.String()] {
				seen[u.String()] = true
				todo = append(todo, u.String())
			}
		})
	}
	if len(seen) < 40 {
		t.Errorf("only %d addresses were found", len(seen))
	}
	for _, f := range fragments {
		if !slices.Contains(ids[f[0]], f[1]) {
			t.Errorf("%s has no #%s", f[0], f[1])
		}
	}
}
