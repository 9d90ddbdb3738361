package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var (
	byAge   = NewIndex("people.age")
	initial = NewBulkIndex("people.initial")
	written = NewSums("people.written", 1) // of all together
)

// countWritten returns what written has counted.
func countWritten(tx *Tx) (sum int, err error) {
	err = written.Each(tx, nil, func(_, _ []byte, n []int64) error {
		sum += int(n[0])
		return nil
	})
	return sum, err
}

// fillPeople stores n people with an index, and some deletions, so that the
// file has branches, long values and free pages.
func fillPeople(t testing.TB, db *DB, n int) {
	t.Helper()
	r := rand.New(rand.NewPCG(5, 6))
	for i := 0; i < n; i += 50 {
		update(t, db, func(tx *Tx) error {
			for j := i; j < i+50; j++ {
				bio := make([]byte, r.IntN(4000))
				for k := range bio {
					bio[k] = 'a' + byte(r.IntN(26))
				}
				p := person{Name: fmt.Sprintf("person %d", j), Age: j % 90, Bio: string(bio)}
				if err := errors.Join(people.Put(tx, Key(j), p), byAge.Put(tx, Key(p.Age, j), nil), initial.Put(tx, Key(p.Age, j), nil), written.Add(tx, Key(p.Age), nil, 1)); err != nil {
					return err
				}
			}
			return people.Delete(tx, Key(i))
		})
	}
}

// A damage is a way to spoil a file; it returns the spoilt bytes.
type damage struct {
	name string
	do   func(r *rand.Rand, file []byte) []byte
}

var damages = []damage{
	{"truncated", func(r *rand.Rand, file []byte) []byte { return file[:r.IntN(len(file))] }},
	{"zeroed page", func(r *rand.Rand, file []byte) []byte {
		clear(pageOf(r, file))
		return file
	}},
	{"flipped bit", func(r *rand.Rand, file []byte) []byte {
		file[r.IntN(len(file))] ^= 1 << r.IntN(8)
		return file
	}},
	{"flipped bit in a header", func(r *rand.Rand, file []byte) []byte {
		pageOf(r, file)[r.IntN(200)] ^= 1 << r.IntN(8)
		return file
	}},
	{"noise on a page", func(r *rand.Rand, file []byte) []byte {
		p := pageOf(r, file)
		for i := range p {
			p[i] = byte(r.Uint32())
		}
		return file
	}},
	{"noise behind a header", func(r *rand.Rand, file []byte) []byte {
		p := pageOf(r, file)[pageHeader:]
		for i := range p[:64] {
			p[i] = byte(r.Uint32())
		}
		return file
	}},
	{"page copied over another", func(r *rand.Rand, file []byte) []byte {
		copy(pageOf(r, file), pageOf(r, file))
		return file
	}},
	{"child made an ancestor", func(r *rand.Rand, file []byte) []byte {
		for range 1000 {
			p := parsePage(pageOf(r, file))
			if p.kind == branchPage {
				binary.NativeEndian.PutUint64(p.data[pageHeader+8+element*r.IntN(p.count):], p.id)
				break
			}
		}
		return file
	}},
}

func pageOf(r *rand.Rand, file []byte) []byte {
	at := r.IntN(len(file)/pageSize) * pageSize
	return file[at : at+pageSize]
}

// Whatever happens to the file, opening, reading, writing and checking it end
// with a clean error or none, and records that come back are the right ones.
func TestDamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "good.db")
	good := openAt(t, path, Options{fold: 300, row: 200})
	fillPeople(t, good, 500)
	want := snapshot(t, good)
	if err := good.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	times := 8
	if torture(t) {
		times = 200
	}
	for _, d := range damages {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(7, 8))
			path := filepath.Join(t.TempDir(), "bad.db")
			refused, failed, found := 0, 0, 0
			for i := range times {
				if err := os.WriteFile(path, d.do(r, bytes.Clone(file)), 0o600); err != nil {
					t.Fatal(err)
				}
				report, err := Check(t.Context(), path)
				if err != nil {
					t.Fatalf("%d: check: %v", i, err)
				}
				found += min(report.Found, 1)
				refusal, failure := useDamaged(t, path, want, report.Err() == nil)
				refused += refusal
				failed += failure
			}
			t.Logf("of %d: found by check %d, refused at open %d, failed later %d", times, found, refused, failed)
		})
	}
}

// torture reports whether the long form of the fault tests is wanted.
func torture(t *testing.T) bool {
	t.Helper()
	return os.Getenv("TENURE_TORTURE") != ""
}

// snapshot returns all people by key.
func snapshot(t testing.TB, db *DB) map[string]person {
	all := map[string]person{}
	view(t, db, func(tx *Tx) error {
		return people.Each(tx, nil, func(key []byte, p person) error { all[string(key)] = p; return nil })
	})
	return all
}

