package crawler_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"tenure/crawler"
)

// serve starts a loopback server and returns its address.
func serve(t testing.TB, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func local() *crawler.Client { return &crawler.Client{AllowPrivate: true} }

func get(t testing.TB, c *crawler.Client, url string) (crawler.Fetch, error) {
	t.Helper()
	return c.Fetch(context.Background(), crawler.Link{URL: url})
}

func reasonOf(err error) crawler.Reason {
	var fe *crawler.FetchError
	if errors.As(err, &fe) {
		return fe.Reason
	}
	return ""
}

// faulty answers by path; /robots.txt is missing.
func faulty(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/ok":
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Cache-Control", "public, max-age=60")
		fmt.Fprint(w, "<p>hello")
	case "/empty":
	case "/404":
		w.WriteHeader(404)
	case "/410":
		w.WriteHeader(410)
	case "/500":
		w.WriteHeader(500)
		fmt.Fprint(w, "out of order")
	case "/429":
		w.Header().Set("Retry-After", "90")
		w.WriteHeader(429)
	case "/503":
		w.Header().Set("Retry-After", time.Date(2026, 1, 1, 1, 0, 0, 0, time.UTC).Format(http.TimeFormat))
		w.WriteHeader(503)
	case "/to":
		http.Redirect(w, r, "/ok?utm_source=here", http.StatusMovedPermanently)
	case "/to-to":
		http.Redirect(w, r, "/to", http.StatusFound)
	case "/loop":
		http.Redirect(w, r, "/loop2", http.StatusFound)
	case "/loop2":
		http.Redirect(w, r, "/loop", http.StatusFound)
	case "/far":
		http.Redirect(w, r, "/far?n="+r.URL.Query().Get("n")+"1", http.StatusFound)
	case "/cookie":
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
			http.Redirect(w, r, "/cookie", http.StatusFound)
			return
		}
		fmt.Fprint(w, "welcome back")
	case "/mailto":
		w.Header().Set("Location", "mailto:editor@example.org")
		w.WriteHeader(302)
	case "/latin1":
		w.Header().Set("Location", "/caf\xe9?x#part")
		w.WriteHeader(302)
	case "/caf\xe9":
		fmt.Fprint(w, "coffee")
	case "/nowhere":
		w.WriteHeader(302)
	case "/short":
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, "only this")
	case "/broken-gzip":
		w.Header().Set("Content-Encoding", "gzip")
		w.Write([]byte{0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
	case "/mislabelled":
		w.Header().Set("Content-Encoding", "gzip")
		fmt.Fprint(w, "plain")
	case "/rot13":
		w.Header().Set("Content-Encoding", "rot13")
		fmt.Fprint(w, "cynva")
	case "/lying":
		w.Header().Set("ETag", `"same"`)
		fmt.Fprint(w, time.Now().UnixNano())
	default:
		http.NotFound(w, r)
	}
}

func TestFetchAnswers(t *testing.T) {
	base := serve(t, faulty)
	c := local()
	t.Cleanup(c.Close)
	c.Now = func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }
	tests := []struct {
		path   string
		status int
		body   string
		final  string
		hops   int
		retry  time.Duration
	}{
		{"/ok", 200, "<p>hello", "/ok", 0, 0},
		{"/empty", 200, "", "/empty", 0, 0},
		{"/404", 404, "", "/404", 0, 0},
		{"/410", 410, "", "/410", 0, 0},
		{"/500", 500, "out of order", "/500", 0, 0},
		{"/429", 429, "", "/429", 0, 90 * time.Second},
		{"/503", 503, "", "/503", 0, time.Hour},
		{"/to", 200, "<p>hello", "/ok", 1, 0},
		{"/to-to", 200, "<p>hello", "/ok", 2, 0},
		{"/cookie", 200, "welcome back", "/cookie", 1, 0},
		{"/latin1", 200, "coffee", "/caf%E9?x", 1, 0},
		{"/nowhere", 302, "", "/nowhere", 0, 0},
		{"/mislabelled", 200, "plain", "/mislabelled", 0, 0},
	}
	for _, tt := range tests {
		f, err := get(t, c, base+tt.path)
		if err != nil {
			t.Errorf("%s: %v", tt.path, err)
			continue
		}
		if f.Status != tt.status || string(f.Body) != tt.body || f.Final != base+tt.final || len(f.Hops) != tt.hops {
			t.Errorf("%s: %d %q at %s after %d hops, want %d %q at %s after %d",
				tt.path, f.Status, f.Body, f.Final, len(f.Hops), tt.status, tt.body, tt.final, tt.hops)
		}
		var retry time.Duration
		if !f.RetryAfter.IsZero() {
			retry = f.RetryAfter.Sub(c.Now())
		}
		if retry != tt.retry {
			t.Errorf("%s: retry after %v, want %v", tt.path, retry, tt.retry)
		}
	}
}

