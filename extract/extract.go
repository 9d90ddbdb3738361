// Package extract is the vocabulary of what tenure reads out of the news.
//
// A [Page] is bytes as they came from a site. A reader (package content)
// turns it into a [Reading]: the articles on the page, the links it offers
// and what was cut as boilerplate. An [Article] carries its text once;
// everything found in it afterwards points into that text by byte [Span]:
//
//	content   Page.Body → Article.Text, title, authors, date
//	ner       Text      → Mentions
//	resolve   Mentions  → Entities
//	career    Text      → Facts → Moves
//
// The packages below this one each make one of these; this package only
// holds the data, so that none of them has to know another. It imports
// nothing but the standard library.
package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// A Page is one fetched document, before anything was understood of it.
type Page struct {
	URL       string    // canonical URL it is known under; may be empty for a local file
	Type      string    // Content-Type as the server gave it; empty means: look at the bytes
	At        time.Time // when it was fetched; "20 hours ago" on the page counts from here
	Published Stamp     // publication date known from elsewhere (a feed, --date); used only if the page gives none
	Tags      []string  // tags known from elsewhere (the source); added to every article of the page
	Body      []byte    // undecoded; charset and markup are the reader's business
	Truncated bool      // the body was cut at a size limit
}

// A Reading is what one page holds.
type Reading struct {
	Articles []*Article // in page order; several on a tag page, none on a page of links
	Links    []Link     // in page order, absolute, not yet canonical
	Cut      []Cut      // what was removed as boilerplate, in page order
	Degraded string     // empty, or why the page could not be read normally ("nested too deep", "cut at 4194304 bytes")
}

// A Link is an address a page offers.
type Link struct {
	URL   string
	Title string // the words of the link
	Rel   string // one of the Rel constants
}

// What a link leads to.
const (
	RelArticle   = "article"   // an article told about here
	RelNext      = "next"      // the next page of the same list
	RelFeed      = "feed"      // a feed of this page
	RelCanonical = "canonical" // the page's own preferred address
)

// A Cut is a piece of a page that was judged not to be content.
type Cut struct {
	Rule string // what decided: a site rule or a general one, e.g. "daily8/app-banner", "nav"
	Text string // the words, white space collapsed, at most a few hundred bytes
}

// An Article is one news item and all that was read out of it.
type Article struct {
	ID         string    `json:"id"`  // see ArticleID
	URL        string    `json:"url"` // canonical; may be empty for a local file
	Site       string    `json:"site,omitempty"`
	Publisher  string    `json:"publisher,omitempty"` // who wrote it, where that is not the site ("Business Insider" on "Daily8")
	Title      string    `json:"title,omitempty"`
	Authors    []string  `json:"authors,omitempty"`
	Published  Stamp     `json:"published,omitzero"`
	Lang       string    `json:"language,omitempty"` // BCP 47
	Tags       []string  `json:"tags,omitempty"`
	Categories []string  `json:"categories,omitempty"`
	Image      string    `json:"image,omitempty"`
	Text       string    `json:"text"`               // UTF-8, line breaks where a reader sees them; every span points into it
	Inline     bool      `json:"inline,omitempty"`   // read from a card of another page, not from the article's own
	Partial    bool      `json:"partial,omitempty"`  // the page shows only the beginning of it
	Degraded   string    `json:"degraded,omitempty"` // see Reading.Degraded
	Mentions   []Mention `json:"mentions,omitempty"` // sorted by span
	Entities   []Entity  `json:"entities,omitempty"` // in order of first mention
	Facts      []Fact    `json:"facts,omitempty"`    // sorted by evidence
}

// ArticleID returns the id of the article with the given canonical URL, or,
// for an article without one, with the given text: 32 hexadecimal digits,
// the first half of the SHA-256.
func ArticleID(url, text string) string {
	if url == "" {
		url = "text:" + text
	}
	sum := sha256.Sum256([]byte(url))
	return hex.EncodeToString(sum[:16])
}
