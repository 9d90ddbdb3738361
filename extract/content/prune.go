package content

import (
	"strings"

	"tenure/extract/content/internal/block"
)

// prune takes away kept blocks that are surely no part of an article, and
// tells what was cut.
func (d *document) prune(keep []bool, whole bool) {
	title := d.title()
	dropped := block.InNav | block.InFooter | block.InDialog
	if whole {
		dropped |= block.InAside | block.InForm
	}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !keep[i] {
			d.cut("block", i)
			continue
		}
		why := ""
		switch {
		case b.Marks&dropped != 0:
			why = markName(b.Marks & dropped)
		case d.bannerBox(b.Box):
			why = "app-banner"
		case b.Words < 120 || b.End-b.Start < 500:
			why = promo(d.String(i))
		}
		if why == "" && whole && (b.Tag.String() == "h1" || i < 12) && same(d.String(i), title) {
			why = "title"
		}
		if why != "" {
			keep[i] = false
			d.cut(why, i)
		}
	}
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

// bannerBox reports whether a box, or one of the three around it, is named as
// a banner for an app, a newsletter or consent.
func (d *document) bannerBox(x int) bool {
	for up := 0; x >= 0 && up < 3; up++ {
		class := strings.ToLower(block.Attr(d.Boxes[x].Node, "class") + " " + block.Attr(d.Boxes[x].Node, "id"))
		for _, s := range []string{"app-banner", "appbanner", "app-download", "download-app", "cookie-banner", "cookie-consent", "newsletter-signup", "smartbanner"} {
			if strings.Contains(class, s) {
				return true
			}
		}
		x = d.Boxes[x].Parent
	}
	return false
}
