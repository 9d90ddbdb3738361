package crawler

import (
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"
)

// A trail is the way of one fetch through redirects.
type trail struct {
	at   string          // where to ask next
	hops []string        // where it was redirected, canonical
	seen map[string]bool // addresses asked, as asked
	jar  *cookiejar.Jar  // what this fetch was given on the way
}

// follow goes on to where the answer redirects to, if it does.
func (t *trail) follow(r reply) (bool, error) {
	to := r.header.Get("Location")
	if !isRedirect(r.status) || to == "" {
		return false, nil
	}
	next, err := t.target(to)
	if err != nil {
		return false, fail(t.at, badAddress(err), err)
	}
	if t.seen[t.key(r)] {
		return false, fail(t.at, RedirectLoop, nil)
	}
	hop, err := Canonical(t.at)
	if err != nil {
		return false, fail(t.at, badAddress(err), err)
	}
	if len(t.hops) >= maxRedirects {
		return false, fail(t.at, TooManyRedirects, nil)
	}
	if t.seen == nil {
		t.seen = make(map[string]bool)
	}
	t.seen[t.key(r)] = true
	t.hops = append(t.hops, hop)
	t.at = next
	return true, nil
}

// target returns the address a Location leads to, as it is to be asked for:
// not canonical, since a server may redirect to add what that drops.
func (t *trail) target(location string) (string, error) {
	base, err := join(nil, t.at)
	if err != nil {
		return "", err
	}
	next, err := join(base, asciiLocation(location))
	if err != nil {
		return "", err
	}
	if _, err := canonical(next, location); err != nil {
		return "", err
	}
	next.SetUsername("")
	next.SetPassword("")
	return next.Href(true), nil
}

// asciiLocation escapes the bytes of a Location that is no UTF-8, as they
// are: the server will know them again.
func asciiLocation(location string) string {
	if utf8.ValidString(location) {
		return location
	}
	var b strings.Builder
	for i := range len(location) {
		if location[i] < utf8.RuneSelf {
			b.WriteByte(location[i])
		} else {
			writeHex(&b, location[i])
		}
	}
	return b.String()
}

// key tells redirects apart. A server may send a reader back to the same
// address with a cookie, once.
func (t *trail) key(r reply) string {
	if len(r.header.Values("Set-Cookie")) > 0 {
		return t.at + "\n+cookie"
	}
	return t.at
}

func (t *trail) sendCookies(h http.Header) {
	if t.jar == nil {
		return
	}
	u, err := url.Parse(t.at)
	if err != nil {
		return // refused by the request itself
	}
	req := http.Request{Header: h}
	for _, c := range t.jar.Cookies(u) {
		req.AddCookie(c)
	}
}

// takeCookies keeps cookies for the rest of this fetch: some sites redirect
// until they see their cookie again. Nothing is kept for the next fetch.
func (t *trail) takeCookies(h http.Header) {
	if len(h.Values("Set-Cookie")) == 0 {
		return
	}
	u, err := url.Parse(t.at)
	if err != nil {
		return
	}
	if t.jar == nil {
		// New never fails.
		t.jar, _ = cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	}
	res := http.Response{Header: h}
	t.jar.SetCookies(u, res.Cookies())
}

func isRedirect(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

func isPermanent(status int) bool { return status == 301 || status == 308 }

// badAddress returns the reason for an error of Canonical.
func badAddress(err error) Reason {
	if errors.Is(err, ErrScheme) {
		return BadScheme
	}
	return BadURL
}
