package crawler

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/nlnwa/whatwg-url/url"
)

// Found is what a page leads to.
type Found struct {
	Kind      Kind       // what the page turned out to be
	Links     []Link     // stories, further pages of the list, sitemaps of an index; in page order, each once
	Feeds     []string   // feeds the page names, canonical
	Canonical string     // address the page calls its own, if it is on the same site; canonical
	Rejected  []Rejected // addresses not taken; at most a few hundred
	TTL       time.Duration
}

// A Rejected is an address that was not taken, and why.
type Rejected struct {
	URL    string // canonical if it can be, else as written
	Reason string
}

// ErrNotList is returned for a page that is not what a list can be: neither
// HTML nor a feed nor a sitemap.
var ErrNotList = errors.New("not a list of links")

const (
	maxLinks    = 50000 // taken from one page; what a sitemap may hold
	maxRejected = 500   // remembered of one page
	maxFeeds    = 20    // named by one page
)

// Discover returns the links on a fetched page, within the site of the page.
// See [Scope.Discover].
func Discover(f Fetch, l Link) (Found, error) { return Scope{}.Discover(f, l) }

// Discover returns the links on a fetched page that are in scope. What the
// page is, is seen from its bytes; l.Kind decides only where those leave it
// open. Links have the source and the tags of l.
//
// A page fetched as a Story yields its feeds and canonical address, no
// links. A body that cannot be read is an error; one without links is not.
func (s Scope) Discover(f Fetch, l Link) (Found, error) {
	kind := DetectKind(f)
	if kind == Tag && (l.Kind == PageKind || l.Role == Story) {
		kind = PageKind
	}
	base, err := join(nil, f.Final)
	if err != nil {
		return Found{}, fmt.Errorf("discover: %w", err)
	}
	d := &discovery{base: base, scope: s, fetch: f, from: l, sites: []string{Site(f.Final), Site(l.URL)}, seen: make(map[string]bool)}
	d.found.Kind = kind
	d.seen[f.Final], d.seen[l.URL] = true, true
	switch kind {
	case Feed:
		err = d.feed()
	case Sitemap:
		err = d.sitemap()
	case Tag, PageKind:
		if l.Kind == Feed || l.Kind == Sitemap {
			err = fmt.Errorf("a web page where a %s was expected: %w", l.Kind, ErrNotList)
		}
		d.listing(kind == PageKind || err != nil)
	default:
		err = fmt.Errorf("content type %.60q: %w", f.Type, ErrNotList)
	}
	if err != nil {
		return d.found, fmt.Errorf("discover %s: %w", f.Final, err)
	}
	return d.found, nil
}

// A discovery collects what one page leads to.
type discovery struct {
	scope Scope
	fetch Fetch
	from  Link
	base  *url.Url // what relative addresses are relative to
	sites []string // that count as the page's own
	seen  map[string]bool
	found Found

	entries int // of a sitemap, read so far
}

// reject notes an address that is not taken.
func (d *discovery) reject(url, reason string) {
	if d.seen[url] {
		return
	}
	d.seen[url] = true
	if len(d.found.Rejected) < maxRejected {
		d.found.Rejected = append(d.found.Rejected, Rejected{url, reason})
	}
}

// canonical returns the address of ref, or notes that it has none.
func (d *discovery) canonical(ref string) (string, bool) {
	u, err := resolve(d.base, ref)
	if err != nil {
		d.reject(ref[:min(len(ref), 200)], rejectBadURL)
		return "", false
	}
	return u, true
}

// story takes an address as that of an article, if it is in scope.
func (d *discovery) story(u, title, published string, tags []string) {
	if d.seen[u] {
		return
	}
	if reason := d.scope.check(u, d.sites...); reason != "" {
		d.reject(u, reason)
		return
	}
	l := d.child(u)
	l.Role, l.Title, l.Published = Story, title, published
	l.Kind = PageKind
	l.Tags = joined(d.from.Tags, tags)
	d.take(l)
}

// child returns a link with what it has from the page it is on.
func (d *discovery) child(u string) Link {
	return Link{URL: u, Source: d.from.Source, Tags: d.from.Tags}
}

func (d *discovery) take(l Link) {
	if d.seen[l.URL] || len(d.found.Links) >= maxLinks {
		return
	}
	d.seen[l.URL] = true
	d.found.Links = append(d.found.Links, l)
}

// next takes an address as that of a further page of the list.
func (d *discovery) next(u string, kind Kind) {
	if d.seen[u] {
		return
	}
	if d.from.Page+1 > d.scope.pages() {
		d.reject(u, "too many pages from the source")
		return
	}
	l := d.child(u)
	l.Role, l.Kind, l.Page = Listing, kind, d.from.Page+1
	d.take(l)
}

// joined returns the tags of both lists, each once.
func joined(a, b []string) []string {
	if len(b) == 0 {
		return a
	}
	seen := make(map[string]bool)
	var all []string
	for _, list := range [][]string{a, b} {
		for _, t := range list {
			if t = collapse(t, 100); t != "" && !seen[t] && len(all) < 50 {
				seen[t] = true
				all = append(all, t)
			}
		}
	}
	return all
}

// DetectKind says what a fetched page is, going by its bytes and then by its
// Content-Type: Feed, Sitemap, Tag for any HTML, or empty.
func DetectKind(f Fetch) Kind {
	head, err := peek(f.Body, 4096)
	if err != nil || len(bytes.TrimSpace(head)) == 0 {
		return ""
	}
	head = decodeText(head, f.Type)
	switch root := rootElement(head); {
	case root == "rss" || root == "feed" || root == "rdf" || root == "channel":
		return Feed
	case root == "urlset" || root == "sitemapindex":
		return Sitemap
	case root == "" && isJSONFeed(head):
		return Feed
	case root == "" && isURLList(head):
		return Sitemap
	case root == "" && !isHTMLType(f.Type):
		return ""
	}
	return Tag
}
