package pipeline

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tenure/extract"
	"tenure/store"
)

// Totals say in how many articles an entity is, and how often it is mentioned,
// under each of its names, so that nobody has to look through all rows of a
// name that is in the news. Names are a text with a hash:
//
//	key                        text    numbers
//	ID, "=", hash              names   articles, mentions   what articles name so
//	person ID, "+", hash       names   articles, mentions   those that mean this person by a name with another ID
//	ID, "-", person ID, hash   names   articles, mentions   those of "=" that mean another person
const (
	totalNamed = "="
	totalMore  = "+"
	totalLess  = "-"
)

// nameHash is how many bytes of a hash of names are in a key.
const nameHash = 12

func hashOfNames(names []byte) []byte {
	sum := sha256.Sum256(names)
	return sum[:nameHash]
}

// packNames codes the kind and the names of an entity; the order of aliases
// does not count.
func packNames(e extract.Entity) []byte {
	e.Mentions = 0
	if !slices.IsSorted(e.Aliases) {
		e.Aliases = slices.Sorted(slices.Values(e.Aliases))
	}
	b, _ := entityRow{Entity: e}.AppendBinary(make([]byte, 0, 64)) // never fails
	return b
}

// unpackNames is what packNames made.
func unpackNames(id string, names []byte) (e extract.Entity, err error) {
	var r entityRow
	err = r.readNames(names)
	e = r.Entity
	e.ID = id
	return e, err
}

// A total is a row of totals.
type total struct {
	key, names         []byte
	articles, mentions int64
}

// add adds a total to what is kept, or takes it away again.
func (t total) add(tx *store.Tx, sign int64) error {
	return schema.totals.Add(tx, t.key, t.names, sign*t.articles, sign*t.mentions)
}

// totalOf is what an article has of an entity.
func totalOf(e extract.Entity) total {
	names := packNames(e)
	return total{store.Key(e.ID, totalNamed, hashOfNames(names)), names, 1, int64(e.Mentions)}
}

// An otherName is what articles have of a person under names with the ID of
// another entity.
type otherName struct {
	ID       string `json:"id"`
	Names    []byte `json:"names"` // packed
	Articles int64  `json:"articles"`
	Mentions int64  `json:"mentions"`

	// Those of them that are not of whom the ID is: an article has a name for
	// one person, if it tells of two by names of one entity.
	Taken         int64 `json:"taken,omitempty"`
	TakenMentions int64 `json:"taken_mentions,omitempty"`
}

// totals are what a person has under other names, and what those lack whose
// names they are.
func (r personRow) totals() (all []total) {
	for _, o := range r.Others {
		hash := hashOfNames(o.Names)
		all = append(all, total{store.Key(r.ID, totalMore, hash), o.Names, o.Articles, o.Mentions},
			total{store.Key(o.ID, totalLess, r.ID, hash), o.Names, o.Taken, o.TakenMentions})
	}
	return all
}

func countOthers(tx *store.Tx, who personRow, sign int64) error {
	for _, t := range who.totals() {
		if err := t.add(tx, sign); err != nil {
			return err
		}
	}
	return nil
}

// A nameIn is an entity in an article.
type nameIn struct{ article, id string }

// nameOthers fills in the other names of people.
func (t testimony) nameOthers(people []personRow) {
	for i := range people {
		t.nameOthersOf(&people[i])
	}
}

func (t testimony) nameOthersOf(who *personRow) {
	who.Others = nil
	met := map[nameIn]bool{}
	for _, s := range who.Sightings {
		a := t.rows[s.Article]
		n := nameIn{s.Article, personID(&a.Article, s.Name)}
		if n.id == "" || n.id == who.ID {
			continue
		}
		e := entityOf(&a.Article, n.id)
		o := who.otherName(e)
		if !met[n] {
			met[n] = true
			o.Articles++
			o.Mentions += int64(e.Mentions)
		}
		if firstTold(&a.Article, e) == s.Name {
			o.Taken++
			o.TakenMentions += int64(e.Mentions)
		}
	}
}

// entityOf returns the entity of an article with an ID, the last one as in
// derive.
func entityOf(a *extract.Article, id string) (e extract.Entity) {
	for _, x := range a.Entities {
		if x.ID == id {
			e = x
		}
	}
	return e
}

// firstTold returns the first name of an entity that a fact names, and that is
// not another entity's: whom it means has the entity. That is so whatever else is known of the people, who
// may be told apart in groups of their own.
func firstTold(a *extract.Article, e extract.Entity) string {
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		told := slices.ContainsFunc(a.Facts, func(f extract.Fact) bool { return f.Person == name || f.Successor == name })
		if told && personID(a, name) == e.ID {
			return name
		}
	}
	return ""
}

// otherName returns the place of what is under the names of an entity.
func (r *personRow) otherName(e extract.Entity) *otherName {
	o := otherName{ID: e.ID, Names: packNames(e)}
	i, found := slices.BinarySearchFunc(r.Others, o, func(a, b otherName) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), slices.Compare(a.Names, b.Names))
	})
	if !found {
		r.Others = slices.Insert(r.Others, i, o)
	}
	return &r.Others[i]
}

// alsoSighted adds the people whom articles mean by the names of entities.
func alsoSighted(tx *store.Tx, ids []string) ([]string, error) {
	all := slices.Clone(ids)
	for _, id := range ids {
		prefix := store.Key(id, totalLess)
		err := schema.totals.Each(tx, prefix, func(key, _ []byte, _ []int64) error {
			if who := store.ReadKey(key[len(prefix):]).String(); who != all[len(all)-1] {
				all = append(all, who)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// isNamed reports whether an entity has a folded name in some article.
func isNamed(tx *store.Tx, id, name string) (found bool, err error) {
	err = schema.totals.Each(tx, store.Key(id, totalNamed), func(_, names []byte, n []int64) error {
		e, err := unpackNames(id, names)
		if err == nil && n[0] > 0 && slices.Contains(namesOf(e), name) {
			found, err = true, store.ErrStop
		}
		return err
	})
	return found, err
}

// totalRows are totals as they should be, by key.
type totalRows map[string]total

func (r totalRows) add(all ...total) {
	for _, t := range all {
		was := r[string(t.key)]
		t.articles, t.mentions = t.articles+was.articles, t.mentions+was.mentions
		r[string(t.key)] = t
	}
}

// rows returns the rows in order of their keys.
func (r totalRows) rows() (rows []madeRow) {
	for _, key := range slices.Sorted(maps.Keys(r)) {
		if t := r[key]; t.articles != 0 || t.mentions != 0 {
			rows = append(rows, madeRow{t.key, totalValue(t.names, t.articles, t.mentions)})
		}
	}
	return rows
}

// totalValue is a value to compare by.
func totalValue(names []byte, numbers ...int64) []byte {
	return fmt.Appendf(bytes.Clone(names), " %d", numbers)
}
