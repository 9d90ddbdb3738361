package store

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"
)

// ErrStop, returned by the function given to Each, ends the walk without an
// error.
var ErrStop = errors.New("stop")

// ErrReadOnly is returned by whatever would write to a store that was opened
// with Options.ReadOnly.
var ErrReadOnly = errors.New("store is open for reading only")

// ErrClosed is returned by whatever is asked of a closed store or a finished
// transaction.
var ErrClosed = errors.New("store or transaction is closed")

// A DamagedError says that bytes of the file or of a segment are not what was
// written there.
type DamagedError struct {
	Path   string
	Detail string // what was found where
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("%s is damaged: %s; restore a backup or rebuild it", e.Path, e.Detail)
}

// A FullError says that there was no room to write. Nothing of the failed
// write is in the store; reads go on, and so do writes once there is room.
type FullError struct {
	Path string
	Err  error // the system's or bbolt's reason
}

func (e *FullError) Error() string {
	if errors.Is(e.Err, berrors.ErrMaxSizeReached) {
		return fmt.Sprintf("%s is full: it has reached its size limit; raise the limit, or prune and compact", e.Path)
	}
	return fmt.Sprintf("no space left for %s: %v; free some, then run again: nothing stored is lost", e.Path, e.Err)
}

// Unwrap returns the reason.
func (e *FullError) Unwrap() error { return e.Err }

// A NewerError says that the file was written by a later version of the
// program.
type NewerError struct {
	Path        string
	Have, Known int // schema of the file; newest this program knows
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("%s has schema %d, this program knows up to %d: use the newer program, or restore an older backup", e.Path, e.Have, e.Known)
}

// A PanicError is what became of a panic in a function that was run for
// several callers at once, or on a goroutine of its own.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// writeError names the reason a commit or an append failed, in terms a caller
// can branch on.
func writeError(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case isFull(err):
		return &FullError{Path: path, Err: err}
	case errors.Is(err, berrors.ErrDatabaseReadOnly), errors.Is(err, berrors.ErrTxNotWritable):
		return fmt.Errorf("write %s: %w", path, ErrReadOnly)
	case errors.Is(err, berrors.ErrDatabaseNotOpen), errors.Is(err, berrors.ErrTxClosed):
		return fmt.Errorf("write %s: %w", path, ErrClosed)
	}
	return fmt.Errorf("write %s: %w", path, err)
}

// fullError is err, or the FullError it amounts to.
func fullError(path string, err error) error {
	if isFull(err) {
		return &FullError{Path: path, Err: err}
	}
	return err
}

func isFull(err error) bool {
	return err != nil && (errors.Is(err, berrors.ErrMaxSizeReached) || errors.Is(err, syscall.ENOSPC) || isQuota(err) ||
		strings.Contains(err.Error(), syscall.ENOSPC.Error())) // bbolt keeps only the text when the file cannot grow
}
