package content

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// A dateSpot is a date a reader sees.
type dateSpot struct {
	stamp   extract.Stamp
	score   float64
	at      int  // its block
	updated bool // the line says that it is when the text was last changed
	marked  bool // the line is short and says that the text is from then, or a time element does
}

var (
	publishedWord = compiled(`(?i)\b(?:publish(?:ed)?|posted|post time|dated|date ?: ?|date$|issued|created|written|added|datum|veröffentlicht|erstellt|publié|mis en ligne|publicado|publicada|pubblicato|gepubliceerd|geplaatst|publiceret|publicerad|publisert|julkaistu|opublikowano|zveřejněno|yayınlanma|опубликован\w*)\b`)
	updatedWord   = compiled(`(?i)\b(?:updated?|modified|revised|reviewed|edited|aktualisiert|geändert|mis à jour|modifié|actualizado|atualizad[oa]|aggiornato|bijgewerkt|gewijzigd|opdateret|uppdaterad|oppdatert|päivitetty|aktualizacja|güncelleme|обновлен\w*)\b`)
	foreignWord   = compiled(`(?i)©|\b(?:copyright|event|deadline|expires?|until|through|conference|webinar|register|born|since|version|effective|accessed|retrieved|comment|reply|says|next|previous|vol\.?|upcoming|offer|released?)\b`)
	dateClass     = compiled(`(?i)date|time|publish|posted|byline|meta|entry-info|author|stamp|info|details`)
)

// seenDate returns the date that stands near the headline, and whether
// something there says that it is the article's.
func (d *document) seenDate() (extract.Stamp, bool) {
	var best dateSpot
	for _, s := range d.dateSpots() {
		if s.score > best.score {
			best = s
		}
	}
	if best.score < 1.1 {
		return d.urlDate(), false
	}
	return best.stamp, best.score >= 2
}

// dateSpots returns the dates a reader sees in short lines.
func (d *document) dateSpots() []dateSpot {
	if d.spots != nil {
		return d.spots
	}
	d.spots = []dateSpot{}
	o, head := d.order(), d.headBlock()
	for i := range d.Blocks {
		if s := d.dateSpot(i, head, o); !s.stamp.IsZero() {
			d.spots = append(d.spots, s)
		}
	}
	d.onlyDay()
	d.spots = slices.DeleteFunc(d.spots, func(s dateSpot) bool { return s.score <= 0 })
	return d.spots
}

// onlyDay gives weight to the only day that a page names, wherever it stands, if
// it is marked as the article's and not when the page was last changed.
func (d *document) onlyDay() {
	for i := range d.spots {
		if daysBetween(d.spots[0].stamp, d.spots[i].stamp) != 0 {
			return
		}
	}
	changed := d.modified()
	for i := range d.spots {
		if s := &d.spots[i]; s.marked && (changed.IsZero() || daysBetween(changed, s.stamp) != 0) {
			s.score += 0.7
		}
	}
}

// headBlock returns the block of the headline; -1 if it is not known.
func (d *document) headBlock() int {
	if d.headAt == nil {
		i := d.findHead()
		d.headAt = &i
	}
	return *d.headAt
}

// findHead looks for the title as h1, then as a line of its own, then for a
// heading like it or like another title the page gives, then for the only h1.
func (d *document) findHead() int {
	t := d.title()
	for _, h := range d.Heads {
		if likeness(d.String(h), t) > 0.6 {
			return h
		}
	}
	want := letters(t)
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Words >= 3 && b.Words < 40 && b.Linked == 0 && letters(d.String(i)) == want {
			return i
		}
	}
	titles := d.saidTitles()
	said := append(titles[:], t)
	best, like := -1, 0.5
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Marks&block.InHeading == 0 || b.Words < 3 || b.Words > 40 || b.LinkedWords() > 0 {
			continue
		}
		for _, s := range said {
			if l := likeness(d.String(i), s); l > like {
				best, like = i, l
			}
		}
	}
	if best < 0 && len(d.Heads) == 1 && !d.siteName(d.String(d.Heads[0])) {
		return d.Heads[0]
	}
	return best
}

// dateSpot weighs the date in a block, if there is one. Only short blocks are
// looked at: a line that is little more than a date and who wrote.
func (d *document) dateSpot(i, head int, o order) dateSpot {
	b := &d.Blocks[i]
	if b.Words > 30 || b.End-b.Start > 220 || b.End-b.Start < 6 || b.Marks&block.InNav != 0 {
		return dateSpot{}
	}
	if bytes.IndexFunc(d.Bytes(i), unicode.IsDigit) < 0 {
		return dateSpot{}
	}
	text := d.String(i)
	st := d.readDate(i, text, o)
	if st.IsZero() || !plausible(st) {
		return dateSpot{}
	}
	l := dateLine{text, publishedWord().MatchString(text), updatedWord().MatchString(text)}
	marked := b.Words <= 8 && !l.updated && (l.published || d.timed(i) != nil)
	return dateSpot{stamp: st, at: i, updated: l.updated, marked: marked, score: d.dateScore(i, head, l)}
}

