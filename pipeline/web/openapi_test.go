package web_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"tenure/crawler"
	"tenure/extract"
	"tenure/pipeline"
	"tenure/pipeline/web"
)

// described is the description as far as the tests look at it.
type described struct {
	Paths map[string]struct {
		Get struct {
			ID         string `json:"operationId"`
			Parameters []struct {
				Ref string `json:"$ref"`
			}
			Responses map[string]struct {
				Content map[string]struct{ Schema json.RawMessage }
			}
		}
	}
	Components struct {
		Schemas, Parameters, Responses, Headers map[string]json.RawMessage
	}
}

// descriptionOf returns the description that is served, whole and as the tests
// look at it.
func descriptionOf(t *testing.T, h http.Handler) (d described, doc any) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", web.Prefix+"openapi.json", nil))
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("status %d, %s", w.Code, w.Header())
	}
	if dir := os.Getenv("TENURE_EXPORTS"); dir != "" { // for others to check
		if err := os.WriteFile(dir+"/openapi.json", w.Body.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return d, doc
}

// component returns what validates by a part of the description.
func component(t *testing.T, doc any, pointer string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("openapi.json#" + pointer)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// pointer is a JSON pointer to what the steps lead to.
func pointer(steps ...string) string {
	escape := strings.NewReplacer("~", "~0", "/", "~1", "%", "%25")
	for i, s := range steps {
		steps[i] = escape.Replace(s)
	}
	return "/" + strings.Join(steps, "/")
}

// TestAnswersAreAsDescribed asks every question that the description tells of,
// and compares the answers with what it says of them.
func TestAnswersAreAsDescribed(t *testing.T) {
	p := crawled(t)
	decideSame(t, p)
	for _, j := range []pipeline.Judgement{pipeline.Later, pipeline.Right} {
		if _, err := p.Judge(t.Context(), firstMove(t, p), j); err != nil {
			t.Fatal(err)
		}
	}
	h := (&web.API{Library: p}).Reading()
	d, doc := descriptionOf(t, h)
	asked := map[string]bool{}
	for _, test := range []struct {
		path, query string
		status      int
		records     int // at least
	}{
		{"articles", "", 200, 2},
		{"articles", "person=ada+marsh&org=acme&since=2025-01-01T00:00:00Z&limit=1", 200, 1},
		{"entities", "", 200, 4},
		{"people", "person=Ada+Marsh", 200, 1},
		{"organizations", "org=acme&limit=5", 200, 1},
		{"facts", "min_score=0.1&type=left", 200, 2},
		{"moves", "", 200, 2},
		{"moves", "limit=1&cursor=", 200, 1},
		{"moves", "review=ok", 200, 1},
		{"moves", "limit=x", 400, 0},
		{"moves", "cursor=x", 400, 0},
		{"sources", "limit=1", 200, 1},
		{"moves", "since=yesterday", 400, 0},
		{"failures", "type=fetch", 200, 1},
		{"show", "name=Ada+Marsh", 200, 1},
		{"show", "name=Acme", 200, 1},
		{"show", "name=http://b.example/1", 200, 1},
		{"show", "name=" + firstMove(t, p), 200, 1},
		{"show", "name=Ada+Marhs", 404, 0},
		{"sources", "", 200, 1},
		{"sources/one", "name=http://a.example/list", 200, 1},
		{"sources/one", "name=nothing", 404, 0},
		{"consumers", "name=anybody", 200, 1},
		{"people/one", "id=" + firstPerson(t, p), 200, 1},
		{"people/one", "id=p000000000000", 404, 0},
		{"decisions", "", 200, 1},
		{"pairs", "", 200, 0},
		{"verdicts", "", 200, 2},
		{"export", "what=moves&format=csv", 200, 0},
		{"export", "what=all&format=ftm", 200, 0},
		{"export", "what=all&format=csv", 400, 0},
		{"export", "what=moves&format=xyz", 400, 0},
		{"openapi.json", "", 200, 1},
	} {
		target := web.Prefix + test.path
		asked[target] = true
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", target+"?"+test.query, nil))
		if w.Code != test.status {
			t.Errorf("%s?%s: status %d, want %d: %s", test.path, test.query, w.Code, test.status, w.Body)
			continue
		}
		q, err := url.ParseQuery(test.query)
		if err != nil {
			t.Fatal(err)
		}
		for name := range q {
			ref := "#/components/parameters/" + name
			if !slices.ContainsFunc(d.Paths[target].Get.Parameters, func(p struct {
				Ref string `json:"$ref"`
			}) bool {
				return p.Ref == ref
			}) {
				t.Errorf("%s: nothing is said about %s", test.path, name)
			}
		}
		if test.status != 200 {
			if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("%s?%s: an error of type %q", test.path, test.query, got)
			}
			asSaid(t, component(t, doc, pointer("components", "schemas", "problem")), w.Body.Bytes())
			continue
		}
		kind := w.Header().Get("Content-Type")
		said, ok := d.Paths[target].Get.Responses["200"].Content[kind]
		if !ok {
			t.Errorf("%s?%s: the type %q is not described", test.path, test.query, kind)
			continue
		}
		if said.Schema == nil {
			continue
		}
		n := 0
		schema := component(t, doc, pointer("paths", target, "get", "responses", "200", "content", kind, "schema"))
		for _, line := range records(w.Body.Bytes(), kind) {
			asSaid(t, schema, line)
			n++
		}
		if n < test.records {
			t.Errorf("%s?%s: %d records, want at least %d", test.path, test.query, n, test.records)
		}
	}
	for path := range d.Paths {
		if !asked[path] {
			t.Errorf("%s is described, and not asked here", path)
		}
	}
}

// records are the JSON values of an answer.
func records(body []byte, kind string) [][]byte {
	if kind == "application/jsonl" {
		return slices.Collect(bytes.Lines(body))
	}
	return [][]byte{body}
}

func asSaid(t *testing.T, s *jsonschema.Schema, line []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
	if err == nil {
		err = s.Validate(v)
	}
	if err != nil {
		t.Errorf("%v\n%s", err, line)
	}
}

// decideSame has somebody decide something.
func decideSame(t *testing.T, p *pipeline.Pipeline) {
	t.Helper()
	who, ok, err := p.Person(firstPerson(t, p))
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if err := p.Decide(t.Context(), extract.Decision{A: who.Sightings[0], B: who.Sightings[0], Same: true}); err != nil {
		t.Fatal(err)
	}
}

// firstPerson is the ID of somebody with facts.
func firstPerson(t *testing.T, p *pipeline.Pipeline) (id string) {
	t.Helper()
	err := p.Entities(extract.Person, pipeline.Filter{}, func(e pipeline.EntityRecord) error {
		_, ok, err := p.Person(e.ID)
		if ok && id == "" {
			id = e.ID
		}
		return err
	})
	if err != nil || id == "" {
		t.Fatal("nobody is known", err)
	}
	return id
}

func firstMove(t *testing.T, p *pipeline.Pipeline) string {
	t.Helper()
	all, err := collect(p.Moves, pipeline.Filter{})
	if err != nil || len(all) == 0 {
		t.Fatal("no move is known", err)
	}
	return all[0].ID
}

// TestDescriptionIsWhole: every reference leads somewhere, every component is
// referred to, every question has a name of its own, and nothing outside is
// named.
func TestDescriptionIsWhole(t *testing.T) {
	d, doc := descriptionOf(t, (&web.API{}).Reading())
	used := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if ref, ok := v["$ref"].(string); ok {
				used[ref] = true
			}
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		case string:
			if strings.Contains(v, "http://") || strings.Contains(v, "https://") {
				t.Errorf("an address outside: %s", v)
			}
		}
	}
	walk(doc)
	for kind, all := range map[string]map[string]json.RawMessage{
		"schemas": d.Components.Schemas, "parameters": d.Components.Parameters, "responses": d.Components.Responses, "headers": d.Components.Headers,
	} {
		for name := range all {
			ref := "#/components/" + kind + "/" + name
			if !used[ref] {
				t.Errorf("nothing refers to %s", ref)
			}
			delete(used, ref)
		}
	}
	for ref := range used {
		t.Errorf("%s leads nowhere", ref)
	}
	ids := map[string]bool{}
	for path, p := range d.Paths {
		if p.Get.ID == "" || ids[p.Get.ID] {
			t.Errorf("%s has the name %q", path, p.Get.ID)
		}
		ids[p.Get.ID] = true
	}
}

