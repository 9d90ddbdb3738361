package block

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// boundary ends a line or paragraph where the named element begins or ends.
func (s *skimmer) boundary(name string, opens bool) {
	n := html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
	switch roleOf(&n) {
	case broken:
		s.lineBreak()
	case lined:
		s.end(Line)
	case spaced, ruled:
		s.end(Paragraph)
	default:
		s.mark(plain)
		return
	}
	if opens {
		s.at.tag = n.DataAtom
	}
}
