package crawler_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// A replay is a recorded site as an http.RoundTripper. Each file of the
// archive is named by an address and holds a whole HTTP answer: status line,
// header, empty line, body. What is not recorded is a 404.
type replay struct {
	mu    sync.Mutex
	pages map[string][]byte
	asked []*http.Request
}

func openReplay(t testing.TB, file string) *replay {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	r := &replay{pages: make(map[string][]byte)}
	for _, f := range txtar.Parse(data).Files {
		r.pages[f.Name] = f.Data
	}
	return r
}

// RoundTrip implements http.RoundTripper.
func (r *replay) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	r.asked = append(r.asked, req)
	page, ok := r.pages[req.URL.String()]
	r.mu.Unlock()
	if !ok {
		page = []byte("404 Not Found\n\nnot recorded\n")
	}
	head, body, _ := bytes.Cut(page, []byte("\n\n"))
	raw := "HTTP/1.1 " + strings.ReplaceAll(string(head), "\n", "\r\n") +
		fmt.Sprintf("\r\nContent-Length: %d\r\n\r\n", len(body))
	return http.ReadResponse(bufio.NewReader(strings.NewReader(raw+string(body))), req)
}

// paths returns the paths asked for, in order.
func (r *replay) paths() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []string
	for _, req := range r.asked {
		all = append(all, req.URL.RequestURI())
	}
	return all
}

// shared returns the path of a file of ../shared beside the repository, and
// skips the test where there is none.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the package")
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", "data", "crawl", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("conformance data not here: %s", name)
	}
	return path
}
