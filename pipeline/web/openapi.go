package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"tenure/pipeline"
)

// schemaFiles are the JSON Schemas (2020-12) of what is answered here and is
// no exported record.
//
//go:embed schema/*.json
var schemaFiles embed.FS

// An object is a piece of JSON under construction.
type object = map[string]any

// OpenAPI returns the description of the reading interface in OpenAPI 3.1: one
// JSON document that refers to nothing outside of it.
func OpenAPI() ([]byte, error) {
	schemas, err := componentSchemas()
	if err != nil {
		return nil, err
	}
	paths := object{}
	for _, r := range routes() {
		paths[Prefix+r.path] = object{"get": r.operation()}
	}
	b, err := json.MarshalIndent(object{
		"openapi": "3.1.0",
		"info": object{
			"title": "tenure", "version": "1", "summary": "Who works where, who left, who joined, and who says so.",
			"description": "Reads what is kept and changes nothing. A field that is there keeps its name and meaning; fields are added.",
			"license":     object{"name": "MIT", "identifier": "MIT"},
		},
		"servers":  []object{{"url": "/", "description": "where this document came from"}},
		"security": []object{{}, {"bearer": []string{}}, {"basic": []string{}}},
		"paths":    paths,
		"components": object{
			"schemas": schemas, "parameters": parameters(), "responses": responses(),
			"headers": headers(),
			"securitySchemes": object{
				"bearer": object{"type": "http", "scheme": "bearer", "description": "the secret of --token-file, where it is served with one"},
				"basic":  object{"type": "http", "scheme": "basic", "description": "the same secret as the password; any user name will do"},
			},
		},
	}, "", " ")
	return append(b, '\n'), err
}

// describe answers with the description.
func (a *API) describe(out *reply, _ *http.Request) error {
	b, err := OpenAPI()
	if err != nil {
		return err
	}
	out.begin(typeJSON)
	out.whole = true
	_, err = out.Write(b)
	return err
}

// operation is what the description says of a route.
func (r route) operation() object {
	op := object{"operationId": r.id, "summary": r.about, "responses": r.responses()}
	more := r.more
	if r.hasPages() {
		more = strings.TrimSpace(more + " Without limit and cursor it is all of them.")
	}
	if more != "" {
		op["description"] = more
	}
	var params []object
	for _, p := range r.params {
		params = append(params, object{"$ref": "#/components/parameters/" + p})
	}
	if params != nil {
		op["parameters"] = params
	}
	return op
}

func (r route) responses() object {
	all := object{"200": object{"description": r.outcome(), "headers": r.headers(), "content": r.content()}}
	for status, name := range map[string]string{"304": "Unchanged", "401": "Unauthorized", "500": "Failed"} {
		all[status] = object{"$ref": "#/components/responses/" + name}
	}
	if len(r.params) > 0 {
		all["400"] = object{"$ref": "#/components/responses/Bad"}
	}
	if slices.Contains(r.params, "name") && r.id != "showConsumer" || slices.Contains(r.params, "id") {
		all["404"] = object{"$ref": "#/components/responses/Missing"}
	}
	return all
}

func (r route) headers() object {
	all := object{"ETag": object{"$ref": "#/components/headers/ETag"}}
	if r.hasPages() {
		all["Link"] = object{"$ref": "#/components/headers/Link"}
	}
	return all
}

// outcome says what an answer is.
func (r route) outcome() string {
	switch {
	case r.lines:
		return "JSON Lines: one " + strings.Join(r.gives, " or ") + " a line, as the schema says of each line. An error that comes after the first line is in the trailer Tenure-Error."
	case r.gives == nil:
		return "the document"
	}
	return strings.Join(r.gives, ", ")
}

// content is what an answer holds, by its media type.
func (r route) content() object {
	switch {
	case r.id == "export":
		all := object{}
		for _, f := range pipeline.ExportFormats() {
			all[f.Type] = object{}
		}
		return all
	case r.gives == nil:
		return object{typeJSON: object{"schema": object{"type": "object"}}}
	case r.lines:
		return object{typeJSONLines: object{"schema": anyOf(r.gives)}}
	}
	return object{typeJSON: object{"schema": anyOf(r.gives)}}
}

func anyOf(names []string) object {
	var refs []object
	for _, n := range names {
		refs = append(refs, object{"$ref": componentPrefix + n})
	}
	if len(refs) == 1 {
		return refs[0]
	}
	return object{"oneOf": refs}
}

