package crawler

import (
	"strings"

	"github.com/nlnwa/whatwg-url/url"
)

const (
	punycode = "xn--"        // how labels of international names begin
	disguise = "xnq0punyq0x" // how they begin while they are not looked at
)

// joinLoose is join for hosts with labels that begin like Punycode and are
// none. Browsers take such names as they are, and so do name servers.
func joinLoose(base *url.Url, ref string) (*url.Url, error) {
	p := url.NewParser(url.WithPreParseHostFunc(hidePunycode), url.WithPostParseHostFunc(showPunycode))
	if base == nil {
		return p.Parse(ref)
	}
	return p.ParseRef(base.Href(false), ref)
}

func hidePunycode(_ *url.Url, host string) string {
	host = strings.ToLower(host)
	for i := range len(host) {
		if host[i] >= 0x80 || host[i] == '%' {
			return host
		}
	}
	if strings.Contains(host, disguise) {
		return host
	}
	return strings.ReplaceAll(host, punycode, disguise)
}

func showPunycode(_ *url.Url, host string) string {
	return strings.ReplaceAll(host, disguise, punycode)
}
