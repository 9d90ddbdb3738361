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
		if s.isAhead(f) {
			f.Planned = true
		}
		if f.Type == extract.ReplacedBy && f.Org == "" {
			s.leftBy(f)
		}
	}
}

// leftBy takes the organization of a succession from what the same sentence
// tells of the predecessor's leaving: "A replaces B, who left Acme in May".
func (s *sentence) leftBy(f *extract.Fact) {
	for i := range s.facts {
		if g := s.facts[i].Fact; s.facts[i].Kept && g.Type == extract.Left && g.Person == f.Person && g.Org != "" {
			f.Org, f.Spans.Org = g.Org, g.Spans.Org
			return
		}
	}
}

// isAhead reports whether the change that a fact tells lies wholly after the
// article.
func (d *document) isAhead(f *extract.Fact) bool {
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
	out := make([]Candidate, 0, len(d.found))
	alike := map[string][]int{}
	for _, c := range d.found {
		k := claimKey(c)
		if i := same(out, alike[k], c); i >= 0 {
			fill(&out[i], c)
			continue
		}
		alike[k] = append(alike[k], len(out))
		out = append(out, c)
	}
	byPerson := map[string][]int{}
	for i, c := range out {
		k := c.Fact.Person + "\x00" + strings.ToLower(c.Fact.Org)
		byPerson[k] = append(byPerson[k], i)
	}
	for i := range out {
		f := out[i].Fact
		finishRole(&out[i], out, byPerson[f.Person+"\x00"+strings.ToLower(f.Org)])
	}
	return out
}

// claimKey is what candidates that may claim the same share.
func claimKey(c Candidate) string {
	f := c.Fact
	return strings.Join([]string{string(f.Type), f.Person, strings.ToLower(f.Org), strings.ToLower(f.Role), f.Successor, c.Why}, "\x00")
}

// same returns which of the candidates at idx claims the same as c, or -1.
func same(all []Candidate, idx []int, c Candidate) int {
	for _, i := range idx {
		f, g := all[i].Fact, c.Fact
		if (f.Person != "" || f.Evidence.Span == g.Evidence.Span) && (f.Date.Value == g.Date.Value || f.Date.IsZero() || g.Date.IsZero()) && f.Months == g.Months {
			return i
		}
	}
	return -1
}

// fill adds what a second telling knows more.
func fill(c *Candidate, o Candidate) {
	f, g := &c.Fact, o.Fact
	if f.Date.IsZero() && !g.Date.IsZero() && f.Type != extract.RoleAt {
		f.Date, f.Spans.Date, f.DateKind = g.Date, g.Spans.Date, g.DateKind
	}
	f.Score = max(f.Score, g.Score)
}

// finishRole sets the status that the other facts about the person at the
// place leave a role, and drops a role_at without a role where another names
// it.
func finishRole(c *Candidate, all []Candidate, about []int) {
	f := &c.Fact
	if f.Type != extract.RoleAt || !c.Kept {
		return
	}
	for _, i := range about {
		g := all[i].Fact
		if &all[i] == c || !all[i].Kept || f.Person == "" && !g.Evidence.Overlaps(f.Evidence.Span) {
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
		case g.Type == extract.ReplacedBy && !f.Still && f.Status == extract.Current && f.Date.IsZero() && !boardSeat(g.Role) && (g.Role == "" || roleKey(g.Role) == roleKey(f.Role)):
			f.Status = extract.Former
			if g.Planned {
				f.Status = extract.Leaving
			}
		case g.Type == extract.Left && g.Planned && f.Role == "" && f.Status == extract.Former:
			f.Status = extract.Leaving
		}
	}
}
