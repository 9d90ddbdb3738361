package content

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// readCards reads the page by the first site rule that knows it.
func (d *document) readCards() (extract.Reading, bool) {
	if d.Root == nil {
		return extract.Reading{}, false
	}
	for _, r := range rules() {
		if !r.cards() || !d.mayHold(r) {
			continue
		}
		page := new(block.Page)
		restore := part(d.Root, d.Images, r, d.in.At)
		block.WalkPictures(page, d.Root, r.link.MatchString)
		restore()
		c := &cardPage{rule: r, lines: htmlLines(page, r, d.in.At), at: d.in.At}
		if rd, ok := d.htmlCards(c); ok {
			return rd, true
		}
	}
	return extract.Reading{}, false
}

// mayHold reports whether the page can be of a rule's family: it has the
// picture before a date, or is itself an article of that family.
func (d *document) mayHold(r *rule) bool {
	for _, n := range d.Images {
		if strings.EqualFold(strings.TrimSpace(block.Attr(n, "alt")), r.Clock) {
			return true
		}
	}
	return d.url == nil || d.ownCard(r) || d.headed(r)
}

func (d *document) headed(r *rule) bool {
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Words < 20 && r.heading.Match(d.Bytes(i)) {
			return true
		}
	}
	return false
}

// ownCard reports whether the page's address is that of an article.
func (d *document) ownCard(r *rule) bool {
	return d.url != nil && r.link.MatchString(d.url.Path) || r.link.MatchString(d.head.first("og:url")) || r.link.MatchString(d.head.link("canonical"))
}

// htmlCards reads a page of cards, or an article's own page of that family.
func (d *document) htmlCards(c *cardPage) (extract.Reading, bool) {
	_, headed := c.heading()
	known := d.ownCard(c.rule)
	if c.own = known || d.url == nil && !headed; c.own {
		d.unlinkOwn(c)
		readGlued(c.lines, c.at)
	}
	cards := c.find()
	if c.own {
		cards = d.ownCards(c, cards, known)
	}
	if c.own && !known && (len(cards) == 0 || !c.doubled(&cards[0])) {
		c.own, cards = false, c.find() // a saved page, and not of such an article
	}
	linked := 0
	for i := range cards {
		if cards[i].href != "" {
			linked++
		}
	}
	if c.own && len(cards) == 0 || !c.own && !headed && linked == 0 {
		return extract.Reading{}, false
	}
	if !c.own && linked > 0 {
		cards = linkedCards(cards)
	}
	rd := d.cardArticles(c, cards)
	if c.own && len(rd.Articles) == 1 {
		rd.Articles[0].URL = d.canonical()
		rd.Articles[0].Image = d.image()
		if rd.Articles[0].Published.IsZero() {
			rd.Articles[0].Published = d.saidDate()
		}
	}
	rd.Links = append(rd.Links, d.ownLinks()...)
	rd.Links = append(rd.Links, d.cardLinks(c, cards)...)
	return rd, true
}

// unlinkOwn forgets the links of an article's own page that lead to itself.
func (d *document) unlinkOwn(c *cardPage) {
	own := []string{c.rule.key(d.head.first("og:url")), c.rule.key(d.head.link("canonical"))}
	if d.url != nil {
		own = append(own, c.rule.key(d.url.Path))
	}
	for i := range c.lines {
		if l := &c.lines[i]; l.href != "" && slices.Contains(own, c.rule.key(l.href)) && c.rule.key(l.href) != "" {
			l.href = ""
		}
	}
}

// ownCards returns the article of its own page, as often as it stands there:
// the first date that heads no link to another one. On a page whose address is
// known to be an article's it begins, without such a date, at its title.
func (d *document) ownCards(c *cardPage, cards []card, known bool) []card {
	var own []card
	for i := range cards {
		if k := &cards[i]; k.href == "" && (len(own) == 0 || same(k.title, own[0].title)) {
			own = append(own, *k)
		}
	}
	if len(own) > 0 || !known {
		return own
	}
	to := len(c.lines)
	if len(cards) > 0 {
		to = cards[0].from
	}
	if k, ok := c.undated(d.title(), to); ok {
		return []card{k}
	}
	return nil
}

func linkedCards(cards []card) []card {
	var out []card
	for _, k := range cards {
		if k.href != "" {
			out = append(out, k)
		}
	}
	return out
}

