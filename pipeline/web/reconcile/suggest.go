package reconcile

import (
	"net/http"
	"strings"

	"tenure/extract"
	"tenure/pipeline"
)

// A suggestion is what somebody may be about to write.
type suggestion struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Description string   `json:"description,omitempty"`
	Notable     []idName `json:"notable,omitempty"`
}

type suggestions struct {
	Result []suggestion `json:"result"`
}

// suggestEntity completes a name.
func (s *Service) suggestEntity(r *http.Request) (any, error) {
	prefix := strings.TrimSpace(r.URL.Query().Get("prefix"))
	if len(prefix) > maxQuery {
		return nil, badf("a name of %d bytes is too long", len(prefix))
	}
	kind, err := kindOf(r.URL.Query().Get("type"))
	if err != nil {
		return nil, err
	}
	found, err := s.Library.Search([]pipeline.Sought{{Name: prefix, Kind: kind, Prefix: true, Limit: most}})
	all := suggestions{[]suggestion{}}
	if err != nil {
		return nil, err
	}
	for _, f := range found[0] {
		all.Result = append(all.Result, suggestion{f.Entity.ID, f.Entity.Name, describe(f.Entity), typesOf(f.Entity)})
	}
	return all, nil
}

// suggestType completes the name of a type.
func (s *Service) suggestType(r *http.Request) (any, error) { return complete(r, types()), nil }

// suggestProperty completes the name of a property that narrows a query.
func (s *Service) suggestProperty(r *http.Request) (any, error) {
	return complete(r, []idName{{propertyOrg, "organization"}}), nil
}

// complete returns those of which a name begins with what was written.
func complete(r *http.Request, all []idName) suggestions {
	prefix := strings.ToLower(strings.TrimSpace(r.URL.Query().Get("prefix")))
	some := suggestions{[]suggestion{}}
	for _, x := range all {
		if strings.HasPrefix(strings.ToLower(x.Name), prefix) || strings.HasPrefix(x.ID, prefix) {
			some.Result = append(some.Result, suggestion{ID: x.ID, Name: x.Name})
		}
	}
	return some
}

// propertiesOf are what can be asked of a kind, in order.
func propertiesOf(kind extract.Kind) []idName {
	both := []idName{{"name", "name"}, {"aliases", "other names"}, {"articles", "articles"}, {"last_move", "last move"}, {"last_move_date", "date of the last move"}}
	switch kind {
	case extract.Person:
		return append(both, idName{"orgs", "organizations"}, idName{"role", "role at the last organization"})
	case extract.Organization:
		return append(both, idName{"part_of", "part of"}, idName{"people", "people who moved"})
	}
	return append(both, idName{"orgs", "organizations"}, idName{"role", "role at the last organization"}, idName{"part_of", "part of"}, idName{"people", "people who moved"})
}

// properties proposes what can be asked of a type.
func (s *Service) properties(r *http.Request) (any, error) {
	kind, err := kindOf(r.URL.Query().Get("type"))
	if err != nil {
		return nil, err
	}
	return object{"type": string(kind), "properties": propertiesOf(kind)}, nil
}
