package crawler_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tenure/crawler"
)

func TestRobotsAllowed(t *testing.T) {
	tests := []struct {
		name, file, agent, path string
		want                    bool
	}{
		{"empty file", "", "tenure", "/a", true},
		{"other agent", "User-agent: other\nDisallow: /", "tenure", "/a", true},
		{"everyone", "User-agent: *\nDisallow: /a", "tenure", "/a/b", false},
		{"named wins over everyone", "User-agent: *\nDisallow: /\n\nUser-agent: Tenure/2\nDisallow: /x", "tenure", "/a", true},
		{"longest match", "User-agent: *\nDisallow: /a\nAllow: /a/b", "tenure", "/a/b/c", true},
		{"tie allows", "User-agent: *\nDisallow: /a\nAllow: /a", "tenure", "/a", true},
		{"star", "User-agent: *\nDisallow: /*/private", "tenure", "/x/private", false},
		{"end", "User-agent: *\nDisallow: /*.pdf$", "tenure", "/x.pdf?y", true},
		{"query in its order", "User-agent: *\nDisallow: /s?z=1&a=2", "tenure", "/s?z=1&a=2", false},
		{"needless escape forbids", "User-agent: *\nDisallow: /%66oo", "tenure", "/foo", false},
		{"brackets", "User-agent: *\nDisallow: /a[1]", "tenure", "/a%5B1%5D", false},
		{"carriage returns", "User-agent: *\rDisallow: /a\r", "tenure", "/a", false},
		{"mark", "\xef\xbb\xbfUser-agent: *\nDisallow: /a", "tenure", "/a", false},
		{"empty disallow", "User-agent: *\nDisallow:", "tenure", "/a", true},
		{"many stars", "User-agent: *\nDisallow: /" + strings.Repeat("*a", 2000) + "$", "tenure", "/" + strings.Repeat("a", 1999), true},
		{"beyond the limit", "User-agent: *\n" + strings.Repeat("# filler\n", 60000) + "Disallow: /a", "tenure", "/a", true},
	}
	for _, tt := range tests {
		if got := crawler.ParseRobots([]byte(tt.file)).Allowed(tt.agent, "https://example.org"+tt.path); got != tt.want {
			t.Errorf("%s: allowed %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestRobotsCrawlDelay(t *testing.T) {
	tests := []struct {
		file string
		want time.Duration
		ok   bool
	}{
		{"User-agent: *\nCrawl-delay: 2.5", 2500 * time.Millisecond, true},
		{"User-agent: *\nCrawl-delay: 0", 0, true},
		{"User-agent: *\nCrawl-delay: 86400", 120 * time.Second, true},
		{"User-agent: *\nCrawl-delay: soon", 0, false},
		{"User-agent: *\nCrawl-delay: -3", 0, true},
		{"User-agent: *\nDisallow: /a", 0, false},
		{"User-agent: other\nCrawl-delay: 9\n\nUser-agent: *\nDisallow: /b", 0, false},
		{"User-agent: *\nCrawl-delay: 9\nDisallow: /\n\nUser-agent: tenure\nCrawl-delay: 3", 3 * time.Second, true},
		{"Crawl-delay: 9", 0, false},
	}
	for _, tt := range tests {
		if got, ok := crawler.ParseRobots([]byte(tt.file)).CrawlDelay("tenure"); got != tt.want || ok != tt.ok {
			t.Errorf("%q: %v, %v, want %v, %v", tt.file, got, ok, tt.want, tt.ok)
		}
	}
}

func TestProductToken(t *testing.T) {
	for ua, want := range map[string]string{
		"tenure/1.0 (+https://example.org)":           "tenure",
		"Mozilla/5.0 (compatible; mybot/1.0; +http:)": "mybot",
		"news-reader": "news-reader",
		"":            "",
	} {
		if got := crawler.ProductToken(ua); got != want {
			t.Errorf("ProductToken(%q) = %q, want %q", ua, got, want)
		}
	}
}

// Google's own cases, less the two that ask the caller to encode.
func TestGoogleRobots(t *testing.T) {
	data, err := os.ReadFile(shared(t, "robots/google_robots_cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		ID, Robots, Agent, URL string
		Allowed                bool
		CallerMustEncode       bool `json:"caller_must_encode"`
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	total, equal := 0, 0
	for _, c := range cases {
		if c.CallerMustEncode {
			continue
		}
		total++
		if got := crawler.ParseRobots([]byte(c.Robots)).Allowed(c.Agent, c.URL); got != c.Allowed {
			t.Errorf("%s: allowed %v to %q at %q:\n%s", c.ID, got, c.Agent, c.URL, c.Robots)
			continue
		}
		equal++
	}
	t.Logf("%d of %d", equal, total)
}

// What follows from the status of a robots.txt.
func TestRobotsStatus(t *testing.T) {
	const file = "User-agent: *\nDisallow: /no"
	tests := []struct {
		name   string
		answer http.HandlerFunc
		yes    crawler.Reason // of /yes
		no     crawler.Reason // of /no
	}{
		{"200", status(200, file), "", crawler.RobotsDenied},
		{"200 empty", status(200, ""), "", ""},
		{"200 page", status(200, "<!DOCTYPE html><p>Disallow: nothing"), "", ""},
		{"204", status(204, ""), "", ""},
		{"401", status(401, file), "", ""},
		{"403", status(403, file), "", ""},
		{"404", status(404, file), "", ""},
		{"410", status(410, file), "", ""},
		{"429", status(429, file), crawler.RobotsUnreachable, crawler.RobotsUnreachable},
		{"500", status(500, file), crawler.RobotsUnreachable, crawler.RobotsUnreachable},
		{"503", status(503, file), crawler.RobotsUnreachable, crawler.RobotsUnreachable},
		{"redirect", redirects(3, file), "", crawler.RobotsDenied},
		{"too many redirects", redirects(9, file), "", ""},
		{"redirect without end", redirects(-1, file), "", ""},
		{"broken connection", func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) },
			crawler.Connection, crawler.Connection},
		{"huge", status(200, file+"\n"+strings.Repeat("# filler\n", 200000)), "", crawler.RobotsDenied},
		{"cut short", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "999")
			fmt.Fprint(w, file)
		}, "", crawler.RobotsDenied},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			base := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasPrefix(r.URL.Path, "/robots.txt") {
					tt.answer(w, r)
				}
			})
			c := local()
			for path, want := range map[string]crawler.Reason{"/yes": tt.yes, "/no": tt.no} {
				if _, err := get(t, c, base+path); reasonOf(err) != want {
					t.Errorf("%s: %v, want %q", path, err, want)
				}
			}
		})
	}
}

