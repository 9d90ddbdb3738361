package content

import "strings"

// title returns the article's headline.
func (d *document) title() string {
	og := d.head.first("og:title", "twitter:title")
	for _, h := range d.Heads {
		t := d.String(h)
		if og == "" || strings.Contains(plainWords(og), plainWords(t)) || strings.Contains(plainWords(d.head.title), plainWords(t)) {
			return t
		}
	}
	if t := first(d.data.headline, og); t != "" {
		return d.trimSite(t)
	}
	if len(d.Heads) > 0 {
		return d.String(d.Heads[0])
	}
	return d.trimSite(d.head.title)
}

// separators part a title from the site's name.
var separators = []string{" | ", " - ", " – ", " — ", " · ", " » ", " :: ", " • ", " / "}

// trimSite cuts the site's name off a title.
func (d *document) trimSite(t string) string {
	for _, sep := range separators {
		i := strings.LastIndex(t, sep)
		if i > 0 && (same(t[i+len(sep):], d.head.first("og:site_name")) || len(t[i+len(sep):]) < 25 && i > 25 && sep != " - ") {
			return strings.TrimSpace(t[:i])
		}
	}
	return t
}

// titleSite returns the site's name from the end of the page's title.
func (d *document) titleSite() string {
	t := d.head.title
	for _, sep := range separators[:4] {
		if i := strings.LastIndex(t, sep); i > 0 && len(t[i+len(sep):]) <= 40 {
			return strings.TrimSpace(t[i+len(sep):])
		}
	}
	return ""
}
