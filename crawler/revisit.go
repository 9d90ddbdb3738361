package crawler

import "time"

// Bounds and steps of how often a source is looked at that does not say so
// itself.
const (
	firstInterval = 3 * time.Hour
	leastInterval = 30 * time.Minute
	mostInterval  = 7 * 24 * time.Hour
	firstBackoff  = 15 * time.Minute
	mostBackoff   = 7 * 24 * time.Hour
)

// NextInterval returns after how long the source is looked at again, given
// the interval before it (0 for none) and whether the visit found something
// new. A source with Every set keeps to it; another is looked at a half less
// often after a visit for nothing and a fifth more often after a fruitful
// one, between half an hour and a week. It is never less than what the site
// itself asks for: the greatest of a feed's TTL, the answer's MaxAge and so
// on.
func (s Source) NextInterval(last time.Duration, changed bool, asked ...time.Duration) time.Duration {
	next := s.Every
	switch {
	case next > 0:
	case last <= 0:
		next = firstInterval
	case changed:
		next = max(last-last/5, leastInterval)
	default:
		next = min(last+last/2, mostInterval)
	}
	for _, d := range asked {
		next = max(next, min(d, mostInterval))
	}
	return next
}

// Backoff returns how long to wait after the given number of failures in a
// row, fourfold each time: 15 minutes, an hour, four hours, up to a week.
func Backoff(failures int) time.Duration {
	wait := firstBackoff
	for range failures - 1 {
		if wait *= 4; wait >= mostBackoff {
			return mostBackoff
		}
	}
	return wait
}
