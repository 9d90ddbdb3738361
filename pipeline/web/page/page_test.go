package page_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/tools/txtar"

	"tenure/crawler"
	"tenure/extract"
	"tenure/extract/career"
	"tenure/extract/content"
	"tenure/extract/resolve"
	"tenure/pipeline"
	"tenure/pipeline/web"
	"tenure/pipeline/web/page"
	"tenure/store"
)

func now() time.Time { return time.Date(2025, 5, 20, 9, 0, 0, 0, time.UTC) }

// kept is a library of records that were made up.
type kept struct {
	web.Library
	articles []pipeline.ArticleRecord
	moves    []pipeline.MoveRecord
	sources  []pipeline.SourceState
	failures []pipeline.Failure
	run      *pipeline.Summary
	pairs    []pipeline.Pair
	verdicts []pipeline.Verdict
	who      *extract.Profile
	cut      []extract.Cut
	err      error
}

func each[T any](k *kept, all []T, fn func(T) error) error {
	for _, x := range all {
		if err := fn(x); err != nil {
			return err
		}
	}
	return k.err
}

func (k *kept) Articles(_ pipeline.Filter, fn func(pipeline.ArticleRecord) error) error {
	return each(k, k.articles, fn)
}

func (k *kept) Facts(_ pipeline.Filter, fn func(pipeline.FactRecord) error) error {
	for _, a := range k.articles {
		for _, f := range a.Facts {
			f.Article = a.ID
			if err := fn(f); err != nil {
				return err
			}
		}
	}
	return k.err
}

func (k *kept) Moves(_ pipeline.Filter, fn func(pipeline.MoveRecord) error) error {
	return each(k, k.moves, fn)
}

func (k *kept) Failures(_ pipeline.Filter, fn func(pipeline.Failure) error) error {
	return each(k, k.failures, fn)
}

func (k *kept) Show(name string) (any, error) {
	for _, a := range k.articles {
		if a.ID == name {
			return a, nil
		}
	}
	return nil, &pipeline.NotFoundError{What: "article", Name: name}
}

func (k *kept) Sources() ([]pipeline.SourceState, error)  { return k.sources, k.err }
func (k *kept) Waiting() (int, error)                     { return 3, k.err }
func (k *kept) NextDue() (at time.Time, ok bool, e error) { return now(), true, k.err }
func (k *kept) LastRun() (s pipeline.Summary, ok bool, e error) {
	if k.run == nil {
		return s, false, k.err
	}
	return *k.run, true, k.err
}

func (k *kept) Pairs() ([]pipeline.Pair, error)        { return k.pairs, k.err }
func (k *kept) Verdicts() ([]pipeline.Verdict, error)  { return k.verdicts, k.err }
func (k *kept) Decisions() ([]extract.Decision, error) { return nil, k.err }
func (k *kept) Person(string) (extract.Profile, bool, error) {
	if k.who == nil {
		return extract.Profile{}, false, k.err
	}
	return *k.who, true, k.err
}

func (k *kept) Cut(context.Context, string) ([]extract.Cut, error) { return k.cut, k.err }

func stays(claims []extract.Claim) (all []page.Stay) {
	for _, s := range career.Timeline(claims) {
		x := page.Stay{Person: s.Person, Org: s.Org, From: s.From, Until: s.Until, Status: s.Status, Months: s.Months, Bound: s.Bound, Derived: s.Derived}
		for _, r := range s.Roles {
			x.Roles = append(x.Roles, r.Role)
		}
		all = append(all, x)
	}
	return all
}

func handler(l web.Library) http.Handler {
	s := &page.Site{Library: l, Timeline: stays, Now: now, Version: "test"}
	return page.Guard{}.Wrap(s.Handler())
}

