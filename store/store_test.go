package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"
)

var day = time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)

func fixedNow() time.Time { return day }

// openAt opens the store at path and closes it with the test.
func openAt(t testing.TB, path string, o Options) *DB {
	t.Helper()
	db, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// open opens a new store.
func open(t testing.TB, o Options) *DB {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "test.db"), o)
}

func update(t testing.TB, db *DB, fn func(tx *Tx) error) {
	t.Helper()
	if err := db.Update(fn); err != nil {
		t.Fatal(err)
	}
}

func view(t testing.TB, db *DB, fn func(tx *Tx) error) {
	t.Helper()
	if err := db.View(fn); err != nil {
		t.Fatal(err)
	}
}

type person struct {
	Name string
	Age  int
	Bio  string `json:",omitempty"`
}

var people = NewTable[person]("people")

func TestOpenCreatesPrivateFiles(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits")
	}
	path := filepath.Join(t.TempDir(), "a", "b", "test.db")
	db := openAt(t, path, Options{})
	if _, err := db.AppendRaw(t.Context(), RawRecord{URL: "u"}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{
		path:                             0o600,
		path + ".lock":                   0o600,
		path + ".pages":                  0o700 | os.ModeDir,
		path + ".pages/00000001.warc.gz": 0o600,
		filepath.Dir(path):               0o700 | os.ModeDir,
		filepath.Dir(filepath.Dir(path)): 0o700 | os.ModeDir,
	} {
		info, err := os.Stat(name)
		if err != nil {
			t.Error(err)
		} else if info.Mode() != want {
			t.Errorf("%s has mode %v, want %v", name, info.Mode(), want)
		}
	}
	left, err := filepath.Glob(path + ".new-*")
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	for i := range 3 {
		db := openAt(t, path, Options{})
		update(t, db, func(tx *Tx) error {
			if n := people.Count(tx); n != i {
				t.Errorf("open %d: %d records", i, n)
			}
			return people.Put(tx, Key(i), person{Age: i})
		})
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path + ".lock"); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("note about the holder is still there: %v", err)
		}
	}
}

func TestOpenEmptyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	db := openAt(t, path, Options{})
	if v, err := db.Version(); v != firstVersion || err != nil {
		t.Errorf("version %d, %v", v, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct {
		name    string
		content []byte
	}{
		{"text", []byte("this is not a store, it is a sentence")},
		{"zeros", make([]byte, 1<<15)},
		{"short", make([]byte, 100)},
	} {
		path := filepath.Join(dir, tt.name)
		if err := os.WriteFile(path, tt.content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(path, Options{})
		var damaged *DamagedError
		if !errors.As(err, &damaged) || damaged.Path != path {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if _, err := Open(dir, Options{}); err == nil {
		t.Error("a directory was opened")
	}
	if _, err := Open(filepath.Join(dir, "none"), Options{ReadOnly: true}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("reading what is not there: %v", err)
	}
}

func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	db := openAt(t, path, Options{})
	update(t, db, func(tx *Tx) error { return people.Put(tx, Key("a"), person{Name: "Ada"}) })
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	one := openAt(t, path, Options{ReadOnly: true})
	two := openAt(t, path, Options{ReadOnly: true})
	for _, db := range []*DB{one, two} {
		view(t, db, func(tx *Tx) error {
			p, ok, err := people.Get(tx, Key("a"))
			if p.Name != "Ada" || !ok {
				t.Errorf("got %v, %v", p, ok)
			}
			if err := people.Put(tx, Key("b"), p); !errors.Is(err, ErrReadOnly) {
				t.Errorf("put: %v", err)
			}
			return err
		})
		if err := db.Update(func(*Tx) error { return nil }); !errors.Is(err, ErrReadOnly) {
			t.Errorf("update: %v", err)
		}
		if _, err := db.AppendRaw(t.Context(), RawRecord{}); !errors.Is(err, ErrReadOnly) {
			t.Errorf("append: %v", err)
		}
	}
}

func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	db := openAt(t, path, Options{Command: "tenure run", Now: fixedNow})
	_, err := Open(path, Options{Timeout: time.Millisecond})
	var locked *LockedError
	if !errors.As(err, &locked) {
		t.Fatal(err)
	}
	want := Holder{PID: os.Getpid(), Command: "tenure run", Since: day}
	if locked.Path != path || locked.Holder != want {
		t.Errorf("locked by %+v, want %+v", locked.Holder, want)
	}
	message := fmt.Sprintf(`%s is in use by "tenure run" (pid %d, since 2025-03-01T12:00:00Z); wait for it to end, or stop it with: kill %[2]d`, path, os.Getpid())
	if err.Error() != message {
		t.Errorf("message %s\nwant    %s", err, message)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	openAt(t, path, Options{})
}

func TestClosed(t *testing.T) {
	db := open(t, Options{})
	var kept *Tx
	view(t, db, func(tx *Tx) error { kept = tx; return nil })
	if _, _, err := people.Get(kept, Key("a")); !errors.Is(err, ErrClosed) {
		t.Errorf("get in a finished transaction: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
	nothing := func(*Tx) error { return nil }
	for name, err := range map[string]error{
		"view":   db.View(nothing),
		"update": db.Update(nothing),
		"write":  db.Write(t.Context(), nothing),
	} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := db.AppendRaw(t.Context(), RawRecord{}); !errors.Is(err, ErrClosed) {
		t.Errorf("append: %v", err)
	}
}

func TestUpdateUndoesAll(t *testing.T) {
	db := open(t, Options{})
	oops := errors.New("oops")
	err := db.Update(func(tx *Tx) error {
		return errors.Join(people.Put(tx, Key("a"), person{}), oops)
	})
	if !errors.Is(err, oops) {
		t.Error(err)
	}
	func() {
		defer func() {
			if p := recover(); p != "oops" {
				t.Errorf("recovered %v", p)
			}
		}()
		_ = db.Update(func(tx *Tx) error {
			if err := people.Put(tx, Key("b"), person{}); err != nil {
				t.Error(err)
			}
			panic("oops")
		})
	}()
	view(t, db, func(tx *Tx) error {
		if n := people.Count(tx); n != 0 {
			t.Errorf("%d records", n)
		}
		return nil
	})
	update(t, db, func(tx *Tx) error { return people.Put(tx, Key("c"), person{}) })
}

func TestTable(t *testing.T) {
	db := open(t, Options{})
	names := []string{"ada", "adam", "bea", "carl", "cato"}
	update(t, db, func(tx *Tx) error {
		for i, name := range names {
			if err := people.Put(tx, Key(name), person{Name: name, Age: i}); err != nil {
				return err
			}
		}
		return nil
	})
	for _, tt := range []struct {
		prefix, from []byte
		limit        int
		forth, back  string
	}{
		{nil, nil, 0, "[ada adam bea carl cato]", "[cato carl bea adam ada]"},
		{nil, nil, 2, "[ada adam]", "[cato carl]"},
		{nil, Key("bea"), 0, "[carl cato]", "[adam ada]"},
		{nil, Key("b"), 0, "[bea carl cato]", "[adam ada]"},
		{nil, Key("zoe"), 0, "[]", "[cato carl bea adam ada]"},
		{Prefix("ada"), nil, 0, "[ada adam]", "[adam ada]"},
		{Key("ada"), nil, 0, "[ada]", "[ada]"},
		{Prefix("ca"), Key("carl"), 0, "[cato]", "[]"},
		{Prefix("ca"), Key("ada"), 0, "[carl cato]", "[]"},
		{Prefix("ca"), Key("dora"), 0, "[]", "[cato carl]"},
		{Prefix("x"), nil, 0, "[]", "[]"},
	} {
		view(t, db, func(tx *Tx) error {
			forth, err := people.Scan(tx, tt.prefix, tt.from, tt.limit)
			if got := namesOf(forth); got != tt.forth || err != nil {
				t.Errorf("scan %q after %q limit %d: %s, %v, want %s", tt.prefix, tt.from, tt.limit, got, err, tt.forth)
			}
			back, err := people.ScanBack(tx, tt.prefix, tt.from, tt.limit)
			if got := namesOf(back); got != tt.back || err != nil {
				t.Errorf("scan back %q before %q limit %d: %s, %v, want %s", tt.prefix, tt.from, tt.limit, got, err, tt.back)
			}
			return nil
		})
	}
	view(t, db, func(tx *Tx) error {
		if row, ok, err := people.Last(tx, Prefix("ad")); row.Value.Name != "adam" || !ok || err != nil {
			t.Errorf("last: %v, %v, %v", row, ok, err)
		}
		if _, ok, err := people.Last(tx, Prefix("x")); ok || err != nil {
			t.Errorf("last of none: %v, %v", ok, err)
		}
		if n := people.Count(tx); n != 5 {
			t.Errorf("count %d", n)
		}
		return nil
	})
}

func namesOf(rows []Row[person]) string {
	names := make([]string, 0)
	for _, r := range rows {
		names = append(names, r.Value.Name)
	}
	return fmt.Sprint(names)
}

func TestTableInsideUpdate(t *testing.T) {
	db := open(t, Options{})
	update(t, db, func(tx *Tx) error {
		if err := people.Delete(tx, Key("none")); err != nil {
			return err
		}
		if err := people.Put(tx, Key("a"), person{Name: "Ada"}); err != nil {
			return err
		}
		if p, ok, err := people.Get(tx, Key("a")); p.Name != "Ada" || !ok || err != nil {
			t.Errorf("own put: %v, %v, %v", p, ok, err)
		}
		if n := people.Count(tx); n != 1 {
			t.Errorf("count %d", n)
		}
		if err := people.Delete(tx, Key("a")); err != nil {
			return err
		}
		if _, ok, err := people.Get(tx, Key("a")); ok || err != nil {
			t.Errorf("own delete: %v, %v", ok, err)
		}
		for want := range uint64(3) {
			if n, err := people.Next(tx); n != want+1 || err != nil {
				t.Errorf("next: %d, %v", n, err)
			}
		}
		if err := people.Put(tx, nil, person{}); err == nil {
			t.Error("an empty key was taken")
		}
		return nil
	})
	update(t, db, func(tx *Tx) error {
		if n, err := people.Next(tx); n != 4 || err != nil {
			t.Errorf("next: %d, %v", n, err)
		}
		return nil
	})
}

func TestEachMayChangeTheTable(t *testing.T) {
	db := open(t, Options{})
	const n = 500
	update(t, db, func(tx *Tx) error {
		for i := range n {
			if err := people.Put(tx, Key(i), person{Age: i}); err != nil {
				return err
			}
		}
		var met []int
		err := people.Each(tx, nil, func(key []byte, p person) error {
			met = append(met, p.Age)
			return people.Delete(tx, key)
		})
		if len(met) != n || !slices.IsSorted(met) {
			t.Errorf("met %d records: %v", len(met), met)
		}
		if left := people.Count(tx); left != 0 {
			t.Errorf("%d left", left)
		}
		return err
	})
}

func TestEachStops(t *testing.T) {
	db := open(t, Options{})
	update(t, db, func(tx *Tx) error {
		return errors.Join(people.Put(tx, Key(1), person{}), people.Put(tx, Key(2), person{}))
	})
	for _, tt := range []struct{ give, want error }{{ErrStop, nil}, {os.ErrInvalid, os.ErrInvalid}} {
		calls := 0
		view(t, db, func(tx *Tx) error {
			err := people.Each(tx, nil, func([]byte, person) error { calls++; return tt.give })
			if !errors.Is(err, tt.want) || calls != 1 {
				t.Errorf("%v: %v after %d calls", tt.give, err, calls)
			}
			return nil
		})
	}
}

func TestIndex(t *testing.T) {
	db := open(t, Options{})
	x := NewIndex("people.age")
	update(t, db, func(tx *Tx) error {
		for i := range 5 {
			if err := x.Put(tx, Key(i%2, i), nil); err != nil {
				return err
			}
		}
		if _, ok, err := x.Get(tx, Key(1, 1)); !ok || err != nil {
			t.Errorf("a key without value in its own transaction: %v, %v", ok, err)
		}
		return x.Put(tx, Key(1, 3), []byte("v"))
	})
	view(t, db, func(tx *Tx) error {
		rows, err := x.Scan(tx, Key(0), Key(0, 0), 0)
		if len(rows) != 2 || err != nil {
			t.Errorf("scan: %v, %v", rows, err)
		}
		back, err := x.ScanBack(tx, Key(1), nil, 1)
		if len(back) != 1 || string(back[0].Value) != "v" || err != nil {
			t.Errorf("scan back: %v, %v", back, err)
		}
		if v, ok, err := x.Get(tx, Key(0, 2)); !ok || len(v) != 0 || err != nil {
			t.Errorf("get: %v, %v, %v", v, ok, err)
		}
		if n := x.Count(tx); n != 5 {
			t.Errorf("count %d", n)
		}
		return nil
	})
	update(t, db, func(tx *Tx) error { return x.Delete(tx, Key(0, 2)) })
	view(t, db, func(tx *Tx) error {
		if _, ok, err := x.Get(tx, Key(0, 2)); ok || err != nil {
			t.Errorf("deleted: %v, %v", ok, err)
		}
		return nil
	})
}

// A reader that takes its time holds up neither a writer that makes the file
// many times longer nor the readers after it, and sees no change.
func TestLongReader(t *testing.T) {
	db := open(t, Options{noSync: true})
	fillPeople(t, db, 100)
	before := snapshot(t, db)
	view(t, db, func(tx *Tx) error {
		fillPeople(t, db, 3000)
		if got := snapshot(t, db); len(got) <= len(before) {
			t.Errorf("a new reader finds %d records", len(got))
		}
		if n := people.Count(tx); n != len(before) {
			t.Errorf("the old reader finds %d records, want %d", n, len(before))
		}
		return nil
	})
}
