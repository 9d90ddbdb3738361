package content

import (
	"slices"

	"golang.org/x/net/html/atom"

	"tenure/extract/content/internal/block"
)

// sure is the log odds from which on the model is trusted against the rules.
const sure = 2.5

// drop takes a kept block away, by the named rule.
func (d *document) drop(keep []bool, i int, rule string) {
	keep[i] = false
	if d.dropped == nil {
		d.dropped = make(map[int]string)
	}
	d.dropped[i] = rule
}

// tell notes what was not kept, in page order, and by which rule; what no rule
// took the model did not want.
func (d *document) tell(keep []bool) {
	n := 0
	for i := range keep {
		if !keep[i] {
			n++
		}
	}
	d.cuts = slices.Grow(d.cuts, min(n, mostCuts))
	for i := range d.Blocks {
		if keep[i] {
			continue
		}
		if rule := d.dropped[i]; rule != "" {
			d.cut(rule, i)
		} else if len(d.cuts) < mostCuts/2 {
			d.cut("block", i)
		}
	}
}

// prune takes away kept blocks that are surely no part of an article.
func (d *document) prune(keep []bool, whole bool) {
	copies := d.copies(keep)
	for i := range d.Blocks {
		if !keep[i] {
			continue
		}
		why := d.judge(i, whole)
		if why == "" && d.again(copies, i, whole) {
			why = "repeated"
		}
		if why != "" {
			d.drop(keep, i, why)
		}
	}
}

// copyWords is how many words a block must have to be a notice.
const copyWords = 12

// copies counts how often each kept paragraph stands on the page: a notice
// under every section is said once. Label lines are not counted; two people
// may have been somewhere for the same time. There is no map if nothing stands
// there more than twice.
func (d *document) copies(keep []bool) map[uint32]int {
	n, most := make(map[uint32]int), 0
	for i := range d.Blocks {
		if b := &d.Blocks[i]; keep[i] && b.Words >= copyWords && !labelLine(b, d.Bytes(i)) {
			h := d.Hash(i)
			n[h]++
			most = max(most, n[h])
		}
	}
	if most <= 2 {
		return nil
	}
	return n
}

// again reports whether a block was met before that stands on the page more
// than twice; it notes that it was. Only blocks that copies counts are hashed.
func (d *document) again(copies map[uint32]int, i int, whole bool) bool {
	if len(copies) == 0 || d.Blocks[i].Words < copyWords {
		return false
	}
	h := d.Hash(i)
	n, ok := copies[h]
	if whole && n > 2 {
		copies[h] = 0 // the first stays
		return false
	}
	return ok && n == 0
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
	return promo(d.String(i), b.Words)
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

// mostCuts bounds how many pieces are told of; half of them are kept for what
// rules took away.
const mostCuts = 800

func (d *document) cut(rule string, i int) {
	if len(d.cuts) < mostCuts {
		d.cuts = append(d.cuts, cutOf(rule, d.String(i)))
	}
}

// bannerNames are pairs of words that stand side by side in the class or id of
// a banner for an app, a newsletter or consent.
var bannerNames = [...][2]uint32{
	pair("app", "banner"), pair("app", "download"), pair("download", "app"), pair("smart", "banner"), pair("cookie", "banner"),
	pair("cookie", "consent"), pair("consent", "banner"), pair("newsletter", "signup"), pair("newsletter", "sign"),
}

var bannerWords = [...]uint32{block.Token("appbanner"), block.Token("smartbanner"), block.Token("cookieconsent"), block.Token("cookiebanner")}

func pair(a, b string) [2]uint32 { return [2]uint32{block.Token(a), block.Token(b)} }

// bannerBox reports whether a box, or one of the two around it, is named as a
// banner.
func (d *document) bannerBox(x int) bool {
	if d.banners == nil {
		d.findBanners()
	}
	return x >= 0 && d.banners[x] > 0
}

// findBanners notes for every box how many elements further in a banner's name
// still counts.
func (d *document) findBanners() {
	d.banners = make([]uint8, len(d.Boxes)+1)
	for i := range d.Boxes {
		x := &d.Boxes[i]
		if x.Parent >= 0 && d.banners[x.Parent] > 0 {
			d.banners[i] = d.banners[x.Parent] - 1
		}
		if bannerNamed(d.Tokens[x.Tokens[0]:x.Tokens[1]]) {
			d.banners[i] = 3
		}
	}
}

func bannerNamed(tokens []uint32) bool {
	for i, t := range tokens {
		if slices.Contains(bannerWords[:], t) || i > 0 && slices.Contains(bannerNames[:], [2]uint32{tokens[i-1], t}) {
			return true
		}
	}
	return false
}
