package store

import (
	"bytes"
	"cmp"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Each row's keys ascend.
func TestKeyOrder(t *testing.T) {
	for _, keys := range [][][]byte{
		{Key(uint64(0)), Key(uint64(1)), Key(uint64(256)), Key(uint64(math.MaxUint64))},
		{Key(uint32(1)), Key(uint32(math.MaxUint32))},
		{Key(int64(math.MinInt64)), Key(-1), Key(0), Key(1), Key(int64(math.MaxInt64))},
		{Key(time.Time{}), Key(time.UnixMilli(-1)), Key(day), Key(day.Add(time.Millisecond))},
		{Key(""), Key("\x00"), Key("\x00\x00"), Key("\x00\x01"), Key("\x01"), Key("\x01a"), Key("\x02"), Key("a"), Key("a\x00"), Key("a\x00b"), Key("a\x01"), Key("aa"), Key("é"), Key("\xff")},
		{Key("a", uint64(math.MaxUint64)), Key("a\x00", uint64(0)), Key("a\x00", "z"), Key("a\x01", "a"), Key("ab", "")},
		{Key(1, []byte{0}), Key(1, []byte{0, 0}), Key(1, []byte{255}), Key(2)},
	} {
		for i := range keys[1:] {
			if bytes.Compare(keys[i], keys[i+1]) >= 0 {
				t.Errorf("%x does not sort before %x", keys[i], keys[i+1])
			}
		}
	}
}

func TestKeyTypes(t *testing.T) {
	if !bytes.Equal(Key(int64(7)), Key(7)) {
		t.Error("int and int64 differ")
	}
	defer func() {
		if recover() == nil {
			t.Error("a float was taken for a key")
		}
	}()
	Key(1.5)
}

func TestPrefix(t *testing.T) {
	for _, tt := range []struct {
		prefix, key []byte
		want        bool
	}{
		{Prefix("ad"), Key("ada"), true},
		{Prefix("ada"), Key("ada"), true},
		{Key("ad"), Key("ada"), false},
		{Prefix("a\x00"), Key("a\x00b"), true},
		{Prefix("a", "b"), Key("a", "bc"), true},
		{Prefix("a", "b"), Key("ab", "c"), false},
		{Prefix(1), Key(1, "x"), true},
		{Prefix(), Key("x"), true},
	} {
		if got := bytes.HasPrefix(tt.key, tt.prefix); got != tt.want {
			t.Errorf("%x begins with %x: %v", tt.key, tt.prefix, got)
		}
	}
}

func TestReadKey(t *testing.T) {
	at := time.Date(1958, 5, 1, 0, 0, 0, 5e6, time.UTC)
	r := ReadKey(Key(uint64(1), uint32(2), -3, "a\x00\x01é", at, []byte("id"), "", []byte("rest")))
	switch {
	case r.Uint64() != 1, r.Uint32() != 2, r.Int64() != -3, r.String() != "a\x00\x01é",
		!r.Time().Equal(at), string(r.Bytes(2)) != "id", r.String() != "", string(r.Rest()) != "rest":
		t.Error("a part came back changed")
	}
	if r.Err() != nil {
		t.Error(r.Err())
	}
	for name, key := range map[string][]byte{
		"no end":     []byte("abc"),
		"bad escape": {1, 3, 0},
		"cut escape": {1},
		"empty":      nil,
	} {
		r := ReadKey(key)
		if s := r.String(); s != "" || r.Err() == nil {
			t.Errorf("%s: %q, %v", name, s, r.Err())
		}
		if r.Int64() != 0 || !r.Time().IsZero() || r.Uint32() != 0 || r.Rest() != nil {
			t.Errorf("%s: reads on", name)
		}
	}
}

// Keys of a string, a number and a string compare as those do.
func TestKeyOrderProperty(t *testing.T) {
	part := rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 2, 'a', 0xff}), 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		a, b := part.Draw(t, "a"), part.Draw(t, "b")
		n, m := rapid.Int64().Draw(t, "n"), rapid.Int64().Draw(t, "m")
		c, d := part.Draw(t, "c"), part.Draw(t, "d")
		want := cmp.Or(bytes.Compare(a, b), cmp.Compare(n, m), bytes.Compare(c, d))
		if got := bytes.Compare(Key(string(a), n, string(c)), Key(string(b), m, string(d))); got != want {
			t.Errorf("compare %d, want %d", got, want)
		}
	})
}

func FuzzKey(f *testing.F) {
	f.Add("ada", int64(5), "bea", int64(6))
	f.Add("a\x00", int64(-5), "a", int64(1<<62))
	f.Fuzz(func(t *testing.T, a string, n int64, b string, m int64) {
		x, y := Key(a, n), Key(b, m)
		if got, want := bytes.Compare(x, y), cmp.Or(strings.Compare(a, b), cmp.Compare(n, m)); got != want {
			t.Errorf("compare %x and %x: %d, want %d", x, y, got, want)
		}
		if r := ReadKey(x); r.String() != a || r.Int64() != n || r.Err() != nil || len(r.Rest()) > 0 {
			t.Errorf("%x read back with %v", x, r.Err())
		}
	})
}

func FuzzReadKey(f *testing.F) {
	f.Add(Key("ada", 5, "x"))
	f.Fuzz(func(t *testing.T, key []byte) {
		r := ReadKey(key)
		s, n, rest := r.String(), r.Int64(), r.Rest()
		if r.Err() == nil && !bytes.Equal(Key(s, n, rest), key) {
			t.Errorf("%x became %x", key, Key(s, n, rest))
		}
	})
}
