package content

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// Bounds on what makes a live page.
const (
	fewestEntries = 3   // with fewer, a page is an article
	mostEntries   = 500 // of a page
	entryWords    = 8   // what an entry says at least
)

// An entry is one of the dated pieces of a live page.
type entry struct {
	first, last int // its blocks
	box         int // the element around it; -1 if headings part the entries
	stamp       extract.Stamp
	title       string
}

var (
	liveWord   = compiled(`(?i)(?:^|[^\pL])(?:live|live-?blog|live-?ticker|news-?blog|news-?ticker|ticker|en direct|in diretta|diretta|en (?:vivo|directo)|minuto a minuto|ao vivo|canlı|na żywo|liveuppdatering|direkte|онлайн)(?:[^\pL]|$)`)
	clockLine  = compiled(`(?i)^\s*(?:[+|•·]{1,3} ?)?(\d{1,2})[.:h](\d{2})(?: ?([ap])\.?m\.?| uhr| h\b)?(?: ?(?:utc|gmt|bst|cest|cet|mesz|mez|e[sd]t|p[sd]t))?\b\s*[-–—:|]?\s*`)
	entryClass = compiled(`(?i)comment|reply|teaser|related|recommend|promo`)
)

// readLive returns the articles of a live page: what stands about its subject
// first, then its entries in page order; none if it is not such a page.
func (d *document) readLive(keep []bool) []*extract.Article {
	if !d.saysLive() {
		return nil
	}
	entries := d.entryBoxes()
	if len(entries) < fewestEntries {
		entries = d.entryHeadings(keep)
	}
	if len(entries) < fewestEntries {
		return d.toldEntries(keep)
	}
	var out []*extract.Article
	rest := slices.Clone(keep)
	for _, e := range entries[:min(len(entries), mostEntries)] {
		clear(rest[e.first:e.last])
		if a := d.entryArticle(e, keep); a != nil {
			out = append(out, a)
		}
	}
	if len(out) < fewestEntries {
		return nil
	}
	return append(d.liveHead(rest), out...)
}

// saysLive reports whether the page says that it is one: in its data, its
// titles or its address.
func (d *document) saysLive() bool {
	if d.data.live || len(d.data.updates) >= fewestEntries {
		return true
	}
	said := d.saidTitles()
	all := said[0] + " " + said[1] + " " + said[2]
	if d.url != nil {
		all += " " + d.url.Path
	}
	low := strings.ToLower(all)
	return slices.ContainsFunc(liveParts, func(p string) bool { return strings.Contains(low, p) }) && liveWord().MatchString(all)
}

// liveParts are what one of stands in everything that liveWord finds.
var liveParts = []string{"live", "ticker", "blog", "direct", "direkt", "diretta", "vivo", "minuto", "canl", "żywo", "онлайн"}

// liveHead returns the page's own article, of what stands outside the entries;
// of what the page's head says of it, if nothing does.
func (d *document) liveHead(keep []bool) []*extract.Article {
	own := *d
	own.data.body = "" // tells of the entries
	a := own.article(keep)
	if a == nil {
		summary := d.said().Summary
		if summary == "" {
			return nil
		}
		a = own.record(summary)
	}
	return []*extract.Article{a}
}

// entryBoxes returns the entries of a page that has an element for each: of one
// make, with a time each, and not about other pages.
func (d *document) entryBoxes() []entry {
	groups := make(map[uint32][]entry)
	var best uint32
	most := 0
	words := make(map[uint32]int)
	for x := range d.Boxes {
		b := &d.Boxes[x]
		if b.Last-b.First > 200 || b.Words-b.Linked < entryWords || d.Blocks[b.First].Marks&(block.InNav|block.InFooter|block.InAside|block.InForm) != 0 {
			continue
		}
		switch b.Tag {
		case atom.Article, atom.Div, atom.Section, atom.Li:
		default:
			continue
		}
		e, ok := d.timedEntry(x)
		if g := groups[b.Sign]; !ok || len(g) > 0 && g[len(g)-1].last > e.first {
			continue
		}
		groups[b.Sign] = append(groups[b.Sign], e)
		if words[b.Sign] += b.Words; len(groups[b.Sign]) >= fewestEntries && words[b.Sign] > most {
			best, most = b.Sign, words[b.Sign]
		}
	}
	return groups[best]
}

