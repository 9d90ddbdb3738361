package train

import (
	"maps"
	"math"
	"slices"

	"tenure/extract/content/internal/block"
)

// counts is, for every hash, how much content stands under it, publisher by
// publisher.
type counts struct {
	sum map[uint32]float64 // of the publishers' shares
	n   map[uint32]int     // of publishers
	by  map[string]map[uint32]float64
}

func newCounts() counts {
	return counts{make(map[uint32]float64), make(map[uint32]int), make(map[string]map[uint32]float64)}
}

// tally is content and all, by weight.
type tally struct{ kept, all float64 }

// add counts one publisher's pages.
func (c *counts) add(group string, t map[uint32]*tally) {
	shares := make(map[uint32]float64, len(t))
	for k, v := range t {
		s := v.kept / v.all
		shares[k] = s
		c.sum[k] += s
		c.n[k]++
	}
	c.by[group] = shares
}

// odds returns the log odds of a hash as all publishers but one see it.
func (c *counts) odds(k uint32, without string, base float64, least int) float32 {
	sum, n := c.sum[k], c.n[k]
	if s, ok := c.by[without][k]; ok {
		sum -= s
		n--
	}
	if n < least {
		return 0
	}
	const shrink = 2
	p := (sum + shrink*base) / (float64(n) + shrink)
	p = min(max(p, 0.004), 0.996)
	v := float32(math.Log(p/(1-p)) - math.Log(base/(1-base)))
	if v == 0 {
		v = 1.0 / 32
	}
	return float32(math.Round(float64(v)*16)) / 16
}

// lexicons are the counts of class words and of text words.
type lexicons struct {
	class, word         counts
	classBase, wordBase float64
}

// least is in how many publishers' pages a word must stand to be counted on.
const least = 3

// learn counts the words of the samples.
func learn(samples []*Sample) *lexicons {
	l := &lexicons{class: newCounts(), word: newCounts()}
	groups := make(map[string][]*Sample)
	var order []string
	for _, s := range samples {
		if groups[s.Group] == nil {
			order = append(order, s.Group)
		}
		groups[s.Group] = append(groups[s.Group], s)
	}
	for _, g := range order {
		class, word := make(map[uint32]*tally), make(map[uint32]*tally)
		for _, s := range groups[g] {
			s.countClasses(class)
			s.countWords(word)
		}
		l.class.add(g, class)
		l.word.add(g, word)
	}
	l.classBase, l.wordBase = base(&l.class), base(&l.word)
	return l
}

// base is the mean share over everything that is counted often enough.
func base(c *counts) float64 {
	sum, n := 0.0, 0
	for _, k := range slices.Sorted(maps.Keys(c.sum)) { // sums depend on their order
		if c.n[k] >= least {
			sum += c.sum[k]
			n += c.n[k]
		}
	}
	return sum / math.Max(1, float64(n))
}

func bump(m map[uint32]*tally, k uint32, kept, all float64) {
	t := m[k]
	if t == nil {
		t = new(tally)
		m[k] = t
	}
	t.kept += kept
	t.all += all
}

func (s *Sample) countClasses(m map[uint32]*tally) {
	kept, all := make([]float64, len(s.page.Blocks)+1), make([]float64, len(s.page.Blocks)+1)
	for i := range s.page.Blocks {
		w := math.Sqrt(float64(s.page.Blocks[i].Words) + 1)
		all[i+1] = all[i] + w
		kept[i+1] = kept[i] + w*float64(s.label[i])
	}
	for i := range s.page.Boxes {
		x := &s.page.Boxes[i]
		if x.Last <= x.First {
			continue
		}
		k, a := kept[x.Last]-kept[x.First], all[x.Last]-all[x.First]
		for _, t := range s.page.Tokens[x.Tokens[0]:x.Tokens[1]] {
			bump(m, t, k, a)
		}
	}
}

func (s *Sample) countWords(m map[uint32]*tally) {
	for i := range s.page.Blocks {
		if s.page.Blocks[i].Words > 24 {
			continue
		}
		block.EachWord(s.page.Bytes(i), 24, func(h uint32) { bump(m, h, float64(s.label[i]), 1) })
	}
}

// without is the lexicons as a publisher's own page sees them.
type without struct {
	*lexicons
	group string
}

// Class implements block.Rater.
func (w without) Class(t uint32) float32 { return w.class.odds(t, w.group, w.classBase, least) }

// Word implements block.Rater.
func (w without) Word(t uint32) float32 { return w.word.odds(t, w.group, w.wordBase, least) }

// tables returns the lexicons as a model holds them: words that say little
// are left out.
func (l *lexicons) tables() (class, word block.Lexicon) {
	pick := func(c *counts, base float64, least int, low float32) block.Lexicon {
		m := make(map[uint32]float32)
		for k := range c.sum {
			if v := c.odds(k, "", base, least); v > low || v < -low {
				m[k] = v
			}
		}
		return block.NewLexicon(m)
	}
	return pick(&l.class, l.classBase, least, 0.1), pick(&l.word, l.wordBase, least, 0.1)
}
