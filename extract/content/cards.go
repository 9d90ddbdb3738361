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
	plain   string // see plainWords
	gap     block.Gap
	href    string // of the link around it
	list    int    // the list or item of one it stands in; 0 if none
	linked  bool   // all of it is in links
	heading bool
	picture bool // what a picture says
	aside   bool // in a menu or at the foot of the page
	stamp   extract.Stamp
	clock   bool // the line is a date, perhaps with the publisher before it
	by      string
}

// A card is one article told on a page of several.
type card struct {
	from, to   int // lines
	date       int // the line with its date
	href       string
	title      string
	publisher  string
	categories []string
	stamp      extract.Stamp
	body       int  // first line of the body
	sure       bool // it has a link, or its title stands twice
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

// mostCards bounds how many articles a page tells.
const mostCards = 500

// find returns the cards of the page: every date heads one. Where one card
// has a link, or its title twice, they all have: another date is one in the
// words of an article.
func (c *cardPage) find() []card {
	var cards []card
	low := 0
	for i := range c.lines {
		if len(cards) == mostCards {
			break
		}
		if !c.lines[i].clock || c.lines[i].aside || i < low {
			continue
		}
		k, ok := c.head(low, i)
		n := len(cards)
		if !ok || n > 0 && cards[0].sure && !k.sure {
			continue
		}
		if n > 0 {
			cards[n-1].to = k.from
		}
		k.to = len(c.lines)
		c.after(&k, i)
		cards = append(cards, k)
		low = k.body
	}
	for i := range cards {
		c.end(&cards[i])
	}
	return cards
}

// end lets a card end where one without a date begins: a link to another
// article around a picture, or around words that stand twice.
func (c *cardPage) end(k *card) {
	for j := k.body; j < k.to; j++ {
		l := &c.lines[j]
		if key := c.rule.key(l.href); key != "" && key != c.rule.key(k.href) && (l.picture || l.linked && c.again(j, j)) {
			k.to = j
			return
		}
	}
}

// after reads what stands behind the date on line i: category and publisher
// as a list, the headline once more, and where the body begins.
func (c *cardPage) after(k *card, i int) {
	end := c.headline(k, i)
	if end < 0 {
		end = c.labels(k, i)
	}
	for j := i + 1; j < end; j++ {
		if l := &c.lines[j]; !l.picture && l.text != "" && !pagerLine(l.text) {
			k.categories = append(k.categories, label(l.text))
		}
	}
	k.label()
	for end < len(c.lines) && c.repeats(k, end) {
		end++
	}
	k.body = end
}

// repeats reports whether line j, before the body of a card, says nothing new:
// its title, or a picture, unless these begin another card.
func (c *cardPage) repeats(k *card, j int) bool {
	l := &c.lines[j]
	if l.href != k.href && c.rule.link.MatchString(l.href) || l.clock || c.opens(j, k) {
		return false
	}
	return l.picture || same(l.text, k.title)
}

// mostLabels bounds how many categories a card has.
const mostLabels = 6

// labels returns the end of the lines behind the date on line i that are a
// list, or short and end in the publisher.
func (c *cardPage) labels(k *card, i int) int {
	end := i + 1
	for j := i + 1; j < min(len(c.lines), i+1+mostLabels); j++ {
		l := &c.lines[j]
		if l.clock || len(l.text) > 80 || same(l.text, k.title) || l.href != k.href && c.rule.link.MatchString(l.href) {
			break
		}
		if c.listed(j, i) && j == end || k.publisher != "" && same(l.text, k.publisher) {
			end = j + 1
		}
	}
	if end == i+1 && k.publisher == "" {
		return c.names(end)
	}
	return end
}

// names returns the end of up to three names from line j on that stand before
// a sentence.
func (c *cardPage) names(j int) int {
	end := j
	for end < min(len(c.lines), j+4) && named(&c.lines[end]) {
		end++
	}
	if end == j+4 || end == len(c.lines) || !sentence(c.lines[end]) {
		return j
	}
	return end
}

// headline returns the line behind the date on line i that says the title
// once more; -1 if none does before the body begins.
func (c *cardPage) headline(k *card, i int) int {
	for j := i + 1; j < min(len(c.lines), i+9); j++ {
		switch l := &c.lines[j]; {
		case same(l.text, k.title) && !c.opens(j, k):
			return j
		case len(l.text) > 80 || l.clock:
			return -1
		}
	}
	return -1
}

// opens reports whether line j begins the same article once more: a date comes
// before a line of its body.
func (c *cardPage) opens(j int, k *card) bool {
	for _, l := range c.lines[j:min(len(c.lines), j+6)] {
		if l.clock {
			return true
		}
		if len(l.text) > 80 && !same(l.text, k.title) {
			return false
		}
	}
	return false
}

// undated returns the article of its own page that has no date before line to:
// it begins where its title stands first.
func (c *cardPage) undated(title string, to int) (card, bool) {
	for j := range c.lines[:to] {
		if c.lines[j].aside || !same(c.lines[j].text, title) {
			continue
		}
		k := card{from: j, to: to, title: c.fullest(title, j, j)}
		for j < to && (c.lines[j].picture || same(c.lines[j].text, k.title)) {
			j++
		}
		k.date = j - 1
		if c.signed(j, to) {
			k.publisher, k.date = c.lines[j].text, j
		}
		c.after(&k, k.date)
		return k, k.body < to
	}
	return card{}, false
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
func same(a, b string) bool { return samePlain(plainWords(a), plainWords(b)) }

func samePlain(a, b string) bool {
	if a == b {
		return a != ""
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return strings.HasSuffix(a, "…") && len(a) > 20 && strings.HasPrefix(b, strings.TrimRight(a, " …"))
}

// plainWords returns a line in small letters, without what differs from one
// place to the other: spaces, the dots of a cut, the stop at the end.
func plainWords(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "...", "…")
	return strings.TrimRight(strings.Join(strings.Fields(s), " "), " .:")
}
