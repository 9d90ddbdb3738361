package block

import "math"

// The context columns: what the first pass made of a block and of those
// around it.
const (
	cOwn = iota
	cBefore1
	cBefore2
	cBefore3
	cAfter1
	cAfter2
	cAfter3
	cWindow // mean over five on each side, by words
	cBox
	cUp
	cUp2
	cKind
	cPage     // share of the page's words that are likely content
	cPlace    // place between the first and the last likely block, beyond if outside
	cSurround // the least of the best before and the best behind
	// Contexts is how many context columns there are.
	Contexts
)

// A Context tells of a block what a first pass made of those around it.
type Context struct {
	p     *Page
	once  []float32 // log odds
	odds  []float32 // probabilities
	sums  []float64 // of words times probability, before each block
	words []float64 // of words, before each block
	kinds map[uint64]*tally
	kind  []*tally
	first int
	last  int
	upto  []float32 // best probability of a paragraph before each block
	from  []float32 // and behind
	page  float32
}

type tally struct{ words, kept float64 }

// NewContext sums up the log odds of a first pass.
func NewContext(p *Page, once []float32) *Context {
	n := len(once)
	c := &Context{p: p, once: once, odds: make([]float32, n), sums: make([]float64, n+1), words: make([]float64, n+1),
		kinds: make(map[uint64]*tally), kind: make([]*tally, n), first: n, last: -1, upto: make([]float32, n), from: make([]float32, n)}
	for i, v := range once {
		c.odds[i] = float32(1 / (1 + math.Exp(-float64(v))))
		w := float64(p.Blocks[i].Words) + 0.5
		c.sums[i+1] = c.sums[i] + w*float64(c.odds[i])
		c.words[i+1] = c.words[i] + w
		if c.odds[i] > 0.5 && p.Blocks[i].Words >= 10 {
			c.first, c.last = min(c.first, i), i
		}
		c.sort(i, w)
	}
	if n > 0 && c.words[n] > 0 {
		c.page = float32(c.sums[n] / c.words[n])
	}
	c.reach()
	return c
}

// sort adds the block to its kind: those in boxes of one make.
func (c *Context) sort(i int, w float64) {
	b := &c.p.Blocks[i]
	key := uint64(b.Tag)
	for x, up := b.Box, 0; x >= 0 && up < 2; x, up = c.p.Boxes[x].Parent, up+1 {
		key = key*1099511628211 ^ uint64(c.p.Boxes[x].Sign)
	}
	t := c.kinds[key]
	if t == nil {
		t = new(tally)
		c.kinds[key] = t
	}
	t.words += w
	t.kept += w * float64(c.odds[i])
	c.kind[i] = t
}

// reach finds the best paragraph on either side of every block, fading with
// distance.
func (c *Context) reach() {
	const fade = 0.93
	best := float32(0)
	for i := range c.odds {
		c.upto[i] = best
		best = max(best*fade, c.odds[i]*flag(c.p.Blocks[i].Words >= 10))
	}
	best = 0
	for i := len(c.odds) - 1; i >= 0; i-- {
		c.from[i] = best
		best = max(best*fade, c.odds[i]*flag(c.p.Blocks[i].Words >= 10))
	}
}

// Fill writes the Contexts columns of block i.
func (c *Context) Fill(row []float32, i int) {
	row = row[:Contexts]
	clear(row)
	row[cOwn] = c.once[i]
	for k := 1; k <= 3; k++ {
		row[cBefore1+k-1], row[cAfter1+k-1] = c.at(i-k), c.at(i+k)
	}
	row[cWindow] = c.mean(i-5, i+6)
	if x := c.p.Blocks[i].Box; x >= 0 {
		row[cBox] = c.inBox(x)
		row[cUp], row[cUp2] = row[cBox], row[cBox]
		if up := c.p.Boxes[x].Parent; up >= 0 {
			row[cUp] = c.inBox(up)
			row[cUp2] = row[cUp]
			if up = c.p.Boxes[up].Parent; up >= 0 {
				row[cUp2] = c.inBox(up)
			}
		}
	}
	if t := c.kind[i]; t.words > 0 {
		row[cKind] = float32(t.kept / t.words)
	}
	row[cPage] = c.page
	row[cPlace] = -1
	if c.last > c.first {
		row[cPlace] = float32(i-c.first) / float32(c.last-c.first)
	}
	row[cSurround] = min(c.upto[i], c.from[i])
}

// at returns the log odds of a block; far below zero beyond the ends.
func (c *Context) at(i int) float32 {
	if i < 0 || i >= len(c.once) {
		return -8
	}
	return c.once[i]
}

func (c *Context) inBox(x int) float32 { return c.mean(c.p.Boxes[x].First, c.p.Boxes[x].Last) }

// mean returns the mean probability of blocks from up to to, by words.
func (c *Context) mean(from, to int) float32 {
	from, to = max(from, 0), min(to, len(c.once))
	if from >= to {
		return 0
	}
	return float32((c.sums[to] - c.sums[from]) / (c.words[to] - c.words[from]))
}
