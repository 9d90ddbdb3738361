package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"tenure/extract"
	"tenure/store"
)

// People tells the people apart that many articles tell of.
type People interface {
	// Groups returns the keys under which the people that an article has
	// facts about meet those of other articles: names that may be one
	// person's have one key.
	Groups(a *extract.Article) []string
	// People returns the people of one group. Of the articles there is what
	// they tell of people: no text, mentions, or entities that no fact names.
	// copies has, for articles that print a story others print too, what is
	// equal for all of them. The result must not depend on the order of the
	// articles or decisions.
	People(group string, articles []*extract.Article, copies map[string]string, decisions []extract.Decision) []extract.Profile
}

// byName takes everyone of one name for one person.
type byName struct{}

// Groups implements People: a person is its own group.
func (byName) Groups(a *extract.Article) []string { return peopleOf(a) }

// People implements People.
func (byName) People(group string, articles []*extract.Article, _ map[string]string, _ []extract.Decision) []extract.Profile {
	who := extract.Profile{ID: group}
	for _, a := range articles {
		for _, f := range a.Facts {
			key := extract.SightingKey{Article: a.ID, Name: f.Person}
			if personID(a, f.Person) != group || slices.Contains(who.Sightings, key) {
				continue
			}
			who.Sightings = append(who.Sightings, key)
			if who.Name == "" || f.Person < who.Name {
				who.Name = f.Person
			}
		}
	}
	if len(who.Sightings) == 0 {
		return nil
	}
	slices.SortFunc(who.Sightings, extract.SightingKey.Compare)
	return []extract.Profile{who}
}

func (p *Pipeline) people() People {
	if p.People == nil {
		return byName{}
	}
	return p.People
}

// A personRow is a person of many articles.
type personRow struct {
	extract.Profile
	Main   bool        `json:"main,omitempty"`   // the ID is that of the name in an article, not made for a namesake
	Others []otherName `json:"others,omitempty"` // names with other IDs under which articles have the person
}

// A testimony is what the articles of a group tell.
type testimony struct {
	articles []*extract.Article
	rows     map[string]telling
	copies   map[string]string
	judged   map[string]map[string]Judgement // what was said of facts, by article and what they say; nil if nothing was
}

// maxGroupArticles bounds how many articles one group's people are told apart
// by, in order of their keys.
const maxGroupArticles = 20000

func gather(tx *store.Tx, group string) (testimony, error) {
	t := testimony{rows: map[string]telling{}, copies: map[string]string{}}
	entries, err := schema.people.Scan(tx, store.Key(group), nil, maxGroupArticles)
	if err != nil {
		return t, err
	}
	for _, e := range entries {
		row, ok, err := schema.tellings.Get(tx, articleIn(e.Key))
		if err != nil {
			return t, err
		}
		if !ok {
			continue
		}
		if t.copies[row.ID], err = original(tx, row); err != nil {
			return t, err
		}
		t.rows[row.ID] = row
		t.articles = append(t.articles, &row.Article)
	}
	return t, t.gatherVerdicts(tx)
}

// claims returns all facts about a person, under one name, and those of them
// that nobody rejected.
func (t testimony) claims(who extract.Profile) (stand, all []extract.Claim) {
	for _, s := range who.Sightings {
		row := t.rows[s.Article]
		ref := row.Ref()
		ref.Copy = t.copies[s.Article]
		for _, f := range row.Facts {
			if f.Person != s.Name {
				continue
			}
			rejected := t.rejects(row.ID, f)
			f.Person = who.Name
			all = append(all, extract.Claim{Fact: f, Article: ref})
			if !rejected {
				stand = append(stand, all[len(all)-1])
			}
		}
	}
	return stand, all
}

// tellApart returns the rows of all people of a group, in order of their IDs.
func (t testimony) tellApart(people []extract.Profile) (rows []personRow) {
	for _, who := range people {
		rows = append(rows, personRow{Profile: who, Main: t.isMain(who)})
	}
	slices.SortStableFunc(rows, func(a, b personRow) int { return strings.Compare(a.ID, b.ID) })
	t.nameOthers(rows)
	return rows
}

// isMain reports whether a person's ID is that of the name in an article.
func (t testimony) isMain(who extract.Profile) bool {
	return slices.ContainsFunc(who.Sightings, func(s extract.SightingKey) bool {
		row := t.rows[s.Article]
		return personID(&row.Article, s.Name) == who.ID
	})
}

// derivePerson returns the rows that are made from a person's.
func derivePerson(group string, row personRow) ([]derivedRow, error) {
	rows := []derivedRow{{index: schema.personsByID, key: store.Key(row.ID), value: []byte(group)}}
	for _, s := range row.Sightings {
		key, err := sightedKey(s)
		if err != nil {
			return nil, err
		}
		rows = append(rows, derivedRow{index: schema.sighted, key: key, value: []byte(row.ID)})
	}
	return rows, nil
}

// putPerson writes a person and what is derived of it.
func putPerson(tx *store.Tx, group string, row personRow) error {
	rows, err := derivePerson(group, row)
	if err == nil {
		err = schema.persons.Put(tx, store.Key(group, row.ID), row)
	}
	for _, d := range rows {
		if err == nil {
			err = d.put(tx)
		}
	}
	return cmp.Or(err, countOthers(tx, row, 1))
}

