package page

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"

	"tenure/pipeline/web"
)

// An apiPage shows the description of the interface for programs.
type apiPage struct {
	Questions []apiQuestion
	Shapes    []apiShape
}

// An apiQuestion is what can be asked, with what, and what comes back.
type apiQuestion struct {
	Path, About, More string
	With              []apiField
	Gives             []string // names of shapes
	Types             []string // media types
}

// An apiShape is a record with its fields.
type apiShape struct {
	Name, About string
	Fields      []apiField
}

type apiField struct {
	Name, Kind, About string
	Must              bool
}

// A schema is as much of a JSON Schema as is shown.
type schema struct {
	Ref         string            `json:"$ref"`
	Type        string            `json:"type"`
	Format      string            `json:"format"`
	Description string            `json:"description"`
	Enum        []string          `json:"enum"`
	Items       json.RawMessage   `json:"items"`
	OneOf       []schema          `json:"oneOf"`
	Required    []string          `json:"required"`
	Properties  map[string]schema `json:"properties"`
}

// kind says of what kind a value is.
func (s schema) kind() string {
	switch {
	case s.Ref != "":
		return path.Base(s.Ref)
	case s.item() != nil:
		return "list of " + s.item().kind()
	case len(s.Enum) > 0:
		return strings.Join(s.Enum, ", ")
	}
	return cmp.Or(s.Format, s.Type)
}

// item is what a list has in it; nil if there is none, or it is not the same
// all along.
func (s schema) item() *schema {
	var x schema
	if len(s.Items) == 0 || json.Unmarshal(s.Items, &x) != nil {
		return nil
	}
	return &x
}

// names are the shapes that a schema refers to.
func (s schema) names() (all []string) {
	if s.Ref != "" {
		all = append(all, path.Base(s.Ref))
	}
	for _, o := range s.OneOf {
		all = append(all, o.names()...)
	}
	return all
}

// fields are those of a record, by name.
func (s schema) fields() (all []apiField) {
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[name]
		all = append(all, apiField{name, p.kind(), p.Description, slices.Contains(s.Required, name)})
	}
	return all
}

// An apiDocument is as much of the description as is shown.
type apiDocument struct {
	Paths map[string]struct {
		Get struct {
			Summary, Description string
			Parameters           []schema
			Responses            map[string]struct {
				Content map[string]struct{ Schema schema }
			}
		}
	}
	Components struct {
		Schemas    map[string]schema
		Parameters map[string]struct {
			Name, Description string
			Required          bool
			Schema            schema
		}
	}
}

// api shows the description of the interface, which programs read at
// openapi.json.
func (s *Site) api(*http.Request) (content, error) {
	b, err := web.OpenAPI()
	if err != nil {
		return content{}, err
	}
	var d apiDocument
	if err := json.Unmarshal(b, &d); err != nil {
		return content{}, err
	}
	return content{template: "api", title: "For programs", section: "api", body: d.page()}, nil
}

// page arranges the description.
func (d apiDocument) page() (p apiPage) {
	for _, address := range slices.Sorted(maps.Keys(d.Paths)) {
		get := d.Paths[address].Get
		q := apiQuestion{Path: address, About: get.Summary, More: get.Description}
		for _, ref := range get.Parameters {
			x := d.Components.Parameters[path.Base(ref.Ref)]
			q.With = append(q.With, apiField{x.Name, x.Schema.kind(), x.Description, x.Required})
		}
		answer := get.Responses["200"].Content
		for _, t := range slices.Sorted(maps.Keys(answer)) {
			q.Types = append(q.Types, t)
			q.Gives = append(q.Gives, answer[t].Schema.names()...)
		}
		p.Questions = append(p.Questions, q)
	}
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		x := d.Components.Schemas[name]
		p.Shapes = append(p.Shapes, apiShape{name, x.Description, x.fields()})
	}
	return p
}
