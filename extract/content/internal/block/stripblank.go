package block

import "bytes"

// text steps over n bytes of text before a tag, or leaves them out. White space
// between two blocks is never shown, but a node each in the tree: most of all
// text nodes hold nothing else. The first behind a word stays, because it keeps
// that word apart from the next for whoever reads an element as one line.
func (s *stripper) text(n int) {
	if n == 0 {
		return
	}
	b := s.src[s.at : s.at+n]
	if !blankByte(b[0]) || len(bytes.TrimLeft(b, " \t\n\r\f")) > 0 {
		s.at += n
		s.block, s.spaced = false, blankByte(b[n-1])
		return
	}
	if s.block && s.spaced && s.blockAhead(s.at+n) {
		s.leave(n)
		return
	}
	s.at += n
	s.block, s.spaced = false, true
}

// blockAhead reports whether a tag of a block begins at i.
func (s *stripper) blockAhead(i int) bool {
	b := s.src[i+1:]
	return blockTag(bytes.TrimPrefix(b, []byte("/")))
}

// blockTag reports whether b begins with the name of an element that is a block
// of its own wherever it stands. What white space means inside tables and lists
// of definitions depends on more.
func blockTag(b []byte) bool {
	n := 0
	for n < len(b) && n < 12 && (lower(b[n]) >= 'a' && lower(b[n]) <= 'z' || b[n] >= '1' && b[n] <= '6') {
		n++
	}
	if n == len(b) || b[n] != '>' && !blankByte(b[n]) {
		return false
	}
	switch string(b[:n]) {
	case "div", "p", "li", "ul", "ol", "section", "article", "main", "header", "footer", "nav", "aside", "figure", "figcaption",
		"h1", "h2", "h3", "h4", "h5", "h6", "form":
		return true
	}
	return false
}
