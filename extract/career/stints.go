package career

import (
	"cmp"
	"time"

	"tenure/extract"
)

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
				s := c.open(f.org)
				s.leaves = f
				if f.DateKind != extract.Announced { // that one dates the announcement
					s.Left = f.Date
				}
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
			if s := c.at(f.org); s != nil && f.org != "" {
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

// open returns the stint at org that a departure can end, or a new one.
func (c *career) open(org string) *stint {
	for _, s := range c.stints {
		if s.org == org && s.leaves == nil {
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
func (c *career) at(org string) *stint {
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
	s := c.at(f.org)
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
