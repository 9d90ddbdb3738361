package pipeline

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"tenure/extract"
	"tenure/store"
)

// A Sought is a name that somebody looks for.
type Sought struct {
	Name   string       `json:"name"`
	Kind   extract.Kind `json:"kind,omitempty"`   // person or organization; empty means both
	Prefix bool         `json:"prefix,omitempty"` // it is the beginning of a name
	Limit  int          `json:"limit"`            // most results
}

// A Found is who may be meant, and how well the name fits.
type Found struct {
	Entity EntityRecord `json:"entity"`
	Score  float64      `json:"score"` // 0 to 1; 1 is the very name, but for case, accents and punctuation
}

// Search returns for each name the people and organizations that may be
// meant, the best first. Names that are nobody's are compared with all there
// are, in one walk for all of them.
func (p *Pipeline) Search(all []Sought) ([][]Found, error) {
	found := make([][]Found, len(all))
	seeks := make([]*seek, len(all))
	var vague []*seek
	for i, s := range all {
		seeks[i] = newSeek(s)
		if err := seeks[i].exact(p); err != nil {
			return nil, err
		}
		if len(seeks[i].ids) == 0 && seeks[i].folded != "" && !s.Prefix {
			vague = append(vague, seeks[i])
		}
	}
	if err := p.compare(vague); err != nil {
		return nil, err
	}
	for i, s := range seeks {
		var err error
		if found[i], err = s.fetch(p); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// compare looks through all names.
func (p *Pipeline) compare(vague []*seek) error {
	if len(vague) == 0 {
		return nil
	}
	var last []byte
	scores := make([]float64, len(vague)) // of the last name
	return p.db.View(func(tx *store.Tx) error {
		return eachName(tx, func(name, id []byte) error {
			fresh := !bytes.Equal(name, last)
			last = append(last[:0], name...)
			for i, s := range vague {
				if fresh {
					scores[i] = s.likeness(string(name))
				}
				if scores[i] >= s.least {
					s.offer(string(id), scores[i])
				}
			}
			return nil
		})
	})
}

// A seek is a name that is looked for, and what was found so far.
type seek struct {
	Sought
	folded string
	words  []string
	ids    map[string]float64
	least  float64 // score below which nothing is of use
}

func newSeek(s Sought) *seek {
	f := foldName(s.Name)
	return &seek{Sought: s, folded: f, words: strings.Fields(f), ids: map[string]float64{}, least: 0.4}
}

// spare is how many are kept for one that is wanted: some are of another kind.
const spare = 4

// exact finds those who have the name, or one that begins like it.
func (s *seek) exact(p *Pipeline) error {
	if s.folded == "" {
		return nil
	}
	ids, err := p.idsOf(s.Name)
	for _, id := range ids {
		if id != s.Name || isEntityID(id) { // the name is among them, as it may be an ID
			s.offer(id, 1)
		}
	}
	if err != nil || !s.Prefix {
		return err
	}
	const most = 500 // names that are looked at
	return p.db.View(func(tx *store.Tx) error {
		rows, err := schema.names.Scan(tx, store.Prefix(s.folded), nil, most)
		for _, e := range rows {
			k := store.ReadKey(e.Key)
			name, id := k.String(), k.String()
			if id != "" {
				s.offer(id, max(s.least, float64(len(s.folded))/float64(len(name))))
			}
		}
		return err
	})
}

// offer keeps an entity if its name fits better than what is kept.
func (s *seek) offer(id string, score float64) {
	if score < s.least || score <= s.ids[id] {
		return
	}
	s.ids[id] = score
	if len(s.ids) <= spare*s.Limit+spare {
		return
	}
	worst := ""
	for id, score := range s.ids {
		if worst == "" || score < s.ids[worst] || score == s.ids[worst] && id > worst {
			worst = id
		}
	}
	delete(s.ids, worst)
}

// likeness compares a folded name: letters that differ where there are at most
// two of them, else the words that both have.
func (s *seek) likeness(name string) float64 {
	best := 0.0
	if d := Distance(s.folded, name, 2); d <= 2 && len(s.folded) > 4 {
		best = 1 - float64(d)/float64(len(s.folded))
	}
	both := 0
	for _, w := range s.words {
		if strings.Contains(name, w) && slices.Contains(strings.Fields(name), w) {
			both++
		}
	}
	if both == 0 {
		return best
	}
	words := len(s.words) + strings.Count(name, " ") + 1
	return max(best, 0.95*2*float64(both)/float64(words))
}

// fetch returns the best of those found.
func (s *seek) fetch(p *Pipeline) ([]Found, error) {
	ids := sortedIDs(s.ids)
	found := []Found{}
	for _, id := range ids {
		if s.Kind != "" && !strings.HasPrefix(id, string(s.Kind[:1])) {
			continue
		}
		e, _, err := p.entityByID(id)
		if err != nil {
			return nil, err
		}
		if e.Mentions == 0 || e.Kind != extract.Person && e.Kind != extract.Organization || s.Kind != "" && e.Kind != s.Kind {
			continue
		}
		if found = append(found, Found{e, thousandths(s.ids[id])}); len(found) == s.Limit*2 {
			break
		}
	}
	slices.SortStableFunc(found, func(a, b Found) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), b.Entity.Mentions-a.Entity.Mentions)
	})
	return found[:min(len(found), s.Limit)], nil
}

// sortedIDs returns IDs, those with the highest score first.
func sortedIDs(scores map[string]float64) []string {
	ids := make([]string, 0, len(scores))
	for id := range scores {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) })
	return ids
}
