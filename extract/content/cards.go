package content

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// A line is a line of a page as a reader sees it, pictures included: both a
// page and its copy saved as text are read as lines.
type line struct {
	text    string
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

// find returns the cards of the page: every date heads one. Where one card
// has a link, or its title twice, they all have: another date is one in the
// words of an article.
func (c *cardPage) find() []card {
	var cards []card
	low := 0
	for i := range c.lines {
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
		if same(l.text, c.lines[j].text) && !(l.picture && c.lines[j].picture) && (l.href == "" || l.href == c.lines[j].href || !c.rule.link.MatchString(l.href)) {
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
