package store

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// model is what a table should hold: keys in order, as a map.
type model map[string]string

func (m model) keys(prefix, from []byte, back bool) []string {
	var keys []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		beyond := from == nil || bytes.Compare([]byte(k), from) > 0
		if back {
			beyond = from == nil || bytes.Compare([]byte(k), from) < 0
		}
		if bytes.HasPrefix([]byte(k), prefix) && beyond {
			keys = append(keys, k)
		}
	}
	if back {
		slices.Reverse(keys)
	}
	return keys
}

func cut[T any](list []T, limit int) []T {
	if limit > 0 && limit < len(list) {
		return list[:limit]
	}
	return list
}

// A table and an index behave like sorted maps, through reopening, rollback,
// group commit and compaction.
func TestModel(t *testing.T) {
	table, indexes := NewTable[string]("t"), []Index{NewIndex("t"), NewBulkIndex("t"), NewBulkIndex("t2")}
	key := rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 'a', 'b', 0xff}), 1, 3), func(b []byte) []byte { return b })
	part := rapid.OneOf(rapid.Just[[]byte](nil), key)
	dir := t.TempDir()
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		path := filepath.Join(dir, fmt.Sprint(run))
		o := Options{noSync: true, fold: rapid.IntRange(1, 200).Draw(rt, "fold"), row: rapid.IntRange(1, 300).Draw(rt, "row")}
		db, err := Open(path, o)
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { db.Close() }()
		want := model{}
		// change makes some changes, to the store and to a copy of the model.
		change := func(rt *rapid.T) (func(tx *Tx) error, model) {
			next := maps.Clone(want)
			type op struct {
				key, value []byte
				del        bool
			}
			var ops []op
			for range rapid.IntRange(1, 8).Draw(rt, "ops") {
				o := op{key: key.Draw(rt, "key"), del: rapid.Bool().Draw(rt, "del")}
				if o.value = []byte(rapid.StringN(0, 300, 300).Draw(rt, "value")); o.del {
					delete(next, string(o.key))
				} else {
					next[string(o.key)] = string(o.value)
				}
				ops = append(ops, o)
			}
			return func(tx *Tx) error {
				for _, o := range ops {
					if o.del {
						if err := table.Delete(tx, o.key); err != nil {
							return err
						}
						for _, x := range indexes {
							if err := x.Delete(tx, o.key); err != nil {
								return err
							}
						}
						continue
					}
					if err := table.Put(tx, o.key, string(o.value)); err != nil {
						return err
					}
					for _, x := range indexes {
						if err := x.Put(tx, o.key, o.value); err != nil {
							return err
						}
					}
				}
				return compare(tx, table, indexes, next, nil, nil, 0)
			}, next
		}
		rt.Repeat(map[string]func(*rapid.T){
			"update": func(rt *rapid.T) {
				fn, next := change(rt)
				if err := db.Update(fn); err != nil {
					rt.Fatal(err)
				}
				want = next
			},
			"write": func(rt *rapid.T) {
				fn, next := change(rt)
				if err := db.Write(t.Context(), fn); err != nil {
					rt.Fatal(err)
				}
				want = next
			},
			"clear": func(rt *rapid.T) {
				if rapid.IntRange(0, 4).Draw(rt, "seldom") > 0 {
					return
				}
				fn, _ := change(rt) // before, of no effect
				after, next := map[string]string{"k": "v"}, model{"k": "v"}
				err := db.Update(func(tx *Tx) error {
					if err := fn(tx); err != nil {
						return err
					}
					if err := table.Clear(tx); err != nil {
						return err
					}
					for _, x := range indexes {
						if err := x.Clear(tx); err != nil {
							return err
						}
					}
					for k, v := range after {
						if err := table.Put(tx, []byte(k), v); err != nil {
							return err
						}
						for _, x := range indexes {
							if err := x.Put(tx, []byte(k), []byte(v)); err != nil {
								return err
							}
						}
					}
					return compare(tx, table, indexes, next, nil, nil, 0)
				})
				if err != nil {
					rt.Fatal(err)
				}
				want = next
			},
			"undone": func(rt *rapid.T) {
				fn, _ := change(rt)
				err := db.Update(func(tx *Tx) error {
					if err := fn(tx); err != nil {
						rt.Fatal(err)
					}
					return ErrStop
				})
				if err != ErrStop {
					rt.Fatal(err)
				}
			},
			"reopen": func(rt *rapid.T) {
				if err := db.Close(); err != nil {
					rt.Fatal(err)
				}
				if db, err = Open(path, o); err != nil {
					rt.Fatal(err)
				}
			},
			"compact": func(rt *rapid.T) {
				if rapid.IntRange(0, 4).Draw(rt, "seldom") > 0 {
					return
				}
				if _, _, err := db.Compact(t.Context()); err != nil {
					rt.Fatal(err)
				}
			},
			"": func(rt *rapid.T) {
				prefix, from := part.Draw(rt, "prefix"), part.Draw(rt, "from")
				limit := rapid.IntRange(0, 4).Draw(rt, "limit")
				err := db.View(func(tx *Tx) error { return compare(tx, table, indexes, want, prefix, from, limit) })
				if err != nil {
					rt.Fatal(err)
				}
			},
		})
	})
}

