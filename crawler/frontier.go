package crawler

import (
	"context"
	"errors"
	"time"
)

// A Role says what a link is followed for.
type Role string

// The roles.
const (
	Listing Role = "listing" // links are looked for on it: a source's own page, or a further page of it
	Story   Role = "story"   // an article
)

// A Link is an address to fetch, and what is known of it before that.
type Link struct {
	URL          string   `json:"url"`              // canonical
	Source       string   `json:"source,omitempty"` // Source.ID it was found by
	Role         Role     `json:"role,omitempty"`
	Kind         Kind     `json:"kind,omitempty"`
	Tags         []string `json:"tags,omitempty"`      // the source's, and those the list gave with it
	Title        string   `json:"title,omitempty"`     // as the list gave it
	Published    string   `json:"published,omitempty"` // as the list gave it: YYYY-MM-DD or RFC 3339
	Page         int      `json:"page,omitempty"`      // how many next pages lie between it and its source
	ETag         string   `json:"etag,omitempty"`      // validators of the last fetch
	LastModified string   `json:"last_modified,omitempty"`
	Tries        int      `json:"tries,omitempty"` // failed fetches since the last good one
}

// Host returns the host of the link, see [Host].
func (l Link) Host() string { return Host(l.URL) }

// A Lease is a link that one worker may work on until the lease ends.
type Lease struct {
	Token string
	Link  Link
	Host  string
	Delay time.Duration // the host's present pause between fetches; 0 if the frontier does not say
}

// ErrStale is returned for the token of a lease that ended: it was given
// back, done, or ran out and was given to another worker.
var ErrStale = errors.New("lease has ended")

// A Frontier keeps the links, when each is due and what each host asks for.
// Its verbs are those of URLFrontier. How a lease ends is between the
// frontier and the [Sink], so that a result and the end of its lease can be
// written together.
//
// A host has at most one open lease. When it ends, or runs out, the host's
// next link is ready one delay later.
type Frontier interface {
	// Put adds links that are not known yet, due now, and returns how many
	// those were. Putting a link twice is the same as putting it once.
	Put(ctx context.Context, links []Link) (added int, err error)

	// Lease returns at most max links that are due, each of another host,
	// of hosts that are neither leased nor blocked and past their delay. It
	// returns none if nothing is ready now.
	Lease(ctx context.Context, max int, ttl time.Duration) ([]Lease, error)

	// BlockHost lets no link of the host be leased before until. Of two
	// blocks the longer one stands.
	BlockHost(ctx context.Context, host string, until time.Time) error

	// SetDelay sets the least pause between the end of one lease of the host
	// and the beginning of the next. It counts from the open lease on.
	SetDelay(ctx context.Context, host string, d time.Duration) error

	// NextReady returns the earliest time at which Lease can return a link:
	// one that is due later, of a host that has to wait, or whose lease runs
	// out. It returns false if there is none at all.
	NextReady(ctx context.Context) (time.Time, bool, error)

	// Stats counts what the frontier holds. It may look at every link that
	// waits: for a report, not for each request.
	Stats(ctx context.Context) (Stats, error)
}

// Stats is what a frontier holds.
type Stats struct {
	Hosts   int `json:"hosts"`   // that have links waiting
	Blocked int `json:"blocked"` // hosts among them that asked to be left alone for now
	Queued  int `json:"queued"`  // links waiting, those leased among them
	Due     int `json:"due"`     // links among them whose time has come
	Leased  int `json:"leased"`  // links being worked on
}

// A Releaser is a Frontier that takes back a lease without a result. Run
// gives back what it could not finish; without it the lease runs out.
type Releaser interface {
	Release(ctx context.Context, token string) error
}

// A Sink takes results. It writes what came of a lease, the new links, when
// the link is due again and the end of the lease together. Its methods are
// called by several goroutines. An error stops the run, except [ErrStale],
// which only says that someone else had the lease by then.
type Sink interface {
	// Fetched is called with every answer of a server, whatever its status.
	Fetched(ctx context.Context, l Lease, f Fetch) error
	// Failed is called if there was none. The error is a *FetchError, or a
	// *PanicError if handling the link panicked.
	Failed(ctx context.Context, l Lease, err error) error
}
