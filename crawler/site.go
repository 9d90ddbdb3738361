package crawler

import (
	"crypto/sha256"
	"net/netip"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Key returns the 16 bytes under which a canonical URL is kept: the
// beginning of its SHA-256.
func Key(canonical string) [16]byte {
	sum := sha256.Sum256([]byte(canonical))
	return [16]byte(sum[:16])
}

// Host returns the host of a canonical URL, with its port if that is not the
// default one. It is what politeness is counted by.
func Host(canonical string) string {
	_, rest, _ := strings.Cut(canonical, "://")
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, "?")
	return host
}

// origin returns scheme and host, which is what a robots.txt is good for.
func origin(canonical string) string {
	scheme, _, _ := strings.Cut(canonical, "://")
	return scheme + "://" + Host(canonical)
}

// SameSite reports whether two canonical URLs belong to one owner, as far as
// their hosts tell: the same registrable domain ("news.example.co.uk" and
// "example.co.uk"), or the same host and port for addresses and names that
// have none.
func SameSite(a, b string) bool { return Site(a) == Site(b) }

// Site returns the registrable domain of a canonical URL, or its host and
// port if it has none.
func Site(canonical string) string {
	host := Host(canonical)
	name := hostname(host)
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil || isLocalName(name) {
		return host
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(name)
	if err != nil {
		return host
	}
	return site
}

// hostname drops the port.
func hostname(host string) string {
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		return host[:i]
	}
	return host
}

func isLocalName(name string) bool {
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}
