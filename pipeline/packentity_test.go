package pipeline

import (
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"tenure/extract"
	"tenure/store"
)

// unpackGolden unpacks a data file of an old version; they are never written
// anew, as they show that what users have can still be read.
func unpackGolden(t *testing.T, version string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "t.db")
	from := filepath.Join("testdata", version, "newsroom")
	f, err := os.Open(filepath.Join(from, "t.db.zst"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	dec, err := zstd.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	defer dec.Close()
	file, err := io.ReadAll(dec)
	if err == nil {
		err = os.WriteFile(path, file, 0o600)
	}
	if err == nil {
		err = os.CopyFS(path+".pages", os.DirFS(from))
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// A file of version 1 is brought up to date, and nothing is lost.
func TestVersion1(t *testing.T) {
	path := unpackGolden(t, "v1")
	db, err := store.Open(path, store.Options{Migrations: Migrations(byName{})})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p := New(db, fakeReader{}, []Step{fakeSteps{}}, fakeMerge)
	p.Now, p.Version = func() time.Time { return noon }, "1"
	read(t, p) // moves are assembled by the next run
	if r := checkClean(t, p); r.Articles != 16 || r.Pages != 16 || r.Moves != 12 {
		t.Errorf("%+v", r)
	}
	fresh := newTestPipeline(t, t.TempDir())
	newsroom(t, fresh)
	if _, err := p.Rebuild(t.Context(), RebuildOptions{Articles: true}); err != nil {
		t.Fatal(err)
	}
	if got, want := exportAll(t, p), exportAll(t, fresh); got != want {
		t.Errorf("export\n%s\nwant\n%s", got, want)
	}
	if _, err := os.Stat(path + ".v1.bak"); err != nil {
		t.Errorf("backup: %v", err)
	}
}

// A packed row of an entity is what it was, and bytes that are none are
// refused.
func TestPackedEntity(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringN(0, 20, 60)
		e := extract.Entity{ID: rapid.StringMatching(`[po][0-9a-f]{12}`).Draw(rt, "id"), Kind: rapid.SampledFrom(append(packedKinds(), "ship", "")).Draw(rt, "kind"),
			Name: text.Draw(rt, "name"), Mentions: rapid.IntRange(0, 1<<20).Draw(rt, "mentions")}
		if n := rapid.IntRange(0, 3).Draw(rt, "aliases"); n > 0 {
			e.Aliases = rapid.SliceOfN(text, n, n).Draw(rt, "alias")
		}
		want := entityRow{e, "000102030405060708090a0b0c0d0e0f", rapid.Bool().Draw(rt, "told")}
		key := store.Key(e.ID, []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
		b, err := want.AppendBinary(nil)
		var got entityRow
		if err == nil {
			err = got.UnmarshalRow(key, b)
		}
		if err != nil || differ(got, want) {
			rt.Fatalf("%+v, want %+v, %v", got, want, err)
		}
	})
}

func FuzzUnpackEntity(f *testing.F) {
	f.Add([]byte("p\x000123456789abcdef"), []byte("\x01\x02\x03Ada\x01A"))
	f.Fuzz(func(t *testing.T, key, value []byte) {
		var r entityRow
		if r.UnmarshalRow(key, value) != nil {
			return
		}
		b, err := r.AppendBinary(nil)
		var again entityRow
		if err == nil {
			err = again.UnmarshalRow(key, b)
		}
		if err != nil || differ(again, r) {
			t.Errorf("%+v, was %+v, %v", again, r, err)
		}
	})
}
