package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// The runs of an index stay few, whatever the size of the transactions.
func TestToMerge(t *testing.T) {
	for _, size := range []int{1, 37, 3700} {
		var runs []*run // the newest first
		folds, copied := 0, 0
		const n = 800
		for range n {
			merge, fold := toMerge(size, runs, defaultFold)
			fresh := size
			for _, r := range runs[:merge] {
				fresh += r.size()
			}
			copied += fresh
			runs = runs[merge:]
			if fold {
				folds++
				if len(runs) > 0 {
					t.Fatalf("%d runs were left out", len(runs))
				}
				continue
			}
			runs = append([]*run{{parts: map[string]*part{"x": {count: fresh}}}}, runs...)
			if len(runs) > 30 {
				t.Fatalf("size %d: %d runs", size, len(runs))
			}
		}
		if want := n * size / defaultFold; folds > want {
			t.Errorf("size %d: folded %d times, want at most %d", size, folds, want)
		}
		if times := float64(copied) / float64(n*size); times > 7 {
			t.Errorf("size %d: each change is written %.1f times", size, times)
		}
	}
}

// Many keys, in and out of order, many folds: all are there, and blocks are
// neither big nor many.
func TestFoldMany(t *testing.T) {
	db := open(t, Options{fold: 5000, noSync: true})
	x := NewBulkIndex("x")
	r := rand.New(rand.NewPCG(1, 2))
	want := map[string]string{}
	for range 60 {
		update(t, db, func(tx *Tx) error {
			for range 500 {
				key, value := Key(r.IntN(9000), "some more of a key"), fmt.Sprint(r.IntN(10))
				var err error
				if r.IntN(5) == 0 {
					err = x.Delete(tx, key)
					delete(want, string(key))
				} else {
					err = x.Put(tx, key, []byte(value))
					want[string(key)] = value
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	view(t, db, func(tx *Tx) error {
		got := map[string]string{}
		for from := []byte(nil); ; {
			rows, err := x.Scan(tx, nil, from, 100)
			for _, e := range rows {
				got[string(e.Key)] = string(e.Value)
				from = e.Key
			}
			if err != nil || len(rows) == 0 {
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%d keys, want %d", len(got), len(want))
				}
				return err
			}
		}
	})
	view(t, db, func(tx *Tx) error {
		rows, err := tx.rows(x.name, span{})
		total := 0
		for _, block := range rows {
			total += len(block.Value)
			if len(block.Value) > blockBytes+valueHeader+10 {
				t.Errorf("a block has %d bytes", len(block.Value))
			}
		}
		if mean := total / len(rows); mean < blockBytes/3 {
			t.Errorf("blocks have %d bytes, of %d", mean, blockBytes)
		}
		return err
	})
}

func newOp(key, value []byte, del bool) op {
	return op{key, value, del}
}

func TestSplit(t *testing.T) {
	long := bytes.Repeat([]byte("k"), maxKeyLength)
	for name, ops := range map[string][]op{
		"none":       nil,
		"one":        {newOp([]byte("a"), nil, false)},
		"a long key": {newOp([]byte("a"), nil, false), newOp(long, nil, false), newOp([]byte("z"), nil, false)},
	} {
		n := 0
		for _, c := range split(ops) {
			n += len(c.ops)
		}
		if n != len(ops) {
			t.Errorf("%s: %d ops came back of %d", name, n, len(ops))
		}
	}
}

// partOf returns a part with ops, which are in key order.
func partOf(ops ...op) *part {
	p := &part{}
	var before []byte
	for i := range ops {
		before = p.add(before, &ops[i])
	}
	return p
}

// opsFrom reads what a part has from low on and before high, in order or
// against it.
func opsFrom(p *part, low, high []byte, back bool) (ops []op, err error) {
	s, err := p.source(low, high, back, nil)
	for err == nil {
		o := s.peek()
		if o == nil || back && bytes.Compare(o.key, low) < 0 || !back && high != nil && bytes.Compare(o.key, high) >= 0 {
			break
		}
		ops = append(ops, op{bytes.Clone(o.key), o.value, o.del})
		err = s.next()
	}
	return ops, err
}

func bytesOf(r *run) (all []byte) {
	for _, name := range slices.Sorted(maps.Keys(r.parts)) {
		p := r.parts[name]
		all = append(binary.AppendUvarint(appendName(all, name), uint64(p.count)), p.coded...)
	}
	return all
}

func FuzzParseRun(f *testing.F) {
	many := partOf()
	var before []byte
	for i := range 3 * markEvery {
		before = many.add(before, &op{Key(i/5, "name", i), bytes.Repeat([]byte("v"), i*3), i%7 == 0})
	}
	f.Add(bytesOf(&run{parts: map[string]*part{
		"a": partOf(newOp([]byte("k"), []byte("v"), false), newOp([]byte("key"), nil, true)),
		"b": partOf(newOp([]byte{0}, bytes.Repeat([]byte("v"), 200), false)),
		"c": many,
		"d": partOf(),
	}}))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := parseRun(data)
		if err != nil {
			return
		}
		again, err := parseRun(bytesOf(r))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(r, again) {
			t.Errorf("%+v became %+v", r, again)
		}
		for _, p := range r.parts {
			all, err := opsFrom(p, nil, nil, false)
			if err != nil || len(all) != p.count {
				t.Fatalf("%d ops of %d: %v", len(all), p.count, err)
			}
			for i := range min(len(all), 20) {
				i = i * 31 % len(all)
				low, high := all[i/2].key, all[i].key
				for _, back := range []bool{false, true} {
					want := slices.Clone(all[i/2 : i])
					if back {
						slices.Reverse(want)
					}
					got, err := opsFrom(p, low, high, back)
					if err != nil || !slices.EqualFunc(got, want, sameOp) {
						t.Fatalf("from %x to %x, back %v: %v, want %v, %v", low, high, back, got, want, err)
					}
				}
			}
		}
	})
}

func sameOp(a, b op) bool {
	return bytes.Equal(a.key, b.key) && bytes.Equal(a.value, b.value) && a.del == b.del
}

// What is read of a run that was found in the file is what was put, in every
// direction and from anywhere, and nothing of it is read that is not asked for.
func TestStoredRuns(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	o := Options{noSync: true, row: 300}
	db := openAt(t, path, o)
	indexes := []Index{NewBulkIndex("a"), NewBulkIndex("b"), NewBulkIndex("c")}
	r := rand.New(rand.NewPCG(1, 2))
	want := model{}
	for range 5 {
		update(t, db, func(tx *Tx) error {
			for range 400 {
				key, value := Key(r.IntN(900)), strings.Repeat("v", r.IntN(1+r.IntN(400)))
				want[string(key)] = value
				del := r.IntN(5) == 0
				if del {
					delete(want, string(key))
				}
				for _, x := range indexes[:2] {
					if err := tx.putBulk(x, key, []byte(value), del); err != nil {
						return err
					}
				}
			}
			return indexes[2].Put(tx, []byte("one"), nil)
		})
	}
	for round := range 2 {
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db = openAt(t, path, o)
		view(t, db, func(tx *Tx) error {
			_, _, err := indexes[2].Get(tx, []byte("one"))
			for _, run := range tx.bulk.runs {
				if !run.stored && run.size() > 100 {
					t.Errorf("round %d: run %d is read as a whole", round, run.id)
				}
			}
			return err
		})
		for range 300 {
			low, high := Key(r.IntN(950)-20), Key(r.IntN(950)-20)
			view(t, db, func(tx *Tx) error {
				for _, x := range indexes[:2] {
					sameRange(t, tx, x, want, low, high)
				}
				return nil
			})
		}
		update(t, db, func(tx *Tx) error { // merges them
			delete(want, string(Key(round)))
			return errors.Join(indexes[0].Delete(tx, Key(round)), indexes[1].Delete(tx, Key(round)))
		})
	}
	report, err := db.Check(t.Context())
	if err := errors.Join(err, report.Err()); err != nil {
		t.Error(err)
	}
}

// sameRange wants the keys of x from low on and before high to be those of the
// model.
func sameRange(t *testing.T, tx *Tx, x Index, want model, low, high []byte) {
	t.Helper()
	var keys []string
	for _, k := range slices.Sorted(maps.Keys(want)) {
		if k >= string(low) && k < string(high) {
			keys = append(keys, k)
		}
	}
	for _, back := range []bool{false, true} {
		var got []string
		err := tx.walkBulk(x, low, high, back, func(o op) bool {
			if got = append(got, string(o.key)); string(o.value) != want[string(o.key)] {
				t.Errorf("%x is %q, want %q", o.key, o.value, want[string(o.key)])
			}
			return true
		})
		if err != nil || !slices.Equal(got, keys) {
			t.Fatalf("from %x to %x, back %v: %d keys, want %d; %v", low, high, back, len(got), len(keys), err)
		}
		slices.Reverse(keys)
	}
}

// Marks that are cut or mangled are damage.
func FuzzParseMarks(f *testing.F) {
	some := appendMark(appendMark(nil, mark{at: 3}, []byte("key")), mark{before: 2, row: 1}, []byte("more"))
	f.Add(append(binary.AppendUvarint(binary.AppendUvarint(appendName(nil, "a"), 9), 2), some...))
	f.Add(appendName(nil, "none\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := parseMarks(data)
		if err != nil {
			return
		}
		rows := func(n uint32) ([]byte, error) { return data, nil }
		for _, p := range r.parts {
			for _, back := range []bool{false, true} { // not what it says; must end
				s, err := p.source([]byte("k"), nil, back, rows)
				for err == nil && s.peek() != nil {
					err = s.next()
				}
			}
		}
	})
}

func FuzzDecodeValue(f *testing.F) {
	c, err := newCodec()
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(c.close)
	for _, p := range []person{{}, {Name: "Ada", Bio: string(bytes.Repeat([]byte("long "), 100))}} {
		value, err := c.encode([]byte("k"), p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(value)
	}
	value, err := c.encode([]byte("k"), parted{strings.Repeat("h", 2*shortPart), strings.Repeat("b", 200)})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(value)
	f.Fuzz(func(t *testing.T, value []byte) {
		_ = c.check([]byte("k"), value)
		if len(value) > valueHeader { // as if the checksum were right
			value = bytes.Clone(value)
			sum := checksum([]byte("k"), value)
			value[1], value[2], value[3], value[4] = byte(sum), byte(sum>>8), byte(sum>>16), byte(sum>>24)
			if text, err := c.decode([]byte("k"), value); err == nil && len(text) > maxValue {
				t.Errorf("%d bytes of JSON", len(text))
			}
			_ = c.check([]byte("k"), value)
		}
	})
}
