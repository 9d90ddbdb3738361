package career

import (
	"slices"
	"strings"

	"tenure/extract"
	"tenure/extract/resolve"
)

// A cast tells which names of many articles are the same person's. The same
// name is one person; a name with initials, or a surname alone, is that of a
// fuller name where only one such person is told about at the organization.
type cast struct {
	key   map[string]string // folded name → folded full name
	shown map[string]string // folded full name → the name to show
}

func newCast(claims []extract.Claim) cast {
	c := cast{map[string]string{}, map[string]string{}}
	orgs := map[string]map[string]bool{} // folded name → organizations it is told of at
	spellings := map[string]map[string]int{}
	for _, cl := range claims {
		for _, name := range []string{cl.Fact.Person, cl.Fact.Successor} {
			if name == "" {
				continue
			}
			k := resolve.Fold(name)
			if orgs[k] == nil {
				orgs[k], spellings[k] = map[string]bool{}, map[string]int{}
			}
			orgs[k][resolve.OrgKey(cl.Fact.Org)] = true
			spellings[k][name]++
		}
	}
	names := sortedKeys(orgs)
	for _, short := range names {
		c.key[short] = short
		var full []string
		for _, long := range names {
			if long != short && shortens(short, long) && shares(orgs[short], orgs[long]) {
				full = append(full, long)
			}
		}
		if len(full) == 1 {
			c.key[short] = full[0]
		}
	}
	for _, k := range names {
		for c.key[c.key[k]] != c.key[k] {
			c.key[k] = c.key[c.key[k]]
		}
	}
	for _, k := range names {
		full := c.key[k]
		for s := range spellings[k] {
			if best, ok := c.shown[full]; !ok || resolve.Fuller(s, best) {
				c.shown[full] = s
			}
		}
	}
	return c
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func shares(a, b map[string]bool) bool {
	for k := range a {
		if k != "" && b[k] {
			return true
		}
	}
	return false
}

// shortens reports whether one folded name is a shorter form of another: its
// surname, or its words with initials or without the middle ones.
func shortens(short, long string) bool {
	s, l := strings.Fields(short), strings.Fields(long)
	if len(s) == 0 || len(l) < 2 || s[len(s)-1] != l[len(l)-1] || len(s) > len(l) {
		return false
	}
	if len(s) == 1 {
		return true
	}
	at := 0
	for _, w := range s[:len(s)-1] {
		for at < len(l)-1 && !initialOf(w, l[at]) {
			at++
		}
		if at == len(l)-1 {
			return false
		}
		at++
	}
	return initialOf(s[0], l[0]) && (len(s) < len(l) || short != long)
}

func initialOf(w, full string) bool {
	w = strings.TrimSuffix(w, ".")
	return w == full || len(w) == 1 && strings.HasPrefix(full, w)
}

// of returns the person's key; shown the name to show.
func (c cast) of(name string) string {
	k := resolve.Fold(name)
	if full, ok := c.key[k]; ok {
		return full
	}
	return k
}
