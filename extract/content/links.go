package content

import (
	"net/url"
	"strings"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// ownLinks returns the page's links about itself: canonical, feeds, next.
func (d *document) ownLinks() []extract.Link {
	var out []extract.Link
	for _, l := range d.head.links {
		rel := ""
		switch {
		case strings.Contains(l.rel, "canonical"):
			rel = extract.RelCanonical
		case strings.Contains(l.rel, "alternate") && feedType(l.kind):
			rel = extract.RelFeed
		default:
			continue
		}
		u := d.resolve(l.href)
		if u == nil || rel == extract.RelCanonical && d.url != nil && !d.ownPage(u) {
			continue
		}
		out = append(out, extract.Link{URL: u.String(), Rel: rel})
	}
	return out
}

func feedType(t string) bool {
	return strings.Contains(t, "rss") || strings.Contains(t, "atom") || strings.Contains(t, "feed+json")
}

// listLinks returns what a page of links leads to: articles in page order,
// then the next page.
func (d *document) listLinks() []extract.Link {
	var out []extract.Link
	at := make(map[string]int)
	for i := range d.Anchors {
		a := &d.Anchors[i]
		u, rel := d.leads(a)
		if rel == "" {
			continue
		}
		title := d.words(a)
		if j, ok := at[u]; ok {
			if len(title) > len(out[j].Title) {
				out[j].Title = title
			}
			continue
		}
		at[u] = len(out)
		out = append(out, extract.Link{URL: u, Title: title, Rel: rel})
	}
	if n := d.absolute(d.head.link("next")); n != "" && d.head.link("next") != "" {
		if _, ok := at[n]; !ok {
			out = append(out, extract.Link{URL: n, Rel: extract.RelNext})
		}
	}
	return titled(out)
}

// titled drops links to articles that have no words: the same address with
// words was kept if there was one.
func titled(links []extract.Link) []extract.Link {
	out := links[:0]
	for _, l := range links {
		if l.Rel != extract.RelArticle || l.Title != "" {
			out = append(out, l)
		}
	}
	return out
}

// words returns the words of a link.
func (d *document) words(a *block.Anchor) string {
	return strings.Join(strings.Fields(string(d.Text[min(a.Start, len(d.Text)):min(a.End, len(d.Text))])), " ")
}

var nextWords = compiled(`(?i)^(?:next(?: page)?|more|load more|show more|older(?: posts| entries| articles)?|weiter|nächste(?: seite)?|mehr|suivant|page suivante|siguiente|próxima|seguinte|successiva?|volgende|følgende|nästa|następna|další|далее|次へ|下一页)?[ »›→>]*$`)

// leads returns the address and the relation of a link; no relation if it does
// not lead to an article or the next page.
func (d *document) leads(a *block.Anchor) (string, string) {
	u := d.resolve(a.Href)
	if u == nil || u.Host == "" || d.url != nil && !sameSite(u.Host, d.url.Host) {
		return "", ""
	}
	u.Fragment = ""
	w := d.words(a)
	if strings.Contains(" "+a.Rel+" ", " next ") || w != "" && nextWords().MatchString(w) {
		return u.String(), extract.RelNext
	}
	if d.url != nil && u.Path == d.url.Path && u.RawQuery == d.url.RawQuery {
		return "", ""
	}
	if a.Marks&(block.InNav|block.InFooter) != 0 || !articlePath(u, w) {
		return "", ""
	}
	return u.String(), extract.RelArticle
}

var (
	listPath  = compiled(`(?i)/(?:tags?|topics?|authors?|category|categories|section|search|login|signin|sign-in|register|subscribe|account|about|contact|privacy|terms|help|newsletters?|page|feed|rss|users?|profile|people|writers?|impressum|datenschutz)(?:/|$)`)
	slugPath  = compiled(`[a-z0-9]+(?:[-_][a-z0-9%]+){3,}|[0-9a-f]{12,}|\d{5,}|/20\d\d/`)
	assetPath = compiled(`(?i)\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|xml|css|js)$`)
)

// articlePath reports whether a link looks as if it leads to an article: by
// the form of its address, or by words that read as a headline.
func articlePath(u *url.URL, words string) bool {
	if strings.Trim(u.Path, "/") == "" && u.RawQuery == "" || listPath().MatchString(u.Path) || assetPath().MatchString(u.Path) {
		return false
	}
	return slugPath().MatchString(strings.ToLower(u.Path)) || countLine(words) >= 4
}
