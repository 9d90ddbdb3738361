package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"tenure/extract/resolve"
	"tenure/pipeline"
	"tenure/store"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tenure": main})
}

// TestScripts runs the whole binary as a user does, against recorded sites.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, "home")
			env.Setenv("HOME", home)
			env.Setenv("TENURE_DB", filepath.Join(home, "tenure.db"))
			env.Setenv("TENURE_DELAY", "0s")
			env.Values[sitesKey{}] = &sites{}
			env.Values[receiverKey{}] = &receiver{}
			return os.Mkdir(home, 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"site":     cmdSite,
			"requests": cmdRequests,
			"exits":    cmdExits,
			"waitlock": cmdWaitLock,
			"spoil":    cmdSpoil,
			"receiver": cmdReceiver,
			"received": cmdReceived,
		},
	})
}

type sitesKey struct{}

// sites is the recorded server of one script and what it was asked.
type sites struct {
	mu      sync.Mutex
	log     []string
	now     site
	serving bool
}

// siteMarker begins a page of a site inside a script, which is an archive
// itself.
var siteMarker = regexp.MustCompile(`(?m)^== (.*) ==$`)

// cmdSite serves an archive: site FILE. Its address is in $SITE; a later
// call serves another archive on the same address.
func cmdSite(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(sitesKey{}).(*sites)
	s.mu.Lock()
	s.now = newSite(siteMarker.ReplaceAll([]byte(ts.ReadFile(args[0])), []byte("-- $1 --")))
	first := !s.serving
	s.serving = true
	s.mu.Unlock()
	if first {
		srv := httptest.NewServer(s)
		ts.Defer(srv.Close)
		ts.Setenv("SITE", srv.URL)
	}
}

func (h *sites) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	line := r.URL.RequestURI()
	if r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != "" {
		line += " conditional"
	}
	h.mu.Lock()
	h.log = append(h.log, line)
	s := h.now
	h.mu.Unlock()
	s.ServeHTTP(w, r)
}

// cmdRequests writes what the site was asked since the last time, sorted:
// requests FILE.
func cmdRequests(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(sitesKey{}).(*sites)
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.Sort(s.log)
	text := strings.Join(s.log, "\n") + "\n"
	s.log = nil
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// cmdExits runs tenure and wants one exit code: exits CODE ARGS…. Standard
// output and error are those of the next stdout and stderr.
func cmdExits(ts *testscript.TestScript, _ bool, args []string) {
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "$SITE", ts.Getenv("SITE"))
	}
	err := ts.Exec("tenure", args[1:]...)
	code := "0"
	if err != nil {
		code = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if code != args[0] {
		ts.Fatalf("tenure %s: exit code %s, want %s", strings.Join(args[1:], " "), code, args[0])
	}
}

// cmdSpoil overwrites the middle of every record of articles in a data file:
// spoil FILE.
func cmdSpoil(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	file, err := os.ReadFile(path)
	ts.Check(err)
	n := 0
	for at := 4096 * 4; at+4096 <= len(file); at += 4096 {
		page := file[at : at+4096]
		if i := bytes.Index(page, []byte("\x28\xb5\x2f\xfd")); i > 0 && i < 3000 { // a compressed record
			page[i+200] ^= 0xff
			n++
		}
	}
	if n == 0 {
		ts.Fatalf("nothing to spoil in %s", path)
	}
	ts.Check(os.WriteFile(path, file, 0o600))
}

// cmdWaitLock waits until another process holds a data file: waitlock FILE.
func cmdWaitLock(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	for range 2000 {
		db, err := store.Open(path, store.Options{Timeout: time.Millisecond, Migrations: pipeline.Migrations(resolve.Across{})})
		var locked *store.LockedError
		if errors.As(err, &locked) && strings.Contains(locked.Holder.Command, "run") {
			return
		}
		ts.Check(ignoreLocked(err))
		if db != nil {
			ts.Check(db.Close())
		}
	}
	ts.Fatalf("nobody took %s", path)
}

func ignoreLocked(err error) error {
	var locked *store.LockedError
	if errors.As(err, &locked) {
		return nil
	}
	return err
}

// TestRunStops shows that a context that ends is an orderly stop.
func TestRunStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs strings.Builder
	t.Setenv("TENURE_DB", filepath.Join(t.TempDir(), "t.db"))
	code := run(ctx, []string{"run"}, strings.NewReader(""), &out, &errs)
	if code != exitFailed || !strings.Contains(errs.String(), "stopped") {
		t.Errorf("exit code %d, said %q", code, errs.String())
	}
	if out.String() != "" {
		t.Errorf("printed %q", out.String())
	}
}
