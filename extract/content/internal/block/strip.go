package block

import "bytes"

// Strip copies a page without what is never shown and never read: scripts
// (but those of structured data), styles, drawings, comments, and attributes
// made for scripts and layout. That is often most of a page, and it is cheaper
// to leave out than to parse. The copy is written to dst if it is large
// enough.
func Strip(dst, src []byte) []byte {
	if cap(dst) < len(src) {
		dst = make([]byte, 0, len(src))
	}
	s := stripper{dst: dst[:0], src: src}
	for s.at < len(src) {
		i := bytes.IndexByte(src[s.at:], '<')
		if i < 0 || s.at+i+2 > len(src) {
			break
		}
		s.at += i
		s.tag()
	}
	return append(s.dst, src[s.from:]...)
}

// A stripper copies src[from:at] when it comes to something to leave out.
type stripper struct {
	dst, src []byte
	from, at int
}

// tag steps over the tag at s.at, or leaves out the element it begins.
func (s *stripper) tag() {
	rest := s.src[s.at:]
	if bytes.HasPrefix(rest, []byte("<!--")) {
		s.comment(rest)
		return
	}
	if c := rest[1] | 0x20; c < 'a' || c > 'z' {
		s.at++
		return
	}
	_, end := tagSize(rest[1:])
	end = min(end+2, len(rest))
	if rest[1]|0x20 == 's' {
		if n, shown := element(rest, end); n > 0 && shown {
			s.at += n
			return
		} else if n > 0 {
			s.leave(n)
			return
		}
	}
	if end > 48 {
		s.attributes(end)
		return
	}
	s.at += end
}

// leave copies what is before s.at and steps over n bytes.
func (s *stripper) leave(n int) {
	s.dst = append(s.dst, s.src[s.from:s.at]...)
	s.at += n
	s.from = s.at
}

func (s *stripper) comment(rest []byte) {
	i := bytes.Index(rest[4:], []byte("-->"))
	if i <= 0 || rest[4] == '>' || rest[4] == '-' {
		s.at += 4
		return
	}
	s.leave(4 + i + 3)
}

// element returns the length of the script, style or svg element that begins
// b, whose start tag has open bytes, and whether it is to be kept as it is; 0
// if it is another element or has no end.
func element(b []byte, open int) (n int, kept bool) {
	switch {
	case named(b, "script"):
		n = rawElement(b, open, "</script")
		// A script that has a comment with a script in it ends by rules of its own.
		odd := bytes.Contains(b[open:max(open, n)], []byte("<!--")) && bytes.Contains(b[open:n], []byte("<script"))
		return n, odd || bytes.Contains(b[:open], []byte("json"))
	case named(b, "style"):
		return rawElement(b, open, "</style"), false
	case named(b, "svg"):
		return drawing(b, open), false
	}
	return 0, false
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
