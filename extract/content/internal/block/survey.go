package block

// A survey holds what is measured once a page.
type survey struct {
	p    *Page
	said Said
	r    Rater

	total, linked, paras int
	before, parasBefore  []int // words and paragraphs before each block
	head                 int   // the block of the main h1; -1 if none
	rated                []rated
	score                []float32 // of boxes, by the paragraphs close below
	top                  float32
	best                 int
	kinds                map[uint64]*kind
	kindOf               []*kind
	seen                 map[uint32]int // how often a text stands on the page
	sum                  []uint32       // hash of each block's text
	title, summary, body matcher
	first, long          []uint32         // see read
	topics               map[uint32]int32 // block that used a long word last, or -1 for several
}

// rated is what the classes of a box say, alone and with those around it.
type rated struct{ own, low, high, pathLow, pathHigh, pathSum float32 }

// A kind is the blocks whose three innermost elements look alike.
type kind struct{ n, words, linked int }

// manyTopics is how many long words the paragraphs of most pages use.
const manyTopics = 400

func newSurvey(p *Page, said Said, r Rater) *survey {
	s := &survey{p: p, said: said, r: r, head: -1, kinds: make(map[uint64]*kind), seen: make(map[uint32]int, len(p.Blocks))}
	s.title, s.summary, s.body = newMatcher(said.Title), newMatcher(said.Summary), newMatcher(said.Body)
	s.topics = make(map[uint32]int32, manyTopics)
	s.count()
	s.rate()
	s.weigh()
	if len(p.Heads) > 0 {
		s.head = s.mainHead()
	}
	return s
}

// mainHead returns the h1 most like the title; else the first.
func (s *survey) mainHead() int {
	for _, h := range s.p.Heads {
		if s.read(h); s.title.like(s.first) > 0.6 {
			return h
		}
	}
	return s.p.Heads[0]
}

// para reports whether a block is a paragraph of running text.
func para(b *Block) bool { return b.Words >= 12 && b.Linked*3 < b.End-b.Start }

func (s *survey) count() {
	n := len(s.p.Blocks)
	s.before, s.parasBefore = make([]int, n), make([]int, n)
	s.kindOf, s.sum = make([]*kind, n), make([]uint32, n)
	for i := range s.p.Blocks {
		b := &s.p.Blocks[i]
		s.before[i], s.parasBefore[i] = s.total, s.paras
		s.total += b.Words
		s.linked += b.LinkedWords()
		if para(b) {
			s.paras++
			s.learnTopics(i)
		}
		s.sum[i] = hashText(s.p.Bytes(i))
		s.seen[s.sum[i]]++
		s.sort(i, b)
	}
}

func hashText(b []byte) uint32 {
	h := fnvBase
	for _, c := range b {
		h = (h ^ uint32(lower(c))) * fnvPrime
	}
	return h
}

// sort finds the block's kind.
func (s *survey) sort(i int, b *Block) {
	key := uint64(b.Tag)
	for x, up := b.Box, 0; x >= 0 && up < 3; x, up = s.p.Boxes[x].Parent, up+1 {
		key = key*1099511628211 ^ uint64(s.p.Boxes[x].Sign)
	}
	k := s.kinds[key]
	if k == nil {
		k = new(kind)
		s.kinds[key] = k
	}
	k.n++
	k.words += b.Words
	k.linked += b.LinkedWords()
	s.kindOf[i] = k
}

// rate sums up what the classes say, from the outside in.
func (s *survey) rate() {
	s.rated = make([]rated, len(s.p.Boxes))
	for i := range s.p.Boxes {
		x, r := &s.p.Boxes[i], &s.rated[i]
		if x.Parent >= 0 {
			up := &s.rated[x.Parent]
			r.pathLow, r.pathHigh, r.pathSum = up.pathLow, up.pathHigh, up.pathSum
		}
		known := 0
		for _, t := range s.p.Tokens[x.Tokens[0]:x.Tokens[1]] {
			v := s.r.Class(t)
			if v == 0 {
				continue
			}
			known++
			r.own += v
			r.low, r.high = min(r.low, v), max(r.high, v)
		}
		if known > 0 {
			r.own /= float32(known)
		}
		r.pathLow, r.pathHigh = min(r.pathLow, r.low), max(r.pathHigh, r.high)
		r.pathSum += r.own
	}
}

// weigh scores the boxes by the paragraphs close below them, as readability
// does.
func (s *survey) weigh() {
	s.score = make([]float32, len(s.p.Boxes))
	s.best = -1
	for i := range s.p.Blocks {
		b := &s.p.Blocks[i]
		if !para(b) {
			continue
		}
		v := 1 + float32(min(b.Words, 150))/20
		for x, up := b.Box, 0; x >= 0 && up < 5; x, up = s.p.Boxes[x].Parent, up+1 {
			s.score[x] += v
			v *= 0.7
		}
	}
	for i, v := range s.score {
		if v > s.top {
			s.top, s.best = v, i
		}
	}
}

