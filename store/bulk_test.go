package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
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
			runs = append([]*run{{parts: map[string][]op{"x": make([]op, fresh)}}}, runs...)
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

// newOp returns an op as a memo makes it.
func newOp(key, value []byte, del bool) op {
	var m memo
	m.add(key, value, del)
	return m.recent[0]
}

func TestSplit(t *testing.T) {
	long := bytes.Repeat([]byte("k"), maxKeyLength)
	for name, ops := range map[string][]op{
		"none":       nil,
		"one":        {newOp([]byte("a"), nil, false)},
		"a long key": {newOp([]byte("a"), nil, false), newOp(long, nil, false), newOp([]byte("z"), nil, false)},
	} {
		if got := slices.Concat(split(ops)...); len(got) != len(ops) {
			t.Errorf("%s: %d ops came back of %d", name, len(got), len(ops))
		}
	}
}

func FuzzParseRun(f *testing.F) {
	r := &run{parts: map[string][]op{
		"a": {newOp([]byte("k"), []byte("v"), false), newOp([]byte("key"), nil, true)},
		"b": {newOp([]byte{0}, bytes.Repeat([]byte("v"), 200), false)},
	}}
	f.Add(r.encode())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := parseRun(data)
		if err != nil {
			return
		}
		again, err := parseRun(r.encode())
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(r, again) {
			t.Errorf("%+v became %+v", r, again)
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
