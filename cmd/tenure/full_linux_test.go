package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The disk runs full at every point of a run: the run says so and fails, or
// gets through; what is there can be read; and when there is room again the
// next run ends as on a disk that was never full.
func TestDiskFull(t *testing.T) {
	articles, step := 30, 48<<10
	if torture() {
		articles, step = 120, 4<<10
	}
	srv := httptest.NewServer(people(articles))
	defer srv.Close()
	twin := newVictim(t, 0)
	twin.must("source", "add", srv.URL+"/list", "--kind", "tag")
	twin.must("run", "--allow-private")
	want := timeless(twin.export())

	v := newVictim(t, 1)
	disk := filepath.Join(v.dir, "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	size := 128 << 10
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, fmt.Sprint("size=", size)); err != nil {
		t.Skip("no right to mount a small disk:", err)
	}
	defer func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}()
	v.db = filepath.Join(disk, "t.db")
	v.must("source", "add", srv.URL+"/list", "--kind", "tag")
	size = used(t, disk)
	fulls, done := 0, false
	for ; !done && size < 16<<20; size += step {
		if err := syscall.Mount("", disk, "tmpfs", syscall.MS_REMOUNT, fmt.Sprint("size=", size)); err != nil {
			t.Fatal(err)
		}
		cmd := v.command("run", "--allow-private", "--all")
		var errs bytes.Buffer
		cmd.Stderr = &errs
		err := cmd.Run()
		switch said := errs.String(); {
		case err == nil:
			done = true
		case strings.Contains(said, "no space left") && strings.Contains(said, "nothing stored is lost"):
			fulls++
		default:
			t.Fatalf("%d bytes: %v\n%s", size, err, said)
		}
		v.check()
		v.export()
	}
	if got := timeless(v.export()); !done || !bytes.Equal(got, want) {
		t.Errorf("done: %v; the export has %d bytes, want %d", done, len(got), len(want))
	}
	t.Logf("%d times full, %d KB in the end", fulls, size>>10)
	if fulls < 3 {
		t.Errorf("the disk was full %d times", fulls)
	}
}

// used returns how many bytes are in use on the disk of a directory.
func used(t *testing.T, dir string) int {
	t.Helper()
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		t.Fatal(err)
	}
	return int(int64(s.Blocks-s.Bfree) * s.Bsize)
}
