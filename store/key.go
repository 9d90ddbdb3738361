package store

import (
	"encoding/binary"
	"fmt"
	"time"
)

// Key joins parts into one key. Keys of the same kinds of parts sort as the
// parts do, the first part first:
//
//	uint64, uint32   8 or 4 bytes, most significant first
//	int64, int       8 bytes, the sign bit turned over, so that -1 sorts before 0
//	time.Time        the same, of milliseconds since 1970; less than a millisecond is dropped, and so is the zone
//	string           its bytes, then a 0; bytes 0 and 1 in it become 1 1 and 1 2, so that no end is ever mistaken
//	[]byte           as it is: for ids of a fixed length, or a last part
//
// A part of any other type is a mistake in the program, and Key panics.
// A [KeyReader] takes a key apart again.
func Key(parts ...any) []byte {
	key := make([]byte, 0, 32)
	for _, p := range parts {
		key = appendPart(key, p)
	}
	return key
}

// Prefix is Key for looking up: a string that is the last part is left open,
// so that the prefix is that of every key whose string begins with it.
func Prefix(parts ...any) []byte {
	key := Key(parts...)
	if n := len(parts); n > 0 {
		if _, ok := parts[n-1].(string); ok {
			key = key[:len(key)-1]
		}
	}
	return key
}

func appendPart(key []byte, part any) []byte {
	switch p := part.(type) {
	case uint64:
		return binary.BigEndian.AppendUint64(key, p)
	case uint32:
		return binary.BigEndian.AppendUint32(key, p)
	case int64:
		return appendSigned(key, p)
	case int:
		return appendSigned(key, int64(p))
	case time.Time:
		return appendSigned(key, p.UnixMilli())
	case string:
		return appendString(key, p)
	case []byte:
		return append(key, p...)
	}
	panic(fmt.Sprintf("store.Key: a %T cannot be part of a key", part))
}

const signBit = 1 << 63

func appendSigned(key []byte, n int64) []byte {
	return binary.BigEndian.AppendUint64(key, uint64(n)^signBit)
}

func appendString(key []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < 2 {
			key = append(key, 1, c+1)
		} else {
			key = append(key, c)
		}
	}
	return append(key, 0)
}

// A KeyReader takes the parts of a key off it, in the order they were given
// to Key. After the first part that is not there it returns zero values and
// Err says what was missing.
type KeyReader struct {
	rest []byte
	err  error
}

// ReadKey returns a reader of key.
func ReadKey(key []byte) *KeyReader { return &KeyReader{rest: key} }

// Err returns what was wrong, nil if nothing was.
func (r *KeyReader) Err() error { return r.err }

// Uint64 takes off a uint64.
func (r *KeyReader) Uint64() uint64 {
	if b := r.Bytes(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

// Uint32 takes off a uint32.
func (r *KeyReader) Uint32() uint32 {
	if b := r.Bytes(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

// Int64 takes off an int64 or int.
func (r *KeyReader) Int64() int64 {
	n := r.Uint64()
	if r.err != nil {
		return 0
	}
	return int64(n ^ signBit)
}

// Time takes off a time, in UTC.
func (r *KeyReader) Time() time.Time {
	n := r.Int64()
	if r.err != nil {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

// Bytes takes off n bytes; they are part of the key.
func (r *KeyReader) Bytes(n int) []byte {
	if r.err == nil && len(r.rest) < n {
		r.err = fmt.Errorf("key has %d bytes left, want %d", len(r.rest), n)
	}
	if r.err != nil {
		return nil
	}
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

// Rest takes off all that is left.
func (r *KeyReader) Rest() []byte { return r.Bytes(len(r.rest)) }

// String takes off a string.
func (r *KeyReader) String() string {
	if r.err != nil {
		return ""
	}
	var s []byte
	for i := 0; i < len(r.rest); i++ {
		switch c := r.rest[i]; {
		case c == 0:
			r.rest = r.rest[i+1:]
			return string(s)
		case c > 1:
			s = append(s, c)
		case i+1 < len(r.rest) && (r.rest[i+1] == 1 || r.rest[i+1] == 2):
			i++
			s = append(s, r.rest[i]-1)
		default:
			r.err = fmt.Errorf("string in key has a bad escape at byte %d", i)
			return ""
		}
	}
	r.err = fmt.Errorf("string in key has no end")
	return ""
}

// after returns the first key that sorts after all keys with the prefix, nil
// if there is none.
func after(prefix []byte) []byte {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			next := append([]byte{}, prefix[:i+1]...)
			next[i]++
			return next
		}
	}
	return nil
}
