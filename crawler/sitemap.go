package crawler

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

const (
	maxSitemap      = 64 << 20 // unpacked bytes read of a sitemap (the protocol allows 50 MB)
	maxSitemapDepth = 64       // nested elements
	maxSitemapText  = 16 << 10 // bytes of one field
	maxSitemapToken = 1 << 20  // bytes of one piece of markup: the parser holds it whole
)

// A sitemapEntry is one <url> or <sitemap>.
type sitemapEntry struct {
	loc       string
	lastmod   string
	newsTitle string
	newsDate  string
	otherDate string // of a video
	keywords  string
}

// sitemap takes the entries of a sitemap, an index or a list of addresses.
func (d *discovery) sitemap() error {
	body := d.fetch.Body
	var r io.Reader = bytes.NewReader(body)
	if bytes.HasPrefix(body, gzipMagic) {
		z, err := gzip.NewReader(r)
		if err != nil {
			return fmt.Errorf("unpack: %w", err)
		}
		r = &capped{r: z, left: maxSitemap, max: maxSitemap}
	}
	head, err := peek(body, 4096)
	if err != nil {
		return fmt.Errorf("unpack: %w", err)
	}
	if rootElement(decodeText(head, d.fetch.Type)) == "" {
		err = readURLList(r, d.sitemapURL)
	} else {
		_, err = readSitemap(r, d.sitemapEntry)
	}
	if errors.Is(err, errTooLarge) {
		return fail(d.fetch.Final, TooLarge, err)
	}
	if len(d.found.Links) > 0 {
		return nil // what stands before the damage is good
	}
	return err
}

func (d *discovery) sitemapURL(u string) bool {
	return d.sitemapEntry(false, sitemapEntry{loc: u})
}

// sitemapEntry takes one entry and reports whether there is room for more.
func (d *discovery) sitemapEntry(index bool, e sitemapEntry) bool {
	if d.entries++; d.entries > maxLinks {
		d.reject(d.fetch.Final+" (the rest of it)", fmt.Sprintf("more than %d entries", maxLinks))
		return false
	}
	u, ok := d.canonical(e.loc)
	if !ok {
		return true
	}
	if index {
		if reason := d.scope.checkSitemap(u, d.sites...); reason != "" {
			d.reject(u, reason)
			return true
		}
		d.next(u, Sitemap)
		return true
	}
	d.story(u, collapse(e.newsTitle, 500), cmp.Or(stamp(e.newsDate), stamp(e.lastmod)), splitKeywords(e.keywords))
	return true
}

// checkSitemap is check for a sitemap of an index: a .gz is right there, and
// patterns for articles do not apply.
func (s Scope) checkSitemap(canonical string, sites ...string) string {
	return Scope{deny: s.deny}.check(strings.TrimSuffix(canonical, ".gz"), sites...)
}

func splitKeywords(s string) []string {
	var all []string
	for k := range strings.SplitSeq(s, ",") {
		if k = strings.TrimSpace(k); k != "" {
			all = append(all, k)
		}
	}
	return all
}

// readURLList yields the lines that are addresses.
func readURLList(r io.Reader, yield func(string) bool) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 4096), 2*maxURL)
	for sc.Scan() {
		line := strings.TrimSpace(strings.TrimPrefix(sc.Text(), "\ufeff"))
		if strings.HasPrefix(line, "http") && !yield(line) {
			return nil
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("list of addresses: %w", err)
	}
	return nil
}

// readSitemap reads a sitemap or an index as a stream, yields its entries
// until yield returns false, and returns the name of the root element.
func readSitemap(r io.Reader, yield func(index bool, e sitemapEntry) bool) (string, error) {
	token := &capped{r: wideReader(r), max: maxSitemapToken}
	dec := xml.NewDecoder(token)
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = xmlCharset
	p := sitemapParser{yield: yield}
	for {
		token.left = maxSitemapToken
		tok, err := dec.Token()
		if err == io.EOF {
			return p.root, nil
		}
		if err != nil {
			return p.root, fmt.Errorf("sitemap: %w", err)
		}
		more, err := p.token(tok)
		if err != nil || !more {
			return p.root, err
		}
	}
}

// sitemapParser knows where in a sitemap it stands.
type sitemapParser struct {
	yield func(bool, sitemapEntry) bool
	root  string
	path  []xml.Name
	entry sitemapEntry
	text  strings.Builder
}

func (p *sitemapParser) token(tok xml.Token) (more bool, err error) {
	switch t := tok.(type) {
	case xml.StartElement:
		if len(p.path) == 0 {
			p.root = t.Name.Local
		}
		if len(p.path) >= maxSitemapDepth {
			return false, fmt.Errorf("sitemap: nested deeper than %d", maxSitemapDepth)
		}
		p.path = append(p.path, t.Name)
		p.text.Reset()
	case xml.CharData:
		if p.text.Len()+len(t) <= maxSitemapText {
			p.text.Write(t)
		}
	case xml.EndElement:
		if len(p.path) == 0 {
			return true, nil
		}
		more := p.end(p.path[len(p.path)-1])
		p.path = p.path[:len(p.path)-1]
		p.text.Reset()
		return more, nil
	}
	return true, nil
}

// end is called with the element that closes.
func (p *sitemapParser) end(name xml.Name) bool {
	text := strings.TrimSpace(p.text.String())
	parent := ""
	if n := len(p.path); n > 1 {
		parent = p.path[n-2].Local
	}
	news := strings.Contains(name.Space, "news")
	switch {
	case len(p.path) == 2 && (name.Local == "url" || name.Local == "sitemap"):
		e := p.entry
		p.entry = sitemapEntry{}
		e.newsDate = cmp.Or(e.newsDate, e.otherDate)
		return e.loc == "" || p.yield(name.Local == "sitemap", e)
	case len(p.path) == 3 && name.Local == "loc" && (parent == "url" || parent == "sitemap"):
		p.entry.loc = text
	case len(p.path) == 3 && name.Local == "lastmod":
		p.entry.lastmod = text
	case news && name.Local == "title":
		p.entry.newsTitle = text
	case news && name.Local == "publication_date":
		p.entry.newsDate = text
	case name.Local == "publication_date":
		p.entry.otherDate = text
	case news && name.Local == "keywords":
		p.entry.keywords = text
	}
	return true
}

// stamp returns a W3C date as a day or an RFC 3339 time, empty if it is
// neither.
func stamp(s string) string {
	s = strings.TrimSpace(s)
	if _, err := time.Parse(time.DateOnly, s); err == nil {
		return s
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.RFC3339)
		}
	}
	if len(s) > 10 {
		if _, err := time.Parse(time.DateOnly, s[:10]); err == nil && (s[10] == 'T' || s[10] == ' ') {
			return s[:10] // a time without zone: the day is certain enough
		}
	}
	return ""
}
