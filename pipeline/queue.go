package pipeline

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// ItemSchema names the format of an Item.
const ItemSchema = "tenure/review/v1"

// An Item is something somebody should look at: a move of which there is
// doubt, or two people who may be one.
type Item struct {
	Schema string      `json:"schema"`
	ID     string      `json:"id"`
	Of     string      `json:"of"`  // move or people
	Why    []string    `json:"why"` // it should be looked at, in words
	Put    *time.Time  `json:"put_off,omitempty"`
	Move   *MoveRecord `json:"move,omitempty"`
	Pair   *Pair       `json:"people,omitempty"`
}

// NewQueue returns what is to be looked at: moves that are queued, the one
// first seen last before others, then pairs in their order, and what was put
// off at the end.
func NewQueue(moves []MoveRecord, pairs []Pair, verdicts []Verdict) []Item {
	last := Standing(verdicts)
	var queue []Item
	for _, m := range moves {
		if m.Review == ReviewQueued {
			queue = append(queue, newMoveItem(m, last[m.ID]))
		}
	}
	slices.SortFunc(queue, func(a, b Item) int {
		return cmp.Or(b.Move.FirstSeen.Compare(a.Move.FirstSeen), cmp.Compare(a.Move.Score, b.Move.Score), strings.Compare(a.ID, b.ID))
	})
	for _, p := range pairs {
		queue = append(queue, Item{Schema: ItemSchema, ID: p.ID, Of: OfPair, Why: []string{p.Why}, Pair: &p, Put: putOff(last[p.ID])})
	}
	slices.SortStableFunc(queue, func(a, b Item) int {
		if a.Put == nil || b.Put == nil {
			return compareBool(a.Put != nil, b.Put != nil)
		}
		return a.Put.Compare(*b.Put)
	})
	return queue
}

func newMoveItem(m MoveRecord, last Verdict) Item {
	i := Item{Schema: ItemSchema, ID: m.ID, Of: OfMove, Why: m.Doubts(), Move: &m, Put: putOff(last)}
	if last.Verdict == Wrong {
		i.Why = append(i.Why, "another article tells it since it was rejected")
	}
	if len(i.Why) == 0 {
		i.Why = []string{"somebody wants it looked at again"}
	}
	return i
}

// putOff returns when something was put off, if that is the last that was said
// of it.
func putOff(v Verdict) *time.Time {
	if v.Verdict != Later {
		return nil
	}
	return &v.At
}

// Standing returns the verdicts that count, by the ID of what they are about.
func Standing(all []Verdict) map[string]Verdict {
	byID := map[string][]Verdict{}
	for _, v := range all {
		byID[v.ID] = append(byID[v.ID], v)
	}
	last := map[string]Verdict{}
	for id, some := range byID {
		if v, ok := lastStanding(some, some[len(some)-1].Seen); ok {
			last[id] = v
		}
	}
	return last
}
