package pipeline

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// schemaFiles are the JSON Schemas (2020-12) of what is exported.
//
//go:embed schema/*.json
var schemaFiles embed.FS

// Schemas lists the names of the record formats that have a JSON Schema.
func Schemas() []string {
	return []string{ArticleSchema, EntitySchema, FactSchema, MoveSchema, DossierSchema}
}

// schemaRefs are the formats that a format holds, all the way down.
func schemaRefs(name string) []string {
	switch name {
	case ArticleSchema:
		return []string{EntitySchema, FactSchema}
	case DossierSchema:
		return []string{EntitySchema, FactSchema, MoveSchema}
	}
	return nil
}

// Schema returns the JSON Schema of a record format, with those it refers to
// inside: one file is all that a validator needs. The name may be written
// short: "move" and "move/v1" are MoveSchema.
func Schema(name string) ([]byte, error) {
	full := name
	if !strings.HasPrefix(full, "tenure/") {
		full = "tenure/" + full
	}
	if !strings.Contains(full[len("tenure/"):], "/") {
		full += "/v1"
	}
	if !slices.Contains(Schemas(), full) {
		return nil, fmt.Errorf("no schema %q: want %s", name, either(Schemas()))
	}
	return bundle(full, schemaRefs(full))
}

// bundle returns a schema with others in its definitions, each under the
// $id by which it is referred to.
func bundle(name string, others []string) ([]byte, error) {
	doc, err := schemaFile(name)
	if err != nil {
		return nil, err
	}
	defs, _ := doc["$defs"].(map[string]any)
	for _, o := range others {
		inner, err := schemaFile(o)
		if err != nil {
			return nil, err
		}
		if defs == nil {
			defs = map[string]any{}
			doc["$defs"] = defs
		}
		defs[o] = inner
	}
	b, err := json.MarshalIndent(doc, "", "  ")
	return append(b, '\n'), err
}

func schemaFile(name string) (map[string]any, error) {
	kind, _, _ := strings.Cut(strings.TrimPrefix(name, "tenure/"), "/")
	b, err := schemaFiles.ReadFile("schema/" + kind + ".json")
	if err != nil {
		return nil, err
	}
	var doc map[string]any
	if err := json.Unmarshal(b, &doc); err != nil {
		return nil, fmt.Errorf("schema %s: %w", name, err)
	}
	return doc, nil
}
