package career

import (
	"cmp"
	"slices"
	"strings"

	"tenure/extract"
	"tenure/extract/resolve"
)

// A merged fact is one claim as all articles tell it together.
type merged struct {
	extract.Fact
	person    string // key
	org       string // key
	successor string // key
	claims    []extract.Claim
	conflicts []extract.Conflict
}

// merge joins the claims that tell the same fact. A coarser date is refined
// by a finer one that lies in it; dates that exclude each other are a
// conflict, unless the person came back between them. The result does not
// depend on the order of the claims.
func merge(claims []extract.Claim) ([]merged, cast) {
	claims = slices.Clone(claims)
	slices.SortFunc(claims, compareClaims)
	people := newCast(claims)
	groups := map[string][]extract.Claim{}
	for _, c := range claims {
		if c.Fact.Person == "" {
			continue
		}
		k := groupKey(people, c.Fact)
		groups[k] = append(groups[k], c)
	}
	var out []merged
	for _, k := range sortedKeys(groups) {
		for _, part := range partition(groups[k], people, claims) {
			out = append(out, combine(part, people))
		}
	}
	cancel(out)
	return out, people
}

// compareClaims is a total order of claims: by publication, article and place.
func compareClaims(a, b extract.Claim) int {
	return cmp.Or(
		a.Article.Published.Time.Compare(b.Article.Published.Time),
		cmp.Compare(a.Article.ID, b.Article.ID),
		cmp.Compare(a.Article.URL, b.Article.URL),
		cmp.Compare(a.Article.Publisher, b.Article.Publisher),
		compareFacts(a.Fact, b.Fact),
		cmp.Compare(a.Fact.Type, b.Fact.Type),
		cmp.Compare(a.Fact.Person, b.Fact.Person),
		cmp.Compare(a.Fact.Org, b.Fact.Org),
		cmp.Compare(a.Fact.Role, b.Fact.Role),
		cmp.Compare(a.Fact.Successor, b.Fact.Successor),
		cmp.Compare(a.Fact.Date.Value, b.Fact.Date.Value),
		cmp.Compare(a.Fact.Months, b.Fact.Months),
		cmp.Compare(a.Fact.Evidence.By, b.Fact.Evidence.By),
	)
}

// groupKey is what claims of the same fact share.
func groupKey(people cast, f extract.Fact) string {
	kind := string(f.Type)
	extra := ""
	switch f.Type {
	case extract.RoleAt, extract.Appointed, extract.Promoted:
		extra = roleKey(f.Role)
		if f.Type == extract.Promoted {
			kind = string(extract.Appointed)
		}
	case extract.ReplacedBy:
		extra = people.of(f.Successor)
	case extract.Left, extract.Joined:
		if boardSeat(f.Role) {
			extra = "board"
		}
	}
	return strings.Join([]string{people.of(f.Person), resolve.OrgKey(f.Org), kind, extra}, "\x00")
}

// roleKey folds a role: "CEO" is "chief executive" is "Chief Executive Officer".
func roleKey(role string) string {
	r := strings.ToLower(strings.TrimSpace(role))
	for _, a := range [][2]string{
		{"chief executive officer", "ceo"}, {"chief executive", "ceo"}, {"chief technology officer", "cto"}, {"chief financial officer", "cfo"},
		{"chief operating officer", "coo"}, {"vice-president", "vp"}, {"vice president", "vp"}, {"chairwoman", "chair"}, {"chairman", "chair"}, {"cofounder", "co-founder"},
	} {
		r = strings.ReplaceAll(r, a[0], a[1])
	}
	return r
}

// boardSeat reports whether a role is a seat on a board, which is no job.
func boardSeat(role string) bool {
	r := strings.ToLower(role)
	return strings.Contains(r, "board") && !strings.Contains(r, "chair")
}

// partition splits the claims of one group where the person came back
// between two dates: two stints are no conflict.
func partition(group []extract.Claim, people cast, all []extract.Claim) [][]extract.Claim {
	t := group[0].Fact.Type
	if t != extract.Left && t != extract.Joined {
		return [][]extract.Claim{group}
	}
	other := extract.Joined
	if t == extract.Joined {
		other = extract.Left
	}
	var marks []extract.Date // when the opposite happened
	for _, c := range all {
		if c.Fact.Type == other && !c.Fact.Date.IsZero() && people.of(c.Fact.Person) == people.of(group[0].Fact.Person) && resolve.OrgKey(c.Fact.Org) == resolve.OrgKey(group[0].Fact.Org) {
			marks = append(marks, c.Fact.Date)
		}
	}
	byDate := slices.Clone(group)
	slices.SortStableFunc(byDate, func(a, b extract.Claim) int { return cmp.Compare(a.Fact.Date.Earliest, b.Fact.Date.Earliest) })
	var parts [][]extract.Claim
	var last extract.Date
	var undated []extract.Claim
	for _, c := range byDate {
		d := c.Fact.Date
		switch {
		case d.IsZero():
			undated = append(undated, c)
			continue
		case len(parts) == 0 || parted(last, d, marks):
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], c)
		last = d
	}
	if len(undated) > 0 {
		if len(parts) == 0 {
			parts = append(parts, nil)
		}
		at := len(parts) - 1
		parts[at] = append(parts[at], undated...)
	}
	return parts
}

// parted reports whether two dates are so far apart, or the opposite
// happened between them, that they tell of two events.
func parted(a, b extract.Date, marks []extract.Date) bool {
	if overlap(a, b) {
		return false
	}
	for _, m := range marks {
		if m.Earliest >= a.Earliest && m.Latest <= b.Latest && !overlap(m, a) && !overlap(m, b) {
			return true
		}
	}
	return monthIndex(b.Earliest)-monthIndex(a.Latest) > 36
}

