//go:build measure

package pipeline

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"tenure/crawler"
)

// TestMeasureFrontier puts a million links of ten thousand hosts, as many at a
// time as a large sitemap has, then leases and finishes some, 16 at a time,
// and reports rates and memory.
//
//	go test -tags measure -run MeasureFrontier -v -timeout 30m ./pipeline
func TestMeasureFrontier(t *testing.T) {
	const links, hosts, batch, finished = 1_000_000, 10_000, 10_000, 20_000
	f, c := newTestFrontier(t, 0)
	begin := time.Now()
	for i := 0; i < links; i += batch {
		all := make([]crawler.Link, batch)
		for k := range all {
			n := i + k
			all[k] = crawler.Link{URL: fmt.Sprintf("https://h%d.example/2025/05/article-number-%d", n*7919%hosts, n), Role: crawler.Story, Source: "0123abcd", Tags: []string{"Moves"}}
		}
		if _, err := f.Put(context.Background(), all); err != nil {
			t.Fatal(err)
		}
	}
	put := time.Since(begin)
	begin = time.Now()
	done := 0
	for done < finished {
		all, err := f.Lease(context.Background(), 16, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) == 0 {
			c.t = c.t.Add(time.Second)
			continue
		}
		var wg sync.WaitGroup
		for _, l := range all {
			wg.Go(func() { finish(t, f, l) })
		}
		wg.Wait()
		done += len(all)
	}
	took := time.Since(begin)
	var size int64
	if info, err := os.Stat(f.db.Path()); err == nil {
		size = info.Size()
	}
	t.Logf("%.0f inserts/s, %.0f lease+done/s, %s, file %d MB", links/put.Seconds(), finished/took.Seconds(), memory(t, "RssAnon"), size>>20)
}

// memory returns what the kernel says of the memory of this process: RssAnon
// is what is its own now, VmHWM the most it had, of mapped files too.
func memory(t *testing.T, what string) string {
	t.Helper()
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "memory not known"
	}
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, what+":") {
			return strings.Join(strings.Fields(line), " ")
		}
	}
	return "memory not known"
}