// TestSchemaFields: every field of what is answered is in its schema and the
// reverse, required if it is always written.
func TestSchemaFields(t *testing.T) {
	d, _ := descriptionOf(t, (&web.API{}).Reading())
	for name, record := range map[string]reflect.Type{
		"source": reflect.TypeFor[pipeline.SourceState](), "source.volume": reflect.TypeFor[pipeline.Volume](), "origin": reflect.TypeFor[crawler.Source](),
		"failure": reflect.TypeFor[pipeline.Failure](), "person": reflect.TypeFor[extract.Profile](), "person.reason": reflect.TypeFor[extract.Reason](),
		"person.sighting": reflect.TypeFor[extract.SightingKey](), "decision": reflect.TypeFor[extract.Decision](),
	} {
		var s struct {
			Properties map[string]json.RawMessage
			Required   []string
		}
		if err := json.Unmarshal(d.Components.Schemas[name], &s); err != nil {
			t.Fatal(name, err)
		}
		fields, always := fieldsOf(record)
		slices.Sort(s.Required)
		if got := slices.Sorted(maps.Keys(s.Properties)); !slices.Equal(got, fields) {
			t.Errorf("%s: the record has %v, the schema %v", name, fields, got)
		}
		if !slices.Equal(s.Required, always) {
			t.Errorf("%s: the record always has %v, the schema wants %v", name, always, s.Required)
		}
	}
}

