package career

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"tenure/extract"
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

// A stint is one stay of a person at an organization.
type stint struct {
	extract.Position
	org      string // key
	leaves   *merged
	arrives  *merged // joined, appointed or founded
	founded  bool
	current  *merged // a role held there at the time of the article
	derived  bool    // Joined was computed
	facts    []*merged
	conflict []extract.Conflict
}

// A career is what is known of one person.
type career struct {
	person string // key
	name   string
	facts  []merged
	stints []*stint

	succeeds []*merged // the roles that pass to the person
}

func newCareer(key string, facts []merged) *career {
	c := &career{person: key, facts: facts}
	for i := range facts {
		switch f := &c.facts[i]; f.Type {
		case extract.Left:
			if !boardSeat(f.Role) {
				s := c.open(f.org, f.Date, true)
				s.leaves, s.Left = f, f.Date
				s.take(f)
			}
		}
	}
	for i := range facts {
		f := &c.facts[i]
		switch f.Type {
		case extract.Joined, extract.Founded:
			if f.org != "" && !boardSeat(f.Role) {
				s := c.arriveAt(f)
				s.founded = s.founded || f.Type == extract.Founded
				s.take(f)
			}
		}
	}
	for i := range facts {
		f := &c.facts[i]
		switch f.Type {
		case extract.Tenure:
			if s := c.at(f.org, extract.Date{}); s != nil && f.org != "" {
				s.Months = f.Months
				if f.Bound != extract.Exact {
					s.Bound = f.Bound
				}
				s.take(f)
				s.derive(f)
			}
		case extract.RoleAt:
			c.holds(f)
		}
	}
	return c
}

// open returns the stint at org that a departure on d can end, or a new one.
func (c *career) open(org string, d extract.Date, leaving bool) *stint {
	for _, s := range c.stints {
		if s.org == org && (!leaving || s.leaves == nil) {
			return s
		}
	}
	s := &stint{org: org}
	c.stints = append(c.stints, s)
	return s
}

// arriveAt returns the stint that an arrival begins: one that ends later, or
// a new one.
func (c *career) arriveAt(f *merged) *stint {
	for _, s := range c.stints {
		if s.org != f.org || s.arrives != nil && f.Type == extract.Joined && s.arrives.Type == extract.Joined {
			continue
		}
		if !f.Rejoined && (f.Date.IsZero() || s.Left.IsZero() || f.Date.Earliest <= s.Left.Latest) || f.Rejoined && !f.Date.IsZero() && !s.Left.IsZero() && f.Date.Latest < s.Left.Earliest {
			if s.arrives == nil || f.Type == extract.Joined {
				s.arrives, s.Joined = f, f.Date
			}
			return s
		}
	}
	s := &stint{org: f.org, arrives: f}
	s.Joined = f.Date
	c.stints = append(c.stints, s)
	return s
}

// at returns the person's stint at org: the last one, if there are several.
func (c *career) at(org string, _ extract.Date) *stint {
	for i := len(c.stints) - 1; i >= 0; i-- {
		if c.stints[i].org == org {
			return c.stints[i]
		}
	}
	return nil
}

// holds files a role with its stint. A role held now is one of its own: it is
// where the person went.
func (c *career) holds(f *merged) {
	if f.org == "" {
		return
	}
	s := c.at(f.org, f.Date)
	if s == nil {
		if f.Status != extract.Current && f.Status != extract.Future {
			return
		}
		s = &stint{org: f.org}
		s.Joined = f.Date
		c.stints = append(c.stints, s)
	}
	if f.Status == extract.Current {
		s.current = f
	}
	s.take(f)
}

func (s *stint) take(f *merged) {
	s.facts = append(s.facts, f)
	if s.Org == "" {
		s.Org = f.Org
	}
	if s.Role == "" || f.Type == extract.RoleAt && f.Status == extract.Current {
		s.Role = cmp.Or(f.Role, s.Role)
	}
	s.conflict = append(s.conflict, f.conflicts...)
}

