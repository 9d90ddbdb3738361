package crawler

import (
	"errors"
	"fmt"
	"strings"

	"github.com/nlnwa/whatwg-url/url"
)

// maxURL is the length in bytes above which an address is refused.
const maxURL = 8192

// Errors of addresses that are not crawled.
var (
	ErrScheme  = errors.New("not an http or https address")
	ErrLongURL = fmt.Errorf("longer than %d bytes", maxURL)
	ErrHost    = errors.New("no host, or one that can have no address")
)

// Canonical returns the one spelling under which the page at raw is known.
//
// The address is read as a browser reads it (WHATWG URL). User names,
// fragments, default ports, dot segments, session ids and tracking
// parameters are dropped, the host is lower case ASCII without a trailing
// dot, and percent-encoding is brought to one form: unreserved characters
// plain, everything else in upper-case hex. The order of the query is kept,
// because servers may care, and so is a trailing slash.
//
// Canonical(Canonical(x)) is Canonical(x).
func Canonical(raw string) (string, error) {
	if len(raw) > maxURL {
		return "", fmt.Errorf("url %.60s…: %w", raw, ErrLongURL)
	}
	if isPlain(raw) {
		return raw, nil
	}
	u, err := join(nil, raw)
	if err != nil {
		return "", err
	}
	return canonical(u, raw)
}

// Resolve returns the canonical form of ref as found on the page at base.
func Resolve(base, ref string) (string, error) {
	b, err := join(nil, base)
	if err != nil {
		return "", err
	}
	return resolve(b, ref)
}

// resolve is Resolve for a base that has been read.
func resolve(base *url.Url, ref string) (string, error) {
	if isPlain(ref) {
		return ref, nil
	}
	if strings.HasPrefix(ref, "/") && !strings.HasPrefix(ref, "//") && isPlainPath(ref) {
		if u := base.Scheme() + "://" + base.Host() + ref; isPlain(u) {
			return u, nil
		}
	}
	u, err := join(base, ref)
	if err != nil {
		return "", err
	}
	return canonical(u, ref)
}

// join reads ref as found on the page at base, nil for none, and changes
// nothing else.
func join(base *url.Url, ref string) (*url.Url, error) {
	if len(ref) > maxURL {
		return nil, fmt.Errorf("url %.60s…: %w", ref, ErrLongURL)
	}
	var u *url.Url
	var err error
	if base == nil {
		u, err = url.Parse(ref)
	} else {
		u, err = base.Parse(ref)
	}
	if err != nil && strings.Contains(strings.ToLower(ref), punycode) {
		u, err = joinLoose(base, ref)
	}
	if err != nil {
		return nil, fmt.Errorf("url %q: %w", ref, err)
	}
	return u, nil
}

func canonical(u *url.Url, raw string) (string, error) {
	scheme := u.Scheme()
	if scheme != "http" && scheme != "https" {
		return "", fmt.Errorf("url %.200q: %w", raw, ErrScheme)
	}
	host := strings.TrimSuffix(u.Hostname(), ".")
	if !isHost(host) {
		return "", fmt.Errorf("url %.200q: %w", raw, ErrHost)
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	var b strings.Builder
	b.WriteString(scheme + "://" + host)
	writeEscaped(&b, withoutSession(u.Pathname()))
	writeQuery(&b, u.Query())
	if b.Len() > maxURL {
		return "", fmt.Errorf("url %.60s…: %w", raw, ErrLongURL)
	}
	return b.String(), nil
}

// isHost reports whether a host is an IPv6 address in brackets or made of
// what names and IPv4 addresses are made of.
func isHost(host string) bool {
	if strings.HasPrefix(host, "[") {
		return true // the parser has read it
	}
	last := byte('.')
	for i := range len(host) {
		c := host[i]
		if !isUnreserved(c) || c == '~' || c == '.' && last == '.' {
			return false
		}
		last = c
	}
	return last != '.'
}

// withoutSession cuts ";jsessionid=…" and its like from the end of a path,
// unless that would leave a dot segment.
func withoutSession(path string) string {
	i := strings.LastIndexByte(path, ';')
	if i < 0 {
		return path
	}
	name, _, ok := strings.Cut(path[i+1:], "=")
	if !ok || !isSession(strings.ToLower(name)) {
		return path
	}
	last := path[strings.LastIndexByte(path[:i], '/')+1 : i]
	switch strings.ReplaceAll(strings.ToLower(last), "%2e", ".") {
	case ".", "..":
		return path
	}
	return withoutSession(path[:i])
}

// writeQuery writes the parameters that say which page it is, in their order.
func writeQuery(b *strings.Builder, query string) {
	sep := byte('?')
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		name, _, _ := strings.Cut(pair, "=")
		if pair == "" || isTracking(unescapeName(name)) {
			continue
		}
		b.WriteByte(sep)
		writeEscaped(b, pair)
		sep = '&'
	}
}

// unescapeName lets "utm%5Fsource" be known for what it is.
func unescapeName(name string) string {
	var b strings.Builder
	writeEscaped(&b, name)
	return strings.ToLower(b.String())
}

// writeEscaped writes s with percent-encoding in one form. A % that begins
// no escape becomes %25, so that decoding next to it cannot make a new one.
func writeEscaped(b *strings.Builder, s string) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case isEscape(s, i):
			c = unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
			if isUnreserved(c) {
				b.WriteByte(c)
			} else {
				writeHex(b, c)
			}
		case c == '%' || isUnsafe(c):
			writeHex(b, c)
		default:
			b.WriteByte(c)
		}
	}
}

func writeHex(b *strings.Builder, c byte) {
	const digits = "0123456789ABCDEF"
	b.WriteByte('%')
	b.WriteByte(digits[c>>4])
	b.WriteByte(digits[c&15])
}

// isEscape reports whether a percent escape begins at s[i].
func isEscape(s string, i int) bool {
	return s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
}

// isUnsafe reports the characters that no URL should hold as they are
// (RFC 3986), though browsers leave some of them.
func isUnsafe(c byte) bool {
	switch c {
	case '"', '<', '>', '[', '\\', ']', '^', '`', '{', '|', '}':
		return true
	}
	return c <= ' ' || c >= 0x7f
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}

// isUnreserved reports the characters that mean the same with and without
// percent-encoding (RFC 3986, 2.3).
func isUnreserved(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}