func status(code int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		fmt.Fprint(w, body)
	}
}

// redirects answers with n redirects and then the file; without end if n is
// negative.
func redirects(n int, file string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		hop := len(r.URL.RawQuery)
		if hop == n {
			fmt.Fprint(w, file)
			return
		}
		http.Redirect(w, r, "/robots.txt?"+strings.Repeat("x", hop+1), http.StatusFound)
	}
}

// memoryStore is a RobotsStore.
type memoryStore struct {
	mu      sync.Mutex
	records map[string]crawler.RobotsRecord
}

// LoadRobots implements crawler.RobotsStore.
func (m *memoryStore) LoadRobots(_ context.Context, origin string) (crawler.RobotsRecord, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.records[origin]
	return r, ok, nil
}

// SaveRobots implements crawler.RobotsStore.
func (m *memoryStore) SaveRobots(_ context.Context, r crawler.RobotsRecord) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.records[r.Origin] = r
	return nil
}

// A robots.txt is read once a day, by whichever client; while the server
// fails, the old file stands; after a month it no longer does.
func TestRobotsStored(t *testing.T) {
	var reads atomic.Int32
	code := 200
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			reads.Add(1)
			w.WriteHeader(code)
			fmt.Fprint(w, "User-agent: *\nDisallow: /no")
		}
	})
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	store := &memoryStore{records: make(map[string]crawler.RobotsRecord)}
	steps := []struct {
		after time.Duration
		code  int
		reads int32
		yes   crawler.Reason
	}{
		{0, 200, 1, ""},
		{time.Hour, 200, 1, ""},
		{24 * time.Hour, 500, 2, ""},
		{time.Minute, 500, 2, ""},
		{time.Hour, 500, 3, ""},
		{31 * 24 * time.Hour, 500, 4, crawler.RobotsUnreachable},
		{time.Hour, 404, 5, ""},
	}
	for i, s := range steps {
		now, code = now.Add(s.after), s.code
		c := &crawler.Client{AllowPrivate: true, Robots: store, Now: func() time.Time { return now }}
		_, err := get(t, c, base+"/yes")
		if reasonOf(err) != s.yes || reads.Load() != s.reads {
			t.Errorf("step %d: %v after %d reads, want %q after %d", i, err, reads.Load(), s.yes, s.reads)
		}
		if _, err := get(t, c, base+"/no"); s.code != 404 && err == nil {
			t.Errorf("step %d: /no was allowed", i)
		}
	}
}

