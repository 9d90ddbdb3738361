package store

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// smallDisk mounts a file system of the given size.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skip("no right to mount a small disk:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// The disk runs full under records and under raw pages; when there is room
// again all goes on, and nothing acknowledged is lost.
func TestDiskFull(t *testing.T) {
	dir := smallDisk(t, "3m")
	path, ballast := filepath.Join(dir, "test.db"), filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	db := openAt(t, path, Options{})
	ref, err := db.AppendRaw(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	want := fillUp(t, db)
	if _, err := db.AppendRaw(t.Context(), RawRecord{URL: "big", Body: noise(1 << 20)}); !errors.As(err, new(*FullError)) {
		t.Errorf("append to a full disk: %v", err)
	}
	if err := db.Backup(t.Context(), path+".copy"); !errors.As(err, new(*FullError)) {
		t.Errorf("backup to a full disk: %v", err)
	}
	if got := snapshot(t, db); !maps.Equal(got, want) {
		t.Errorf("%d records, want %d", len(got), len(want))
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	second, err := db.AppendRaw(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	if more := fillUp(t, db); len(more) <= len(want) {
		t.Errorf("%d records after room was made, %d before", len(more), len(want))
	}
	for _, ref := range []Ref{ref, second} {
		if _, err := db.ReadRaw(ref); err != nil {
			t.Error(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	report, err := Check(t.Context(), path)
	if err := errors.Join(err, report.Err()); err != nil {
		t.Error(err)
	}
	if _, err := Open(filepath.Join(dir, "other.db"), Options{}); err == nil {
		t.Log("there was room for an empty store")
	} else if !errors.As(err, new(*FullError)) {
		t.Errorf("create on a full disk: %v", err)
	}
}

// A disk that is full from the start leaves nothing behind that stands in the
// way later.
func TestDiskFullFromTheStart(t *testing.T) {
	dir := smallDisk(t, "16k")
	path, ballast := filepath.Join(dir, "test.db"), filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 8<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{}); !errors.As(err, new(*FullError)) {
		t.Errorf("create: %v", err)
	}
	if names, err := os.ReadDir(dir); len(names) != 1 || err != nil {
		t.Errorf("left behind: %v, %v", names, err)
	}
}

// However much room there is, the disk runs full somewhere in a run: what was
// acknowledged until then is there, and when the disk has grown the same store
// goes on.
func TestDiskFullAnywhere(t *testing.T) {
	dir := smallDisk(t, "64k")
	step := int64(96 << 10)
	if torture(t) {
		step = 4 << 10
	}
	path := filepath.Join(dir, "test.db")
	var db *DB
	acked, fulls := 0, 0
	for size := int64(64 << 10); size <= 2<<20; size += step {
		if err := syscall.Mount("", dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%d", size)); err != nil {
			t.Fatal(err)
		}
		if db == nil {
			opened, err := Open(path, Options{SegmentSize: 64 << 10, fold: 20})
			if errors.As(err, new(*FullError)) {
				continue
			} else if err != nil {
				t.Fatal(err)
			}
			db = opened
		}
		for {
			err := writeOne(t.Context(), db, Key(acked), 4000+acked)
			if errors.As(err, new(*FullError)) {
				fulls++
				break
			} else if err != nil {
				t.Fatalf("size %d, write %d: %v", size, acked, err)
			}
			acked++
		}
		view(t, db, func(tx *Tx) error {
			n, err := countWritten(tx)
			if a, b, c := people.Count(tx), initial.Count(tx), rawRefs.Count(tx); a != acked || b != acked || c != acked || n != acked {
				t.Errorf("size %d: %d records, %d keys and %d places, %d counted of %d", size, a, b, c, n, acked)
			}
			return err
		})
	}
	t.Logf("%d times full, %d writes", fulls, acked)
	if fulls < 5 || acked < 100 {
		t.Errorf("full %d times, %d writes", fulls, acked)
	}
	if err := db.EachRaw(t.Context(), func(Ref, RawRecord) error { return nil }); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	report, err := Check(t.Context(), path)
	if err := errors.Join(err, report.Err()); err != nil {
		t.Error(err)
	}
}