func TestFetchErrors(t *testing.T) {
	base := serve(t, faulty)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = log.New(io.Discard, "", 0)
	untrusted.StartTLS()
	t.Cleanup(untrusted.Close)
	tests := []struct {
		url    string
		reason crawler.Reason
		temp   bool
	}{
		{base + "/loop", crawler.RedirectLoop, false},
		{base + "/far", crawler.TooManyRedirects, false},
		{base + "/mailto", crawler.BadScheme, false},
		{base + "/short", crawler.Incomplete, true},
		{base + "/broken-gzip", crawler.BadEncoding, false},
		{base + "/rot13", crawler.BadEncoding, false},
		{gone.URL + "/", crawler.Refused, true},
		{untrusted.URL + "/", crawler.TLS, true},
		{"http://nowhere.invalid/", crawler.DNS, true},
		{"ftp://example.org/", crawler.BadScheme, false},
		{"not an address", crawler.BadURL, false},
	}
	for _, tt := range tests {
		_, err := get(t, local(), tt.url)
		var fe *crawler.FetchError
		if !errors.As(err, &fe) || fe.Reason != tt.reason || fe.Temporary() != tt.temp {
			t.Errorf("%s: %v, want %s", tt.url, err, tt.reason)
		}
	}
}

// Servers that do not speak HTTP as it should be.
func TestFetchGarbage(t *testing.T) {
	tests := []struct{ name, answer string }{
		{"no HTTP", "220 mail.example ESMTP\r\n"},
		{"nothing", ""},
		{"header without end", "HTTP/1.1 200 OK\r\n" + strings.Repeat("X-Filler: "+strings.Repeat("x", 1000)+"\r\n", 1000) + "\r\n"},
		{"broken chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"},
		{"contradicting lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"},
	}
	for _, tt := range tests {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				req, err := http.ReadRequest(bufio.NewReader(conn))
				if err == nil && req.URL.Path == "/robots.txt" {
					io.WriteString(conn, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
				} else {
					io.WriteString(conn, tt.answer)
				}
				conn.Close()
			}
		}()
		if _, err := get(t, local(), "http://"+l.Addr().String()+"/"); reasonOf(err) != crawler.Connection {
			t.Errorf("%s: %v, want connection", tt.name, err)
		}
	}
}

func TestFetchConditional(t *testing.T) {
	const tag, date = `"v1"`, "Thu, 01 Jan 2026 00:00:00 GMT"
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == tag && r.Header.Get("If-Modified-Since") == date {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", tag)
		w.Header().Set("Last-Modified", date)
		fmt.Fprint(w, "page")
	})
	c := local()
	f, err := get(t, c, base+"/")
	if err != nil || f.NotModified() || f.ETag != tag || f.LastModified != date {
		t.Fatalf("first fetch: %+v, %v", f, err)
	}
	f, err = c.Fetch(context.Background(), crawler.Link{URL: base + "/", ETag: f.ETag, LastModified: f.LastModified})
	if err != nil || !f.NotModified() || !f.Conditional {
		t.Errorf("second fetch: %+v, %v, want not modified", f, err)
	}
}

// A short body is an error twice; then what came is taken.
func TestFetchTruncated(t *testing.T) {
	base := serve(t, faulty)
	for tries := range 4 {
		f, err := local().Fetch(context.Background(), crawler.Link{URL: base + "/short", Tries: tries})
		if tries < 2 {
			if reasonOf(err) != crawler.Incomplete {
				t.Errorf("try %d: %v, want truncated", tries, err)
			}
			continue
		}
		if err != nil || !f.Truncated || string(f.Body) != "only this" {
			t.Errorf("try %d: %q truncated %v, %v", tries, f.Body, f.Truncated, err)
		}
	}
}

// bomb returns 300 MB of zeros, packed.
func bomb(t testing.TB, enc string) []byte {
	t.Helper()
	var buf bytes.Buffer
	pack := func(w io.WriteCloser, megabytes int) {
		zeros := make([]byte, 1<<20)
		for range megabytes {
			if _, err := w.Write(zeros); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	switch enc {
	case "br":
		pack(brotli.NewWriterLevel(&buf, 1), 300)
		return buf.Bytes()
	case "gzip":
		pack(gzip.NewWriter(&buf), 1)
	case "zstd":
		w, err := zstd.NewWriter(&buf)
		if err != nil {
			t.Fatal(err)
		}
		pack(w, 1)
	}
	return bytes.Repeat(buf.Bytes(), 300) // both may be joined end to end
}

func TestFetchBombs(t *testing.T) {
	for _, enc := range []string{"gzip", "br", "zstd"} {
		t.Run(enc, func(t *testing.T) {
			data := bomb(t, enc)
			base := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Encoding", enc)
				w.Write(data)
			})
			grown := heapGrowth(t, func() {
				_, err := get(t, local(), base+"/page")
				if reasonOf(err) != crawler.TooLarge {
					t.Errorf("got %v, want too-large", err)
				}
			})
			if grown > 64<<20 {
				t.Errorf("heap grew by %d MB", grown>>20)
			}
		})
	}
}

