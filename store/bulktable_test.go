package store

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A coded is a record that codes itself.
type coded struct{ text string }

func (c coded) AppendBinary(b []byte) ([]byte, error) { return append(append(b, 'c'), c.text...), nil }

func (c *coded) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != 'c' {
		return errors.New("not coded")
	}
	c.text = string(b[1:])
	return nil
}

// A bulk table does what a table does.
func TestBulkTable(t *testing.T) {
	plain, bulk := NewTable[coded]("plain"), NewBulkTable[coded]("bulk")
	if bulk.Name() != "bulk" {
		t.Errorf("it is called %q", bulk.Name())
	}
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		path := filepath.Join(dir, fmt.Sprint(n))
		o := Options{noSync: true, fold: rapid.IntRange(1, 60).Draw(rt, "fold")}
		db, err := Open(path, o)
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { db.Close() }()
		key := rapid.Custom(func(rt *rapid.T) []byte {
			return Key(rapid.SampledFrom([]string{"a", "b", ""}).Draw(rt, "part"), rapid.IntRange(0, 9).Draw(rt, "n"))
		})
		for range rapid.IntRange(1, 6).Draw(rt, "transactions") {
			err := db.Update(func(tx *Tx) error {
				for range rapid.IntRange(0, 12).Draw(rt, "changes") {
					k := key.Draw(rt, "key")
					switch rapid.IntRange(0, 9).Draw(rt, "what") {
					case 0:
						if err := errors.Join(plain.Clear(tx), bulk.Clear(tx)); err != nil {
							return err
						}
					case 1, 2, 3:
						if err := errors.Join(plain.Delete(tx, k), bulk.Delete(tx, k)); err != nil {
							return err
						}
					default:
						v := coded{rapid.StringN(0, 40, 200).Draw(rt, "text")}
						put, err := bulk.Prepare(db, k, v)
						if err := errors.Join(err, plain.Put(tx, k, v)); err != nil {
							return err
						}
						if err := put(tx); err != nil {
							return err
						}
					}
				}
				return sameTables(tx, plain, bulk, key.Draw(rt, "get"))
			})
			if err != nil {
				rt.Fatal(err)
			}
			if rapid.Bool().Draw(rt, "reopen") {
				if err := db.Close(); err != nil {
					rt.Fatal(err)
				}
				if db, err = Open(path, o); err != nil {
					rt.Fatal(err)
				}
			}
			if err := db.View(func(tx *Tx) error { return sameTables(tx, plain, bulk, key.Draw(rt, "get")) }); err != nil {
				rt.Fatal(err)
			}
		}
	})
}

func sameTables(tx *Tx, plain, bulk Table[coded], key []byte) error {
	a, okA, errA := plain.Get(tx, key)
	b, okB, errB := bulk.Get(tx, key)
	if err := errors.Join(errA, errB); err != nil || a != b || okA != okB {
		return fmt.Errorf("get %x: %v %v, want %v %v, %w", key, b, okB, a, okA, err)
	}
	for _, read := range []func(Table[coded]) ([]Row[coded], error){
		func(t Table[coded]) ([]Row[coded], error) { return t.Scan(tx, nil, nil, 0) },
		func(t Table[coded]) ([]Row[coded], error) { return t.Scan(tx, key[:1], key, 3) },
		func(t Table[coded]) ([]Row[coded], error) { return t.ScanBack(tx, key[:1], key, 3) },
		func(t Table[coded]) ([]Row[coded], error) {
			r, _, err := t.Last(tx, key[:1])
			return []Row[coded]{r}, err
		},
		func(t Table[coded]) (all []Row[coded], err error) {
			err = t.Each(tx, nil, func(k []byte, v coded) error { all = append(all, Row[coded]{k, v}); return nil })
			return all, err
		},
	} {
		want, errA := read(plain)
		got, errB := read(bulk)
		same := slices.EqualFunc(want, got, func(a, b Row[coded]) bool { return string(a.Key) == string(b.Key) && a.Value == b.Value })
		if err := errors.Join(errA, errB); err != nil || !same {
			return fmt.Errorf("%v, want %v, %w", got, want, err)
		}
	}
	if a, b := plain.Count(tx), bulk.Count(tx); a != b {
		return fmt.Errorf("%d records, want %d", b, a)
	}
	return sameCoded(tx, bulk, key[:1])
}

// sameCoded wants the records below a prefix as they code themselves.
func sameCoded(tx *Tx, bulk Table[coded], prefix []byte) error {
	rows, err := bulk.Scan(tx, prefix, nil, 0)
	if err != nil {
		return err
	}
	n := 0
	err = bulk.EachCoded(tx, prefix, func(key, value []byte) error {
		if n == len(rows) || !bytes.Equal(key, rows[n].Key) || string(value) != "c"+rows[n].Value.text {
			return fmt.Errorf("record %d is coded %x under %x, want that of %v", n, value, key, rows)
		}
		if n++; n == 3 {
			return ErrStop
		}
		return nil
	})
	if want := min(len(rows), 3); err == nil && n != want {
		err = fmt.Errorf("%d coded records, want %d", n, want)
	}
	return err
}

func TestEachCodedOfNoBulkTable(t *testing.T) {
	db := open(t, Options{})
	view(t, db, func(tx *Tx) error {
		if err := NewTable[coded]("plain").EachCoded(tx, nil, nil); err == nil {
			t.Error("no error")
		}
		return nil
	})
}