// Many workers at a new host read its robots.txt once, even if the first of
// them gives up.
func TestRobotsReadOnce(t *testing.T) {
	var reads atomic.Int32
	first := make(chan struct{})
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" && reads.Add(1) == 1 {
			close(first)
			<-r.Context().Done()
		}
	})
	c := local()
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := c.Fetch(ctx, crawler.Link{URL: base + "/first"}); reasonOf(err) != crawler.Canceled {
			t.Errorf("first: %v, want canceled", err)
		}
	})
	<-first
	for i := range 20 {
		wg.Go(func() {
			if _, err := get(t, c, fmt.Sprintf("%s/%d", base, i)); err != nil {
				t.Error(err)
			}
		})
	}
	cancel()
	wg.Wait()
	if n := reads.Load(); n != 2 {
		t.Errorf("robots.txt was read %d times, want once for those who waited", n)
	}
}

func TestSitemaps(t *testing.T) {
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "Sitemap: /one.xml\nUser-agent: *\nsite-map: https://example.org/two.xml.gz\nSitemap: /one.xml\nSitemap: mailto:x\n")
	})
	got, err := local().Sitemaps(t.Context(), base+"/any/page")
	if want := []string{base + "/one.xml", "https://example.org/two.xml.gz"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("sitemaps %q, %v, want %q", got, err, want)
	}
}

func TestRobotsStoreFails(t *testing.T) {
	c := &crawler.Client{Transport: openReplay(t, "redirects.txtar"), Robots: brokenStore{}}
	if _, err := get(t, c, "https://news.example/allowed"); !errors.Is(err, errStore) {
		t.Errorf("got %v, want %v", err, errStore)
	}
}

var errStore = errors.New("store is gone")

type brokenStore struct{}

func (brokenStore) LoadRobots(context.Context, string) (crawler.RobotsRecord, bool, error) {
	return crawler.RobotsRecord{}, false, errStore
}
func (brokenStore) SaveRobots(context.Context, crawler.RobotsRecord) error { return errStore }

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*a*$\nCrawl-delay: 1e9\nSitemap: x"), "/a")
	f.Add([]byte("\xff\xfeU\x00s\x00"), "")
	f.Fuzz(func(t *testing.T, body []byte, path string) {
		r := crawler.ParseRobots(body)
		if a, b := r.Allowed("tenure", path), crawler.ParseRobots(body).Allowed("tenure", path); a != b {
			t.Errorf("allowed %v, then %v", a, b)
		}
		if d, _ := r.CrawlDelay("tenure"); d < 0 || d > 120*time.Second {
			t.Errorf("delay %v", d)
		}
	})
}
