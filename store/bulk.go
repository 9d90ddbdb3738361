package store

import (
	"cmp"
	"fmt"
	"maps"
	"math/bits"
	"sync"
)

// A bulk index is kept in two parts, because a key put by itself into a big
// B-tree costs a page of the disk.
//
// The changes of each transaction are first written as one sorted run, for all
// bulk indexes together. Runs of about the same size are merged four by four,
// or eight by eight if they are long, so there are few, and a change is seldom
// copied. When they hold many changes, all are folded into the other part: per
// index, a bucket of blocks of keys that are close together, where each block
// then takes several.
//
// Who reads sees the blocks and, over them, the runs, the newest first; of an
// index that counts, the sum of all.
const (
	bulkMark    = "%"     // begins the names of buckets of blocks
	defaultFold = 1 << 18 // changes in runs at which they are folded
)

// NewBulkIndex returns an index for many keys a record: putting one is far
// cheaper than in an Index from NewIndex, and it takes a third of the room.
// Reading costs a little more, and reading in the transaction that puts costs
// time for what was put. An index that is a queue, where keys come and go, is
// better made by NewIndex.
func NewBulkIndex(name string) Index {
	return Index{name: []byte(bulkMark + name), label: name, bulk: true}
}

// runCache keeps runs that were read or written, by number. A number is never
// used again once it was committed, so what it stands for does not change.
type runCache struct {
	mu   sync.Mutex
	runs map[uint64]*run
}

func (c *runCache) find(id uint64) *run {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.runs[id]
}

func (c *runCache) add(r *run) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.runs == nil {
		c.runs = map[uint64]*run{}
	}
	c.runs[r.id] = r
}

// keep forgets all runs but those that are in the newest state.
func (c *runCache) keep(runs []*run) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.runs = map[uint64]*run{}
	for _, r := range runs {
		c.runs[r.id] = r
	}
}

// A bulkTx is what a transaction knows of bulk indexes.
type bulkTx struct {
	memos   map[string]*memo // its own changes, by index
	cleared map[string]bool  // indexes of which only those count
	runs    []*run           // those of earlier transactions, the newest first
	loaded  bool             // runs are read
}

// putBulk notes a change to x; the run is written with the commit.
func (tx *Tx) putBulk(x Index, key, value []byte, del bool) error {
	if err := tx.usable(); err != nil {
		return err
	}
	if !tx.bolt.Writable() {
		return writeError(tx.db.path, ErrReadOnly)
	}
	m := tx.bulk.memos[x.Name()]
	if m == nil {
		m = tx.beginMemo(x.Name())
	}
	if err := m.add(key, value, del); err != nil {
		return fmt.Errorf("write %s: %w", tx.db.path, err)
	}
	tx.changes++
	return nil
}

// beginMemo starts the memo of an index anew, in the memory of one that was
// written.
func (tx *Tx) beginMemo(name string) *memo {
	if tx.bulk.memos == nil {
		tx.bulk.memos = map[string]*memo{}
	}
	m := tx.db.memos[name]
	delete(tx.db.memos, name)
	if m == nil {
		m = &memo{}
	}
	m.sums = isSums(name)
	tx.bulk.memos[name] = m
	return m
}

// endMemos lets go of the memos, which were written.
func (tx *Tx) endMemos() {
	if tx.db.memos == nil {
		tx.db.memos = map[string]*memo{}
	}
	for name, m := range tx.bulk.memos {
		if m.reuse() {
			tx.db.memos[name] = m
		}
	}
	tx.bulk.memos = nil
}

// clearBulk removes what x holds: its blocks now, its part of the runs with
// the commit.
func (tx *Tx) clearBulk(x Index) error {
	if err := tx.clear(x.name); err != nil {
		return err
	}
	if tx.bulk.cleared == nil {
		tx.bulk.cleared = map[string]bool{}
	}
	tx.bulk.cleared[x.Name()] = true
	tx.beginMemo(x.Name())
	return nil
}

// size is how many changes were made, some of them perhaps to the same key.
func (t *bulkTx) size() (n int) {
	for _, m := range t.memos {
		n += m.size()
	}
	return n
}

