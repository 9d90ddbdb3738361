package content

import (
	"bytes"
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// machineDates are the names of meta elements that give the day of
// publication, the surest first.
var machineDates = []string{
	"article:published_time", "og:article:published_time", "datepublished", "article.published", "parsely-pub-date", "sailthru.date",
	"publish-date", "publication_date", "publishdate", "pubdate", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
	"cxenseparse:recs:publishtime", "date_published", "originalpublicationdate", "dc.date", "dcterms.date", "date", "article:post_date",
	"citation_publication_date", "citation_online_date", "citation_date",
}

// published returns when the article was published; zero if the page does not
// say so in a way that can be relied on.
func (d *document) published() extract.Stamp {
	if said := d.saidDate(); !said.IsZero() {
		return d.local(d.shown(said))
	}
	seen, sure := d.seenDate()
	if !sure {
		if hidden := d.hiddenDate(); !hidden.IsZero() {
			return hidden
		}
	}
	return seen
}

// sureSpot is what a date that a reader sees must weigh to count against the
// page's data.
const sureSpot = 1.5

// shown returns the day that a reader sees at the headline instead of the one
// that the page's data says, if it is another one and not when the page was
// last changed: when a site moves house its data often dates from then. News
// is believed, but for a day without a time when readers see the day before:
// what they see was not there before it.
func (d *document) shown(said extract.Stamp) extract.Stamp {
	var best dateSpot
	if d.data.news && !said.DayOnly {
		return said
	}
	for _, s := range d.dateSpots() {
		if s.updated || s.score < 1 {
			continue
		}
		if s.score >= sureSpot && s.score > best.score {
			best = s
		}
		if d.says(s, said) && !d.earlier(best, said) {
			return said
		}
	}
	if best.score == 0 || d.data.news && !d.earlier(best, said) {
		return said
	}
	changed, _ := machineStamp(d.data.modified)
	if !best.stamp.Time.Before(said.Time) && (d.says(best, changed) || d.says(best, d.modified())) {
		return said
	}
	return best.stamp
}

// earlier reports whether a reader sees the day before the one that the page's
// data says, and no zone of the earth explains it.
func (d *document) earlier(s dateSpot, said extract.Stamp) bool {
	if s.score == 0 || daysBetween(s.stamp, said) != 1 {
		return false
	}
	_, offset := said.Time.Zone()
	return said.DayOnly || offset == 0 && said.Time.Hour() >= westmost
}

// The local time of the lands furthest west and east, in hours from UTC.
const (
	westmost = 12
	eastmost = 14
)

// local returns the stamp as the day in the page's address, if that is another
// one and a zone explains it: the address is made where the site is at home, its
// data often in UTC.
func (d *document) local(st extract.Stamp) extract.Stamp {
	_, offset := st.Time.Zone()
	day := d.urlDate()
	if st.DayOnly || offset != 0 || day.IsZero() {
		return st
	}
	hour := st.Time.Hour()
	switch n := daysBetween(day, st); {
	case n == 1 && hour < westmost, n == -1 && hour >= 24-eastmost:
	default:
		return st
	}
	for i := range d.Fields {
		if f := &d.Fields[i]; f.Node.DataAtom == atom.Time {
			if at, ok := machineStamp(block.Attr(f.Node, "datetime")); ok && at.Time.Equal(st.Time) && daysBetween(day, at) == 0 {
				return at
			}
		}
	}
	return day
}

// daysBetween returns how many calendar days b is behind a.
func daysBetween(a, b extract.Stamp) int {
	return int(extract.Day(b.Date()).Time.Sub(extract.Day(a.Date()).Time) / (24 * time.Hour))
}

// says reports whether a line gives a day, in any order of its digits; a day
// more or less is the zone's.
func (d *document) says(s dateSpot, st extract.Stamp) bool {
	if st.IsZero() {
		return false
	}
	if sameDay(s.stamp, st) {
		return true
	}
	text := d.String(s.at)
	for _, o := range []order{noOrder, dayFirst, monthFirst} {
		for rest := text; ; {
			seen, n := findDay(rest, o)
			if n == 0 {
				break
			}
			if sameDay(seen, st) {
				return true
			}
			rest = rest[n:]
		}
	}
	return false
}

// sameDay reports whether two stamps are no more than a day apart.
func sameDay(a, b extract.Stamp) bool {
	n := daysBetween(a, b)
	return n >= -1 && n <= 1
}

// modified returns when the page's head says that it was last changed.
func (d *document) modified() extract.Stamp {
	for _, n := range []string{"article:modified_time", "datemodified", "og:updated_time", "last-modified", "dc.date.modified", "dcterms.modified"} {
		if st, ok := machineStamp(d.head.first(n)); ok {
			return st
		}
	}
	return extract.Stamp{}
}

// dateKey finds the date of publication in data: under a name that says so, or
// as WordPress writes its posts.
var dateKey = compiled(`(?i)(?:datePublished|publishedAt|published_at|publishDate|firstPublished(?:At)?|published_time)(?:"|\\"|&quot;)\s*:\s*(?:"|\\"|&quot;)([^"\\&]{8,40})|"date":"([^"\\&]{8,40})","status":"publish"`)

// hiddenDate returns the date in the data that a page's scripts work on.
func (d *document) hiddenDate() extract.Stamp {
	for at, tries := 0, 0; tries < 400; tries++ {
		i := bytes.Index(d.src[at:], []byte("ublish"))
		if i < 0 {
			break
		}
		i += at
		at = i + 6
		m := dateKey().FindSubmatch(d.src[max(0, i-60):min(len(d.src), i+80)])
		if m == nil {
			continue
		}
		if st, ok := machineStamp(string(m[1]) + string(m[2])); ok {
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
	if st := d.head.earliest("publish"); !st.IsZero() {
		return st
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

// earliest returns the first of the dates that meta elements give whose names
// begin with the word: a page is put up again, and published once.
func (h *head) earliest(word string) extract.Stamp {
	var first extract.Stamp
	for n, v := range h.metas {
		if !strings.HasPrefix(n, word) || strings.HasPrefix(n, "publisher") {
			continue
		}
		if st, ok := machineStamp(v[0]); ok && (first.IsZero() || st.Time.Before(first.Time)) {
			first = st
		}
	}
	return first
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
