package store

import (
	"context"
	"errors"
	"os"
	"testing"
)

// keepDays keeps a page of each of n days, two to a segment.
func keepDays(t *testing.T, db *DB, n int) []Ref {
	t.Helper()
	var refs []Ref
	for i := range n {
		r := page
		r.At = day.AddDate(0, 0, i)
		ref, err := db.AppendRaw(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		refs = append(refs, ref)
	}
	return refs
}

func TestEachRaw(t *testing.T) {
	db := open(t, Options{SegmentSize: 500})
	refs := keepDays(t, db, 7)
	var met []Ref
	err := db.EachRaw(t.Context(), func(ref Ref, r RawRecord) error {
		if want := day.AddDate(0, 0, len(met)); !r.At.Equal(want) {
			t.Errorf("record %d is of %v", len(met), r.At)
		}
		met = append(met, ref)
		return nil
	})
	if err != nil || len(met) != len(refs) {
		t.Fatalf("met %d, %v", len(met), err)
	}
	for i := range refs {
		if met[i] != refs[i] {
			t.Errorf("record %d is at %+v, want %+v", i, met[i], refs[i])
		}
	}
	for _, tt := range []struct{ give, want error }{{ErrStop, nil}, {os.ErrInvalid, os.ErrInvalid}} {
		calls := 0
		err := db.EachRaw(t.Context(), func(Ref, RawRecord) error { calls++; return tt.give })
		if !errors.Is(err, tt.want) || calls != 1 {
			t.Errorf("%v: %v after %d calls", tt.give, err, calls)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.EachRaw(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestEachRawDamaged(t *testing.T) {
	db := open(t, Options{SegmentSize: 500})
	refs := keepDays(t, db, 4)
	for _, at := range []int64{refs[1].Offset + 1, refs[1].Offset + 100} {
		name := db.raw.name(1)
		good, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		bad := append([]byte{}, good...)
		bad[at] ^= 0x10
		if err := os.WriteFile(name, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		n := 0
		err = db.EachRaw(t.Context(), func(Ref, RawRecord) error { n++; return nil })
		if !errors.As(err, new(*DamagedError)) || n != 1 {
			t.Errorf("byte %d: met %d, %v", at, n, err)
		}
		if err := os.WriteFile(name, good, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestUsage(t *testing.T) {
	db := open(t, Options{})
	fillPeople(t, db, 200)
	update(t, db, func(tx *Tx) error {
		return people.Each(tx, nil, func(key []byte, _ person) error { return people.Delete(tx, key) })
	})
	u, err := db.Usage()
	if err != nil || u.Free < 100_000 || u.Free > u.File || u.Pages != 0 || u.Segments != 0 {
		t.Errorf("%+v, %v", u, err)
	}
}
