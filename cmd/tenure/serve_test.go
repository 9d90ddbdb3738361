package main

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// serving starts 'tenure serve' and returns its address and what stops it,
// which wants it to end well and soon.
func serving(t *testing.T) (base string, stop func()) {
	t.Helper()
	cmd := exec.Command("tenure", "serve", "--listen", "127.0.0.1:0")
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(errs)
	line, err := lines.ReadString('\n')
	m := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(line)
	if err != nil || m == "" {
		_ = cmd.Process.Kill()
		t.Fatalf("serve says %q, %v", line, err)
	}
	return m, func() {
		begin := time.Now()
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		rest, _ := io.ReadAll(lines) // it ends with the process
		if err := cmd.Wait(); err != nil || time.Since(begin) > 20*time.Second {
			t.Errorf("serve ended after %v: %v\n%s", time.Since(begin), err, rest)
		}
	}
}

// shows asks for a page until it shows what is wanted.
func shows(t *testing.T, address, want string) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); ; {
		res, err := http.Get(address)
		if err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		b, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != 200 {
			t.Fatalf("%s: status %d, %v: %s", address, res.StatusCode, err, b)
		}
		if strings.Contains(string(b), want) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s does not show %q:\n%s", address, want, b)
		}
		time.Sleep(50 * time.Millisecond) // what it shows may be a second old
	}
}

// A run while pages are served is made by the one that serves; pages are
// served while a run has the file, and after it was killed.
func TestServeAndRun(t *testing.T) {
	srv := httptest.NewServer(people(12))
	defer srv.Close()
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("TENURE_DB", filepath.Join(dir, "t.db"))
	base, stop := serving(t)
	shows(t, base+"/", "tenure source add")
	say(t, 0, "source", "add", srv.URL+"/list", "--kind", "tag")
	say(t, 0, "run", "--allow-private", "--delay", "1ms")
	shows(t, base+"/", "12 moves")
	shows(t, base+"/organization/brightwater", "Anna ")
	say(t, 0, "db", "compact") // it needs the file for itself, and gets it
	shows(t, base+"/sources", "/list")
	stop()

	run := exec.Command("tenure", "run", "--all", "--allow-private", "--delay", "1s")
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	base, stop = serving(t)
	defer stop()
	shows(t, base+"/", "12 moves")
	_ = run.Process.Kill()
	_ = run.Wait()
	shows(t, base+"/sources", "/list")
	shows(t, base+"/person/anna-basson", "Left Brightwater: April 2025")
	say(t, 0, "list", "moves")
}
