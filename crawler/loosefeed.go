package crawler

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
)

// looseFeed reads what can be read of a feed that is no XML: cut short, with
// stray ampersands, of a dialect long dead (CDF). It takes items and their
// plainest fields, and fails only if nothing looks like a feed.
func looseFeed(text []byte) (*gofeed.Feed, error) {
	p := looseParser{z: html.NewTokenizer(bytes.NewReader(text)), feed: new(gofeed.Feed)}
	p.z.AllowCDATA(true)
	p.z.SetMaxBuf(1 << 20)
	for {
		switch p.z.Next() {
		case html.ErrorToken:
			p.end()
			if !p.root {
				return nil, fmt.Errorf("feed: %w", ErrNotList)
			}
			return p.feed, nil
		case html.TextToken:
			if p.field != "" && p.text.Len() < maxSitemapText {
				p.text.Write(p.z.Text())
			}
		case html.StartTagToken:
			p.start(false)
		case html.SelfClosingTagToken:
			p.start(true)
		case html.EndTagToken:
			name, _ := p.z.TagName()
			p.end()
			if isItem(local(string(name))) {
				p.item = nil
			}
		}
	}
}

// looseParser knows the item and the field it is in.
type looseParser struct {
	z     *html.Tokenizer
	feed  *gofeed.Feed
	item  *gofeed.Item // nil in the head of the feed
	root  bool         // something of a feed was seen
	field string
	text  strings.Builder
}

func isItem(name string) bool { return name == "item" || name == "entry" }

// local drops a prefix.
func local(name string) string { return name[strings.LastIndexByte(name, ':')+1:] }

func (p *looseParser) start(empty bool) {
	p.end()
	raw, more := p.z.TagName()
	name := local(string(raw))
	attrs := make(map[string]string)
	for more {
		var k, v []byte
		k, v, more = p.z.TagAttr()
		attrs[string(k)] = string(v)
	}
	switch {
	case isItem(name):
		p.root = true
		if len(p.feed.Items) < maxItems {
			p.item = &gofeed.Item{Link: attrs["href"], Updated: attrs["lastmod"]}
			p.feed.Items = append(p.feed.Items, p.item)
		}
		return
	case name == "rss" || name == "rdf" || name == "feed" || name == "channel":
		p.root = true
		if p.item == nil && attrs["href"] != "" {
			p.feed.Link = attrs["href"]
		}
		return
	case name == "link" && attrs["href"] != "" && (attrs["rel"] == "" || attrs["rel"] == "alternate"):
		p.set(name, attrs["href"])
	}
	if !empty {
		p.field = name
	}
}

// end closes the open field.
func (p *looseParser) end() {
	if p.field == "" {
		return
	}
	text := strings.TrimSpace(p.text.String())
	text = strings.TrimSuffix(strings.TrimPrefix(text, "<![CDATA["), "]]>")
	p.set(p.field, strings.TrimSpace(html.UnescapeString(text)))
	p.field = ""
	p.text.Reset()
}

// set fills in a field, unless it has a value already.
func (p *looseParser) set(name, value string) {
	first := func(to *string) {
		if *to == "" {
			*to = value
		}
	}
	if p.item == nil {
		switch name {
		case "title":
			first(&p.feed.Title)
		case "link":
			first(&p.feed.Link)
		}
		return
	}
	switch name {
	case "title":
		first(&p.item.Title)
	case "link", "origlink":
		first(&p.item.Link)
	case "guid", "id":
		first(&p.item.GUID)
	case "pubdate", "published", "issued", "date":
		first(&p.item.Published)
		p.item.PublishedParsed = looseDate(p.item.Published)
	case "updated", "modified":
		first(&p.item.Updated)
		p.item.UpdatedParsed = looseDate(p.item.Updated)
	case "category":
		if value != "" {
			p.item.Categories = append(p.item.Categories, value)
		}
	}
}

func looseDate(s string) *time.Time {
	for _, layout := range dateLayouts() {
		if t, err := time.Parse(layout, s); err == nil {
			return &t
		}
	}
	return nil
}

func dateLayouts() []string {
	return []string{time.RFC3339, "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", time.RFC1123}
}
