package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"
	"sync"
)

// A bulk index is kept in two parts, because a key put by itself into a big
// B-tree costs a page of the disk.
//
// The changes of each transaction are first written as one sorted run, for all
// bulk indexes together. Runs of about the same size are merged four by four,
// so there are few, and a change is seldom copied. When they hold many changes, all are
// folded into the other part: per index, a bucket of blocks of keys that are
// close together, where each block then takes several.
//
// Who reads sees the blocks and, over them, the runs, the newest first.
const (
	bulkMark    = "%"     // begins the names of buckets of blocks
	defaultFold = 1 << 17 // changes in runs at which they are folded
)

// freshRuns is the bucket of runs, under ascending numbers.
var freshRuns = []byte("store.fresh")

// NewBulkIndex returns an index for many keys a record: putting one is far
// cheaper than in an Index from NewIndex, and it takes a third of the room.
// Reading costs a little more, and reading in the transaction that puts costs
// time for what was put. An index that is a queue, where keys come and go, is
// better made by NewIndex.
func NewBulkIndex(name string) Index {
	return Index{name: []byte(bulkMark + name), bulk: true}
}

// bulkKey is the key under which changes to x are kept in runs.
func (x Index) bulkKey(key []byte) []byte {
	name := x.name[len(bulkMark):]
	k := make([]byte, 0, len(name)+1+len(key))
	return append(append(append(k, name...), 0), key...)
}

// bulkOps returns the changes to x among ops.
func (x Index) bulkOps(ops []op) []op {
	low := x.bulkKey(nil)
	return between(ops, low, after(low))
}

// A run is the sorted changes of one or more transactions.
type run struct {
	id  uint64
	ops []op
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

func (c *runCache) forget(runs []*run) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, r := range runs {
		delete(c.runs, r.id)
	}
}

// putBulk notes a change to x; the run is written with the commit.
func (tx *Tx) putBulk(x Index, o op) error {
	if err := tx.usable(); err != nil {
		return err
	}
	switch {
	case !tx.bolt.Writable():
		return writeError(tx.db.path, ErrReadOnly)
	case len(o.key) == 0:
		return fmt.Errorf("write %s: key is empty", tx.db.path)
	case len(o.key) > maxKeyLength-256:
		return fmt.Errorf("write %s: key has %d bytes", tx.db.path, len(o.key))
	}
	o.key, o.value = x.bulkKey(o.key), bytes.Clone(o.value)
	tx.memo.add(o)
	tx.changes++
	return nil
}

// freshOps returns the runs this transaction sees, the newest first.
func (tx *Tx) freshOps() ([]*run, error) {
	if tx.loaded {
		return tx.runs, nil
	}
	b := tx.bucket(freshRuns)
	if b == nil {
		tx.loaded = true
		return nil, nil
	}
	c := b.Cursor()
	for k, v := c.Last(); k != nil; k, v = c.Prev() {
		if len(k) != 8 {
			return nil, tx.damaged("a run has the number %x", k)
		}
		r := tx.db.runs.find(binary.BigEndian.Uint64(k))
		if r == nil {
			text, err := tx.db.codec.decode(k, v)
			if err != nil {
				return nil, tx.damaged("run %x: %v", k, err)
			}
			r = &run{id: binary.BigEndian.Uint64(k)}
			if r.ops, err = parseOps(text); err != nil {
				return nil, tx.damaged("run %x: %v", k, err)
			}
			tx.db.runs.add(r)
		}
		tx.runs = append(tx.runs, r)
	}
	tx.loaded = true
	return tx.runs, nil
}

func (tx *Tx) damaged(format string, args ...any) error {
	return &DamagedError{Path: tx.db.path, Detail: fmt.Sprintf(format, args...)}
}

// writeBulk writes the changes of the transaction as a run, or folds them and
// all others. It returns what the cache has to learn once that is committed.
func (tx *Tx) writeBulk() (fresh *run, gone []*run, err error) {
	ops := tx.memo.ops()
	if len(ops) == 0 {
		return nil, nil, nil
	}
	runs, err := tx.freshOps()
	if err != nil {
		return nil, nil, err
	}
	merge, fold := toMerge(len(ops), runs, tx.db.opts.fold)
	gone = runs[:merge]
	for _, r := range gone {
		ops = mergeOps(ops, r.ops)
	}
	b, err := tx.bolt.CreateBucketIfNotExists(freshRuns)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range gone {
		if err := b.Delete(Key(r.id)); err != nil {
			return nil, nil, err
		}
	}
	if fold {
		return nil, gone, tx.fold(ops)
	}
	fresh = &run{ops: ops}
	if fresh.id, err = b.NextSequence(); err != nil {
		return nil, nil, err
	}
	return fresh, gone, b.Put(Key(fresh.id), encodeOps(Key(fresh.id), ops))
}

// toMerge returns how many of runs, the newest first, have to be merged with
// n new changes, and whether to fold it all.
func toMerge(n int, runs []*run, foldAt int) (merge int, fold bool) {
	total, like := n, 0
	for i, r := range runs {
		total += len(r.ops)
		if sizeClass(len(r.ops)) > sizeClass(n) {
			continue
		}
		if like++; like == 3 {
			merge, like = i+1, 0
			n = total
		}
	}
	if total >= foldAt {
		return len(runs), true
	}
	return merge, false
}

// sizeClass is the same for numbers that are within about four times of each
// other.
func sizeClass(n int) int { return bits.Len(uint(n)) / 2 }

// encodeOps returns ops as a value with a checksum.
func encodeOps(key []byte, ops []op) []byte {
	value := make([]byte, valueHeader, valueHeader+len(ops)*32)
	value[0] = codecRaw
	value = appendOps(value, ops)
	binary.LittleEndian.PutUint32(value[1:], checksum(key, value))
	return value
}

// decodeBlock reads the ops in a value that encodeOps made.
func (tx *Tx) decodeOps(key, value []byte) ([]op, error) {
	text, err := tx.db.codec.decode(key, value)
	if err != nil {
		return nil, tx.damaged("block %x: %v", key, err)
	}
	ops, err := parseOps(text)
	if err != nil {
		return nil, tx.damaged("block %x: %v", key, err)
	}
	return ops, nil
}
