package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// childEnv makes the test binary be another process: "what path".
const childEnv = "TENURE_STORE_CHILD"

func TestMain(m *testing.M) {
	if job := os.Getenv(childEnv); job != "" {
		if err := child(strings.Fields(job)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child does a job in a process of its own.
func child(job []string) error {
	switch job[0] {
	case "hold":
		return hold(job[1])
	case "write":
		return writeUntilKilled(job[1], job[2])
	case "descriptors":
		return runOutOfDescriptors(job[1])
	case "record":
		return writeRecorded(job[1], job[2] == "nosync")
	}
	return fmt.Errorf("no job %q", job)
}

// startChild starts the test binary on a job.
func startChild(t *testing.T, job ...string) (*exec.Cmd, io.WriteCloser, *bufio.Scanner) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), childEnv+"="+strings.Join(job, " "))
	cmd.Stderr = os.Stderr
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
	return cmd, in, bufio.NewScanner(out)
}

// hold has the store open until its standard input ends.
func hold(path string) error {
	db, err := Open(path, Options{Command: "tenure watch"})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return db.Close()
}

// The holder is named, whether it ends well or is killed.
func TestLockedByAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	for _, killed := range []bool{false, true} {
		cmd, in, out := startChild(t, "hold", path)
		if !out.Scan() {
			t.Fatal("child is not ready")
		}
		_, err := Open(path, Options{Timeout: 60 * time.Millisecond})
		var locked *LockedError
		if !errors.As(err, &locked) || locked.Holder.PID != cmd.Process.Pid || locked.Holder.Command != "tenure watch" {
			t.Errorf("%v, want pid %d", err, cmd.Process.Pid)
		}
		if _, err := Open(path, Options{ReadOnly: true}); !errors.As(err, new(*LockedError)) {
			t.Errorf("open for reading: %v", err)
		}
		if killed {
			err = cmd.Process.Kill()
		} else {
			err = in.Close()
		}
		if werr := cmd.Wait(); err != nil || (werr != nil) != killed {
			t.Errorf("%v, %v", err, werr)
		}
		db, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A note left by a process that is gone does not name anyone.
func TestStaleHolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	for _, note := range []string{`{"pid":1073741824,"command":"gone"}`, `{"pid":-1}`, "not JSON", ""} {
		if err := os.WriteFile(path+".lock", []byte(note), 0o600); err != nil {
			t.Fatal(err)
		}
		if h := readHolder(path); h != (Holder{}) && runtime.GOOS != "windows" {
			t.Errorf("%s names %+v", note, h)
		}
	}
	want := path + " is in use by another process; wait for it to end, then try again"
	if got := (&LockedError{Path: path}).Error(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

var rawRefs = NewTable[Ref]("refs")

// writeUntilKilled keeps a page, writes a record with its key and the page's
// place, and says so on standard output, from several goroutines; round after
// round under new keys. Meanwhile it compacts, backs up or shrinks, if so told.
func writeUntilKilled(path, round string) error {
	db, err := Open(path, Options{SegmentSize: 8 << 10, fold: 30, Migrations: []Migration{addYear}})
	if err != nil {
		return err
	}
	ctx := context.Background()
	n, err := strconv.Atoi(round)
	if err != nil {
		return err
	}
	go func() {
		for err == nil && n%4 > 0 {
			switch n % 4 {
			case 1:
				_, _, err = db.Compact(ctx)
			case 2:
				err = db.Backup(ctx, path+".copy")
			case 3:
				_, err = db.ShrinkRaw(ctx, .2)
			}
			if err != nil {
				fmt.Println("error", err)
			}
		}
	}()
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := 0; ; i++ {
				key := Key(n, w, i)
				if err := writeOne(ctx, db, key, w*i); err != nil {
					fmt.Println("error", err)
					return
				}
				fmt.Printf("ack %x\n", key)
			}
		})
	}
	wg.Wait()
	return errors.New("all writers have ended")
}

func writeOne(ctx context.Context, db *DB, key []byte, size int) error {
	ref, err := db.AppendRaw(ctx, RawRecord{URL: fmt.Sprintf("%x", key), Status: 200, Body: make([]byte, size%5000)})
	if err != nil {
		return err
	}
	unwanted, err := db.AppendRaw(ctx, RawRecord{URL: "x", Status: 200, Body: make([]byte, size%3000)})
	if err != nil {
		return err
	}
	return db.Write(ctx, func(tx *Tx) error {
		return errors.Join(
			people.Put(tx, key, person{Name: fmt.Sprintf("%x", key), Bio: strings.Repeat("bio ", size%3000)}),
			byAge.Put(tx, key, nil),
			initial.Put(tx, key, nil),
			written.Add(tx, key[len(key)-1:], nil, 1),
			FreeRaw(tx, unwanted),
			rawRefs.Put(tx, key, ref))
	})
}

