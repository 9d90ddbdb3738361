package content

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// htmlLines returns the lines of a page, pictures included.
func htmlLines(p *block.Page, r *rule, at time.Time) []line {
	lines := make([]line, 0, len(p.Blocks))
	lists := listsOf(p)
	for i := range p.Blocks {
		b := &p.Blocks[i]
		l := line{
			text: p.String(i), gap: b.Gap, picture: b.Picture,
			linked: b.Words > 0 && b.LinkedWords() >= b.Words, heading: b.Marks&block.InHeading != 0,
			aside: b.Marks&(block.InNav|block.InFooter) != 0,
		}
		if b.Box >= 0 {
			l.list = lists[b.Box]
		}
		lines = append(lines, l)
	}
	for _, a := range p.Anchors {
		for i := a.Block; i < len(p.Blocks) && p.Blocks[i].Start < a.End; i++ {
			lines[i].href = a.Href
		}
	}
	return readClocks(lines, r, at)
}

// listsOf returns for every box the innermost list or list item around it,
// counted from one.
func listsOf(p *block.Page) []int {
	lists := make([]int, len(p.Boxes))
	for i := range p.Boxes {
		switch b := &p.Boxes[i]; {
		case b.Tag == atom.Li || b.Tag == atom.Ul || b.Tag == atom.Ol || b.Tag == atom.Dl || b.Tag == atom.Dd || b.Tag == atom.Dt:
			lists[i] = i + 1
		case b.Parent >= 0:
			lists[i] = lists[b.Parent]
		}
	}
	return lists
}

// textLines returns the lines of a page saved as text.
func textLines(text string, r *rule, at time.Time) []line {
	var lines []line
	gap := block.Paragraph
	for s := range strings.Lines(text) {
		t := cleanLine(s)
		if t == "" {
			gap = block.Paragraph
			continue
		}
		l := line{text: t, gap: gap}
		if b := strings.TrimLeft(t, "•*·‣▪- "); b != t && b != "" {
			l.text, l.list = b, len(lines)+1
		}
		lines = append(lines, l)
		gap = block.Line
	}
	return readClocks(lines, r, at)
}

// readClocks finds the dates among the lines. The picture of a clock and the
// date behind it become one line.
func readClocks(lines []line, r *rule, at time.Time) []line {
	out := lines[:0]
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if l.picture && strings.EqualFold(l.text, r.Clock) && i+1 < len(lines) {
			if st, ok := readClock(lines[i+1].text, at); ok {
				i++
				l = lines[i]
				l.stamp, l.clock = st, true
			}
		} else if rest, ok := strings.CutPrefix(l.text, r.Clock); ok && !l.picture {
			l.stamp, l.clock = readClock(rest, at)
		}
		if !l.clock && !l.picture {
			l.stamp, l.clock = readClock(l.text, at)
		}
		l.plain = plainWords(l.text)
		out = append(out, l)
	}
	return out
}

// gluedDate finds a date at the end of a short line that begins otherwise:
// "Business Insider26-05-2025".
var gluedDate = compiled(`(?i)^(.{2,60}?)\s*(?:time)?\s*(\d{1,2}[-./]\d{1,2}[-./]\d{4}|(?:\d{1,3}|an?) (?:minutes?|hours?|days?|weeks?|months?|years?) ago|yesterday|just now)$`)

// readGlued finds the publisher and date of an article's own page, which
// stand glued together.
func readGlued(lines []line, at time.Time) {
	for i := range lines {
		l := &lines[i]
		if l.clock {
			return
		}
		if m := gluedDate().FindStringSubmatch(l.text); m != nil && !l.picture {
			if st, ok := readClock(m[2], at); ok {
				l.by, l.stamp, l.clock = strings.TrimSpace(m[1]), st, true
				return
			}
		}
	}
}

// body returns the text of a card, without the banner behind it and without
// what pictures say; partial if it is cut short.
func (c *cardPage) body(k *card) (text string, partial bool) {
	lines, partial := c.told(k, k.body, k.to)
	lines = c.trim(k, lines)
	if len(lines) == 0 {
		before, cut := c.told(k, k.from, k.date)
		if before = c.trim(k, before); slices.ContainsFunc(before, sentence) {
			lines, partial = before, cut
		}
	}
	var b strings.Builder
	for _, l := range lines {
		if b.Len() > 0 {
			b.WriteString("\n\n"[:l.gap])
		}
		b.WriteString(l.text)
	}
	text = b.String()
	return text, partial || clipped(text)
}

