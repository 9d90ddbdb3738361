package career

import (
	"cmp"
	"slices"
	"strings"

	"tenure/extract"
)

// A Stay is one time of a person at an organization, as all articles tell it
// together.
type Stay struct {
	Person  string               `json:"person"`
	Org     string               `json:"org"`
	From    extract.Date         `json:"from,omitzero"`
	Until   extract.Date         `json:"until,omitzero"`
	Status  string               `json:"status,omitempty"` // current, former, leaving, future; empty if nothing says
	Months  int                  `json:"months,omitempty"`
	Bound   string               `json:"bound,omitempty"` // of Months: min, max or approx; empty is exact
	Manner  string               `json:"manner,omitempty"`
	Founder bool                 `json:"founder,omitempty"`
	Derived bool                 `json:"derived,omitempty"` // From was computed from Until and Months
	Roles   []Post               `json:"roles,omitempty"`   // in order of time
	Sources int                  `json:"independent_sources"`
	Facts   []extract.ClaimQuote `json:"evidence"`
}

// A Post is a role held during a stay.
type Post struct {
	Role   string       `json:"role"`
	From   extract.Date `json:"from,omitzero"`
	Until  extract.Date `json:"until,omitzero"`
	Status string       `json:"status,omitempty"`
}

// Timeline returns the stays that the claims tell of, those of one person
// together, in order of time. The same claims in any order give the same.
func Timeline(claims []extract.Claim) []Stay {
	facts, people := merge(claims)
	byPerson := map[string][]merged{}
	for _, f := range facts {
		byPerson[f.person] = append(byPerson[f.person], f)
		if f.Type == extract.ReplacedBy && f.successor != "" {
			byPerson[f.successor] = append(byPerson[f.successor], heirOf(f))
		}
	}
	var all []Stay
	for _, p := range sortedKeys(byPerson) {
		all = append(all, staysOf(people.shown[p], newCareer(p, byPerson[p]))...)
	}
	slices.SortStableFunc(all, func(a, b Stay) int {
		return cmp.Or(strings.Compare(a.Person, b.Person), strings.Compare(a.sortDay(), b.sortDay()), strings.Compare(a.Org, b.Org))
	})
	return all
}

// heirOf returns the appointment that a succession is for the successor.
func heirOf(f merged) merged {
	f.Type, f.person = extract.Appointed, f.successor
	f.Person, f.Successor, f.successor = f.Fact.Successor, "", ""
	f.Manner, f.conflicts = "", nil
	return f
}

func (s Stay) sortDay() string {
	return cmp.Or(s.From.Earliest, s.Until.Earliest, "9"+s.Status)
}

// staysOf turns what is known of one person into stays.
func staysOf(name string, c *career) []Stay {
	for i := range c.facts { // roles at places that nothing else tells of
		f := &c.facts[i]
		if f.org == "" || boardSeat(f.Role) || f.Type == extract.Left || f.Type == extract.Joined || f.Type == extract.Founded {
			continue
		}
		s := c.at(f.org)
		if s == nil {
			s = &stint{org: f.org}
			c.stints = append(c.stints, s)
		}
		if !slices.Contains(s.facts, f) {
			s.take(f)
		}
	}
	var stays []Stay
	for _, s := range c.stints {
		stays = append(stays, s.stay(name))
	}
	return stays
}

// stay returns the stint as a stay.
func (s *stint) stay(name string) Stay {
	out := Stay{Person: name, Org: s.Org, From: s.Joined, Until: s.Left, Months: s.Months, Bound: s.Bound, Founder: s.founded, Derived: s.derived}
	var claims []extract.Claim
	for _, f := range s.facts {
		claims = append(claims, f.claims...)
		out.Manner = cmp.Or(out.Manner, f.Manner)
		out.takeRole(f)
		if f.Type == extract.Tenure && out.Months == 0 {
			out.Months = f.Months
		}
	}
	out.Status = s.status()
	slices.SortFunc(claims, compareClaims)
	out.Facts, out.Sources = quotes(claims), independent(claims)
	slices.SortStableFunc(out.Roles, func(a, b Post) int {
		return cmp.Or(strings.Compare(cmp.Or(a.From.Earliest, a.Until.Earliest, "9"), cmp.Or(b.From.Earliest, b.Until.Earliest, "9")), strings.Compare(a.Role, b.Role))
	})
	if out.From.IsZero() && len(out.Roles) > 0 && s.arrives == nil {
		out.From = out.Roles[0].From
	}
	if n := len(out.Roles); out.Until.IsZero() && n > 0 && out.Status == extract.Former {
		out.Until = out.Roles[n-1].Until
	}
	return out
}

// takeRole adds the role that a fact tells of.
func (s *Stay) takeRole(f *merged) {
	if f.Role == "" || boardSeat(f.Role) || f.Type == extract.Tenure || f.Type == extract.Founded {
		return
	}
	i := slices.IndexFunc(s.Roles, func(p Post) bool { return roleKey(p.Role) == roleKey(f.Role) })
	if i < 0 {
		i = len(s.Roles)
		s.Roles = append(s.Roles, Post{Role: f.Role})
	}
	p := &s.Roles[i]
	switch {
	case f.Type == extract.Left || f.Type == extract.ReplacedBy:
		p.Until, p.Status = f.Date, extract.Former
	case f.Planned:
		p.From, p.Status = f.Date, extract.Future
	default:
		if p.From.IsZero() || finer(f.Date, p.From) && !f.Date.IsZero() {
			p.From = f.Date
		}
		if !f.DateEnd.IsZero() {
			p.Until = f.DateEnd
		}
		p.Status = cmp.Or(p.Status, f.Status)
	}
}

// status tells where the stay stands, by the departure first, then by the
// latest word on the roles.
func (s *stint) status() string {
	switch l := s.leaves; {
	case l != nil && l.Cancelled:
		return extract.Current
	case l != nil && l.Planned:
		return extract.Leaving
	case l != nil:
		return extract.Former
	}
	status, at := "", extract.Claim{}
	for _, f := range s.facts {
		told := f.Status
		switch {
		case f.Type == extract.ReplacedBy && f.Planned:
			told = extract.Leaving
		case f.Type == extract.ReplacedBy:
			told = extract.Former
		case f.Planned:
			told = extract.Future
		case f.Type == extract.Tenure, f.Type == extract.Founded && told == "":
			continue
		case told == "":
			told = extract.Current // came, and nothing tells of going
		}
		last := f.claims[len(f.claims)-1]
		if status == "" || compareClaims(last, at) > 0 {
			status, at = told, last
		}
	}
	return status
}

// quotes returns the evidence of claims, each place of an article once.
func quotes(claims []extract.Claim) []extract.ClaimQuote {
	var out []extract.ClaimQuote
	for _, cl := range claims {
		q := extract.ClaimQuote{ArticleRef: cl.Article, Quote: cl.Fact.Evidence.Quote, Span: cl.Fact.Evidence.Span, Rule: cl.Fact.Evidence.By}
		if !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	return out
}
