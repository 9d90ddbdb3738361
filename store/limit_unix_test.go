//go:build linux || darwin

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// limitFiles lets this process have at most n files open.
func limitFiles(n uint64) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return err
	}
	limit.Cur = n
	return syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit)
}

// runOutOfDescriptors uses a store when no file can be opened any more.
func runOutOfDescriptors(path string) error {
	if err := limitFiles(32); err != nil {
		return err
	}
	db, err := Open(path, Options{})
	if err != nil {
		return err
	}
	var hogs []*os.File
	for {
		f, err := os.Open(os.DevNull)
		if err != nil {
			break
		}
		hogs = append(hogs, f)
	}
	ctx := context.Background()
	if _, err := db.AppendRaw(ctx, RawRecord{URL: "u"}); err == nil || errors.As(err, new(*FullError)) {
		return fmt.Errorf("append without a descriptor: %w", err)
	}
	if err := db.Write(ctx, func(tx *Tx) error { return people.Put(tx, Key(1), person{}) }); err != nil {
		return err
	}
	for _, f := range hogs {
		if err := f.Close(); err != nil {
			return err
		}
	}
	if err := writeOne(ctx, db, Key(2), 1); err != nil {
		return err
	}
	return db.Close()
}

// Too many open files is a failure that passes.
func TestOutOfDescriptors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	cmd, _, out := startChild(t, "descriptors", path)
	for out.Scan() {
		t.Log(out.Text())
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	report, err := Check(t.Context(), path)
	if err := errors.Join(err, report.Err()); err != nil {
		t.Error(err)
	}
}
