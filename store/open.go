package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// pageSize is fixed, so that the same records make the same file everywhere.
const pageSize = 4096

// Open opens the store at path. Unless o.ReadOnly, it creates what is
// missing: directories readable by their owner alone (0700), a file readable
// by its owner alone (0600). It returns a *LockedError if another process has
// the file, a *DamagedError if the file is cut or is no store, a *NewerError
// if a later program wrote it.
func Open(path string, o Options) (*DB, error) {
	o = o.withDefaults()
	if err := checkMigrations(o.Migrations); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if !o.ReadOnly {
		if err := create(path, o.newest()); err != nil {
			return nil, fmt.Errorf("create %s: %w", path, fullError(path, err))
		}
	}
	db := &DB{path: path, opts: o}
	if err := db.start(); err != nil {
		return nil, err
	}
	return db, nil
}

// start fills in the rest of db.
func (db *DB) start() (err error) {
	if db.codec, err = newCodec(); err != nil {
		return err
	}
	var h *handle
	for range 3 {
		if h, err = openHandle(db.path, db.opts); !errors.Is(err, errReplaced) {
			break
		}
	}
	if err != nil {
		db.codec.close()
		return err
	}
	db.open.Store(h)
	if !db.opts.ReadOnly {
		writeHolder(db.path, Holder{PID: os.Getpid(), Command: db.opts.Command, Since: db.opts.Now()})
	}
	db.raw.init(db.path+pagesSuffix, db.opts)
	if !db.opts.ReadOnly {
		removeUnfinished(db.path, db.opts.Now())
	}
	if err := db.migrate(); err != nil {
		_ = db.Close() // the reason is the one to return
		return err
	}
	return nil
}

// removeUnfinished removes what a process that was killed while it wrote the
// file anew has left. What was changed a moment ago may be someone's who is
// about to open the file for the first time.
func removeUnfinished(path string, now time.Time) {
	names, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return // it is only for the room
	}
	for _, e := range names {
		if !strings.HasPrefix(e.Name(), filepath.Base(path)+".new-") {
			continue
		}
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > time.Minute {
			_ = os.Remove(filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
}

var errReplaced = errors.New("file was replaced while it was opened")

// openHandle checks the file, then opens it in bolt.
func openHandle(path string, o Options) (h *handle, err error) {
	if err := checkQuickly(path); err != nil {
		return nil, err
	}
	h = &handle{}
	defer faultsPanic()()
	defer func() {
		if p := recover(); p != nil {
			err = &DamagedError{Path: path, Detail: fmt.Sprint(p)}
		}
		if err != nil && h.file != nil {
			_ = h.file.Close() // frees the lock; bolt may have closed it already
		}
	}()
	if h.bolt, err = openMapped(path, boltOptions(o, h)); err != nil {
		return h, openError(path, err)
	}
	if same, err := sameFile(h.file, path); err != nil || !same {
		_ = h.bolt.Close()
		return h, errReplaced
	}
	return h, nil
}

// boltOptions returns o for bolt, which will tell h the file it opens.
func boltOptions(o Options, h *handle) *bbolt.Options {
	return &bbolt.Options{
		Timeout:      o.Timeout,
		ReadOnly:     o.ReadOnly,
		MaxSize:      int(o.MaxSize),
		NoSync:       o.noSync,
		PageSize:     pageSize,
		FreelistType: bbolt.FreelistArrayType,
		OpenFile: func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
			f, err = os.OpenFile(name, flag&^os.O_CREATE, mode)
			h.file = f
			return f, err
		},
	}
}

// openMapped opens the file with a mapping so large that it never has to be
// made anew: a writer that must enlarge it would wait for every reader, and
// every new reader for the writer. Where address space is scarce it makes do
// with less.
func openMapped(path string, o *bbolt.Options) (db *bbolt.DB, err error) {
	for _, size := range mapSizes() {
		o.InitialMmapSize = size
		if db, err = bbolt.Open(path, 0o600, o); err == nil || !isNoMemory(err) {
			break
		}
	}
	return db, err
}

func mapSizes() []int {
	if runtime.GOOS == "windows" || ^uint(0)>>32 == 0 {
		return []int{0} // Windows would make the file as long as the mapping
	}
	big := 64
	return []int{big << 30, 1 << 30, 0}
}

func openError(path string, err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return &LockedError{Path: path, Holder: findHolder(path)}
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch):
		return &DamagedError{Path: path, Detail: err.Error()}
	}
	return fmt.Errorf("open %s: %w", path, err)
}

func sameFile(f *os.File, path string) (bool, error) {
	a, err := f.Stat()
	if err != nil {
		return false, err
	}
	b, err := os.Stat(path)
	if err != nil {
		return false, err
	}
	return os.SameFile(a, b), nil
}

// create makes an empty store of a schema version at path if there is no file,
// or an empty one. It is written under another name and synced before it takes
// its own, so that a file under its own name is always whole.
func create(path string, version int) error {
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return errors.New("it is a directory")
	case err == nil && info.Size() > 0:
		return nil
	case err == nil:
		return replaceEmpty(path, version)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	tmp, err := writeEmpty(path, version)
	if err != nil {
		return err
	}
	defer os.Remove(tmp)
	return settle(tmp, path)
}

// settle gives the file tmp the name path, unless something has that name by
// now, and syncs the directory.
func settle(tmp, path string) error {
	err := os.Link(tmp, path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(tmp, path) // a file system without hard links
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// replaceEmpty puts an empty store in the place of an empty file, such as
// mktemp leaves. The empty file's own lock keeps a second process from doing
// the same a moment later, over the first one's data.
func replaceEmpty(path string, version int) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := lockFile(f); err != nil {
		return nil // someone is at it
	}
	if same, err := sameFile(f, path); err != nil || !same {
		return err
	}
	if info, err := f.Stat(); err != nil || info.Size() > 0 {
		return err
	}
	tmp, err := writeEmpty(path, version)
	if err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return errors.Join(err, os.Remove(tmp))
	}
	return syncDir(filepath.Dir(path))
}

// writeEmpty makes an empty store beside path and returns its name.
func writeEmpty(path string, version int) (name string, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return "", err
	}
	name = f.Name()
	defer func() {
		if err != nil {
			_ = os.Remove(name)
		}
	}()
	if err := f.Close(); err != nil {
		return "", err
	}
	return name, initialize(name, version)
}

// initialize writes the first state into an empty file and syncs it.
func initialize(name string, version int) error {
	b, err := bbolt.Open(name, 0o600, &bbolt.Options{PageSize: pageSize, FreelistType: bbolt.FreelistArrayType})
	if err != nil {
		return err
	}
	err = b.Update(func(tx *bbolt.Tx) error { return putVersion(&Tx{db: &DB{path: name}, bolt: tx}, version) })
	if cerr := b.Close(); err == nil {
		err = cerr
	}
	return err
}

// programName is what the running program was called as.
func programName() string {
	return strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
}
