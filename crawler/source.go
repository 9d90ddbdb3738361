package crawler

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// A Kind says what an address is expected to hold.
type Kind string

// The kinds of addresses. An empty Kind means: look at the bytes, see
// [DetectKind].
const (
	Tag      Kind = "tag"     // an HTML page that lists or shows articles: a tag, topic, author or front page
	Feed     Kind = "feed"    // RSS, Atom or JSON Feed
	Sitemap  Kind = "sitemap" // a sitemap, a sitemap index or a text file of addresses
	PageKind Kind = "page"    // one given page
)

// A Source is an address that is looked at again and again for new articles.
type Source struct {
	ID     string        `json:"id"` // see SourceID
	Kind   Kind          `json:"kind,omitempty"`
	URL    string        `json:"url"`             // canonical
	Every  time.Duration `json:"every,omitempty"` // how often to look; 0 leaves it to what the source does
	Tags   []string      `json:"tags,omitempty"`  // given to every article found here
	Allow  []string      `json:"allow,omitempty"` // if set, only addresses that match one are taken; see Scope
	Deny   []string      `json:"deny,omitempty"`  // addresses that match one are not taken
	Paused bool          `json:"paused,omitempty"`
}

// NewSource returns the source at the given address, with its URL canonical
// and its ID filled in.
func NewSource(kind Kind, rawURL string) (Source, error) {
	switch kind {
	case "", Tag, Feed, Sitemap, PageKind:
	default:
		return Source{}, fmt.Errorf("source %s: unknown kind %q: want tag, feed, sitemap or page", rawURL, kind)
	}
	u, err := Canonical(rawURL)
	if err != nil {
		return Source{}, err
	}
	return Source{ID: SourceID(u), Kind: kind, URL: u}, nil
}

// SourceID returns the id of the source with the given canonical URL: 8
// hexadecimal digits, the beginning of its SHA-256.
func SourceID(canonical string) string {
	sum := sha256.Sum256([]byte(canonical))
	return hex.EncodeToString(sum[:4])
}

// Link returns the link that begins a visit of the source.
func (s Source) Link() Link {
	role := Listing
	if s.Kind == PageKind {
		role = Story
	}
	return Link{URL: s.URL, Source: s.ID, Role: role, Kind: s.Kind, Tags: s.Tags}
}

// Scope returns what may be taken from the source.
func (s Source) Scope() (Scope, error) { return NewScope(s.Allow, s.Deny) }
