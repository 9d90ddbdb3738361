package store

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

var refresh = flag.Bool("update", false, "write the golden files anew")

// golden is the directory of stores written by each schema version. They are
// never written anew once a version was released: they show that what users
// have can still be read.
const golden = "testdata/v1.db.zst"

// writeGolden makes the store that is kept as testdata/v1.db.zst.
func writeGolden(t *testing.T, path string) {
	db := openAt(t, path, Options{Now: fixedNow, fold: 30})
	for i := range 40 {
		update(t, db, func(tx *Tx) error {
			p := person{Name: fmt.Sprintf("person %d", i), Age: i, Bio: strings.Repeat("once upon a time ", i)}
			return errors.Join(people.Put(tx, Key(p.Name), p), byAge.Put(tx, Key(i), []byte(p.Name)), initial.Put(tx, Key(i), []byte(p.Name)))
		})
	}
	update(t, db, func(tx *Tx) error {
		n, err := people.Next(tx)
		return errors.Join(err, logbook.Put(tx, Key(n), 7))
	})
	if _, err := Follow(t.Context(), db, logbook, "sq", FollowOptions{}, square); err != nil {
		t.Fatal(err)
	}
	if _, err := db.AppendRaw(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestGoldenVersion1(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v1.db")
	if *refresh {
		writeGolden(t, path)
		saveGolden(t, path)
	}
	unpackGolden(t, path)
	report, err := Check(t.Context(), path)
	if err := errors.Join(err, report.Err()); err != nil {
		t.Error(err)
	}
	db := openAt(t, path, Options{})
	view(t, db, func(tx *Tx) error {
		for i := range 40 {
			want := person{Name: fmt.Sprintf("person %d", i), Age: i, Bio: strings.Repeat("once upon a time ", i)}
			name, _, err := byAge.Get(tx, Key(i))
			again, _, ierr := initial.Get(tx, Key(i))
			if string(again) != string(name) {
				t.Errorf("%d is %q in one index, %q in the other", i, name, again)
			}
			got, _, gerr := people.Get(tx, Key(string(name)))
			if got != want {
				t.Errorf("person %d is %+v", i, got)
			}
			if err := errors.Join(err, ierr, gerr); err != nil {
				t.Error(err)
			}
		}
		at, err := Position(tx, "sq")
		if !bytes.Equal(at, Key(uint64(1))) {
			t.Errorf("cursor at %x", at)
		}
		return err
	})
	r, err := db.ReadRaw(Ref{Segment: 1, Offset: 0, Length: goldenMember(t, db)})
	if err != nil || !bytes.Equal(r.Body, page.Body) {
		t.Errorf("raw page %+v, %v", r, err)
	}
}

func goldenMember(t *testing.T, db *DB) int64 {
	t.Helper()
	info, err := os.Stat(db.raw.name(1))
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// saveGolden packs the store at path, its segment beside it.
func saveGolden(t *testing.T, path string) {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w, err := zstd.NewWriter(&packed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(file); err != nil {
		t.Fatal(err)
	}
	segment, err := os.ReadFile(path + ".pages/00000001.warc.gz")
	err = errors.Join(err, w.Close(), os.MkdirAll("testdata", 0o755),
		os.WriteFile(golden, packed.Bytes(), 0o644), os.WriteFile("testdata/v1.warc.gz", segment, 0o644))
	if err != nil {
		t.Fatal(err)
	}
}

// unpackGolden makes the store at path as it was saved.
func unpackGolden(t *testing.T, path string) {
	t.Helper()
	packed, err := os.Open(golden)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	r, err := zstd.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	file, err := io.ReadAll(r)
	segment, serr := os.ReadFile("testdata/v1.warc.gz")
	dir := path + ".pages"
	err = errors.Join(err, serr, os.MkdirAll(dir, 0o700),
		os.WriteFile(path, file, 0o600), os.WriteFile(filepath.Join(dir, "00000001.warc.gz"), segment, 0o600))
	if err != nil {
		t.Fatal(err)
	}
}
