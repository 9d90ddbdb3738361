package store

import (
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// sumsOf returns what an index that counts holds below a prefix.
func sumsOf(tx *Tx, s Sums, prefix, from []byte) (keys []string, all map[string][2]int64, err error) {
	all = map[string][2]int64{}
	err = s.EachAfter(tx, prefix, from, func(key, text []byte, n []int64) error {
		if string(text) != "of "+string(key) {
			return errors.New("key " + string(key) + " has the text " + string(text))
		}
		keys = append(keys, string(key))
		all[string(key)] = [2]int64{n[0], n[1]}
		return nil
	})
	return keys, all, err
}

// What is added to an index that counts adds up, within a transaction and over
// many, over merged runs and blocks, rollback and reopening; what comes to
// nothing is gone.
func TestSums(t *testing.T) {
	s, other := NewSums("s", 2), NewBulkIndex("s") // not the same
	key := rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 'a', 0xff}), 1, 2)
	number := rapid.Int64Range(-2, 2)
	dir, run := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		path := filepath.Join(dir, string(rune('a'+run%26))+rapid.StringMatching("[a-z]{12}").Draw(rt, "name"))
		o := Options{noSync: true, fold: rapid.IntRange(1, 60).Draw(rt, "fold"), row: rapid.IntRange(1, 300).Draw(rt, "row")}
		db, err := Open(path, o)
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { db.Close() }()
		want := map[string][2]int64{}
		same := func(tx *Tx, want map[string][2]int64) {
			prefix, from := rapid.OneOf(rapid.Just[[]byte](nil), key).Draw(rt, "prefix"), rapid.OneOf(rapid.Just[[]byte](nil), key).Draw(rt, "from")
			keys, got, err := sumsOf(tx, s, prefix, from)
			if err != nil {
				rt.Fatal(err)
			}
			if expected := (model{}); !slices.IsSorted(keys) {
				rt.Fatalf("keys %q", keys)
			} else {
				for k := range want {
					expected[k] = ""
				}
				if list := expected.keys(prefix, from, false); !slices.Equal(list, keys) {
					rt.Fatalf("keys %q, want %q", keys, list)
				}
			}
			for k, n := range got {
				if want[k] != n {
					rt.Fatalf("%q: %v, want %v", k, n, want[k])
				}
			}
		}
		rt.Repeat(map[string]func(*rapid.T){
			"add": func(rt *rapid.T) {
				next, undone := maps.Clone(want), errors.New("undone")
				fail := rapid.IntRange(0, 4).Draw(rt, "fails") == 0
				err := db.Update(func(tx *Tx) error {
					for range rapid.IntRange(1, 10).Draw(rt, "changes") {
						k, a, b := key.Draw(rt, "key"), number.Draw(rt, "a"), number.Draw(rt, "b")
						if err := errors.Join(s.Add(tx, k, append([]byte("of "), k...), a, b), other.Put(tx, k, []byte{9})); err != nil {
							return err
						}
						n := next[string(k)]
						if next[string(k)] = [2]int64{n[0] + a, n[1] + b}; next[string(k)] == [2]int64{} {
							delete(next, string(k))
						}
						if rapid.IntRange(0, 3).Draw(rt, "look") == 0 {
							same(tx, next)
						}
					}
					if fail {
						return undone
					}
					return nil
				})
				switch {
				case fail && errors.Is(err, undone):
				case err != nil:
					rt.Fatal(err)
				default:
					want = next
				}
			},
			"clear": func(rt *rapid.T) {
				if rapid.IntRange(0, 4).Draw(rt, "seldom") > 0 {
					return
				}
				if err := db.Update(s.Clear); err != nil {
					rt.Fatal(err)
				}
				want = map[string][2]int64{}
			},
			"reopen": func(rt *rapid.T) {
				if err := db.Close(); err != nil {
					rt.Fatal(err)
				}
				if db, err = Open(path, o); err != nil {
					rt.Fatal(err)
				}
			},
			"": func(rt *rapid.T) {
				err := db.View(func(tx *Tx) error {
					same(tx, want)
					if n := s.Count(tx); n != len(want) {
						rt.Fatalf("%d keys, want %d", n, len(want))
					}
					return nil
				})
				if err != nil {
					rt.Fatal(err)
				}
			},
		})
	})
}

// FuzzSums: whatever stands in a value, it is read or refused.
func FuzzSums(f *testing.F) {
	f.Add([]byte{2, 2, 4, 'x'}, []byte{2, 1, 1, 'y'})
	f.Add([]byte{}, []byte{255})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		var x, y, both counted
		errX, errY := x.read(a), y.read(b)
		value, err := addSums(nil, a, b)
		if err != nil || errX != nil || errY != nil {
			if err == nil {
				t.Errorf("%x and %x add up to %x", a, b, value)
			}
			return
		}
		if err := both.read(value); err != nil {
			t.Fatal(err)
		}
		nothing := true
		for i, n := range both.numbers {
			if n != x.numbers[i]+y.numbers[i] {
				t.Errorf("%x and %x add up to %x", a, b, value)
			}
			nothing = nothing && n == 0
		}
		if isNothing(value) != nothing {
			t.Errorf("%x is nothing: %v", value, !nothing)
		}
	})
}

func TestSumsRefused(t *testing.T) {
	db := open(t, Options{})
	s := NewSums("s", 1)
	if s.Name() != "s" {
		t.Error(s.Name())
	}
	update(t, db, func(tx *Tx) error { return s.Add(tx, []byte("a"), nil, 1) })
	for name, fn := range map[string]func(*Tx) error{
		"empty key":    func(tx *Tx) error { return s.Add(tx, nil, nil, 1) },
		"no numbers":   func(tx *Tx) error { return s.Add(tx, []byte("k"), nil) },
		"more numbers": func(tx *Tx) error { return s.Add(tx, []byte("k"), nil, 1, 2) },
		"other index":  func(tx *Tx) error { return NewSums("s", 2).Each(tx, nil, nothingOf) },
		"what is not so": func(tx *Tx) error {
			return errors.Join(s.x.Put(tx, []byte("k"), []byte{9}), s.Each(tx, nil, nothingOf))
		},
	} {
		if err := db.Update(fn); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func nothingOf(_, _ []byte, _ []int64) error { return nil }
