package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"tenure/extract"
	"tenure/pipeline"
)

// crawlDemo returns a data file into which the bundled site was crawled.
func crawlDemo(t *testing.T) *session {
	t.Helper()
	a := newApp(nil, io.Discard, io.Discard)
	a.getenv = func(string) string { return "" }
	a.db = filepath.Join(t.TempDir(), "demo.db")
	base, stop, err := serveLoopback(newSite(demoSite))
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	p, err := a.openWith(config{Workers: 4, Timeout: duration(time.Minute)}, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	if err := addDemoSources(t.Context(), p, base); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(t.Context(), pipeline.RunOptions{Client: a.client(p.config, p.Robots(), true)}); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestDemoExport: every record of the demo is what the published schemas say,
// and everything can be exported in every format. The files are left in
// $TENURE_EXPORTS, if it names a directory, for others to check.
func TestDemoExport(t *testing.T) {
	p := crawlDemo(t)
	for _, f := range pipeline.ExportFormats() {
		for _, what := range f.Kinds {
			var b bytes.Buffer
			if err := p.Export(&b, what, f.Name, pipeline.Filter{}); err != nil || b.Len() == 0 {
				t.Errorf("%s as %s: %d bytes, %v", what, f.Name, b.Len(), err)
			}
			if dir := os.Getenv("TENURE_EXPORTS"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, what+"."+f.Name), b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	var b bytes.Buffer
	if err := p.Export(&b, pipeline.ExportAll, pipeline.FormatJSONL, pipeline.Filter{}); err != nil {
		t.Fatal(err)
	}
	var who []string
	for _, kind := range []extract.Kind{extract.Person, extract.Organization} {
		err := p.Entities(kind, pipeline.Filter{}, func(e pipeline.EntityRecord) error { who = append(who, e.ID); return nil })
		if err != nil {
			t.Fatal(err)
		}
	}
	out := &app{stdout: &b}
	for _, id := range who {
		d, err := p.Show(id)
		if err == nil {
			err = out.writeJSON(d)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	records := map[string]int{}
	schemas := compileSchemas(t)
	for line := range bytes.Lines(b.Bytes()) {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		name, _ := v.(map[string]any)["schema"].(string)
		records[name]++
		if err := schemas[name].Validate(v); err != nil {
			t.Errorf("%v\n%s", err, line)
		}
	}
	for name := range schemas {
		if records[name] == 0 {
			t.Errorf("no %s was checked", name)
		}
	}
}

// compileSchemas returns what validates records, by the name of their format.
func compileSchemas(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	all := map[string]*jsonschema.Schema{}
	for _, name := range pipeline.Schemas() {
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
		if err := c.AddResource("schema.json", doc); err != nil {
			t.Fatal(err)
		}
		if all[name], err = c.Compile("schema.json"); err != nil {
			t.Fatal(err)
		}
	}
	return all
}
