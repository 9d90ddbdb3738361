package crawler

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// A Scope is what may be taken from a source. Its zero value is: pages of the
// same site.
//
// A pattern is written as in robots.txt: * stands for anything and a $ at the
// end for the end. It is compared with path and query if it begins with "/",
// else with everything after "https://": "/news/*.html$",
// "blogs.example.org/". After "re:" it is a regular expression searched for
// in the whole address. Deny wins over allow. With allow patterns nothing
// else is taken, and what they match may lie on another site.
type Scope struct {
	Pages int // next pages followed from a list; 10 if 0, none if negative

	allow, deny []pattern
}

const (
	defaultPages = 10
	maxPatterns  = 200
)

type pattern struct {
	text string
	re   *regexp.Regexp
}

// NewScope reads allow and deny patterns.
func NewScope(allow, deny []string) (Scope, error) {
	var s Scope
	if len(allow)+len(deny) > maxPatterns {
		return s, fmt.Errorf("%d patterns: at most %d", len(allow)+len(deny), maxPatterns)
	}
	var err error
	if s.allow, err = patterns(allow); err != nil {
		return Scope{}, err
	}
	if s.deny, err = patterns(deny); err != nil {
		return Scope{}, err
	}
	return s, nil
}

func patterns(texts []string) ([]pattern, error) {
	var all []pattern
	for _, t := range texts {
		p := pattern{text: t}
		if expr, ok := strings.CutPrefix(t, "re:"); ok {
			var err error
			if p.re, err = regexp.Compile(expr); err != nil {
				return nil, fmt.Errorf("pattern %q: %w", t, err)
			}
		} else if _, rest, ok := strings.Cut(t, "://"); ok {
			p.text = rest
		}
		all = append(all, p)
	}
	return all, nil
}

func (p pattern) match(canonical string) bool {
	if p.re != nil {
		return p.re.MatchString(canonical)
	}
	if strings.HasPrefix(p.text, "/") {
		return matchPattern(p.text, robotsPath(canonical))
	}
	_, rest, _ := strings.Cut(canonical, "://")
	return matchPattern(p.text, rest)
}

// Why an address is not taken.
const (
	rejectBadURL  = "not an address"
	rejectOffSite = "another site"
	rejectDenied  = "denied by pattern"
	rejectAllow   = "matches no allow pattern"
	rejectAd      = "advertising"
	rejectFile    = "not a page"
	rejectTrap    = "repeats itself"
)

// check returns why a canonical address found from a page of one of the
// sites is out of scope, empty if it is not.
func (s Scope) check(canonical string, sites ...string) string {
	matches := func(p pattern) bool { return p.match(canonical) }
	switch {
	case slices.ContainsFunc(s.deny, matches):
		return rejectDenied
	case slices.ContainsFunc(s.allow, matches):
		return ""
	case isAd(canonical):
		return rejectAd
	case !slices.Contains(sites, Site(canonical)):
		return rejectOffSite
	case len(s.allow) > 0:
		return rejectAllow
	case isFile(canonical):
		return rejectFile
	case isTrap(canonical):
		return rejectTrap
	}
	return ""
}

func (s Scope) pages() int {
	if s.Pages == 0 {
		return defaultPages
	}
	return s.Pages
}

// isAd knows the hosts and paths that lead to what is sold.
func isAd(canonical string) bool {
	switch Site(canonical) {
	case "doubleclick.net", "googlesyndication.com", "googleadservices.com", "adnxs.com", "taboola.com",
		"outbrain.com", "criteo.com", "adsrvr.org", "amazon-adsystem.com", "revcontent.com", "mgid.com",
		"zergnet.com", "adform.net", "smartadserver.com", "teads.tv", "sharethrough.com", "nativo.com":
		return true
	}
	first, _, _ := strings.Cut(Host(canonical), ".")
	if first == "ads" || first == "ad" || first == "adclick" || first == "adserver" {
		return true
	}
	p := strings.ToLower(robotsPath(canonical))
	return strings.Contains(p, "/adclick") || strings.Contains(p, "/sponsored/") || strings.Contains(p, "/advertorial") ||
		strings.Contains(p, "/adserver") || strings.Contains(p, "/brandcontent/") || strings.Contains(p, "/partner-content/")
}

// isTrap reports whether a path goes round in circles, as relative links do
// on pages that answer under any address.
func isTrap(canonical string) bool {
	path, _, _ := strings.Cut(robotsPath(canonical), "?")
	seen := make(map[string]int)
	segments := 0
	for s := range strings.SplitSeq(path, "/") {
		if s == "" {
			continue
		}
		segments++
		if seen[s]++; seen[s] > 3 {
			return true
		}
	}
	return segments > 25
}

// isFile reports whether the path names something that is not read.
func isFile(canonical string) bool {
	p, _, _ := strings.Cut(robotsPath(canonical), "?")
	switch strings.ToLower(path.Ext(p)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".ico", ".bmp", ".tif", ".tiff",
		".mp3", ".mp4", ".m4a", ".m4v", ".webm", ".ogg", ".wav", ".avi", ".mov", ".mkv", ".m3u8",
		".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".zip", ".gz", ".tar", ".rar", ".7z",
		".exe", ".dmg", ".apk", ".css", ".js", ".woff", ".woff2", ".ttf", ".ics", ".vcf", ".epub":
		return true
	}
	return false
}
