package store

import (
	"bytes"
	"slices"

	"go.etcd.io/bbolt"
)

// A block is a row of a bucket of blocks: keys that follow each other, under
// a key that none of them sorts before. It holds blockBytes at most, unless a
// single key is longer, so that two fit on a page.
const blockBytes = 1850

// fold applies the changes of a run to the blocks of all bulk indexes.
func (tx *Tx) fold(r *run) error {
	for name, ops := range r.parts {
		b, err := tx.bolt.CreateBucketIfNotExists(NewBulkIndex(name).name)
		if err == nil {
			err = tx.foldInto(b, ops)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// foldInto applies changes to one index, block by block.
func (tx *Tx) foldInto(b *bbolt.Bucket, ops []op) error {
	for len(ops) > 0 {
		at, next, old, err := tx.blockFor(b, ops[0].key)
		if err != nil {
			return err
		}
		mine := between(ops, nil, next)
		ops = ops[len(mine):]
		merged := mergeOps(mine, old)
		merged = slices.DeleteFunc(merged, func(o op) bool { return o.del })
		if err := replaceBlock(b, at, merged); err != nil {
			return err
		}
	}
	return nil
}

// blockFor returns the block that key belongs to: its own key, the one of the
// block behind it, and what it holds. All are nil if there is none.
func (tx *Tx) blockFor(b *bbolt.Bucket, key []byte) (at, next []byte, ops []op, err error) {
	c := b.Cursor()
	k, v := seekBlock(c, key)
	if k == nil {
		return nil, nil, nil, nil
	}
	at = clone(k)
	if ops, err = tx.readBlock(at, v); err != nil {
		return nil, nil, nil, err
	}
	k, _ = c.Next()
	return at, clone(k), ops, nil
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
	parts := split(ops)
	if at != nil && (len(parts) == 0 || bytes.Compare(at, parts[0][0].key) > 0) {
		if err := b.Delete(at); err != nil {
			return err
		}
		at = nil
	}
	for _, part := range parts {
		if at == nil {
			at = part[0].key
		}
		if err := b.Put(at, encodeBlock(at, part)); err != nil {
			return err
		}
		at = nil
	}
	return nil
}

// encodeBlock returns ops as a value with a checksum.
func encodeBlock(key []byte, ops []op) []byte {
	return sealRaw(key, appendOps(make([]byte, valueHeader, blockBytes+64), ops))
}

// decodeBlock reads what encodeBlock wrote.
func (c codec) decodeBlock(key, value []byte) ([]op, error) {
	text, err := c.decode(key, value)
	if err != nil {
		return nil, err
	}
	ops, rest, err := parseOps(text)
	if err == nil && len(rest) > 0 {
		err = errOps
	}
	return ops, err
}

func (tx *Tx) readBlock(key, value []byte) ([]op, error) {
	ops, err := tx.db.codec.decodeBlock(key, value)
	if err != nil {
		return nil, tx.damaged("block %x: %v", key, err)
	}
	return ops, nil
}

// split cuts ops into parts of about the same size, none of which is bigger
// than a block.
func split(ops []op) (parts [][]op) {
	total := 0
	sizes := make([]int, len(ops))
	var buf, before []byte
	for i, o := range ops {
		buf = appendOp(buf[:0], before, o)
		sizes[i], before = len(buf), o.key
		total += len(buf)
	}
	n := total/blockBytes + 1
	most := total/n + 1
	for begin, i, size := 0, 0, 0; i < len(ops); i++ {
		if size += sizes[i]; size >= most || i+1 == len(ops) {
			parts = append(parts, ops[begin:i+1])
			begin, size = i+1, 0
		}
	}
	return parts
}
