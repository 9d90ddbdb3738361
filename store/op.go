package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// An op is one change to a bulk index: a key put with a value, or deleted.
type op struct {
	key, value []byte
	del        bool
}

// headOf returns the first 8 bytes of a key, as a number to compare by.
func headOf(key []byte) uint64 {
	if len(key) >= 8 {
		return binary.BigEndian.Uint64(key)
	}
	var b [8]byte
	copy(b[:], key)
	return binary.BigEndian.Uint64(b[:])
}

// appendOps writes ops, which are in key order, in the form readOps reads:
// how many, then of each how much of its key is that of the one before, how
// much follows, how long its value is with a bit for deleted, and those bytes.
func appendOps(b []byte, ops []op) []byte {
	b = binary.AppendUvarint(b, uint64(len(ops)))
	var before []byte
	for i := range ops {
		b = appendOp(b, before, &ops[i])
		before = ops[i].key
	}
	return b
}

func appendOp(b, before []byte, o *op) []byte {
	return appendShared(b, sharedBy(before, o.key), o)
}

// appendShared writes an op whose key shares that many bytes with the one
// before.
func appendShared(b []byte, same int, o *op) []byte {
	more, length := len(o.key)-same, len(o.value)<<1
	if o.del {
		length |= 1
	}
	if (same|more|length)>>7 == 0 {
		b = append(b, byte(same), byte(more), byte(length))
	} else {
		b = binary.AppendUvarint(b, uint64(same))
		b = binary.AppendUvarint(b, uint64(more))
		b = binary.AppendUvarint(b, uint64(length))
	}
	return append(append(b, o.key[same:]...), o.value...)
}

// sizeOf returns how many bytes appendOp appends.
func sizeOf(before []byte, o *op) int {
	same := sharedBy(before, o.key)
	more := len(o.key) - same
	return uvarintSize(same) + uvarintSize(more) + uvarintSize(len(o.value)<<1) + more + len(o.value)
}

func uvarintSize(x int) int { return (bits.Len(uint(x|1)) + 6) / 7 }

// sharedBy returns how many bytes two keys begin with alike.
func sharedBy(a, b []byte) (n int) {
	most := min(len(a), len(b))
	for n+8 <= most {
		if x := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:]); x != 0 {
			return n + bits.TrailingZeros64(x)/8
		}
		n += 8
	}
	for n < most && a[n] == b[n] {
		n++
	}
	return n
}

var errOps = errors.New("list of keys is cut or mangled")

// An opHead is what stands before the bytes of an op.
type opHead struct {
	same, more, size int // of the key what is as before and what follows; of the value
	del              bool
}

// cutOp takes the head of an op off b, which has the bytes it speaks of.
func cutOp(b []byte) (h opHead, rest []byte, err error) {
	var length int
	if len(b) >= 3 && b[0]|b[1]|b[2] < 0x80 {
		h.same, h.more, length, b = int(b[0]), int(b[1]), int(b[2]), b[3:]
	} else {
		for _, x := range []*int{&h.same, &h.more, &length} {
			var u uint64
			if u, b, err = cutUvarint(b); err != nil {
				return h, nil, err
			}
			if u > maxValue<<1|1 {
				return h, nil, errOps
			}
			*x = int(u)
		}
	}
	h.size, h.del = length>>1, length&1 != 0
	if h.more+h.size > len(b) || h.same+h.more > maxKeyLength {
		return h, nil, errOps
	}
	return h, b, nil
}

// An opReader walks ops as they are coded, in order. Its zero value has none.
type opReader struct {
	rest []byte // what is behind the current op
	left int    // how many ops that are
	now  op     // the current one; the memory of its key is used again
	ok   bool   // there is one
}

// readOps returns a reader of a list that appendOps wrote, which is before the
// first op.
func readOps(b []byte) (c opReader, err error) {
	n, b, err := cutUvarint(b)
	if err != nil || n > uint64(len(b))/3 {
		return c, errOps // an op takes three bytes at least
	}
	return opReader{rest: b, left: int(n)}, nil
}

func (c *opReader) peek() *op {
	if !c.ok {
		return nil
	}
	return &c.now
}

// next goes on to the next op.
func (c *opReader) next() error {
	if c.ok = c.left > 0; !c.ok {
		return nil
	}
	h, b, err := cutOp(c.rest)
	key := c.now.key
	if err != nil || h.same > len(key) {
		return c.fail(errOps)
	}
	more := b[:h.more]
	if bytes.Compare(key[h.same:], more) >= 0 {
		return c.fail(fmt.Errorf("key %x is out of order", append(key[:h.same], more...)))
	}
	c.now.key = append(key[:h.same], more...)
	c.take(h, b)
	return nil
}

// start goes on to the next op, of which the key is known.
func (c *opReader) start(key []byte) error {
	h, b, err := cutOp(c.rest)
	if err != nil || h.same+h.more != len(key) {
		return c.fail(errOps)
	}
	c.now.key = append(make([]byte, 0, max(64, len(key))), key...)
	c.take(h, b)
	return nil
}

func (c *opReader) take(h opHead, b []byte) {
	end := h.more + h.size
	c.now.value, c.now.del = b[h.more:end:end], h.del
	c.rest, c.ok = b[end:], true
	c.left--
}

func (c *opReader) fail(err error) error {
	c.ok, c.left = false, 0
	return err
}

// seek goes on to the first op whose key is not below low.
func (c *opReader) seek(low []byte) error {
	for c.ok && bytes.Compare(c.now.key, low) < 0 {
		if err := c.next(); err != nil {
			return err
		}
	}
	return nil
}

// list returns the current op and those behind it, at most n, with keys in
// memory of their own.
func (c *opReader) list(n int) (ops []op, err error) {
	if n = min(n, c.left+1); !c.ok {
		return nil, nil
	}
	ops = make([]op, 0, n)
	room := make([]byte, 0, n*48) // slices of it stay when it has to move
	for c.ok && len(ops) < n && err == nil {
		at := len(room)
		room = append(room, c.now.key...)
		ops = append(ops, op{room[at:len(room):len(room)], c.now.value, c.now.del})
		err = c.next()
	}
	return ops, err
}

func cutUvarint(b []byte) (uint64, []byte, error) {
	x, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, nil, errOps
	}
	return x, b[n:], nil
}
