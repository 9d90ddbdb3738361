package pipeline

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"tenure/extract"
)

// An identify returns the entity ID of someone named in the given articles.
type identify func(kind extract.Kind, name string, articles ...string) (string, error)

// A naming finds IDs by looking into the articles, the last few of which it
// keeps.
type naming struct {
	p    *Pipeline
	kept map[string][]EntityRecord // by article ID
}

// keptNames is how many articles' entities a naming keeps.
const keptNames = 256

// id is an identify. A name that no article has an entity for gets an ID of
// its own, the same for the same name.
func (n *naming) id(kind extract.Kind, name string, articles ...string) (string, error) {
	match := newMatcher(name)
	for i, a := range articles {
		if i > 0 && a == articles[i-1] {
			continue
		}
		all, err := n.entities(a)
		if err != nil {
			return "", err
		}
		for _, e := range all {
			if e.Kind == kind && (match.name(e.Name) || slices.ContainsFunc(e.Aliases, match.name)) {
				return e.ID, nil
			}
		}
	}
	return nameID(kind, name), nil
}

func (n *naming) entities(article string) ([]EntityRecord, error) {
	if all, ok := n.kept[article]; ok {
		return all, nil
	}
	key, err := keyOfArticle(article)
	if err != nil {
		return nil, err
	}
	row, ok, err := n.p.article(key)
	if err != nil || !ok {
		return nil, err
	}
	r, err := n.p.record(row)
	if err != nil {
		return nil, err
	}
	if n.kept == nil || len(n.kept) == keptNames {
		n.kept = map[string][]EntityRecord{}
	}
	n.kept[article] = r.Entities
	return r.Entities, nil
}

// nameID is the ID of a name without an entity; it looks like others.
func nameID(kind extract.Kind, name string) string {
	return string(kind[:min(1, len(kind))]) + "-" + hashed("name", string(kind), foldName(name))
}

// hashed returns 24 hexadecimal digits that stand for the parts.
func hashed(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:12])
}

// A wrote remembers which IDs were written, in a few bytes each.
type wrote map[uint64]struct{}

// first reports whether an ID is met for the first time.
func (t wrote) first(id string) bool {
	sum := sha256.Sum256([]byte(id))
	key := binary.BigEndian.Uint64(sum[:])
	_, known := t[key]
	t[key] = struct{}{}
	return !known
}

// isoDate returns as much of a date as ISO 8601 says: a day, a month or a
// year. Of a quarter, a half, a season or a part of a year it is the year; of
// a decade nothing.
func isoDate(value string) string {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if len(layout) != len(value) {
			continue
		}
		if _, err := time.Parse(layout, value); err == nil {
			return value
		}
	}
	if year, _, ok := strings.Cut(value, "-"); ok {
		return isoDate(year)
	}
	return ""
}

// inexact returns what a date says beyond isoDate, after its label; empty if
// nothing.
func inexact(label, value string) string {
	if value == "" || isoDate(value) == value {
		return ""
	}
	return label + " " + value
}

// A moveEnd is one end of a move: a time at an organization.
type moveEnd struct {
	*PositionRecord
	name string // from or to
	org  string // ID of the organization
}

// endsOf returns both ends of a move that name an organization, and the ID of
// the person.
func endsOf(m MoveRecord, id identify) (person string, all []moveEnd, err error) {
	articles := make([]string, len(m.Evidence))
	for i, e := range m.Evidence {
		articles[i] = e.Article
	}
	if person, err = id(extract.Person, m.Person, articles...); err != nil {
		return "", nil, err
	}
	for _, e := range []moveEnd{{PositionRecord: m.From, name: "from"}, {PositionRecord: m.To, name: "to"}} {
		if e.PositionRecord == nil || e.Org == "" {
			continue
		}
		if e.org, err = id(extract.Organization, e.Org, articles...); err != nil {
			return "", nil, err
		}
		all = append(all, e)
	}
	return person, all, nil
}

// rejected reports whether a person decided that the move is wrong.
func (m MoveRecord) rejected() bool { return m.Review == "rejected" }

// status says where an end of a move stands; of where somebody went it does
// not say that they are still there.
func (e moveEnd) status(m MoveRecord) string {
	switch {
	case m.Cancelled:
		return "cancelled"
	case e.name == "from" && m.Planned:
		return extract.Leaving
	case e.name == "from":
		return extract.Former
	case m.Planned:
		return extract.Future
	}
	return ""
}
