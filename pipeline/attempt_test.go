package pipeline

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// dated is an article as fakeReader reads it.
const dated = `[{"published":"2025-05-01","text":"Ada left Acme\n"}]`

// hard returns a reader to which one page does something.
func hard(url string, what func()) readerFunc {
	return func(p extract.Page) (extract.Reading, error) {
		if p.URL == url {
			what()
		}
		return fakeReader{}.Read(context.Background(), p)
	}
}

func failuresOf(t *testing.T, p *Pipeline) (all []string) {
	t.Helper()
	if err := p.Failures(Filter{}, func(f Failure) error { all = append(all, f.Reason+" "+f.URL); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

// A page that reading does not come to an end with is passed over; the next
// run tries once more, and keeps what it then finds.
func TestStall(t *testing.T) {
	for _, better := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			p := newTestPipeline(t, t.TempDir())
			release := make(chan struct{})
			var tries atomic.Int32
			p.read = hard(articleURL(1), func() {
				if tries.Add(1) == 1 || !better {
					<-release
				}
			})
			for i := range 3 {
				keep(t, p, crawler.Link{URL: articleURL(i), Role: crawler.Story}, strings.ReplaceAll(dated, "Ada", "Ada"+string(rune('A'+i))))
			}
			begin := time.Now()
			read(t, p)
			if took := time.Since(begin); took != defaultPatience {
				t.Errorf("took %v", took)
			}
			if n := count(t, p, ArticleSchema); n != 2 {
				t.Errorf("%d articles, want 2", n)
			}
			if got := failuresOf(t, p); len(got) != 1 || got[0] != "stalled "+articleURL(1) {
				t.Errorf("failures %v", got)
			}
			for range 3 {
				read(t, p)
			}
			close(release)
			wantArticles, wantFailures := 2, 1
			if better {
				wantArticles, wantFailures = 3, 0
			}
			if n := count(t, p, ArticleSchema); n != wantArticles || tries.Load() != 2 || len(failuresOf(t, p)) != wantFailures {
				t.Errorf("%d articles after %d tries, failures %v", n, tries.Load(), failuresOf(t, p))
			}
		})
	}
}

// TestDeadly is run in processes of their own by TestCrash.
func TestDeadly(t *testing.T) {
	dir := os.Getenv("TENURE_TEST_DEADLY")
	if dir == "" {
		t.Skip("run by TestCrash")
	}
	p := openDeadly(t, dir)
	read(t, p)
	t.Log("came to the end")
}

func openDeadly(t *testing.T, dir string) *Pipeline {
	p := newTestPipeline(t, dir)
	p.read = hard(articleURL(70), func() { os.Exit(7) })
	if os.Getenv("TENURE_TEST_PROBE") != "" {
		p.Probe = func(_ context.Context, page extract.Page) error {
			if page.URL == articleURL(70) {
				return errors.New("died of it")
			}
			return nil
		}
	}
	return p
}

// A page that ends the process is passed over in the third run, and all
// others are read.
func TestCrash(t *testing.T) {
	for _, probe := range []string{"", "yes"} {
		dir := t.TempDir()
		p := newTestPipeline(t, filepath.Join(dir))
		for i := range 90 {
			keep(t, p, crawler.Link{URL: articleURL(i), Role: crawler.Story}, dated)
		}
		if err := p.db.Close(); err != nil {
			t.Fatal(err)
		}
		runs := 0
		for ; runs < 9; runs++ {
			cmd := exec.Command(os.Args[0], "-test.run", "^TestDeadly$", "-test.v")
			cmd.Env = append(os.Environ(), "TENURE_TEST_DEADLY="+dir, "TENURE_TEST_PROBE="+probe)
			if out, _ := cmd.CombinedOutput(); strings.Contains(string(out), "came to the end") {
				break
			}
		}
		db, err := store.Open(filepath.Join(dir, "t.db"), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		p.db = db
		if n := count(t, p, ArticleSchema); n != 89 || runs != 2 {
			t.Errorf("probe %q: %d articles after %d deaths, want 89 after 2", probe, n, runs)
		}
		if got := failuresOf(t, p); len(got) != 1 || got[0] != "crashed "+articleURL(70) {
			t.Errorf("failures %v", got)
		}
	}
}
