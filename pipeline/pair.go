package pipeline

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tenure/extract"
	"tenure/store"
)

// PairSchema names the format of a Pair.
const PairSchema = "tenure/pair/v1"

// A Pair is two people with names that one person may have, who were kept
// apart without anybody having said so.
type Pair struct {
	Schema string   `json:"schema"`
	ID     string   `json:"id"`
	A      PairSide `json:"a"`
	B      PairSide `json:"b"`
	Why    string   `json:"why"` // they were kept apart
}

// A PairSide is one of the two.
type PairSide struct {
	ID       string              `json:"id"`
	Name     string              `json:"name"`
	Articles int                 `json:"articles"`
	Sighting extract.SightingKey `json:"sighting"`
}

// maxPairs bounds how many pairs are listed.
const maxPairs = 500

// decidedReason is why two people are apart whom somebody said are.
const decidedReason = "kept apart: decided"

// PairID is by what two sightings are known that something may be decided
// about, in either order.
func PairID(a, b extract.SightingKey) string {
	if b.Compare(a) < 0 {
		a, b = b, a
	}
	return "pair-" + hashed(a.Article, a.Name, b.Article, b.Name)[:12]
}

// Decision is that the two are one person, or are not.
func (p Pair) Decision(same bool) extract.Decision {
	return extract.Decision{A: p.A.Sighting, B: p.B.Sighting, Same: same}
}

// Pairs returns people who were kept apart and may be one: those first of whom
// most is told, common names after others; 500 at most.
func (p *Pipeline) Pairs() (all []Pair, err error) {
	var rows []personRow
	group := ""
	err = walk(p.db, schema.persons, nil, func(key []byte, row personRow) error {
		if g := store.ReadKey(key).String(); g != group {
			all, rows, group = append(all, pairsOf(rows)...), nil, g
		}
		rows = append(rows, row)
		return nil
	})
	all = append(all, pairsOf(rows)...)
	slices.SortFunc(all, func(a, b Pair) int {
		return cmp.Or(compareBool(a.common(), b.common()), (b.A.Articles+b.B.Articles)-(a.A.Articles+a.B.Articles),
			strings.Compare(a.A.Name, b.A.Name), strings.Compare(a.ID, b.ID))
	})
	return all[:min(len(all), maxPairs)], err
}

// common reports whether nothing but a name that many have speaks for or
// against it.
func (p Pair) common() bool { return strings.Contains(p.Why, "common") }

// pairsOf returns the pairs of one group's people.
func pairsOf(rows []personRow) (all []Pair) {
	byID := map[string]personRow{}
	for _, r := range rows {
		byID[r.ID] = r
	}
	for _, a := range rows {
		done := map[string]bool{}
		for _, r := range a.Reasons {
			b, known := byID[r.From]
			if r.Same || !known || a.ID >= b.ID || done[b.ID] || len(all) == maxPairs {
				continue
			}
			done[b.ID] = true
			if !saysDecided(a, b.ID) && !saysDecided(b, a.ID) {
				all = append(all, newPair(a, b, r.Why))
			}
		}
	}
	return all
}

// saysDecided reports whether somebody said that a person is not another.
func saysDecided(who personRow, other string) bool {
	return slices.ContainsFunc(who.Reasons, func(r extract.Reason) bool { return r.From == other && r.Why == decidedReason })
}

func newPair(a, b personRow, why string) Pair {
	x, y := newPairSide(a), newPairSide(b)
	return Pair{PairSchema, PairID(x.Sighting, y.Sighting), x, y, why}
}

func newPairSide(who personRow) PairSide {
	return PairSide{who.ID, who.Name, len(who.Sightings), who.Sightings[0]}
}

// pairSubject finds a pair of people by ID.
func pairSubject(tx *store.Tx, id string) (s subject, ok bool, err error) {
	if !strings.HasPrefix(id, "pair-") {
		return s, false, nil
	}
	var rows []personRow
	group := ""
	look := func() {
		for _, p := range pairsOf(rows) {
			if p.ID == id {
				v := Verdict{Of: OfPair, ID: id, Person: p.A.Name, Says: p.Why, Seen: []extract.SightingKey{p.A.Sighting, p.B.Sighting}}
				s, ok = subject{v, store.Key(OfPair, id)}, true
			}
		}
	}
	err = schema.persons.Each(tx, nil, func(key []byte, row personRow) error {
		if g := store.ReadKey(key).String(); g != group {
			look()
			rows, group = nil, g
		}
		rows = append(rows, row)
		return nil
	})
	look()
	return s, ok, err
}

// standingDecisions returns the decisions that were not taken back, in order.
func standingDecisions(all []extract.Decision) (stand []extract.Decision) {
	for _, d := range all {
		if !d.Undo {
			stand = append(stand, d)
			continue
		}
		for i := len(stand) - 1; i >= 0; i-- {
			if PairID(stand[i].A, stand[i].B) == PairID(d.A, d.B) {
				stand = slices.Delete(stand, i, i+1)
				break
			}
		}
	}
	return stand
}

// decidedPair returns the decision about a pair of people that stands.
func (p *Pipeline) decidedPair(id string) (last extract.Decision, ok bool, err error) {
	if !strings.HasPrefix(id, "pair-") {
		return last, false, nil
	}
	all, err := p.Decisions()
	for _, d := range standingDecisions(all) {
		if PairID(d.A, d.B) == id {
			last, ok = d, true
		}
	}
	return last, ok, err
}

// pairVerdict says that a decision was taken back.
func pairVerdict(d extract.Decision, at time.Time) Verdict {
	says := "apart"
	if d.Same {
		says = "one person"
	}
	return Verdict{Schema: VerdictSchema, Of: OfPair, ID: PairID(d.A, d.B), Verdict: Undo, At: at, Person: d.A.Name, Says: says, Seen: []extract.SightingKey{d.A, d.B}}
}
