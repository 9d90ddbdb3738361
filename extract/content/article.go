package content

import (
	"strings"

	"tenure/extract"
)

// article makes the record of a page that is one article; nil if it has no
// text.
func (d *document) article(keep []bool) *extract.Article {
	text := d.fuller(compose(d.Page, keep))
	if text == "" {
		return nil
	}
	return d.record(text)
}

// record makes the record of the page's article, whose text is given.
func (d *document) record(text string) *extract.Article {
	return &extract.Article{
		URL: d.canonical(), Title: d.title(), Authors: d.authors(), Published: d.published(),
		Site: d.site(), Publisher: d.publisher(), Tags: d.tags(), Categories: d.categories(),
		Image: d.image(), Text: text, Lang: d.lang(text),
		Partial: strings.HasSuffix(text, "…") || strings.HasSuffix(text, "..."),
	}
}

// fuller returns the text that the page's data gives if what was found on the
// page is less than half of it: the rest is behind a wall or made by scripts.
func (d *document) fuller(text string) string {
	body := d.data.body
	if len(body) < 600 || countWords(text)*2 >= countWords(body) {
		return text
	}
	if strings.Contains(body, "</p>") || strings.Contains(body, "<br") {
		return Text(body)
	}
	return body
}

// site returns the name of the site.
func (d *document) site() string {
	return first(d.head.first("og:site_name"), d.data.site, d.head.first("application-name", "apple-mobile-web-app-title"), d.data.publisher, d.titleSite())
}

// publisher returns who published the article, if that is not the site.
func (d *document) publisher() string {
	p := first(d.data.publisher, d.head.first("article:publisher", "publisher", "dc.publisher"))
	if strings.Contains(p, "://") || same(p, d.site()) {
		return ""
	}
	return p
}

func (d *document) tags() []string {
	var out []string
	out = merge(out, d.head.metas["article:tag"])
	for _, n := range []string{"news_keywords", "keywords", "parsely-tags", "sailthru.tags"} {
		for _, v := range d.head.metas[n] {
			out = merge(out, splitList(v))
		}
	}
	out = merge(out, d.data.keywords)
	return out[:min(len(out), 50)]
}

func (d *document) categories() []string {
	out := merge(d.head.metas["article:section"], d.data.section)
	return out[:min(len(out), 20)]
}

func (d *document) image() string {
	if i := first(d.head.first("og:image", "og:image:url", "twitter:image", "twitter:image:src"), d.data.image); i != "" {
		return d.absolute(i)
	}
	return ""
}