// readDate returns the day that a block names; what its time element says, if
// that is written in a way of the site's own: "12/19 — 2025".
func (d *document) readDate(i int, text string, o order) extract.Stamp {
	st, n := d.findDate(text, o)
	if n > 0 {
		return st
	}
	t := d.timed(i)
	if t == nil {
		return extract.Stamp{}
	}
	st, _ = machineStamp(block.Attr(t, "datetime"))
	if _, _, day := st.Date(); !holdsNumber(text, day) {
		return extract.Stamp{}
	}
	return st
}

// holdsNumber reports whether a text has a number, without zeros before it.
func holdsNumber(text string, n int) bool {
	return slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }), func(s string) bool { return atoi(s) == n })
}

// A dateLine is a line with a date, and what it says of the date.
type dateLine struct {
	text               string
	published, updated bool
}

// dateScore weighs where the date stands, what the line says of it, and what
// the elements around it are called.
func (d *document) dateScore(i, head int, l dateLine) float64 {
	b, dist := &d.Blocks[i], i-head
	near := head >= 0 && dist >= -2 && dist <= 5
	score := max(nearness(dist, head, i), 0) + d.dateWords(i, l)
	if foreignWord().MatchString(l.text) && !(near && onlyComments(l.text)) {
		score--
	}
	if b.Words <= 12 {
		score += 0.2
	}
	if dist != 0 && l.spoken() {
		score -= 0.7
	}
	if b.Box >= 0 && dateClass().MatchString(block.Attr(d.Boxes[b.Box].Node, "class")) {
		score += 0.4
	}
	if d.timed(i) != nil {
		score += 0.4
	}
	if (b.Marks&block.InAside != 0 || b.Marks&(block.InFooter|block.InArticle) == block.InFooter) && !near || b.LinkedWords()*2 > b.Words && b.Words > 6 {
		score--
	}
	return score
}

func nearness(dist, head, i int) float64 {
	switch {
	case head < 0:
		return 0.6 - float64(i)/100
	case dist >= 0 && dist <= 12:
		return 1.6 - float64(dist)*0.06
	case dist < 0 && dist >= -6:
		return 1.2 + float64(dist)*0.1
	}
	return 0
}

// dateWords weighs what a line says of its date.
func (d *document) dateWords(i int, l dateLine) float64 {
	score := 0.0
	if l.published || i > 0 && d.Blocks[i-1].Words <= 3 && publishedWord().Match(d.Bytes(i-1)) {
		score += 0.9
	}
	if l.updated {
		score += 0.6
	}
	if original().MatchString(l.text) {
		score += 1.2
	}
	return score
}

var (
	original     = compiled(`(?i)\b(?:originally|first) (?:published|posted|appeared) (?:on|at)\b`)
	commentWords = compiled(`(?i)\b(?:\d+|no|one|leave an?|add an?|post an?) comments?\b(?: so far)?`)
)

// onlyComments reports whether all that a line says besides is how many comments
// there are.
func onlyComments(text string) bool {
	return !foreignWord().MatchString(commentWords().ReplaceAllString(text, ""))
}

// spoken reports whether a line reads as words with a date in them and not as a
// row of facts.
func (l *dateLine) spoken() bool {
	if l.published || l.updated || strings.ContainsAny(l.text, "|•·") || byWord().MatchString(l.text) || byInside().MatchString(l.text) {
		return false
	}
	small, all := 0, strings.Fields(bareName(l.text))
	for _, w := range all {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) {
			small++
		}
	}
	return len(all) > 4 && small > 0
}

// timed returns the time element in the block, nil if there is none: fields are
// in page order.
func (d *document) timed(i int) *html.Node {
	k, _ := slices.BinarySearchFunc(d.Fields, i, func(f block.Field, i int) int { return cmp.Compare(f.Block, i) })
	for ; k < len(d.Fields) && d.Fields[k].Block == i; k++ {
		if d.Fields[k].Node.DataAtom == atom.Time {
			return d.Fields[k].Node
		}
	}
	return nil
}

var (
	pathDate  = compiled(`/(20\d\d|19\d\d)[/-]?(\d\d?)[/-]?(\d\d?)(?:[/-]|$)`)
	pathMonth = compiled(`/(20\d\d|19\d\d)/(\pL{3,12})/(\d\d?)(?:/|$)`)
)

// urlDate returns the day in the page's address.
func (d *document) urlDate() extract.Stamp {
	if d.url == nil {
		return extract.Stamp{}
	}
	if m := pathDate().FindStringSubmatch(d.url.Path); m != nil {
		st, _ := calendar(atoi(m[1]), atoi(m[2]), atoi(m[3]))
		return st
	}
	if m := pathMonth().FindStringSubmatch(d.url.Path); m != nil {
		st, _ := calendar(atoi(m[1]), monthNamed(m[2]), atoi(m[3]))
		return st
	}
	return extract.Stamp{}
}
