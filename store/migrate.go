package store

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// firstVersion is the schema a new store starts from.
const firstVersion = 1

var (
	about        = NewIndex("store") // what the store knows of itself
	versionKey   = []byte("version")
	migrationKey = []byte("migration") // how far the one under way has come
)

// A Migration takes the records from one schema version to the next: the
// first in Options.Migrations from 1 to 2, the second from 2 to 3. The list
// only ever grows at its end.
type Migration struct {
	Name string // says what changes, for people

	// Step does a part of the work in one transaction. It is called with nil
	// first, then with what it returned before, until it returns nil. How far
	// it came is committed with what it did, so that a migration that was
	// interrupted goes on where it was.
	Step func(tx *Tx, after []byte) (next []byte, err error)
}

func checkMigrations(list []Migration) error {
	for i, m := range list {
		if m.Step == nil {
			return fmt.Errorf("migration %d (%s) has no step", i+firstVersion+1, m.Name)
		}
	}
	return nil
}

// migrate brings an older file up to date, after a backup, and refuses a
// newer one.
func (db *DB) migrate() error {
	have, err := db.Version()
	if err != nil {
		return err
	}
	want := firstVersion + len(db.opts.Migrations)
	switch {
	case have > want:
		return &NewerError{Path: db.path, Have: have, Known: want}
	case have == want:
		return nil
	case db.opts.ReadOnly:
		return fmt.Errorf("%s has schema %d and must be brought to %d first: open it for writing once: %w", db.path, have, want, ErrReadOnly)
	}
	if err := db.backupBefore(have); err != nil {
		return fmt.Errorf("back up %s before migrating it: %w", db.path, err)
	}
	for v := have; v < want; v++ {
		m := db.opts.Migrations[v-firstVersion]
		if err := db.migrateOne(v+1, m); err != nil {
			return fmt.Errorf("migrate %s to schema %d (%s): %w", db.path, v+1, m.Name, err)
		}
	}
	return nil
}

// migrateOne runs m's steps from wherever they were left.
func (db *DB) migrateOne(to int, m Migration) error {
	for done := false; !done; {
		err := db.Update(func(tx *Tx) error {
			at, _, err := about.Get(tx, migrationKey)
			if err != nil {
				return err
			}
			next, err := m.Step(tx, at)
			if err != nil {
				return err
			}
			if done = next == nil; !done {
				return about.Put(tx, migrationKey, next)
			}
			return errors.Join(about.Delete(tx, migrationKey), putVersion(tx, to))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Version returns the schema version of the file.
func (db *DB) Version() (version int, err error) {
	err = db.View(func(tx *Tx) error {
		v, ok, err := about.Get(tx, versionKey)
		switch {
		case err != nil:
			return err
		case !ok:
			return fmt.Errorf("%s is a bbolt file, but not of this program: choose another", db.path)
		case len(v) != 8 || binary.BigEndian.Uint64(v) > 1<<20:
			return &DamagedError{Path: db.path, Detail: fmt.Sprintf("its schema version reads %x", v)}
		}
		version = int(binary.BigEndian.Uint64(v))
		return nil
	})
	return version, err
}

func putVersion(tx *Tx, version int) error {
	return about.Put(tx, versionKey, binary.BigEndian.AppendUint64(nil, uint64(version)))
}
