package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminalPair returns both ends of a new pseudo-terminal.
func terminalPair(t *testing.T) (near, far *os.File) {
	t.Helper()
	near, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	t.Cleanup(func() { near.Close() })
	raw, err := near.SyscallConn() // Fd would take its deadlines away
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	cerr := raw.Control(func(fd uintptr) {
		if err = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0); err == nil {
			n, err = unix.IoctlGetInt(int(fd), unix.TIOCGPTN)
		}
	})
	if cerr != nil || err != nil {
		t.Fatal(cerr, err)
	}
	if far, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0); err != nil {
		t.Fatal(err)
	}
	return near, far
}

// A typist has a command at a terminal: waits until it shows something, then
// presses keys.
type typist struct {
	t    *testing.T
	near *os.File
	cmd  *exec.Cmd
	all  bytes.Buffer
	at   int // up to which it was looked at
}

func atTerminal(t *testing.T, args ...string) *typist {
	t.Helper()
	near, far := terminalPair(t)
	cmd := exec.Command("tenure", args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = far, far, far
	cmd.Env = append(os.Environ(), "TERM=dumb")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	far.Close()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return &typist{t: t, near: near, cmd: cmd}
}

// sees reads on until the words are there.
func (x *typist) sees(words string) {
	x.t.Helper()
	buf := make([]byte, 4096)
	if err := x.near.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		x.t.Fatal(err)
	}
	for !strings.Contains(x.all.String()[x.at:], words) {
		n, err := x.near.Read(buf)
		x.all.Write(buf[:n])
		if err != nil {
			x.t.Fatalf("%v before %q:\n%s", err, words, x.all.String())
		}
	}
	x.at += strings.Index(x.all.String()[x.at:], words) + len(words)
}

func (x *typist) types(keys string) {
	x.t.Helper()
	if _, err := x.near.WriteString(keys); err != nil {
		x.t.Fatal(err)
	}
}

func (x *typist) ends() {
	x.t.Helper()
	if err := x.cmd.Wait(); err != nil {
		x.t.Errorf("%v:\n%s", err, x.all.String())
	}
}

// TestReviewByKey goes through a queue at a terminal: two moves on which
// articles disagree or that were put off, and two people of one name.
func TestReviewByKey(t *testing.T) {
	page := func(name string, lines ...string) []byte {
		return []byte(`<html><head><title>Who is where</title><meta property="article:published_time" content="2025-05-01"></head><body><h3>` + name +
			`</h3><p>` + strings.Join(lines, "</p><p>") + `</p></body></html>`)
	}
	srv := httptest.NewServer(site{
		"/1": page("Ada Marsh", "Left Acme: May 2024", "Current role: Chief Financial Officer at Brightwater"),
		"/2": page("James Smith", "Left Acme: May 2024", "Current role: Engineer at Brightwater"),
		"/3": page("James Smith", "Left Harbour Rovers: June 2025", "Former role: Head Coach"),
	})
	defer srv.Close()
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("TENURE_DB", filepath.Join(dir, "t.db"))
	say(t, 0, "add", srv.URL+"/1", srv.URL+"/2", srv.URL+"/3")
	say(t, 0, "run", "--allow-private", "--delay", "1ms")
	id := moveID(t, "Ada Marsh")
	say(t, 0, "review", "later", id)

	x := atTerminal(t, "review")
	x.sees("1 of 2")
	x.sees("two people")
	x.types("x") // means nothing
	x.types("m")
	x.sees("one person")
	x.sees("2 of 2")
	x.sees("Left Acme: May 2024")
	say(t, 0, "list", "moves") // who thinks is in nobody's way
	x.types("n")
	x.sees("That is all")
	x.ends()
	if out := say(t, 0, "list", "moves", "--review", "rejected"); strings.Count(out, "\n") != 1 || !strings.Contains(out, id) {
		t.Errorf("rejected: %s", out)
	}
	if out := say(t, 0, "review"); out != "" {
		t.Errorf("still to review: %s", out)
	}
	say(t, 0, "review", "undo", id)
	x = atTerminal(t, "review")
	x.sees("1 of 1")
	x.types("Y")
	x.sees("That is all")
	x.ends()
	say(t, 0, "review", "undo", id)
	x = atTerminal(t, "review", "--dry-run")
	x.sees("quit:")
	x.types("u")
	x.sees("nothing to undo here")
	x.sees("quit:")
	x.types("\x03")
	x.sees("1 item left")
	x.ends()
	if out := say(t, 0, "list", "moves", "--review", "queued"); !strings.Contains(out, id) {
		t.Errorf("queued: %s", out)
	}
}

// moveID is the ID of somebody's only move.
func moveID(t *testing.T, person string) string {
	t.Helper()
	_, rest, ok := strings.Cut(say(t, 0, "list", "moves", "--person", person), `"id":"`)
	id, _, ok2 := strings.Cut(rest, `"`)
	if !ok || !ok2 {
		t.Fatalf("no move of %s", person)
	}
	return id
}
