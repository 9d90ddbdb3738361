package page

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// visitCookie keeps when the last visit ended and when this one was last
// seen; nothing else, and for nobody else.
const visitCookie = "tenure-visits"

// A visit is over after so long without a page; who comes for the first time
// is told what is new within a day.
const (
	visitBreak = 30 * time.Minute
	firstVisit = 24 * time.Hour
)

// A visit is somebody's time on the pages.
type visit struct {
	since time.Time // when the visit before ended
	first bool      // there was none before
}

// visit returns the visit that a request is part of.
func (s *Site) visit(r *http.Request) visit {
	now := s.Now()
	c, err := r.Cookie(visitCookie)
	if err != nil {
		return visit{now.Add(-firstVisit), true}
	}
	a, b, _ := strings.Cut(c.Value, "-")
	last, lerr := strconv.ParseInt(a, 10, 64)
	seen, serr := strconv.ParseInt(b, 10, 64)
	switch {
	case lerr != nil || serr != nil || last > seen || seen > now.Unix():
		return visit{now.Add(-firstVisit), true}
	case now.Sub(time.Unix(seen, 0)) > visitBreak:
		return visit{since: time.Unix(seen, 0)}
	}
	if last == 0 {
		return visit{now.Add(-firstVisit), true}
	}
	return visit{since: time.Unix(last, 0)}
}

// cookie is what is kept of the visit.
func (v visit) cookie(now time.Time) *http.Cookie {
	last := v.since.Unix()
	if v.first {
		last = 0
	}
	return &http.Cookie{
		Name: visitCookie, Value: fmt.Sprintf("%d-%d", last, now.Unix()), Path: "/", MaxAge: 400 * 24 * 60 * 60,
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
	}
}
