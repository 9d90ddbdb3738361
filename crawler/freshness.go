package crawler

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The longest a header may make us wait or hold a page for fresh.
const (
	maxRetryAfter = 7 * 24 * time.Hour
	maxMaxAge     = 90 * 24 * time.Hour
)

// retryAfter reads Retry-After: seconds or a date. It is zero if absent,
// unreadable or past.
func retryAfter(h http.Header, now time.Time) time.Time {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return time.Time{}
	}
	var wait time.Duration
	if s, err := strconv.ParseFloat(v, 64); err == nil {
		wait = seconds(s, maxRetryAfter)
	} else if at, err := http.ParseTime(v); err == nil {
		wait = min(at.Sub(now), maxRetryAfter)
	}
	if wait <= 0 {
		return time.Time{}
	}
	return now.Add(wait)
}

// maxAge reads Cache-Control and Expires: how long the answer is fresh.
func maxAge(h http.Header, now time.Time) time.Duration {
	for directive := range strings.SplitSeq(strings.ToLower(h.Get("Cache-Control")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch name {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			if s, err := strconv.ParseFloat(strings.Trim(value, `"`), 64); err == nil {
				return seconds(s, maxMaxAge)
			}
		}
	}
	expires, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0
	}
	if sent, err := http.ParseTime(h.Get("Date")); err == nil {
		now = sent
	}
	return max(0, min(expires.Sub(now), maxMaxAge))
}

// seconds is s as a duration between 0 and most. NaN is 0.
func seconds(s float64, most time.Duration) time.Duration {
	switch {
	case s >= most.Seconds():
		return most
	case s > 0:
		return time.Duration(s * float64(time.Second))
	}
	return 0
}
