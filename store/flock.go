//go:build unix && !solaris && !aix

package store

import (
	"os"
	"syscall"
)

// lockFile takes the file's lock, or fails at once.
func lockFile(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}

// shareFile takes the file's lock together with other readers, or fails at
// once.
func shareFile(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
}
