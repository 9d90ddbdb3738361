package main

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tenure/pipeline"
	"tenure/pipeline/web"
	"tenure/store"
)

// A reader asks again and again while one owner after another takes the file,
// works, and is killed. Nothing it asks may fail, and what was there before
// may not be gone.
func TestOwnersComeAndGo(t *testing.T) {
	srv := httptest.NewServer(people(400))
	defer srv.Close()
	dir := t.TempDir()
	db := filepath.Join(dir, "t.db")
	t.Setenv("HOME", dir)
	t.Setenv("TENURE_DB", db)
	say(t, 0, "source", "add", srv.URL+"/list", "--kind", "tag")
	var took []time.Duration
	done := make(chan struct{})
	var readers sync.WaitGroup
	readers.Go(func() {
		seen := 0
		for {
			select {
			case <-done:
				return
			default:
			}
			begin := time.Now()
			n, err := countArticles()
			took = append(took, time.Since(begin))
			if err != nil || n < seen {
				t.Errorf("reader: %d articles after %d, %v", n, seen, err)
				return
			}
			seen = n
			time.Sleep(2 * time.Millisecond) // a file is open for reading at times, not always
		}
	})
	for range 6 {
		cmd := exec.Command("tenure", "run", "--allow-private", "--delay", "2ms")
		var errs strings.Builder
		cmd.Stderr = &errs
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(400*time.Millisecond, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		timer.Stop()
		if errs.Len() > 0 && !strings.Contains(errs.String(), "pages") {
			t.Errorf("run: %s", errs.String())
		}
	}
	close(done)
	readers.Wait()
	slices.Sort(took)
	t.Logf("%d reads: half within %v, 99 of 100 within %v, all within %v", len(took), took[len(took)/2], took[len(took)*99/100], took[len(took)-1])
}

// countArticles asks whoever has the file for its articles.
func countArticles() (n int, err error) {
	a := newApp(strings.NewReader(""), io.Discard, io.Discard)
	p, err := a.reachToRead()
	if err != nil {
		return 0, err
	}
	defer p.Close()
	return n, p.Articles(pipeline.Filter{}, func(pipeline.ArticleRecord) error { n++; return nil })
}

// A question that is under way when its owner dies is asked of the next one.
func TestTakeover(t *testing.T) {
	hold := make(chan struct{})
	var once sync.Once
	site := people(50)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/list" {
			once.Do(func() { close(hold) })
		}
		site.ServeHTTP(w, r)
	}))
	defer srv.Close()
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("TENURE_DB", filepath.Join(dir, "t.db"))
	say(t, 0, "source", "add", srv.URL+"/list", "--kind", "tag")
	cmd := exec.Command("tenure", "run", "--allow-private", "--delay", "1h")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-hold
	a := newApp(strings.NewReader(""), io.Discard, io.Discard)
	p, err := a.reach()
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if p.remote == nil || p.remote.Owner().PID != cmd.Process.Pid {
		t.Fatalf("the run does not answer")
	}
	var locked *store.LockedError
	if _, err := p.run(t.Context(), web.Order{}, nil); !errors.As(err, &locked) || locked.Holder.PID != cmd.Process.Pid {
		t.Errorf("%v, want that the run is under way", err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if added, _, err := p.AddURLs(t.Context(), []string{"http://z.example/1"}); err != nil || added != 1 {
		t.Errorf("%d added, %v", added, err)
	}
	if p.local == nil {
		t.Error("the file was not taken over")
	}
	p.answer()
	if n, err := countArticles(); err != nil {
		t.Errorf("%d articles, %v", n, err)
	}
	if _, err := os.Lstat(filepath.Join(dir, "t.db.sock")); err != nil {
		t.Error(err)
	}
	if out := say(t, 0, "list", "sources"); !strings.Contains(out, "/list") {
		t.Errorf("another command says %s", out)
	}
}

// A command that needs the file for itself has it from one that answers as soon
// as that one rests, and is told of one that does not.
func TestOwn(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("TENURE_DB", filepath.Join(dir, "t.db"))
	reach := func() *reached {
		p, err := newApp(strings.NewReader(""), io.Discard, io.Discard).reach()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { p.Close() })
		return p
	}
	owner := reach()
	owner.answer()
	other := reach()
	var locked *store.LockedError
	if err := other.own(); other.local != nil || !errors.As(err, &locked) || locked.Holder.PID != os.Getpid() {
		t.Fatalf("%v, want that the file is held", err)
	}
	other = reach()
	tried := make(chan error, 1)
	go func() { tried <- other.own() }()
	if err := owner.rest(0); err != nil {
		t.Fatal(err)
	}
	if err := <-tried; err != nil || other.local == nil {
		t.Fatalf("%v, want that the file was given up", err)
	}
	other.answer()
	if _, err := owner.Sources(); err != nil || owner.remote == nil {
		t.Errorf("%v, want that the new owner answers", err)
	}
}

// Who still asks when a command ends does not take the file again.
func TestClosedForGood(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("TENURE_DB", filepath.Join(dir, "t.db"))
	a := newApp(strings.NewReader(""), io.Discard, io.Discard)
	p, err := a.reach()
	if err != nil {
		t.Fatal(err)
	}
	p.answer()
	for range 2 {
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Sources(); !errors.Is(err, store.ErrClosed) {
			t.Errorf("asked after it was closed: %v, want %v", err, store.ErrClosed)
		}
	}
	if _, err := os.Lstat(filepath.Join(dir, "t.db.sock")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the socket is there again: %v", err)
	}
}
