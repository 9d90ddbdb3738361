package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// meet returns row as it is after the article a was met on a page. It adds
// or replaces the page's sighting, decides anew which sighting's text counts
// and what the metadata is, and annotates if that changed anything the steps
// see. The result depends on the sightings only, not on their order.
func (p *Pipeline) meet(ctx context.Context, view viewer, row articleRow, s sighting, a *extract.Article, force bool) (articleRow, error) {
	page := s.Page
	s.Meta, s.Hash, s.Size, s.First = metadata(a), textHash(a.Text), len(a.Text), s.Page
	known := row.Sightings
	row.Sightings = nil
	for _, k := range known {
		if k.URL != s.URL {
			row.Sightings = append(row.Sightings, k)
		} else {
			s = newer(k, s)
		}
	}
	row.Sightings = append(row.Sightings, s)
	slices.SortFunc(row.Sightings, compareSightings)

	text := a.Text
	if best := row.Sightings[0]; best.URL != s.URL || best.Page != page {
		var err error
		if text, err = p.textOf(ctx, view, row, known[0], best); err != nil {
			return row, err
		}
	}
	return p.settle(ctx, row, text, force)
}

// unmeet takes back that an article was met on a page, as far as no later
// look at the same address has replaced it. It returns the people touched.
func (p *Pipeline) unmeet(ctx context.Context, tx *store.Tx, id string, page uint64) ([]string, error) {
	key, old, ok, err := articleByID(tx, id)
	if err != nil || !ok {
		return nil, err
	}
	row := old
	row.Sightings = slices.DeleteFunc(slices.Clone(old.Sightings), func(s sighting) bool { return s.Page == page })
	switch len(row.Sightings) {
	case len(old.Sightings):
		return nil, nil
	case 0:
		return dropArticle(tx, key, old)
	}
	inside := func(fn func(*store.Tx) error) error { return fn(tx) }
	text, err := p.textOf(ctx, inside, row, old.Sightings[0], row.Sightings[0])
	if err != nil {
		return nil, err
	}
	if row, err = p.settle(ctx, row, text, false); err != nil {
		return nil, err
	}
	return putArticle(tx, key, old, row)
}

// A viewer runs a function that reads: in a transaction of its own, or in
// the one that is open.
type viewer func(func(*store.Tx) error) error

// textOf returns the text of a sighting: the row's, if that is whose text
// the row holds, or else read again from the page kept.
func (p *Pipeline) textOf(ctx context.Context, view viewer, row articleRow, held, s sighting) (string, error) {
	if held.Page == s.Page && held.URL == s.URL {
		return row.Text, nil
	}
	var page pageRow
	err := view(func(tx *store.Tx) (err error) {
		page, _, err = schema.pages.Get(tx, store.Key(s.Page))
		return err
	})
	if err != nil {
		return "", err
	}
	got, err := p.reread(ctx, page)
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err != nil {
		p.Log.Warn("a better page of an article cannot be read; its text stays", "article", row.URL, "page", page.URL, "error", err)
		return row.Text, nil
	}
	for _, a := range got.Articles {
		if u, err := crawler.Canonical(a.URL); err == nil && extract.ArticleID(u, "") == row.ID {
			return a.Text, nil
		}
	}
	return row.Text, nil // today's reader no longer finds it there; keep what is known
}

// settle recomputes the article of a row from its sightings and the text of
// the best of them; with force it annotates in any case.
func (p *Pipeline) settle(ctx context.Context, row articleRow, text string, force bool) (articleRow, error) {
	merged := mergeMetadata(row.Sightings)
	merged.ID, merged.Text = row.ID, text
	old := row.Article
	same := !force && row.By == p.Version && old.Text == text && old.Published.String() == merged.Published.String() && old.Title == merged.Title
	if same {
		merged.Mentions, merged.Entities, merged.Facts = old.Mentions, old.Entities, old.Facts
	} else if err := p.annotate(ctx, &merged); err != nil {
		return row, err
	}
	row.By = p.Version
	row.Groups = p.people().Groups(&merged)
	if row.Text != text || row.ID == "" || row.Like == 0 {
		row.Like = likeness(text)
	}
	if !sameRow(articleRow{Article: old}, articleRow{Article: merged}) {
		row.Changed = p.Now().UTC().Truncate(time.Millisecond)
		row.Article = merged
	}
	return row, nil
}

// sameRow reports whether two rows are the same when written down.
func sameRow(a, b articleRow) bool {
	headA, bodyA, errA := a.AppendParts(nil, nil)
	headB, bodyB, errB := b.AppendParts(nil, nil)
	return a.ID == b.ID && errA == nil && errB == nil && bytes.Equal(headA, headB) && bytes.Equal(bodyA, bodyB)
}

// differ reports whether two records are not the same when written down.
func differ[T any](a, b T) bool {
	x, errA := encode(a)
	y, errB := encode(b)
	return errA != nil || errB != nil || !bytes.Equal(x, y)
}

