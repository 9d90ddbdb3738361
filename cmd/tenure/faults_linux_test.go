package main

import (
	"bytes"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// On a disk that cannot be written, what is there can be read, and everything
// else says what to do.
func TestReadOnlyDisk(t *testing.T) {
	srv := httptest.NewServer(people(3))
	defer srv.Close()
	v := newVictim(t, 0)
	disk := filepath.Join(v.dir, "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=8m"); err != nil {
		t.Skip("no right to mount a disk:", err)
	}
	defer func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}()
	v.db = filepath.Join(disk, "t.db")
	v.must("source", "add", srv.URL+"/list", "--kind", "tag")
	v.must("run", "--allow-private")
	want := v.export()
	if err := syscall.Mount("", disk, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	if got := v.export(); !bytes.Equal(got, want) {
		t.Errorf("the export has %d bytes, want %d", len(got), len(want))
	}
	v.must("db", "check", "--quiet")
	v.must("db", "backup", filepath.Join(v.dir, "copy.db"))
	for _, args := range [][]string{
		{"run", "--allow-private"}, {"source", "add", "https://example.org/"}, {"reextract"}, {"db", "compact"}, {"db", "rebuild"},
		{"db", "backup", filepath.Join(disk, "copy.db")}, {"--db", filepath.Join(disk, "other.db"), "run"},
	} {
		out, err := v.command(args...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "read-only file system") || !strings.Contains(string(out), hintWritable) {
			t.Errorf("%v: %v, said %s", args, err, out)
		}
	}
}

// With hardly any files to open a run gets through, or fails and says what to
// do; what is there is whole either way.
func TestTooManyFiles(t *testing.T) {
	srv := httptest.NewServer(people(12))
	defer srv.Close()
	for _, files := range []string{"9", "10", "12", "14", "18", "32"} {
		v := newVictim(t, 1)
		v.must("source", "add", srv.URL+"/list", "--kind", "tag")
		whole := v.command("run", "--allow-private")
		cmd := exec.Command("sh", append([]string{"-c", `ulimit -n ` + files + ` && exec "$@"`, "sh"}, whole.Args...)...)
		cmd.Env, cmd.Dir = whole.Env, v.dir
		out, err := cmd.CombinedOutput()
		text := string(out)
		switch code := cmd.ProcessState.ExitCode(); {
		case err == nil || code == exitPartial: // some pages failed, and are tried again
		case code == exitFailed && strings.Contains(text, "too many open files") && strings.Contains(text, hintFiles):
		default:
			t.Errorf("%s files: %v, said %.600s", files, err, text)
		}
		v.check()
		v.export()
	}
}

func TestHints(t *testing.T) {
	for err, want := range map[error]string{
		syscall.EMFILE: hintFiles, syscall.ENFILE: hintFiles, syscall.EROFS: hintWritable, syscall.EACCES: hintWritable, syscall.EIO: "",
	} {
		if got := hintFor(&os.PathError{Op: "open", Path: "t.db", Err: err}); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}