// fieldsOf returns the fields of a record as they are written, and those that
// always are, sorted.
func fieldsOf(record reflect.Type) (fields, always []string) {
	for i := range record.NumField() {
		f := record.Field(i)
		if f.Anonymous {
			some, must := fieldsOf(f.Type)
			fields, always = append(fields, some...), append(always, must...)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields = append(fields, name)
		if !strings.Contains(options, "omit") {
			always = append(always, name)
		}
	}
	slices.Sort(fields)
	slices.Sort(always)
	return fields, always
}

// An answer that the client has is not sent again; one that changed is.
func TestNotModified(t *testing.T) {
	p := crawled(t)
	h := (&web.API{Library: p}).Reading()
	ask := func(path, tag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", web.Prefix+path, nil)
		r.Header.Set("If-None-Match", tag)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for _, path := range []string{"moves", "show?name=Acme", "openapi.json", "sources", "export?what=moves&format=csv"} {
		first := ask(path, "")
		tag := first.Header().Get("ETag")
		if first.Code != 200 || tag == "" || first.Header().Get("Cache-Control") != "private, no-cache" {
			t.Errorf("%s: status %d, %v", path, first.Code, first.Header())
		}
		for given, want := range map[string]int{tag: 304, "W/" + tag: 304, `"x", ` + tag: 304, "*": 304, `"x"`: 200} {
			w := ask(path, given)
			if w.Code != want || (want == 304) != (w.Body.Len() == 0) || w.Header().Get("ETag") != tag {
				t.Errorf("%s with %s: status %d, %d bytes, %v", path, given, w.Code, w.Body.Len(), w.Header())
			}
		}
	}
	tag := ask("consumers?name=x", "").Header().Get("ETag")
	if err := p.Exported(t.Context(), "x", p.Now()); err != nil {
		t.Fatal(err)
	}
	if w := ask("consumers?name=x", tag); w.Code != 200 {
		t.Errorf("changed: status %d", w.Code)
	}
}

// What is no question, or asked in another way, is a problem that says so.
func TestElsewhere(t *testing.T) {
	h := (&web.API{Library: crawled(t)}).Reading()
	for _, test := range []struct {
		method, path string
		status       int
		code         string
	}{
		{"GET", "nothing", 404, "not-found"},
		{"GET", "", 404, "not-found"},
		{"POST", "moves", 405, "method-not-allowed"},
		{"DELETE", "sources/one?name=x", 405, "method-not-allowed"},
		{"POST", "decisions", 405, "method-not-allowed"},
		{"GET", "owner", 404, "not-found"},
		{"POST", "runs", 404, "not-found"},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(test.method, web.Prefix+test.path, nil))
		var got struct {
			Code, Type, Title, Detail string
			Status                    int
		}
		err := json.Unmarshal(w.Body.Bytes(), &got)
		kind, _, _ := mime.ParseMediaType(w.Header().Get("Content-Type"))
		if err != nil || w.Code != test.status || got.Status != test.status || got.Code != test.code || got.Type != "urn:tenure:problem:"+test.code || got.Title == "" || got.Detail == "" || kind != "application/problem+json" {
			t.Errorf("%s %s: %d %s, %v; want %d and %s", test.method, test.path, w.Code, w.Body, err, test.status, test.code)
		}
		if (test.status == 405) != (w.Header().Get("Allow") != "") {
			t.Errorf("%s %s: Allow is %q", test.method, test.path, w.Header().Get("Allow"))
		}
	}
}
