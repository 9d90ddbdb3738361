package crawler_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"tenure/crawler"
)

// story makes up n words.
func story(seed uint64, n int) []string {
	rnd := rand.New(rand.NewPCG(seed, 9))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("w%d", rnd.IntN(3000))
	}
	return words
}

func TestSimHash(t *testing.T) {
	words := story(1, 600)
	text := strings.Join(words, " ")
	edited := append([]string{"By", "Our", "Staff."}, words...)
	edited[300] = "changed"
	tests := []struct {
		name, other string
		min, max    int
	}{
		{"the same", text, 0, 0},
		{"other case and space", strings.ToUpper(strings.Join(words, "\n ")), 0, 0},
		{"other punctuation", strings.Join(words, ", ") + "!", 0, 0},
		{"a syndicated copy", strings.Join(edited, " "), 0, 6},
		{"cut by a tenth", strings.Join(words[:540], " "), 0, 14},
		{"another story", strings.Join(story(2, 600), " "), 20, 64},
		{"the same words in another order", strings.Join(append(story(1, 600)[300:], words[:300]...), " "), 0, 6},
	}
	for _, tt := range tests {
		if d := crawler.Distance(crawler.SimHash(text), crawler.SimHash(tt.other)); d < tt.min || d > tt.max {
			t.Errorf("%s: distance %d, want %d to %d", tt.name, d, tt.min, tt.max)
		}
	}
	for _, empty := range []string{"", " ,.!"} {
		if crawler.SimHash(empty) != 0 {
			t.Errorf("SimHash(%q) is not 0", empty)
		}
	}
	if crawler.SimHash("one") == crawler.SimHash("two") || crawler.SimHash("one") == 0 {
		t.Error("short texts are not told apart")
	}
	if got := crawler.SimHash("The board said on Monday that its chairman leaves."); got != golden {
		t.Errorf("SimHash = %#x: stored hashes are no longer comparable", got)
	}
}

// Any three bits changed leave a block in common.
func TestBlocks(t *testing.T) {
	const h = 0x0123456789abcdef
	a := crawler.Blocks(h)
	for i := range 64 {
		for j := range i {
			for k := range j {
				b := crawler.Blocks(h ^ 1<<i ^ 1<<j ^ 1<<k)
				if a[0] != b[0] && a[1] != b[1] && a[2] != b[2] && a[3] != b[3] {
					t.Fatalf("bits %d, %d, %d: no block in common", i, j, k)
				}
			}
		}
	}
}

func BenchmarkSimHash(b *testing.B) {
	text := strings.Join(story(1, 600), " ")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		crawler.SimHash(text)
	}
}

const golden = 0xb4451ad38c4a0211
