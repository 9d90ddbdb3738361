package content

import (
	"strings"

	"tenure/extract/content/internal/block"
)

// indexPath finds addresses of pages that list others.
var indexPath = compiled(`(?i)/(?:tags?|topics?|themen?|authors?|autore?n?|category|categories|section|search|archives?|labels?)(?:/|$)`)

// lists reports whether the page only lists others: little text of its own
// beside links whose words read as headlines.
func (d *document) lists(keep []bool) bool {
	own, headlines := d.ownWords(keep), d.headlines()
	said := d.data.article || d.head.first("og:type") == "article"
	index := d.data.list && !said || d.url != nil && (strings.Trim(d.url.Path, "/") == "" || indexPath().MatchString(d.url.Path))
	switch {
	case headlines < 3:
		return false
	case index && !said && own < 15*headlines:
		return true
	case own >= 80, said && own >= 30:
		return false
	}
	return own < 40 || headlines >= 8
}

// ownWords counts the kept words that are not in links and not beside a
// headline that leads elsewhere, as the words of a teaser are.
func (d *document) ownWords(keep []bool) int {
	n := 0
	for i := range d.Blocks {
		if b := &d.Blocks[i]; keep[i] && !d.teaser(i) {
			n += b.Words - b.LinkedWords()
		}
	}
	return n
}

// teaser reports whether a block of at most two sentences or so stands next to
// a linked headline, and the model is not sure that it is content.
func (d *document) teaser(i int) bool {
	if d.Blocks[i].Words > 60 || d.odds != nil && d.odds[i] > 1 {
		return false
	}
	for _, j := range []int{i - 2, i - 1, i + 1} {
		if j >= 0 && j < len(d.Blocks) {
			if b := &d.Blocks[j]; b.Words >= 4 && b.LinkedWords()*5 >= b.Words*4 {
				return true
			}
		}
	}
	return false
}

// headlines counts the links outside menus whose words are as long as
// headlines.
func (d *document) headlines() int {
	n := 0
	for i := range d.Anchors {
		a := &d.Anchors[i]
		if a.Marks&(block.InNav|block.InFooter) == 0 && a.End-a.Start >= 25 {
			n++
		}
	}
	return n
}
