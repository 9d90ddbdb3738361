package content

import (
	"regexp"
	"strings"
	"time"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// htmlLines returns the lines of a page, pictures included.
func htmlLines(p *block.Page, r *rule, at time.Time) []line {
	lines := make([]line, 0, len(p.Blocks))
	for i := range p.Blocks {
		b := &p.Blocks[i]
		lines = append(lines, line{
			text: p.String(i), gap: b.Gap, picture: b.Picture,
			item:  b.Marks&block.InList != 0,
			aside: b.Marks&(block.InNav|block.InFooter) != 0,
		})
	}
	for _, a := range p.Anchors {
		for i := a.Block; i < len(p.Blocks) && p.Blocks[i].Start < a.End; i++ {
			lines[i].href = a.Href
		}
	}
	return readClocks(lines, r, at)
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
			l.text, l.item = b, true
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
		out = append(out, l)
	}
	return out
}

// gluedDate finds a date at the end of a short line that begins otherwise:
// "Business Insider26-05-2025".
var gluedDate = regexp.MustCompile(`(?i)^(.{2,60}?)\s*(?:time)?\s*(\d{1,2}-\d{1,2}-\d{4}|\d{1,3} (?:minutes?|hours?|days?|weeks?|months?) ago)$`)

// readGlued finds the publisher and date of an article's own page, which
// stand glued together.
func readGlued(lines []line, at time.Time) {
	for i := range lines {
		l := &lines[i]
		if l.clock {
			return
		}
		if m := gluedDate.FindStringSubmatch(l.text); m != nil && !l.picture {
			if st, ok := readClock(m[2], at); ok {
				l.by, l.stamp, l.clock = strings.TrimSpace(m[1]), st, true
				return
			}
		}
	}
}

// body returns the text of a card, without the banner behind it and without
// what pictures say. A real paragraph behind a banner is still body.
func (c *cardPage) body(k *card) (text string, partial bool) {
	var b strings.Builder
	banner := false
	for _, l := range c.lines[k.body:k.to] {
		t, end := l.text, false
		if l.picture || l.aside || c.rule.more.MatchString(t) || same(t, k.title) {
			continue
		}
		if t, end = c.cutBanner(t); end {
			banner = true
		}
		if t == "" || banner && !end && !weighty(t) {
			c.cut(l.text)
			continue
		}
		if why := promo(t); why != "" {
			c.cuts = append(c.cuts, cutOf(why, t))
			partial = partial || why == "read-more"
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n"[:l.gap])
		}
		b.WriteString(t)
	}
	text = b.String()
	return text, partial || strings.HasSuffix(text, "…") || strings.HasSuffix(text, "...")
}

func (c *cardPage) cut(text string) {
	c.cuts = append(c.cuts, cutOf(c.rule.Name+"/banner", text))
}

// cutBanner returns a line without the banner at its end, and whether there
// was one.
func (c *cardPage) cutBanner(t string) (string, bool) {
	if len(t) < 600 && c.rule.banner.MatchString(t) && !weighty(c.rule.banner.ReplaceAllString(t, "")) {
		if rest, found := splitBanner(t); found {
			return rest, true
		}
		return "", true
	}
	return splitBanner(t)
}

// weighty reports whether a line is long enough to be a paragraph of news.
func weighty(t string) bool { return strings.Count(t, " ") >= 30 }

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