// compareSightings orders sightings, the one to believe first: the article's
// own page before a card on another, a whole text before a beginning, the
// longer one before the shorter.
func compareSightings(a, b sighting) int {
	return cmp.Or(
		compareBool(a.Meta.Inline, b.Meta.Inline),
		compareBool(a.Meta.Partial, b.Meta.Partial),
		compareBool(a.Meta.Degraded != "", b.Meta.Degraded != ""),
		-cmp.Compare(a.Size, b.Size),
		cmp.Compare(a.URL, b.URL),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// newer returns a sighting after one more look, new, at its page: what the
// later of the two tells, whichever comes first. A date in days ("20 hours
// ago", "4 days ago") is that of the first look that found the same text, when
// it was most exact.
func newer(known, new sighting) sighting {
	dates := slices.DeleteFunc(known.allDates(), func(d lookDate) bool { return d.Page == new.Page })
	for _, d := range new.allDates() {
		i := slices.IndexFunc(dates, func(k lookDate) bool { return k.Hash == d.Hash })
		switch {
		case i < 0:
			dates = append(dates, d)
		case d.Page < dates[i].Page:
			dates[i] = d
		}
	}
	s := known
	if s.First = known.Page; new.Page >= known.Page {
		s = new
	}
	s.Dates = nil
	for _, d := range dates {
		if vague := s.Meta.Published.DayOnly || s.Meta.Published.IsZero(); vague && d.Hash == s.Hash {
			s.Meta.Published, s.First = d.Published, d.Page
		} else {
			s.Dates = append(s.Dates, d)
		}
	}
	slices.SortFunc(s.Dates, func(a, b lookDate) int { return cmp.Compare(b.Page, a.Page) })
	s.Dates = s.Dates[:min(len(s.Dates), maxDates)]
	return s
}

// allDates returns the dates in days known of the texts of a page.
func (s sighting) allDates() []lookDate {
	dates := slices.Clone(s.Dates)
	if s.Meta.Published.DayOnly {
		dates = append(dates, lookDate{s.First, s.Hash, s.Meta.Published})
	}
	return dates
}

// maxDates bounds the texts of which a page's dates are remembered.
const maxDates = 4

// metadata returns the article without text and annotations.
func metadata(a *extract.Article) extract.Article {
	m := *a
	m.Text, m.Mentions, m.Entities, m.Facts = "", nil, nil, nil
	return m
}

// mergeMetadata takes each field from the best sighting that has it, and all
// tags and categories.
func mergeMetadata(sightings []sighting) extract.Article {
	m := sightings[0].Meta
	m.Tags, m.Categories = nil, nil
	for _, s := range sightings {
		o := s.Meta
		m.Site = cmp.Or(m.Site, o.Site)
		m.Publisher = cmp.Or(m.Publisher, o.Publisher)
		m.Title = cmp.Or(m.Title, o.Title)
		m.Lang = cmp.Or(m.Lang, o.Lang)
		m.Image = cmp.Or(m.Image, o.Image)
		if len(m.Authors) == 0 {
			m.Authors = o.Authors
		}
		if m.Published.IsZero() {
			m.Published = o.Published
		}
		m.Tags = append(m.Tags, o.Tags...)
		m.Categories = append(m.Categories, o.Categories...)
	}
	m.Tags, m.Categories = union(m.Tags), union(m.Categories)
	return m
}

// union sorts the words and drops empty ones and those that differ from
// another only in case, keeping the first in order.
func union(words []string) []string {
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
	})
	words = slices.CompactFunc(words, strings.EqualFold)
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// textHash is equal for texts that differ only in case, white space and
// punctuation, as copies of one story do.
func textHash(text string) string {
	h := sha256.New()
	var word []byte
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			word = appendLower(word, r)
		} else if len(word) > 0 {
			h.Write(append(word, ' '))
			word = word[:0]
		}
	}
	h.Write(word)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func appendLower(b []byte, r rune) []byte { return append(b, string(unicode.ToLower(r))...) }

// tagKnown adds tags to a link that is known already, and to the article
// that came of it. It returns the link's row.
func tagKnown(tx *store.Tx, key []byte, row linkRow, tags []string, now time.Time) (linkRow, error) {
	all := union(slices.Concat(row.Tags, tags))
	if len(all) == len(row.Tags) {
		return row, nil
	}
	row.Tags = all
	if err := schema.links.Put(tx, key, row); err != nil {
		return row, err
	}
	key, a, ok, err := articleOf(tx, key)
	if err != nil || !ok {
		return row, err
	}
	old := a
	a.Sightings = slices.Clone(a.Sightings)
	for i := range a.Sightings {
		if s := &a.Sightings[i]; s.URL == row.URL {
			s.Meta.Tags = union(slices.Concat(s.Meta.Tags, tags))
		}
	}
	if tags = mergeMetadata(a.Sightings).Tags; !slices.Equal(tags, a.Tags) {
		a.Tags, a.Changed = tags, now
	}
	_, err = putArticle(tx, key, old, a)
	return row, err
}

// articleOf returns the article that came of a link, also where the link led
// to another address.
func articleOf(tx *store.Tx, key []byte) ([]byte, articleRow, bool, error) {
	row, ok, err := schema.articles.Get(tx, key)
	if err != nil || ok {
		return key, row, ok, err
	}
	alias, ok, err := schema.aliases.Get(tx, key)
	if err != nil || !ok {
		return key, row, false, err
	}
	return articleByID(tx, alias.Article)
}
