package pipeline

import (
	"bytes"

	"tenure/store"
)

// checks returns what there is to compare with the records it is made from.
func checks() []check {
	return []check{
		articleCheck(schema.byTime), articleCheck(schema.similar), articleCheck(schema.people), entitiesCheck(),
		namesCheck(), totalsCheck(), personCheck(schema.personsByID), personCheck(schema.sighted),
		movesCheck(), moveTimesCheck(), queueCheck(), readyCheck(),
	}
}

// articleCheck is of an index whose keys end in an article's.
func articleCheck(x store.Index) check {
	return check{name: x.Name(), rows: rowsOf(x), record: articleIn, made: madeOfArticle(x.Name())}
}

func entitiesCheck() check {
	rows := func(tx *store.Tx, fn func(key, value []byte) error) error {
		return schema.entities.Each(tx, nil, func(key []byte, row entityRow) error {
			value, err := encode(row)
			if err != nil {
				return err
			}
			return fn(key, value)
		})
	}
	name := schema.entities.Name()
	return check{name: name, rows: rows, record: articleIn, made: madeOfArticle(name)}
}

// namesCheck is of names, made of all rows of an entity or of an article.
func namesCheck() check {
	made := func(tx *store.Tx, key []byte) (rows []madeRow, err error) {
		k := store.ReadKey(key)
		_ = k.String()
		id := k.String()
		if id == "" {
			return madeOfArticle(schema.names.Name())(tx, k.Rest())
		}
		err = eachEntityRow(tx, id, func(r entityRow) error {
			for _, n := range namesOf(r.Entity) {
				rows = append(rows, madeRow{key: store.Key(n, id)})
			}
			return nil
		})
		return rows, err
	}
	return check{name: schema.names.Name(), rows: rowsOf(schema.names), record: bytes.Clone, made: made}
}

// totalsCheck is of totals, made of all rows of an entity and of people who go
// by other names.
func totalsCheck() check {
	rows := func(tx *store.Tx, fn func(key, value []byte) error) error {
		return schema.totals.Each(tx, nil, func(key, names []byte, n []int64) error {
			return fn(bytes.Clone(key), totalValue(names, n...))
		})
	}
	made := func(tx *store.Tx, key []byte) ([]madeRow, error) {
		k := store.ReadKey(key)
		id, class := k.String(), k.String()
		t := totalRows{}
		if class == totalNamed {
			err := eachEntityRow(tx, id, func(r entityRow) error { t.add(totalOf(r.Entity)); return nil })
			return t.rows(), err
		}
		if class == totalLess {
			id = k.String()
		}
		who, _, err := personByID(tx, id)
		t.add(who.totals()...)
		return t.rows(), err
	}
	return check{name: schema.totals.Name(), rows: rows, record: bytes.Clone, made: made}
}

// personCheck is of an index that leads to persons: what it holds says to
// whom.
func personCheck(x store.Index) check {
	made := func(tx *store.Tx, key []byte) (rows []madeRow, err error) {
		value, _, err := x.Get(tx, key)
		if err != nil {
			return nil, err
		}
		id := string(value)
		if x.Name() == schema.personsByID.Name() {
			id = store.ReadKey(key).String()
		}
		group, ok, err := groupOf(tx, id)
		if err != nil || !ok {
			return nil, err
		}
		at := store.Key(group, id)
		row, ok, err := schema.persons.Get(tx, at)
		if err != nil || !ok {
			return nil, err
		}
		err = eachOfPerson(at, row, func(name string, m madeRow) error {
			if name == x.Name() {
				rows = append(rows, m)
			}
			return nil
		})
		return rows, err
	}
	return check{name: x.Name(), rows: rowsOf(x), record: bytes.Clone, made: made}
}

// moveTimesCheck is of the index of moves by when they last changed.
func moveTimesCheck() check {
	made := func(tx *store.Tx, id []byte) ([]madeRow, error) {
		row, ok, err := schema.moves.Get(tx, id)
		if err != nil || !ok {
			return nil, err
		}
		return []madeRow{{key: store.Key(row.Changed, id)}}, nil
	}
	id := func(key []byte) []byte { return bytes.Clone(key[min(len(key), 8):]) }
	return check{name: schema.movesByTime.Name(), rows: rowsOf(schema.movesByTime), record: id, made: made}
}

// movesCheck is of the index of moves by person: a move does not name the
// person's ID, so what is compared is the end of the key.
func movesCheck() check {
	rows := func(tx *store.Tx, fn func(key, value []byte) error) error {
		return rowsOf(schema.movesOf)(tx, func(key, value []byte) error {
			k := store.ReadKey(key)
			_ = k.String()
			return fn(k.Rest(), value)
		})
	}
	made := func(tx *store.Tx, id []byte) ([]madeRow, error) {
		if len(id) == 0 {
			return nil, nil
		}
		_, ok, err := schema.moves.Get(tx, id)
		if err != nil || !ok {
			return nil, err
		}
		return []madeRow{{key: id}}, nil
	}
	return check{name: schema.movesOf.Name(), rows: rows, record: bytes.Clone, made: made}
}

func queueCheck() check {
	made := func(tx *store.Tx, hash []byte) ([]madeRow, error) {
		row, ok, err := schema.links.Get(tx, hash)
		if err != nil || !ok || row.State != linkQueued {
			return nil, err
		}
		return []madeRow{{key: store.Key(row.Host(), row.Due, hash)}}, nil
	}
	return check{name: schema.queue.Name(), rows: rowsOf(schema.queue), record: articleIn, made: made}
}

func readyCheck() check {
	host := func(key []byte) []byte {
		k := store.ReadKey(key)
		k.Time()
		return []byte(k.String())
	}
	made := func(tx *store.Tx, host []byte) ([]madeRow, error) {
		if len(host) == 0 {
			return nil, nil
		}
		row, ok, err := schema.hosts.Get(tx, host)
		if err != nil || !ok || row.Ready.IsZero() {
			return nil, err
		}
		return []madeRow{{key: store.Key(row.Ready, string(host))}}, nil
	}
	return check{name: schema.ready.Name(), rows: rowsOf(schema.ready), record: host, made: made}
}

// madeOfArticle returns what an article makes in one table.
func madeOfArticle(name string) func(*store.Tx, []byte) ([]madeRow, error) {
	return func(tx *store.Tx, key []byte) (rows []madeRow, err error) {
		row, ok, err := schema.articles.Get(tx, key)
		if err != nil || !ok {
			return nil, err
		}
		for _, d := range derive(key, row) {
			if d.table() != name {
				continue
			}
			m, err := d.made()
			if err != nil {
				return nil, err
			}
			rows = append(rows, m)
		}
		return rows, nil
	}
}

// rowsOf calls fn for every key of an index.
func rowsOf(x store.Index) func(*store.Tx, func(key, value []byte) error) error {
	return func(tx *store.Tx, fn func(key, value []byte) error) error {
		var after []byte
		for {
			entries, err := x.Scan(tx, nil, after, walkBatch)
			if err != nil {
				return err
			}
			for _, e := range entries {
				if err := fn(e.Key, e.Value); err != nil {
					return err
				}
			}
			if len(entries) < walkBatch {
				return nil
			}
			after = entries[len(entries)-1].Key
		}
	}
}
