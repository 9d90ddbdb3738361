package content

import (
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"

	"tenure/extract/content/internal/block"
)

// A head is what the meta, link and title elements of a page say.
type head struct {
	metas map[string][]string // by lower case name, property or itemprop
	links []headLink
	title string
	base  string
}

type headLink struct{ rel, href, kind string }

func readHead(fields []block.Field) head {
	h := head{metas: make(map[string][]string)}
	for i := range fields {
		n := fields[i].Node
		switch n.DataAtom {
		case atom.Meta:
			h.meta(block.Attr(n, "property"), block.Attr(n, "content"))
			h.meta(block.Attr(n, "name"), block.Attr(n, "content"))
			h.meta(block.Attr(n, "itemprop"), block.Attr(n, "content"))
		case atom.Link:
			if l := (headLink{strings.ToLower(block.Attr(n, "rel")), strings.TrimSpace(block.Attr(n, "href")), block.Attr(n, "type")}); l.href != "" && l.rel != "" {
				h.links = append(h.links, l)
			}
		case atom.Title:
			if n.FirstChild != nil && h.title == "" {
				h.title = plainOf(n.FirstChild.Data)
			}
		case atom.Base:
			if h.base == "" {
				h.base = strings.TrimSpace(block.Attr(n, "href"))
			}
		}
	}
	return h
}

// meta keeps a value; several of one name are kept in order.
func (h *head) meta(name, value string) {
	if name == "" || value == "" || len(value) > 4096 {
		return
	}
	name = strings.ToLower(strings.TrimSpace(name))
	if value = plainOf(value); value != "" {
		h.metas[name] = append(h.metas[name], value)
	}
}

// first returns the first value of the first name that has one.
func (h *head) first(names ...string) string {
	for _, n := range names {
		if v := h.metas[n]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// link returns the address of the first link with the relation.
func (h *head) link(rel string) string {
	for _, l := range h.links {
		for _, r := range strings.Fields(l.rel) {
			if r == rel {
				return l.href
			}
		}
	}
	return ""
}

// parseURL returns nil for what is no absolute address.
func parseURL(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || s == "" {
		return nil
	}
	return u
}

func hostOf(s string) string {
	if u := parseURL(s); u != nil {
		return u.Host
	}
	return ""
}

// resolve returns the absolute address of a reference; nil if it is none that
// leads to a page.
func (d *document) resolve(ref string) *url.URL {
	u := parseURL(ref)
	if u == nil {
		return nil
	}
	if d.base != nil {
		u = d.base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "" {
		return nil
	}
	return u
}

// absolute is resolve as text.
func (d *document) absolute(ref string) string {
	u := d.resolve(ref)
	if u == nil {
		return ""
	}
	return u.String()
}

// canonical returns the page's own address: its canonical link if that stays
// on the site, else where it was fetched.
func (d *document) canonical() string {
	c := d.head.link("canonical")
	if c == "" {
		c = d.head.first("og:url")
	}
	u := d.resolve(c)
	if u == nil || u.Host == "" || d.url != nil && !d.ownPage(u) {
		return d.in.URL
	}
	return u.String()
}

// ownPage reports whether an address given as the page's own can be it: on the
// same site, and no front page unless this is one.
func (d *document) ownPage(u *url.URL) bool {
	if !sameSite(u.Host, d.url.Host) {
		return false
	}
	return strings.Trim(u.Path, "/") != "" || strings.Trim(d.url.Path, "/") == "" || u.RawQuery != ""
}

// sameSite reports whether two hosts are one but for "www." and the like, or
// one lies below the other.
func sameSite(a, b string) bool {
	a, b = bareHost(a), bareHost(b)
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}

func bareHost(h string) string {
	h = strings.ToLower(h)
	for _, p := range []string{"www.", "m.", "mobile.", "amp.", "edition."} {
		if rest, ok := strings.CutPrefix(h, p); ok && strings.Contains(rest, ".") {
			return rest
		}
	}
	return h
}

// merge appends to list what is new in more, case aside.
func merge(list, more []string) []string {
	var out []string
	seen := make(map[string]bool)
	for _, l := range [][]string{list, more} {
		for _, s := range l {
			s = strings.TrimSpace(s)
			if k := strings.ToLower(s); s != "" && !seen[k] {
				seen[k] = true
				out = append(out, s)
			}
		}
	}
	return out
}
