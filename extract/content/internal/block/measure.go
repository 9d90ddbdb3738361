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

// wordCount counts words. Scripts without spaces between words count two
// characters as one.
func wordCount(b []byte) int {
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
		case unspaced(r):
			wide++
			in = false
		case r < 0x2000 || r > 0x206f:
			if !in {
				n++
			}
			in = true
		}
	}
	return n + (wide+1)/2
}

// unspaced reports whether r belongs to a script written without spaces:
// Chinese, Japanese, Thai, Lao, Khmer, Burmese.
func unspaced(r rune) bool {
	return r >= 0x3040 && r <= 0x9fff || r >= 0x0e00 && r <= 0x0eff || r >= 0x1000 && r <= 0x109f ||
		r >= 0x1780 && r <= 0x17ff || r >= 0x20000 && r <= 0x3ffff
}
