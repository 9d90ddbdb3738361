package web_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tenure/pipeline"
	"tenure/pipeline/web"
)

var linkNext = regexp.MustCompile(`^<([^>]+)>; rel="next"$`)

// TestLinks follows the links of pages from the first to the last, and wants
// the lines that there are without pages.
func TestLinks(t *testing.T) {
	h := (&web.API{Library: crawled(t)}).Reading()
	ask := func(target string) (lines []string, next string) {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
		if w.Code != http.StatusOK || w.Header().Get("ETag") == "" {
			t.Fatalf("%s: status %d, %v: %s", target, w.Code, w.Header(), w.Body)
		}
		if m := linkNext.FindStringSubmatch(w.Header().Get("Link")); m != nil {
			next = m[1]
		}
		return slices.Collect(strings.Lines(w.Body.String())), next
	}
	for _, list := range pipeline.PageLists() {
		for _, narrow := range []string{"", "&since=2025-01-01T00:00:00Z", "&person=ada+marsh", "&since=2031-01-01T00:00:00Z"} {
			want, next := ask(web.Prefix + list + "?" + narrow)
			if next != "" {
				t.Errorf("%s%s: the whole has a next page", list, narrow)
			}
			for _, page := range []string{"limit=1", "limit=2", "limit=100", "cursor=", "cursor=&limit=1"} {
				var got []string
				pages := 0
				for target := web.Prefix + list + "?" + page + narrow; target != "" && pages < 100; pages++ {
					var lines []string
					lines, target = ask(target)
					got = append(got, lines...)
				}
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("%s?%s%s: %d records on %d pages, want %d", list, page, narrow, len(got), pages, len(want))
				}
				if strings.HasSuffix(page, "limit=1") && pages != max(1, len(want)) {
					t.Errorf("%s?%s%s: %d pages of one of %d records", list, page, narrow, pages, len(want))
				}
			}
		}
	}
}

// The owner answers other processes with as many records as they ask for.
func TestOwnerLimit(t *testing.T) {
	h := (&web.API{Library: crawled(t)}).Handler()
	for query, want := range map[string]bool{"limit=1": false, "limit=1&cursor=": true} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", web.Prefix+"moves?"+query, nil))
		if w.Code != http.StatusOK || strings.Count(w.Body.String(), "\n") != 1 || (w.Header().Get("Link") != "") != want {
			t.Errorf("%s: status %d, Link %q: %s", query, w.Code, w.Header().Get("Link"), w.Body)
		}
	}
}
