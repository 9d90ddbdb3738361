package content

import (
	"regexp"

	"golang.org/x/net/html/atom"

	"tenure/extract/content/internal/block"
)

// sure is the log odds from which on the model is trusted against the rules.
const sure = 2.5

// prune takes away kept blocks that are surely no part of an article, and
// tells what was cut.
func (d *document) prune(keep []bool, whole bool) {
	for i := range d.Blocks {
		why := "block"
		if keep[i] {
			why = d.judge(i, whole)
		}
		if why != "" {
			keep[i] = false
			d.cut(why, i)
		}
	}
}

// judge returns the rule by which a block is no part of the article; nothing
// if there is none. In a fragment, which no model has looked at, elements that
// are menus by their kind count too.
func (d *document) judge(i int, whole bool) string {
	b := &d.Blocks[i]
	if m := b.Marks & (block.InNav | block.InFooter | block.InDialog); m != 0 && !whole {
		return markName(m)
	}
	if d.bannerBox(b.Box) {
		return "app-banner"
	}
	if whole && b.Words < 40 && (b.Tag == atom.H1 || i < 12) && same(d.String(i), d.title()) {
		return "title"
	}
	if whole && (d.odds == nil || d.odds[i] < sure) {
		if why := d.topLine(i); why != "" {
			return why
		}
	}
	if b.Words > 60 || d.odds != nil && d.odds[i] > sure {
		return ""
	}
	return promo(d.String(i))
}

func markName(m block.Marks) string {
	switch {
	case m&block.InNav != 0:
		return "nav"
	case m&block.InFooter != 0:
		return "footer"
	case m&block.InAside != 0:
		return "aside"
	case m&block.InForm != 0:
		return "form"
	}
	return "dialog"
}

// mostCuts bounds how many pieces are told of.
const mostCuts = 400

func (d *document) cut(rule string, i int) {
	if len(d.cuts) < mostCuts {
		d.cuts = append(d.cuts, cutOf(rule, d.String(i)))
	}
}

var bannerClass = regexp.MustCompile(`(?i)app-?banner|app-?download|download-?app|smart-?banner|cookie-?(?:banner|consent)|newsletter-?sign-?up`)

// bannerBox reports whether a box, or one of the three around it, is named as
// a banner for an app, a newsletter or consent.
func (d *document) bannerBox(x int) bool {
	for up := 0; x >= 0 && up < 3; up++ {
		if n := d.Boxes[x].Node; bannerClass.MatchString(block.Attr(n, "class")) || bannerClass.MatchString(block.Attr(n, "id")) {
			return true
		}
		x = d.Boxes[x].Parent
	}
	return false
}
