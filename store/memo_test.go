package store

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// Whatever is put, in whatever order and however often it is looked at, a memo
// has the last change of each key, in key order.
func TestMemo(t *testing.T) {
	kinds := map[string]func(r *rand.Rand) []byte{
		"numbers":      func(r *rand.Rand) []byte { return Key(r.Uint64()) },
		"few":          func(r *rand.Rand) []byte { return Key(r.IntN(20)) },
		"short":        func(r *rand.Rand) []byte { return make([]byte, 1+r.IntN(12)) },
		"short or not": func(r *rand.Rand) []byte { return append([]byte("ab")[:r.IntN(3)], byte(r.IntN(3))) },
		"same heads":   func(r *rand.Rand) []byte { return Key("the same", r.IntN(500)) },
		"long":         func(r *rand.Rand) []byte { return bytes.Repeat([]byte{byte(r.IntN(3))}, 1+r.IntN(300)) },
	}
	for name, key := range kinds {
		for _, n := range []int{1, 10, fewChanges, fewChanges + 1, 3000} {
			t.Run(fmt.Sprint(name, n), func(t *testing.T) {
				r := rand.New(rand.NewPCG(1, uint64(n)))
				m, want := &memo{}, map[string]string{}
				for i := range n {
					k, v, del := key(r), fmt.Sprint(i), r.IntN(9) == 0
					if err := m.add(k, []byte(v), del); err != nil {
						t.Fatal(err)
					}
					want[string(k)] = fmt.Sprint(v, del)
					if r.IntN(n) < 5 {
						sameMemo(t, m, want)
					}
				}
				sameMemo(t, m, want)
			})
		}
	}
}

func sameMemo(t *testing.T, m *memo, want map[string]string) {
	t.Helper()
	keys := slices.Sorted(maps.Keys(want))
	got := m.changes()
	if len(got) != len(keys) {
		t.Fatalf("%d changes, want %d", len(got), len(keys))
	}
	for i, k := range keys {
		o := m.op(&got[i])
		if string(o.key) != k || fmt.Sprint(string(o.value), o.del) != want[k] {
			t.Fatalf("change %d is %x: %s %v, want %x: %s", i, o.key, o.value, o.del, k, want[k])
		}
	}
}

// What cannot be kept is refused.
func TestMemoRefuses(t *testing.T) {
	for what, o := range map[string]op{
		"no key":     {},
		"long key":   {key: make([]byte, maxKeyLength+1)},
		"long value": {key: []byte("k"), value: make([]byte, maxValue+1)},
	} {
		m := &memo{}
		if err := m.add(o.key, o.value, o.del); err == nil || m.size() > 0 {
			t.Errorf("%s: %v, %d changes", what, err, m.size())
		}
	}
}

// Of several sources the newest one's change to a key counts, in both
// directions, also where sources end early.
func TestMerging(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		var lists [][]op
		want := map[string]string{}
		for age := range r.IntN(7) {
			var ops []op
			for k := range byte(12) {
				if r.IntN(3) == 0 {
					ops = append(ops, newOp([]byte{k}, fmt.Append(nil, age), false))
					if _, newer := want[string(k)]; !newer {
						want[string(k)] = fmt.Sprint(age)
					}
				}
			}
			lists = append(lists, ops)
		}
		for _, back := range []bool{false, true} {
			var sources []source
			for _, ops := range lists {
				sources = append(sources, &listSource{ops: ops, back: back})
			}
			keys := slices.Sorted(maps.Keys(want))
			if back {
				slices.Reverse(keys)
			}
			m := newMerging("x", sources, back)
			for _, k := range keys {
				o, err := m.least()
				if err != nil || o == nil || string(o.key) != k || string(o.value) != want[k] {
					t.Fatalf("%v is next, %v, want %x: %s", o, err, k, want[k])
				}
				if err := m.next(); err != nil {
					t.Fatal(err)
				}
			}
			if o, err := m.least(); o != nil || err != nil {
				t.Fatalf("%v is left, %v", o, err)
			}
		}
	}
}
