package store

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// A Parted record codes itself in two parts: a head, for what is asked of many
// records at a time, and a body. Each is compressed by itself, so that the
// head can be read alone, through another table of the same name whose type is
// a [HeadUnmarshaler].
type Parted interface {
	// AppendParts appends what the record is to head and body.
	AppendParts(head, body []byte) (h, b []byte, err error)
}

// A PartsUnmarshaler takes in what AppendParts made. What it keeps of head and
// body it must copy.
type PartsUnmarshaler interface {
	UnmarshalParts(key, head, body []byte) error
}

// A HeadUnmarshaler takes in the head alone, and copies what it keeps of it.
type HeadUnmarshaler interface {
	UnmarshalHead(key, head []byte) error
}

// The payload of a record in parts: how long the head is as it is stored, with
// a bit for each part that is compressed, then the head and the body.
const (
	headPacked = 1 << iota
	bodyPacked
	partBits = iota
)

// shortPart is up to what length a part is left as it is: to unpack it would
// take longer than to read it.
const shortPart = 1 << 10

var errParts = errors.New("parts are cut or mangled")

// encodeParts is encode for a record that codes itself in parts.
func (c codec) encodeParts(key []byte, v Parted) ([]byte, error) {
	head, body, err := v.AppendParts(nil, nil)
	if err != nil {
		return nil, err
	}
	if n := len(head) + len(body); n > maxValue {
		return nil, fmt.Errorf("record has %d bytes, more than %d", n, maxValue)
	}
	flags := uint64(0)
	if len(head) > shortPart {
		head, flags = c.enc.EncodeAll(head, nil), flags|headPacked
	}
	value := make([]byte, valueHeader, valueHeader+binary.MaxVarintLen64+len(head)+len(body)/2+64)
	value[0] = codecParts
	if len(body) > shortJSON {
		flags |= bodyPacked
	}
	value = binary.AppendUvarint(value, uint64(len(head))<<partBits|flags)
	value = append(value, head...)
	if flags&bodyPacked != 0 {
		value = c.enc.EncodeAll(body, value)
	} else {
		value = append(value, body...)
	}
	binary.LittleEndian.PutUint32(value[1:], checksum(key, value))
	return value, nil
}

// cutParts returns the parts in the payload of a value as they are stored, and
// which of them are compressed.
func cutParts(payload []byte) (head, body []byte, flags uint64, err error) {
	n, rest, err := cutUvarint(payload)
	if err != nil || n>>partBits > uint64(len(rest)) {
		return nil, nil, 0, errParts
	}
	length := n >> partBits
	return rest[:length], rest[length:], n, nil
}

// headIn returns the head in the payload of a value, which may be part of it.
func (c codec) headIn(payload []byte) ([]byte, error) {
	head, _, flags, err := cutParts(payload)
	if err == nil && flags&headPacked != 0 {
		return c.dec.DecodeAll(head, nil)
	}
	return head, err
}

// bodyIn returns the body in the payload of a value, which may be part of it.
func (c codec) bodyIn(payload []byte) ([]byte, error) {
	_, body, flags, err := cutParts(payload)
	if err == nil && flags&bodyPacked != 0 {
		return c.dec.DecodeAll(body, nil)
	}
	return body, err
}

// unmarshalParts has a record take in the parts in the payload of a value, or
// the head alone if it asks for no more.
func (c codec) unmarshalParts(key, payload []byte, v any) error {
	head, err := c.headIn(payload)
	if err != nil {
		return err
	}
	switch u := v.(type) {
	case HeadUnmarshaler:
		return u.UnmarshalHead(key, head)
	case PartsUnmarshaler:
		body, err := c.bodyIn(payload)
		if err != nil {
			return err
		}
		return u.UnmarshalParts(key, head, body)
	}
	return fmt.Errorf("record is in parts, and a %T does not read that", v)
}

// checkParts unpacks both parts and forgets them.
func (c codec) checkParts(payload []byte) error {
	_, err := c.headIn(payload)
	_, berr := c.bodyIn(payload)
	return errors.Join(err, berr)
}
