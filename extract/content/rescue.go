package content

import (
	"bytes"
	"strings"
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

// standfirst keeps the summary between a news headline and the first
// paragraph, which the model takes for a teaser: it says what the page says of
// itself for others to show.
func (d *document) standfirst(keep []bool) {
	summary := d.said().Summary
	if !d.data.news || len(words(summary)) < 6 {
		return
	}
	head := d.headBlock()
	for i := max(head, 0); i < len(d.Blocks) && i < head+30; i++ {
		b := &d.Blocks[i]
		if keep[i] && b.Words >= 20 && !d.sameAs(i, summary) {
			return
		}
		if b.Words >= 6 && b.Words < 90 && d.odds[i] > lost && d.sameAs(i, summary) && b.Marks&block.InCaption == 0 {
			keep[i] = true
			return
		}
	}
}

// sameAs reports whether a block says the same as a text, one of them perhaps
// cut short.
func (d *document) sameAs(i int, text string) bool {
	a, b := letters(d.String(i)), letters(text)
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) > 24 && (strings.HasPrefix(b, a) || likeness(d.String(i), text) > 0.85)
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
