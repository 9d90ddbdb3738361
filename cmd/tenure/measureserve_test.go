//go:build measure

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Goals of TestMeasureServe.
const (
	goalFirstByte = 50 * time.Millisecond  // p99 of every page
	goalLoad      = 100 * time.Millisecond // p99 at loadRate, while a crawl runs
	loadRate      = 200                    // requests a second
)

// TestMeasureServe reads in as many articles as TENURE_SCALE says, 100,000 if
// it does not, each tenth with two facts, serves them, and measures each page:
// from the request to the first byte of the answer. Then it asks for pages at
// a rate of 200 a second for TENURE_SECONDS, 60 if it does not say, while a
// crawl runs, which the same process makes. How late an answer is counts from
// when it should have been asked for.
//
//	go test -tags measure -run MeasureServe -v -timeout 60m ./cmd/tenure
func TestMeasureServe(t *testing.T) {
	articles, seconds := number("TENURE_SCALE", 100_000), number("TENURE_SECONDS", 60)
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("TENURE_DB", filepath.Join(dir, "t.db"))
	t.Setenv("TENURE_DELAY", "0s")
	begin := time.Now()
	archive := filepath.Join(dir, "a.warc")
	if err := os.WriteFile(archive, warcOf(articles), 0o600); err != nil {
		t.Fatal(err)
	}
	say(t, 0, "import", archive)
	t.Logf("%d articles read in %.0f s", articles, time.Since(begin).Seconds())
	begin = time.Now()
	base, pid, stop := servingProcess(t)
	defer stop()
	shows(t, base+"/healthz", "ok")
	targets := measuredPages(t, base)
	t.Logf("first page after %.1f s, RSS %d MB", time.Since(begin).Seconds(), rss(t, pid)>>20)
	for _, path := range targets {
		times := make([]time.Duration, 200)
		for i := range times {
			times[i] = firstByte(t, base+path)
		}
		p50, p99 := quantiles(times)
		t.Logf("%-50.50s p50 %8v, p99 %8v", path, p50, p99)
		if p99 > goalFirstByte {
			t.Errorf("%s: p99 %v, want less than %v", path, p99, goalFirstByte)
		}
	}
	measureLoad(t, base, pid, targets, time.Duration(seconds)*time.Second)
}

func number(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// warcOf is an archive of made-up articles.
func warcOf(n int) []byte {
	var b bytes.Buffer
	rng := rand.New(rand.NewPCG(1, 2)) // no two texts are alike, as copies of one would be
	for i := range n {
		text := words(rng, 150)
		body := fmt.Sprintf(`<html lang="en"><head><title>Report %d of the council</title><meta property="article:published_time" content="%d-%02d-%02d"></head><body><article><h1>Report %d of the council</h1><p>%d: %s</p>`,
			i, 2015+i%10, i%12+1, i%28+1, i, i, text)
		if i%10 == 0 {
			body += fmt.Sprintf("<h3>Anna %s</h3><ul><li>Left %s: %s %d</li><li>Current role: Engineer at %s</li></ul>", surname(strconv.Itoa(i)), company(i/10%97), time.Month(i%12+1), 2015+i%10, company(i/10%89+100))
		}
		body += "</article></body></html>"
		answer := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
		fmt.Fprintf(&b, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%032x>\r\nWARC-Date: 2025-05-01T00:00:00Z\r\nWARC-Target-URI: http://news%d.example/%d\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
			i, i%40, i, len(answer), answer)
	}
	return b.Bytes()
}

// words are so many words, as good as any.
func words(rng *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s ", strings.ToLower(surname(strconv.Itoa(rng.IntN(5000)))))
		if i%12 == 11 {
			b.WriteString("and so on. ")
		}
	}
	return b.String()
}

func company(n int) string { return surname(strconv.Itoa(n)) + " Works" }

// servingProcess is serving, with the process.
func servingProcess(t *testing.T) (base string, pid int, stop func()) {
	t.Helper()
	cmd := exec.Command("tenure", "serve", "--listen", "127.0.0.1:0")
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 200)
	n, err := errs.Read(line)
	base = regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(string(line[:n]))
	if err != nil || base == "" {
		_ = cmd.Process.Kill()
		t.Fatalf("serve says %q, %v", line[:n], err)
	}
	go func() { _, _ = io.Copy(io.Discard, errs) }()
	return base, cmd.Process.Pid, func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
}

