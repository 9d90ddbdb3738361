// Package gazetteer knows names: given names and surnames of many
// countries, companies and media, universities, places, and words that stand
// before a name. [Default] is the embedded list, whose sources and licences
// SOURCES.md names; [New] adds a user's own entries.
//
// A gazetteer does not decide. It tells a recognizer what a word or a run of
// words may be ([Class]); only a user's own entry says what it is.
//
// Names are looked up by the hashes of their words, without regard to case
// and accents, so a text is matched in one pass and nothing is allocated.
package gazetteer

import (
	"fmt"

	"tenure/extract"
)

// A Class is what a name may be; a name may be several things.
type Class uint16

// The classes of names.
const (
	GivenName     Class = 1 << iota // of the common ones of many countries
	Surname                         // the same
	RareGivenName                   // seen as a given name somewhere
	RareSurname                     // seen as a surname somewhere
	Company                         // listed in the United States
	Organization                    // companies, media, agencies, clubs of today's news
	University                      // universities and colleges of the world
	Country                         // countries and their regions
	City                            // of 100,000 people or more
	Town                            // of 5,000 or more
	Demonym                         // "French"
	Thing                           // products, models, events, laws
	Title                           // "Chief Executive", "Dr."
	Celebrity                       // well-known people, full name
	Term                            // acronyms and capitalized words that are no names: "API"
	more                            // not a class: a longer name begins with these words
)

// An Entry is a name a user adds.
type Entry struct {
	Name    string
	Kind    extract.Kind
	Aliases []string
}

// A Gazetteer is a set of names. It is safe for concurrent use and never
// changes.
type Gazetteer struct {
	names *table
	user  map[uint64]extract.Kind // by hash of the whole name; "" where a longer name begins so
}

// New returns the embedded gazetteer with the user's entries added. It
// fails for an entry without letters or with a kind that is none.
func New(entries ...Entry) (*Gazetteer, error) {
	names, err := load()
	if err != nil {
		return nil, err
	}
	g := &Gazetteer{names: names}
	for _, e := range entries {
		switch e.Kind {
		case extract.Person, extract.Organization, extract.Place, extract.Other:
		default:
			return nil, fmt.Errorf("name %q: unknown kind %q", e.Name, e.Kind)
		}
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			if err := g.addUser(name, e.Kind); err != nil {
				return nil, err
			}
		}
	}
	return g, nil
}

// Default returns the embedded gazetteer.
func Default() (*Gazetteer, error) { return New() }

// addUser adds a name to the user's own.
func (g *Gazetteer) addUser(name string, kind extract.Kind) error {
	words := Words(name)
	if len(words) == 0 || len(words) > MaxWords {
		return fmt.Errorf("name %q: want 1 to %d words", name, MaxWords)
	}
	if g.user == nil {
		g.user = map[uint64]extract.Kind{}
	}
	var h Hash
	for i, w := range words {
		h = h.Then(HashWord(w))
		if i == len(words)-1 {
			g.user[uint64(h)] = kind
		} else if _, known := g.user[uint64(h)]; !known {
			g.user[uint64(h)] = ""
		}
	}
	return nil
}

// MaxWords is the longest name, in words.
const MaxWords = 12

// Word returns what a single word may be.
func (g *Gazetteer) Word(w Hash) Class { return g.names.get(Hash(0).Then(w)) &^ more }

// Longest returns how many of the first of words are the longest name that
// begins there, and what it may be; 0 if none does.
func (g *Gazetteer) Longest(words []Hash) (n int, c Class) {
	var h Hash
	for i, w := range words[:min(len(words), MaxWords)] {
		h = h.Then(w)
		found := g.names.get(h)
		if found&^more != 0 {
			n, c = i+1, found&^more
		}
		if found&more == 0 {
			break
		}
	}
	return n, c
}

// HasUser reports whether the user added names.
func (g *Gazetteer) HasUser() bool { return len(g.user) > 0 }

// User returns how many of the first of words are the longest name that the
// user added, and its kind; 0 if none begins there.
func (g *Gazetteer) User(words []Hash) (n int, kind extract.Kind) {
	if len(g.user) == 0 {
		return 0, ""
	}
	var h Hash
	for i, w := range words[:min(len(words), MaxWords)] {
		h = h.Then(w)
		k, known := g.user[uint64(h)]
		if !known {
			break
		}
		if k != "" {
			n, kind = i+1, k
		}
	}
	return n, kind
}