// parameters are what routes can be asked with.
func parameters() object {
	all := object{}
	add := func(name, about string, must bool, schema object) {
		all[name] = object{"name": name, "in": "query", "description": about, "required": must, "schema": schema}
	}
	text := object{"type": "string"}
	add("person", "only this person: a name, in any case and with or without accents, or an entity ID", false, text)
	add("org", "only this organization", false, text)
	add("type", "only facts of this type, moves of this kind, or failures of this stage or reason", false, text)
	add("since", "only what changed at this time or later", false, object{"type": "string", "format": "date-time"})
	add("min_score", "only what is at least so sure", false, object{"type": "number", "minimum": 0, "maximum": 1})
	add("review", "only moves whose review stands so", false, object{"type": "string", "enum": pipeline.Reviews()})
	add("limit", fmt.Sprintf("a page of so many records, at most %d, or fewer where they are long: only without a Link there are no more; an export ends there", pipeline.MostPage), false, object{"type": "integer", "minimum": 1})
	add("cursor", fmt.Sprintf("where the page begins, as the Link of the one before says; empty is the beginning. Without a limit it has %d records", pipeline.DefaultPage), false, text)
	add("name", "what is looked for", true, text)
	add("id", "an entity ID", true, text)
	add("what", "which records", true, object{"type": "string", "enum": pipeline.Exports()})
	add("format", "how they are written; docs/formats.md says which goes with what", true, object{"type": "string", "enum": pipeline.Formats()})
	return all
}

// headers are what answers may have.
func headers() object {
	text := object{"type": "string"}
	return object{
		"ETag": object{"description": "names the answer, for If-None-Match; answers that are too large to keep have none", "schema": text},
		"Link": object{"description": "the next page, with rel=next (RFC 8288); there is none after the last one", "schema": text},
	}
}

// responses are answers that many routes have.
func responses() object {
	problem := object{typeProblem: object{"schema": object{"$ref": componentPrefix + "problem"}}}
	text := object{"text/plain": object{"schema": object{"type": "string"}}}
	return object{
		"Unchanged":    object{"description": "the answer has the ETag that If-None-Match names"},
		"Bad":          object{"description": "a parameter cannot be read", "content": problem},
		"Missing":      object{"description": "there is no such thing", "content": problem},
		"Failed":       object{"description": "it failed", "content": problem},
		"Unauthorized": object{"description": "the secret is missing", "content": text, "headers": object{"WWW-Authenticate": object{"schema": object{"type": "string"}}}},
	}
}

// componentPrefix is where the schemas are inside the description.
const componentPrefix = "#/components/schemas/"

// componentSchemas returns the published JSON Schemas of records and those of
// this package, each as a component: what they define for themselves is a
// component too, named "move.position", since not every reader of OpenAPI
// knows $id and $defs.
func componentSchemas() (object, error) {
	all := object{}
	for _, name := range pipeline.Schemas() {
		b, err := pipeline.Schema(name)
		if err != nil {
			return nil, err
		}
		if err := addSchema(all, b); err != nil {
			return nil, fmt.Errorf("schema %s: %w", name, err)
		}
	}
	files, err := schemaFiles.ReadDir("schema")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		b, err := schemaFiles.ReadFile("schema/" + f.Name())
		if err != nil {
			return nil, err
		}
		if err := addSchema(all, b); err != nil {
			return nil, fmt.Errorf("schema %s: %w", f.Name(), err)
		}
	}
	return all, nil
}

func addSchema(all object, b []byte) error {
	var doc object
	if err := json.Unmarshal(b, &doc); err != nil {
		return err
	}
	id, _ := doc["$id"].(string)
	name := componentName(id)
	defs, _ := doc["$defs"].(object)
	for _, k := range []string{"$schema", "$id", "$defs"} {
		delete(doc, k)
	}
	all[name] = relate(doc, name)
	for _, def := range slices.Sorted(maps.Keys(defs)) {
		if inner, ok := defs[def].(object); ok && inner["$id"] == nil { // others come by themselves
			all[name+"."+def] = relate(inner, name)
		}
	}
	return nil
}

// componentName is the component of a schema: urn:tenure:schema:move:v1 is
// move.
func componentName(id string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(id, "urn:tenure:schema:"), ":")
	return name
}

// relate lets every $ref below v lead to a component.
func relate(v any, name string) any {
	switch v := v.(type) {
	case object:
		for k, x := range v {
			ref, ok := x.(string)
			if !ok || k != "$ref" {
				v[k] = relate(x, name)
				continue
			}
			if def, ok := strings.CutPrefix(ref, "#/$defs/"); ok {
				v[k] = componentPrefix + name + "." + def
			} else {
				v[k] = componentPrefix + componentName(ref)
			}
		}
	case []any:
		for i, x := range v {
			v[i] = relate(x, name)
		}
	}
	return v
}
