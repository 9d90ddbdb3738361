package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestBackupAndRestore(t *testing.T) {
	dir := t.TempDir()
	path, copied := filepath.Join(dir, "test.db"), filepath.Join(dir, "backup.db")
	db := openAt(t, path, Options{})
	fillPeople(t, db, 200)
	ref, err := db.AppendRaw(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	want := snapshot(t, db)
	for range 2 { // the second one finds the segments copied
		if err := db.Backup(t.Context(), copied); err != nil {
			t.Fatal(err)
		}
	}
	update(t, db, func(tx *Tx) error { return people.Put(tx, Key("later"), person{}) })
	if err := db.Backup(t.Context(), path); err == nil {
		t.Error("the store was backed up onto itself")
	}
	if err := Restore(t.Context(), path, copied); !errors.As(err, new(*LockedError)) {
		t.Errorf("restore of an open store: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("spoilt"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := Restore(t.Context(), path, copied); err != nil {
			t.Fatal(err)
		}
	}
	db = openAt(t, path, Options{})
	if got := snapshot(t, db); !maps.Equal(got, want) {
		t.Errorf("%d records, want %d", len(got), len(want))
	}
	if r, err := db.ReadRaw(ref); err != nil || !bytes.Equal(r.Body, page.Body) {
		t.Errorf("raw page: %+v, %v", r, err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*.new-*")); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestRestoreRefuses(t *testing.T) {
	dir := t.TempDir()
	path, bad := filepath.Join(dir, "test.db"), filepath.Join(dir, "bad.db")
	db := openAt(t, path, Options{})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(bad, make([]byte, 1<<16), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, from := range map[string]string{"damaged": bad, "itself": path, "nothing": filepath.Join(dir, "none")} {
		if err := Restore(t.Context(), path, from); err == nil {
			t.Errorf("%s was restored", name)
		}
	}
	openAt(t, path, Options{})
}

// A backup that is made while writers are at work is a state that was.
func TestBackupWhileWriting(t *testing.T) {
	dir := t.TempDir()
	db := openAt(t, filepath.Join(dir, "test.db"), Options{})
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			// Both or none of the two is there.
			err := db.Write(t.Context(), func(tx *Tx) error {
				return errors.Join(people.Put(tx, Key(i), person{Age: i}), byAge.Put(tx, Key(i), nil))
			})
			if err != nil {
				t.Error(err)
				return
			}
		}
	})
	for i := range 5 {
		dst := filepath.Join(dir, fmt.Sprint(i))
		if err := db.Backup(t.Context(), dst); err != nil {
			t.Fatal(err)
		}
		copied := openAt(t, dst, Options{ReadOnly: true})
		view(t, copied, func(tx *Tx) error {
			if a, b := people.Count(tx), byAge.Count(tx); a != b {
				t.Errorf("backup %d has %d records and %d keys", i, a, b)
			}
			return nil
		})
	}
	close(stop)
	wg.Wait()
}

func TestCompact(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	db := openAt(t, path, Options{})
	fillPeople(t, db, 400)
	update(t, db, func(tx *Tx) error {
		n, err := people.Next(tx)
		if n != 1 {
			t.Errorf("next %d", n)
		}
		return errors.Join(err, people.Each(tx, nil, func(key []byte, p person) error {
			if p.Age%2 == 0 {
				return people.Delete(tx, key)
			}
			return nil
		}))
	})
	want := snapshot(t, db)

	// Readers and writers of before and after see no difference.
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(t.Context())
	written := 0
	wg.Go(func() {
		for ctx.Err() == nil {
			view(t, db, func(tx *Tx) error {
				if n := people.Count(tx); n != len(want) {
					t.Errorf("a reader found %d records, want %d", n, len(want))
				}
				return nil
			})
		}
	})
	wg.Go(func() {
		for ; ctx.Err() == nil; written++ {
			update(t, db, func(tx *Tx) error { return byAge.Put(tx, Key(-1, written), nil) })
		}
	})
	for i := range 3 {
		before, now, err := db.Compact(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 && now >= before { // later ones have only what is written meanwhile to gain or lose
			t.Errorf("%d bytes became %d", before, now)
		}
		t.Logf("%d bytes became %d", before, now)
	}
	cancel()
	wg.Wait()
	if got := snapshot(t, db); !maps.Equal(got, want) {
		t.Errorf("%d records, want %d", len(got), len(want))
	}
	view(t, db, func(tx *Tx) error {
		rows, err := byAge.Scan(tx, Key(-1), nil, 0)
		if len(rows) != written {
			t.Errorf("%d keys, %d written", len(rows), written)
		}
		return err
	})
	update(t, db, func(tx *Tx) error {
		n, err := people.Next(tx)
		if n != 2 {
			t.Errorf("next %d", n)
		}
		return err
	})
	if _, err := Open(path, Options{}); !errors.As(err, new(*LockedError)) {
		t.Errorf("second open: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	report, err := Check(t.Context(), path)
	if err := errors.Join(err, report.Err()); err != nil {
		t.Error(err)
	}
}

func TestCompactStops(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	db := openAt(t, path, Options{})
	fillPeople(t, db, 100)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := db.Compact(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if left, err := filepath.Glob(path + ".new-*"); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
	fillPeople(t, db, 100)
}

func TestSalvage(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "test.db")
	db := openAt(t, path, Options{fold: 300})
	fillPeople(t, db, 500)
	want := snapshot(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	leaf := 0 // a page of records
	for i := 2; i < len(good)/pageSize; i++ {
		if p := parsePage(good[i*pageSize:]); p.kind == leafPage && bytes.Contains(p.data[:pageSize], []byte("person")) {
			leaf = i
		}
	}
	for name, tt := range map[string]struct {
		spoil func(file []byte)
		least int
	}{
		"nothing":    {func([]byte) {}, len(want)},
		"newer meta": {func(file []byte) { clear(file[newerMeta(file)*pageSize:][:pageSize]) }, len(want) - 50},
		"a leaf":     {func(file []byte) { clear(file[leaf*pageSize:][:pageSize]) }, len(want) - 30},
		"a value":    {func(file []byte) { file[leaf*pageSize+pageSize/2] ^= 1 }, len(want) - 2},
	} {
		t.Run(name, func(t *testing.T) {
			file := bytes.Clone(good)
			tt.spoil(file)
			bad, saved := filepath.Join(t.TempDir(), "bad.db"), filepath.Join(t.TempDir(), "saved.db")
			if err := os.WriteFile(bad, file, 0o600); err != nil {
				t.Fatal(err)
			}
			report, err := Salvage(t.Context(), bad, saved)
			if err != nil {
				t.Fatal(err)
			}
			if (report.Found == 0) != (name == "nothing") {
				t.Errorf("problems: %q", report.Problems)
			}
			db := openAt(t, saved, Options{})
			view(t, db, func(tx *Tx) error {
				if n := initial.Count(tx); (n == 500) != (name == "nothing") || n > 0 && n < 500 {
					t.Errorf("bulk index has %d keys", n)
				}
				return nil
			})
			update(t, db, func(tx *Tx) error { return initial.Put(tx, Key(1), nil) })
			got := snapshot(t, db)
			if len(got) < tt.least {
				t.Errorf("saved %d of %d", len(got), len(want))
			}
			for key, p := range got {
				if want[key] != p {
					t.Errorf("key %x is %.60v", key, p)
				}
			}
			if _, err := Salvage(t.Context(), bad, saved); err == nil {
				t.Error("what was saved was overwritten")
			}
		})
	}
}

func newerMeta(file []byte) int {
	a, _ := parseMeta(file)
	b, _ := parseMeta(file[pageSize:])
	if a.txid > b.txid {
		return 0
	}
	return 1
}
