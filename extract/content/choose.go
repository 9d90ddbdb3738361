package content

import (
	_ "embed"
	"sync"

	"golang.org/x/net/html/atom"

	"tenure/extract/content/internal/block"
)

// all keeps every block.
func all(p *block.Page) []bool {
	keep := make([]bool, len(p.Blocks))
	for i := range keep {
		keep[i] = true
	}
	return keep
}

const boilerplate = block.InNav | block.InFooter | block.InAside | block.InForm | block.InButton | block.InDialog | block.InHidden

// modelBytes is what package train made of real pages; model.json beside it
// says of which.
//
//go:embed model.bin
var modelBytes []byte

var builtIn = sync.OnceValue(func() *block.Model {
	m, err := block.ReadModel(modelBytes)
	if err != nil {
		panic(err) // the embedded file is tested
	}
	return m
})

// loose is by how much less sure the model may be of a block of a page that is
// no news: guides and posts have more kinds of content.
const loose = 0.3

// choose decides block by block what is the article.
func (d *document) choose() []bool {
	keep := make([]bool, len(d.Blocks))
	found := 0
	d.odds = d.model.Score(d.Page, d.said())
	cut := d.model.Cut
	if !d.data.news {
		cut -= loose
	}
	head := d.headBlock()
	for i, v := range d.odds {
		least := cut
		if i < head && d.Blocks[i].Words <= 8 {
			least = 0 // above the headline there are names of sites and sections
		}
		if keep[i] = v > least; keep[i] {
			found += d.Blocks[i].Words
		}
	}
	if found < 20 {
		d.odds = nil
		keep = d.chooseByBox()
		d.rescue(keep)
		return keep
	}
	d.joinSiblings(keep)
	d.dropTail(keep)
	d.standfirst(keep)
	d.rescue(keep)
	return keep
}

// What makes siblings: how many kept words an element must hold, which share of
// all words in it these must be, and how little the model may think of those
// that are kept with them.
const (
	siblingWords = 100
	siblingShare = 0.6
	siblingOdds  = -1.0
)

// joinSiblings keeps paragraphs and headings in doubt that stand in one element
// with many that are kept: long articles fade in the model's eyes.
func (d *document) joinSiblings(keep []bool) {
	kept, all := make(map[uint64]int), make(map[uint64]int)
	for i := range d.Blocks {
		x, ok := d.sibling(i)
		if !ok || d.odds[i] < siblingOdds && !keep[i] && d.Blocks[i].Words < 8 {
			continue
		}
		if all[x] += d.Blocks[i].Words; keep[i] {
			kept[x] += d.Blocks[i].Words
		}
	}
	for i := range d.Blocks {
		x, ok := d.sibling(i)
		if ok && d.odds[i] > siblingOdds && kept[x] >= siblingWords && float64(kept[x]) >= siblingShare*float64(all[x]) {
			keep[i] = true
		}
	}
}

// sibling returns what paragraphs and headings have in common that are direct
// parts of elements of one make.
func (d *document) sibling(i int) (uint64, bool) {
	b := &d.Blocks[i]
	if b.Box < 0 || b.Marks&boilerplate != 0 || b.Marks&(block.InCaption|block.InFigure) != 0 || b.LinkedWords()*3 > b.Words {
		return 0, false
	}
	up := d.Boxes[b.Box].Parent
	if up < 0 || b.Tag != atom.P && block.Level(b.Tag) < 2 {
		return 0, false
	}
	kind := uint64(d.Boxes[up].Sign)
	if up = d.Boxes[up].Parent; up >= 0 {
		kind = kind<<32 | uint64(d.Boxes[up].Sign)
	}
	return kind, true
}

// What makes a tail: how many blocks in a row that are no content part it from
// the article, how sure the model may be of its best block, and how much surer
// it must be of the article.
const (
	tailGap  = 12
	tailOdds = 1.2
	bodyOdds = 2.0
)

// dropTail drops what stands far below an article and of which the model is far
// less sure: comments, notices, the beginnings of other articles.
func (d *document) dropTail(keep []bool) {
	sum, words, last := float32(0), 0, -1
	for i := range d.Blocks {
		if !keep[i] {
			continue
		}
		if last >= 0 && i-last > tailGap && words >= 60 && sum >= bodyOdds*float32(words) && d.onlyDoubt(keep, i, words*5/4) {
			for j := i; j < len(keep); j++ {
				if keep[j] {
					d.drop(keep, j, "below-the-article")
				}
			}
			return
		}
		w := d.Blocks[i].Words
		sum, words, last = sum+d.odds[i]*float32(w), words+w, i
	}
}

// onlyDoubt reports whether the model is sure of none of the blocks kept from i
// on, and these hold no more than so many words: what is longer than the article
// above it is not its tail.
func (d *document) onlyDoubt(keep []bool, i, most int) bool {
	for ; i < len(keep); i++ {
		if !keep[i] {
			continue
		}
		if most -= d.Blocks[i].Words; d.odds[i] > tailOdds || most < 0 {
			return false
		}
	}
	return true
}

// chooseByBox decides without the model: the box with the most paragraphs.
func (d *document) chooseByBox() []bool {
	keep := make([]bool, len(d.Blocks))
	best := d.bestBox()
	if best < 0 {
		for i := range d.Blocks {
			b := &d.Blocks[i]
			keep[i] = b.Marks&boilerplate == 0 && b.LinkedWords()*2 <= b.Words
		}
		return keep
	}
	x := &d.Boxes[best]
	for i := x.First; i < x.Last; i++ {
		b := &d.Blocks[i]
		long := b.Words >= 8 || b.Marks&(block.InList|block.InHeading|block.InTable) != 0 || b.Tag == atom.P
		keep[i] = long && b.Marks&boilerplate == 0 && b.LinkedWords()*2 <= b.Words
	}
	return keep
}

// bestBox returns the box that holds the most paragraphs close together.
func (d *document) bestBox() int {
	score := make([]float64, len(d.Boxes))
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Box < 0 || b.Words < 8 || b.Marks&boilerplate != 0 || b.LinkedWords()*3 > b.Words {
			continue
		}
		s := 1 + float64(min(b.Words, 150))/20
		weight := 1.0
		for x, up := d.Boxes[b.Box].Parent, 0; x >= 0 && up < 4; x, up = d.Boxes[x].Parent, up+1 {
			score[x] += s * weight
			weight *= 0.7
		}
	}
	best := -1
	for i, s := range score {
		if s > 0 && (best < 0 || s > score[best]) {
			best = i
		}
	}
	return best
}

// compose writes the kept blocks as text.
func compose(p *block.Page, keep []bool) string {
	n := 0
	for i := range p.Blocks {
		if keep[i] {
			n += p.Blocks[i].End - p.Blocks[i].Start + 2
		}
	}
	out := make([]byte, 0, n)
	gap := block.Gap(0)
	for i := range p.Blocks {
		gap = max(gap, p.Blocks[i].Gap)
		if !keep[i] {
			continue
		}
		if len(out) > 0 {
			out = append(out, "\n\n"[:max(1, gap)]...)
		}
		out = append(out, p.Bytes(i)...)
		gap = 0
	}
	return string(out)
}
