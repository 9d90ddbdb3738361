//go:build !unix

package content

import "time"

var started = time.Now()

// processorTime returns how long the tests have run.
func processorTime() time.Duration { return time.Since(started) }
