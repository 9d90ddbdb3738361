package crawler

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	maxOpen    = 256   // open elements kept of a page
	maxAnchors = 20000 // links read of a page
)

// A zone is a part of a page, by what its elements are called.
type zone uint8

const (
	body   zone = iota
	main        // <main>, the list itself
	aside       // beside the list: sidebars, related, most read
	chrome      // navigation, header, footer, forms
)

// An anchor is one link of a page, with the place where it stands.
type anchor struct {
	href    string
	text    string // its words, or those of its picture
	rel     string // rel, aria-label and class, in lower case
	path    string // the elements around it: links of one list have the same
	card    int    // the <article> or <li> around it; 0 if none
	zone    zone
	heading bool // is a heading, or in one
}

// An outline is what a page says about itself and its links.
type outline struct {
	base      string // <base href>
	canonical string
	next      string // <link rel=next>
	feeds     []string
	anchors   []anchor
	dates     map[int]string // card → <time datetime>
}

// An open element, with what it gives to those inside.
type open struct {
	name    string
	class   string // the first
	zone    zone
	heading bool
	card    int
}

// outlineParser reads a page as a stream: no tree, and no depth or size at
// which it gives up.
type outlineParser struct {
	z     *html.Tokenizer
	out   outline
	stack []open
	cards int
	link  *anchor // the <a> that is open
	words strings.Builder
	alt   string
}

