package block

import "bytes"

// Strip copies a page without what is never shown and never read: scripts
// (but those of structured data), styles, drawings, comments, links for
// browsers, blanks between blocks, and attributes made for scripts and layout.
// That is often most of a page, and it is cheaper
// to leave out than to parse. The copy is written to dst if it is large
// enough.
func Strip(dst, src []byte) []byte {
	out, _ := strip(dst, src)
	return out
}

// strip is Strip that also says which bound the page breaks, if any.
func strip(dst, src []byte) ([]byte, error) {
	if cap(dst) < len(src) {
		dst = make([]byte, 0, len(src))
	}
	s := stripper{dst: dst[:0], src: src}
	for s.at < len(src) {
		i := bytes.IndexByte(src[s.at:], '<')
		if i < 0 || s.at+i+2 > len(src) {
			break
		}
		s.text(i)
		s.tag()
	}
	return append(s.dst, src[s.from:]...), s.bound()
}

// A stripper copies src[from:at] when it comes to something to leave out.
type stripper struct {
	dst, src []byte
	from, at int

	tags, names, most int // start tags, their attributes, and most in one
	misses            int // elements and comments whose end was looked for in vain

	block  bool // a tag of an element that is a block of its own ends at at
	spaced bool // there was white space behind the last word
}

// mostMisses bounds how often the rest of a page is searched for an end that
// is not there.
const mostMisses = 32

func (s *stripper) bound() error {
	switch {
	case s.tags > mostTags:
		return errTags
	case s.most > mostInTag, s.names > mostNames:
		return errNames
	}
	return nil
}

// tag steps over the tag at s.at, or leaves out the element it begins.
func (s *stripper) tag() {
	rest := s.src[s.at:]
	if bytes.HasPrefix(rest, []byte("<!--")) {
		s.comment(rest)
		return
	}
	s.block = false
	switch c := rest[1] | 0x20; {
	case c >= 'a' && c <= 'z':
		s.open(rest)
	case rest[1] == '/':
		s.close(rest)
	default:
		s.at++
	}
}

// open steps over the start tag that begins b, or leaves out its element.
func (s *stripper) open(b []byte) {
	names, end := tagSize(b[1:])
	s.tags++
	s.names += names
	s.most = max(s.most, names)
	end = min(end+2, len(b))
	switch {
	case b[1]|0x20 == 's' && s.misses < mostMisses && s.element(b, end):
	case named(b, "source"):
		s.leave(end)
	default:
		s.block = blockTag(b[1:])
		if end > 48 {
			s.attributes(end)
			return
		}
		s.at += end
	}
}

// close steps over the end tag that begins b.
func (s *stripper) close(b []byte) {
	i := -1
	if s.misses < mostMisses {
		i = bytes.IndexByte(b, '>')
	}
	if i < 0 {
		s.misses++
		s.at++
		return
	}
	s.block = blockTag(b[2:])
	s.at += i + 1
}

// leave copies what is before s.at and steps over n bytes.
func (s *stripper) leave(n int) {
	s.dst = append(s.dst, s.src[s.from:s.at]...)
	s.at += n
	s.from = s.at
}

func (s *stripper) comment(rest []byte) {
	if len(rest) < 5 || rest[4] == '>' || rest[4] == '-' || s.misses >= mostMisses {
		s.at += 4
		return
	}
	i := bytes.Index(rest[4:], []byte("-->"))
	if i < 0 {
		s.misses++
		s.at += 4
		return
	}
	s.leave(4 + i + 3)
}

// element leaves out the script, style or drawing that begins b, whose start
// tag has open bytes, and reports whether it is one. A script is kept if it is
// structured data, or has a comment with a script in it: that one ends by
// rules of its own.
func (s *stripper) element(b []byte, open int) bool {
	n, kept := 0, false
	switch {
	case named(b, "script"):
		n = rawElement(b, open, "</script")
		odd := bytes.Contains(b[open:max(open, n)], []byte("<!--")) && bytes.Contains(b[open:n], []byte("<script"))
		kept = odd || structured(b[:open])
	case named(b, "style"):
		n = rawElement(b, open, "</style")
	case named(b, "svg"):
		n = drawing(b, open)
	default:
		return false
	}
	switch {
	case n == 0:
		s.misses++
		return false
	case kept:
		s.at += n
	default:
		s.leave(n)
	}
	return true
}

// structured reports whether the start tag of a script says that it holds data
// about the page, and not, as application/json does, the state of a program:
// that is often longer than the page.
func structured(tag []byte) bool {
	return bytes.Contains(tag, []byte("json")) && (!bytes.Contains(tag, []byte("application/json")) || bytes.Contains(tag, []byte("ld+json")))
}

// named reports whether b begins with a start tag of the name.
func named(b []byte, name string) bool {
	if len(b) < len(name)+2 {
		return false
	}
	for i := range len(name) {
		if b[i+1]|0x20 != name[i] {
			return false
		}
	}
	switch b[len(name)+1] {
	case '>', ' ', '\n', '\t', '\r', '/':
		return true
	}
	return false
}

// rawElement finds the end of an element whose content is no markup.
func rawElement(b []byte, open int, end string) int {
	i := endTag(b[open:], end)
	if i < 0 {
		return 0
	}
	j := bytes.IndexByte(b[open+i:], '>')
	if j < 0 {
		return 0
	}
	return open + i + j + 1
}

// endTag finds an end tag of any case.
func endTag(b []byte, tag string) int {
	for from := 0; ; {
		i := bytes.Index(b[from:], []byte("</"))
		if i < 0 {
			return -1
		}
		from += i
		if len(b)-from >= len(tag) && bytes.EqualFold(b[from:from+len(tag)], []byte(tag)) {
			return from
		}
		from += 2
	}
}

// drawing finds the end of an svg element, which may hold others.
func drawing(b []byte, open int) int {
	if open >= 2 && b[open-2] == '/' {
		return open
	}
	depth, at := 1, open
	for depth > 0 {
		i := bytes.IndexByte(b[at:], '<')
		if i < 0 {
			return 0
		}
		at += i
		switch {
		case named(b[at:], "svg"):
			_, n := tagSize(b[at+1:])
			if at+n < len(b) && b[at+n] != '/' {
				depth++
			}
			at += n
		case len(b)-at > 5 && bytes.EqualFold(b[at:at+5], []byte("</svg")):
			depth--
			at += 5
		case bytes.HasPrefix(b[at:], []byte("<!--")), named(b[at:], "style"), named(b[at:], "script"):
			return 0
		default:
			at++
		}
	}
	j := bytes.IndexByte(b[at:], '>')
	if j < 0 {
		return 0
	}
	return at + j + 1
}
