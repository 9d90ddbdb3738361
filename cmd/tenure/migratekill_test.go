package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"tenure/crawler"
	"tenure/store"
)

// oldFiles is where the golden file of version 1 is, with its pages.
var oldFiles = filepath.Join("..", "..", "pipeline", "testdata", "v1", "newsroom")

// oldArticles is the table of articles as files of version 1 have it.
var oldArticles = store.NewTable[map[string]any]("articles")

// TestMigrateKilled kills the first command that opens a file of version 1, at
// random moments and up to three times in a row. The next one goes on, nothing
// is lost, and the copy made before is whole.
func TestMigrateKilled(t *testing.T) {
	copies, files := 600, 4
	if torture() {
		copies, files = 3000, 60
	}
	old := filepath.Join(t.TempDir(), "old.db")
	articles := growOld(t, old, copies)
	twin := oldVictim(t, 0, old)
	begin := time.Now()
	want := twin.must("export", "articles", "--format", "jsonl")
	took := time.Since(begin)
	if n := bytes.Count(want, []byte("\n")); n != articles {
		t.Fatalf("%d articles after the migration, want %d", n, articles)
	}
	kills, begun := 0, 0
	for i := range files {
		v := oldVictim(t, uint64(i), old)
		for range 1 + i%3 {
			cmd := v.command("export", "articles", "--format", "jsonl", "-o", filepath.Join(v.dir, "out.jsonl"))
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			killer := time.AfterFunc(time.Duration(1+v.rng.Int64N(int64(took))), func() { _ = cmd.Process.Kill() })
			_ = cmd.Wait() // it may have been done already
			killer.Stop()
			kills++
		}
		if v.wholeBackup(articles) {
			begun++
		}
		if got := v.must("export", "articles", "--format", "jsonl"); !bytes.Equal(got, want) {
			t.Fatalf("file %d: after %d kills the export has %d bytes, want %d", i, 1+i%3, len(got), len(want))
		}
		if !v.wholeBackup(articles) {
			t.Errorf("file %d: no copy of it as it was", i)
		}
		v.check()
	}
	t.Logf("%d kills of a migration of %d articles that takes %v; it had begun in %d of %d files", kills, articles, took, begun, files)
}

// growOld makes a larger file out of the golden one of version 1, and returns
// how many articles it has.
func growOld(t *testing.T, path string, copies int) (articles int) {
	t.Helper()
	packed, err := os.ReadFile(filepath.Join(oldFiles, "t.db.zst"))
	if err != nil {
		t.Fatal(err)
	}
	dec, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer dec.Close()
	file, err := dec.DecodeAll(packed, nil)
	if err == nil {
		err = os.WriteFile(path, file, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(path, store.Options{}) // no migrations: it stays as it is
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *store.Tx) error {
		rows, err := oldArticles.Scan(tx, nil, nil, 0)
		for i := range copies {
			if err == nil {
				err = putOld(tx, rows[i%len(rows)].Value, i)
			}
		}
		articles = oldArticles.Count(tx)
		return err
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return articles
}

// putOld writes an article under another address.
func putOld(tx *store.Tx, row map[string]any, n int) error {
	address := fmt.Sprintf("https://copies.example/%d", n)
	key := crawler.Key(address)
	row["id"], row["url"] = hex.EncodeToString(key[:]), address
	for _, s := range row["sightings"].([]any) {
		s.(map[string]any)["url"] = address
	}
	return oldArticles.Put(tx, key[:], row)
}

// oldVictim has a copy of an old file.
func oldVictim(t *testing.T, seed uint64, old string) *victim {
	t.Helper()
	v := newVictim(t, seed)
	file, err := os.ReadFile(old)
	if err == nil {
		err = os.WriteFile(v.db, file, 0o600)
	}
	if err == nil {
		err = os.CopyFS(v.db+".pages", os.DirFS(oldFiles))
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// wholeBackup reports whether there is a copy of the file as it was before the
// migration. A migration that has begun has one, and it is whole.
func (v *victim) wholeBackup(articles int) bool {
	v.t.Helper()
	path := v.db + ".v1.bak"
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return false
	}
	db, err := store.Open(path, store.Options{})
	if err != nil {
		v.t.Fatal(err)
	}
	n := 0
	err = db.View(func(tx *store.Tx) error {
		n = oldArticles.Count(tx)
		return nil
	})
	version, verr := db.Version()
	if err := errors.Join(err, verr, db.Close()); err != nil || n != articles || version != 1 {
		v.t.Fatalf("the copy has %d articles, want %d, and version %d: %v", n, articles, version, err)
	}
	return true
}