// mergeWith returns the changes of the transaction and of runs, the newest
// first, as one run. Each index is worked on by a goroutine of its own.
func (t *bulkTx) mergeWith(runs []*run) (*run, error) {
	names := maps.Clone(t.memos)
	for _, r := range runs {
		for name := range r.parts {
			if names[name] == nil {
				names[name] = &memo{}
			}
		}
	}
	all := &run{parts: map[string]*part{}}
	var failed error
	var mu sync.Mutex // guards both
	var work sync.WaitGroup
	for name, m := range names {
		work.Go(func() {
			var parts []*part
			if !t.cleared[name] {
				for _, r := range runs {
					parts = append(parts, r.parts[name])
				}
			}
			p, err := mergeParts(name, m, parts)
			mu.Lock()
			defer mu.Unlock()
			all.parts[name], failed = p, cmp.Or(failed, err)
		})
	}
	work.Wait()
	return all, failed
}

// mergeParts returns the changes to an index of a memo and of parts, the newest
// first, as one part.
func mergeParts(name string, m *memo, parts []*part) (*part, error) {
	list := m.changes()
	sources, count, size := []source{newMemoSource(m, list, false)}, len(list), sizeOfChanges(list)
	for _, p := range parts {
		if p == nil {
			continue
		}
		s, err := p.source(nil, nil, false, nil)
		if err != nil {
			return nil, err
		}
		sources, count, size = append(sources, s), count+p.count, size+len(p.coded)
	}
	all := &part{coded: make([]byte, 0, size), marks: make([]mark, 0, count/markEvery+1)}
	var before []byte
	for from := newMerging(name, sources, false); ; {
		o, err := from.least()
		if err != nil || o == nil {
			return all, err
		}
		if !from.sums || !isNothing(o.value) {
			before = all.add(before, o)
		}
		if err := from.next(); err != nil {
			return nil, err
		}
	}
}

// sizeOfChanges is how many bytes changes take at most, if they are short.
func sizeOfChanges(list []noted) (n int) {
	for i := range list {
		n += 3 + int(list[i].key) + int(list[i].value>>1)
	}
	return n
}

func (tx *Tx) damaged(format string, args ...any) error {
	return &DamagedError{Path: tx.db.path, Detail: fmt.Sprintf(format, args...)}
}

// writeBulk writes the changes of the transaction as a run, or folds them and
// all others. It returns the runs there are then.
func (tx *Tx) writeBulk() ([]*run, error) {
	runs, err := tx.freshRuns()
	if err != nil {
		return nil, err
	}
	merge, fold := toMerge(tx.bulk.size(), runs, tx.db.opts.fold)
	if len(tx.bulk.cleared) > 0 {
		merge = len(runs)
	}
	gone, rest := runs[:merge], runs[merge:]
	if gone, err = tx.wholeRuns(gone); err != nil {
		return nil, err
	}
	fresh, err := tx.bulk.mergeWith(gone)
	if err != nil {
		return nil, tx.damaged("runs: %v", err)
	}
	for _, r := range gone {
		if err := tx.deleteRun(r.id); err != nil {
			return nil, err
		}
	}
	if fold {
		return nil, tx.fold(fresh)
	}
	return append([]*run{fresh}, rest...), tx.putRun(fresh)
}

// toMerge returns how many of runs, the newest first, have to be merged with
// n new changes, and whether to fold it all.
func toMerge(n int, runs []*run, foldAt int) (merge int, fold bool) {
	total, like := n, 0
	for i, r := range runs {
		size := r.size()
		total += size
		class, most := sizeClass(n)
		if c, _ := sizeClass(size); c > class {
			continue
		}
		if like++; like == most {
			merge, like, n = i+1, 0, total
		}
	}
	if total >= foldAt {
		return len(runs), true
	}
	return merge, false
}

// sizeClass is the same for numbers that are within about four times of each
// other, or eight times if they are large. It comes with how many runs of a
// class there may be: to merge large ones seldom saves more than is lost by
// looking into a few more.
func sizeClass(n int) (class, most int) {
	const large = 12 // bits
	b := bits.Len(uint(n))
	if b < large {
		return b / 2, 3
	}
	return large/2 + (b-large)/3, 7
}
