package career

import (
	"strings"

	"tenure/extract"
)

// settle makes the facts of a sentence agree with each other.
func (s *sentence) settle() {
	for i := range s.facts {
		f := &s.facts[i].Fact
		if f.Type == extract.Left && f.Planned && f.DateKind == "" && !f.Date.IsZero() && s.ended(f.Date) {
			f.Planned = false
		}
		if s.ahead1(f) {
			f.Planned = true
		}
	}
}

// ahead1 reports whether the change that a fact tells lies wholly after the
// article.
func (d *document) ahead1(f *extract.Fact) bool {
	switch f.Type {
	case extract.Left, extract.Joined, extract.Appointed, extract.Promoted:
		return f.DateKind == "" && !d.clock.ref.IsZero() && f.Date.Earliest > d.clock.ref.Time.Format("2006-01-02")
	}
	return false
}

// ended reports whether a date lies wholly before the article.
func (d *document) ended(t extract.Date) bool {
	return !d.clock.ref.IsZero() && t.Latest != "" && t.Latest < d.clock.ref.Time.Format("2006-01-02")
}

// conclude makes the facts of the whole text agree: one fact a claim, roles
// ended by the departures told, a place without a role left out where
// another fact names the role.
func (d *document) conclude() []Candidate {
	var out []Candidate
	for _, c := range d.found {
		if i := same(out, c); i >= 0 {
			fill(&out[i], c)
			continue
		}
		out = append(out, c)
	}
	for i := range out {
		d.finishRole(&out[i], out)
	}
	return out
}

// same returns the index of a candidate that claims the same, or -1.
func same(all []Candidate, c Candidate) int {
	for i, o := range all {
		f, g := o.Fact, c.Fact
		if o.Kept == c.Kept && f.Type == g.Type && f.Person == g.Person && strings.EqualFold(f.Org, g.Org) && strings.EqualFold(f.Role, g.Role) && f.Successor == g.Successor && (f.Person != "" || f.Evidence.Span == g.Evidence.Span) &&
			(f.Date.Value == g.Date.Value || f.Date.IsZero() || g.Date.IsZero()) && (f.Months == g.Months) {
			return i
		}
	}
	return -1
}

// fill adds what a second telling knows more.
func fill(c *Candidate, o Candidate) {
	f, g := &c.Fact, o.Fact
	if f.Date.IsZero() && !g.Date.IsZero() && f.Type != extract.RoleAt {
		f.Date, f.Spans.Date, f.DateKind = g.Date, extract.Span{}, g.DateKind
		if o.Fact.Evidence.Start >= 0 {
			f.Spans.Date = g.Spans.Date
		}
	}
	f.Score = max(f.Score, g.Score)
}

// finishRole sets the status that the other facts leave a role, and drops a
// role_at without a role where another names it.
func (d *document) finishRole(c *Candidate, all []Candidate) {
	f := &c.Fact
	if f.Type != extract.RoleAt || !c.Kept {
		return
	}
	for i := range all {
		g := all[i].Fact
		if &all[i] == c || !all[i].Kept || g.Person != f.Person || !strings.EqualFold(g.Org, f.Org) || f.Person == "" && g.Evidence.Span != f.Evidence.Span {
			continue
		}
		switch {
		case f.Role == "" && g.Type == extract.RoleAt && g.Role != "":
			c.Kept, c.Why = false, "the role is named elsewhere"
		case g.Type == extract.Left && !f.Still && f.Status == extract.Current && !boardSeat(g.Role) && f.Date.IsZero():
			f.Status = extract.Former
			if g.Planned {
				f.Status = extract.Leaving
			}
		case g.Type == extract.Left && g.Planned && f.Role == "" && f.Status == extract.Former:
			f.Status = extract.Leaving
		}
	}
}
