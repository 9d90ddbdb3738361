//go:build measure

package pipeline

import (
	"runtime/debug"
	"testing"
	"time"
)

// TestMeasureExport writes a million records in each format and reports the
// rate and the memory that was held at most.
//
//	go test -tags measure -run MeasureExport -v -timeout 30m ./pipeline
func TestMeasureExport(t *testing.T) {
	const records = 1_000_000
	for _, f := range ExportFormats() {
		debug.FreeOSMemory()
		begin, most := time.Now(), int64(0)
		exportMany(t, f, records, func(i int) {
			if i%(records/8) == records/8-1 {
				most = max(most, heap())
			}
		})
		t.Logf("%-8s %.0f records/s, %d MB in use at most, %s", f.Name, records/time.Since(begin).Seconds(), most>>20, memory(t, "RssAnon"))
	}
}
