//go:build unix

package main

import (
	"syscall"
	"time"
)

// processorTime returns how much time of the processor the program has taken:
// what else the machine does is not in it.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
