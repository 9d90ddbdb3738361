package content

import (
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// published returns when the article was published; zero if the page does not
// say so.
func (d *document) published() extract.Stamp {
	for _, s := range []string{d.data.published, d.head.first("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "date", "dc.date", "dc.date.issued", "dcterms.created", "pubdate", "publish-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime")} {
		if st, ok := machineStamp(s); ok {
			return st
		}
	}
	for i := range d.Fields {
		n := d.Fields[i].Node
		if n.DataAtom != atom.Time && block.Attr(n, "itemprop") != "datePublished" {
			continue
		}
		if st, ok := machineStamp(first(block.Attr(n, "datetime"), block.Attr(n, "content"))); ok {
			return st
		}
	}
	return extract.Stamp{}
}

// layouts are the forms of machine-made dates, besides RFC 3339.
var layouts = []string{
	"2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00",
	"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST", "2006-01-02T15:04:05.999999999Z0700", "2006-01-02 15:04:05.999999999Z07:00",
	time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC, "Mon Jan 02 2006 15:04:05 GMT-0700", "Mon Jan 02 15:04:05 MST 2006",
	"Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2006-01-02T15Z07:00",
}

// localLayouts are forms without a zone: they give a day.
var localLayouts = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04:05.999999999", "2006-01-02 15:04", "2006-01-02T15:04"}

// machineStamp reads a date as programs write it.
func machineStamp(s string) (extract.Stamp, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > 80 {
		return extract.Stamp{}, false
	}
	if st, err := extract.ParseStamp(s); err == nil {
		return st, plausible(st)
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil {
			st := extract.Stamp{Time: t}
			return st, plausible(st)
		}
	}
	for _, l := range localLayouts {
		if t, err := time.Parse(l, s); err == nil {
			st := extract.Day(t.Date())
			return st, plausible(st)
		}
	}
	if st, n := findDay(s, noOrder); n > 0 {
		return st, plausible(st)
	}
	return unixStamp(s)
}

// unixStamp reads seconds or milliseconds since 1970.
func unixStamp(s string) (extract.Stamp, bool) {
	n := int64(0)
	for i := range len(s) {
		if !digit(s[i]) || i > 13 {
			return extract.Stamp{}, false
		}
		n = n*10 + int64(s[i]-'0')
	}
	switch len(s) {
	case 13:
		n /= 1000
	case 10:
	default:
		return extract.Stamp{}, false
	}
	st := extract.Stamp{Time: time.Unix(n, 0).UTC()}
	return st, plausible(st)
}

// plausible reports whether news can be from that time.
func plausible(s extract.Stamp) bool { y, _, _ := s.Date(); return y >= 1900 && y <= 2200 }
