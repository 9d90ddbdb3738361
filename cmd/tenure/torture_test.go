package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tenure/extract/resolve"
	"tenure/pipeline"
	"tenure/store"
)

// torture reports whether the long form of the fault tests is wanted: make
// torture.
func torture() bool { return os.Getenv("TENURE_TORTURE") != "" }

// A victim is a data file whose owners are killed.
type victim struct {
	t       *testing.T
	dir, db string
	rng     *rand.Rand
	kills   int
	slowest time.Duration // open after a kill
}

func newVictim(t *testing.T, seed uint64) *victim {
	dir := t.TempDir()
	return &victim{t: t, dir: dir, db: filepath.Join(dir, "t.db"), rng: rand.New(rand.NewPCG(1, seed))}
}

func (v *victim) command(args ...string) *exec.Cmd {
	cmd := exec.Command("tenure", append([]string{"--db", v.db}, args...)...)
	cmd.Env = append(os.Environ(), "HOME="+v.dir, "TENURE_DELAY=2ms")
	cmd.Dir = v.dir
	return cmd
}

func (v *victim) must(args ...string) []byte {
	v.t.Helper()
	cmd := v.command(args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		v.t.Fatalf("%v: %v\n%s", args, err, errs.String())
	}
	return out
}

func (v *victim) export() []byte {
	v.t.Helper()
	return v.must("export", "all", "--format", "jsonl")
}

// kill runs a command, kills it after a random part of the given time and
// looks what is left.
func (v *victim) kill(most time.Duration, args ...string) {
	v.t.Helper()
	cmd := v.command(args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		v.t.Fatal(err)
	}
	killer := time.AfterFunc(time.Duration(1+v.rng.Int64N(int64(most))), func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	killer.Stop()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() >= 0 && exit.ExitCode() != exitPartial {
		v.t.Fatalf("%v: %v\n%s", args, err, errs.String())
	}
	v.kills++
	v.check()
}

// check wants a file that opens at once and in which nothing is wrong.
func (v *victim) check() {
	v.t.Helper()
	if _, err := os.Stat(v.db); errors.Is(err, os.ErrNotExist) {
		return // killed before it was made
	}
	begin := time.Now()
	db, err := store.Open(v.db, store.Options{Migrations: pipeline.Migrations(resolve.Across{})})
	v.slowest = max(v.slowest, time.Since(begin))
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		v.t.Fatal(err)
	}
	v.must("db", "check", "--quiet")
}

// TestTorture kills every command that writes, at random moments, again and
// again. After each kill the file opens at once, a check finds nothing, and
// nothing is gone that was there; in the end all is as on an undisturbed twin.
//
//	TENURE_TORTURE=1 go test -run Torture -v -timeout 2h ./cmd/tenure
func TestTorture(t *testing.T) {
	articles, files, kills := 24, 1, 3
	if torture() {
		articles, files, kills = 60, 20, 10
	}
	srv := httptest.NewServer(people(articles))
	defer srv.Close()
	twin := newVictim(t, 0)
	twin.must("source", "add", srv.URL+"/list", "--kind", "tag")
	twin.must("run", "--allow-private")
	want := timeless(twin.export())
	var slowest time.Duration
	total := 0
	for i := range files {
		v := newVictim(t, uint64(i))
		v.crawl(srv.URL, kills)
		whole := v.export()
		if !bytes.Equal(timeless(whole), want) {
			t.Fatalf("file %d: the export after %d kills differs from the twin's", i, v.kills)
		}
		v.care(whole, kills)
		slowest, total = max(slowest, v.slowest), total+v.kills
		t.Logf("file %d: %d kills so far; slowest open %v", i, total, slowest)
	}
	t.Logf("%d kills; slowest open %v", total, slowest)
}

// crawl kills runs until one gets through.
func (v *victim) crawl(base string, kills int) {
	v.t.Helper()
	v.must("source", "add", base+"/list", "--kind", "tag")
	var before []byte
	for range kills {
		v.kill(500*time.Millisecond, "run", "--allow-private")
		now := v.export()
		have := map[string]bool{}
		for line := range bytes.Lines(now) {
			have[string(line)] = true
		}
		for line := range bytes.Lines(before) {
			// What was exported once stays as it was; moves may gain evidence.
			if !have[string(line)] && bytes.Contains(line, []byte("tenure/article/v1")) {
				v.t.Fatalf("lost after a kill: %s", line)
			}
		}
		before = now
	}
	v.must("run", "--allow-private")
}

// care kills what looks after the file: none of it may change what is there.
func (v *victim) care(want []byte, kills int) {
	v.t.Helper()
	copied := filepath.Join(v.dir, "copy.db")
	for _, op := range [][]string{
		{"reextract", "--all"}, {"db", "compact"}, {"db", "backup", copied}, {"db", "rebuild"}, {"db", "rebuild", "--articles"},
	} {
		begin := time.Now()
		if out, err := v.command(op...).CombinedOutput(); err != nil && !strings.Contains(err.Error(), "exit status 3") {
			v.t.Fatalf("%v: %v\n%s", op, err, out) // partial: a page took too long, on a machine that is busy
		}
		took := time.Since(begin)
		for range kills {
			v.kill(took, op...)
			if got := v.export(); !bytes.Equal(got, want) {
				v.t.Fatalf("killing %s changed the export: %d bytes, were %d", strings.Join(op, " "), len(got), len(want))
			}
		}
		if op[1] == "backup" {
			v.restored(copied, want)
		}
	}
}

// restored wants a backup, of which later ones were killed, to be whole.
func (v *victim) restored(copied string, want []byte) {
	v.t.Helper()
	other := *v
	other.db = filepath.Join(v.dir, fmt.Sprint("restored", v.kills, ".db"))
	other.must("db", "restore", copied)
	other.check()
	if got := other.export(); !bytes.Equal(got, want) {
		v.t.Fatal("what was restored differs")
	}
}
