package store

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// systemHolder asks the system who has a file locked; zero if it does not
// say. It names readers too, who leave no note.
func systemHolder(path string) Holder {
	info, err := os.Stat(path)
	if err != nil {
		return Holder{}
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return Holder{}
	}
	f, err := os.Open("/proc/locks")
	if err != nil {
		return Holder{}
	}
	defer f.Close()
	pid := lockOwner(io.LimitReader(f, 1<<20), stat.Ino)
	if pid == 0 {
		return Holder{}
	}
	return processOf(pid)
}

// lockOwner finds the process that holds a lock on an inode, in lines such as
// "1: FLOCK  ADVISORY  WRITE 1234 08:01:56789 0 EOF"; 0 if there is none.
func lockOwner(locks io.Reader, inode uint64) int {
	suffix := fmt.Sprintf(":%d", inode)
	lines := bufio.NewScanner(locks)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) < 6 || f[1] != "FLOCK" || !strings.HasSuffix(f[5], suffix) {
			continue // a waiter has an arrow in the second place
		}
		if pid, err := strconv.Atoi(f[4]); err == nil && pid > 0 {
			return pid
		}
	}
	return 0
}

// processOf describes a running process: how it was called, and since when it
// is there.
func processOf(pid int) Holder {
	dir := filepath.Join("/proc", strconv.Itoa(pid))
	h := Holder{PID: pid}
	if info, err := os.Stat(dir); err == nil {
		h.Since = info.ModTime()
	}
	if line, err := os.ReadFile(filepath.Join(dir, "cmdline")); err == nil {
		words := bytes.ReplaceAll(bytes.Trim(line, "\x00"), []byte{0}, []byte{' '})
		h.Command = strings.ToValidUTF8(string(words[:min(len(words), 200)]), "?")
	}
	return h
}