// boxes measures the elements around the block.
func (s *survey) boxes(row []float32, i int) {
	x := s.p.Blocks[i].Box
	if x < 0 {
		return
	}
	r := &s.rated[x]
	row[fOwnClass], row[fOwnClassLow], row[fOwnClassHigh] = r.own, r.low, r.high
	row[fPathLow], row[fPathHigh], row[fPathSum] = r.pathLow, r.pathHigh, r.pathSum
	s.box(row[fBoxWords:], x)
	y := &s.p.Boxes[x]
	row[fInBoxPlace] = share(i-y.First, y.Last-y.First)
	row[fSameBoxBefore], row[fSameBoxAfter] = s.sibling(i-1, x), s.sibling(i+1, x)
	best := s.score[x]
	if up := s.p.Boxes[x].Parent; up >= 0 {
		s.box(row[fUpWords:], up)
		row[fUpClass], row[fUpScore] = s.rated[up].own, s.relative(up)
		best = max(best, s.score[up])
		if up = s.p.Boxes[up].Parent; up >= 0 {
			s.box(row[fUp2Words:], up)
			row[fUp2Class], row[fUp2Score] = s.rated[up].own, s.relative(up)
			best = max(best, s.score[up])
		}
	}
	if s.top > 0 {
		row[fBestScore] = best / s.top
	}
	if s.best >= 0 {
		y := &s.p.Boxes[s.best]
		row[fInBest] = flag(i >= y.First && i < y.Last)
	}
}

// sibling tells how a neighbour's element lies to box x: the same, beside it
// under one parent, or elsewhere.
func (s *survey) sibling(j, x int) float32 {
	if j < 0 || j >= len(s.p.Blocks) {
		return -1
	}
	y := s.p.Blocks[j].Box
	switch {
	case y == x:
		return 3
	case y < 0:
		return 0
	case s.p.Boxes[y].Parent == s.p.Boxes[x].Parent && s.p.Boxes[y].Tag == s.p.Boxes[x].Tag:
		return 2
	case s.p.Boxes[y].Parent == s.p.Boxes[x].Parent:
		return 1
	}
	return 0
}

func (s *survey) relative(x int) float32 {
	if s.top == 0 {
		return 0
	}
	return s.score[x] / s.top
}

func (s *survey) box(row []float32, x int) {
	b := &s.p.Boxes[x]
	row[0], row[1], row[2] = share(b.Words, s.total), share(b.Linked, b.Words), log(b.Paras)
}

// alike measures the blocks of the same kind, and what the page says of
// itself.
func (s *survey) alike(row []float32, i int) {
	k := s.kindOf[i]
	row[fAlike], row[fAlikeWords], row[fAlikeLinks] = log(k.n), log(k.words/k.n), share(k.linked, k.words)
	row[fRepeated] = flag(s.seen[s.sum[i]] > 1)
	row[fTopic] = s.topic(i)
	row[fLikeTitle] = s.title.like(s.first)
	row[fInSummary] = s.summary.like(s.first)
	if s.body.known() {
		row[fBodyKnown], row[fInBody] = 1, s.body.holds(s.p.Bytes(i), s.first)
	}
}

// mostRead is how many words of a block are looked at.
const mostRead = 60

// read lists the hashes of a block's first words, and those of its first long
// words.
func (s *survey) read(i int) {
	s.first, s.long = s.first[:0], s.long[:0]
	b := s.p.Bytes(i)
	for at := 0; len(s.long) < mostRead; {
		h, next, long := nextWord(b, at)
		if next == 0 {
			return
		}
		if len(s.first) < mostRead {
			s.first = append(s.first, h)
		}
		if long {
			s.long = append(s.long, h)
		}
		at = next
	}
}

// words measures what the first words of the block say.
func (s *survey) words(row []float32) {
	sum, low, high, last := float32(0), float32(0), float32(0), float32(0)
	hashes := s.first[:min(len(s.first), 24)]
	for n, h := range hashes {
		v := s.r.Word(h)
		if n == 0 {
			row[fFirstWord] = v
		}
		sum += v
		last = v
		low, high = min(low, v), max(high, v)
	}
	if n := len(hashes); n > 0 {
		row[fWordMean], row[fWordLow], row[fWordHigh], row[fLastWord] = sum/float32(n), low, high, last
	}
}

// learnTopics notes the long words of a paragraph.
func (s *survey) learnTopics(i int) {
	eachLong(s.p.Bytes(i), 120, func(h uint32) {
		if by, ok := s.topics[h]; !ok {
			s.topics[h] = int32(i)
		} else if by != int32(i) {
			s.topics[h] = -1
		}
	})
}

// topic returns the share of a block's long words that other paragraphs use.
func (s *survey) topic(i int) float32 {
	hits := 0
	for _, h := range s.long {
		if by, ok := s.topics[h]; ok && by != int32(i) {
			hits++
		}
	}
	return share(hits, len(s.long))
}

// under describes each block by the heading above it and by the short lines
// between the main heading and it, such as "Related" or "Comments".
func (s *survey) under(x []float32) {
	head, low, lowAt := -1, float32(0), -1
	for i := range s.p.Blocks {
		row := x[i*Columns : (i+1)*Columns]
		if head >= 0 {
			h := x[head*Columns:]
			row[fUnderMean], row[fUnderLow], row[fUnderFar] = h[fWordMean], h[fWordLow], log(i-head)
		}
		row[fLowBefore] = low
		if lowAt >= 0 {
			row[fLowSince] = log(i - lowAt)
		}
		if row[fHeading] > 0 || row[fBoldShare] > 0.9 && s.p.Blocks[i].Words <= 8 {
			head = i
		}
		if i == s.head {
			low, lowAt = 0, -1
		}
		if m := row[fWordMean]; s.p.Blocks[i].Words <= 6 && m < low {
			low, lowAt = m, i
		}
	}
}
