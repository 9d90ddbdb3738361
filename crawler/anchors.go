package crawler

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	maxOpen    = 256   // open elements kept of a page
	maxAnchors = 20000 // links read of a page
)

// An anchor is one link of a page, with the place where it stands.
type anchor struct {
	href    string
	text    string // its words, or those of its picture
	rel     string // in lower case
	names   string // aria-label, class and id, in lower case
	path    string // the elements around it: links of one list have the same
	card    int    // the <article> or <li> around it; 0 if none
	zones   zones
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
	zones   zones
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
	title string // the heading in it
	alt   string
	mute  bool // inside what readers do not see
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
			if p.link != nil && !p.mute && p.words.Len() < 1000 {
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
	if !isInline(name) {
		p.words.WriteByte(' ')
	}
	switch name {
	case "a":
		p.close()
		p.begin(attrs)
		return
	case "script", "style", "noscript", "template", "iframe", "noembed", "noframes":
		p.mute = true
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
	e := open{name: name, class: class, zones: zonesOf(name, attrs, up), heading: up.heading, card: up.card}
	switch name {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		e.heading = true
	case "article", "li":
		p.cards++
		e.card = p.cards
	}
	if p.link != nil && e.heading && !up.heading {
		p.link.heading = true
		p.words.Reset() // what stood before it is a kicker
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
	p.mute = false
	switch name {
	case "a":
		p.close()
		return
	case "h1", "h2", "h3", "h4", "h5", "h6":
		if p.link != nil && p.title == "" && p.link.heading {
			p.title = p.words.String()
		}
	}
	if !isInline(name) {
		p.words.WriteByte(' ')
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
	p.link = &anchor{href: href, zones: zonesOf("a", attrs, up), heading: up.heading, card: up.card, path: p.path(attrs["class"]),
		rel:   strings.ToLower(attrs["rel"]),
		names: strings.ToLower(attrs["aria-label"] + " " + attrs["class"] + " " + attrs["id"])}
	p.words.Reset()
	p.title, p.alt = "", attrs["title"]
}

// close ends the open link, if there is one.
func (p *outlineParser) close() {
	if p.link == nil {
		return
	}
	for _, text := range []string{p.title, p.words.String(), p.alt} {
		if p.link.text = collapse(html.UnescapeString(text), 500); p.link.text != "" {
			break
		}
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

// isInline reports elements that stand inside words.
func isInline(name string) bool {
	switch name {
	case "b", "i", "em", "strong", "u", "mark", "sup", "sub", "font", "wbr", "abbr", "small", "big":
		return true
	}
	return false
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
