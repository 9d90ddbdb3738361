package content

import (
	"slices"
	"strconv"
	"strings"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// entryArticle makes the record of an entry; nil if it says too little.
func (d *document) entryArticle(e entry, keep []bool) *extract.Article {
	own := make([]bool, len(d.Blocks))
	kept := 0
	for i := e.first; i < e.last; i++ {
		own[i] = keep[i]
		if keep[i] {
			kept += d.Blocks[i].Words
		}
	}
	if e.box >= 0 && kept < entryWords {
		d.keepPlain(e, own)
	}
	if e.title == "" {
		e.title = d.entryTitle(e, own)
	}
	authors := d.entryAuthors(e)
	for i := e.first; i < e.last; i++ {
		if text := d.String(i); equalWords(text, e.title) || e.box < 0 && i == e.first || len(text) < 80 && onlySaysWhen(text, authors) {
			own[i] = false
		}
	}
	text := compose(d.Page, own)
	if len(words(text)) < entryWords {
		return nil
	}
	a := d.liveArticle(e.title, text)
	a.URL, a.Published, a.Authors = d.entryURL(e), e.stamp, authors
	d.told(a)
	return a
}

// liveArticle makes the record of an entry with what it has from its page.
func (d *document) liveArticle(title, text string) *extract.Article {
	return &extract.Article{Title: title, Text: text, Inline: true, Lang: d.lang(text),
		Site: d.site(), Publisher: d.publisher(), Tags: d.tags(), Categories: d.categories()}
}

var when = compiled(`(?i)\d{1,2}[.:h]\d{2}(?: ?[ap]\.?m\.?)?|\d+ ?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|minuten?|stunden?|tage?n?|s|m|h|d)(?: ago)?\b|\b(?:ago|vor|uhr|by|von|par|updated?|published|posted|utc|gmt|bst|cest|mesz|e[sd]t)\b`)

// onlySaysWhen reports whether a line of an entry holds nothing but the time and
// who wrote.
func onlySaysWhen(text string, authors []string) bool {
	text = when().ReplaceAllString(withoutDay(text), " ")
	for _, a := range authors {
		text = strings.ReplaceAll(text, a, " ")
	}
	return letters(text) == ""
}

// keepPlain keeps what reads as text of an entry that the model saw nothing in.
func (d *document) keepPlain(e entry, own []bool) {
	for i := e.first; i < e.last; i++ {
		b := &d.Blocks[i]
		own[i] = b.Marks&boilerplate == 0 && b.LinkedWords()*2 <= b.Words && promo(d.String(i), b.Words) == ""
	}
}

// entryTitle returns the first heading of an entry, else the first line that is
// bold as a whole.
func (d *document) entryTitle(e entry, own []bool) string {
	for i := e.first; i < e.last; i++ {
		b := &d.Blocks[i]
		if b.Words > 1 && b.Words < 40 && (b.Marks&block.InHeading != 0 || own[i] && b.Bold*10 > (b.End-b.Start)*9) {
			if t := d.String(i); !isStamp(t) {
				return t
			}
		}
	}
	return ""
}

func (d *document) entryAuthors(e entry) []string {
	if e.box < 0 {
		return nil
	}
	return d.fieldNames(e.first, e.last-1)
}

// entryURL returns the page's address with the entry's own anchor: two entries
// of a page never have the same.
func (d *document) entryURL(e entry) string {
	base, _, _ := strings.Cut(d.canonical(), "#")
	for x := e.box; x >= 0 && d.Boxes[x].First == e.first && d.Boxes[x].Last == e.last; x = d.Boxes[x].Parent {
		if id := block.Attr(d.Boxes[x].Node, "id"); id != "" {
			return d.withAnchor(base, id)
		}
	}
	if e.stamp.IsZero() && e.title == "" {
		return ""
	}
	return d.withAnchor(base, slugOf(first(e.title, e.stamp.String())))
}

func (d *document) withAnchor(base, anchor string) string {
	if base == "" || anchor == "" {
		return ""
	}
	for n, name := 2, anchor; ; n++ {
		u := base + "#" + name
		if !d.anchors[u] {
			if d.anchors == nil {
				d.anchors = make(map[string]bool)
			}
			d.anchors[u] = true
			return u
		}
		name = anchor + "-" + strconv.Itoa(n)
	}
}

// A liveUpdate is an entry that the page's data tells of.
type liveUpdate struct {
	headline, body, published, url string
	authors                        []string
}

// told adds to an entry what the page's data says of it.
func (d *document) told(a *extract.Article) {
	for _, u := range d.data.updates {
		if u.headline == "" || !equalWords(u.headline, a.Title) && !strings.HasPrefix(letters(a.Text), letters(u.headline)) {
			continue
		}
		a.Title = first(a.Title, u.headline)
		if st, ok := machineStamp(u.published); ok {
			a.Published = st
		}
		if len(a.Authors) == 0 {
			a.Authors = d.people(u.authors)
		}
		return
	}
}

// toldEntries returns the articles of a live page whose entries only its data
// tells of.
func (d *document) toldEntries(keep []bool) []*extract.Article {
	var out []*extract.Article
	base, _, _ := strings.Cut(d.canonical(), "#")
	for _, u := range d.data.updates[:min(len(d.data.updates), mostEntries)] {
		text := u.body
		if strings.Contains(text, "</p>") || strings.Contains(text, "<br") {
			text = Text(text)
		}
		if len(words(text)) < entryWords {
			continue
		}
		_, anchor, _ := strings.Cut(u.url, "#")
		st, _ := machineStamp(u.published)
		a := d.liveArticle(u.headline, text)
		a.URL, a.Published, a.Authors = d.withAnchor(base, slugOf(first(anchor, u.headline))), st, d.people(u.authors)
		out = append(out, a)
	}
	if len(out) < fewestEntries {
		return nil
	}
	return append(d.liveHead(d.withoutTold(keep, out)), out...)
}

// withoutTold returns the kept blocks that are in none of the entries.
func (d *document) withoutTold(keep []bool, entries []*extract.Article) []bool {
	var all strings.Builder
	for _, a := range entries {
		all.WriteString(letters(a.Title))
		all.WriteString(letters(a.Text))
	}
	told, rest := all.String(), slices.Clone(keep)
	for i := range rest {
		if rest[i] && strings.Contains(told, letters(d.String(i))) {
			rest[i] = false
		}
	}
	return rest
}

// slugOf returns what stands for a title in an address.
func slugOf(s string) string {
	f := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !wordly(r) })
	t := strings.Join(f, "-")
	if len(t) <= 60 {
		return t
	}
	return t[:max(0, strings.LastIndexByte(t[:60], '-'))] + "-" + strconv.FormatUint(uint64(block.Token(t)), 36)
}
