package page_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestAPIPage: the page tells of every question and every record that the
// description tells of, and each link leads to one.
func TestAPIPage(t *testing.T) {
	h := handler(&kept{})
	var d struct {
		Paths      map[string]any
		Components struct{ Schemas map[string]any }
	}
	if err := json.Unmarshal(ask(h, "GET", "/api/v1/openapi.json").Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	doc := open(t, h, "/api")
	if n := len(ask(h, "GET", "/api").Body.Bytes()); n > 100_000 {
		t.Errorf("a page of %d bytes", n)
	}
	all := text(doc, "h3")
	for path := range d.Paths {
		if !strings.Contains(all, path) {
			t.Errorf("nothing is said about %s", path)
		}
	}
	for name := range d.Components.Schemas {
		if doc.Find(`h3[id="`+name+`"]`).Length() != 1 {
			t.Errorf("%s is not shown", name)
		}
	}
	for _, a := range doc.Find(`main a[href^="#"]`).EachIter() {
		id := strings.TrimPrefix(a.AttrOr("href", ""), "#")
		if doc.Find(`[id="`+id+`"]`).Length() != 1 {
			t.Errorf("#%s leads nowhere", id)
		}
	}
	for _, want := range []string{"min_score", "application/jsonl", "only what is at least so sure", "who moved"} {
		if !strings.Contains(text(doc, "main"), want) {
			t.Errorf("%q is not there", want)
		}
	}
}
