package store

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Rewrite keeps what it is told to, takes what it is given, and can be gone on
// from; the numbers of tables and of runs go on.
func TestRewrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	db := openAt(t, path, Options{fold: 300})
	fillPeople(t, db, 200)
	ref, err := db.AppendRaw(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	update(t, db, func(tx *Tx) error {
		n, err := logbook.Next(tx)
		return errors.Join(err, logbook.Put(tx, Key(n), 1), cursors.Put(tx, []byte("c"), Key(n)))
	})
	want := snapshot(t, db)
	keep := func(name string) bool { return name == "people" || name == logbook.Name() }
	failed := errors.New("as asked")
	if err := db.Rewrite(t.Context(), keep, func(context.Context, *DB) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("failing: %v", err)
	}
	err = db.Rewrite(t.Context(), keep, func(ctx context.Context, fresh *DB) error {
		if _, err := fresh.ReadRaw(ref); err != nil {
			t.Error("raw page:", err)
		}
		view(t, fresh, func(tx *Tx) error {
			if a, b := byAge.Count(tx), initial.Count(tx); a+b > 0 {
				t.Errorf("%d and %d keys are left", a, b)
			}
			return nil
		})
		for key, p := range snapshot(t, fresh) {
			update(t, fresh, func(tx *Tx) error {
				return errors.Join(byAge.Put(tx, Key(p.Age, []byte(key)), nil), initial.Put(tx, Key(p.Age, []byte(key)), nil))
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	verify := func(db *DB) {
		t.Helper()
		if got := snapshot(t, db); !maps.Equal(got, want) {
			t.Errorf("%d people, want %d", len(got), len(want))
		}
		view(t, db, func(tx *Tx) error {
			if a, b := byAge.Count(tx), initial.Count(tx); a != len(want) || b != len(want) {
				t.Errorf("%d and %d keys, want %d", a, b, len(want))
			}
			if at, err := Position(tx, "c"); len(at) == 0 || err != nil {
				t.Errorf("cursor %x, %v", at, err)
			}
			return nil
		})
	}
	verify(db)
	update(t, db, func(tx *Tx) error {
		n, err := logbook.Next(tx)
		if n != 2 {
			t.Errorf("next number is %d", n)
		}
		return errors.Join(err, initial.Put(tx, []byte("later"), nil), initial.Delete(tx, []byte("later")))
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	verify(openAt(t, path, Options{}))
	if left, err := filepath.Glob(path + ".new-*"); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// What a killed process left half written goes when the file is opened, but
// not what another one may be about to use.
func TestUnfinishedIsRemoved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	old, fresh := path+".new-1", path+".new-2"
	for _, name := range []string{old, fresh} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	openAt(t, path, Options{})
	if _, err := os.Stat(old); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("old: %v", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("fresh: %v", err)
	}
}
