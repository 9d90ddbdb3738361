package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// addYear makes everybody a year older, ten people at a time.
var addYear = Migration{Name: "a year older", Step: func(tx *Tx, after []byte) ([]byte, error) {
	rows, err := people.Scan(tx, nil, after, 10)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	for _, r := range rows {
		r.Value.Age++
		if err := people.Put(tx, r.Key, r.Value); err != nil {
			return nil, err
		}
	}
	return rows[len(rows)-1].Key, nil
}}

func TestMigrate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	db := openAt(t, path, Options{})
	update(t, db, func(tx *Tx) error {
		for i := range 35 {
			if err := people.Put(tx, Key(i), person{Age: i}); err != nil {
				return err
			}
		}
		return nil
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{ReadOnly: true, Migrations: []Migration{addYear}}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("open for reading: %v", err)
	}

	// Interrupted after the second step, it goes on with the third.
	steps := 0
	broken := Migration{Name: "breaks", Step: func(tx *Tx, after []byte) ([]byte, error) {
		if steps++; steps == 3 {
			return nil, fmt.Errorf("no power")
		}
		return addYear.Step(tx, after)
	}}
	if _, err := Open(path, Options{Migrations: []Migration{broken}}); err == nil || steps != 3 {
		t.Fatalf("after %d steps: %v", steps, err)
	}
	if _, err := Open(path, Options{}); !errors.As(err, new(*NewerError)) {
		t.Errorf("the older program opened it meanwhile: %v", err)
	}
	db = openAt(t, path, Options{Migrations: []Migration{addYear, addYear}})
	if v, err := db.Version(); v != 3 || err != nil {
		t.Errorf("version %d, %v", v, err)
	}
	view(t, db, func(tx *Tx) error {
		return people.Each(tx, nil, func(key []byte, p person) error {
			if i := int(ReadKey(key).Int64()); p.Age != i+2 {
				t.Errorf("person %d has age %d", i, p.Age)
			}
			return nil
		})
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	_, err := Open(path, Options{})
	var newer *NewerError
	if !errors.As(err, &newer) || newer.Have != 3 || newer.Known != 1 {
		t.Errorf("open by an older program: %v", err)
	}
	backup := openAt(t, path+".v1.bak", Options{})
	view(t, backup, func(tx *Tx) error {
		p, ok, err := people.Get(tx, Key(7))
		if p.Age != 7 || !ok {
			t.Errorf("in the backup: %v, %v", p, ok)
		}
		return err
	})
	if _, err := os.Stat(path + ".v2.bak"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a second backup of the same upgrade: %v", err)
	}
	if _, err := Open(path, Options{Migrations: []Migration{{Name: "empty"}}}); err == nil {
		t.Error("a migration without a step was taken")
	}
}

// A backup that another upgrade left is not taken for that of this one, nor
// overwritten; that of this one is made once.
func TestBackupsOfUpgrades(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "test.db")
	step := Migration{Name: "nothing", Step: func(*Tx, []byte) ([]byte, error) { return nil, nil }}
	upgrade := func(age int) {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		db := openAt(t, path, Options{})
		update(t, db, func(tx *Tx) error { return people.Put(tx, Key(1), person{Age: age}) })
		if age > 1 {
			update(t, db, func(tx *Tx) error { return people.Put(tx, Key(2), person{Age: age}) })
			for range 2 { // the second one as after a kill
				if err := db.backupBefore(firstVersion); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db = openAt(t, path, Options{Migrations: []Migration{step}})
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path+".v1.bak", []byte("no store"), 0o600); err != nil {
		t.Fatal(err)
	}
	upgrade(1)
	upgrade(2)
	if _, err := os.Stat(path + ".v1.4.bak"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("too many backups: %v", err)
	}
	for i, name := range []string{".v1.2.bak", ".v1.3.bak"} {
		view(t, openAt(t, path+name, Options{}), func(tx *Tx) error {
			p, ok, err := people.Get(tx, Key(1))
			if p.Age != i+1 || !ok {
				t.Errorf("%s: %v, %v", name, p, ok)
			}
			return err
		})
	}
}

// A new store has the newest version, and nothing to keep of an older one.
func TestNewIsNewest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	db := openAt(t, path, Options{Migrations: []Migration{{Name: "never", Step: func(*Tx, []byte) ([]byte, error) {
		t.Error("a new store is migrated")
		return nil, nil
	}}}})
	if v, err := db.Version(); v != 2 || err != nil {
		t.Errorf("version %d, %v", v, err)
	}
	if all, err := filepath.Glob(path + "*.bak"); len(all) > 0 || err != nil {
		t.Errorf("backups of nothing: %v, %v", all, err)
	}
}

func TestForeignFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	s, err := newSink(path)
	if err != nil {
		t.Fatal(err)
	}
	s.begin([]byte("widgets"), 0)
	if err := errors.Join(s.finish(), s.close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{}); err == nil {
		t.Error("a file of another program was opened")
	}
}
