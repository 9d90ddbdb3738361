//go:build measure

package pipeline

import (
	"fmt"
	"os"
	"runtime/debug"
	"testing"
	"time"
)

// goalExport is how much memory a process may hold at most that exports a
// million records, bytes.
const goalExport = 150 << 20

// TestMeasureExport writes a million records in each format and reports the
// rate and the memory that was held at most, by what is in use and by the
// process. TENURE_FORMAT names the only format, if not all are wanted.
//
//	go test -tags measure -run MeasureExport -v -timeout 30m ./pipeline
func TestMeasureExport(t *testing.T) {
	const records = 1_000_000
	for _, f := range ExportFormats() {
		if only := os.Getenv("TENURE_FORMAT"); only != "" && only != f.Name {
			continue
		}
		debug.FreeOSMemory()
		forgetPeak(t)
		begin, most := time.Now(), int64(0)
		exportMany(t, f, records, func(i int) {
			if i%(records/8) == records/8-1 {
				most = max(most, heap())
			}
		})
		t.Logf("%-8s %.0f records/s, %d MB in use at most, %s", f.Name, records/time.Since(begin).Seconds(), most>>20, memory(t, "VmHWM"))
		var peak int64
		if _, err := fmt.Sscanf(memory(t, "VmHWM"), "VmHWM: %d kB", &peak); err == nil && peak<<10 > goalExport {
			t.Errorf("%s: the process held %d MB, want at most %d", f.Name, peak>>10, goalExport>>20)
		}
	}
}

// forgetPeak has the peak of the process's memory counted anew.
func forgetPeak(t *testing.T) {
	t.Helper()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600); err != nil {
		t.Log("the peak is that of all formats so far: ", err)
	}
}
