package content

import (
	"strings"
	"time"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// A line is a line of a page as a reader sees it, pictures included: both a
// page and its copy saved as text are read as lines.
type line struct {
	text    string
	gap     block.Gap
	href    string // of the link around it
	item    bool   // in a list
	picture bool   // what a picture says
	aside   bool   // in a menu or at the foot of the page
	stamp   extract.Stamp
	clock   bool // the line is a date, perhaps with the publisher before it
	by      string
}

// A card is one article told on a page of several.
type card struct {
	from, to   int // lines
	href       string
	title      string
	publisher  string
	categories []string
	stamp      extract.Stamp
	body       int  // first line of the body
	twice      bool // the title stands more than once
}

// A cardPage is a page of cards being read.
type cardPage struct {
	rule  *rule
	lines []line
	own   bool // the page is an article's own
	bare  bool // the page has no links: it was saved as text
	at    time.Time
	cuts  []extract.Cut
}

// find returns the cards of the page: every date heads one.
func (c *cardPage) find() []card {
	var cards []card
	low := 0
	for i := range c.lines {
		if !c.lines[i].clock || c.lines[i].aside {
			continue
		}
		k, ok := c.head(low, i)
		if !ok || len(cards) > 0 && !c.heads(&k) {
			continue
		}
		if n := len(cards); n > 0 {
			cards[n-1].to = k.from
		}
		k.to = len(c.lines)
		c.after(&k, i)
		cards = append(cards, k)
		low = k.body
	}
	return cards
}

// heads reports whether a date behind the first belongs to another card and
// not to the body of the one before: it has a link to its article or, where
// cards have none, its title stands twice.
func (c *cardPage) heads(k *card) bool { return k.href != "" || c.bare && k.twice }

// head reads what stands before the date on line i: the title, twice, and
// the publisher.
func (c *cardPage) head(low, i int) (card, bool) {
	k := card{from: c.start(low, i), stamp: c.lines[i].stamp, publisher: c.lines[i].by}
	for _, l := range c.lines[k.from:i] {
		if k.href == "" && c.rule.link.MatchString(l.href) {
			k.href = l.href
		}
	}
	k.title, k.twice = c.title(k.from, i)
	if k.title == "" {
		return k, false
	}
	for _, l := range c.lines[k.from:i] {
		if k.publisher == "" && !l.picture && !same(l.text, k.title) && len(l.text) <= 80 && !l.item {
			k.publisher = l.text
		}
	}
	return k, true
}

// start returns the first line of the card whose date is on line i: where its
// link begins or, without links, where the title stands for the first time.
func (c *cardPage) start(low, i int) int {
	first, href := -1, ""
	for j := i - 1; j >= max(low, i-10); j-- {
		h := c.lines[j].href
		if h == "" || !c.rule.link.MatchString(h) {
			continue
		}
		if href != "" && h != href {
			break
		}
		first, href = j, h
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

// again reports whether line j stands once more near the date on line i.
func (c *cardPage) again(j, i int) bool {
	for n := j + 1; n < min(len(c.lines), i+9); n++ {
		if same(c.lines[n].text, c.lines[j].text) {
			return true
		}
	}
	return false
}

// title returns the words said more than once from line from on; else the
// longest line before the date.
func (c *cardPage) title(from, i int) (title string, twice bool) {
	best := ""
	for j := from; j < i; j++ {
		t := c.lines[j].text
		if c.again(j, i) && len(t) > 2 {
			return c.fullest(t, j, i), true
		}
		if len(t) > len(best) {
			best = t
		}
	}
	return best, false
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

// after reads what stands behind the date on line i: category and publisher
// as a list, the headline once more, and where the body begins.
func (c *cardPage) after(k *card, i int) {
	head := c.headline(k, i)
	j := i + 1
	for ; j < len(c.lines); j++ {
		l := &c.lines[j]
		if head < 0 && !l.item || head >= 0 && j >= head {
			break
		}
		if l.picture || l.text == "" {
			continue
		}
		k.categories = append(k.categories, l.text)
	}
	k.label()
	for j < len(c.lines) && (c.lines[j].picture || same(c.lines[j].text, k.title)) {
		j++
	}
	k.body = j
}

// headline returns the line behind the date on line i that says the title
// once more; -1 if none does before the body begins.
func (c *cardPage) headline(k *card, i int) int {
	for j := i + 1; j < min(len(c.lines), i+9); j++ {
		switch l := &c.lines[j]; {
		case same(l.text, k.title):
			return j
		case len(l.text) > 80:
			return -1
		}
	}
	return -1
}

// label parts the publisher from the categories.
func (k *card) label() {
	var rest []string
	for _, c := range k.categories {
		if k.publisher == "" || !same(c, k.publisher) {
			rest = append(rest, c)
		}
	}
	if k.publisher == "" && len(rest) > 0 {
		k.publisher, rest = rest[len(rest)-1], rest[:len(rest)-1]
	}
	k.categories = merge(rest, nil)
}

// same reports whether two lines say the same, one perhaps cut short.
func same(a, b string) bool {
	a, b = plainWords(a), plainWords(b)
	if a == b {
		return a != ""
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return strings.HasSuffix(a, "…") && len(a) > 20 && strings.HasPrefix(b, strings.TrimRight(a, " …"))
}

func plainWords(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "...", "…")
	return strings.TrimRight(strings.Join(strings.Fields(s), " "), " .:")
}
