//go:build unix

package content

import (
	"syscall"
	"time"
)

// processorTime returns how much time of the processor the tests have taken: on
// a busy machine the clock on the wall says little.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
