package pipeline

import (
	"bytes"
	"context"
	"errors"

	"tenure/crawler"
	"tenure/extract"
	"tenure/store"
)

// offer is what a listing leads to.
type offer struct {
	crawler.Found
	inline [][]byte // keys of articles that stand on it
	fresh  bool     // something of it was not known before

	problem *Failure // it could not be read
}

// discover finds the links a listing offers. Cards that carry their whole
// article need no second fetch: their links are left out.
func (c *crawl) discover(ctx context.Context, l crawler.Lease, f crawler.Fetch) (offer, *Failure) {
	if l.Link.Role != crawler.Listing {
		return offer{}, nil
	}
	fail := func(reason string, err error) *Failure {
		x := Failure{Stage: "discover", Reason: reason, At: f.At}
		if err != nil {
			x.Detail = err.Error()
		}
		return &x
	}
	l.Link.Kind = kindOf(l.Link, f)
	scope, err := c.scope(l.Link.Source)
	if err != nil {
		return offer{}, fail("bad-pattern", err)
	}
	found, err := scope.Discover(f, l.Link)
	o := offer{Found: found}
	if errors.Is(err, crawler.ErrNotList) && l.Link.Page == 0 {
		err = c.instead(ctx, l.Link, f, &o, err)
	}
	if err != nil {
		return o, fail("unreadable", err)
	}
	if l.Link.Kind == crawler.Tag {
		reading, err := c.p.readSafely(ctx, pageOf(l.Link, f))
		if err != nil {
			reading = extract.Reading{} // the reading stage tells of it
		}
		credible(l.Link.Role, f.Final, &reading)
		for _, a := range reading.Articles {
			if u, err := crawler.Canonical(a.URL); err == nil {
				key := crawler.Key(u)
				o.inline = append(o.inline, key[:])
			}
		}
		o.Links = withCards(l.Link, o.Links, reading)
	}
	if len(o.Links)+len(o.inline) == 0 && l.Link.Page == 0 && len(bytes.TrimSpace(f.Body)) > 0 {
		return o, fail(noArticles, errors.New("no article and no link to one was found on this page"))
	}
	return o, nil
}

// Credible returns the links of a list that a pass would follow, given what a
// reader read on it, and drops from the reading what a pass would not believe.
func Credible(from crawler.Link, f crawler.Fetch, links []crawler.Link, r *extract.Reading) []crawler.Link {
	credible(from.Role, f.Final, r)
	return withCards(from, links, *r)
}

// instead looks for the feed or sitemap that was asked for where an ordinary
// page was found: the page may name its feeds, robots.txt the sitemaps. It
// returns err if there is none.
func (c *crawl) instead(ctx context.Context, l crawler.Link, f crawler.Fetch, o *offer, err error) error {
	var urls []string
	switch l.Kind {
	case crawler.Feed:
		urls = o.Feeds
	case crawler.Sitemap:
		if c.client != nil {
			var failed error
			if urls, failed = c.client.Sitemaps(ctx, f.Final); failed != nil {
				return errors.Join(err, failed)
			}
		}
	}
	for _, u := range urls {
		if crawler.SameSite(u, f.Final) {
			o.Links = append(o.Links, crawler.Link{URL: u, Source: l.Source, Role: crawler.Listing, Kind: l.Kind, Tags: l.Tags, Page: 1})
		}
	}
	if len(o.Links) == 0 {
		return err
	}
	return nil
}

// withCards replaces what was guessed about a page's links by what its cards
// say: links of whole inline articles go, those of cut ones and next pages
// come.
func withCards(from crawler.Link, links []crawler.Link, r extract.Reading) []crawler.Link {
	if len(r.Articles) == 0 {
		return links
	}
	whole := map[string]bool{}
	for _, a := range r.Articles {
		if u, err := crawler.Canonical(a.URL); err == nil && a.Inline && !a.Partial {
			whole[u] = true
		}
	}
	var kept []crawler.Link
	seen := map[string]bool{}
	for _, l := range links {
		if !whole[l.URL] {
			kept, seen[l.URL] = append(kept, l), true
		}
	}
	for _, l := range r.Links {
		if l.Rel == extract.RelNext && !seen[l.URL] && from.Page < maxNext {
			if u, err := crawler.Canonical(l.URL); err == nil && !seen[u] && crawler.SameSite(u, from.URL) {
				seen[u] = true
				kept = append(kept, crawler.Link{
					URL: u, Source: from.Source, Role: crawler.Listing, Kind: crawler.Tag, Tags: from.Tags, Page: from.Page + 1,
				})
			}
		}
	}
	for _, a := range r.Articles {
		u, err := crawler.Canonical(a.URL)
		if err != nil || !a.Partial || seen[u] || !crawler.SameSite(u, from.URL) {
			continue
		}
		seen[u] = true
		kept = append(kept, crawler.Link{URL: u, Source: from.Source, Role: crawler.Story, Tags: from.Tags, Title: a.Title})
	}
	return kept
}

func pageOf(l crawler.Link, f crawler.Fetch) extract.Page {
	published, _ := extract.ParseStamp(l.Published) // see reread
	return extract.Page{
		URL: f.Final, Type: f.Type, At: f.At, Published: published, Tags: l.Tags,
		Body: f.Body, Truncated: f.Truncated,
	}
}

// scope returns what may be taken from a source.
func (c *crawl) scope(id string) (crawler.Scope, error) {
	var row sourceRow
	err := c.p.db.View(func(tx *store.Tx) (err error) {
		row, _, err = schema.sources.Get(tx, []byte(id))
		return err
	})
	if err != nil {
		return crawler.Scope{}, err
	}
	return row.Scope()
}