// writeRecorded is the job whose system calls are recorded: it creates a
// store, writes a first record, keeps pages and records, some of them deleted
// again, compacts and shrinks;
// every acknowledgement goes to standard output in one write.
func writeRecorded(path string, noSync bool) error {
	db, err := Open(path, Options{SegmentSize: 3000, fold: 25, noSync: noSync})
	if err != nil {
		return err
	}
	ctx := context.Background()
	if err := db.Write(ctx, func(tx *Tx) error { return logbook.Put(tx, Key("first"), 1) }); err != nil {
		return err
	}
	fmt.Println("ack first")
	for i := range 60 {
		key := Key(0, 0, i)
		if err := writeOne(ctx, db, key, i*37); err != nil {
			return err
		}
		fmt.Printf("ack %x\n", key)
		if i%20 == 19 {
			if _, _, err := db.Compact(ctx); err != nil {
				return err
			}
		}
		if i%20 == 9 {
			if _, err := db.ShrinkRaw(ctx, .2); err != nil {
				return err
			}
		}
	}
	return db.Close()
}

// Killed at any moment, the store loses nothing it acknowledged and holds
// nothing by half.
func TestKilled(t *testing.T) {
	rounds := 8
	if torture(t) {
		rounds = 1000
	}
	path := filepath.Join(t.TempDir(), "test.db")
	r := rand.New(rand.NewPCG(1, uint64(rounds)))
	acked := 0
	var slowest time.Duration
	for round := range rounds {
		acks := killOnce(t, path, round, time.Duration(1+r.IntN(60))*time.Millisecond)
		acked += len(acks)
		slowest = max(slowest, checkAfterKill(t, path, acks))
		if t.Failed() {
			return
		}
		if round%50 == 49 { // a new file, so that the checks do not take ever longer
			path = filepath.Join(t.TempDir(), "test.db")
		}
	}
	t.Logf("%d kills, %d writes acknowledged, none lost; slowest open %v", rounds, acked, slowest)
}

// killOnce lets a child write for a while after its first word, or in every
// fourth round after it was started, kills it and returns what it
// acknowledged.
func killOnce(t *testing.T, path string, round int, after time.Duration) (acks []string) {
	t.Helper()
	cmd, _, out := startChild(t, "write", path, strconv.Itoa(round))
	kill := sync.OnceFunc(func() { time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) })
	if round%4 == 3 {
		kill()
	}
	for out.Scan() {
		kill()
		what, rest, _ := strings.Cut(out.Text(), " ")
		if what != "ack" {
			t.Errorf("round %d: %s", round, out.Text())
		}
		acks = append(acks, rest)
	}
	_ = cmd.Wait() // killed
	return acks
}

// checkAfterKill checks the file and that all of acks is in it, and returns
// how long it took to open.
func checkAfterKill(t *testing.T, path string, acks []string) time.Duration {
	t.Helper()
	report, err := Check(t.Context(), path)
	if err := errors.Join(err, report.Err()); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	db, err := Open(path, Options{Migrations: []Migration{addYear}})
	took := time.Since(start)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	there := map[string]bool{}
	view(t, db, func(tx *Tx) error {
		err := people.Each(tx, nil, func(key []byte, p person) error {
			there[p.Name] = true
			_, indexed, err := byAge.Get(tx, key)
			_, bulk, berr := initial.Get(tx, key)
			ref, _, rerr := rawRefs.Get(tx, key)
			raw, perr := db.ReadRaw(ref)
			if !indexed || !bulk || raw.URL != p.Name {
				t.Errorf("record %s: indexed %v, %v, page %q", p.Name, indexed, bulk, raw.URL)
			}
			return errors.Join(err, berr, rerr, perr)
		})
		n, serr := countWritten(tx)
		if a, b, c, d := people.Count(tx), byAge.Count(tx), initial.Count(tx), rawRefs.Count(tx); a != b || b != c || c != d || d != n {
			t.Errorf("%d records, %d and %d keys, %d places, %d counted", a, b, c, d, n)
		}
		return errors.Join(err, serr)
	})
	for _, key := range acks {
		if !there[key] {
			t.Errorf("record %s was acknowledged and is lost", key)
		}
	}
	return took
}
