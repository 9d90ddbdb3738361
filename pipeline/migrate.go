package pipeline

import (
	"context"
	"errors"

	"tenure/store"
)

// migrateBatch is how many articles one step of a migration takes.
const migrateBatch = 256

// unmadeKey marks that moves nobody makes any more are to be dropped once all
// are assembled anew.
var unmadeKey = []byte("sweep")

// Migrations brings data files of earlier versions up to date, for
// store.Options. The list only grows at its end.
func Migrations(people People) []store.Migration {
	return []store.Migration{
		{Name: "people told apart by more than their names; many small rows packed", Step: func(tx *store.Tx, after []byte) ([]byte, error) {
			return groupArticles(tx, people, after)
		}},
		{Name: "what articles tell of people kept apart from the rest of them", Step: partArticles},
		{Name: "totals of entities kept", Step: countAll},
	}
}

// groupArticles gives articles their groups, and has the moves of everyone
// assembled anew by the next run. The rows of moves stay until then: they tell
// when each last changed.
func groupArticles(tx *store.Tx, people People, after []byte) ([]byte, error) {
	if after == nil {
		if err := dropUnpacked(tx); err != nil {
			return nil, err
		}
		for _, x := range []store.Index{schema.people, schema.dirty, schema.movesOf} {
			if err := x.Clear(tx); err != nil {
				return nil, err
			}
		}
		if err := schema.underway.Put(tx, unmadeKey, nil); err != nil {
			return nil, err
		}
	}
	rows, err := schema.articles.Scan(tx, nil, after, migrateBatch)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	for _, r := range rows {
		r.Value.Groups = people.Groups(&r.Value.Article)
		if err := schema.articles.Put(tx, r.Key, r.Value); err != nil {
			return nil, err
		}
		if err := replaceDerived(tx, r.Key, articleRow{}, r.Value); err != nil {
			return nil, err
		}
		if err := soil(tx, r.Value.Groups); err != nil {
			return nil, err
		}
	}
	return rows[len(rows)-1].Key, nil
}

// partArticles writes rows of articles anew, in parts, and those of the people
// they tell of.
func partArticles(tx *store.Tx, after []byte) ([]byte, error) {
	rows, err := schema.articles.Scan(tx, nil, after, migrateBatch)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	for _, r := range rows {
		if err := schema.articles.Put(tx, r.Key, r.Value); err != nil {
			return nil, err
		}
		for _, i := range toldOf(&r.Value.Article) {
			e := r.Value.Entities[i]
			if err := schema.entities.Put(tx, store.Key(e.ID, r.Key), entityRow{e, r.Value.ID, true}); err != nil {
				return nil, err
			}
		}
	}
	return rows[len(rows)-1].Key, nil
}

// What begins how far countAll has come.
const (
	countingRows   = "r"
	countingPeople = "p"
)

// countAll makes the totals of all rows of entities, then those of people who
// go by other names.
func countAll(tx *store.Tx, after []byte) ([]byte, error) {
	if after == nil {
		if err := schema.totals.Clear(tx); err != nil {
			return nil, err
		}
		after = []byte(countingRows)
	}
	if string(after[:1]) == countingPeople {
		return countPeople(tx, after[1:])
	}
	const batch = 20_000
	rows, err := schema.entities.Scan(tx, nil, after[1:], batch)
	for _, r := range rows {
		if err == nil {
			err = totalOf(r.Value.Entity).add(tx, 1)
		}
	}
	if err != nil || len(rows) < batch {
		return []byte(countingPeople), err
	}
	return append([]byte(countingRows), rows[batch-1].Key...), nil
}

// countPeople notes the other names of the next people, and counts what is
// under them.
func countPeople(tx *store.Tx, after []byte) ([]byte, error) {
	const batch, most = 500, 5000 // people, and articles that tell of them
	rows, err := schema.persons.Scan(tx, nil, after, batch)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	for n, i := 0, 0; i < len(rows); i++ {
		if n += len(rows[i].Value.Sightings); n > most {
			rows = rows[:i+1]
		}
	}
	people := values(rows)
	t, err := tellingsOf(tx, people)
	if err != nil {
		return nil, err
	}
	t.nameOthers(people)
	for i, who := range people {
		if len(who.Others) == 0 {
			continue
		}
		if err := errors.Join(schema.persons.Put(tx, rows[i].Key, who), countOthers(tx, who, 1)); err != nil {
			return nil, err
		}
	}
	return append([]byte(countingPeople), rows[len(rows)-1].Key...), nil
}

// tellingsOf returns what the articles in which people were met tell.
func tellingsOf(tx *store.Tx, people []personRow) (testimony, error) {
	t := testimony{rows: map[string]telling{}}
	for _, who := range people {
		for _, s := range who.Sightings {
			key, err := keyOfArticle(s.Article)
			if err == nil {
				t.rows[s.Article], _, err = schema.tellings.Get(tx, key)
			}
			if err != nil {
				return t, err
			}
		}
	}
	return t, nil
}

// dropLeft drops moves that nobody makes any more, after everyone's were
// assembled anew.
func (p *Pipeline) dropLeft(ctx context.Context) error {
	due := false
	err := p.db.View(func(tx *store.Tx) (err error) {
		_, due, err = schema.underway.Get(tx, unmadeKey)
		return err
	})
	if err != nil || !due {
		return err
	}
	if _, err := dropUnmade(ctx, p.db); err != nil {
		return err
	}
	return p.db.Write(ctx, func(tx *store.Tx) error { return schema.underway.Delete(tx, unmadeKey) })
}

// dropUnmade drops moves that are no one's, and returns how many there are of
// the others.
func dropUnmade(ctx context.Context, db *store.DB) (int, error) {
	made := map[string]bool{}
	err := walkIndex(db, schema.movesOf, nil, nil, func(key []byte) error {
		k := store.ReadKey(key)
		_ = k.String()
		made[string(k.Rest())] = true
		return nil
	})
	if err != nil {
		return 0, err
	}
	return len(made), inBatches(ctx, db, schema.moves, db, func(tx *store.Tx, key []byte, row moveRow) error {
		if made[string(key)] {
			return nil
		}
		return dropMove(tx, key, row)
	})
}
