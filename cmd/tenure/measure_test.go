//go:build measure

package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// TestMeasureKills crawls 20 hosts of 1,000 pages each, kills the crawl a
// hundred times at random moments, and then wants every page there, kept
// once.
//
//	go test -tags measure -run MeasureKills -v -timeout 60m ./cmd/tenure
func TestMeasureKills(t *testing.T) {
	const hosts, pages, kills = 20, 1000, 100
	var mu sync.Mutex
	asked := map[string]int{}
	dir := t.TempDir()
	tenure := func(args ...string) *exec.Cmd {
		cmd := exec.Command("tenure", append([]string{"--db", filepath.Join(dir, "t.db")}, args...)...)
		cmd.Env = append(os.Environ(), "HOME="+dir, "TENURE_DELAY=0s", "TENURE_RECHECK=0s", "TENURE_WORKERS=20")
		cmd.Stderr = os.Stderr
		return cmd
	}
	for range hosts {
		site := people(pages)
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			asked[r.Host+r.URL.Path]++
			mu.Unlock()
			site.ServeHTTP(w, r)
		}))
		defer srv.Close()
		if err := tenure("source", "add", srv.URL+"/list", "--kind", "tag", "--every", "30d").Run(); err != nil {
			t.Fatal(err)
		}
	}
	for range kills {
		cmd := tenure("run", "--allow-private")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(100+rand.IntN(900))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
	}
	begin := time.Now()
	if err := tenure("run", "--allow-private").Run(); err != nil {
		t.Fatal(err)
	}
	out, err := tenure("list", "articles").Output()
	if err != nil {
		t.Fatal(err)
	}
	urls := map[string]int{}
	for line := range bytes.Lines(out) {
		var a struct{ URL string }
		if err := json.Unmarshal(line, &a); err != nil {
			t.Fatal(err)
		}
		urls[a.URL]++
	}
	twice := 0
	for _, n := range urls {
		if n > 1 {
			twice++
		}
	}
	requests := 0
	for _, n := range asked {
		requests += n
	}
	t.Logf("%d articles of %d, %d twice; %d requests for %d pages; last run %.0f s", len(urls), hosts*pages, twice, requests, hosts*(pages+1), time.Since(begin).Seconds())
	if len(urls) != hosts*pages || twice > 0 {
		t.Error("lost or doubled")
	}
}
