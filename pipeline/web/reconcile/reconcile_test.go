package reconcile_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/extract/career"
	"tenure/extract/content"
	"tenure/extract/resolve"
	"tenure/pipeline"
	"tenure/pipeline/web/page"
	"tenure/pipeline/web/reconcile"
	"tenure/store"
)

// pages answers requests by path.
type pages map[string]string

// RoundTrip implements http.RoundTripper.
func (p pages) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/html"}}, Request: r, Body: io.NopCloser(strings.NewReader(p[r.URL.Path])), ContentLength: -1}, nil
}

// known returns a library that has read of some people.
func known(t testing.TB) *pipeline.Pipeline {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "t.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	p := pipeline.New(db, &content.Reader{}, []pipeline.Step{career.Step{}, pipeline.Adopt{}, resolve.Step{}}, career.Moves)
	p.Now = func() time.Time { return time.Date(2025, 5, 20, 9, 0, 0, 0, time.UTC) }
	p.People = resolve.Across{}
	site := pages{}
	var urls []string
	for i, who := range []struct{ name, org, next string }{
		{"Ada Marsh", "Acme", "Brightwater & Sons"}, {"Ada Marsh", "Öresund Kraft", ""}, {"Bo Tell", "Acme", "Quay & Advisers"}, {"Cléo Fontaine", "Meridian Bank", ""},
	} {
		body := "<h3>" + who.name + "</h3><p>Left " + who.org + ": May 2025</p>"
		if who.next != "" {
			body += "<p>Current role: Engineer at " + strings.ReplaceAll(who.next, "&", "&amp;") + "</p>"
		}
		path := fmt.Sprintf("/%d", i)
		site[path] = `<html><head><title>Who left</title><meta property="article:published_time" content="2025-05-19"></head><body>` + body + `</body></html>`
		urls = append(urls, "http://a.example"+path)
	}
	if _, _, err := p.AddURLs(t.Context(), urls); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(t.Context(), pipeline.RunOptions{Client: &crawler.Client{Transport: site, AllowPrivate: true, Now: p.Now}}); err != nil {
		t.Fatal(err)
	}
	tellApart(t, p)
	return p
}

