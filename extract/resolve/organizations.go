package resolve

import (
	_ "embed"
	"strings"

	"tenure/extract"
)

// An OrgName is another name of an organization.
type OrgName struct {
	Name   string
	Until  string // "2021-10": until then it was its name; empty: it still is one
	How    string // renamed, merged, legal, short or long
	Source string // where that can be read
}

// A Parent is the organization that another belongs, or belonged, to.
type Parent struct {
	Name         string
	Since, Until string // months; an empty Until means still
	Source       string
}

// OrgKey returns what all names of one organization share: case, accents,
// "the", legal forms and the table of names aside, so that "Facebook, Inc."
// and "Meta Platforms" have one key. A part has a key of its own.
func OrgKey(name string) string {
	key := foldOrg(name)
	if shown, ok := organizations.shown[key]; ok {
		return foldOrg(shown)
	}
	return key
}

// OrgShown returns the name by which an organization of several names is
// shown; the name itself for all others.
func OrgShown(name string) string {
	if shown, ok := organizations.shown[foldOrg(name)]; ok {
		return shown
	}
	return name
}

// OrgNames returns the other names that an organization bears or has borne,
// in the order of the table.
func OrgNames(name string) []OrgName { return organizations.names[OrgKey(name)] }

// ParentOf returns the organization that the named one belongs to.
func ParentOf(name string) (Parent, bool) {
	p, ok := organizations.parent[OrgKey(name)]
	return p, ok
}

// PartOf returns the name of the organization that the named one belongs to
// now, empty if none is known.
func PartOf(name string) string {
	if p, ok := ParentOf(name); ok && p.Until == "" {
		return p.Name
	}
	return ""
}

// related reports whether one of two organizations, by their keys, is a part
// of the other or both are parts of a third.
func related(a, b string) bool {
	if a == b {
		return true
	}
	return root(a) == root(b)
}

// root returns the key of the organization at the top.
func root(key string) string {
	for range 8 { // a table with a circle in it must not hang
		p, ok := organizations.parent[key]
		if !ok {
			break
		}
		key = OrgKey(p.Name)
	}
	return key
}

//go:embed data/names.tsv
var orgNames string

//go:embed data/parts.tsv
var orgParts string

// organizations are the tables, by key. Read only.
var organizations = readOrganizations(orgNames, orgParts)

type orgTables struct {
	shown  map[string]string // folded name → the name to show
	names  map[string][]OrgName
	parent map[string]Parent
}

func readOrganizations(names, parts string) orgTables {
	t := orgTables{map[string]string{}, map[string][]OrgName{}, map[string]Parent{}}
	for _, r := range rows(names, 5) {
		key := foldOrg(r[0])
		t.shown[key], t.shown[foldOrg(r[1])] = r[0], r[0]
		t.names[key] = append(t.names[key], OrgName{r[1], r[2], r[3], r[4]})
	}
	for _, r := range rows(parts, 5) {
		t.parent[foldOrg(r[0])] = Parent{r[1], r[2], r[3], r[4]}
	}
	return t
}

// rows cuts a table into its rows of n cells; "#" begins a remark.
func rows(table string, n int) [][]string {
	var all [][]string
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cells) == n && !strings.HasPrefix(line, "#") {
			all = append(all, cells)
		}
	}
	return all
}

func foldOrg(name string) string { return foldKind(extract.Organization, name) }
