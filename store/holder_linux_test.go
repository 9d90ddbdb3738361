package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLockOwner(t *testing.T) {
	const locks = `1: POSIX  ADVISORY  READ 11 00:3c:79 128 128
2: FLOCK  ADVISORY  WRITE 22 00:3c:179 0 EOF
3: FLOCK  ADVISORY  WRITE 33 00:3c:79 0 EOF
3: -> FLOCK  ADVISORY  READ 44 00:3c:80 0 EOF
`
	for inode, want := range map[uint64]int{79: 33, 179: 22, 80: 0, 9: 0} {
		if got := lockOwner(strings.NewReader(locks), inode); got != want {
			t.Errorf("inode %d is locked by %d, want %d", inode, got, want)
		}
	}
}

// A reader leaves no note, and is named all the same.
func TestReaderIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	if err := openAt(t, path, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	openAt(t, path, Options{ReadOnly: true})
	if systemHolder(path).PID == 0 {
		t.Skip("the system does not tell who holds a lock")
	}
	_, err := Open(path, Options{Timeout: time.Millisecond})
	var locked *LockedError
	if !errors.As(err, &locked) || locked.Holder.PID != os.Getpid() || locked.Holder.Command == "" || locked.Holder.Since.IsZero() {
		t.Errorf("%v", err)
	}
}