// compare reads table and index in every way and returns what differs from
// the model.
func compare(tx *Tx, table Table[string], indexes []Index, want model, prefix, from []byte, limit int) error {
	for _, x := range indexes {
		if err := compareOne(tx, table, x, want, prefix, from, limit); err != nil {
			return fmt.Errorf("index %s: %w", x.name, err)
		}
	}
	return nil
}

func compareOne(tx *Tx, table Table[string], index Index, want model, prefix, from []byte, limit int) error {
	for _, back := range []bool{false, true} {
		keys := cut(want.keys(prefix, from, back), limit)
		scan, look := table.Scan, index.Scan
		if back {
			scan, look = table.ScanBack, index.ScanBack
		}
		rows, err := scan(tx, prefix, from, limit)
		if err != nil {
			return err
		}
		entries, err := look(tx, prefix, from, limit)
		if err != nil {
			return err
		}
		if len(rows) != len(keys) || len(entries) != len(keys) {
			return fmt.Errorf("prefix %x from %x limit %d back %v: %d rows, %d entries, want %d", prefix, from, limit, back, len(rows), len(entries), len(keys))
		}
		for i, k := range keys {
			if string(rows[i].Key) != k || rows[i].Value != want[k] {
				return fmt.Errorf("row %d is %x: %q, want %x: %q", i, rows[i].Key, rows[i].Value, k, want[k])
			}
			if string(entries[i].Key) != k || string(entries[i].Value) != want[k] {
				return fmt.Errorf("entry %d is %x: %q, want %x: %q", i, entries[i].Key, entries[i].Value, k, want[k])
			}
		}
	}
	var each []string
	err := index.Each(tx, prefix, func(key, value []byte) error {
		if each = append(each, string(key)); string(value) != want[string(key)] {
			return fmt.Errorf("each %x: %q, want %q", key, value, want[string(key)])
		}
		if len(each) == limit {
			return ErrStop
		}
		return nil
	})
	if keys := cut(want.keys(prefix, nil, false), limit); err != nil || !slices.Equal(each, keys) {
		return fmt.Errorf("each below %x limit %d: %d keys, want %d; %v", prefix, limit, len(each), len(keys), err)
	}
	if a, b := table.Count(tx), index.Count(tx); a != len(want) || b != len(want) {
		return fmt.Errorf("counts %d and %d, want %d", a, b, len(want))
	}
	for k, v := range want {
		if got, ok, err := table.Get(tx, []byte(k)); got != v || !ok || err != nil {
			return fmt.Errorf("get %x: %q, %v, %v, want %q", k, got, ok, err, v)
		}
		if got, ok, err := index.Get(tx, []byte(k)); string(got) != v || !ok || err != nil {
			return fmt.Errorf("get %x of the index: %q, %v, %v, want %q", k, got, ok, err, v)
		}
	}
	return nil
}