// 30 MB of <p> are too many, and known to be without reading them.
func TestFetchTooLarge(t *testing.T) {
	page := bytes.Repeat([]byte("<p>"), 10<<20)
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/announced" {
			w.Header().Set("Content-Length", strconv.Itoa(len(page)))
		}
		w.Write(page)
	})
	for _, path := range []string{"/announced", "/streamed"} {
		if _, err := get(t, local(), base+path); reasonOf(err) != crawler.TooLarge {
			t.Errorf("%s: %v, want too-large", path, err)
		}
	}
}

// heapGrowth returns by how much f raised the memory taken from the system
// for the heap.
func heapGrowth(t testing.TB, f func()) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	if after.HeapSys < before.HeapSys {
		return 0
	}
	return after.HeapSys - before.HeapSys
}

func TestFetchSlow(t *testing.T) {
	release := make(chan struct{})
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/silent":
			<-release
		case "/drip": // one byte now and then, for ever
			for {
				if _, err := io.WriteString(w, "x"); err != nil {
					return
				}
				w.(http.Flusher).Flush()
				select {
				case <-release:
					return
				case <-time.After(5 * time.Millisecond):
				}
			}
		case "/stuck": // a piece, then nothing
			io.WriteString(w, "beginning")
			w.(http.Flusher).Flush()
			<-release
		case "/endless":
			chunk := []byte(strings.Repeat("x", 64<<10))
			for {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		default:
			http.NotFound(w, r)
		}
	})
	t.Cleanup(func() { close(release) })
	c := local()
	c.MaxBody = 1 << 20
	c.Timeouts = crawler.Timeouts{Header: 50 * time.Millisecond, Idle: 100 * time.Millisecond, Total: 300 * time.Millisecond}
	for path, want := range map[string]crawler.Reason{
		"/silent": crawler.Timeout, "/drip": crawler.Timeout, "/stuck": crawler.Timeout,
	} {
		if _, err := get(t, c, base+path); reasonOf(err) != want {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
	patient := local()
	patient.MaxBody = 1 << 20
	if _, err := get(t, patient, base+"/endless"); reasonOf(err) != crawler.TooLarge {
		t.Errorf("/endless: %v, want too-large", err)
	}
}

func TestFetchCanceled(t *testing.T) {
	asked := make(chan struct{})
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		close(asked)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-asked; cancel() }()
	_, err := local().Fetch(ctx, crawler.Link{URL: base + "/"})
	if reasonOf(err) != crawler.Canceled {
		t.Errorf("got %v, want canceled", err)
	}
}

func TestFetchHeader(t *testing.T) {
	site := openReplay(t, "redirects.txtar")
	c := &crawler.Client{Transport: site, UserAgent: "tenure/1.0 (+https://example.org/bot)", From: "bot@example.org"}
	if _, err := get(t, c, "https://news.example/allowed"); err != nil {
		t.Fatal(err)
	}
	for _, r := range site.asked {
		if r.UserAgent() != c.UserAgent || r.Header.Get("From") != c.From || r.Header.Get("Cookie") != "" {
			t.Errorf("%s: header %v", r.URL, r.Header)
		}
	}
}

// A sitemap may be larger than a page, and not without end.
func TestFetchLargeSitemap(t *testing.T) {
	megabyte := bytes.Repeat([]byte("<url/>  "), 1<<17)
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if mb, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/")); err == nil {
			for range mb {
				w.Write(megabyte)
			}
		}
	})
	for mb, want := range map[int]crawler.Reason{20: "", 40: crawler.TooLarge} {
		link := crawler.Link{URL: fmt.Sprint(base, "/", mb), Kind: crawler.Sitemap}
		grown := heapGrowth(t, func() {
			if f, err := local().Fetch(t.Context(), link); reasonOf(err) != want || want == "" && len(f.Body) != mb<<20 {
				t.Errorf("%d MB: %d bytes, %v", mb, len(f.Body), err)
			}
		})
		if grown > 64<<20 {
			t.Errorf("%d MB: heap grew by %d MB", mb, grown>>20)
		}
	}
}