// measuredPages are addresses of every kind.
func measuredPages(t *testing.T, base string) []string {
	t.Helper()
	var move struct {
		Person   string
		From     struct{ Org string }
		Evidence []struct{ Article string }
	}
	res, err := http.Get(base + "/api/v1/moves?limit=1")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(&move); err != nil {
		t.Fatal(err)
	}
	name := url.QueryEscape(move.Person)
	return []string{
		"/", "/?q=anna", "/?kind=transfer&page=3", "/?org=" + url.QueryEscape(move.From.Org), "/flow", "/flow?after=2018&before=2019",
		"/person/" + url.PathEscape(strings.ToLower(strings.ReplaceAll(move.Person, " ", "-"))), "/organization/" + url.PathEscape(strings.ToLower(strings.ReplaceAll(move.From.Org, " ", "-"))),
		"/article/" + move.Evidence[0].Article, "/review", "/sources", "/run", "/feed.json", "/feed.atom", "/metrics", "/healthz",
		"/api/v1/moves?limit=100", "/api/v1/facts?limit=100", "/api/v1/articles?limit=50", "/api/v1/people?limit=50", "/api/v1/organizations?limit=50", "/api/v1/show?name=" + name, "/api/v1/openapi.json",
		"/reconcile?queries=" + url.QueryEscape(`{"q0":{"query":"`+move.Person+`"}}`), "/reconcile/suggest/entity?prefix=" + name,
	}
}

// firstByte asks for a page and returns how long its first byte took.
func firstByte(t *testing.T, address string) (took time.Duration) {
	t.Helper()
	begin := time.Now()
	trace := &httptrace.ClientTrace{GotFirstResponseByte: func() { took = time.Since(begin) }}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(t.Context(), trace), "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(io.Discard, res.Body)
	res.Body.Close()
	if err != nil || res.StatusCode != 200 {
		t.Fatalf("%s: status %d, %v", address, res.StatusCode, err)
	}
	return took
}

func quantiles(times []time.Duration) (p50, p99 time.Duration) {
	slices.Sort(times)
	at := func(q float64) time.Duration { return times[int(q*float64(len(times)-1))].Round(10 * time.Microsecond) }
	return at(0.5), at(0.99)
}

// measureLoad asks at a fixed rate while 'tenure run' crawls a site that
// answers slowly enough not to be done before.
func measureLoad(t *testing.T, base string, pid int, targets []string, long time.Duration) {
	site := people(100_000)
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(10 * time.Millisecond) // a site that is measured with, not waited for
		site.ServeHTTP(w, r)
	}))
	defer slow.Close()
	say(t, 0, "source", "add", slow.URL+"/list", "--kind", "tag")
	ctx, cancel := context.WithTimeout(t.Context(), long)
	defer cancel()
	crawl := exec.CommandContext(ctx, "tenure", "run", "--allow-private")
	if err := crawl.Start(); err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	var mu sync.Mutex
	var times []time.Duration
	var memory []int64
	failed := map[string]int{}
	var wg sync.WaitGroup
	begin := time.Now()
	for i := 0; ctx.Err() == nil; i++ {
		due := begin.Add(time.Duration(i) * time.Second / loadRate)
		time.Sleep(time.Until(due)) // the rate is what is measured
		if i%loadRate == 0 {
			memory = append(memory, rss(t, pid))
		}
		wg.Go(func() {
			wrong := asked(client, base+targets[i%len(targets)])
			mu.Lock()
			defer mu.Unlock()
			times = append(times, time.Since(due))
			if wrong != "" {
				failed[wrong]++
			}
		})
	}
	wg.Wait()
	_ = crawl.Wait() // it was ended
	p50, p99 := quantiles(times)
	third := len(memory) / 3
	early, late := mean(memory[third:2*third]), mean(memory[2*third:])
	t.Logf("%d requests in %v, %d failed; p50 %v, p99 %v, slowest %v; RSS %d MB in the second third, %d MB in the last", len(times), long, sum(failed), p50, p99, times[len(times)-1].Round(time.Millisecond), early>>20, late>>20)
	for wrong, n := range failed {
		t.Errorf("%d times: %s", n, wrong)
	}
	if p99 > goalLoad {
		t.Errorf("p99 %v, want less than %v", p99, goalLoad)
	}
	if late > early+early/5 {
		t.Errorf("RSS grows: %d MB, then %d MB", early>>20, late>>20)
	}
}

// asked asks for a page and returns what is wrong with the answer.
func asked(client *http.Client, address string) string {
	res, err := client.Get(address)
	if err != nil {
		return err.Error()
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err.Error()
	}
	if res.StatusCode != 200 {
		return fmt.Sprintf("%s: status %d", address, res.StatusCode)
	}
	return ""
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

func mean(all []int64) (m int64) {
	for _, x := range all {
		m += x / int64(len(all))
	}
	return m
}

// rss is how much memory a process holds, bytes.
func rss(t *testing.T, pid int) int64 {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		t.Skip("no /proc here: ", err)
	}
	pages, err := strconv.ParseInt(strings.Fields(string(b))[1], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return pages * int64(os.Getpagesize())
}
