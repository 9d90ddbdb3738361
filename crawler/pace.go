package crawler

import (
	"errors"
	"net/http"
	"time"
)

// A pace is how the pause between two fetches of a host follows what the
// host answers. It keeps nothing: the pause itself is the state, and lives in
// the frontier.
type pace struct {
	least time.Duration // the pause of a host that has no objections
}

const (
	penalty    = 5  // pauses a rebuke costs at once, and
	maxPenalty = 30 // at most
	maxSlow    = 10 // pauses a slow host gets at most
)

// next returns the pause after an answer, given the one before it and the
// Crawl-delay.
//
// 429, 403 and 408 and timeouts cost five pauses, doubling up to thirty; a
// server error doubles; success gives back a tenth of the gap. A host never
// gets less time to rest than twice the time it took to answer, within
// bounds. Without a least pause only the Crawl-delay counts.
func (p pace) next(now, crawlDelay, took time.Duration, f Fetch, err error) time.Duration {
	if p.least == 0 {
		return max(now, crawlDelay)
	}
	rest := max(p.least, crawlDelay, min(2*took, maxSlow*p.least))
	now = max(now, rest)
	most := max(rest, maxPenalty*p.least)
	switch judge(f, err) {
	case rebuked:
		return min(max(2*now, penalty*p.least), most)
	case broken5xx:
		return min(2*now, most)
	}
	return now - (now-rest)/10
}

// What an answer says of the host's patience.
const (
	content = iota
	broken5xx
	rebuked
)

func judge(f Fetch, err error) int {
	var fe *FetchError
	switch {
	case errors.As(err, &fe) && fe.Reason == Timeout:
		return rebuked
	case err != nil:
		return content
	case f.Status == http.StatusTooManyRequests, f.Status == http.StatusForbidden, f.Status == http.StatusRequestTimeout:
		return rebuked
	case f.Status >= 500:
		return broken5xx
	}
	return content
}
