package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"

	"tenure/crawler"
	"tenure/store"
)

// Exit codes.
const (
	exitDone      = 0
	exitFailed    = 1
	exitUsage     = 2
	exitPartial   = 3
	exitConfig    = 4
	exitOtherRun  = 75
	hintWritable  = "make it accessible for this user, or choose another place; --db names another data file"
	hintFiles     = "raise how many files may be open: ulimit -n 1024"
	hintUsage     = "run 'tenure %s --help' for how it is used"
	hintStopped   = "stopped; what was kept so far is safe, and the next run goes on from there"
	hintNoSources = "add one with 'tenure source add URL' or an article with 'tenure add URL'"
)

// A usageError is a command line that cannot be meant.
type usageError struct {
	err error
}

// Error implements error.
func (e usageError) Error() string { return e.err.Error() }

// Unwrap returns the error behind it.
func (e usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// A configError is a configuration that cannot be used.
type configError struct {
	err error
}

// Error implements error.
func (e configError) Error() string { return e.err.Error() }

// Unwrap returns the error behind it.
func (e configError) Unwrap() error { return e.err }

// errPartial ends a command that did what it could and said what failed.
var errPartial = errors.New("partial")

// exit says what went wrong, if anything did, and returns the exit code.
func (a *app) exit(err error) int {
	var (
		usage  usageError
		config configError
		locked *store.LockedError
		fetch  *crawler.FetchError
	)
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		return exitDone // whoever reads has had enough
	case errors.Is(err, errPartial):
		return exitPartial
	case errors.As(err, &config):
		a.complain(err, "")
		return exitConfig
	case errors.As(err, &locked):
		a.complain(err, "")
		return exitOtherRun
	case errors.As(err, &usage), !a.started:
		a.complain(err, fmt.Sprintf(hintUsage, a.running))
		return exitUsage
	case errors.Is(err, context.Canceled):
		a.complain(errors.New(hintStopped), "")
		return exitFailed
	case errors.As(err, &fetch) && fetch.Reason == crawler.PrivateAddress:
		a.complain(err, "--allow-private reaches loopback and private addresses")
		return exitFailed
	}
	a.complain(err, hintFor(err))
	return exitFailed
}

// hintFor says what to do about an error of the system.
func hintFor(err error) string {
	switch {
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return hintFiles
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return hintWritable
	}
	return ""
}

// complain writes an error, and what to do about it, to standard error.
func (a *app) complain(err error, hint string) {
	fmt.Fprintf(a.stderr, "tenure: %s\n", printable(strings.TrimSpace(err.Error())))
	if hint != "" {
		fmt.Fprintf(a.stderr, "%s\n", strings.ReplaceAll(hint, "  ", " "))
	}
}
