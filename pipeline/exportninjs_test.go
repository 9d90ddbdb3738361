package pipeline_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"tenure/pipeline"
)

// ninjsRules are what ninjs 3.1 says of the properties that are written here,
// in JSON Schema: which there are, of which type, and that there are no
// others. A name is a person, an organisation, a place or a subject.
const ninjsRules = `{
 "$schema": "https://json-schema.org/draft/2020-12/schema",
 "$defs": {
  "uri": {"type": "string", "format": "uri"}, "time": {"type": "string", "format": "date-time"}, "text": {"type": "string"},
  "headline": {"type": "object", "additionalProperties": false, "required": ["value"], "properties": {
   "role": {"$ref": "#/$defs/text"}, "contentType": {"$ref": "#/$defs/text"}, "value": {"$ref": "#/$defs/text"}}},
  "body": {"type": "object", "additionalProperties": false, "required": ["value"], "properties": {
   "role": {"$ref": "#/$defs/text"}, "contentType": {"$ref": "#/$defs/text"}, "value": {"$ref": "#/$defs/text"},
   "charCount": {"type": "integer"}, "wordCount": {"type": "integer"}}},
  "name": {"type": "object", "additionalProperties": false, "properties": {
   "name": {"$ref": "#/$defs/text"}, "rel": {"$ref": "#/$defs/text"}, "uri": {"$ref": "#/$defs/uri"}, "literal": {"$ref": "#/$defs/text"}}},
  "source": {"type": "object", "additionalProperties": false, "properties": {
   "name": {"$ref": "#/$defs/text"}, "role": {"$ref": "#/$defs/text"}, "uri": {"$ref": "#/$defs/uri"}, "literal": {"$ref": "#/$defs/text"}}}
 },
 "type": "object", "additionalProperties": false, "required": ["uri"],
 "properties": {
  "standard": {"type": "object", "additionalProperties": false, "properties": {
   "name": {"const": "ninjs"}, "version": {"const": "3.1"}, "schema": {"const": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"}}},
  "uri": {"$ref": "#/$defs/uri"},
  "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]},
  "representationType": {"enum": ["full", "partial"]},
  "firstCreated": {"$ref": "#/$defs/time"}, "contentCreated": {"$ref": "#/$defs/time"},
  "language": {"$ref": "#/$defs/text"}, "title": {"$ref": "#/$defs/text"}, "by": {"$ref": "#/$defs/text"}, "edNote": {"$ref": "#/$defs/text"},
  "headlines": {"type": "array", "items": {"$ref": "#/$defs/headline"}},
  "bodies": {"type": "array", "items": {"$ref": "#/$defs/body"}},
  "people": {"type": "array", "items": {"$ref": "#/$defs/name"}}, "organisations": {"type": "array", "items": {"$ref": "#/$defs/name"}},
  "places": {"type": "array", "items": {"$ref": "#/$defs/name"}}, "subjects": {"type": "array", "items": {"$ref": "#/$defs/name"}},
  "infoSources": {"type": "array", "items": {"$ref": "#/$defs/source"}},
  "altIds": {"type": "array", "items": {"type": "object", "additionalProperties": false, "properties": {
   "role": {"$ref": "#/$defs/text"}, "value": {"$ref": "#/$defs/text"}}}}
 }
}`

// ninjsSchema validates by the rules.
func ninjsSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(ninjsRules))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("ninjs.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("ninjs.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestNinjsIsValid: every article of the recorded site is a ninjs 3.1 item.
func TestNinjsIsValid(t *testing.T) {
	p, s := crawlSite(t), ninjsSchema(t)
	var b bytes.Buffer
	if err := p.Export(&b, pipeline.ExportArticles, pipeline.FormatNinjs, pipeline.Filter{}); err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range bytes.Lines(b.Bytes()) {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
		if err == nil {
			err = s.Validate(v)
		}
		if err != nil {
			t.Errorf("%v\n%s", err, line)
		}
		n++
	}
	if n == 0 {
		t.Error("no item was checked")
	}
	for _, bad := range []string{`{}`, `{"uri":"no uri"}`, `{"uri":"a:b","type":"story"}`, `{"uri":"a:b","headline":"x"}`, `{"uri":"a:b","headlines":[{"value":"x","charCount":1}]}`, `{"uri":"a:b","contentCreated":"2025-05-19"}`} {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if err != nil {
			t.Fatal(err)
		}
		if s.Validate(v) == nil {
			t.Errorf("%s passes", bad)
		}
	}
}
