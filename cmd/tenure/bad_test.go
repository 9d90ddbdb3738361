package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"tenure/pipeline"
)

// A badPage is an answer no reader wants, and the reason it must be recorded
// with; an empty reason means that it must be read all the same.
type badPage struct {
	path   string
	serve  http.HandlerFunc
	reason string
}

const goodTail = `<h3>Ruth Okonjo</h3><p>Left Brightwater: April 2025</p>`

func html(body func(io.Writer)) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		body(w)
	}
}

func repeated(s string, n int) func(io.Writer) {
	return func(w io.Writer) {
		chunk := []byte(strings.Repeat(s, 1000))
		for range n / 1000 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
}

// gzipBomb is 100 MB of the same letter in a few hundred kilobytes.
func gzipBomb() []byte {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is one of the package's own
	}
	repeated("0", 100<<20)(z)
	z.Close()
	return b.Bytes()
}

func badPages() []badPage {
	bomb := gzipBomb()
	return []badPage{
		{"/paragraphs", html(repeated("<p>", 10<<20)), "too-large"},
		{"/endless", html(repeated("<p>more and more", 1<<30)), "too-large"},
		{"/nested", html(func(w io.Writer) {
			repeated("<div>", 100_000)(w)
			io.WriteString(w, goodTail)
		}), "no-date"},
		{"/attributes", html(func(w io.Writer) {
			io.WriteString(w, "<div ")
			repeated("a=b ", 400_000)(w)
			io.WriteString(w, ">"+goodTail)
		}), "no-date"},
		{"/fonts", html(func(w io.Writer) { repeated("<font><p>x", 200_000)(w) }), "*"},
		{"/bomb", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb)
		}, "too-large"},
		{"/not-gzip", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			io.WriteString(w, "\x1f\x8b this only begins like gzip")
		}, "bad-encoding"},
		{"/cut", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100000")
			io.WriteString(w, "<p>the beginning")
		}, "truncated"},
		{"/stall", func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "<p>wait for it")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, "timeout"},
		{"/self", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		}, "redirect-loop"},
		{"/hops/0", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"0", http.StatusFound)
		}, "too-many-redirects"},
		{"/latin", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8") // it is not
			io.WriteString(w, "<title>Wer ging</title><h3>J\xfcrgen Wei\xdf</h3><p>Left Bosch: April 2025</p>")
		}, "no-date"},
		{"/zeros", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Write(bytes.Repeat([]byte{0}, 4096))
		}, "*"},
	}
}

// TestBadPages crawls pages that are meant to break something. Each must end
// as a failure with its reason, and the run must go on to the last of them.
func TestBadPages(t *testing.T) {
	pages := badPages()
	dir := t.TempDir()
	t.Setenv("TENURE_DB", filepath.Join(dir, "bad.db"))
	t.Setenv("TENURE_DELAY", "0s")
	t.Setenv("TENURE_TIMEOUT", "8s") // what stalls takes as long
	t.Setenv("HOME", dir)

	reasons := map[string]string{} // by address
	var urls []string
	for _, p := range pages {
		mux := http.NewServeMux() // a host each, so that none waits for another
		mux.HandleFunc(p.path, p.serve)
		if p.path == "/hops/0" {
			mux.HandleFunc("/hops/", p.serve)
		}
		srv := httptest.NewServer(mux)
		t.Cleanup(srv.CloseClientConnections)
		defer srv.Close()
		reasons[srv.URL+p.path] = p.reason
		urls = append(urls, srv.URL+p.path)
	}
	peak := watchHeap(t)
	say(t, 0, append([]string{"add"}, urls...)...)
	say(t, exitPartial, "run", "--allow-private")
	t.Logf("peak heap %d MB", peak()>>20)

	failures := map[string]pipeline.Failure{}
	for line := range strings.Lines(say(t, 0, "list", "failures")) {
		var f pipeline.Failure
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		failures[f.URL] = f
	}
	for url, want := range reasons {
		got, ok := failures[url]
		if !ok || want != "*" && got.Reason != want {
			t.Errorf("%s: failure %q (%s), want %q", url, got.Reason, got.Detail, want)
		}
	}
	facts := say(t, 0, "list", "facts")
	for _, name := range []string{"Jürgen Weiß", "Ruth Okonjo"} {
		if !strings.Contains(facts, name) {
			t.Errorf("no fact about %s in %s", name, facts)
		}
	}
}

// say runs a command and returns what it prints.
func say(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	if code := run(t.Context(), args, strings.NewReader(""), &out, &errs); code != want {
		t.Fatalf("tenure %s: exit code %d, want %d\n%s", strings.Join(args, " "), code, want, errs.String())
	}
	return out.String()
}

// watchHeap samples the heap until the returned function is called.
func watchHeap(t *testing.T) func() uint64 {
	t.Helper()
	done, result := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			case <-done:
				result <- most
				return
			}
		}
	}()
	return func() uint64 { close(done); return <-result }
}

// TestFullDisk runs with an output that has no room: the error is told.
func TestFullDisk(t *testing.T) {
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("needs /dev/full: ", err)
	}
	defer f.Close()
	var errs strings.Builder
	code := run(t.Context(), []string{"version"}, strings.NewReader(""), f, &errs)
	if code != exitFailed || !strings.Contains(errs.String(), "no space left") {
		t.Errorf("exit code %d, said %q", code, fmt.Sprint(errs.String()))
	}
}
