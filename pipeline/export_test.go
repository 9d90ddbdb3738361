package pipeline_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"tenure/pipeline"
)

// TestCheckExport: what does not go together is refused with what does.
func TestCheckExport(t *testing.T) {
	for _, test := range []struct{ what, format, want string }{
		{"moves", "csv", ""},
		{"articles", "ninjs", ""},
		{"all", "ftm", ""},
		{"all", "csv", `a csv file holds one table: ask for articles, entities, facts or moves, each into a file of its own`},
		{"all", "parquet", `a parquet file holds one table`},
		{"moves", "ninjs", `ninjs cannot hold moves, only articles; for moves there is json, jsonl, csv, parquet, ftm, jsonld or graphml`},
		{"all", "ninjs", `ninjs cannot hold all, only articles`},
		{"facts", "graphml", `graphml cannot hold facts, only moves`},
		{"facts", "xls", `unknown format "xls": want json, jsonl, csv,`},
		{"people", "json", `unknown records "people": want articles, entities, facts, moves or all`},
	} {
		err := pipeline.CheckExport(test.what, test.format)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s as %s: %v; want %q", test.what, test.format, err, test.want)
		}
		if test.want == "" {
			continue
		}
		if err := new(pipeline.Pipeline).Export(io.Discard, test.what, test.format, pipeline.Filter{}); err == nil {
			t.Errorf("%s as %s: was exported", test.what, test.format)
		}
	}
}

// TestExportFormats writes all that can be written of the recorded site, twice.
func TestExportFormats(t *testing.T) {
	p := crawlSite(t)
	for _, f := range pipeline.ExportFormats() {
		for _, what := range f.Kinds {
			var first, second bytes.Buffer
			if err := p.Export(&first, what, f.Name, pipeline.Filter{}); err != nil {
				t.Errorf("%s as %s: %v", what, f.Name, err)
			}
			if err := p.Export(&second, what, f.Name, pipeline.Filter{}); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
				t.Errorf("%s as %s: other bytes the second time, %v", what, f.Name, err)
			}
			if first.Len() < 200 {
				t.Errorf("%s as %s: only %q", what, f.Name, first.String())
			}
			if check := checks[f.Name]; check != nil {
				check(t, what, first.Bytes())
			}
			var none bytes.Buffer
			if err := p.Export(&none, what, f.Name, pipeline.Filter{Person: "Nobody", Org: "Nowhere"}); err != nil {
				t.Errorf("nothing as %s: %v", f.Name, err)
			}
		}
	}
}

// checks say what a reader of a format makes of it.
var checks = map[string]func(t *testing.T, what string, b []byte){
	pipeline.FormatCSV:     checkCSV,
	pipeline.FormatFtM:     checkFtM,
	pipeline.FormatJSONLD:  checkLinked,
	pipeline.FormatNinjs:   checkNinjs,
	pipeline.FormatGraphML: checkGraph,
}

func checkCSV(t *testing.T, what string, b []byte) {
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%s: %d rows, %v", what, len(rows), err)
	}
	if !bytes.HasSuffix(b, []byte("\r\n")) {
		t.Errorf("%s: does not end with a line end", what)
	}
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.Contains("=+-@\t\r", cell[:1]) {
				t.Errorf("%s: %s is %q", what, rows[0][i], cell)
			}
		}
	}
}

// checkFtM: what an entity refers to is there.
func checkFtM(t *testing.T, what string, b []byte) {
	type entity struct {
		ID, Schema string
		Properties map[string][]string
	}
	schemaOf := map[string]string{}
	var all []entity
	for line := range bytes.Lines(b) {
		var e entity
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		if schemaOf[e.ID] != "" {
			t.Errorf("%s: %s is there twice", what, e.ID)
		}
		schemaOf[e.ID] = e.Schema
		all = append(all, e)
	}
	for _, e := range all {
		for property, want := range map[string][]string{"employee": {"Person"}, "employer": {"Organization"}, "document": {"Article"}, "resolved": {"Person", "Organization"}} {
			for _, id := range e.Properties[property] {
				if !slices.Contains(want, schemaOf[id]) {
					t.Errorf("%s: %s of %s is a %q", what, property, e.ID, schemaOf[id])
				}
			}
		}
		if e.Schema == "Employment" && (len(e.Properties["employee"]) != 1 || len(e.Properties["employer"]) != 1 || len(e.Properties["summary"]) == 0) {
			t.Errorf("%s: %v", what, e)
		}
	}
}

func checkLinked(t *testing.T, what string, b []byte) {
	var doc struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(b, &doc); err != nil || doc.Context != "https://schema.org" || len(doc.Graph) == 0 {
		t.Fatalf("%s: %v", what, err)
	}
	for _, node := range doc.Graph {
		if node["@type"] == "" || !strings.HasPrefix(node["@id"].(string), "urn:tenure:") {
			t.Errorf("%s: %v", what, node)
		}
	}
}

func checkNinjs(t *testing.T, _ string, b []byte) {
	for line := range bytes.Lines(b) {
		var item map[string]any
		if err := json.Unmarshal(line, &item); err != nil || item["uri"] == "" || item["type"] != "text" {
			t.Errorf("%v: %s", err, line)
		}
	}
}

// checkGraph: nodes are there once, and before their edges.
func checkGraph(t *testing.T, _ string, b []byte) {
	nodes, edges := map[string]bool{}, 0
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, _ := token.(xml.StartElement)
		at := map[string]string{}
		for _, a := range start.Attr {
			at[a.Name.Local] = a.Value
		}
		switch start.Name.Local {
		case "node":
			if nodes[at["id"]] {
				t.Errorf("node %s is there twice", at["id"])
			}
			nodes[at["id"]] = true
		case "edge":
			edges++
			if !nodes[at["source"]] || !nodes[at["target"]] {
				t.Errorf("edge between unknown nodes: %v", at)
			}
		}
	}
	if edges == 0 {
		t.Error("no edge")
	}
}
