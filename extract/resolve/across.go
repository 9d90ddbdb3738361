package resolve

import (
	"slices"

	"tenure/extract"
)

// Across tells the people of many articles apart, for a pipeline. Its zero
// value works.
type Across struct{}

// Groups returns the keys under which the people that an article has facts
// about meet those of other articles, each once.
func (Across) Groups(a *extract.Article) []string {
	var groups []string
	for _, s := range Sightings(a) {
		if g := NameGroup(s.Name); g != "" && !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
	}
	return groups
}

// People returns the people of one group. copies has, for the articles that
// print a story others print too, what is equal for all of them.
func (Across) People(group string, articles []*extract.Article, copies map[string]string, decisions []extract.Decision) []extract.Profile {
	var all []Sighting
	for _, a := range articles {
		for _, s := range Sightings(a) {
			if NameGroup(s.Name) == group {
				s.Copy = copies[a.ID]
				all = append(all, s)
			}
		}
	}
	return People(all, decisions)
}