// overlap reports whether both dates can mean the same day.
func overlap(a, b extract.Date) bool { return a.Earliest <= b.Latest && b.Earliest <= a.Latest }

// combine makes one fact of the claims of a part.
func combine(part []extract.Claim, people cast) merged {
	slices.SortFunc(part, compareClaims)
	m := merged{Fact: part[0].Fact, claims: part}
	m.person, m.org = people.of(m.Person), resolve.OrgKey(m.Org)
	m.Person = people.shown[m.person]
	m.Org = shownOrg(part)
	if m.Successor != "" {
		m.successor = people.of(m.Successor)
		m.Successor = people.shown[m.successor]
	}
	m.date(part)
	for _, c := range part {
		f := c.Fact
		m.Rejoined = m.Rejoined || f.Rejoined
		m.Planned = m.Planned && f.Planned
		m.Cancelled = m.Cancelled || f.Cancelled
		m.Manner = cmp.Or(m.Manner, f.Manner)
		m.Score = max(m.Score, f.Score)
		if len(f.Role) > len(m.Role) {
			m.Role = f.Role
		}
		if f.Months > 0 && m.Months > 0 && f.Months != m.Months && m.Bound == extract.Exact && f.Bound == extract.Exact {
			m.conflict("months", itoa(m.Months), itoa(f.Months), c)
		}
		if m.Months == 0 || m.Bound != extract.Exact && f.Bound == extract.Exact {
			m.Months, m.Bound = f.Months, f.Bound
		}
		if f.Status != "" {
			m.Status = f.Status // the latest article knows best
		}
	}
	return m
}

func (m *merged) conflict(field, value, other string, c extract.Claim) {
	m.conflicts = append(m.conflicts, extract.Conflict{Field: field, Value: value, Other: other, Article: c.Article.ID})
}

// date chooses the date: the finest of those that most independent sources
// tell compatibly. An effective date goes before that of an announcement.
func (m *merged) date(part []extract.Claim) {
	effective := false
	for _, c := range part {
		effective = effective || !c.Fact.Date.IsZero() && c.Fact.DateKind != extract.Announced
	}
	best, support := extract.Date{}, -1
	for _, c := range part {
		d := c.Fact.Date
		if d.IsZero() || effective && c.Fact.DateKind == extract.Announced {
			continue
		}
		var with []extract.Claim
		for _, o := range part {
			if !o.Fact.Date.IsZero() && overlap(d, o.Fact.Date) {
				with = append(with, o)
			}
		}
		n := independent(with)
		if n > support || n == support && finer(d, best) {
			best, support = d, n
			m.DateKind, m.DateEnd = c.Fact.DateKind, c.Fact.DateEnd
		}
	}
	m.Date = best
	for _, c := range part {
		d := c.Fact.Date
		if !d.IsZero() && !overlap(d, best) && (!effective || c.Fact.DateKind != extract.Announced) {
			m.conflict("date", best.Value, d.Value, c)
		}
	}
}

// finer reports whether d is a narrower date than e.
func finer(d, e extract.Date) bool {
	if e.IsZero() {
		return true
	}
	return rank(d.Precision) < rank(e.Precision)
}

func rank(p extract.Precision) int {
	return slices.Index([]extract.Precision{extract.ByDay, extract.ByMonth, extract.ByQuarter, extract.BySeason, extract.Coarse, extract.ByHalf, extract.ByYear, extract.ByDecade}, p)
}

// shownOrg returns the name of the organization to show: of known aliases
// the first, else the one told most often, else the longest.
func shownOrg(part []extract.Claim) string {
	count := map[string]int{}
	for _, c := range part {
		if shown := resolve.OrgShown(c.Fact.Org); shown != c.Fact.Org || len(resolve.OrgNames(c.Fact.Org)) > 0 {
			return shown
		}
		count[c.Fact.Org]++
	}
	best := ""
	for _, name := range sortedKeys(count) {
		if count[name] > count[best] || count[name] == count[best] && len(name) > len(best) {
			best = name
		}
	}
	return best
}

// independent counts the outlets behind claims: an outlet once, and outlets
// that print the same story once.
func independent(claims []extract.Claim) int {
	group := map[string]string{}
	var find func(string) string
	find = func(k string) string {
		if p, ok := group[k]; ok && p != k {
			return find(p)
		}
		return k
	}
	for _, c := range claims {
		outlet := "p:" + strings.ToLower(cmp.Or(c.Article.Publisher, c.Article.ID, c.Article.URL))
		if _, ok := group[outlet]; !ok {
			group[outlet] = outlet
		}
		if c.Article.Copy == "" {
			continue
		}
		story := "c:" + c.Article.Copy
		if _, ok := group[story]; !ok {
			group[story] = outlet
		}
		group[find(outlet)] = find(story)
	}
	n := 0
	for k, p := range group {
		if k == p {
			n++
		}
	}
	return n
}

// cancel marks a planned departure that a later article takes back: the
// person holds the role still.
func cancel(all []merged) {
	for i := range all {
		l := &all[i]
		if l.Type != extract.Left || !l.Planned {
			continue
		}
		for _, r := range all {
			if r.Type != extract.RoleAt || r.person != l.person || r.org != l.org || l.Role != "" && r.Role != "" && roleKey(l.Role) != roleKey(r.Role) {
				continue
			}
			for _, c := range r.claims {
				if c.Fact.Still && c.Fact.Status == extract.Current && l.claims[len(l.claims)-1].Article.Published.Time.Before(c.Article.Published.Time) {
					l.Cancelled = true
					l.claims = append(l.claims, c)
					l.conflict("status", extract.Leaving, extract.Current, c)
					break
				}
			}
		}
	}
}
