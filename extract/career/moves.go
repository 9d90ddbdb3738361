package career

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"tenure/extract"
	"tenure/extract/resolve"
)

// Moves assembles the moves that the claims tell: one row a change, merged
// over all articles. A departure is joined to the arrival that follows it, a
// start that only a length of time tells is computed and marked derived, and
// articles that contradict each other are named. The same claims in any
// order give the same moves, sorted by person and date.
func Moves(claims []extract.Claim) []extract.Move {
	facts, people := merge(claims)
	byPerson := map[string][]merged{}
	for _, f := range facts {
		byPerson[f.person] = append(byPerson[f.person], f)
	}
	moves := []extract.Move{}
	succeeds := map[string][]*merged{}
	for i := range facts {
		if f := &facts[i]; f.Type == extract.ReplacedBy && f.successor != "" {
			succeeds[f.successor] = append(succeeds[f.successor], f)
			if byPerson[f.successor] == nil {
				byPerson[f.successor] = []merged{}
			}
		}
	}
	for _, p := range sortedKeys(byPerson) {
		c := newCareer(p, byPerson[p])
		c.succeeds, c.name = succeeds[p], people.shown[p]
		moves = append(moves, c.moves()...)
	}
	slices.SortStableFunc(moves, func(a, b extract.Move) int {
		return cmp.Or(strings.Compare(a.Person, b.Person), strings.Compare(when(a), when(b)), strings.Compare(a.ID, b.ID))
	})
	return moves
}

// when returns the day a move is sorted by.
func when(m extract.Move) string {
	return cmp.Or(m.From.Left.Earliest, m.To.Joined.Earliest, "9")
}

// moves turns the stints into moves: every departure with the arrival that
// follows it, then the arrivals that follow none.
func (c *career) moves() []extract.Move {
	slices.SortStableFunc(c.stints, func(a, b *stint) int {
		return cmp.Or(strings.Compare(sortDay(a), sortDay(b)), strings.Compare(a.org, b.org))
	})
	reached := map[*stint]bool{}
	var out []extract.Move
	for i, s := range c.stints {
		if s.leaves == nil {
			continue
		}
		next := c.following(i, reached)
		if next != nil {
			reached[next] = true
		}
		out = append(out, c.move(s, next))
	}
	for _, s := range c.stints {
		if s.arrives != nil && !reached[s] {
			out = append(out, c.move(nil, s))
		}
	}
	out = append(out, c.appointments()...)
	for _, f := range c.succeeds {
		m := extract.Move{Person: c.name, Kind: extract.Succession, Planned: f.Planned}
		m.To = extract.Position{Org: f.Org, Role: f.Role, Joined: f.Date}
		out = append(out, finish(m, c.person, []*merged{f}))
	}
	return out
}

// succeeding returns the fact by which the arrival at a stint, from nowhere
// told, is a succession.
func (c *career) succeeding(from, to *stint) *merged {
	if from != nil || to.arrives == nil || to.arrives.Type == extract.Founded {
		return nil
	}
	return c.succession(to.org)
}

// succession returns the fact by which the person took over at org, and
// takes it off the list: one change is one row.
func (c *career) succession(org string) *merged {
	for i, f := range c.succeeds {
		if f.org == org {
			c.succeeds = slices.Delete(c.succeeds, i, i+1)
			return f
		}
	}
	return nil
}

// move makes the row of one change. Either end may be nil.
func (c *career) move(from, to *stint) extract.Move {
	m := extract.Move{Person: c.name}
	var facts []*merged
	switch {
	case from != nil && to != nil:
		m.Kind = extract.Transfer
	case from != nil:
		m.Kind = extract.Departure
	default:
		m.Kind = extract.Hire
	}
	if from != nil {
		m.From = from.Position
		m.Conflict = append(m.Conflict, from.conflict...)
		m.Planned = from.leaves.Planned
		m.Cancelled = from.leaves.Cancelled
		facts = append(facts, from.facts...)
		if from.derived {
			m.Derived = append(m.Derived, "from.joined")
		}
	}
	if to != nil {
		m.To = extract.Position{Org: to.Org, Role: to.Role, Joined: to.Joined}
		if to.derived {
			m.Derived = append(m.Derived, "to.joined")
		}
		if to.founded {
			m.Kind = extract.Founding
		}
		if from == nil {
			m.Planned = to.arrives.Planned
		}
		arrival := to.arrival()
		if f := c.succeeding(from, to); f != nil {
			m.Kind, m.To.Role = extract.Succession, cmp.Or(m.To.Role, f.Role)
			arrival = append(arrival, f)
		}
		for _, f := range arrival {
			m.Conflict = append(m.Conflict, f.conflicts...)
		}
		facts = append(facts, arrival...)
	}
	return finish(m, c.person, facts)
}

// finish fills what follows from the facts: evidence, sources, score, id.
func finish(m extract.Move, person string, facts []*merged) extract.Move {
	var claims []extract.Claim
	for _, f := range facts {
		claims = append(claims, f.claims...)
		m.Score = max(m.Score, f.Score)
	}
	slices.SortFunc(claims, compareClaims)
	m.Facts = quotes(claims)
	slices.SortFunc(m.Conflict, func(a, b extract.Conflict) int {
		return cmp.Or(strings.Compare(a.Field, b.Field), strings.Compare(a.Other, b.Other), strings.Compare(a.Article, b.Article))
	})
	m.Conflict = slices.Compact(m.Conflict)
	m.Sources = independent(claims)
	if len(m.Conflict) > 0 {
		m.Score *= .8
	} else if m.Sources > 1 {
		m.Score = 1 - (1-m.Score)/float64(m.Sources)
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{person, resolve.OrgKey(m.From.Org), resolve.OrgKey(m.To.Org), string(m.Kind), m.From.Left.Value + m.To.Joined.Value, roleKey(m.To.Role)}, "\x00")))
	m.ID = hex.EncodeToString(sum[:8])
	return m
}

// appointments are the roles given to a person: a promotion where the person
// was there before, else a hire; none where a stint begins with it already.
func (c *career) appointments() []extract.Move {
	var out []extract.Move
	for i := range c.facts {
		f := &c.facts[i]
		if f.Type != extract.Appointed && f.Type != extract.Promoted || f.org == "" || boardSeat(f.Role) {
			continue
		}
		m := extract.Move{Person: c.name, Kind: extract.Hire, Planned: f.Planned, Conflict: slices.Clone(f.conflicts)}
		m.To = extract.Position{Org: f.Org, Role: f.Role, Joined: f.Date}
		facts := []*merged{f}
		if old, known := c.before(f); known || f.Type == extract.Promoted {
			m.Kind = extract.Promotion
			m.From = extract.Position{Org: f.Org}
			if old != nil {
				m.From.Role = old.Role
				facts = append(facts, old)
			}
		}
		if s := c.succession(f.org); s != nil {
			m.Kind = extract.Succession
			facts = append(facts, s)
		}
		out = append(out, finish(m, c.person, facts))
	}
	return out
}

// before returns the role the person held at the organization before the
// appointment, and whether the person was there at all.
func (c *career) before(f *merged) (*merged, bool) {
	known := false
	for i := range c.facts {
		o := &c.facts[i]
		if o.org != f.org || o == f {
			continue
		}
		switch o.Type {
		case extract.RoleAt:
			if roleKey(o.Role) != roleKey(f.Role) && o.Role != "" {
				return o, true
			}
		case extract.Joined:
			known = known || o.Date.IsZero() || f.Date.IsZero() || o.Date.Latest < f.Date.Earliest
		}
	}
	return nil, known
}

func itoa(n int) string { return strconv.Itoa(n) }
