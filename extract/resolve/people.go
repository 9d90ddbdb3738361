package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tenure/extract"
)

// Data of many articles that others keep.
type (
	Decision = extract.Decision
	Person   = extract.Profile
	Reason   = extract.Reason
)

// People tells which sightings are of one person. They are those of one
// [NameGroup]; others never meet. The order of the arguments does not
// matter.
//
// Names that fit are one person's unless something speaks against it:
// posts held at once that one person cannot hold, a death, a middle name.
// A common name, or an initial or a surname alone, needs more: an
// organization, a story, a companion, a field or the next post shared. What
// was decided goes before all that.
//
// A person's ID is that of the name in the first article about them, by
// publication, so it stays as more is read; namesakes that came later have
// the article in their ID, too.
func People(sightings []Sighting, decisions []Decision) []Person {
	g := newGathering(sightings)
	g.decide(decisions)
	g.byEvidence(variant)
	g.byName()
	g.byEvidence(partial)
	return g.persons()
}

// A sighting is a Sighting being placed.
type sighting struct {
	Sighting
	name   personName
	alike  *[]match // the sightings whose names are alike; one list for each spelling
	posts  []held
	tag    string   // a tag that is the person's name
	with   []string // keys of Sighting.With; empty for a name too short to tell
	common bool
	moved  bool // decided to be somebody else than supposed: placed last
}

// A match is a sighting by its place, and how alike its name is.
type match struct {
	at  int
	how alikeness
}

// A cluster is sightings taken for one person's.
type cluster struct {
	members []int // sorted
	names   []personName
	posts   []held
	reasons []Reason
	common  bool
}

// A gathering is the sightings of one name group while they are placed.
type gathering struct {
	seen     []sighting
	of       []*cluster
	place    map[SightingKey]int
	apart    map[[2]int]bool // pairs that were decided to be two people
	refusals map[string]bool // told already
}

// maxSightings bounds the work on one name group; the latest are left out.
const maxSightings = 4000

func newGathering(sightings []Sighting) *gathering {
	sorted := slices.Clone(sightings)
	slices.SortFunc(sorted, func(a, b Sighting) int {
		if c := cmp.Or(compareStamps(a.Published, b.Published), a.Key().Compare(b.Key())); c != 0 {
			return c
		}
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) // one too many: which of them stays must not be chance
	})
	sorted = slices.CompactFunc(sorted, func(a, b Sighting) bool { return a.Key() == b.Key() })
	sorted = sorted[:min(len(sorted), maxSightings)]
	g := &gathering{place: map[SightingKey]int{}, apart: map[[2]int]bool{}, refusals: map[string]bool{}}
	for i, s := range sorted {
		x := sighting{Sighting: s, name: parsePerson(s.Name)}
		x.common = commonName(x.name)
		for _, t := range s.Tags {
			if strings.ReplaceAll(Fold(t), " ", "") == x.name.whole() {
				x.tag = t
			}
		}
		for _, p := range s.Posts {
			x.posts = append(x.posts, hold(p, s.Published))
		}
		c := &cluster{members: []int{i}, names: []personName{x.name}, common: x.common, posts: slices.Clone(x.posts)}
		for _, w := range s.With {
			n := parsePerson(w)
			key := ""
			if n.given != "" && len(n.given) > 1 {
				key = n.key()
			}
			x.with = append(x.with, key)
		}
		g.seen, g.of, g.place[s.Key()] = append(g.seen, x), append(g.of, c), i
	}
	g.match()
	return g
}

// match finds the alike names, comparing every two spellings once.
func (g *gathering) match() {
	bySpelling := map[string]*[]match{}
	first := map[string]int{}
	for i := range g.seen {
		n := g.seen[i].Name
		if bySpelling[n] == nil {
			bySpelling[n], first[n] = &[]match{}, i
		}
		g.seen[i].alike = bySpelling[n]
	}
	how := map[[2]int]alikeness{}
	for _, i := range first {
		for _, j := range first {
			if h := g.seen[i].name.compare(g.seen[j].name); h != unlike {
				how[[2]int{i, j}] = h
			}
		}
	}
	for n, list := range bySpelling {
		for j := range g.seen {
			if h := how[[2]int{first[n], first[g.seen[j].Name]}]; h != unlike {
				*list = append(*list, match{j, h})
			}
		}
	}
}

