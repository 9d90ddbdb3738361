package content

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tenure/extract/content/internal/block"
)

// lost is the log odds below which not even a label line is kept.
const lost = -3.0

// rescue keeps what the model lost of a list of labelled lines ("Left Meta:
// February 2025"): such lines are short, as boilerplate is, but where some are
// content their neighbours are, and so is the name above them. A line whose
// label speaks of a career is content by itself, wherever a reader sees it.
func (d *document) rescue(keep []bool) {
	n := len(d.Blocks)
	labels, sure := make([]bool, n), make([]bool, n)
	kept := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		labels[i] = labelLine(b, d.Bytes(i))
		sure[i] = labels[i] && b.Marks&boilerplate == 0 && careerLabel(d.Bytes(i))
		keep[i] = keep[i] || sure[i]
		if labels[i] && keep[i] {
			kept++
		}
	}
	if kept < 2 && !slices.Contains(sure, true) {
		return
	}
	for i := 1; i < n; i++ {
		if labels[i] && keep[i-1] && !keep[i] && d.near(i-1, i) && d.possible(i) {
			keep[i] = true
		}
	}
	for i := n - 2; i >= 0; i-- {
		b, j := &d.Blocks[i], d.behindCaption(i+1)
		if labels[j] && keep[j] && !keep[i] && b.Words <= 8 && (sure[j] || d.near(i, j) && d.possible(i)) && b.LinkedWords()*2 <= b.Words {
			keep[i] = true
		}
	}
}

// behindCaption returns the first block from i on that is not what a picture
// shows, unless the page ends before.
func (d *document) behindCaption(i int) int {
	for j := i; j < min(i+3, len(d.Blocks)); j++ {
		if d.Blocks[j].Marks&(block.InCaption|block.InFigure) == 0 {
			return j
		}
	}
	return i
}

// possible reports whether the model, if it was asked, does not rule a block
// out.
func (d *document) possible(i int) bool { return d.odds == nil || d.odds[i] > lost }

// careerLabels begin the label of a line that tells of somebody's career.
var careerLabels = []string{
	"left", "departed", "exited", "joined", "rejoined", "hired", "appointed", "promoted", "retired", "resigned", "laid off", "fired",
	"time at", "time in", "years at", "years with", "years in", "tenure", "length of service", "still at", "still with", "stayed at",
	"current role", "current position", "current job", "current title", "current employer", "new role", "new position", "new job", "next role",
	"former role", "former position", "former title", "former employer", "previous role", "previous position", "previous employer", "last role", "previously",
	"role", "position", "job title", "now at", "now with", "moved to", "went to", "worked at", "founded", "co-founded", "successor", "predecessor", "replaced by",
	"outgoing", "incoming", "start date", "end date",
}

// careerLabel reports whether the words before the colon are such a label,
// alone or with a name behind it ("Left Meta").
func careerLabel(text []byte) bool {
	label, _, _ := bytes.Cut(text, []byte(":"))
	words := strings.ToLower(strings.Join(strings.Fields(string(label)), " "))
	return slices.ContainsFunc(careerLabels, func(l string) bool {
		rest, ok := strings.CutPrefix(words, l)
		return ok && (rest == "" || rest[0] == ' ')
	})
}

// standfirst keeps the summary between a news headline and the first
// paragraph, which the model takes for a teaser: it says what the page says of
// itself for others to show.
func (d *document) standfirst(keep []bool) {
	summary := d.said().Summary
	flat := letters(summary)
	if !d.data.news || len(flat) < 24 {
		return
	}
	head := d.headBlock()
	for i := max(head, 0); i < len(d.Blocks) && i < head+30; i++ {
		b := &d.Blocks[i]
		if b.Words < 6 || b.Words >= 90 {
			continue
		}
		same := d.sameAs(i, summary, flat)
		switch {
		case keep[i] && b.Words >= 20 && !same:
			return
		case same && d.odds[i] > lost && b.Marks&block.InCaption == 0:
			keep[i] = true
			return
		}
	}
}

// sameAs reports whether a block says the same as a text, one of them perhaps
// cut short; flat is the text's letters.
func (d *document) sameAs(i int, text, flat string) bool {
	a, b := letters(d.String(i)), flat
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
