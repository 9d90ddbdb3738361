package block

import "unicode/utf8"

// measure sums up what the boxes hold.
func (p *Page) measure() {
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Box < 0 {
			continue
		}
		x := &p.Boxes[b.Box]
		linked := b.LinkedWords()
		x.Words += b.Words
		x.Linked += linked
		if b.Words >= 10 && linked*3 < b.Words {
			x.Paras++
		}
	}
	for i := len(p.Boxes) - 1; i > 0; i-- {
		x := p.Boxes[i]
		if x.Parent < 0 {
			continue
		}
		up := &p.Boxes[x.Parent]
		up.Words += x.Words
		up.Linked += x.Linked
		up.Paras += x.Paras
	}
}

// LinkedWords returns about how many of the block's words are in links.
func (b *Block) LinkedWords() int {
	if b.Linked == 0 {
		return 0
	}
	return (b.Words*b.Linked + b.Linked/2) / max(1, b.End-b.Start)
}

// How many characters of a script without spaces make a word, as translations
// count them, in quarters of a word.
const (
	signWeight   = 2 // Chinese, Japanese
	letterWeight = 1 // Thai and its like
)

// WordCount counts words. Where a script has no spaces, so many characters
// count as one.
func WordCount(b []byte) int {
	n, wide, in := 0, 0, false
	for i := 0; i < len(b); {
		c := b[i]
		if c < utf8.RuneSelf {
			word := wordBytes[c] != 0 && c != '&'
			if word && !in {
				n++
			}
			in = word || in && c != ' ' && c != '\n'
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		i += size
		switch {
		case Unspaced(r):
			if wide += signWeight; letters(r) {
				wide += letterWeight - signWeight
			}
			in = false
		case wideMark(r):
			in = false
		case r < 0x2000 || r > 0x206f:
			if !in {
				n++
			}
			in = true
		}
	}
	return n + (wide+3)/4
}
