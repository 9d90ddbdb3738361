package crawler

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"
	"golang.org/x/net/html"
)

const (
	maxFeed      = 10 << 20 // bytes
	maxFeedDepth = 256      // nested elements
	maxItems     = 5000     // taken from one feed
	maxTTL       = 30 * 24 * time.Hour
)

// feed takes the items of a feed.
func (d *discovery) feed() error {
	feed, err := parseFeed(d.fetch.Body, d.fetch.Type)
	if err != nil {
		return err
	}
	d.found.TTL = feedTTL(feed)
	if u, err := resolve(d.base, feed.Link); err == nil && feed.Link != "" {
		// A feed is often served from another host than the site it is of.
		d.sites = append(d.sites, Site(u))
		d.seen[u] = true
	}
	for _, it := range feed.Items[:min(len(feed.Items), maxItems)] {
		link := itemLink(it)
		if link == "" {
			continue
		}
		u, ok := d.canonical(link)
		if !ok {
			continue
		}
		d.story(u, plainText(it.Title), itemDate(it), it.Categories)
	}
	return nil
}

// parseFeed reads a feed of any format in any encoding.
func parseFeed(body []byte, contentType string) (feed *gofeed.Feed, err error) {
	if len(body) > maxFeed {
		return nil, fmt.Errorf("feed: %d bytes: %w", len(body), errTooLarge)
	}
	defer func() {
		if v := recover(); v != nil {
			feed, err = nil, fmt.Errorf("feed: the parser panicked: %v", v)
		}
	}()
	text := cleanFeed(decodeText(body, contentType))
	if deeper(text, maxFeedDepth) {
		return nil, fmt.Errorf("feed: nested deeper than %d", maxFeedDepth)
	}
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	p.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	feed, err = p.Parse(bytes.NewReader(text))
	if err != nil || feed.Title == "" && len(feed.Items) == 0 {
		if loose, looseErr := looseFeed(text); looseErr == nil {
			return loose, nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	return feed, nil
}

// cleanFeed drops what stands before the document, and the XML declaration,
// whose encoding is no longer true.
func cleanFeed(text []byte) []byte {
	if i := bytes.IndexAny(text[:min(len(text), 4096)], "<{"); i > 0 {
		text = text[i:]
	}
	if bytes.HasPrefix(text, []byte("<?xml")) {
		if i := bytes.IndexByte(text, '>'); i > 0 {
			text = text[i+1:]
		}
	}
	return text
}

// deeper reports whether markup is nested deeper than limit. It counts tags
// and need not be exact.
func deeper(text []byte, limit int) bool {
	depth := 0
	for {
		i := bytes.IndexByte(text, '<')
		if i < 0 || i+1 >= len(text) {
			return false
		}
		text = text[i+1:]
		switch {
		case bytes.HasPrefix(text, []byte("![CDATA[")):
			if end := bytes.Index(text, []byte("]]>")); end >= 0 {
				text = text[end:]
			}
		case text[0] == '/':
			depth--
		case text[0] != '!' && text[0] != '?':
			if end := bytes.IndexByte(text, '>'); end > 0 && text[end-1] != '/' {
				depth++
			}
		}
		if depth > limit {
			return true
		}
	}
}

// itemLink returns the address of an item's article.
func itemLink(it *gofeed.Item) string {
	if orig := it.Extensions["feedburner"]["origLink"]; len(orig) > 0 && orig[0].Value != "" {
		return orig[0].Value
	}
	if it.Link != "" {
		return it.Link
	}
	for _, l := range it.Links {
		if l != "" {
			return l
		}
	}
	if strings.HasPrefix(it.GUID, "http://") || strings.HasPrefix(it.GUID, "https://") {
		return it.GUID
	}
	return ""
}

// plainText returns a title without the markup that many feeds put into it.
func plainText(s string) string {
	if strings.ContainsAny(s, "<&") {
		var b strings.Builder
		z := html.NewTokenizer(strings.NewReader(s))
		hidden := false // inside <script> or <style>
		for tt := z.Next(); tt != html.ErrorToken; tt = z.Next() {
			switch name, _ := z.TagName(); {
			case tt == html.TextToken && !hidden:
				b.Write(z.Text())
			case tt == html.StartTagToken:
				hidden = string(name) == "script" || string(name) == "style"
			case tt == html.EndTagToken:
				hidden = false
			}
		}
		s = html.UnescapeString(b.String())
	}
	return collapse(s, 500)
}

// itemDate returns when an item was published, or, if it only says that, when
// it was changed.
func itemDate(it *gofeed.Item) string {
	text, t := it.Published, it.PublishedParsed
	if t == nil {
		text, t = it.Updated, it.UpdatedParsed
	}
	if t == nil || t.Year() < 1970 || t.Year() > 9999 {
		return ""
	}
	return inZone(text, *t).Format(time.RFC3339)
}

// inZone returns t in the zone its text gives: the day of an article is that
// of its place.
func inZone(text string, t time.Time) time.Time {
	for _, layout := range dateLayouts() {
		if z, err := time.Parse(layout, strings.TrimSpace(text)); err == nil && z.Equal(t) {
			return z
		}
	}
	return t
}

// feedTTL returns how long the feed asks not to be read again.
func feedTTL(feed *gofeed.Feed) time.Duration {
	var ttl time.Duration
	if orig, ok := feed.OriginalFeed().(*rss.Feed); ok {
		if m, err := strconv.ParseFloat(strings.TrimSpace(orig.TTL), 64); err == nil {
			ttl = seconds(m*60, maxTTL)
		}
	}
	return max(ttl, syndication(feed))
}

// syndication reads the update period of the RSS syndication module.
func syndication(feed *gofeed.Feed) time.Duration {
	sy := feed.Extensions["sy"]
	if len(sy["updatePeriod"]) == 0 {
		return 0
	}
	var period time.Duration
	switch strings.TrimSpace(sy["updatePeriod"][0].Value) {
	case "hourly":
		period = time.Hour
	case "daily":
		period = 24 * time.Hour
	case "weekly":
		period = 7 * 24 * time.Hour
	case "monthly":
		period = maxTTL
	}
	if f := sy["updateFrequency"]; len(f) > 0 {
		if n, err := strconv.Atoi(strings.TrimSpace(f[0].Value)); err == nil && n > 1 {
			period /= time.Duration(n)
		}
	}
	return period
}
