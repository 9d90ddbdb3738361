package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// people is a site of many articles: one list, one page each.
func people(n int) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/list", func(w http.ResponseWriter, _ *http.Request) {
		var b strings.Builder
		b.WriteString("<html><body><main>")
		for i := range n {
			fmt.Fprintf(&b, "<article><h2><a href=\"/2025/05/%02d/who-left-brightwater-part-%d\">Who left Brightwater this year, part %d</a></h2></article>\n", i%28+1, i, i)
		}
		b.WriteString("</main></body></html>")
		w.Header().Set("ETag", `"list"`)
		w.Header().Set("Content-Type", "text/html")
		http.ServeContent(w, &http.Request{Method: "GET"}, "", time.Time{}, strings.NewReader(b.String()))
	})
	mux.HandleFunc("/2025/05/{day}/{slug}", func(w http.ResponseWriter, r *http.Request) {
		part := r.PathValue("slug")[strings.LastIndexByte(r.PathValue("slug"), '-')+1:]
		name := "Anna " + surname(part)
		fmt.Fprintf(w, `<html lang="en"><head><title>Part %s</title><meta property="article:published_time" content="2025-05-%s"></head>
<body><article><h1>Part %s</h1><p>The water company has lost one more of the people who built it, and looks for another.</p>
<h3>%s</h3><ul><li>Left Brightwater: April 2025</li><li>Time at Brightwater: 3 years</li></ul></article></body></html>`,
			part, r.PathValue("day"), part, name)
	})
	return mux
}

// surname spells a number, so that each part has a person of its own.
func surname(digits string) string {
	syllables := []string{"Ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu"}
	s := ""
	for _, d := range digits {
		s += syllables[d-'0']
	}
	return strings.ToUpper(s[:1]) + s[1:] + "sson"
}

// TestKill kills runs at random moments, again and again, until one gets
// through. Then everything must be there, once, as if nothing had happened.
func TestKill(t *testing.T) {
	const articles = 60
	srv := httptest.NewServer(people(articles))
	defer srv.Close()
	whole := crawlKilled(t, srv.URL, 0)
	rng := rand.New(rand.NewPCG(1, uint64(os.Getpid())))
	killed := crawlKilled(t, srv.URL, 12, func() time.Duration { return time.Duration(20+rng.IntN(400)) * time.Millisecond })
	if !bytes.Equal(whole, killed) {
		t.Errorf("after kills the export differs:\n%d bytes, want %d", len(killed), len(whole))
	}
	if n := bytes.Count(whole, []byte(`"schema":"tenure/article/v1"`)); n != articles {
		t.Errorf("%d articles, want %d", n, articles)
	}
	if n := bytes.Count(whole, []byte(`"schema":"tenure/move/v1"`)); n != articles {
		t.Errorf("%d moves, want %d", n, articles)
	}
}

// crawlKilled crawls the site into a new data file, with so many runs killed
// after the given times, and returns the export without what tells when.
func crawlKilled(t *testing.T, base string, kills int, after ...func() time.Duration) []byte {
	t.Helper()
	dir := t.TempDir()
	tenure := func(args ...string) *exec.Cmd {
		cmd := exec.Command("tenure", append([]string{"--db", filepath.Join(dir, "t.db")}, args...)...)
		cmd.Env = append(os.Environ(), "HOME="+dir, "TENURE_DELAY=2ms")
		return cmd
	}
	must := func(cmd *exec.Cmd) []byte {
		t.Helper()
		var errs bytes.Buffer
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %v\n%s", cmd.Args[1:], err, errs.String())
		}
		return out
	}
	must(tenure("source", "add", base+"/list", "--kind", "tag"))
	for range kills {
		cmd := tenure("run", "--allow-private")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(after[0](), func() { _ = cmd.Process.Kill() }) // it may be done already
		_ = cmd.Wait()
	}
	must(tenure("run", "--allow-private"))
	must(tenure("run", "--allow-private")) // nothing is left over
	out := must(tenure("export", "all", "--format", "jsonl"))
	return timeless(out)
}

// timeless drops from each record when it was seen.
func timeless(export []byte) []byte {
	var b bytes.Buffer
	for line := range bytes.Lines(export) {
		for _, field := range []string{`"first_seen":"`, `"last_seen":"`} {
			if i := bytes.Index(line, []byte(field)); i >= 0 {
				rest := line[i+len(field):]
				line = append(line[:i:i], rest[bytes.IndexByte(rest, '"')+1:]...)
			}
		}
		b.Write(line)
	}
	return b.Bytes()
}
