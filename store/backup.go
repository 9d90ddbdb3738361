package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Backup copies the store, as it is at this moment, to dst: the file, and the
// segments of raw pages into the directory named like it with ".pages" behind.
// Reads and writes go on meanwhile. The copy takes the name dst only when it
// is whole and on disk. Segments that an earlier backup to dst has copied are
// not copied again, as they only ever grow.
func (db *DB) Backup(ctx context.Context, dst string) error {
	if same, err := isSamePath(db.path, dst); err != nil || same {
		return errors.Join(err, fmt.Errorf("back up %s: onto itself", db.path))
	}
	db.raw.removing.RLock()
	defer db.raw.removing.RUnlock()
	err := replaceFile(dst, func(f *os.File) error {
		if err := db.copyTo(f); err != nil {
			return err
		}
		// After the file, so that every page it refers to is among them, and
		// before it takes its name.
		return copySegments(ctx, db.path+pagesSuffix, dst+pagesSuffix)
	})
	if err == nil {
		err = dropSegments(db.path+pagesSuffix, dst+pagesSuffix)
	}
	if err != nil {
		return fmt.Errorf("back up %s: %w", db.path, fullError(dst, err))
	}
	return nil
}

// dropSegments removes from the directory of a backup the segments that the
// store no longer has.
func dropSegments(from, to string) error {
	src, dst := segments{dir: from}, segments{dir: to}
	here, err := src.list()
	if err != nil {
		return err
	}
	there, err := dst.list()
	for _, id := range there {
		if !slices.Contains(here, id) {
			err = errors.Join(err, os.Remove(dst.name(id)))
		}
	}
	return err
}

// isSamePath reports whether both are names of one file.
func isSamePath(a, b string) (bool, error) {
	x, err := os.Stat(a)
	if err != nil {
		return false, err
	}
	y, err := os.Stat(b)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(x, y), err
}

// copyTo writes the file, as it is at this moment, to w.
func (db *DB) copyTo(w io.Writer) error {
	return db.View(func(tx *Tx) error {
		e := errWriter{w: w}
		_, err := tx.bolt.WriteTo(&e)
		return cmp.Or(e.err, err)
	})
}

// An errWriter remembers the error of a write, which bolt makes a text of.
type errWriter struct {
	w   io.Writer
	err error
}

func (e *errWriter) Write(b []byte) (int, error) {
	n, err := e.w.Write(b)
	e.err = cmp.Or(e.err, err)
	return n, err
}

// backupBefore copies the file beside itself before schema version is left.
// A copy of it that is there already was made by a run that was interrupted;
// one of another file, or of the same at another time, stays as it is.
func (db *DB) backupBefore(version int) error {
	now, err := metaOf(db.path)
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		dst := fmt.Sprintf("%s.v%d.bak", db.path, version)
		if n > 1 {
			dst = fmt.Sprintf("%s.v%d.%d.bak", db.path, version, n)
		}
		was, err := metaOf(dst)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return replaceFile(dst, func(f *os.File) error { return db.copyTo(f) })
		case err != nil && !errors.As(err, new(*DamagedError)):
			return err
		case err == nil && was.txid == now.txid && was.root == now.root && was.pages == now.pages:
			return nil
		}
	}
}

// metaOf returns the meta page that counts of a file.
func metaOf(path string) (meta, error) {
	f, err := os.Open(path)
	if err != nil {
		return meta{}, err
	}
	defer f.Close()
	return fileMeta(f)
}

// replaceFile writes a file under another name and gives it the name path
// when it is whole and on disk.
func replaceFile(path string, write func(*os.File) error) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err == nil {
		err = syncDir(dir)
	}
	return err
}

// copySegments copies the segments in the directory from that are not, or not
// as long, in the directory to.
func copySegments(ctx context.Context, from, to string) error {
	src, dst := segments{dir: from}, segments{dir: to}
	ids, err := src.list()
	if err != nil || len(ids) == 0 {
		return err
	}
	if err := dst.makeDir(); err != nil {
		return err
	}
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := copySegment(src.name(id), dst.name(id)); err != nil {
			return err
		}
	}
	return nil
}

func copySegment(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	info, err := src.Stat()
	if err != nil {
		return err
	}
	if have, err := os.Stat(to); err == nil && have.Size() == info.Size() {
		return nil
	}
	return replaceFile(to, func(f *os.File) error {
		_, err := io.CopyN(f, src, info.Size())
		return err
	})
}

// Restore puts the backup at from in the place of the store at path, which
// nobody may have open. The backup is checked first; what it replaces is kept
// under its name with ".before-restore" behind it, in place of what an earlier
// restore kept there. A restore that was interrupted can be done again.
func Restore(ctx context.Context, path, from string) error {
	if same, err := isSamePath(from, path); err != nil || same {
		return errors.Join(err, fmt.Errorf("restore %s: from itself", path))
	}
	report, err := Check(ctx, from)
	if err = errors.Join(err, report.Err()); err != nil {
		return fmt.Errorf("restore %s: %w", path, err)
	}
	if err := restore(ctx, path, from); err != nil {
		return fmt.Errorf("restore %s: %w", path, fullError(path, err))
	}
	return nil
}

func restore(ctx context.Context, path, from string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	free, err := lockOut(path)
	if err != nil {
		return err
	}
	defer free()
	fresh := path + ".restore" + pagesSuffix
	if err := errors.Join(os.RemoveAll(fresh), copySegments(ctx, from+pagesSuffix, fresh)); err != nil {
		return err
	}
	old := path + ".before-restore"
	if err := keepAside(path, old); err != nil {
		return err
	}
	if err := keepAside(path+pagesSuffix, old+pagesSuffix); err != nil {
		return err
	}
	if err := os.Rename(fresh, path+pagesSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return replaceFile(path, func(f *os.File) error {
		src, err := os.Open(from)
		if err != nil {
			return err
		}
		defer src.Close()
		_, err = io.Copy(f, src)
		return err
	})
}

// lockOut keeps other processes from opening the file at path, if there is
// one, until free is called.
func lockOut(path string) (free func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return func() {}, nil
	} else if err != nil {
		return nil, err
	}
	if err := lockFile(f); err != nil {
		_ = f.Close()
		return nil, &LockedError{Path: path, Holder: findHolder(path)}
	}
	return func() { _ = f.Close() }, nil
}

// keepAside gives what has the name path the name old, if there is something.
func keepAside(path, old string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	return os.Rename(path, old)
}
