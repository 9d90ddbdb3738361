package store

import (
	"bytes"
	"encoding"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"

	"github.com/klauspost/compress/zstd"
)

// A value in a table is one byte that says how it is coded, a CRC-32C over
// key, that byte and what follows, and then the record: JSON, compressed
// unless it is so short that nothing would be gained, or what the record made
// of itself, in one piece or in parts. The key is in the checksum so that a
// record that turns up under another key is noticed.
const (
	codecJSON = 1
	codecZstd = 2
	codecRaw  = 3 // not JSON, but a run or a block of keys
	codecOwn  = 4 // a record that codes itself

	codecParts = 5 // one that codes itself in parts

	valueHeader  = 5
	shortJSON    = 96       // shorter records are not compressed
	maxValue     = 64 << 20 // bytes of JSON; more is refused on the way in and out
	maxKeyLength = 32 << 10
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func newCodec() (codec, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(false), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return codec{}, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxValue), zstd.WithDecoderConcurrency(0))
	if err != nil {
		return codec{}, errors.Join(err, enc.Close())
	}
	return codec{enc: enc, dec: dec}, nil
}

func (c codec) close() {
	_ = c.enc.Close() // nothing is being written
	c.dec.Close()
}

// encode returns the value that holds v under key.
func (c codec) encode(key []byte, v any) ([]byte, error) {
	switch own := v.(type) {
	case Parted:
		return c.encodeParts(key, own)
	case encoding.BinaryAppender:
		return encodeOwn(key, own)
	}
	text, err := marshal(v)
	if err != nil {
		return nil, err
	}
	if len(text) > maxValue {
		return nil, fmt.Errorf("record has %d bytes, more than %d", len(text), maxValue)
	}
	value := make([]byte, valueHeader, valueHeader+len(text)/2+64)
	if value[0] = codecJSON; len(text) < shortJSON {
		value = append(value, text...)
	} else {
		value[0] = codecZstd
		value = c.enc.EncodeAll(text, value)
	}
	binary.LittleEndian.PutUint32(value[1:], checksum(key, value))
	return value, nil
}

// encodeOwn is encode for a record that codes itself.
func encodeOwn(key []byte, v encoding.BinaryAppender) ([]byte, error) {
	value, err := v.AppendBinary(make([]byte, valueHeader, 256))
	if err != nil {
		return nil, err
	}
	if n := len(value) - valueHeader; n > maxValue {
		return nil, fmt.Errorf("record has %d bytes, more than %d", n, maxValue)
	}
	value[0] = codecOwn
	binary.LittleEndian.PutUint32(value[1:], checksum(key, value))
	return value, nil
}

// sealRaw fills in the header of a value whose payload is no JSON.
func sealRaw(key, value []byte) []byte {
	value[0] = codecRaw
	binary.LittleEndian.PutUint32(value[1:], checksum(key, value))
	return value
}

// marshal is json.Marshal without the escapes for HTML.
func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// decode returns the JSON in a value, or what else is in it, which may be
// part of it.
func (c codec) decode(key, value []byte) ([]byte, error) {
	if len(value) < valueHeader {
		return nil, fmt.Errorf("value has %d bytes", len(value))
	}
	if binary.LittleEndian.Uint32(value[1:]) != checksum(key, value) {
		return nil, errors.New("checksum is wrong")
	}
	switch value[0] {
	case codecJSON, codecRaw, codecOwn, codecParts:
		return value[valueHeader:], nil
	case codecZstd:
		return c.dec.DecodeAll(value[valueHeader:], nil)
	}
	return nil, fmt.Errorf("unknown coding %d", value[0])
}

// check unpacks all that is in a value and forgets it.
func (c codec) check(key, value []byte) error {
	text, err := c.decode(key, value)
	if err == nil && value[0] == codecParts {
		err = c.checkParts(text)
	}
	return err
}

// checksum is over all of key and value but the checksum itself.
func checksum(key, value []byte) uint32 {
	sum := crc32.Update(0, castagnoli, key)
	sum = crc32.Update(sum, castagnoli, value[:1])
	return crc32.Update(sum, castagnoli, value[valueHeader:])
}
