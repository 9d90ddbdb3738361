package store

import (
	"bytes"
	"encoding/binary"

	"go.etcd.io/bbolt"
)

// A block is a row of a bucket of blocks: keys that follow each other, under
// a key that none of them sorts before. It holds blockBytes at most, unless a
// single key is longer, so that two fit on a page.
const blockBytes = 1850

// foldOps is how many ops without a block of their own are cut into blocks at a
// time.
const foldOps = 1024

// A folder applies changes to blocks. What it holds is used for one block
// after the other.
type folder struct {
	tx   *Tx
	ops  []op
	keys []byte // of ops
	sums bool   // changes to one key add up
}

// fold applies the changes of a run to the blocks of all bulk indexes.
func (tx *Tx) fold(r *run) error {
	f := folder{tx: tx}
	for name, p := range r.parts {
		b, err := tx.bolt.CreateBucketIfNotExists(NewBulkIndex(name).name)
		if err == nil {
			f.sums = isSums(name)
			err = f.fold(b, p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fold applies the changes to one index, block by block.
func (f *folder) fold(b *bbolt.Bucket, p *part) error {
	if p.count == 0 {
		return nil
	}
	fresh, err := p.at(0, nil)
	for err == nil && fresh.ok {
		var at, next []byte
		var old opReader
		if at, next, old, err = f.blockFor(b, fresh.now.key); err != nil {
			break
		}
		if err = f.merge(&fresh, &old, next); err == nil {
			err = replaceBlock(b, at, f.ops)
		}
	}
	return err
}

// blockFor returns the block that key belongs to: its own key, the one of the
// block behind it, and what it holds. The keys are nil if there is none.
func (f *folder) blockFor(b *bbolt.Bucket, key []byte) (at, next []byte, ops opReader, err error) {
	c := b.Cursor()
	k, v := seekBlock(c, key)
	if k == nil {
		return nil, nil, ops, nil
	}
	at = clone(k)
	if ops, err = f.tx.readBlock(at, v); err != nil {
		return nil, nil, ops, err
	}
	k, _ = c.Next()
	return at, clone(k), ops, nil
}

// merge makes f.ops what a block holds and what is fresh and sorts before
// next, if that is not nil. Where both have a key the fresh one counts, or
// their sum; one that was deleted, or came to nothing, is left out. Of what is fresh and very much some is left,
// which belongs behind the last of the blocks that are made.
func (f *folder) merge(fresh, old *opReader, next []byte) error {
	f.ops, f.keys = f.ops[:0], f.keys[:0]
	for {
		more := fresh.ok && (next == nil || bytes.Compare(fresh.now.key, next) < 0)
		c := 0
		switch {
		case !old.ok && len(f.ops) >= foldOps:
			return nil
		case more && old.ok:
			c = bytes.Compare(fresh.now.key, old.now.key)
		case more:
			c = -1
		case old.ok:
			c = 1
		default:
			return nil
		}
		from := fresh
		if c > 0 {
			from = old
		}
		o := from.now
		if c == 0 {
			var err error
			if o, err = f.over(o, old); err != nil {
				return err
			}
		}
		if !o.del && !(f.sums && isNothing(o.value)) {
			f.add(o)
		}
		if err := from.next(); err != nil {
			return err
		}
	}
}

// over takes what a block has of a key, and returns what is left of both.
func (f *folder) over(o op, old *opReader) (op, error) {
	if f.sums {
		value, err := addSums(nil, o.value, old.now.value)
		if err != nil {
			return o, err
		}
		o.value = value
	}
	return o, old.next()
}

// add appends an op to f.ops, with a copy of its key.
func (f *folder) add(o op) {
	at := len(f.keys)
	f.keys = append(f.keys, o.key...)
	f.ops = append(f.ops, op{key: f.keys[at:len(f.keys):len(f.keys)], value: o.value})
}

// seekBlock places the cursor on the block where key is, if it is anywhere:
// the last one that does not sort behind it, or else the first.
func seekBlock(c *bbolt.Cursor, key []byte) (k, v []byte) {
	k, v = c.Seek(key)
	if k != nil && bytes.Equal(k, key) {
		return k, v
	}
	if k == nil {
		return c.Last()
	}
	if k, v = c.Prev(); k == nil {
		return c.First()
	}
	return k, v
}

// replaceBlock writes ops in the place of the block at.
func replaceBlock(b *bbolt.Bucket, at []byte, ops []op) error {
	if at != nil && (len(ops) == 0 || bytes.Compare(at, ops[0].key) > 0) {
		if err := b.Delete(at); err != nil {
			return err
		}
		at = nil
	}
	if len(ops) == 0 {
		return nil
	}
	if at == nil {
		at = ops[0].key
	}
	for i, part := range split(ops) {
		if i > 0 {
			at = part.ops[0].key
		}
		if err := b.Put(at, encodeBlock(at, part)); err != nil {
			return err
		}
	}
	return nil
}

// encodeBlock returns a blockful as a value with a checksum.
func encodeBlock(key []byte, c blockful) []byte {
	more := binary.MaxVarintLen64 + len(c.ops[0].key) // of its key some was left out
	return sealRaw(key, appendOps(make([]byte, valueHeader, valueHeader+c.size+more), c.ops))
}

// decodeBlock returns a reader of what encodeBlock wrote, at the first op.
func (c codec) decodeBlock(key, value []byte) (r opReader, err error) {
	text, err := c.decode(key, value)
	if err == nil {
		r, err = readOps(text)
	}
	if err == nil {
		err = r.next()
	}
	return r, err
}

// countBlock returns how many ops are in what encodeBlock wrote, having read
// all of them.
func (c codec) countBlock(key, value []byte) (n int, err error) {
	r, err := c.decodeBlock(key, value)
	for ; err == nil && r.ok; n++ {
		err = r.next()
	}
	if err == nil && len(r.rest) > 0 {
		err = errOps
	}
	return n, err
}

func (tx *Tx) readBlock(key, value []byte) (opReader, error) {
	r, err := tx.db.codec.decodeBlock(key, value)
	if err != nil {
		return r, tx.damaged("block %x: %v", key, err)
	}
	return r, nil
}

// listBlock is readBlock for all ops at once.
func (tx *Tx) listBlock(key, value []byte) ([]op, error) {
	r, err := tx.readBlock(key, value)
	if err != nil {
		return nil, err
	}
	ops, err := r.list(r.left + 1)
	if err != nil {
		return nil, tx.damaged("block %x: %v", key, err)
	}
	return ops, nil
}

// A blockful is ops that make a block, of about that size.
type blockful struct {
	ops  []op
	size int
}

// split cuts ops into parts of about the same size, none of which is bigger
// than a block.
func split(ops []op) (cuts []blockful) {
	total := 0
	var before []byte
	for i := range ops {
		total += sizeOf(before, &ops[i])
		before = ops[i].key
	}
	n := total/blockBytes + 1
	most := total/n + 1
	cuts = make([]blockful, 0, n+1)
	before = nil
	begin, size := 0, 0
	for i := range ops {
		size += sizeOf(before, &ops[i])
		before = ops[i].key
		if size >= most || i+1 == len(ops) {
			cuts = append(cuts, blockful{ops[begin : i+1], size})
			begin, size = i+1, 0
		}
	}
	return cuts
}
