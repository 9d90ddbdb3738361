package ner

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// hard are texts that would be slow if any step were quadratic.
var hard = map[string]string{
	"news": sample(1), "capitals": "A", "names": "Hugo Touvron ", "brackets": "(", "acronyms": "AB (AB) ", "one line": "the Meta of ",
	"quotes": "“’", "labels": "Left A: ", "dashes": "A-b", "lines": "Ann Lee\n", "articles": "The Ann. ", "sentences": "Ann Lee left. Lee won. ",
}

// TestGrowth: a text four and sixteen times as long takes no more than four
// and sixteen times the memory. Memory, unlike time, is the same on a busy
// machine.
func TestGrowth(t *testing.T) {
	r := recognizer(t)
	for name, unit := range hard {
		size := max(1, (4<<10)/len(unit))
		bytes := func(times int) float64 {
			text := strings.Repeat(unit, size*times)
			r.Recognize(text) // room for it is made
			least := allocated(func() { r.Recognize(text) })
			for range 4 { // the room is lost where the garbage was collected
				least = min(least, allocated(func() { r.Recognize(text) }))
			}
			return least
		}
		bytes(16)
		once := bytes(1)
		for _, times := range []int{4, 16} {
			if got, most := bytes(times), 2*float64(times)*once+1<<16; got > most {
				t.Errorf("%s: %d times the text takes %.0f bytes, once %.0f", name, times, got, once)
			}
		}
	}
}

// allocated returns how many bytes f allocates.
func allocated(f func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}

// BenchmarkLength reads one, four and sixteen times the same text; ns/token
// should not grow.
func BenchmarkLength(b *testing.B) {
	r := recognizer(b)
	for _, times := range []int{1, 4, 16} {
		text := sample(4 * times)
		tokens := len(Tokenize(text))
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Recognize(text)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(tokens*b.N), "ns/token")
		})
	}
}
