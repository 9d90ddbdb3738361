package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// backupBefore copies the file beside itself before schema version is left.
// A copy that is there already was made by the run that was interrupted, and
// is the one of the untouched file.
func (db *DB) backupBefore(version int) error {
	dst := fmt.Sprintf("%s.v%d.bak", db.path, version)
	if _, err := os.Stat(dst); err == nil {
		return nil
	}
	return db.Backup(dst)
}

// Backup writes a copy of the file, as it is at this moment, to dst; reads
// and writes go on meanwhile. The copy takes the name dst only when it is
// whole and on disk. Segments of raw pages are not copied: they never change,
// so any copying program will do.
func (db *DB) Backup(dst string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(dst), filepath.Base(dst)+".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	err = db.View(func(tx *Tx) error {
		_, err := tx.bolt.WriteTo(f)
		return err
	})
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return writeError(dst, err)
	}
	if err := os.Rename(f.Name(), dst); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dst))
}
