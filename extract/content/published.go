package content

import (
	"bytes"
	"regexp"
	"strings"
	"time"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// machineDates are the names of meta elements that give the day of
// publication, the surest first.
var machineDates = []string{
	"article:published_time", "og:article:published_time", "datepublished", "article.published", "parsely-pub-date", "sailthru.date",
	"publish-date", "publication_date", "publishdate", "pubdate", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
	"cxenseparse:recs:publishtime", "date_published", "originalpublicationdate", "dc.date", "dcterms.date", "date", "article:post_date",
}

// published returns when the article was published; zero if the page does not
// say so in a way that can be relied on.
func (d *document) published() extract.Stamp {
	if said := d.saidDate(); !said.IsZero() {
		return said
	}
	seen, sure := d.seenDate()
	if !sure {
		if hidden := d.hiddenDate(); !hidden.IsZero() {
			return hidden
		}
	}
	return seen
}

var dateKey = regexp.MustCompile(`(?i)(?:datePublished|publishedAt|published_at|publishDate|firstPublished(?:At)?|published_time)(?:"|\\"|&quot;)\s*:\s*(?:"|\\"|&quot;)([^"\\&]{8,40})`)

// hiddenDate returns the date in the data that a page's scripts work on.
func (d *document) hiddenDate() extract.Stamp {
	for at, tries := 0, 0; tries < 400; tries++ {
		i := bytes.Index(d.src[at:], []byte("ublish"))
		if i < 0 {
			break
		}
		i += at
		at = i + 6
		m := dateKey.FindSubmatch(d.src[max(0, i-8):min(len(d.src), i+80)])
		if m == nil {
			continue
		}
		if st, ok := machineStamp(string(m[1])); ok {
			return st
		}
	}
	return extract.Stamp{}
}

// saidDate returns the date that the page's structured data or head gives.
func (d *document) saidDate() extract.Stamp {
	if st, ok := machineStamp(d.data.published); ok {
		return st
	}
	for _, n := range machineDates {
		if st, ok := machineStamp(d.head.first(n)); ok {
			return st
		}
	}
	for n, v := range d.head.metas {
		if strings.HasPrefix(n, "publish") && !strings.HasPrefix(n, "publisher") {
			if st, ok := machineStamp(v[0]); ok && d.head.onlyDate(n, st) {
				return st
			}
		}
	}
	for i := range d.Fields {
		if n := d.Fields[i].Node; block.Attr(n, "itemprop") == "datePublished" {
			if st, ok := machineStamp(first(block.Attr(n, "datetime"), block.Attr(n, "content"))); ok {
				return st
			}
		}
	}
	return extract.Stamp{}
}

// onlyDate reports whether no meta element with "publish" in its name but the
// named one gives another date.
func (h *head) onlyDate(name string, st extract.Stamp) bool {
	for n, v := range h.metas {
		if n == name || !strings.Contains(n, "publish") || strings.Contains(n, "publisher") {
			continue
		}
		if other, ok := machineStamp(v[0]); ok && !other.Time.Equal(st.Time) {
			return false
		}
	}
	return true
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
