package content

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// head reads what stands before the date on line i: the title, twice, and
// the publisher.
func (c *cardPage) head(low, i int) (card, bool) {
	k := card{from: c.start(low, i), date: i, stamp: c.lines[i].stamp, publisher: c.lines[i].by}
	for _, l := range c.lines[k.from:i] {
		if k.href == "" && c.rule.link.MatchString(l.href) {
			k.href = l.href
		}
	}
	var twice bool
	k.title, twice = c.title(&k)
	k.sure = twice || k.href != ""
	if k.publisher == "" {
		k.publisher = c.publisher(&k)
	}
	return k, k.title != ""
}

// publisher returns the short line before a date that the list behind the date
// says again; else the first one, or the last where the body stands before.
func (c *cardPage) publisher(k *card) string {
	best, long := "", false
	for j := k.from; j < k.date; j++ {
		l := &c.lines[j]
		switch {
		case l.picture || same(l.text, k.title) || c.listed(j, k.date) || !strings.ContainsFunc(l.text, unicode.IsLetter):
		case len(l.text) > 80:
			long = true
		case c.behind(l.text, k.date):
			return label(l.text)
		case best == "" || long:
			best = label(l.text)
		}
	}
	return best
}

// label returns a line without what parts it from the next one on a page.
func label(t string) string { return strings.Trim(t, " ·•|,/–—-:") }

// behind reports whether a line stands again soon behind the date on line i.
func (c *cardPage) behind(text string, i int) bool {
	for _, l := range c.lines[i+1 : min(len(c.lines), i+6)] {
		if same(label(l.text), label(text)) {
			return true
		}
	}
	return false
}

// listed reports whether line j stands in a list in which line i does not.
func (c *cardPage) listed(j, i int) bool {
	return c.lines[j].list != 0 && c.lines[j].list != c.lines[i].list
}

// mostLines bounds how many lines of a card are looked at before its date:
// its body may stand there.
const mostLines = 120

// start returns the first line of the card whose date is on line i: where its
// link begins or, without links, where the title stands for the first time.
func (c *cardPage) start(low, i int) int {
	first, href := -1, ""
	for j := i - 1; j >= max(low, i-mostLines); j-- {
		h := c.lines[j].href
		if h == "" || !c.rule.link.MatchString(h) {
			continue
		}
		if href != "" && h != href {
			break
		}
		first, href = j, h
		if c.lines[j].picture && c.again(j, i) && (j == low || !same(c.lines[j-1].text, c.lines[j].text)) {
			break // the same link before it is the same article's, told before
		}
	}
	if first >= 0 {
		return first
	}
	for j := max(low, i-6); j < i; j++ {
		if len(c.lines[j].text) > 2 && c.again(j, i) {
			return j
		}
	}
	return max(low, i-2)
}

// again reports whether line j stands once more near the date on line i, not in
// the link to another article; what a picture says, not in another picture.
func (c *cardPage) again(j, i int) bool {
	for n := j + 1; n < min(len(c.lines), i+9); n++ {
		l := &c.lines[n]
		if samePlain(l.plain, c.lines[j].plain) && !(l.picture && c.lines[j].picture) && (l.href == "" || l.href == c.lines[j].href || !c.rule.link.MatchString(l.href)) {
			return true
		}
	}
	return false
}

// title returns the first words of the card that are said more than once; else
// the words of its link, else the longest line before the date. What is said
// again but is shorter than the words of the link is the publisher.
func (c *cardPage) title(k *card) (title string, twice bool) {
	linked, shown, long := "", "", ""
	for _, l := range c.lines[k.from:k.date] {
		switch own := k.href != "" && l.href == k.href; {
		case len(l.text) > 400:
		case own && l.picture:
			shown = longer(shown, l.text)
		case own && linked == "":
			linked = l.text
		case !own:
			long = longer(long, l.text)
		}
	}
	for j := k.from; j < k.date; j++ {
		l := &c.lines[j]
		if len(l.text) > 2 && len(l.text) < 400 && (l.href == k.href || len(l.text) >= len(linked)) && c.again(j, k.date) {
			return c.fullest(l.text, j, k.date), true
		}
	}
	return first(linked, shown, long), false
}

func longer(a, b string) string {
	if len(b) > len(a) {
		return b
	}
	return a
}

// fullest returns the longest spelling of a title, one of which may be cut.
func (c *cardPage) fullest(t string, j, i int) string {
	for n := j; n < min(len(c.lines), i+9); n++ {
		if u := c.lines[n].text; same(u, t) && len(u) > len(t) {
			t = u
		}
	}
	return t
}

// signed reports whether line j is the name of a publisher, before a longer
// line or a sentence.
func (c *cardPage) signed(j, to int) bool {
	if j >= to || !named(&c.lines[j]) {
		return false
	}
	for _, n := range c.lines[j+1 : to] {
		if !n.picture {
			return len(n.text) > len(c.lines[j].text) || strings.HasSuffix(n.text, ".")
		}
	}
	return false
}

// named reports whether a line may be a name: a few words that begin with
// capitals, but for the small ones.
func named(l *line) bool {
	last, _ := utf8.DecodeLastRuneInString(l.text)
	if len(l.text) > 60 || strings.Count(l.text, " ") > 5 || l.heading || l.picture || l.clock || !wordly(last) && last != ')' {
		return false
	}
	for i, w := range strings.Fields(l.text) {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(r) && (i == 0 || !smallWords[w]) {
			return false
		}
	}
	return l.text != ""
}

// smallWords are those written small in names.
var smallWords = set("of", "the", "and", "for", "in", "on", "de", "du", "des", "la", "le", "les", "el", "del", "di", "da", "do", "der", "die", "das", "und", "et", "e", "y", "van", "von", "am", "i")