// useDamaged opens a spoilt file and does everything with it.
func useDamaged(t *testing.T, path string, want map[string]person, whole bool) (refused, failed int) {
	t.Helper()
	db, err := Open(path, Options{fold: 100, row: 200})
	if err != nil {
		if !errors.As(err, new(*DamagedError)) || whole {
			t.Errorf("open (check found it whole: %v): %v", whole, err)
		}
		return 1, 0
	}
	defer db.Close() // may fail, must not hang
	note := func(what string, err error) {
		if err == nil {
			return
		}
		failed = 1
		if !errors.As(err, new(*DamagedError)) || whole {
			t.Errorf("%s (check found it whole: %v): %v", what, whole, err)
		}
	}
	note("read", db.View(func(tx *Tx) error {
		n := 0
		err := people.Each(tx, nil, func(key []byte, p person) error {
			if n++; want[string(key)] != p {
				t.Errorf("key %x is %.60v, want %.60v", key, p, want[string(key)])
			}
			return nil
		})
		if whole && (n != len(want) || people.Count(tx) != n) {
			t.Errorf("read %d records, want %d", n, len(want))
		}
		return err
	}))
	for _, x := range []Index{byAge, initial} {
		note("read index "+x.Name(), db.View(func(tx *Tx) error {
			rows, err := x.ScanBack(tx, nil, nil, 0)
			for _, row := range rows {
				r := ReadKey(row.Key)
				if age, i := r.Int64(), r.Int64(); r.Err() != nil || age != i%90 {
					t.Errorf("index %s has key %x", x.Name(), row.Key)
				}
			}
			if whole && len(rows) != 500 {
				t.Errorf("index %s has %d keys", x.Name(), len(rows))
			}
			return err
		}))
	}
	note("sums", db.View(func(tx *Tx) error {
		n, err := countWritten(tx)
		if err == nil && (n < 0 || n > 500 || whole && n != 500) {
			t.Errorf("%d written", n)
		}
		return err
	}))
	for i := range 5 {
		note("write", db.Update(func(tx *Tx) error {
			return errors.Join(people.Put(tx, Key(i*40), person{Age: i, Bio: strings.Repeat("new", 300)}), people.Delete(tx, Key(i*17)), byAge.Put(tx, Key(i*3, 1), nil), initial.Put(tx, Key(i*31, i), nil), initial.Delete(tx, Key(i, i)), written.Add(tx, Key(i), nil, 1))
		}))
	}
	return 0, failed
}

// A file that is cut while it is open fails its readers and writers, and
// nothing else.
func TestFileCutWhileOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	fillPeople(t, db, 200)
	if err := os.Truncate(path, 2*pageSize); err != nil {
		t.Fatal(err)
	}
	err = db.View(func(tx *Tx) error {
		_, err := people.Scan(tx, nil, nil, 0)
		return err
	})
	if !errors.As(err, new(*DamagedError)) {
		t.Errorf("read: %v", err)
	}
	for range 2 {
		err = db.Update(func(tx *Tx) error { return people.Put(tx, Key(1), person{}) })
		if !errors.As(err, new(*DamagedError)) {
			t.Errorf("write: %v", err)
		}
	}
	_ = db.Close() // must come back
}

func TestCheckGoodFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	db := openAt(t, path, Options{fold: 400})
	fillPeople(t, db, 300)
	hot, err := db.Check(t.Context())
	if err := errors.Join(err, hot.Err()); err != nil {
		t.Error(err)
	}
	if _, err := Check(t.Context(), path); !errors.As(err, new(*LockedError)) {
		t.Errorf("check of an open file: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	cold, err := Check(t.Context(), path)
	if err := errors.Join(err, cold.Err()); err != nil {
		t.Error(err)
	}
	for _, r := range []Report{hot, cold} {
		var got []string
		for _, table := range r.Tables {
			got = append(got, fmt.Sprint(table.Name, " ", table.Index, " ", table.Records))
		}
		if want := "[people.age true 300 store true 1 people.written true 90 people.initial true 200 people false 294 store.fresh false 2]"; fmt.Sprint(got) != want {
			t.Errorf("tables %v, want %v", got, want)
		}
	}
}

// Whatever the bytes of a file, checking it comes to an end.
func FuzzCheck(f *testing.F) {
	path := filepath.Join(f.TempDir(), "test.db")
	db, err := Open(path, Options{})
	if err != nil {
		f.Fatal(err)
	}
	update(f, db, func(tx *Tx) error { return people.Put(tx, Key("a"), person{Name: "Ada"}) })
	if err := db.Close(); err != nil {
		f.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	file = bytes.TrimRight(file, "\x00")
	f.Add(uint16(0), []byte{})
	f.Add(uint16(3*pageSize), []byte{3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 255, 255, 1})
	f.Fuzz(func(t *testing.T, at uint16, patch []byte) {
		spoilt := append(bytes.Clone(file), make([]byte, 1<<16)...)
		copy(spoilt[min(int(at), len(spoilt)):], patch)
		m, _, err := bothMetas(bytes.NewReader(spoilt))
		if err != nil || m.pages > uint64(len(spoilt)/pageSize) {
			return
		}
		if _, err := check(t.Context(), "x", bytes.NewReader(spoilt), m); err != nil {
			t.Error(err)
		}
	})
}
