//go:build measure

package crawler_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"tenure/crawler"
)

// Long measurements, each against its bar:
//
//	go test -tags measure -run Measure -v ./crawler

const (
	measureWorkers = 32
	measurePages   = 2000
)

// TestServeMeasured is not a test: it is the server of the measurements, in a
// process of its own so that its CPU time is not counted.
func TestServeMeasured(t *testing.T) {
	if os.Getenv("MEASURE_SERVER") == "" {
		t.Skip("serves the measurements only")
	}
	page := gzipped(100 << 10)
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case strings.HasPrefix(r.URL.Path, "/small/"):
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<p>small page ", r.URL.Path)
		default:
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(page)
		}
	})
	for range measureWorkers {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("listening", l.Addr())
		go http.Serve(l, handler)
	}
	io.Copy(io.Discard, os.Stdin) // until the measurement ends
}

// gzipped returns about n bytes of words, packed.
func gzipped(n int) []byte {
	rnd := rand.New(rand.NewPCG(3, 4))
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	for i := 0; i < n; {
		m, _ := fmt.Fprintf(z, "<p>word%d %x and more of it.", rnd.IntN(5000), rnd.Uint32())
		i += m
	}
	z.Close()
	return buf.Bytes()
}

// startMeasured starts the server and returns its addresses.
func startMeasured(t *testing.T) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestServeMeasured$", "-test.timeout=20m")
	cmd.Env = append(os.Environ(), "MEASURE_SERVER=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); cmd.Wait() })
	hosts := make([]string, measureWorkers)
	for i := range hosts {
		if _, err := fmt.Fscanf(out, "listening %s\n", &hosts[i]); err != nil {
			t.Fatal(err)
		}
	}
	return hosts
}

func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// spend returns the CPU time of fetching all pages by 32 workers.
func spend(hosts []string, fetch func(url string) error) (time.Duration, error) {
	begin := cpu()
	var wg sync.WaitGroup
	errs := make(chan error, len(hosts))
	for _, h := range hosts {
		wg.Go(func() {
			for i := range measurePages / len(hosts) {
				if err := fetch("http://" + h + "/page/" + strconv.Itoa(i)); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(errs)
	return cpu() - begin, <-errs
}

// TestMeasureFetch compares the client with net/http and pooled buffers.
func TestMeasureFetch(t *testing.T) {
	hosts := startMeasured(t)
	transport := &http.Transport{MaxIdleConnsPerHost: 2, MaxIdleConns: 256}
	plain := &http.Client{Transport: transport}
	var pool = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	byHTTP := func(url string) error {
		res, err := plain.Get(url)
		if err != nil {
			return err
		}
		defer res.Body.Close()
		buf := pool.Get().(*bytes.Buffer)
		defer pool.Put(buf)
		buf.Reset()
		_, err = buf.ReadFrom(res.Body)
		return err
	}
	c := local()
	byClient := func(url string) error {
		_, err := c.Fetch(context.Background(), crawler.Link{URL: url})
		return err
	}
	var sumHTTP, sumClient time.Duration
	for round := range 6 {
		a, err := spend(hosts, byHTTP)
		if err != nil {
			t.Fatal(err)
		}
		b, err := spend(hosts, byClient)
		if err != nil {
			t.Fatal(err)
		}
		if round > 0 { // the first warms up
			sumHTTP, sumClient = sumHTTP+a, sumClient+b
		}
	}
	ratio := float64(sumClient) / float64(sumHTTP)
	t.Logf("CPU per 1,000 pages: net/http %v, client %v: %.2fx", sumHTTP/5/2, sumClient/5/2, ratio)
	if ratio > 1.3 {
		t.Errorf("%.2fx, want at most 1.3x", ratio)
	}
}

// TestMeasureMemory crawls 100,000 small pages and looks at the peak of the
// resident memory.
func TestMeasureMemory(t *testing.T) {
	hosts := startMeasured(t)
	frontier := new(crawler.Memory)
	for i := range 100000 {
		mustPut(t, frontier, fmt.Sprintf("http://%s/small/%d", hosts[i%len(hosts)], i))
	}
	var mu sync.Mutex
	fetched := 0
	sink := sinkFuncs{
		fetched: func(l crawler.Lease, _ crawler.Fetch) error {
			mu.Lock()
			fetched++
			mu.Unlock()
			return frontier.Done(l.Token, time.Time{}, nil)
		},
		failed: func(l crawler.Lease, err error) error { return err },
	}
	begin, spent := time.Now(), cpu()
	if err := crawler.Run(t.Context(), crawler.Config{Workers: measureWorkers}, frontier, local(), sink); err != nil {
		t.Fatal(err)
	}
	peak := peakRSS(t)
	t.Logf("%d pages in %v (%v of CPU), peak of resident memory %d MB", fetched, time.Since(begin), cpu()-spent, peak>>20)
	if fetched != 100000 || peak > 100<<20 {
		t.Errorf("%d pages, %d MB, want 100000 and at most 100", fetched, peak>>20)
	}
}

func peakRSS(t *testing.T) int64 {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("no /proc here: ", err)
	}
	var kb int64
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmHWM:") {
			fmt.Sscanf(line, "VmHWM: %d kB", &kb)
		}
	}
	return kb << 10
}