// readOutline reads a page in UTF-8.
func readOutline(page []byte) outline {
	p := outlineParser{z: html.NewTokenizer(bytes.NewReader(page))}
	p.out.dates = make(map[int]string)
	p.z.SetMaxBuf(1 << 20)
	for {
		switch p.z.Next() {
		case html.ErrorToken:
			p.close()
			return p.out
		case html.TextToken:
			if p.link != nil && p.words.Len() < 1000 {
				p.words.Write(p.z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			p.start()
		case html.EndTagToken:
			name, _ := p.z.TagName()
			p.end(tagName(name))
		}
	}
}

// tagName is string(raw), without a copy for the names of HTML.
func tagName(raw []byte) string {
	if a := atom.Lookup(raw); a != 0 {
		return a.String()
	}
	return string(raw)
}

func (p *outlineParser) top() open {
	if len(p.stack) == 0 {
		return open{}
	}
	return p.stack[len(p.stack)-1]
}

func (p *outlineParser) start() {
	raw, more := p.z.TagName()
	name := tagName(raw)
	var attrs map[string]string
	if more {
		attrs = p.attrs()
	}
	switch name {
	case "a":
		p.close()
		p.begin(attrs)
		return
	case "img":
		if p.link != nil && p.alt == "" {
			p.alt = attrs["alt"]
		}
		return
	case "time":
		p.date(attrs["datetime"])
	case "base":
		if p.out.base == "" {
			p.out.base = attrs["href"]
		}
	case "link":
		p.head(attrs)
	}
	if isVoid(name) {
		return
	}
	p.imply(name)
	p.push(name, attrs)
}

// attrs returns the attributes that are looked at.
func (p *outlineParser) attrs() map[string]string {
	all := make(map[string]string)
	for more := true; more; {
		var k, v []byte
		k, v, more = p.z.TagAttr()
		switch string(k) {
		case "href", "rel", "class", "id", "role", "alt", "title", "aria-label", "type", "datetime":
			if _, ok := all[string(k)]; !ok && len(v) <= maxURL {
				all[string(k)] = string(v)
			}
		}
	}
	return all
}

// push opens an element. Beyond maxOpen, elements are not told apart.
func (p *outlineParser) push(name string, attrs map[string]string) {
	up := p.top()
	if len(p.stack) >= maxOpen {
		return
	}
	class, _, _ := strings.Cut(strings.TrimSpace(attrs["class"]), " ")
	e := open{name: name, class: class, zone: zoneOf(name, attrs, up), heading: up.heading, card: up.card}
	switch name {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		e.heading = true
	case "article", "li":
		p.cards++
		e.card = p.cards
	}
	if p.link != nil {
		p.link.heading = p.link.heading || e.heading
	}
	p.stack = append(p.stack, e)
}

// imply closes what the new element closes by itself.
func (p *outlineParser) imply(name string) {
	top := p.top().name
	switch name {
	case "li", "dt", "dd", "option", "tr", "td", "th":
		if top == name || name == "li" && top == "p" {
			p.end(name)
		}
	case "p", "div", "ul", "ol", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "table":
		if top == "p" {
			p.end("p")
		}
	}
}

// end closes the nearest open element of that name. An end tag without its
// beginning is ignored.
func (p *outlineParser) end(name string) {
	if name == "a" {
		p.close()
		return
	}
	for i := len(p.stack) - 1; i >= 0; i-- {
		if p.stack[i].name == name {
			p.stack = p.stack[:i]
			return
		}
	}
}

// begin opens a link.
func (p *outlineParser) begin(attrs map[string]string) {
	href := strings.TrimSpace(attrs["href"])
	if href == "" || len(p.out.anchors) >= maxAnchors {
		return
	}
	up := p.top()
	own := zoneOf("a", attrs, up)
	p.link = &anchor{href: href, zone: own, heading: up.heading, card: up.card, path: p.path(attrs["class"]),
		rel: strings.ToLower(attrs["rel"] + " " + attrs["aria-label"] + " " + attrs["class"] + " " + attrs["id"])}
	p.words.Reset()
	p.alt = attrs["title"]
}

// close ends the open link, if there is one.
func (p *outlineParser) close() {
	if p.link == nil {
		return
	}
	p.link.text = collapse(html.UnescapeString(p.words.String()), 500)
	if p.link.text == "" {
		p.link.text = collapse(p.alt, 500)
	}
	p.out.anchors = append(p.out.anchors, *p.link)
	p.link = nil
}

// path names the place of a link by the elements around it.
func (p *outlineParser) path(class string) string {
	var b strings.Builder
	for _, e := range p.stack[max(0, len(p.stack)-5):] {
		b.WriteString(e.name + "." + e.class + ">")
	}
	class, _, _ = strings.Cut(strings.TrimSpace(class), " ")
	b.WriteString(class)
	return b.String()
}

func (p *outlineParser) date(datetime string) {
	if card := p.top().card; card != 0 && p.out.dates[card] == "" {
		p.out.dates[card] = stamp(datetime)
	}
}

// head reads a <link>.
func (p *outlineParser) head(attrs map[string]string) {
	href := strings.TrimSpace(attrs["href"])
	for rel := range strings.FieldsSeq(strings.ToLower(attrs["rel"])) {
		switch {
		case rel == "canonical" && p.out.canonical == "":
			p.out.canonical = href
		case rel == "next" && p.out.next == "":
			p.out.next = href
		case rel == "alternate" && isFeedType(attrs["type"]) && len(p.out.feeds) < maxFeeds:
			p.out.feeds = append(p.out.feeds, href)
		}
	}
}

func isFeedType(t string) bool {
	switch strings.ToLower(strings.TrimSpace(t)) {
	case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/json", "application/rdf+xml":
		return true
	}
	return false
}

// zoneOf says in which part of the page an element lies.
func zoneOf(name string, attrs map[string]string, up open) zone {
	if up.zone == chrome {
		return chrome
	}
	switch name {
	case "nav", "footer", "form", "dialog":
		return chrome
	case "header":
		if up.card == 0 {
			return chrome
		}
	case "aside":
		return aside
	case "main":
		return main
	case "html", "body":
		return up.zone
	}
	switch strings.ToLower(attrs["role"]) {
	case "navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog":
		return chrome
	case "complementary":
		return aside
	case "main":
		return main
	}
	if len(attrs) == 0 {
		return up.zone
	}
	return zoneByName(attrs["class"]+" "+attrs["id"], up.zone)
}

// zoneByName goes by the words in classes and ids.
func zoneByName(names string, up zone) zone {
	for w := range strings.FieldsFuncSeq(strings.ToLower(names), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch w {
		case "nav", "navbar", "navigation", "menu", "submenu", "footer", "breadcrumb", "breadcrumbs", "cookie", "cookies",
			"consent", "login", "signin", "share", "sharing", "social", "masthead", "toolbar", "topbar", "offcanvas", "hamburger",
			"subscribe", "newsletter", "paywall", "popup", "modal":
			return chrome
		case "sidebar", "aside", "related", "recommended", "recommendations", "recirculation", "trending", "popular",
			"mostread", "promo", "promoted", "sponsored", "sponsor", "advert", "advertisement", "outbrain", "taboola":
			return aside
		}
	}
	return up
}

func isVoid(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param":
		return true
	}
	return false
}

// collapse returns s with single spaces, cut to at most most bytes at a rune.
func collapse(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}
