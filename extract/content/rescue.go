package content

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"tenure/extract/content/internal/block"
)

// lost is the log odds below which not even a label line is kept.
const lost = -3.0

// rescue keeps what the model lost of a list of labelled lines ("Left Meta:
// February 2025"): such lines are short, as boilerplate is, but where some are
// content their neighbours are, and so is the name above them.
func (d *document) rescue(keep []bool) {
	n := len(d.Blocks)
	labels := make([]bool, n)
	kept := 0
	for i := range d.Blocks {
		if labels[i] = labelLine(&d.Blocks[i], d.Bytes(i)); labels[i] && keep[i] {
			kept++
		}
	}
	if kept < 2 {
		return
	}
	for i := 1; i < n; i++ {
		if labels[i] && keep[i-1] && !keep[i] && d.near(i-1, i) && d.odds[i] > lost {
			keep[i] = true
		}
	}
	for i := n - 2; i >= 0; i-- {
		b := &d.Blocks[i]
		if labels[i+1] && keep[i+1] && !keep[i] && b.Words <= 8 && d.near(i, i+1) && d.odds[i] > lost && b.LinkedWords()*2 <= b.Words {
			keep[i] = true
		}
	}
}

// near reports whether two blocks lie in one element or in neighbours.
func (d *document) near(i, j int) bool {
	x, y := d.Blocks[i].Box, d.Blocks[j].Box
	if x == y || x < 0 || y < 0 {
		return x == y
	}
	p, q := d.Boxes[x].Parent, d.Boxes[y].Parent
	return p == q || p == y || q == x
}

// labelLine reports whether a block reads "Label: value".
func labelLine(b *block.Block, text []byte) bool {
	if b.Words < 2 || b.Words > 24 || b.LinkedWords()*2 > b.Words {
		return false
	}
	i := bytes.IndexByte(text, ':')
	if i < 3 || i > 48 || len(bytes.TrimSpace(text[i+1:])) < 2 || bytes.ContainsAny(text[:i], ".!?\n") {
		return false
	}
	r, _ := utf8.DecodeRune(text)
	return unicode.IsUpper(r)
}
