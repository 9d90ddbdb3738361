package crawler

import (
	"bytes"
	"strings"

	"golang.org/x/net/html/charset"
)

// prescanned is how far a page is searched for a <meta> with its encoding.
// Browsers look at 1,024 bytes first and at the rest while they parse.
const prescanned = 64 << 10

// metaCharset returns the encoding that the first <meta> with one names
// (HTML, 13.2.3.2, "prescan a byte stream").
func metaCharset(page []byte) string {
	p := prescan{rest: page[:min(len(page), prescanned)]}
	for {
		i := bytes.IndexByte(p.rest, '<')
		if i < 0 {
			return ""
		}
		p.rest = p.rest[i+1:]
		label := p.tag()
		if enc, _ := charset.Lookup(label); enc != nil {
			return label
		}
	}
}

// A prescan reads markup as loosely as it can be read.
type prescan struct{ rest []byte }

// tag reads what follows a "<", and returns the encoding if it names one.
func (p *prescan) tag() string {
	switch {
	case bytes.HasPrefix(p.rest, []byte("!--")):
		if i := bytes.Index(p.rest[1:], []byte("-->")); i >= 0 {
			p.rest = p.rest[1+i+3:]
		} else {
			p.rest = nil
		}
	case len(p.rest) > 4 && strings.EqualFold(string(p.rest[:4]), "meta") && isSpaceOrSlash(p.rest[4]):
		p.rest = p.rest[4:]
		return p.meta()
	case len(p.rest) > 0 && isLetter(p.rest[0]), len(p.rest) > 1 && p.rest[0] == '/' && isLetter(p.rest[1]):
		i := bytes.IndexAny(p.rest, " \t\r\n\f>")
		if i < 0 {
			i = len(p.rest)
		}
		p.rest = p.rest[i:]
		for name, _ := p.attr(); name != ""; name, _ = p.attr() {
		}
	case len(p.rest) > 0 && (p.rest[0] == '!' || p.rest[0] == '/' || p.rest[0] == '?'):
		if i := bytes.IndexByte(p.rest, '>'); i >= 0 {
			p.rest = p.rest[i:]
		}
	}
	return ""
}

// meta reads the attributes of a <meta>.
func (p *prescan) meta() string {
	var pragma, wants, charset bool
	label := ""
	seen := make(map[string]bool)
	for name, value := p.attr(); name != ""; name, value = p.attr() {
		if seen[name] {
			continue
		}
		seen[name] = true
		switch name {
		case "http-equiv":
			pragma = value == "content-type"
		case "content":
			if l := contentCharset(value); l != "" && !charset && label == "" {
				label, wants = l, true
			}
		case "charset":
			label, charset, wants = value, true, false
		}
	}
	if wants && !pragma || len(p.rest) == 0 { // a tag that does not end is none
		return ""
	}
	return strings.TrimSpace(label)
}

// attr reads one attribute, in lower case; no name is the end of the tag.
func (p *prescan) attr() (name, value string) {
	p.rest = bytes.TrimLeft(p.rest, " \t\r\n\f/")
	end := bytes.IndexAny(p.rest, "= \t\r\n\f/>")
	if end == 0 && p.rest[0] == '=' { // an attribute may begin with =
		end = 1 + max(0, bytes.IndexAny(p.rest[1:], "= \t\r\n\f/>"))
	}
	if end <= 0 {
		return "", ""
	}
	name = strings.ToLower(string(p.rest[:end]))
	p.rest = bytes.TrimLeft(p.rest[end:], " \t\r\n\f")
	if !bytes.HasPrefix(p.rest, []byte("=")) {
		return name, ""
	}
	p.rest = bytes.TrimLeft(p.rest[1:], " \t\r\n\f")
	return name, strings.ToLower(p.value())
}

// value reads the value of an attribute, quoted or not.
func (p *prescan) value() string {
	if len(p.rest) == 0 {
		return ""
	}
	if q := p.rest[0]; q == '"' || q == '\'' {
		value, rest, ok := bytes.Cut(p.rest[1:], []byte{q})
		if !ok {
			p.rest = nil
			return ""
		}
		p.rest = rest
		return string(value)
	}
	end := bytes.IndexAny(p.rest, " \t\r\n\f>")
	if end < 0 {
		end = len(p.rest)
	}
	value := string(p.rest[:end])
	p.rest = p.rest[end:]
	return value
}

// contentCharset finds "charset=…" in the content of a <meta> (HTML, 2.4.6).
func contentCharset(s string) string {
	for {
		i := strings.Index(s, "charset")
		if i < 0 {
			return ""
		}
		s = strings.TrimLeft(s[i+len("charset"):], " \t\r\n\f")
		if !strings.HasPrefix(s, "=") {
			continue
		}
		s = strings.TrimLeft(s[1:], " \t\r\n\f")
		if s == "" {
			return ""
		}
		if s[0] == '"' || s[0] == '\'' {
			label, _, ok := strings.Cut(s[1:], s[:1])
			if !ok {
				return ""
			}
			return label
		}
		if end := strings.IndexAny(s, " \t\r\n\f;"); end >= 0 {
			s = s[:end]
		}
		return s
	}
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isSpaceOrSlash(c byte) bool { return strings.IndexByte(" \t\r\n\f/", c) >= 0 }
