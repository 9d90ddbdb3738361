package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"

	"tenure/store"
)

// CheckOptions says how closely to look.
type CheckOptions struct {
	Quick bool // of pages kept, only that something of their length is in its place
}

// A CheckReport is what Check found.
type CheckReport struct {
	Pages    int      `json:"pages"`
	Articles int      `json:"articles"`
	Moves    int      `json:"moves"`
	Waiting  int      `json:"waiting"` // people whose moves are to be assembled; the next run does it
	Problems []string `json:"problems,omitempty"`
	Found    int      `json:"found,omitempty"` // how many problems in all
}

const maxProblems = 100

// Check compares what is kept with what is derived of it: that every row of an
// index is there for its record and every record's rows are in the indexes,
// and that every page kept can be read. It changes nothing. The error says why
// it could not be done; what is wrong is in the report.
func (p *Pipeline) Check(ctx context.Context, o CheckOptions) (CheckReport, error) {
	c := checker{p: p, ctx: ctx, quick: o.Quick}
	err := p.db.View(func(tx *store.Tx) error {
		c.tx = tx
		return c.all()
	})
	return c.report, err
}

// A checker collects a report.
type checker struct {
	p      *Pipeline
	ctx    context.Context
	tx     *store.Tx
	quick  bool
	report CheckReport
}

func (c *checker) problem(format string, args ...any) {
	if c.report.Found++; c.report.Found <= maxProblems {
		c.report.Problems = append(c.report.Problems, fmt.Sprintf(format, args...))
	}
}

// note makes damage a problem, so that the check goes on; any other error
// ends it.
func (c *checker) note(err error) error {
	var damaged *store.DamagedError
	if errors.As(err, &damaged) {
		c.problem("%s", damaged.Detail)
		return nil
	}
	return err
}

func (c *checker) all() error {
	for _, part := range []func() error{c.derived, c.hosts, c.aliases, c.readings, c.volume, c.verdicts, c.pages} {
		if err := c.note(part()); err != nil {
			return err
		}
	}
	c.report.Waiting = schema.dirty.Count(c.tx)
	return nil
}

// A check is a table or index whose rows are made from records.
type check struct {
	name string
	// rows calls fn for every row there is.
	rows func(tx *store.Tx, fn func(key, value []byte) error) error
	// record is where the record of a row is; made returns all rows of it.
	record func(row []byte) []byte
	made   func(tx *store.Tx, record []byte) (rows []madeRow, err error)

	have, want fingerprint
}

// A madeRow is a row as it should be.
type madeRow struct{ key, value []byte }

// A fingerprint is of a set of rows, in any order.
type fingerprint struct {
	rows int
	sum  uint64
}

func (f *fingerprint) add(seed maphash.Seed, key, value []byte) {
	f.rows++
	f.sum += maphash.Bytes(seed, key) + 3*maphash.Bytes(seed, value) // of rows that are, not rows someone thought out
}

