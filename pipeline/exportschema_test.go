package pipeline_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"tenure/crawler"
	"tenure/extract"
	"tenure/pipeline"
)

// compileSchema returns what validates records of a format.
func compileSchema(t testing.TB, name string) *jsonschema.Schema {
	t.Helper()
	b, err := pipeline.Schema(name)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("file.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("file.json")
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return s
}

// validate checks a record by the schema that it names.
func validate(t testing.TB, schemas map[string]*jsonschema.Schema, line []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
	if err != nil {
		t.Fatal(err)
	}
	name, _ := v.(map[string]any)["schema"].(string)
	if schemas[name] == nil {
		schemas[name] = compileSchema(t, name)
	}
	if err := schemas[name].Validate(v); err != nil {
		t.Errorf("%v\n%s", err, line)
	}
}

// TestExportIsValid: every record of the recorded site is what the published
// schema says.
func TestExportIsValid(t *testing.T) {
	p := crawlSite(t)
	var b bytes.Buffer
	if err := p.Export(&b, pipeline.ExportAll, pipeline.FormatJSONL, pipeline.Filter{}); err != nil {
		t.Fatal(err)
	}
	schemas := map[string]*jsonschema.Schema{}
	for line := range bytes.Lines(b.Bytes()) {
		validate(t, schemas, line)
	}
	var names []string
	err := p.Entities(extract.Person, pipeline.Filter{}, func(e pipeline.EntityRecord) error { names = append(names, e.ID); return nil })
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		d, err := p.Show(name)
		if err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		validate(t, schemas, line)
	}
	if len(schemas) != len(pipeline.Schemas()) {
		t.Errorf("records of %d formats were checked, there are %d", len(schemas), len(pipeline.Schemas()))
	}
}

// crawlSite returns a pipeline that has crawled the recorded site.
func crawlSite(t testing.TB) *pipeline.Pipeline {
	t.Helper()
	p, o := openSite(t, func() time.Time { return time.Date(2025, 5, 20, 9, 0, 0, 0, time.UTC) })
	for _, path := range []string{"tag/Moves", "tag/Robots"} {
		s, err := crawler.NewSource(crawler.Tag, "http://courier.example/en/"+path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.AddSources(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Run(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestSchemaRefuses: the schemas are more than a list of names.
func TestSchemaRefuses(t *testing.T) {
	for _, test := range []struct{ schema, change, want string }{
		{"fact", `"type":"fired"`, "/type"},
		{"fact", `"date":"2025-13"`, "/date"},
		{"fact", `"date":"May 2025"`, "/date"},
		{"fact", `"score":1.5`, "/score"},
		{"fact", `"spans":{"org":[1]}`, "/spans/org"},
		{"fact", `"spans":{"boss":[1,2]}`, "/spans"},
		{"fact", `"date_latest":"2025-02-30"`, "/date_latest"},
		{"move", `"kind":"flight"`, "/kind"},
		{"move", `"first_seen":"yesterday"`, "/first_seen"},
	} {
		valid := map[string]string{
			"fact": `{"type":"left","score":1,"rule":"r","evidence":{"start":0,"end":1,"quote":"q"},"spans":{},%}`,
			"move": `{"schema":"tenure/move/v1","id":"1","person":"A","kind":"hire","independent_sources":1,"score":1,"first_seen":"2025-05-20T09:00:00Z",
				"last_seen":"2025-05-20T09:00:00Z","review":"ok","evidence":[{"article":"00000000000000000000000000000000","url":"","quote":"","start":0,"end":0,"rule":""}],%}`,
		}[test.schema]
		s := compileSchema(t, test.schema)
		check := func(change string) error {
			v, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(valid, "%", change, 1)))
			if err != nil {
				var m map[string]any // a field that is there twice: the last one counts
				err = json.Unmarshal([]byte(strings.Replace(valid, "%", change, 1)), &m)
				v = m
			}
			if err != nil {
				t.Fatal(err)
			}
			return s.Validate(v)
		}
		if err := check(`"role":"Clerk"`); err != nil {
			t.Errorf("%s: %v", test.schema, err)
		}
		if err := check(test.change); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s with %s: %v; want an error about %s", test.schema, test.change, err, test.want)
		}
	}
}

// TestSchemaFields: every field of a record is in its schema and the reverse,
// required if it is always written.
func TestSchemaFields(t *testing.T) {
	for _, test := range []struct {
		schema, def string
		record      reflect.Type
	}{
		{"article", "", reflect.TypeFor[pipeline.ArticleRecord]()},
		{"article", "mention", reflect.TypeFor[pipeline.MentionRecord]()},
		{"entity", "", reflect.TypeFor[pipeline.EntityRecord]()},
		{"fact", "", reflect.TypeFor[pipeline.FactRecord]()},
		{"fact", "evidence", reflect.TypeFor[pipeline.EvidenceRecord]()},
		{"move", "", reflect.TypeFor[pipeline.MoveRecord]()},
		{"move", "position", reflect.TypeFor[pipeline.PositionRecord]()},
		{"move", "citation", reflect.TypeFor[pipeline.CitationRecord]()},
		{"move", "conflict", reflect.TypeFor[extract.Conflict]()},
		{"dossier", "", reflect.TypeFor[pipeline.Dossier]()},
	} {
		properties, required := schemaFields(t, test.schema, test.def)
		var fields, always []string
		for i := range test.record.NumField() {
			name, options, _ := strings.Cut(test.record.Field(i).Tag.Get("json"), ",")
			fields = append(fields, name)
			if !strings.Contains(options, "omit") {
				always = append(always, name)
			}
		}
		slices.Sort(fields)
		slices.Sort(always)
		if !slices.Equal(fields, properties) {
			t.Errorf("%s %s: record has %v, schema %v", test.schema, test.def, fields, properties)
		}
		if !slices.Equal(always, required) {
			t.Errorf("%s %s: record always has %v, schema %v", test.schema, test.def, always, required)
		}
	}
}

// schemaFields returns the sorted names of the fields of a schema, or of one
// of its definitions, and of those required.
func schemaFields(t *testing.T, name, def string) (properties, required []string) {
	t.Helper()
	b, err := pipeline.Schema(name)
	if err != nil {
		t.Fatal(err)
	}
	type object struct {
		Properties map[string]struct {
			Ref         string `json:"$ref"`
			Description string `json:"description"`
		} `json:"properties"`
		Required []string `json:"required"`
	}
	var doc struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	o := doc.object
	if def != "" {
		o = doc.Defs[def]
	}
	for p, s := range o.Properties {
		properties = append(properties, p)
		if s.Description == "" {
			t.Errorf("%s %s: nothing is said about %s", name, def, p)
		}
	}
	slices.Sort(properties)
	slices.Sort(o.Required)
	return properties, o.Required
}