// told returns the lines from up to to that tell something. A real paragraph
// behind a banner still does.
func (c *cardPage) told(k *card, from, to int) (out []line, partial bool) {
	banner := false
	for _, l := range c.lines[from:to] {
		if l.picture || l.aside || l.linked && pagerLine(l.text) || same(l.text, k.title) || from < k.date && same(l.text, k.publisher) {
			continue
		}
		if c.rule.banner.MatchString(l.text) || banner && !weighty(l.text) {
			banner = true
			c.cut("banner", l.text)
			continue
		}
		t, cut := cutBanners(l.text, false)
		for _, s := range cut {
			banner = true
			c.cut("banner", s)
		}
		if t == "" {
			continue
		}
		if why := promo(t, block.WordCount([]byte(t))); why != "" {
			c.cuts = append(c.cuts, cutOf(why, t))
			partial = partial || why == "read-more"
			continue
		}
		l.text = t
		out = append(out, l)
	}
	return repeats(out), partial
}

// repeats drops lines that are the beginning of another, cut short.
func repeats(lines []line) []line {
	if len(lines) > mostLines {
		return lines
	}
	return slices.DeleteFunc(lines, func(l line) bool {
		return clipped(l.text) && slices.ContainsFunc(lines, func(o line) bool { return len(o.text) > len(l.text) && same(l.text, o.text) })
	})
}

func clipped(t string) bool { return strings.HasSuffix(t, "…") || strings.HasSuffix(t, "...") }

// trim drops what stands at the edges of a card and leads elsewhere: links,
// tags, pagers, the heading of what comes next.
func (c *cardPage) trim(k *card, lines []line) []line {
	for len(lines) > 0 && c.edge(k, &lines[0]) {
		c.cut("edge", lines[0].text)
		lines = lines[1:]
	}
	for n := len(lines) - 1; n >= 0; n-- {
		l := &lines[n]
		if !c.edge(k, l) && !(l.heading && n > 0 && !sentence(*l)) {
			break
		}
		c.cut("edge", l.text)
		lines = lines[:n]
	}
	return lines
}

// edge reports whether a line leads to something else than the card's article,
// or by a few words to the article itself.
func (c *cardPage) edge(k *card, l *line) bool {
	if l.linked && !weighty(l.text) && (l.href != k.href || !sentence(*l)) {
		return true
	}
	return pagerLine(l.text) || hashtags(l.text) || headsOthers(l.text) || c.rule.heading.MatchString(l.text)
}

// sentence reports whether a line reads as one, or as a label and its value.
func sentence(l line) bool {
	n := countLine(l.text)
	return n >= 8 || n >= 3 && (strings.HasSuffix(l.text, ".") || strings.HasSuffix(l.text, "。") || strings.Contains(l.text, ": "))
}

func (c *cardPage) cut(what, text string) {
	if len(c.cuts) < mostCuts {
		c.cuts = append(c.cuts, cutOf(c.rule.Name+"/"+what, text))
	}
}

// weighty reports whether a line is long enough to be a paragraph of news.
func weighty(t string) bool { return countLine(t) > 30 }

// article makes the record of a card.
func (c *cardPage) article(k *card) *extract.Article {
	text, partial := c.body(k)
	return &extract.Article{Title: k.title, Publisher: k.publisher, Categories: k.categories,
		Published: k.stamp, Text: text, Partial: partial, Inline: !c.own}
}

// heading returns the tag that the page is about.
func (c *cardPage) heading() (tag string, ok bool) {
	for i := range c.lines {
		t := c.lines[i].text
		if c.lines[i].picture {
			continue
		}
		if m := c.rule.heading.FindStringSubmatch(t); m != nil {
			return strings.TrimLeft(strings.TrimSpace(m[1]), "#"), true
		}
	}
	return "", false
}

// site returns the site's name if its banner says it.
func (c *cardPage) site() string {
	for i := range c.lines {
		if m := c.rule.site.FindStringSubmatch(c.lines[i].text); m != nil {
			return m[1]
		}
	}
	return ""
}
