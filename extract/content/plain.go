package content

import (
	"strings"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// readPlain reads a text without markup: a page of cards saved as text, or
// an article whose first line may be its headline.
func readPlain(p extract.Page, text, degraded string) (extract.Reading, error) {
	d := newDocument(new(block.Page), p)
	d.degraded = degraded
	for _, r := range rules() {
		if !r.cards() {
			continue
		}
		c := &cardPage{rule: r, lines: textLines(text, r, p.At), at: p.At, bare: true}
		if rd, ok := d.textCards(c); ok {
			return d.finish(rd)
		}
	}
	a := plainArticle(text)
	if a.Text == "" && a.Title == "" {
		return extract.Reading{}, &Error{Reason: "empty"}
	}
	a.URL, a.Lang = p.URL, guessLang(a.Text)
	return d.finish(extract.Reading{Articles: []*extract.Article{a}})
}

// textCards reads a page of cards saved as text. Its cards have no links;
// the only card of a page has the page's address.
func (d *document) textCards(c *cardPage) (extract.Reading, bool) {
	_, headed := c.heading()
	if !headed {
		readGlued(c.lines[:min(len(c.lines), 12)], c.at)
		c.own = true
	}
	cards := c.find()
	if !headed && (len(cards) != 1 || !c.doubled(&cards[0])) {
		return extract.Reading{}, false
	}
	rd := d.cardArticles(c, cards)
	if len(rd.Articles) == 1 {
		rd.Articles[0].URL = d.in.URL
	}
	return rd, true
}

// doubled reports whether the card's title stands twice on end, as only this
// kind of page has it.
func (c *cardPage) doubled(k *card) bool {
	for i := k.from; i+1 < k.body; i++ {
		if same(c.lines[i].text, k.title) && same(c.lines[i+1].text, k.title) {
			return true
		}
	}
	return false
}

// plainArticle keeps a text as it is, and takes its headline for the title.
func plainArticle(text string) *extract.Article {
	a := &extract.Article{Text: cleanText(text)}
	first, _, _ := strings.Cut(a.Text, "\n")
	if t := cleanLine(first); headline(t, a.Text) {
		a.Title = t
	}
	return a
}

// headline reports whether the first line of a text is its headline: short,
// without a full stop, and an empty line and a longer paragraph behind it.
func headline(t, text string) bool {
	_, rest, ok := strings.Cut(strings.TrimLeft(text, "\ufeff \t\r\n"), "\n")
	if !ok || len(t) > 200 || strings.HasSuffix(t, ".") || strings.HasSuffix(t, "。") || strings.HasSuffix(t, ",") || strings.Contains(t, ": ") && len(t) < 60 {
		return false
	}
	if !strings.HasPrefix(strings.TrimLeft(rest, " \t\r"), "\n") {
		return false
	}
	next, _, _ := strings.Cut(strings.TrimSpace(rest), "\n")
	return countLine(t) >= 4 && len(next) > len(t) && len(next) > 80
}

// cleanText drops what leaves no mark from a text and keeps the rest, spaces
// and line breaks included, as it stands.
func cleanText(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.TrimSpace(strings.Map(shown, s))
}

// cleanLine is cleanText that collapses white space too.
func cleanLine(s string) string { return strings.Join(strings.Fields(strings.Map(shown, s)), " ") }

func shown(r rune) rune {
	switch {
	case block.Invisible(r) && r != 0x200c && r != 0x200d && r != 0xfe0f:
		return -1
	case r == '\r' || r == 0x2028 || r == 0x2029:
		return '\n'
	case r < ' ' && r != '\t' && r != '\n' || r >= 0x7f && r < 0xa0:
		return -1
	case r == 0xa0 || r == 0x202f:
		return ' '
	}
	return r
}
