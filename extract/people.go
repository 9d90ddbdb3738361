package extract

import (
	"cmp"
	"strings"
	"time"
)

// A SightingKey names a person as one article tells of them, for as long as
// the article says so.
type SightingKey struct {
	Article string `json:"article"` // ID
	Name    string `json:"name"`    // fullest form in the article
}

// Compare orders keys by article, then by name.
func (k SightingKey) Compare(o SightingKey) int {
	return cmp.Or(strings.Compare(k.Article, o.Article), strings.Compare(k.Name, o.Name))
}

// A Profile is the sightings of one person in many articles.
type Profile struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`              // fullest form of all
	Aliases   []string      `json:"aliases,omitempty"` // other forms, sorted
	Sightings []SightingKey `json:"sightings"`         // sorted
	Reasons   []Reason      `json:"reasons,omitempty"` // sorted
}

// A Reason is why a sighting is, or is not, of a person.
type Reason struct {
	Same bool        `json:"same"`
	With SightingKey `json:"with"`             // the sighting that was added, or kept apart
	From string      `json:"person,omitempty"` // whose sighting With is, where it was kept apart
	Why  string      `json:"why"`              // "shares Meta with article 12"
}

// A Decision is what somebody decided about two sightings. It stands until a
// later one about the same two, so a merge can be undone and a parting, too.
type Decision struct {
	A    SightingKey `json:"a"` // the one that was looked at: told apart, it is A that goes
	B    SightingKey `json:"b"`
	Same bool        `json:"same"`
	Undo bool        `json:"undo,omitempty"` // the last one about the two before this does not count
	At   time.Time   `json:"at"`
}
