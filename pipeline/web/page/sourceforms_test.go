package page_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tenure/crawler"
	"tenure/pipeline/web/page"
)

// TestSourceForms adds a source, pauses it and has it looked at again.
func TestSourceForms(t *testing.T) {
	p := courier(t)
	h := handler(p)
	follow := func(form url.Values) string {
		t.Helper()
		w := submit(h, "/sources", form)
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%v: status %d: %s", form, w.Code, w.Body)
		}
		to, _, _ := strings.Cut(w.Header().Get("Location"), "#")
		return text(open(t, h, to), ".flash")
	}
	if got := follow(url.Values{"add": {"1"}, "url": {"https://New.example/tag/x?utm_source=y"}, "kind": {"tag"}, "tag": {"AI"}}); got != "https://new.example/tag/x was added; the next pass looks at it." {
		t.Errorf("added: %q", got)
	}
	s, err := p.FindSource("https://new.example/tag/x")
	if err != nil || s.Kind != crawler.Tag || len(s.Tags) != 1 || s.Tags[0] != "AI" {
		t.Fatalf("%+v, %v", s, err)
	}
	if got := follow(url.Values{"add": {"1"}, "url": {s.URL}, "kind": {""}}); !strings.Contains(got, "was known") {
		t.Errorf("added again: %q", got)
	}
	if again, err := p.FindSource(s.ID); err != nil || again.Kind != s.Kind || len(again.Tags) != 1 {
		t.Errorf("added again it is %+v, %v", again, err)
	}
	if got := follow(url.Values{"pause": {s.ID}}); !strings.Contains(got, "is not looked at any more") {
		t.Errorf("paused: %q", got)
	}
	row := text(open(t, h, "/sources"), "#source-"+s.ID)
	if !strings.Contains(row, "paused") || !strings.Contains(row, "Resume") {
		t.Errorf("paused: %q", row)
	}
	if got := follow(url.Values{"resume": {s.ID}}); !strings.Contains(got, "is looked at again") {
		t.Errorf("resumed: %q", got)
	}
	for name, form := range map[string]url.Values{
		"no address": {"add": {"1"}, "url": {""}}, "a script": {"add": {"1"}, "url": {"javascript:alert(1)"}}, "no kind": {"add": {"1"}, "url": {s.URL}, "kind": {"x"}},
		"too long": {"add": {"1"}, "url": {"https://a.example/" + strings.Repeat("x", 3000)}}, "nothing": {},
	} {
		if w := submit(h, "/sources", form); w.Code != http.StatusBadRequest {
			t.Errorf("%s: status %d", name, w.Code)
		}
	}
}

// TestTrial shows what a look at a source finds, all of it as text, and why
// it found nothing.
func TestTrial(t *testing.T) {
	lib := courier(t)
	try := func(found page.Trial, err error) http.Handler {
		s := &page.Site{Library: lib, Timeline: stays, Now: now, Try: func(ctx context.Context, _ crawler.Source) (page.Trial, error) {
			if _, bounded := ctx.Deadline(); !bounded {
				t.Error("a look may take for ever")
			}
			return found, err
		}}
		return page.Guard{}.Wrap(s.Handler())
	}
	form := url.Values{"url": {"http://courier.example/en/tag/Moves"}}
	for _, x := range payloads() {
		bad := []page.Finding{{URL: x, Title: x, Note: x}}
		w := submit(try(page.Trial{Kind: x, Articles: bad, Links: bad, Rejected: bad, Feeds: []string{x}}, nil), "/sources/test", url.Values{"url": form["url"], "tag": {x}})
		if found := harm(w.Body); len(found) > 0 || w.Code != 200 {
			t.Errorf("%q: status %d, %v", x, w.Code, found)
		}
		w = submit(try(page.Trial{}, errors.New(x)), "/sources/test", form)
		if found := harm(w.Body); len(found) > 0 || w.Code != 200 {
			t.Errorf("%q as an error: status %d, %v", x, w.Code, found)
		}
	}
	many := make([]page.Finding, 500)
	for i := range many {
		many[i] = page.Finding{URL: "https://a.example/" + strings.Repeat("long", 50), Title: strings.Repeat("A title ", 40), Note: "some reason"}
	}
	w := submit(try(page.Trial{Articles: many, Links: many, Rejected: many}, nil), "/sources/test", form)
	if w.Code != 200 || w.Body.Len() > 100_000 {
		t.Errorf("much: status %d, %d bytes", w.Code, w.Body.Len())
	}
	w = submit(try(page.Trial{}, &crawler.FetchError{URL: "http://127.0.0.1/", Reason: crawler.PrivateAddress}), "/sources/test", form)
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil || !strings.Contains(text(doc, ".empty"), "private network") {
		t.Errorf("a private address: %q, %v", text(doc, ".empty"), err)
	}
}