// timedEntry makes an entry of an element if its first lines hold one time.
func (d *document) timedEntry(x int) (entry, bool) {
	b := &d.Boxes[x]
	e := entry{first: b.First, last: b.Last, box: x}
	if entryClass().MatchString(block.Attr(b.Node, "class")) || d.linkedAway(x) {
		return e, false
	}
	times := 0
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Node.DataAtom != atom.Time || f.Block < b.First || f.Block >= b.Last {
			continue
		}
		if times++; times == 1 {
			e.stamp, _ = machineStamp(block.Attr(f.Node, "datetime"))
		}
	}
	if times > 2 {
		return e, false
	}
	for i := b.First; e.stamp.IsZero() && i < min(b.First+3, b.Last); i++ {
		e.stamp, _ = d.clockStamp(d.String(i))
	}
	return e, times > 0 || !e.stamp.IsZero()
}

// linkedAway reports whether the heading of an element is a link to another
// page: it tells of an article there.
func (d *document) linkedAway(x int) bool {
	b := &d.Boxes[x]
	for i := b.First; i < min(b.First+6, b.Last); i++ {
		k := &d.Blocks[i]
		if k.Words < 3 || k.LinkedWords()*5 < k.Words*4 {
			continue
		}
		for j := range d.Anchors {
			a := &d.Anchors[j]
			if a.Start < k.Start || a.Start >= k.End {
				continue
			}
			u := d.resolve(a.Href)
			if u != nil && (d.url == nil || u.Path != d.url.Path) {
				return true
			}
		}
	}
	return false
}

// entryHeadings returns the entries that headings part which begin with the
// time of day ("12.31 Uhr: …"). A heading that is a date alone gives the day of
// those below it.
func (d *document) entryHeadings(keep []bool) []entry {
	var out []entry
	var day extract.Stamp
	end := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if keep[i] {
			end = i + 1
		}
		if b.Marks&block.InHeading == 0 || b.Marks&(block.InNav|block.InFooter|block.InAside) != 0 || b.Words > 40 {
			continue
		}
		text := d.String(i)
		if isStamp(text) {
			day, _ = findDay(text, dayFirst)
		}
		st, n := d.clockStamp(text)
		if n == 0 || n == len(text) {
			if len(out) > 0 && block.Level(b.Tag) <= block.Level(d.Blocks[out[len(out)-1].first].Tag) {
				out = closed(out, i) // another part of the page
			}
			continue
		}
		if !day.IsZero() {
			st = day
		}
		out = append(closed(out, i), entry{first: i, last: len(d.Blocks), box: -1, stamp: st, title: strings.TrimSpace(text[n:])})
	}
	return closed(out, end)
}

// closed ends the last entry where the next thing begins.
func closed(list []entry, at int) []entry {
	if n := len(list); n > 0 && list[n-1].last > at {
		list[n-1].last = max(at, list[n-1].first+1)
	}
	return list
}

// clockStamp reads the time of day a line begins with, on the day of the page's
// publication, and how long it is. Without that day it is a time all the same,
// but no stamp.
func (d *document) clockStamp(s string) (extract.Stamp, int) {
	m := clockLine().FindStringSubmatchIndex(s)
	if m == nil {
		return extract.Stamp{}, 0
	}
	h, min := atoi(s[m[2]:m[3]]), atoi(s[m[4]:m[5]])
	if m[6] >= 0 && (s[m[6]]|0x20 == 'p') != (h == 12) {
		h = (h + 12) % 24
	}
	if h > 23 || min > 59 {
		return extract.Stamp{}, 0
	}
	if d.dated == nil {
		st := d.published()
		d.dated = &st
	}
	if d.dated.IsZero() {
		return extract.Stamp{}, m[1]
	}
	return extract.Day(d.dated.Date()), m[1]
}
