package importer

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"tenure/crawler"
)

// walk returns the pages in files and the counts.
func walk(t testing.TB, m Importer, paths ...string) ([]crawler.Fetch, Counts) {
	t.Helper()
	var all []crawler.Fetch
	err := m.Walk(context.Background(), paths, func(f crawler.Fetch) error { all = append(all, f); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return all, m.Counts
}

func write(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2025, 5, 1, 8, 0, 0, 0, time.UTC)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

var ofContent = regexp.MustCompile("[0-9a-f]{16}")

// TestAddress: the address of an HTML file.
func TestAddress(t *testing.T) {
	for _, test := range []struct{ base, name, body, want string }{
		{"", "a.html", `<head><link rel="canonical" href="https://E.example/a?utm_source=x#top">`, "https://e.example/a"},
		{"", "a.html", `<head><LINK href='https://e.example/a' REL='foo Canonical'>`, "https://e.example/a"},
		{"", "a.html", `<head><meta property="og:url" content="https://e.example/og">`, "https://e.example/og"},
		{"", "a.html", `<head><meta property="og:url" content="https://e.example/og"><link rel="canonical" href="https://e.example/c">`, "https://e.example/c"},
		{"", "a.html", "<!-- saved from url=(0027)https://e.example/saved -->\r\n<html>", "https://e.example/saved"},
		{"", "a.html", "<!DOCTYPE html> <html><!--\n Page saved with SingleFile\n url: https://e.example/single \n-->", "https://e.example/single"},
		{"", "a.html", `<body><link rel="canonical" href="https://e.example/late">`, "http://file.invalid/HASH/a.html"},
		{"", "d/a b.html", `<p>x`, "http://file.invalid/HASH/a%20b.html"},
		{"", "a.html", `<head><link rel="canonical" href="/relative">`, "http://file.invalid/HASH/a.html"},
		{"", "a.html", `<head><link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="file:///etc/passwd">`, "http://file.invalid/HASH/a.html"},
		{"https://e.example/news/", "2025/a b.html", `<p>x`, "https://e.example/news/2025/a%20b.html"},
		{"https://e.example/news", "x:y.html", `<p>x`, "https://e.example/news/x:y.html"},
		{"https://e.example/news", "a.html", `<head><link rel="canonical" href="https://e.example/c">`, "https://e.example/c"},
	} {
		m := Importer{Base: test.base}
		got, err := m.address(test.name, []byte(test.body))
		got = ofContent.ReplaceAllString(got, "HASH")
		if err != nil || got != test.want {
			t.Errorf("%s %q: %q, %v; want %q", test.name, test.body, got, err, test.want)
		}
	}
}

// FuzzAddress: whatever a file holds, its address is canonical and the same
// the second time.
func FuzzAddress(f *testing.F) {
	f.Add("a.html", []byte(`<head><link rel="canonical" href="https://e.example/a">`))
	f.Add("a b.html", []byte("<!-- saved from url=(0027)https://e.example/saved -->"))
	f.Add("%00/..", []byte(`<meta property="og:url" content="http://[::1]/?utm_source=x">`))
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		for _, base := range []string{"", "https://e.example/d"} {
			m := Importer{Base: base}
			u, err := m.address(name, body)
			if err != nil {
				continue
			}
			if c, err := crawler.Canonical(u); err != nil || c != u {
				t.Fatalf("%q is not canonical: %q, %v", u, c, err)
			}
			if again, _ := m.address(name, body); again != u {
				t.Fatalf("%q, then %q", u, again)
			}
		}
	})
}