// takePersons takes the people of a group out of the tables.
func takePersons(tx *store.Tx, group string) ([]personRow, error) {
	all, err := schema.persons.Scan(tx, store.Key(group), nil, 0)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		rows, err := derivePerson(group, r.Value)
		if err == nil {
			err = schema.persons.Delete(tx, r.Key)
		}
		for _, d := range rows {
			if err == nil {
				err = d.delete(tx)
			}
		}
		if err := cmp.Or(err, countOthers(tx, r.Value, -1)); err != nil {
			return nil, err
		}
	}
	return values(all), nil
}

func sightedKey(s extract.SightingKey) ([]byte, error) {
	id, err := keyOfArticle(s.Article)
	if err != nil {
		return nil, err
	}
	return store.Key(id, s.Name), nil
}

// personSighted returns the ID of the person whom an article names so, as far
// as it tells of them; else that of the name.
func personSighted(tx *store.Tx, a *extract.Article, name string) (string, error) {
	key, err := sightedKey(extract.SightingKey{Article: a.ID, Name: name})
	if err != nil {
		return "", err
	}
	id, ok, err := schema.sighted.Get(tx, key)
	if err != nil || ok {
		return string(id), err
	}
	return personID(a, name), nil
}

// moveOf returns a move's ID among all people's: that of a namesake has the
// person's in it.
func moveOf(who personRow, id string) string {
	if who.Main {
		return id
	}
	sum := sha256.Sum256([]byte(who.ID + " " + id))
	return hex.EncodeToString(sum[:8])
}

// groupOf returns the group of a person.
func groupOf(tx *store.Tx, person string) (string, bool, error) {
	group, ok, err := schema.personsByID.Get(tx, store.Key(person))
	return string(group), ok, err
}

// personByID returns a person.
func personByID(tx *store.Tx, id string) (personRow, bool, error) {
	group, ok, err := groupOf(tx, id)
	if err != nil || !ok {
		return personRow{}, false, err
	}
	return schema.persons.Get(tx, store.Key(group, id))
}

// Decide records that two sightings are of one person, or are not, and
// assembles the careers this is about anew. Of two decisions about the same
// sightings the later one counts; one with Undo set takes back the one before.
// It stays when articles are read again.
func (p *Pipeline) Decide(ctx context.Context, d extract.Decision) error {
	d.At = p.Now().UTC()
	err := p.db.Write(ctx, func(tx *store.Tx) error {
		var groups []string
		for _, s := range []extract.SightingKey{d.A, d.B} {
			group, err := groupSighted(tx, s)
			if err != nil {
				return err
			}
			groups = append(groups, group)
		}
		if groups[0] != groups[1] {
			return &RefusedError{fmt.Sprintf("%q and %q have no surname in common, and cannot be one person", d.A.Name, d.B.Name)}
		}
		if err := canUndo(tx, groups[0], d); err != nil {
			return err
		}
		n, err := schema.decisions.Next(tx)
		if err != nil {
			return err
		}
		if err := schema.decisions.Put(tx, store.Key(groups[0], n), d); err != nil {
			return err
		}
		return soil(tx, groups[:1])
	})
	if err != nil {
		return err
	}
	return p.assembleAnew(ctx)
}

// canUndo reports, as an error, that there is no decision to take back.
func canUndo(tx *store.Tx, group string, d extract.Decision) error {
	if !d.Undo {
		return nil
	}
	rows, err := schema.decisions.Scan(tx, store.Key(group), nil, 0)
	if err != nil {
		return err
	}
	for _, x := range standingDecisions(values(rows)) {
		if PairID(x.A, x.B) == PairID(d.A, d.B) {
			return nil
		}
	}
	return &NotFoundError{What: "decision to take back about", Name: PairID(d.A, d.B)}
}

func groupSighted(tx *store.Tx, s extract.SightingKey) (string, error) {
	key, err := sightedKey(s)
	if err != nil {
		return "", err
	}
	id, ok, err := schema.sighted.Get(tx, key)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", &NotFoundError{What: "person in article " + s.Article, Name: s.Name}
	}
	group, ok, err := groupOf(tx, string(id))
	if err == nil && !ok {
		err = &NotFoundError{What: "person", Name: string(id)}
	}
	return group, err
}

// Decisions returns all that was decided, oldest first within a group.
func (p *Pipeline) Decisions() (all []extract.Decision, err error) {
	err = walk(p.db, schema.decisions, nil, func(_ []byte, d extract.Decision) error {
		all = append(all, d)
		return nil
	})
	return all, err
}

// Person returns what is known of one person over all articles: by ID.
func (p *Pipeline) Person(id string) (who extract.Profile, ok bool, err error) {
	err = p.db.View(func(tx *store.Tx) error {
		row, found, err := personByID(tx, id)
		who, ok = row.Profile, found
		return err
	})
	return who, ok, err
}

// peopleIn returns what the IDs of persons in an article stand for where that
// is another person than the name alone says.
func peopleIn(tx *store.Tx, a *extract.Article) (map[string]string, error) {
	id, err := keyOfArticle(a.ID)
	if err != nil {
		return nil, err
	}
	entries, err := schema.sighted.Scan(tx, id, nil, 0)
	if err != nil {
		return nil, err
	}
	var other map[string]string
	for _, e := range entries {
		name := store.ReadKey(e.Key[len(id):]).String()
		if was := personID(a, name); was != "" && was != string(e.Value) {
			if other == nil {
				other = map[string]string{}
			}
			other[was] = string(e.Value)
		}
	}
	return other, nil
}
