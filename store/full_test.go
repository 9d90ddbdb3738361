package store

import (
	"encoding/hex"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// fillUp writes until there is no room, and returns what was acknowledged.
func fillUp(t *testing.T, db *DB) map[string]person {
	t.Helper()
	want := snapshot(t, db)
	for i := len(want); ; i++ {
		p := person{Age: i, Bio: hex.EncodeToString(noise(10_000 + i))}
		err := db.Write(t.Context(), func(tx *Tx) error { return people.Put(tx, Key(i), p) })
		if errors.As(err, new(*FullError)) {
			return want
		} else if err != nil || i > 1e6 {
			t.Fatalf("write %d: %v", i, err)
		}
		want[string(Key(i))] = p
	}
}

// When the file has its greatest size, reads go on, deletions make room, and
// writes go on again.
func TestMaxSize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	db := openAt(t, path, Options{MaxSize: 1 << 20})
	for round := range 3 {
		want := fillUp(t, db)
		if got := snapshot(t, db); !maps.Equal(got, want) || len(got) < 30 {
			t.Errorf("round %d: %d records, want %d", round, len(got), len(want))
		}
		update(t, db, func(tx *Tx) error {
			n := 0
			return people.Each(tx, nil, func(key []byte, p person) error {
				if n++; n > 10 {
					return ErrStop
				}
				return people.Delete(tx, key)
			})
		})
		update(t, db, func(tx *Tx) error { return byAge.Put(tx, Key(round), nil) })
	}
	if info, err := os.Stat(path); err != nil || info.Size() > 1<<20 {
		t.Errorf("the file has %d bytes, %v", info.Size(), err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	report, err := Check(t.Context(), path)
	if err := errors.Join(err, report.Err()); err != nil {
		t.Error(err)
	}
}

func TestFullErrorMessage(t *testing.T) {
	db := open(t, Options{MaxSize: 1 << 18})
	fillUp(t, db)
	err := db.Update(func(tx *Tx) error {
		return people.Put(tx, Key("big"), person{Bio: hex.EncodeToString(noise(1 << 18))})
	})
	if want := db.Path() + " is full: it has reached its size limit; raise the limit, or prune and compact"; err == nil || err.Error() != want {
		t.Errorf("message %v\nwant    %s", err, want)
	}
}

func TestReadOnlyDirectory(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("permissions do not hold this user back")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "test.db")
	db := openAt(t, path, Options{})
	update(t, db, func(tx *Tx) error { return people.Put(tx, Key(1), person{Name: "Ada"}) })
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	if _, err := Open(path, Options{}); !errors.Is(err, os.ErrPermission) {
		t.Errorf("open for writing: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "new.db"), Options{}); !errors.Is(err, os.ErrPermission) {
		t.Errorf("create: %v", err)
	}
	db = openAt(t, path, Options{ReadOnly: true})
	if got := snapshot(t, db); len(got) != 1 {
		t.Errorf("%d records", len(got))
	}
}

// noise returns bytes that do not compress.
func noise(n int) []byte {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b[i] = byte(x)
	}
	return b
}
