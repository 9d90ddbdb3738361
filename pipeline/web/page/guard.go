package page

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// A Guard stands between a network and a site.
type Guard struct {
	// Hosts are the names under which the site may be asked for, besides
	// localhost and plain addresses. A page elsewhere that lets its own name
	// point here is refused that way.
	Hosts []string
	// Token, if there is one, must come with every request but /healthz: as
	// the password of Basic authentication, or as a Bearer token.
	Token string
}

// Bounds of a request and of the time to answer it.
const (
	maxQuery    = 4 << 10  // bytes
	maxBody     = 64 << 10 // bytes
	pageTime    = 30 * time.Second
	exportTime  = 10 * time.Minute
	exportsPath = "/api/"
)

// policy lets a page have nothing but this site's style, script and images.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Wrap returns h behind the guard.
func (g Guard) Wrap(h http.Handler) http.Handler {
	same := http.NewCrossOriginProtection().Handler(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header())
		limit := pageTime
		if strings.HasPrefix(r.URL.Path, exportsPath) {
			limit = exportTime
		}
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(limit)) // a recorder has none
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		switch {
		case !g.host(r.Host):
			http.Error(w, "this name is not served here; 'tenure serve --host NAME' allows one", http.StatusMisdirectedRequest)
		case len(r.URL.RawQuery) > maxQuery:
			http.Error(w, "the query is too long", http.StatusRequestURITooLong)
		case g.Token != "" && r.URL.Path != "/healthz" && !g.admits(r):
			w.Header().Set("WWW-Authenticate", `Basic realm="tenure", charset="UTF-8"`)
			http.Error(w, "the token is the password; any user name will do", http.StatusUnauthorized)
		default:
			same.ServeHTTP(w, r)
		}
	})
}

func secure(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}

// host reports whether the site may be asked for under a name. Plain
// addresses may: only a name can be made to point elsewhere.
func (g Guard) host(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), "."))
	if _, err := netip.ParseAddr(name); err == nil || name == "localhost" {
		return true
	}
	return slices.ContainsFunc(g.Hosts, func(h string) bool { return strings.EqualFold(h, name) })
}

// admits compares in a time that does not depend on what was given.
func (g Guard) admits(r *http.Request) bool {
	given, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !bearer {
		_, given, _ = r.BasicAuth()
	}
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(g.Token))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}
