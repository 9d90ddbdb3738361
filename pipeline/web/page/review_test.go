package page_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tenure/crawler"
	"tenure/extract/career"
	"tenure/extract/content"
	"tenure/extract/resolve"
	"tenure/pipeline"
	"tenure/pipeline/web/page"
	"tenure/store"
)

// submit answers a form that the site itself has sent.
func submit(h http.Handler, path string, form url.Values, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "http://127.0.0.1:8080"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// changes are the forms that change something.
func changes() map[string]url.Values {
	return map[string]url.Values{
		"/review":        {"ok": {"0123456789abcdef"}},
		"/review/people": {"person": {"p0123456789ab"}, "same": {"p0123456789ac"}},
		"/sources":       {"pause": {"none"}},
		"/sources/test":  {"url": {"none"}},
	}
}

// TestForms wants every form that changes something refused where another
// site sent it, where the secret is missing, and where only reading is
// allowed.
func TestForms(t *testing.T) {
	site := &page.Site{Library: courier(t), Timeline: stays, Now: now}
	plain, closed := page.Guard{}.Wrap(site.Handler()), page.Guard{Token: "correct horse battery"}.Wrap(site.Handler())
	reading := page.Guard{}.Wrap((&page.Site{Library: courier(t), Timeline: stays, Now: now, ReadOnly: true}).Handler())
	for path, form := range changes() {
		own := http.StatusNotFound // nobody has these IDs
		if path == "/sources/test" {
			own = http.StatusBadRequest
		}
		for name, tt := range map[string]struct {
			h      http.Handler
			header []string
			want   int
		}{
			"our own":                {plain, nil, own},
			"from another site":      {plain, []string{"Sec-Fetch-Site", "cross-site"}, 403},
			"from a neighbour":       {plain, []string{"Sec-Fetch-Site", "same-site"}, 403},
			"old browser, elsewhere": {plain, []string{"Sec-Fetch-Site", "", "Origin", "http://evil.example"}, 403},
			"without the secret":     {closed, nil, 401},
			"with the secret":        {closed, []string{"Authorization", "Bearer correct horse battery"}, own},
			"where one only reads":   {reading, nil, 403},
		} {
			if w := submit(tt.h, path, form, tt.header...); w.Code != tt.want {
				t.Errorf("%s, %s: status %d, want %d: %s", path, name, w.Code, tt.want, w.Body)
			}
		}
		if w := submit(plain, path, url.Values{"x": {strings.Repeat("x", 100_000)}}); w.Code != http.StatusBadRequest && w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: a form that is too large: status %d", path, w.Code)
		}
	}
	if n := open(t, reading, "/person/dagny-sorbo").Find("form[method=post]").Length(); n > 0 {
		t.Errorf("%d forms where nothing can be changed", n)
	}
}

// TestReviewPage decides about a move in the browser and takes it back.
func TestReviewPage(t *testing.T) {
	p := courier(t)
	h := handler(p)
	doc := open(t, h, "/person/dagny-sorbo")
	id := strings.TrimPrefix(doc.Find(".card").First().AttrOr("id", ""), "move-")
	lanes := doc.Find(".lanes li").Length()
	if got := text(open(t, h, "/review"), "h1"); got != "Nothing to review" {
		t.Fatalf("at first: %q", got)
	}
	w := submit(h, "/review", url.Values{"later": {id}})
	if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/review?did="+id) {
		t.Fatalf("status %d, to %q: %s", w.Code, to, w.Body)
	}
	doc = open(t, h, w.Header().Get("Location"))
	if got := text(doc, "main"); !strings.Contains(got, "1 item to review") || !strings.Contains(got, "somebody wants it looked at again") || !strings.Contains(got, "put off") {
		t.Errorf("put off: %q", got)
	}
	if got := text(doc, ".item mark"); got == "" || doc.Find(".item button[accesskey=y]").AttrOr("value", "") != id {
		t.Errorf("item: quote %q", got)
	}
	if got := text(open(t, h, "/"), "nav[aria-label=Main]"); !strings.Contains(got, "Review 1") {
		t.Errorf("menu: %q", got)
	}
	back := "/person/dagny-sorbo"
	w = submit(h, "/review", url.Values{"rejected": {id + " move-" + id}, "back": {back}})
	if to := w.Header().Get("Location"); to != back+"#move-"+id {
		t.Errorf("goes on to %q", to)
	}
	doc = open(t, h, back)
	if got := text(doc, ".rejected"); !strings.Contains(got, "Rejected: 1 move") || doc.Find(".lanes li").Length() >= lanes {
		t.Errorf("rejected: %q, %d lanes of %d", got, doc.Find(".lanes li").Length(), lanes)
	}
	if n := open(t, h, "/?rejected=1").Find(".moves tbody tr").Length(); n != 1 {
		t.Errorf("%d rejected moves are listed", n)
	}
	if got := text(open(t, h, "/?person=Dagny+S%C3%B8rb%C3%B8"), ".moves"); strings.Contains(got, "rejected") {
		t.Errorf("among the others: %q", got)
	}
	if got := ask(h, "GET", "/move/"+id).Header().Get("Location"); got != back+"#move-"+id {
		t.Errorf("its permanent address leads to %q", got)
	}
	fact := doc.Find(".reasons button").First().AttrOr("value", "")
	submit(h, "/review", url.Values{"rejected": {fact}, "back": {back}})
	if got := text(open(t, h, back), ".rejected summary"); !strings.Contains(got, "1 claim") {
		t.Errorf("a claim was rejected: %q", got)
	}
	for _, x := range []string{id, fact} {
		if w := submit(h, "/review", url.Values{"undo": {x}, "back": {back}}); w.Code != http.StatusSeeOther {
			t.Errorf("undo: status %d", w.Code)
		}
	}
	if n := open(t, h, back).Find(".rejected").Length(); n != 0 {
		t.Error("what was undone is still rejected")
	}
	if got := text(open(t, h, "/review"), ".log"); strings.Count(got, "taken back") != 2 {
		t.Errorf("log: %q", got)
	}
}

