package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestWatch: watch looks at a source again when it is due, lets others at
// the data file in between, and ends well when it is stopped.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TENURE_DB", filepath.Join(dir, "t.db"))
	t.Setenv("TENURE_DELAY", "0s")
	t.Setenv("HOME", dir)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var looks atomic.Int32
	site := people(2)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/list" && looks.Add(1) == 2 {
			stop() // while the second pass is under way
		}
		site.ServeHTTP(w, r)
	}))
	defer srv.Close()
	say(t, 0, "source", "add", srv.URL+"/list", "--kind", "tag", "--every", "1s")
	var out, errs strings.Builder
	if code := run(ctx, []string{"watch", "--allow-private"}, strings.NewReader(""), &out, &errs); code != 0 {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	if n := strings.Count(say(t, 0, "list", "articles"), "tenure/article/v1"); n != 2 {
		t.Errorf("%d articles, want 2", n)
	}
	if looks.Load() < 2 {
		t.Errorf("looked %d times, want 2", looks.Load())
	}
}
