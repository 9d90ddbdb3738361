package content

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/net/html"

	"tenure/extract"
)

// sharedDir is the folder of shared data beside the repository; tests that
// need it are skipped where it is not.
func sharedDir(t testing.TB, path string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			shared := filepath.Join(dir, "..", "shared", path)
			if _, err := os.Stat(shared); err != nil {
				t.Skipf("needs %s, which is not here", shared)
			}
			return shared
		}
	}
	t.Skip("not in a repository")
	return ""
}

// realPages returns some pages of real publishers of news.
func realPages(t testing.TB, most int) []extract.Page { return pagesIn(t, "news", most) }

// pagesIn is realPages for a named set.
func pagesIn(t testing.TB, set string, most int) []extract.Page {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(sharedDir(t, "data/extraction/"+set+"/html"), "*.gz"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	var out []extract.Page
	for _, n := range names[:min(most, len(names))] {
		f, err := os.Open(n)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(z)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, extract.Page{URL: "https://news.example/" + filepath.Base(n), Type: "text/html; charset=utf-8", Body: b})
	}
	return out
}

// BenchmarkRead reads real pages; compare with BenchmarkParse, which only
// makes their trees.
func BenchmarkRead(b *testing.B) {
	pages := realPages(b, 60)
	var r Reader
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := r.Read(context.Background(), pages[i%len(pages)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	pages := realPages(b, 60)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := html.Parse(bytes.NewReader(pages[i%len(pages)].Body)); err != nil {
			b.Fatal(err)
		}
	}
}