// tellApart says that the two articles about an Ada Marsh mean two people.
func tellApart(t testing.TB, p *pipeline.Pipeline) {
	t.Helper()
	err := p.Entities(extract.Person, pipeline.Filter{Person: "Ada Marsh"}, func(e pipeline.EntityRecord) error {
		who, ok, err := p.Person(e.ID)
		if err != nil || !ok || len(who.Sightings) != 2 {
			return fmt.Errorf("%+v, %v", who, err)
		}
		return p.Decide(t.Context(), extract.Decision{A: who.Sightings[0], B: who.Sightings[1]})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// served is what 'tenure serve' answers with.
func served(t testing.TB) http.Handler {
	return page.Guard{}.Wrap((&page.Site{Library: known(t), Version: "test"}).Handler())
}

// post asks as OpenRefine's server does: a form, without a browser's headers.
func post(h http.Handler, name, value string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", "http://127.0.0.1:8080"+reconcile.Path, strings.NewReader(url.Values{name: {value}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", "OpenRefine 3.8.2 [TRUNK]")
	r.Header.Set("Accept", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func get(h http.Handler, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "http://127.0.0.1:8080"+target, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// decoded returns the JSON of an answer that must be one.
func decoded[T any](t *testing.T, w *httptest.ResponseRecorder) (v T) {
	t.Helper()
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
		t.Fatalf("status %d, %s: %s", w.Code, w.Header().Get("Content-Type"), w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%v: %s", err, w.Body)
	}
	return v
}

type answers map[string]struct {
	Result []struct {
		ID, Name, Description string
		Type                  []struct{ ID, Name string }
		Score                 float64
		Match                 bool
		Features              []struct {
			ID    string
			Value any
		}
	}
}

// TestReconcile asks batches as OpenRefine sends them.
func TestReconcile(t *testing.T) {
	h := served(t)
	got := decoded[answers](t, post(h, "queries", `{
		"q0":{"query":"Cleo  FONTAINE","type":"person","type_strict":"should","limit":3},
		"q1":{"query":"Ada Marsh","type":"person","type_strict":"should"},
		"q2":{"query":"Ada Marsh","type":["person"],"properties":[{"pid":"org","v":"öresund kraft"}]},
		"q3":{"query":"Ada Marsh","properties":[{"pid":"org","v":[{"id":"x","name":"Acme"},7,true,null]}]},
		"q4":{"query":"Meridian Banc","type":"organization"},
		"q5":{"query":"Fontaine"},
		"q6":{"query":"Cléo Fontaine","type":"organization"},
		"q7":{"query":"nobody like that"},
		"q8":{"query":""}}`))
	for _, test := range []struct {
		query, first string
		n            int
		match        bool
		least, most  float64
	}{
		{"q0", "Cléo Fontaine", 1, true, 100, 100},
		{"q1", "Ada Marsh", 2, false, 100, 100}, // two people
		{"q2", "Ada Marsh", 2, true, 100, 100},
		{"q3", "Ada Marsh", 2, true, 100, 100},
		{"q4", "Meridian Bank", 1, false, 80, 95},
		{"q5", "Cléo Fontaine", 1, false, 40, 80},
		{"q6", "", 0, false, 0, 0},
		{"q7", "", 0, false, 0, 0},
		{"q8", "", 0, false, 0, 0},
	} {
		r := got[test.query].Result
		if len(r) != test.n || r == nil {
			t.Errorf("%s: %d candidates, want %d: %+v", test.query, len(r), test.n, r)
			continue
		}
		if len(r) > 0 && (r[0].Name != test.first || r[0].Match != test.match || r[0].Score < test.least || r[0].Score > test.most || len(r[0].Type) != 1 || r[0].Description == "") {
			t.Errorf("%s: %+v", test.query, r[0])
		}
	}
	if a, b := got["q2"].Result, got["q3"].Result; a[0].ID == b[0].ID || a[1].Score != 70 || a[0].Features[1].Value != true {
		t.Errorf("namesakes: %+v, %+v", a, b)
	}
	byGet := decoded[answers](t, get(h, reconcile.Path+"?queries="+url.QueryEscape(`{"a":{"query":"Bo Tell"}}`)))
	if len(byGet["a"].Result) != 1 {
		t.Errorf("by GET: %+v", byGet)
	}
}

// TestManifest follows what the manifest leads to.
func TestManifest(t *testing.T) {
	h := served(t)
	m := decoded[struct {
		Versions                           []string
		Name, IdentifierSpace, SchemaSpace string
		DefaultTypes                       []struct{ ID, Name string }
		View, Preview                      struct{ URL string }
		Suggest                            map[string]struct {
			URL  string `json:"service_url"`
			Path string `json:"service_path"`
		}
		Extend struct {
			Propose struct {
				URL  string `json:"service_url"`
				Path string `json:"service_path"`
			} `json:"propose_properties"`
			Settings []any `json:"property_settings"`
		}
	}](t, get(h, reconcile.Path))
	if m.Versions[0] != "0.2" || m.Name == "" || m.IdentifierSpace == "" || m.SchemaSpace == "" || len(m.DefaultTypes) != 2 || m.Extend.Settings == nil {
		t.Errorf("%+v", m)
	}
	id := decoded[answers](t, post(h, "queries", `{"a":{"query":"Bo Tell"}}`))["a"].Result[0].ID
	local := func(address string) string {
		path, ok := strings.CutPrefix(address, "http://127.0.0.1:8080")
		if !ok {
			t.Errorf("%q is elsewhere", address)
		}
		return strings.ReplaceAll(path, "{{id}}", id)
	}
	type suggested struct {
		Result []struct {
			ID, Name string
			Notable  []struct{ ID string }
		}
	}
	for name, want := range map[string]string{"entity": "Bo Tell", "type": "Person", "property": "organization"} {
		s := m.Suggest[name]
		got := decoded[suggested](t, get(h, local(s.URL)+s.Path+"?prefix="+url.QueryEscape(strings.ToLower(want[:2]))))
		if len(got.Result) == 0 || got.Result[0].Name != want || name == "entity" && got.Result[0].Notable[0].ID != "person" {
			t.Errorf("suggest %s: %+v", name, got)
		}
	}
	proposed := decoded[struct {
		Properties []struct{ ID, Name string }
	}](t, get(h, local(m.Extend.Propose.URL)+m.Extend.Propose.Path+"?type=person&limit=50"))
	if len(proposed.Properties) < 5 {
		t.Errorf("%+v", proposed)
	}
	if w := get(h, local(m.View.URL)); w.Code != http.StatusFound || w.Header().Get("Location") != "/person/"+id {
		t.Errorf("view: %d, %s", w.Code, w.Header().Get("Location"))
	}
	if w := get(h, "/person/"+id); w.Code != http.StatusFound { // to the page by name
		t.Errorf("person: %d", w.Code)
	}
	w := get(h, local(m.Preview.URL))
	body := w.Body.String()
	if w.Code != 200 || !strings.Contains(body, "<h1>Bo Tell</h1>") || !strings.Contains(body, "to Quay &amp; Advisers") || w.Header().Get("X-Frame-Options") != "" || !strings.Contains(w.Header().Get("Content-Security-Policy"), "sandbox; ") {
		t.Errorf("preview: %d, %v\n%s", w.Code, w.Header(), body)
	}
}

// TestExtend asks for properties.
func TestExtend(t *testing.T) {
	h := served(t)
	got := decoded[answers](t, post(h, "queries", `{"p":{"query":"Bo Tell"},"o":{"query":"Acme"}}`))
	person, org := got["p"].Result[0].ID, got["o"].Result[0].ID
	type extended struct {
		Meta []struct{ ID, Name string }
		Rows map[string]map[string][]map[string]any
	}
	e := decoded[extended](t, post(h, "extend", `{"ids":["`+person+`","`+org+`","p000000000000"],"properties":[{"id":"orgs"},{"id":"last_move_date"},{"id":"people"},{"id":"articles"},{"id":"role"}]}`))
	if len(e.Meta) != 5 || len(e.Rows) != 3 {
		t.Fatalf("%+v", e)
	}
	for _, test := range []struct{ id, property, want string }{
		{person, "orgs", `[{"str":"Quay \u0026 Advisers"},{"str":"Acme"}]`},
		{person, "last_move_date", `[{"str":"2025-05"}]`},
		{person, "articles", `[{"int":1}]`},
		{person, "people", `[]`},
		{person, "role", `[{"str":"Engineer"}]`},
		{org, "people", `[{"str":"Bo Tell"},{"str":"Ada Marsh"}]`},
		{org, "orgs", `[]`},
		{"p000000000000", "orgs", `[]`},
	} {
		b, err := json.Marshal(e.Rows[test.id][test.property])
		if err != nil || string(b) != test.want {
			t.Errorf("%s of %s: %s, want %s", test.property, test.id, b, test.want)
		}
	}
}

// TestRefused: what is too much, or nonsense, is an answer that says so.
func TestRefused(t *testing.T) {
	h := served(t)
	batch := func(n int) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf(`"q%d":{"query":"x"}`, i))
		}
		return "{" + strings.Join(all, ",") + "}"
	}
	for _, test := range []struct {
		form, value string
		status      int
	}{
		{"queries", batch(25), 200},
		{"queries", batch(26), 400},
		{"queries", "{", 400},
		{"queries", `{"a":{"query":"x","type":"ship"}}`, 400},
		{"queries", `{"a":{"query":"` + strings.Repeat("x", 301) + `"}}`, 400},
		{"queries", `{"a":{"query":"Ada Marsh","properties":[{"pid":"org","v":"` + strings.Repeat("x", 301) + `"}]}}`, 400},
		{"queries", strings.Repeat("x", 300<<10), 413},
		{"extend", `{"ids":["a"],"properties":[{"id":"shoe size"}]}`, 400},
		{"extend", "x", 400},
	} {
		if w := post(h, test.form, test.value); w.Code != test.status || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s %.60s: status %d, want %d: %s", test.form, test.value, w.Code, test.status, w.Body)
		}
	}
	for _, path := range []string{"/preview?id=nobody", "/view?id=", "/preview?id=Bo+Tell", "/nothing"} {
		if w := get(h, reconcile.Path+path); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

// TestBrowsers: pages of this machine may read answers, others may not, and
// nobody else's page may ask by a form.
func TestBrowsers(t *testing.T) {
	h := served(t)
	for origin, want := range map[string]string{
		"http://127.0.0.1:3333": "http://127.0.0.1:3333", "http://localhost:3333": "http://localhost:3333", "http://[::1]:3333": "http://[::1]:3333",
		"https://evil.example": "", "http://localhost.evil.example": "", "http://127.0.0.1.evil.example": "", "null": "", "": "",
	} {
		if got := get(h, reconcile.Path, "Origin", origin).Header().Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s may read as %q, want %q", origin, got, want)
		}
	}
	r := httptest.NewRequest("POST", "http://127.0.0.1:8080"+reconcile.Path, strings.NewReader("queries={}"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusForbidden {
		t.Errorf("a page elsewhere asks: status %d", w.Code)
	}
}

// FuzzForm asks with whatever somebody sends.
func FuzzForm(f *testing.F) {
	h := (&reconcile.Service{Library: known(f)}).Handler()
	f.Add(`{"a":{"query":"Ada Marsh","type":["person"],"properties":[{"pid":"org","v":[{"id":"x"},1,null]}],"limit":1e300}}`, `{"ids":["x"],"properties":[{"id":"orgs"}]}`)
	f.Fuzz(func(t *testing.T, queries, extend string) {
		for name, value := range map[string]string{"queries": queries, "extend": extend} {
			if w := post(h, name, value); w.Code >= 500 || !json.Valid(w.Body.Bytes()) {
				t.Errorf("%s: status %d: %s", name, w.Code, w.Body)
			}
		}
	})
}
