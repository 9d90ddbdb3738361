package crawler

import (
	"io"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/nlnwa/whatwg-url/url"
)

// What the conformance suites test is not all exported.

// DecodeText is decodeText.
func DecodeText(body []byte, contentType string) []byte { return decodeText(body, contentType) }

// ParseFeed is parseFeed.
func ParseFeed(body []byte, contentType string) (*gofeed.Feed, error) {
	return parseFeed(body, contentType)
}

// A SitemapEntry is one entry of a sitemap.
type SitemapEntry struct{ Loc, LastMod, NewsTitle, NewsDate string }

// ReadSitemap returns the root element and the entries of an unpacked sitemap.
func ReadSitemap(r io.Reader) (string, []SitemapEntry, error) {
	var all []SitemapEntry
	root, err := readSitemap(r, func(_ bool, e sitemapEntry) bool {
		all = append(all, SitemapEntry{e.loc, e.lastmod, e.newsTitle, e.newsDate})
		return true
	})
	return root, all, err
}

// Join is join, as text with its fragment. An empty base is none.
func Join(base, ref string) (string, error) {
	var b *url.Url
	var err error
	if base != "" {
		if b, err = join(nil, base); err != nil {
			return "", err
		}
	}
	u, err := join(b, ref)
	if err != nil {
		return "", err
	}
	return u.Href(false), nil
}

// EncodingName returns what decodeText would decode with.
func EncodingName(body []byte) string { return encodingName(body) }

// PlainText is plainText.
func PlainText(s string) string { return plainText(s) }

// NextPause is pace.next.
func NextPause(least, now, crawlDelay, took time.Duration, f Fetch, err error) time.Duration {
	return pace{least}.next(now, crawlDelay, took, f, err)
}

// SlowResolve is resolve without its shortcuts.
func SlowResolve(base, ref string) (string, error) {
	b, err := join(nil, base)
	if err != nil {
		return "", err
	}
	u, err := join(b, ref)
	if err != nil {
		return "", err
	}
	return canonical(u, ref)
}

// Shape is shape.
func Shape(canonical string) int { return shape(canonical) }