func TestWalk(t *testing.T) {
	dir := t.TempDir()
	media := "application/http; msgtype=response"
	answer := func(head, body string) string { return "HTTP/1.1 " + head + "\r\n\r\n" + body }
	write(t, filepath.Join(dir, "b.warc"), []byte(
		record("warcinfo", "", "application/warc-fields", "software: x", 0)+
			record("request", "http://a.example/1", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n", 0)+
			response("http://a.example/1", "<p>one</p>")+
			record("response", "http://a.example/404", media, answer("404 Not Found\r\nContent-Type: text/html", "<p>no"), 0)+
			record("response", "http://a.example/p.png", media, answer("200 OK\r\nContent-Type: image/png", "\x89PNG"), 0)+
			record("response", "ftp://a.example/1", media, answer("200 OK\r\nContent-Type: text/html", "<p>no"), 0)+
			record("response", "http://a.example/odd", media, "no answer", 0)+
			record("revisit", "http://a.example/1", media, answer("200 OK\r\nContent-Type: text/html", ""), 0)+
			record("resource", "http://a.example/2", "text/html; charset=utf-8", "<p>two</p>", 0)+
			strings.Replace(response("http://a.example/3", "<p>thr"), "WARC-Date", "WARC-Truncated: length\r\nWARC-Date", 1)+
			record("response", "http://a.example/big", media, answer("200 OK\r\nContent-Type: text/html", strings.Repeat("<p>", 500)), 0)))
	write(t, filepath.Join(dir, "a.warc.gz"), zipped(response("http://a.example/0", "<p>zero</p>")))
	write(t, filepath.Join(dir, "c", "page.HTML"), []byte("<p>three</p>"))
	write(t, filepath.Join(dir, "c", "style.css"), []byte("p {}"))
	write(t, filepath.Join(dir, "c", "z.html"), []byte("\x00\x01\x02\x03"))

	pages, counts := walk(t, Importer{Base: "http://a.example/d/", MaxBody: 1000}, dir)
	var got []string
	for _, f := range pages {
		got = append(got, fmt.Sprintf("%s %s %s %v %s", f.URL, f.At.Format(time.DateTime), f.Type, f.Truncated, f.Body))
	}
	want := []string{
		"http://a.example/0 2025-05-26 09:30:00 text/html false <p>zero</p>",
		"http://a.example/1 2025-05-26 09:30:00 text/html false <p>one</p>",
		"http://a.example/2 2025-05-26 09:30:00 text/html; charset=utf-8 false <p>two</p>",
		"http://a.example/3 2025-05-26 09:30:00 text/html true <p>thr",
		"http://a.example/d/c/page.HTML 2025-05-01 08:00:00 text/html false <p>three</p>",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	wantCounts := Counts{Files: 4, Ignored: 1, Records: 12, Pages: 5, Cut: 1, NotPages: 6, Damaged: 1, TooLarge: 1, NoAddress: 1}
	if diff := cmp.Diff(wantCounts, counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if err := new(Importer).Walk(t.Context(), []string{filepath.Join(dir, "none")}, nil); err == nil {
		t.Error("a path that is not there is no error")
	}
}

// TestDecode: bodies as servers and archives code them.
func TestDecode(t *testing.T) {
	const page = "<html><p>a page, long enough to be worth coding, long enough</p></html>"
	coded := func(fn func(*bytes.Buffer)) string { var b bytes.Buffer; fn(&b); return b.String() }
	gz := coded(func(b *bytes.Buffer) { z := gzip.NewWriter(b); z.Write([]byte(page)); z.Close() })
	zl := coded(func(b *bytes.Buffer) { z := zlib.NewWriter(b); z.Write([]byte(page)); z.Close() })
	fl := coded(func(b *bytes.Buffer) { z, _ := flate.NewWriter(b, 9); z.Write([]byte(page)); z.Close() })
	br := coded(func(b *bytes.Buffer) { z := brotli.NewWriter(b); z.Write([]byte(page)); z.Close() })
	zs := coded(func(b *bytes.Buffer) { z, _ := zstd.NewWriter(b); z.Write([]byte(page)); z.Close() })
	chunked := func(s string) string {
		return fmt.Sprintf("%x\r\n%s\r\n%x;ext=1\r\n%s\r\n0\r\n\r\n", 20, s[:20], len(s)-20, s[20:])
	}
	bomb := coded(func(b *bytes.Buffer) { z := gzip.NewWriter(b); z.Write(make([]byte, 1<<20)); z.Close() })
	for _, test := range []struct {
		name, head, body string
		reason           Reason
	}{
		{"plain", "", page, ""},
		{"chunked", "Transfer-Encoding: chunked\r\n", chunked(page), ""},
		{"said to be chunked", "Transfer-Encoding: chunked\r\n", page, ""},
		{"gzip", "Content-Encoding: gzip\r\n", gz, ""},
		{"chunked gzip", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunked(gz), ""},
		{"said to be gzip", "Content-Encoding: gzip\r\n", page, ""},
		{"deflate", "Content-Encoding: deflate\r\n", zl, ""},
		{"raw deflate", "Content-Encoding: deflate\r\n", fl, ""},
		{"said to be deflate", "Content-Encoding: deflate\r\n", page, ""},
		{"br", "Content-Encoding: br\r\n", br, ""},
		{"said to be br", "Content-Encoding: br\r\n", page, ""},
		{"zstd", "Content-Encoding: zstd\r\n", zs, ""},
		{"unknown", "Content-Encoding: lzma\r\n", "\x01\x02", Damaged},
		{"half of gzip", "Content-Encoding: gzip\r\n", gz[:30], Damaged},
		{"a bomb", "Content-Encoding: gzip\r\n", bomb, TooLarge},
	} {
		r := Record{Kind: "response", URL: "http://a/", Media: "application/http;msgtype=response",
			Block: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + test.head + "\r\n" + test.body)}
		f, reason := r.fetch(10_000)
		if reason != test.reason || reason == "" && string(f.Body) != page {
			t.Errorf("%s: %q %q, want %q", test.name, reason, f.Body, test.reason)
		}
	}
}

// Example reads the pages of an archive.
func Example() {
	dir, err := os.MkdirTemp("", "importer-example-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "a.warc")
	if err := os.WriteFile(file, []byte(response("http://a.example/1", "<p>one</p>")), 0o644); err != nil {
		fmt.Println(err)
		return
	}
	var m Importer
	err = m.Walk(context.Background(), []string{dir}, func(f crawler.Fetch) error {
		fmt.Println(f.At.Format(time.DateOnly), f.URL, string(f.Body))
		return nil
	})
	fmt.Println(m.Counts.Pages, err)
	// Output:
	// 2025-05-26 http://a.example/1 <p>one</p>
	// 1 <nil>
}