// compareStamps orders by day; what has none comes last.
func compareStamps(a, b extract.Stamp) int {
	if a.IsZero() || b.IsZero() {
		return b2i(a.IsZero()) - b2i(b.IsZero())
	}
	return a.Time.Compare(b.Time)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// decide applies decisions, the latest first; one that an applied one
// contradicts is left out.
func (g *gathering) decide(decisions []Decision) {
	sorted := slices.Clone(decisions)
	slices.SortFunc(sorted, func(a, b Decision) int {
		return cmp.Or(b.At.Compare(a.At), a.A.Compare(b.A), a.B.Compare(b.B), b2i(a.Same)-b2i(b.Same))
	})
	decided := map[[2]int]bool{}
	for _, d := range sorted {
		i, known := g.place[d.A]
		j, known2 := g.place[d.B]
		if !known || !known2 || i == j || decided[pair(i, j)] {
			continue
		}
		decided[pair(i, j)] = true
		switch {
		case d.Same && !g.decidedApart(g.of[i], g.of[j]):
			g.join(i, j, "decided")
		case !d.Same && g.of[i] != g.of[j]:
			g.apart[pair(i, j)] = true
			g.seen[i].moved = true
			g.refuse(i, j, "decided")
		}
	}
}

func pair(i, j int) [2]int { return [2]int{min(i, j), max(i, j)} }

func (g *gathering) decidedApart(a, b *cluster) bool {
	if len(g.apart) == 0 {
		return false
	}
	for _, i := range a.members {
		for _, j := range b.members {
			if g.apart[pair(i, j)] {
				return true
			}
		}
	}
	return false
}

// byEvidence joins sightings whose names are at least so alike and that
// share something. A partial name must fit one person only.
func (g *gathering) byEvidence(least alikeness) {
	for _, moved := range []bool{false, true} {
		for i := range g.seen {
			if g.seen[i].moved == moved {
				g.placeByEvidence(i, least)
			}
		}
	}
}

func (g *gathering) placeByEvidence(i int, least alikeness) {
	if least == partial && !g.seen[i].name.short() {
		return
	}
	fits, fit, why := 0, 0, ""
	tried := map[*cluster]bool{}
	for _, m := range *g.seen[i].alike {
		j := m.at
		if j == i || g.of[i] == g.of[j] || tried[g.of[j]] && least == partial || g.seen[j].moved && !g.seen[i].moved {
			continue
		}
		if m.how < least || least == partial && m.how != partial {
			continue
		}
		words := shared(&g.seen[i], &g.seen[j])
		if words == "" {
			continue
		}
		if least == variant {
			g.tryJoin(i, j, words)
			continue
		}
		tried[g.of[j]] = true
		fits, fit, why = fits+1, j, words
	}
	if fits == 1 {
		g.tryJoin(i, fit, why)
	}
}

// byName joins those whose names fit, where the name is not common, in the
// order in which they were first told of.
func (g *gathering) byName() {
	for _, moved := range []bool{false, true} {
		for i := range g.seen {
			if g.seen[i].moved == moved {
				g.placeByName(i, moved)
			}
		}
	}
}

func (g *gathering) placeByName(i int, moved bool) {
	tried := map[*cluster]bool{}
	for _, m := range *g.seen[i].alike {
		j := m.at
		c := g.of[j]
		if j == i || m.how < variant || c == g.of[i] || tried[c] || g.seen[j].moved && !moved || !moved && j > i {
			continue
		}
		tried[c] = true
		if g.seen[i].common && g.seen[j].common {
			g.refuse(i, j, "the name is common and nothing else is shared")
		} else if g.tryJoin(i, j, "the same name") {
			return
		}
	}
}

// tryJoin joins the clusters of two sightings unless something speaks
// against it.
func (g *gathering) tryJoin(i, j int, why string) bool {
	a, b := g.of[i], g.of[j]
	if g.decidedApart(a, b) {
		return false
	}
	if a.members[0] > b.members[0] {
		a, b = b, a
	}
	for _, m := range a.names {
		for _, n := range b.names {
			if m.compare(n) == unlike {
				g.refuse(i, j, "the names differ: "+g.seen[a.members[0]].Name+", "+g.seen[b.members[0]].Name)
				return false
			}
		}
	}
	for _, p := range a.posts {
		for _, q := range b.posts {
			if words := against(p, q, a.common && b.common); words != "" {
				g.refuse(i, j, words)
				return false
			}
		}
	}
	g.join(i, j, why)
	return true
}

// join makes one cluster of those of two sightings.
func (g *gathering) join(i, j int, why string) {
	a, b := g.of[i], g.of[j]
	if a == b {
		return
	}
	if a.members[0] > b.members[0] {
		a, b = b, a
	}
	added := max(i, j)
	if g.of[added] == a {
		added = min(i, j)
	}
	other := i + j - added
	a.reasons = append(append(a.reasons, b.reasons...), Reason{Same: true, With: g.seen[added].Key(), Why: fmt.Sprintf("%s with article %s", why, g.seen[other].Article)})
	a.members = append(a.members, b.members...)
	slices.Sort(a.members)
	for _, n := range b.names {
		if !slices.ContainsFunc(a.names, func(m personName) bool { return m.whole() == n.whole() && m.called == n.called }) {
			a.names = append(a.names, n)
		}
	}
	a.takePosts(b.posts)
	a.common = a.common && b.common
	for _, k := range b.members {
		g.of[k] = a
	}
}

// maxPosts bounds the posts that one person is compared by.
const maxPosts = 64

func (c *cluster) takePosts(posts []held) {
	for _, p := range posts {
		known := slices.ContainsFunc(c.posts, func(q held) bool {
			return q.key == p.key && q.Role == p.Role && q.from.Equal(p.from) && q.until.Equal(p.until)
		})
		if !known && len(c.posts) < maxPosts {
			c.posts = append(c.posts, p)
		}
	}
}

// refuse notes at both clusters why they are two people.
func (g *gathering) refuse(i, j int, why string) {
	a, b := g.of[i], g.of[j]
	key := fmt.Sprint(min(a.members[0], b.members[0]), max(a.members[0], b.members[0]), why)
	if g.refusals[key] || len(a.reasons) > maxReasons || len(b.reasons) > maxReasons {
		return
	}
	g.refusals[key] = true
	a.reasons = append(a.reasons, Reason{With: g.seen[j].Key(), Why: "kept apart: " + why})
	b.reasons = append(b.reasons, Reason{With: g.seen[i].Key(), Why: "kept apart: " + why})
}

// maxReasons bounds the reasons kept of one person.
const maxReasons = 200

// persons returns the clusters, in order of their first sightings.
func (g *gathering) persons() []Person {
	ids := map[*cluster]string{}
	taken := map[string]bool{}
	var order []*cluster
	for i, c := range g.of {
		if c.members[0] != i {
			continue
		}
		first := g.seen[i]
		id := ID(extract.Person, first.Name)
		if taken[id] {
			id = ID(extract.Person, first.Name+" in "+first.Article)
		}
		taken[id], ids[c] = true, id
		order = append(order, c)
	}
	out := make([]Person, 0, len(order))
	for _, c := range order {
		out = append(out, g.person(c, ids))
	}
	return out
}

func (g *gathering) person(c *cluster, ids map[*cluster]string) Person {
	p := Person{ID: ids[c]}
	var names []string
	for _, i := range c.members {
		s := g.seen[i]
		p.Sightings = append(p.Sightings, s.Key())
		names = append(append(names, s.Name), s.Aliases...)
		if p.Name == "" || Fuller(s.Name, p.Name) {
			p.Name = s.Name
		}
	}
	slices.SortFunc(p.Sightings, SightingKey.Compare)
	slices.Sort(names)
	for _, n := range slices.Compact(names) {
		if n != p.Name {
			p.Aliases = append(p.Aliases, n)
		}
	}
	for _, r := range c.reasons {
		at := g.of[g.place[r.With]]
		switch {
		case r.Same:
		case at == c:
			continue // joined in the end, by way of others
		default:
			r.From = ids[at]
		}
		p.Reasons = append(p.Reasons, r)
	}
	slices.SortFunc(p.Reasons, func(a, b Reason) int {
		return cmp.Or(b2i(b.Same)-b2i(a.Same), a.With.Compare(b.With), strings.Compare(a.Why, b.Why))
	})
	return p
}

// Fuller reports whether spelling a of a name is to be shown before b: more
// words, then more letters, then accents, then not all in capitals.
func Fuller(a, b string) bool {
	return cmp.Or(
		cmp.Compare(len(strings.Fields(a)), len(strings.Fields(b))),
		cmp.Compare(len([]rune(a)), len([]rune(b))),
		cmp.Compare(len(a), len(b)),
		cmp.Compare(a, b),
	) > 0
}