// derive computes when a stint began from its end and its length, or checks
// the length against both ends.
func (s *stint) derive(f *merged) {
	if f.Bound != extract.Exact && f.Bound != "" || s.Left.IsZero() {
		return
	}
	if !s.Joined.IsZero() {
		if lo, hi, ok := monthsBetween(s.Joined, s.Left); ok && (f.Months < lo-1 || f.Months > hi+1) {
			s.conflict = append(s.conflict, extract.Conflict{Field: "from.months", Value: itoa(lo), Other: itoa(f.Months), Article: f.claims[0].Article.ID})
		}
		return
	}
	if d := monthsBefore(s.Left, f.Months); !d.IsZero() {
		s.Joined, s.derived = d, true
	}
}

// monthsBefore returns the date n months before d, no finer than both allow.
func monthsBefore(d extract.Date, n int) extract.Date {
	first, err := time.Parse(time.DateOnly, d.Earliest)
	if err != nil {
		return extract.Date{}
	}
	first = time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -n, 0)
	switch {
	case d.Precision == extract.ByDay || d.Precision == extract.ByMonth:
		return inMonth(first.Year(), int(first.Month()))
	case n%12 == 0 && d.Precision != extract.ByDecade:
		return inYear(first.Year())
	}
	return extract.Date{}
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

func sortDay(s *stint) string {
	return cmp.Or(s.Left.Earliest, s.Joined.Earliest, "9")
}

// longestGap is the longest time, in months, between a departure and the
// arrival that is still told as the same move.
const longestGap = 12

// following returns the stint that the person went to after stint i.
func (c *career) following(i int, reached map[*stint]bool) *stint {
	from := c.stints[i]
	if from.leaves.Cancelled {
		return nil
	}
	var best *stint
	for j, s := range c.stints {
		if j == i || reached[s] || s.org == from.org && s.Joined.IsZero() || !follows(from, s) {
			continue
		}
		if best == nil || !s.Joined.IsZero() && (best.Joined.IsZero() || s.Joined.Earliest < best.Joined.Earliest) {
			best = s
		}
	}
	if best != nil && best.Joined.IsZero() {
		for j, s := range c.stints { // an undated place is reached from the last departure
			if j != i && s.leaves != nil && s != best && sortDay(s) > sortDay(from) {
				return nil
			}
		}
	}
	return best
}

// follows reports whether a person who ended one stint can have begun the
// other by it.
func follows(from, to *stint) bool {
	if to.arrives == nil && to.current == nil && !to.derived {
		return false
	}
	if to.Joined.IsZero() || from.Left.IsZero() {
		return to.current != nil || sameArticle(from, to)
	}
	lo, hi, ok := monthsBetween(from.Left, to.Joined)
	return ok && hi >= -1 && lo <= longestGap
}

func sameArticle(a, b *stint) bool {
	for _, f := range a.facts {
		for _, g := range b.facts {
			for _, x := range f.claims {
				for _, y := range g.claims {
					if x.Article.ID == y.Article.ID {
						return true
					}
				}
			}
		}
	}
	return false
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
		if f := c.succession(to.org); f != nil && from == nil {
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

// arrival returns the facts of a stint that tell of its beginning.
func (s *stint) arrival() []*merged {
	var facts []*merged
	for _, f := range s.facts {
		if f.Type != extract.Left && (f.Type != extract.Tenure || s.derived) {
			facts = append(facts, f)
		}
	}
	return facts
}

// finish fills what follows from the facts: evidence, sources, score, id.
func finish(m extract.Move, person string, facts []*merged) extract.Move {
	var claims []extract.Claim
	for _, f := range facts {
		claims = append(claims, f.claims...)
		m.Score = max(m.Score, f.Score)
	}
	slices.SortFunc(claims, compareClaims)
	for _, cl := range claims {
		q := extract.ClaimQuote{ArticleRef: cl.Article, Quote: cl.Fact.Evidence.Quote, Span: cl.Fact.Evidence.Span, Rule: cl.Fact.Evidence.By}
		if !slices.Contains(m.Facts, q) {
			m.Facts = append(m.Facts, q)
		}
	}
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
	sum := sha256.Sum256([]byte(strings.Join([]string{person, orgKey(m.From.Org), orgKey(m.To.Org), string(m.Kind), m.From.Left.Value + m.To.Joined.Value, roleKey(m.To.Role)}, "\x00")))
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
