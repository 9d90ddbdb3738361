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

// newest is the schema version that migrations lead to.
func (o Options) newest() int { return firstVersion + len(o.Migrations) }

func checkMigrations(list []Migration) error {
	for i, m := range list {
		if m.Step == nil {
			return fmt.Errorf("migration %d (%s) has no step", i+firstVersion+1, m.Name)
		}
	}
	return nil
}

// migrate brings an older file up to date, after a backup, and refuses a
// newer one. A file whose migration was interrupted has the new version
// already, so that no older program takes it for its own.
func (db *DB) migrate() error {
	have, unfinished, err := db.schema()
	if err != nil {
		return err
	}
	want := db.opts.newest()
	switch {
	case have > want:
		return &NewerError{Path: db.path, Have: have, Known: want}
	case have == want && !unfinished:
		return nil
	case db.opts.ReadOnly:
		return fmt.Errorf("%s has schema %d and must be brought to %d first: open it for writing once: %w", db.path, have, want, ErrReadOnly)
	}
	if unfinished {
		have--
	} else if err := db.backupBefore(have); err != nil {
		return fmt.Errorf("back up %s before migrating it: %w", db.path, err)
	}
	for v := have + 1; v <= want; v++ {
		m := db.opts.Migrations[v-firstVersion-1]
		if err := db.migrateTo(v, m); err != nil {
			return fmt.Errorf("migrate %s to schema %d (%s): %w", db.path, v, m.Name, err)
		}
	}
	return nil
}

// migrateTo runs m's steps from wherever they were left.
func (db *DB) migrateTo(version int, m Migration) error {
	for done := false; !done; {
		err := db.Update(func(tx *Tx) error {
			at, _, err := about.Get(tx, migrationKey)
			if err != nil {
				return err
			}
			if len(at) == 0 {
				at = nil
			}
			next, err := m.Step(tx, at)
			if err != nil {
				return err
			}
			if done = next == nil; done {
				err = about.Delete(tx, migrationKey)
			} else {
				err = about.Put(tx, migrationKey, next)
			}
			return errors.Join(err, putVersion(tx, version))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Version returns the schema version of the file: 1, and one more for every
// migration.
func (db *DB) Version() (int, error) {
	version, _, err := db.schema()
	return version, err
}

// schema returns the version of the file, and whether the migration to it is
// still under way.
func (db *DB) schema() (version int, unfinished bool, err error) {
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
		_, unfinished, err = about.Get(tx, migrationKey)
		return err
	})
	return version, unfinished, err
}

func putVersion(tx *Tx, version int) error {
	return about.Put(tx, versionKey, binary.BigEndian.AppendUint64(nil, uint64(version)))
}