// ask returns an answer on the loopback address.
func ask(h http.Handler, method, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+target, nil)
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// open returns a page that must be there.
func open(t *testing.T, h http.Handler, target string) *goquery.Document {
	t.Helper()
	w := ask(h, "GET", target)
	for n := 0; w.Code == http.StatusFound && n < 3; n++ {
		target, _, _ = strings.Cut(w.Header().Get("Location"), "#")
		w = ask(h, "GET", target)
	}
	if w.Code != http.StatusOK {
		t.Fatalf("%s: status %d: %s", target, w.Code, w.Body)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// text is what is read in the elements, with single spaces.
func text(doc *goquery.Document, selector string) string {
	return strings.Join(strings.Fields(doc.Find(selector).Text()), " ")
}

// recording answers from an archive, by path and query.
type recording map[string][]byte

func (r recording) RoundTrip(req *http.Request) (*http.Response, error) {
	body, ok := r[req.URL.RequestURI()]
	res := &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Request: req, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: -1}
	switch {
	case !ok:
		res.StatusCode = 404
	case strings.HasSuffix(req.URL.Path, ".xml"):
		res.Header.Set("Content-Type", "application/rss+xml")
	}
	return res, nil
}

// courier is a library that has read the recorded site.
func courier(t testing.TB) *pipeline.Pipeline {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "t.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	p := pipeline.New(db, &content.Reader{}, []pipeline.Step{career.Step{}, pipeline.Adopt{}, resolve.Step{}}, career.Moves)
	p.Now = now
	a, err := txtar.ParseFile("../../../testdata/sites/courier.txtar")
	if err != nil {
		t.Fatal(err)
	}
	site := recording{}
	for _, f := range a.Files {
		site[f.Name] = f.Data
	}
	for _, u := range []string{"http://courier.example/en/tag/Moves", "http://courier.example/gone"} {
		src, err := crawler.NewSource(crawler.Tag, u)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.AddSources(t.Context(), src); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Run(t.Context(), pipeline.RunOptions{Client: &crawler.Client{Transport: site, Now: now, AllowPrivate: true}}); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPages opens every page over a recorded site and looks for what must
// stand there.
func TestPages(t *testing.T) {
	h := handler(courier(t))
	article := strings.TrimPrefix(open(t, h, "/person/dagny-sorbo").Find(".source a").First().AttrOr("href", ""), "/article/")
	article, _, _ = strings.Cut(article, "#")
	tests := []struct {
		path, selector, want string
	}{
		{"/", "h1", "Who moved, and who says so"},
		{"/", ".numbers", "moves on record"},
		{"/", ".moves", "Dagny Sørbø"},
		{"/", ".timeline text", "Jonah Whitcombe"},
		{"/", ".timeline title", "Xiu-Li Tan: Founded from Gannet Robotics to Petrel Labs, Oct 2023"},
		{"/?org=meridian+bank", "#table", "of"},
		{"/?kind=founding", ".moves", "Xiu-Li Tan"},
		{"/?q=sorbo", ".found", "Dagny Sørbø person"},
		{"/?after=2025-04", ".moves", "Jonah Whitcombe"},
		{"/?q=nothing-like-it", ".empty", "No move matches"},
		{"/?score=0.9&page=99", ".moves", "Dagny Sørbø"},
		{"/flow", ".flow", "Meridian Bank"},
		{"/flow", ".flow path", ""},
		{"/flow", ".gains", "Gannet Robotics"},
		{"/flow?after=2031-01", ".empty", "Widen the period"},
		{"/person/dagny-sorbo", "h1", "Dagny Sørbø"},
		{"/person/dagny-sorbo", ".lanes", "Meridian Bank"},
		{"/person/dagny-sorbo", ".lead", "now Partner at Quay Advisers"},
		{"/person/dagny-sorbo", ".card", "~Feb 2013 – Mar 2025"},
		{"/person/dagny-sorbo", ".reasons mark", "Left Meridian Bank: March 2025"},
		{"/person/Dagny%20S%C3%B8rb%C3%B8", "h1", "Dagny Sørbø"},
		{"/organization/gannet-robotics", ".numbers", "left"},
		{"/organization/gannet-robotics", ".chart title", "Jan 2025"},
		{"/organization/gannet-robotics", ".tallies", "Sandglass"},
		{"/organization/quay-advisers", "#there", "Dagny Sørbø"},
		{"/article/" + article, ".text mark", "Meridian Bank"},
		{"/article/" + article, "aside", "Dagny Sørbø left Meridian Bank"},
		{"/article/" + article + "?cut=1", "#cut", "DOWNLOAD THE APP"},
		{"/search?q=sorbo", ".people", "Dagny Sørbø"},
		{"/search?q=sorbo", ".moves", "Quay Advisers"},
		{"/search?q=nobody+at+all", ".empty", "Nothing on record"},
		{"/search?part=1&q=sorbo", "a", "Dagny Sørbø"},
		{"/help", ".keys", "undo"},
		{"/sources", "tbody tr:first-child", "failing"},
		{"/sources", "tbody", "tenure source test http://courier.example/gone"},
		{"/run", ".funnel", "New moves"},
		{"/run", ".drops", "http-404"},
	}
	for _, tt := range tests {
		doc := open(t, h, tt.path)
		if doc.Find(tt.selector).Length() == 0 || !strings.Contains(text(doc, tt.selector), tt.want) {
			t.Errorf("%s: %s is %q; want %q in it", tt.path, tt.selector, text(doc, tt.selector), tt.want)
		}
	}
	for _, path := range []string{"/nothing", "/person/nobody", "/organization/nothing", "/article/0123456789abcdef0123456789abcdef", "/move/none", "/static/none.css"} {
		if w := ask(h, "GET", path); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", path, w.Code)
		}
	}
}

// TestFilters compares how many moves each filter lets through with a count
// over the records.
func TestFilters(t *testing.T) {
	p := courier(t)
	h := handler(p)
	var all []pipeline.MoveRecord
	if err := p.Moves(pipeline.Filter{}, func(m pipeline.MoveRecord) error { all = append(all, m); return nil }); err != nil {
		t.Fatal(err)
	}
	org := func(p *pipeline.PositionRecord, name string) bool { return p != nil && p.Org == name }
	for query, keep := range map[string]func(pipeline.MoveRecord) bool{
		"":               func(pipeline.MoveRecord) bool { return true },
		"kind=departure": func(m pipeline.MoveRecord) bool { return m.Kind == extract.Departure },
		"org=GANNET+robotics": func(m pipeline.MoveRecord) bool {
			return org(m.From, "Gannet Robotics") || org(m.To, "Gannet Robotics")
		},
		"to=Sandglass":              func(m pipeline.MoveRecord) bool { return org(m.To, "Sandglass") },
		"person=xiu-li+tan":         func(m pipeline.MoveRecord) bool { return m.Person == "Xiu-Li Tan" },
		"score=0.95":                func(m pipeline.MoveRecord) bool { return m.Score >= 0.95 },
		"q=perception+fontaine":     func(m pipeline.MoveRecord) bool { return strings.HasPrefix(m.Person, "Mireille") },
		"after=2025-05":             func(m pipeline.MoveRecord) bool { return strings.HasPrefix(m.Person, "Jonah") },
		"before=2023-10":            func(m pipeline.MoveRecord) bool { return m.Person == "Xiu-Li Tan" },
		"check=1":                   func(m pipeline.MoveRecord) bool { return m.Score < 0.6 || len(m.Conflicts) > 0 },
		"after=nonsense&score=x":    func(pipeline.MoveRecord) bool { return true },
		"kind=departure&org=nobody": func(pipeline.MoveRecord) bool { return false },
	} {
		want := 0
		for _, m := range all {
			if keep(m) {
				want++
			}
		}
		got := open(t, h, "/?"+query).Find(".moves tbody tr").Length()
		if got != want {
			t.Errorf("?%s: %d moves, want %d", query, got, want)
		}
	}
}

// TestVisits says what is new since the visit before.
func TestVisits(t *testing.T) {
	k := &kept{moves: []pipeline.MoveRecord{
		{ID: "a", Person: "Ada Marsh", Kind: extract.Departure, From: &pipeline.PositionRecord{Org: "Acme"}, Score: 0.9, FirstSeen: now().Add(-72 * time.Hour)},
		{ID: "b", Person: "Bo Tell", Kind: extract.Departure, From: &pipeline.PositionRecord{Org: "Acme"}, Score: 0.9, FirstSeen: now().Add(-time.Hour)},
	}}
	h := handler(k)
	cookie := func(last, seen time.Duration) string {
		return fmt.Sprintf("tenure-visits=%d-%d", now().Add(-last).Unix(), now().Add(-seen).Unix())
	}
	for _, tt := range []struct {
		name, cookie, want string
	}{
		{"first", "", "1 new within a day"},
		{"under way", cookie(96*time.Hour, time.Minute), "2 new since your last visit"},
		{"again", cookie(96*time.Hour, 48*time.Hour), "1 new since your last visit"},
		{"in the future", cookie(time.Hour, -time.Hour), "1 new within a day"},
		{"nonsense", "tenure-visits=x", "1 new within a day"},
	} {
		w := ask(h, "GET", "/", "Cookie", tt.cookie)
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got := text(doc, ".numbers dd"); !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q; want %q in it", tt.name, got, tt.want)
		}
		c := w.Result().Cookies()
		if len(c) != 1 || !c[0].HttpOnly || c[0].SameSite != http.SameSiteStrictMode {
			t.Errorf("%s: cookies %v", tt.name, c)
		}
	}
}

// TestEmpty wants every page of an empty library to say what to do.
func TestEmpty(t *testing.T) {
	h := handler(&kept{})
	for path, want := range map[string]string{"/": "tenure source add", "/sources": "tenure source add", "/run": "tenure run", "/flow": "none yet"} {
		if got := text(open(t, h, path), ".empty"); !strings.Contains(got, want) {
			t.Errorf("%s: %q; want %q in it", path, got, want)
		}
	}
	h = handler(&kept{sources: []pipeline.SourceState{{}}})
	if got := text(open(t, h, "/"), ".empty"); !strings.Contains(got, "tenure run") {
		t.Errorf("with a source: %q", got)
	}
}

// TestTrouble wants an error of the library to be a page that says so.
func TestTrouble(t *testing.T) {
	h := handler(&kept{err: io.ErrUnexpectedEOF})
	for path, want := range map[string]int{"/": 500, "/person/x": 500, "/healthz": 503, "/metrics": 503, "/feed.json": 500} {
		if w := ask(h, "GET", path); w.Code != want {
			t.Errorf("%s: status %d, want %d", path, w.Code, want)
		}
	}
	h = handler(&kept{err: &web.LostError{Err: io.EOF}})
	if w := ask(h, "GET", "/"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("owner lost: status %d", w.Code)
	}
}

// TestNamesakes keeps two people of one name apart.
func TestNamesakes(t *testing.T) {
	k := &kept{}
	for i, org := range []string{"Acme", "Brightwater"} {
		id := fmt.Sprintf("%032d", i)
		text := "Ada Marsh left " + org + " in May 2025."
		k.articles = append(k.articles, pipeline.ArticleRecord{
			ID: id, URL: "http://a.example/" + id, Text: text, Entities: []pipeline.EntityRecord{{ID: fmt.Sprintf("p%d00000000000", i), Kind: extract.Person, Name: "Ada Marsh"}},
			Facts: []pipeline.FactRecord{{Type: extract.Left, Person: "Ada Marsh", Org: org, Date: "2025-05", Score: 0.9, Evidence: pipeline.EvidenceRecord{End: len(text), Quote: text}}},
		})
		k.moves = append(k.moves, pipeline.MoveRecord{ID: "m" + org, Person: "Ada Marsh", From: &pipeline.PositionRecord{Org: org, Left: "2025-05"}, Kind: extract.Departure, Evidence: []pipeline.CitationRecord{{Article: id, Quote: text}}})
	}
	h := handler(k)
	doc := open(t, h, "/person/ada-marsh")
	if got := text(doc, "main"); !strings.Contains(got, "Which one?") || !strings.Contains(got, "Brightwater") {
		t.Errorf("the name alone: %q", got)
	}
	if got := text(open(t, h, "/person/ada-marsh-p000000"), ".card"); !strings.Contains(got, "Acme") || strings.Contains(got, "Brightwater") {
		t.Errorf("one of them: %q", got)
	}
	if got := ask(h, "GET", "/move/mBrightwater").Header().Get("Location"); got != "/person/ada-marsh-p100000#move-mBrightwater" {
		t.Errorf("move of the other leads to %q", got)
	}
}

// TestConflicts wants both sides of a disagreement beside each other.
func TestConflicts(t *testing.T) {
	k := &kept{moves: []pipeline.MoveRecord{{
		ID: "m", Person: "Ada Marsh", From: &pipeline.PositionRecord{Org: "Acme", Left: "2025-05"}, Kind: extract.Departure,
		Conflicts: []extract.Conflict{{Field: "date", Value: "2025-05", Other: "2024-early", Article: "x"}},
	}}}
	if got := text(open(t, handler(k), "/person/ada-marsh"), ".conflicts tbody"); !strings.Contains(got, "May 2025early 2024") {
		t.Errorf("conflict: %q", got)
	}
}

// Example shows a library and asks for its state.
func Example() {
	site := &page.Site{Library: &kept{}, Timeline: stays}
	w := httptest.NewRecorder()
	page.Guard{}.Wrap(site.Handler()).ServeHTTP(w, httptest.NewRequest("GET", "http://localhost:8080/healthz", nil))
	fmt.Print(w.Code, " ", w.Body)
	// Output: 200 ok
}
