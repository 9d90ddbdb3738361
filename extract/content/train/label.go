package train

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"tenure/extract/content/internal/block"
)

// tokens are the words of a text, as the scorer counts them.
func tokens(s string) []string {
	s = strings.Map(func(r rune) rune {
		if block.Invisible(r) {
			return -1
		}
		return r
	}, s)
	return strings.FieldsFunc(s, func(r rune) bool {
		return !(r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r))
	})
}

// gram is how many words in a row make a place in a text.
const gram = 4

// align labels every block with the share of its words that are in the true
// body. A block too short to say is content if it stands in the body next to
// the blocks around it.
func (s *Sample) align() {
	at := make(map[string]int)
	for i := len(s.words) - gram; i >= 0; i-- {
		at[strings.Join(s.words[i:i+gram], " ")] = i
	}
	n := len(s.page.Blocks)
	s.label = make([]float32, n)
	start, end := make([]int, n), make([]int, n)
	words := make([][]string, n)
	for i := range n {
		words[i] = tokens(s.page.String(i))
		start[i], end[i] = -1, -1
		hits := 0
		for k := 0; k+gram <= len(words[i]); k++ {
			p, ok := at[strings.Join(words[i][k:k+gram], " ")]
			if !ok {
				continue
			}
			hits++
			if start[i] < 0 {
				start[i] = p - k
			}
			end[i] = p + len(words[i]) - k
		}
		if m := len(words[i]) - gram + 1; m > 0 {
			s.label[i] = float32(hits) / float32(m)
		}
		if s.label[i] < 0.5 {
			start[i], end[i] = -1, -1
		}
	}
	s.joinShort(words, start, end)
	s.once(words)
}

// once leaves only one of several copies of a text labelled as content, unless
// the body has it as often: the copy whose neighbours are content.
func (s *Sample) once(words [][]string) {
	body := " " + strings.Join(s.words, " ") + " "
	copies := make(map[string][]int)
	for i, w := range words {
		if len(w) >= gram && s.label[i] > 0.5 {
			t := strings.Join(w, " ")
			copies[t] = append(copies[t], i)
		}
	}
	for _, t := range slices.Sorted(maps.Keys(copies)) { // one choice bears on the next
		at := copies[t]
		keep := max(1, strings.Count(body, " "+t+" "))
		for len(at) > keep {
			worst := 0
			for k := range at {
				if s.around(at[k]) < s.around(at[worst]) {
					worst = k
				}
			}
			s.label[at[worst]] = 0
			at = append(at[:worst:worst], at[worst+1:]...)
		}
	}
}

// around sums up the labels of the blocks near block i, the nearer the more.
func (s *Sample) around(i int) float32 {
	sum := float32(0)
	for d := 1; d <= 6; d++ {
		for _, j := range []int{i - d, i + d} {
			if j >= 0 && j < len(s.label) {
				sum += s.label[j] * min(float32(s.page.Blocks[j].Words), 40) / float32(d)
			}
		}
	}
	return sum
}

// joinShort labels the short blocks by their neighbours' places in the body,
// once forward and once back.
func (s *Sample) joinShort(words [][]string, start, end []int) {
	here, far := -1, 0
	for i := range words {
		if end[i] >= 0 {
			here, far = end[i], 0
			continue
		}
		if far++; here >= 0 && far < 6 && len(words[i]) < gram && s.stands(words[i], here) {
			s.label[i], far = 1, 0
			start[i], end[i] = here, here+len(words[i])
			here = end[i]
		}
	}
	here, far = -1, 0
	for i := len(words) - 1; i >= 0; i-- {
		if start[i] >= 0 {
			here, far = start[i], 0
			continue
		}
		if from := here - len(words[i]); here >= 0 && far < 6 && len(words[i]) < gram && from >= 0 && s.stands(words[i], from) {
			s.label[i] = 1
			here, far = from, 0
		}
		far++
	}
}

func (s *Sample) stands(words []string, at int) bool {
	if len(words) == 0 || at+len(words) > len(s.words) {
		return false
	}
	for k, w := range words {
		if s.words[at+k] != w {
			return false
		}
	}
	return true
}

// weigh gives every page about the same weight, and a block the more the
// longer it is.
func (s *Sample) weigh() {
	s.weight = make([]float32, len(s.page.Blocks))
	sum := float32(0)
	for i := range s.page.Blocks {
		w := float32(s.page.Blocks[i].Words+1) / float32(len(s.words)+40)
		s.weight[i] = min(w, 0.5)
		sum += s.weight[i]
	}
	if sum > 2 {
		for i := range s.weight {
			s.weight[i] *= 2 / sum
		}
	}
}
