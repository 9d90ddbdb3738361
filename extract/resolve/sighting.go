package resolve

import (
	"cmp"
	"slices"

	"tenure/extract"
)

// A Sighting is one person as one article tells of them.
type Sighting struct {
	Article   string        // its ID
	Name      string        // fullest form in the article
	Aliases   []string      // other forms there
	Published extract.Stamp // of the article
	Copy      string        // equal for articles that print the same story; may be empty
	Posts     []Post
	With      []string // others that the article tells of
	Tags      []string // of the article
}

// A Post is a place where an article tells that the person works, or worked.
type Post struct {
	Org, Role   string
	From, Until extract.Date // as far as they are told
	Current     bool         // held when the article was published
	Died        bool         // the end is that of a life
}

// SightingKey names a sighting.
type SightingKey = extract.SightingKey

// Key returns the name of the sighting.
func (s Sighting) Key() SightingKey { return SightingKey{Article: s.Article, Name: s.Name} }

// maxWith bounds the other people kept of one article.
const maxWith = 32

// Sightings returns the people that an article has facts about, in order of
// the facts, with what it says of each. Copy is left to the caller, who alone
// knows other articles.
func Sightings(a *extract.Article) []Sighting {
	var names []string
	for _, f := range a.Facts {
		for _, n := range []string{f.Person, f.Successor} {
			if n != "" && !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	out := make([]Sighting, 0, len(names))
	for _, n := range names {
		s := Sighting{Article: a.ID, Name: n, Published: a.Published, Tags: a.Tags, Posts: posts(a, n)}
		for _, e := range a.Entities {
			if e.Kind == extract.Person && e.Name == n {
				s.Aliases = e.Aliases
			}
		}
		for _, o := range names {
			if o != n && len(s.With) < maxWith {
				s.With = append(s.With, o)
			}
		}
		out = append(out, s)
	}
	return out
}

// posts gathers what the facts of an article say of where the person works.
func posts(a *extract.Article, name string) []Post {
	var out []Post
	at := func(org, role string) *Post {
		for i := range out {
			if p := &out[i]; OrgKey(p.Org) == OrgKey(org) && (p.Role == "" || role == "" || p.Role == role) {
				p.Role = cmp.Or(p.Role, role)
				return p
			}
		}
		out = append(out, Post{Org: org, Role: role})
		return &out[len(out)-1]
	}
	for _, f := range a.Facts {
		switch {
		case f.Successor == name && f.Org != "":
			at(f.Org, f.Role).Current = !f.Planned
		case f.Person != name || f.Org == "" || f.Planned:
		default:
			at(f.Org, f.Role).take(f)
		}
	}
	return out
}

// take adds what a fact says of the post.
func (p *Post) take(f extract.Fact) {
	date := f.Date
	if f.DateKind == extract.Announced {
		date = extract.Date{}
	}
	switch f.Type {
	case extract.Left, extract.ReplacedBy:
		p.Until = date
		p.Died = p.Died || f.Manner == extract.Died
		p.Current = false
	case extract.Joined, extract.Appointed, extract.Promoted, extract.Founded:
		p.From = date
	case extract.RoleAt:
		if !date.IsZero() {
			p.From = date
		}
		if !f.DateEnd.IsZero() {
			p.Until = f.DateEnd
		}
		p.Current = f.Status == extract.Current && p.Until.IsZero()
	}
}

// String says the post as a reason does: "coach of Real Madrid 2019-2024".
func (p Post) String() string {
	s := p.Org
	if p.Role != "" {
		s = p.Role + " of " + p.Org
	}
	from, until := yearOf(p.From), yearOf(p.Until)
	switch {
	case from != "" && until != "" && from != until:
		return s + " " + from + "-" + until
	case until != "" && from == "":
		return s + " until " + until
	case from != "" && until == "":
		return s + " since " + from
	case from != "":
		return s + " in " + from
	}
	return s
}

func yearOf(d extract.Date) string { return d.Value[:min(4, len(d.Value))] }