// derived compares rows with records by fingerprints, which takes one walk
// over each; only where these differ is every row looked for.
func (c *checker) derived() error {
	seed := maphash.MakeSeed()
	checks := checks()
	if _, due, err := schema.underway.Get(c.tx, unmadeKey); err != nil {
		return err
	} else if due { // after a migration, until moves are assembled anew
		ofMoves := []string{schema.movesOf.Name(), schema.movesByTime.Name()}
		checks = slices.DeleteFunc(checks, func(k check) bool { return slices.Contains(ofMoves, k.name) })
	}
	byName := map[string]*check{}
	for i := range checks {
		byName[checks[i].name] = &checks[i]
	}
	err := c.eachRecord(func(_ string, _ []byte, name string, row madeRow) error {
		if k := byName[name]; k != nil {
			k.want.add(seed, row.key, row.value)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i := range checks {
		k := &checks[i]
		err := k.rows(c.tx, func(key, value []byte) error {
			k.have.add(seed, key, value)
			return c.ctx.Err()
		})
		if err := c.note(err); err != nil {
			return err
		}
		if k.have != k.want {
			if err := c.explain(k); err != nil {
				return err
			}
		}
	}
	return nil
}

// eachRecord calls fn for every row that the records make, with the table and
// key of the record and the name of the check it belongs to.
func (c *checker) eachRecord(fn func(table string, record []byte, name string, row madeRow) error) error {
	err := schema.articles.Each(c.tx, nil, func(key []byte, row articleRow) error {
		c.report.Articles++
		for _, d := range derive(key, row) {
			m, err := d.made()
			if err == nil {
				err = fn("articles", key, d.table(), m)
			}
			if err != nil {
				return err
			}
		}
		return c.ctx.Err()
	})
	if err := c.note(err); err != nil {
		return err
	}
	if err := c.note(c.eachName(fn)); err != nil {
		return err
	}
	err = schema.moves.Each(c.tx, nil, func(key []byte, row moveRow) error {
		c.report.Moves++
		if err := fn("moves", key, schema.movesByTime.Name(), madeRow{key: store.Key(row.Changed, key)}); err != nil {
			return err
		}
		return fn("moves", key, schema.movesOf.Name(), madeRow{key: key})
	})
	if err := c.note(err); err != nil {
		return err
	}
	err = schema.persons.Each(c.tx, nil, func(key []byte, row personRow) error {
		return eachOfPerson(key, row, func(name string, m madeRow) error { return fn("persons", key, name, m) })
	})
	if err := c.note(err); err != nil {
		return err
	}
	err = schema.links.Each(c.tx, nil, func(key []byte, row linkRow) error {
		if row.State != linkQueued {
			return nil
		}
		return fn("links", key, schema.queue.Name(), madeRow{key: store.Key(row.Host(), row.Due, key)})
	})
	if err := c.note(err); err != nil {
		return err
	}
	err = schema.hosts.Each(c.tx, nil, func(key []byte, row hostRow) error {
		if row.Ready.IsZero() {
			return nil
		}
		return fn("hosts", key, schema.ready.Name(), madeRow{key: store.Key(row.Ready, string(key))})
	})
	return c.note(err)
}

// eachName calls fn for the names and totals of every entity.
func (c *checker) eachName(fn func(table string, record []byte, name string, row madeRow) error) error {
	id, names, totals := "", map[string]bool{}, totalRows{}
	flush := func() error {
		for _, n := range sortedKeys(names) {
			if err := fn(schema.entities.Name(), store.Key(id), schema.names.Name(), madeRow{key: store.Key(n, id)}); err != nil {
				return err
			}
		}
		for _, m := range totals.rows() {
			if err := fn(schema.entities.Name(), store.Key(id), schema.totals.Name(), m); err != nil {
				return err
			}
		}
		clear(names)
		clear(totals)
		return nil
	}
	err := schema.entities.Each(c.tx, nil, func(_ []byte, r entityRow) error {
		if r.ID != id {
			if err := flush(); err != nil {
				return err
			}
			id = r.ID
		}
		for _, n := range namesOf(r.Entity) {
			names[n] = true
		}
		totals.add(totalOf(r.Entity))
		return c.ctx.Err()
	})
	if err != nil {
		return err
	}
	return flush()
}

// eachOfPerson calls fn for the rows that are made of a person's.
func eachOfPerson(key []byte, row personRow, fn func(name string, m madeRow) error) error {
	rows, err := derivePerson(store.ReadKey(key).String(), row)
	for _, d := range rows {
		if err == nil {
			err = fn(d.table(), madeRow{d.key, d.value})
		}
	}
	totals := totalRows{}
	totals.add(row.totals()...)
	for _, m := range totals.rows() {
		if err == nil {
			err = fn(schema.totals.Name(), m)
		}
	}
	return err
}

func (d derivedRow) made() (madeRow, error) {
	if d.entity == nil {
		return madeRow{d.key, d.value}, nil
	}
	value, err := encode(*d.entity)
	return madeRow{d.key, value}, err
}

// explain finds the rows of an index that are missing, and those that nothing
// makes.
func (c *checker) explain(k *check) error {
	there := map[string]bool{}
	err := k.rows(c.tx, func(key, value []byte) error {
		record := k.record(key)
		rows, err := k.made(c.tx, record)
		if err != nil {
			return err
		}
		found, same := false, false
		for _, r := range rows {
			if bytes.Equal(r.key, key) {
				found, same = true, bytes.Equal(r.value, value)
				there[string(key)] = true
			}
		}
		switch {
		case !found:
			c.problem("%s: row %x leads to no record that makes it", k.name, key)
		case !same:
			c.problem("%s: row %x is not what its record makes of it", k.name, key)
		}
		return c.ctx.Err()
	})
	if err := c.note(err); err != nil {
		return err
	}
	articles, moves := c.report.Articles, c.report.Moves
	err = c.eachRecord(func(table string, record []byte, name string, row madeRow) error {
		if name == k.name && !there[string(row.key)] {
			c.problem("%s: row %x of %s %x is missing", name, row.key, table, record)
		}
		return nil
	})
	c.report.Articles, c.report.Moves = articles, moves // they were counted before
	return err
}

// hosts checks that every host for which a link waits will have its turn.
func (c *checker) hosts() error {
	var after []byte
	for {
		entries, err := schema.queue.Scan(c.tx, nil, after, 1)
		if err != nil || len(entries) == 0 {
			return err
		}
		host := store.ReadKey(entries[0].Key).String()
		row, _, err := schema.hosts.Get(c.tx, []byte(host))
		if err != nil {
			return err
		}
		if row.Ready.IsZero() {
			c.problem("hosts: links of %s wait, but it is not due", host)
		}
		after = append(store.Key(host), bytes.Repeat([]byte{0xff}, 32)...) // behind all of the host's
		if err := c.ctx.Err(); err != nil {
			return err
		}
	}
}

// aliases checks that every alias leads to an article that was met there, and
// that no page an article was met on is without.
func (c *checker) aliases() error {
	err := schema.aliases.Each(c.tx, nil, func(key []byte, a aliasRow) error {
		_, row, ok, err := articleByID(c.tx, a.Article)
		if err != nil {
			return err
		}
		for _, s := range row.Sightings {
			if k, is := aliasOf(row, s); is && bytes.Equal(k, key) {
				return c.ctx.Err()
			}
		}
		c.problem("aliases: %x leads to article %s, which was not met there (there: %v)", key, a.Article, ok)
		return nil
	})
	if err := c.note(err); err != nil {
		return err
	}
	return schema.articles.Each(c.tx, nil, func(_ []byte, row articleRow) error {
		for _, s := range row.Sightings {
			key, is := aliasOf(row, s)
			if !is {
				continue
			}
			if _, ok, err := schema.aliases.Get(c.tx, key); err != nil || !ok {
				c.problem("aliases: %s, another address of article %s, is missing", s.URL, row.ID)
				return err
			}
		}
		return c.ctx.Err()
	})
}

// readings checks that every reading is of a page kept.
func (c *checker) readings() error {
	return schema.readings.Each(c.tx, nil, func(key []byte, _ readingRow) error {
		_, ok, err := schema.pages.Get(c.tx, key)
		if err == nil && !ok {
			c.problem("readings: page %d is not there", store.ReadKey(key).Uint64())
		}
		return errors.Join(err, c.ctx.Err())
	})
}

// volume checks that counts are counts.
func (c *checker) volume() error {
	return schema.volume.Each(c.tx, nil, func(key []byte, n int) error {
		k := store.ReadKey(key)
		_ = k.String()
		if k.Uint64(); k.Err() != nil || n <= 0 {
			c.problem("volume: row %x counts %d", key, n)
		}
		return nil
	})
}

// verdicts checks that what was said of moves and facts is about something and
// says something.
func (c *checker) verdicts() error {
	return schema.verdicts.Each(c.tx, nil, func(key []byte, v Verdict) error {
		of := store.ReadKey(key).String()
		if of != v.Of || len(key) < len(of)+1+numberLength || !slices.Contains(Judgements(), v.Verdict) || len(v.Seen) == 0 {
			c.problem("verdicts: row %x says %q of a %s", key, v.Verdict, v.Of)
		}
		return c.ctx.Err()
	})
}

// pages checks that every page kept can be read.
func (c *checker) pages() error {
	return schema.pages.Each(c.tx, nil, func(key []byte, row pageRow) error {
		c.report.Pages++
		if err := c.p.checkRaw(row, c.quick); err != nil {
			c.problem("pages: page %d (%s): %v", store.ReadKey(key).Uint64(), row.URL, err)
		}
		return c.ctx.Err()
	})
}

// checkRaw reads a page that was kept, or only looks whether it is there.
func (p *Pipeline) checkRaw(row pageRow, quick bool) error {
	if quick {
		return p.db.HasRaw(row.Raw)
	}
	raw, err := p.db.ReadRaw(row.Raw)
	if err == nil && bodyHash(raw.Body) != row.Hash {
		err = errors.New("it is not the page that was kept")
	}
	return err
}
