package crawler

import "strings"

// isPlain reports whether an address is so plain that it is its own canonical
// form: most are, and reading one takes longer than fetching it should.
func isPlain(address string) bool {
	rest, ok := strings.CutPrefix(address, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(address, "http://")
	}
	slash := strings.IndexByte(rest, '/')
	return ok && len(address) <= maxURL && slash > 0 && isPlainHost(rest[:slash]) && isPlainPath(rest[slash:])
}

// isPlainHost reports whether a host is a name of lower-case letters and
// digits that ends in letters and holds no Punycode.
func isPlainHost(host string) bool {
	last := byte('.')
	for i := range len(host) {
		c := host[i]
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case (c == '-' || c == '.') && last != '-' && last != '.':
		default:
			return false
		}
		last = c
	}
	top := host[strings.LastIndexByte(host, '.')+1:]
	return len(top) >= 2 && strings.Trim(top, "abcdefghijklmnopqrstuvwxyz") == ""
}

// isPlainPath reports whether a path has nothing to escape, to unescape, to
// resolve or to drop, and no query.
func isPlainPath(path string) bool {
	for i := range len(path) {
		c := path[i]
		if !isUnreserved(c) && c != '/' && c != ',' && c != ':' && c != '+' && c != '=' && c != '@' {
			return false
		}
		if c == '.' && path[i-1] == '/' {
			return false
		}
	}
	return true
}
