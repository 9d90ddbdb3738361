package store

import (
	"errors"
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
