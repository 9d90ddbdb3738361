package pipeline

import (
	"bytes"
	"cmp"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"tenure/store"
)

// A looking goes through the articles that a filter lets through and gives
// what it makes of each: in order of their keys, or with Since in order of
// their last change. Rows are read and worked on some at a time, on all
// processors.
type looking[T interface{ changed() time.Time }, R any] struct {
	db    *store.DB
	table store.Table[T]
	f     Filter
	make  func(T) (R, bool, error) // false: nothing
	give  func(R) error
}

// lookAhead is how many rows are worked on at a time.
const lookAhead = 64

// ahead is how many rows to begin with: lookAhead, or fewer if no more are
// asked for.
func (l *looking[T, R]) ahead() int {
	n := lookAhead
	if l.f.Limit > 0 {
		n = min(n, l.f.Limit)
	}
	if l.f.at != nil {
		n = min(n, l.f.at.limit+1)
	}
	return n
}

// each goes through all of it.
func (l *looking[T, R]) each() error {
	switch {
	case l.f.Newest:
		return l.newest()
	case !l.f.Since.IsZero():
		return l.since()
	case cmp.Or(l.f.Person, l.f.Org) != "":
		return l.named()
	}
	return l.all()
}

// A made is what came of a row.
type made[R any] struct {
	v   R
	ok  bool
	err error
}

func (l *looking[T, R]) makeOf(row T) (m made[R]) {
	defer recovered("list", l.table.Name(), &m.err) // nobody else would, on a goroutine of its own
	m.v, m.ok, m.err = l.make(row)
	return m
}

// all goes through the whole table.
func (l *looking[T, R]) all() error {
	after := l.f.at.start()
	for n := l.ahead(); ; n = min(2*n, lookAhead) {
		var rows []store.Row[T]
		err := l.db.View(func(tx *store.Tx) (err error) {
			rows, err = l.table.Scan(tx, nil, after, n)
			return err
		})
		if err != nil || len(rows) == 0 {
			return err
		}
		got := onAll(len(rows), func(i int) made[R] { return l.makeOf(rows[i].Value) })
		err = l.giveAll(got, func(i int) []byte { return rows[i].Key })
		if err != nil || len(rows) < n {
			return err
		}
		after = rows[len(rows)-1].Key
	}
}

// since goes through the articles that changed since then.
func (l *looking[T, R]) since() error {
	from := store.Key(l.f.Since.Add(-time.Millisecond))
	// All keys of the last millisecond before Since sort before this one.
	from = append(from, bytes.Repeat([]byte{0xff}, articleKey+1)...)
	from = later(from, l.f.at.start())
	return l.index(func(tx *store.Tx, end []byte) ([]store.Entry, error) {
		return schema.byTime.Scan(tx, nil, later(from, end), walkBatch)
	}, nil)
}

// newest goes through articles from the one that changed last on, as far back
// as Since.
func (l *looking[T, R]) newest() error {
	return l.index(func(tx *store.Tx, end []byte) ([]store.Entry, error) {
		return schema.byTime.ScanBack(tx, nil, end, walkBatch)
	}, func(key []byte) bool { return store.ReadKey(key).Time().Before(l.f.Since.Truncate(time.Millisecond)) })
}

// index goes through the articles to which keys of times lead. next returns
// those behind the last one; none that is beyond counts, nor what follows it.
func (l *looking[T, R]) index(next func(tx *store.Tx, end []byte) ([]store.Entry, error), beyond func(key []byte) bool) error {
	var end []byte
	for {
		var entries []store.Entry
		err := l.db.View(func(tx *store.Tx) (err error) {
			entries, err = next(tx, end)
			return err
		})
		var keys [][]byte
		for _, e := range entries {
			if beyond != nil && beyond(e.Key) {
				break
			}
			keys = append(keys, e.Key)
		}
		if err == nil {
			err = l.lookUp(keys, beyond == nil)
		}
		if err != nil || len(keys) < walkBatch {
			return err
		}
		end = keys[len(keys)-1]
	}
}

// named goes through the articles in which the person or organization of the
// filter may be named.
func (l *looking[T, R]) named() error {
	var keys [][]byte
	err := l.db.View(func(tx *store.Tx) (err error) {
		keys, err = l.f.articles(tx)
		return err
	})
	if err != nil {
		return err
	}
	return l.lookUp(keys, false)
}

// articles returns the keys of the articles in which the person or
// organization of a filter may be named, in order, as far as they are wanted.
func (f Filter) articles(tx *store.Tx) (keys [][]byte, err error) {
	if f.told && isEntityID(f.Person) {
		keys, err = articlesTelling(tx, f.Person)
	} else {
		names := []string{cmp.Or(f.Person, f.Org)}
		if f.Person == "" || f.Org == "" { // else nobody knows whose the other names are
			names = append(names, f.names...)
		}
		keys, err = articlesNaming(tx, names)
	}
	for len(keys) > 0 && f.at.passed(keys[0]) {
		keys = keys[1:]
	}
	return keys, err
}

// lookUp goes through the articles that keys end in. If these are of times,
// an article that changed meanwhile is left for its new one.
func (l *looking[T, R]) lookUp(keys [][]byte, times bool) error {
	for n := l.ahead(); len(keys) > 0; n = min(2*n, lookAhead) {
		some := keys[:min(n, len(keys))]
		keys = keys[len(some):]
		got := onAll(len(some), func(i int) made[R] {
			row, ok, err := view(l.db, l.table, articleIn(some[i]))
			if err != nil || !ok || times && isLater(row.changed(), some[i]) {
				return made[R]{err: err}
			}
			return l.makeOf(row)
		})
		if err := l.giveAll(got, func(i int) []byte { return some[i] }); err != nil {
			return err
		}
	}
	return nil
}

// giveAll gives what came of rows, in order, until there is an error.
func (l *looking[T, R]) giveAll(all []made[R], position func(i int) []byte) error {
	for i, m := range all {
		if m.err != nil {
			return m.err
		}
		l.f.at.reach(position(i))
		if !m.ok {
			continue
		}
		if err := l.give(m.v); err != nil {
			return err
		}
	}
	return nil
}

// onAll calls fn for the numbers below n, on all processors, and returns what
// it did, in order.
func onAll[R any](n int, fn func(i int) R) []R {
	all := make([]R, n)
	var next atomic.Int64
	var work sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		work.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				all[i] = fn(i)
			}
		})
	}
	work.Wait()
	return all
}
