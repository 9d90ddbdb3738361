package crawler

import (
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/url"

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
	base, err := join(nil, t.at)
	if err != nil {
		return false, fail(t.at, BadURL, err)
	}
	next, err := join(base, to)
	if err != nil {
		return false, fail(t.at, BadURL, err)
	}
	if _, err := canonical(next, to); err != nil {
		return false, fail(t.at, badAddress(err), err)
	}
	hop, err := Canonical(t.at)
	if err != nil {
		return false, fail(t.at, badAddress(err), err)
	}
	next.SetUsername("")
	next.SetPassword("")
	if t.seen == nil {
		t.seen = make(map[string]bool)
	}
	// A server may send a reader back to the same address with a cookie, once.
	cookie := len(r.header.Values("Set-Cookie")) > 0
	key := t.at
	if cookie {
		key += "\n+cookie"
	}
	if t.seen[key] {
		return false, fail(t.at, RedirectLoop, nil)
	}
	t.seen[key] = true
	t.hops = append(t.hops, hop)
	if len(t.hops) > maxRedirects {
		return false, fail(t.at, TooManyRedirects, nil)
	}
	t.at = next.Href(true)
	return true, nil
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