// TestNowhereElse wants a form never to lead to another site.
func TestNowhereElse(t *testing.T) {
	h := handler(courier(t))
	id := strings.TrimPrefix(open(t, h, "/person/dagny-sorbo").Find(".card").First().AttrOr("id", ""), "move-")
	for _, back := range []string{"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "evil.example", "/\tevil", "http:evil.example", "/ok"} {
		w := submit(h, "/review", url.Values{"later": {id}, "back": {back}})
		to := w.Header().Get("Location")
		if u, err := url.Parse(to); err != nil || u.Host != "" || u.Scheme != "" || w.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/review?") && to != "/ok" {
			t.Errorf("back to %q leads to %q, status %d", back, to, w.Code)
		}
	}
}

// smiths is a library of two people of one name, told apart.
func smiths(t *testing.T) (http.Handler, *pipeline.Pipeline) {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "t.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	p := pipeline.New(db, &content.Reader{}, []pipeline.Step{career.Step{}, pipeline.Adopt{}, resolve.Step{}}, career.Moves)
	p.People = resolve.Across{}
	var minutes atomic.Int64
	p.Now = func() time.Time { return now().Add(time.Duration(minutes.Add(1)) * time.Minute) }
	page := func(lines string) []byte {
		return []byte(`<html><head><title>Who is where</title><meta property="article:published_time" content="2025-05-01"></head><body><h3>James Smith</h3><p>` + lines + `</p></body></html>`)
	}
	site := recording{"/1": page("Left Acme: May 2024</p><p>Current role: Chief Financial Officer at Brightwater"), "/2": page("Left Harbour Rovers: June 2025</p><p>Former role: Head Coach")}
	if _, _, err := p.AddURLs(t.Context(), []string{"http://a.example/1", "http://a.example/2"}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(t.Context(), pipeline.RunOptions{Client: &crawler.Client{Transport: site, AllowPrivate: true}}); err != nil {
		t.Fatal(err)
	}
	return handler(p), p
}

// TestPeopleForms tells two people of one name apart, and brings them
// together, on their pages.
func TestPeopleForms(t *testing.T) {
	h, p := smiths(t)
	doc := open(t, h, "/review")
	if got := text(doc, "main"); !strings.Contains(got, "One person, or two?") || !strings.Contains(got, "Harbour Rovers") || !strings.Contains(got, "Acme") {
		t.Fatalf("review: %q", got)
	}
	id := doc.Find(".item button[accesskey=m]").AttrOr("value", "")
	w := submit(h, "/review", url.Values{"same": {id}})
	doc = open(t, h, w.Header().Get("Location"))
	if got := text(doc, "main"); !strings.Contains(got, "Nothing to review") || !strings.Contains(got, "one person") {
		t.Errorf("merged: %q", got)
	}
	who := open(t, h, "/person/james-smith")
	if got := text(who, "#who"); !strings.Contains(got, "2 articles") || who.Find("#who button[name=article]").Length() != 2 {
		t.Fatalf("merged: %q", text(who, "main"))
	}
	person := who.Find("#people input[name=person]").AttrOr("value", "")
	article := who.Find("#who button[name=article]").First().AttrOr("value", "")
	if w := submit(h, "/review/people", url.Values{"person": {person}, "article": {article}}); w.Code != http.StatusSeeOther {
		t.Fatalf("apart: status %d: %s", w.Code, w.Body)
	}
	if got := text(open(t, h, "/person/james-smith"), "h1"); got != "Which one?" {
		t.Errorf("told apart: %q", got)
	}
	all, err := p.Decisions()
	if err != nil || len(all) != 2 {
		t.Errorf("decisions %v, %v", all, err)
	}
	if w := submit(h, "/review", url.Values{"undo": {pipeline.PairID(all[1].A, all[1].B)}}); w.Code != http.StatusSeeOther {
		t.Errorf("undo: status %d: %s", w.Code, w.Body)
	}
	if w := submit(h, "/review/people", url.Values{"person": {person}, "same": {"Nobody Known"}}); w.Code != http.StatusNotFound {
		t.Errorf("the same as nobody: status %d", w.Code)
	}
}