// cardArticles makes the records of the cards.
func (d *document) cardArticles(c *cardPage, cards []card) extract.Reading {
	var rd extract.Reading
	site := first(d.head.first("og:site_name"), d.data.site, c.site(), d.titleSite())
	tags := d.pageTags(c)
	at := make(map[string]int)
	for i := range cards {
		k := &cards[i]
		a := c.article(k)
		a.Site, a.Tags = site, tags
		if k.href != "" {
			a.URL = d.absolute(k.href)
			a.Image = d.cardImage(k.href)
		}
		a.Lang = d.lang(a.Text)
		if a.Text == "" {
			continue
		}
		id := c.identity(k)
		if j, ok := at[id]; ok {
			rd.Articles[j] = whole(rd.Articles[j], a)
			continue
		}
		at[id] = len(rd.Articles)
		rd.Articles = append(rd.Articles, a)
	}
	d.cuts = append(d.cuts, c.cuts...)
	return rd
}

// identity returns what cards of one article have in common: its address or,
// on pages without links, its title.
func (c *cardPage) identity(k *card) string {
	return first(c.rule.key(k.href), plainWords(k.title))
}

// whole returns the one of two readings of an article that is not cut short.
func whole(a, b *extract.Article) *extract.Article {
	if a.Partial != b.Partial && b.Partial || a.Partial == b.Partial && len(a.Text) >= len(b.Text) {
		a, b = b, a
	}
	b.Publisher, b.Image = first(b.Publisher, a.Publisher), first(b.Image, a.Image)
	b.Categories = merge(b.Categories, a.Categories)
	if b.Published.IsZero() {
		b.Published = a.Published
	}
	return b
}

var tagPath = compiled(`(?i)/(?:tags?|topics?|hashtags?)/([^/?#]+)`)

// pageTags returns the tags of a page of cards: from its heading and its
// address.
func (d *document) pageTags(c *cardPage) []string {
	var tags []string
	if t, ok := c.heading(); ok && !c.own {
		tags = append(tags, t)
	}
	if d.url != nil {
		if m := tagPath().FindStringSubmatch(d.url.Path); m != nil {
			tags = append(tags, strings.TrimLeft(m[1], "#"))
		}
		for _, k := range []string{"tag", "topic", "hashtag"} {
			tags = append(tags, strings.TrimLeft(queryOf(d.url, k), "#"))
		}
	}
	return merge(tags, nil)
}

func queryOf(u *url.URL, key string) string { return u.Query().Get(key) }

// cardImage returns the picture inside the link to an article.
func (d *document) cardImage(href string) string {
	for _, n := range d.Images {
		for up := n.Parent; up != nil; up = up.Parent {
			if up.DataAtom == atom.A && block.Attr(up, "href") == href {
				return d.imageSource(n)
			}
		}
	}
	return ""
}

func (d *document) imageSource(n *html.Node) string {
	src := first(block.Attr(n, "src"), block.Attr(n, "data-src"))
	if src == "" || strings.HasPrefix(src, "data:") {
		return ""
	}
	return d.absolute(src)
}

// cardLinks returns the links of a page of cards: its articles, then the
// next page.
func (d *document) cardLinks(c *cardPage, cards []card) []extract.Link {
	var out []extract.Link
	seen := make(map[string]bool)
	for _, k := range cards {
		if u := d.absolute(k.href); k.href != "" && u != "" && !seen[u] {
			seen[u] = true
			out = append(out, extract.Link{URL: u, Title: k.title, Rel: extract.RelArticle})
		}
	}
	for i := range d.Anchors {
		a := &d.Anchors[i]
		u := d.absolute(a.Href)
		if c.own || u == "" || seen[u] || strings.HasPrefix(a.Href, "#") {
			continue
		}
		switch w := d.words(a); {
		case c.rule.link.MatchString(a.Href):
			seen[u] = true
			out = append(out, extract.Link{URL: u, Title: w, Rel: extract.RelArticle})
		case strings.Contains(" "+a.Rel+" ", " next "), a.Marks&block.InHeader == 0 && leadsOn(w, a.Marks&block.InNav != 0):
			seen[u] = true
			out = append(out, extract.Link{URL: u, Title: w, Rel: extract.RelNext})
		}
	}
	if next := d.head.link("next"); next != "" && !seen[d.absolute(next)] {
		out = append(out, extract.Link{URL: d.absolute(next), Rel: extract.RelNext})
	}
	return out
}
