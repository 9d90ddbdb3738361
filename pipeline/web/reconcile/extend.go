package reconcile

import (
	"encoding/json"
	"errors"
	"slices"

	"tenure/extract"
	"tenure/pipeline"
)

// extend answers with properties of entities.
func (s *Service) extend(form string) (any, error) {
	var asked struct {
		IDs        []string `json:"ids"`
		Properties []idName `json:"properties"`
	}
	if err := json.Unmarshal([]byte(form), &asked); err != nil {
		return nil, badf("extend: %v", err)
	}
	if len(asked.IDs) > maxQueries || len(asked.Properties) > maxQueries {
		return nil, badf("extend: %d entities, at most %d are answered", len(asked.IDs), maxQueries)
	}
	known := map[string]string{}
	for _, p := range propertiesOf("") {
		known[p.ID] = p.Name
	}
	meta := []idName{}
	for _, p := range asked.Properties {
		name, ok := known[p.ID]
		if !ok {
			return nil, badf("extend: no property %q", p.ID)
		}
		meta = append(meta, idName{p.ID, name})
	}
	rows := map[string]map[string][]object{}
	for _, id := range asked.IDs {
		d, ok, err := s.dossier(id)
		if err != nil {
			return nil, err
		}
		row := map[string][]object{}
		for _, p := range meta {
			row[p.ID] = []object{}
			if ok {
				row[p.ID] = valuesOf(d, p.ID)
			}
		}
		rows[id] = row
	}
	return object{"meta": meta, "rows": rows}, nil
}

// dossier returns what is known of somebody by ID, false if nothing is.
func (s *Service) dossier(id string) (pipeline.Dossier, bool, error) {
	if len(id) > maxQuery {
		return pipeline.Dossier{}, false, badf("an ID of %d bytes is too long", len(id))
	}
	v, err := s.Library.Show(id)
	var missing *pipeline.NotFoundError
	if errors.As(err, &missing) {
		return pipeline.Dossier{}, false, nil
	}
	d, ok := v.(pipeline.Dossier)
	return d, ok && d.Entity.ID == id, err
}

// valuesOf returns the values of one property.
func valuesOf(d pipeline.Dossier, property string) []object {
	last, moved := lastMove(d.Moves)
	switch property {
	case "name":
		return texts(d.Entity.Name)
	case "aliases":
		return texts(d.Entity.Aliases...)
	case "articles":
		return []object{{"int": d.Entity.Articles}}
	case "part_of":
		return texts(d.Entity.PartOf)
	case "orgs", "people":
		return texts(others(d, property)...)
	}
	if !moved {
		return []object{}
	}
	switch property {
	case "last_move":
		return texts(string(last.Kind))
	case "last_move_date":
		return texts(dateOf(last))
	case "role":
		if d.Entity.Kind == extract.Person && last.To != nil {
			return texts(last.To.Role)
		}
	}
	return []object{}
}

func texts(all ...string) []object {
	values := []object{}
	for _, s := range all {
		if s != "" {
			values = append(values, object{"str": s})
		}
	}
	return values
}

// others returns the organizations of a person, or the people of an
// organization, the latest first.
func others(d pipeline.Dossier, property string) (names []string) {
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) && len(names) < most {
			names = append(names, name)
		}
	}
	moves := slices.Clone(d.Moves)
	slices.SortStableFunc(moves, func(a, b pipeline.MoveRecord) int { return -compareDates(a, b) })
	for _, m := range moves {
		if property == "people" && d.Entity.Kind == extract.Organization {
			add(m.Person)
		}
		for _, p := range []*pipeline.PositionRecord{m.To, m.From} {
			if property == "orgs" && d.Entity.Kind == extract.Person && p != nil {
				add(p.Org)
			}
		}
	}
	for _, f := range d.Facts {
		if property == "orgs" && d.Entity.Kind == extract.Person {
			add(f.Org)
		}
	}
	return names
}

// lastMove returns the move with the latest date.
func lastMove(all []pipeline.MoveRecord) (pipeline.MoveRecord, bool) {
	if len(all) == 0 {
		return pipeline.MoveRecord{}, false
	}
	return slices.MaxFunc(all, compareDates), true
}

func compareDates(a, b pipeline.MoveRecord) int {
	switch x, y := dateOf(a), dateOf(b); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return a.FirstSeen.Compare(b.FirstSeen)
}

// dateOf is when a move was, as exactly as is known.
func dateOf(m pipeline.MoveRecord) string {
	if m.To != nil && m.To.Joined != "" {
		return m.To.Joined
	}
	if m.From != nil {
		return m.From.Left
	}
	return ""
}
