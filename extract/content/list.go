package content

import (
	"strings"

	"tenure/extract/content/internal/block"
)

// lists reports whether the page is one of links: little text of its own
// beside many links whose words read as headlines.
func (d *document) lists(keep []bool) bool {
	words, paras := 0, 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if own := b.Words - b.LinkedWords(); keep[i] {
			words += own
			if own >= 25 {
				paras++
			}
		}
	}
	headlines := 0
	for i := range d.Anchors {
		a := &d.Anchors[i]
		if a.Marks&(block.InNav|block.InFooter) == 0 && a.End-a.Start >= 25 {
			headlines++
		}
	}
	if d.data.article && words >= 60 {
		return false
	}
	switch d.head.first("og:type") {
	case "article":
		return words < 30 && headlines >= 5
	}
	listy := d.url != nil && (strings.Trim(d.url.Path, "/") == "" || listPath.MatchString(d.url.Path))
	switch {
	case words < 50 && headlines >= 3, listy && headlines >= 3 && paras <= headlines:
		return true
	}
	return headlines >= 8 && words < 12*headlines && paras < headlines/2
}
