package reconcile

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"tenure/extract"
	"tenure/pipeline"
)

// A query is one name of a batch.
type query struct {
	Query      string     `json:"query"`
	Type       oneOrMore  `json:"type"`
	Limit      float64    `json:"limit"`
	Properties []property `json:"properties"`
}

// A property narrows a query: whose employer is this.
type property struct {
	ID    string `json:"pid"`
	Value values `json:"v"`
}

// oneOrMore is a string or a list of them.
type oneOrMore []string

// UnmarshalJSON implements json.Unmarshaler.
func (v *oneOrMore) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*v = []string{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(v))
}

// values are what a property may be: one or more of a string, a number, a
// truth, or an entity.
type values []string

// UnmarshalJSON implements json.Unmarshaler.
func (v *values) UnmarshalJSON(b []byte) error {
	var all []json.RawMessage
	if json.Unmarshal(b, &all) != nil {
		all = []json.RawMessage{b}
	}
	for _, raw := range all {
		var entity idName
		var text any
		if json.Unmarshal(raw, &entity) == nil && entity.ID != "" {
			*v = append(*v, cmp.Or(entity.Name, entity.ID))
			continue
		}
		if err := json.Unmarshal(raw, &text); err != nil {
			return err
		}
		if text != nil {
			*v = append(*v, fmt.Sprint(text))
		}
	}
	return nil
}

// A candidate is who may be meant.
type candidate struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Type        []idName  `json:"type"`
	Description string    `json:"description,omitempty"`
	Score       float64   `json:"score"` // 0 to 100
	Match       bool      `json:"match"` // no other is
	Features    []feature `json:"features"`
}

// A feature is what a score was made of.
type feature struct {
	ID    string `json:"id"`
	Value any    `json:"value"`
}

type result struct {
	Result []candidate `json:"result"`
}

// reconcile answers a batch.
func (s *Service) reconcile(form string) (any, error) {
	var batch map[string]query
	if err := json.Unmarshal([]byte(form), &batch); err != nil {
		return nil, badf("queries: %v", err)
	}
	if len(batch) > maxQueries {
		return nil, badf("queries: %d in one batch, at most %d are answered", len(batch), maxQueries)
	}
	var names []string
	var sought []pipeline.Sought
	for name, q := range batch {
		x, err := q.sought()
		if err != nil {
			return nil, badf("queries, %s: %v", name, err)
		}
		names = append(names, name)
		sought = append(sought, x)
	}
	found, err := s.Library.Search(sought)
	if err != nil {
		return nil, err
	}
	answers := map[string]result{}
	for i, name := range names {
		all, err := s.candidates(batch[name], found[i])
		if err != nil {
			return nil, err
		}
		answers[name] = result{all}
	}
	return answers, nil
}

// sought is what a query looks for.
func (q query) sought() (pipeline.Sought, error) {
	s := pipeline.Sought{Name: strings.TrimSpace(q.Query), Limit: fewest}
	if len(s.Name) > maxQuery {
		return s, badf("a name of %d bytes is too long", len(s.Name))
	}
	if q.Limit >= 1 {
		s.Limit = int(min(q.Limit, most))
	}
	if len(q.Type) == 1 { // of several, any will do
		var err error
		if s.Kind, err = kindOf(q.Type[0]); err != nil {
			return s, err
		}
	}
	return s, nil
}

// candidates scores who was found.
func (s *Service) candidates(q query, found []pipeline.Found) ([]candidate, error) {
	all := []candidate{}
	for _, f := range found {
		c := candidate{
			ID: f.Entity.ID, Name: f.Entity.Name, Type: typesOf(f.Entity), Description: describe(f.Entity),
			Score: 100 * f.Score, Features: []feature{{"name", f.Score}},
		}
		fits, asked, err := s.fits(f.Entity, q.Properties)
		if err != nil {
			return nil, err
		}
		if asked {
			c.Features = append(c.Features, feature{"org", fits})
		}
		if asked && !fits {
			c.Score *= 0.7
		}
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.Score, a.Score) })
	if len(all) > 0 && all[0].Score >= 95 && (len(all) == 1 || all[1].Score < 95) {
		all[0].Match = true
	}
	return all, nil
}

// propertyOrg is the property that tells people apart: where they are, or
// were.
const propertyOrg = "org"

// fits reports whether articles tell of a person at one of the organizations
// that a query names; asked is false if it names none, or no person is meant.
func (s *Service) fits(e pipeline.EntityRecord, properties []property) (fits, asked bool, err error) {
	if e.Kind != extract.Person {
		return false, false, nil
	}
	for _, p := range properties {
		if p.ID != propertyOrg {
			continue
		}
		for _, org := range p.Value {
			if len(org) > maxQuery {
				return false, true, badf("a name of %d bytes is too long", len(org))
			}
			asked = true
			if fits, err = s.wasAt(e.ID, org); fits || err != nil {
				return fits, true, err
			}
		}
	}
	return false, asked, nil
}

// wasAt reports whether some fact or move tells of a person at an
// organization.
func (s *Service) wasAt(person, org string) (at bool, err error) {
	f := pipeline.Filter{Person: person, Org: org, Limit: 1}
	err = s.Library.Moves(f, func(pipeline.MoveRecord) error { at = true; return nil })
	if err == nil && !at {
		err = s.Library.Facts(f, func(pipeline.FactRecord) error { at = true; return nil })
	}
	return at, err
}
