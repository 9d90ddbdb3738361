package block

import (
	"bytes"
	"html"
	"strings"
)

// Skim fills p with the text between the tags of a page that Parse refuses.
// Blocks carry their element's name but no box and no marks.
func Skim(p *Page, b []byte) {
	p.reset()
	w := walker{page: p, inline: inline{buf: p.Text}, linked: -1}
	s := skimmer{walker: &w, at: place{box: -1}}
	for len(b) > 0 && len(p.Blocks) < mostTags {
		b = s.next(b)
	}
	w.end(Paragraph)
	p.Text = w.buf
}

type skimmer struct {
	*walker
	at place
}

// next reads one run of text or one tag and returns what follows.
func (s *skimmer) next(b []byte) []byte {
	i := bytes.IndexByte(b, '<')
	if i != 0 {
		if i < 0 {
			i = len(b)
		}
		s.text(html.UnescapeString(string(b[:i])), s.at)
		return b[i:]
	}
	if bytes.HasPrefix(b, []byte("<!--")) {
		return after(b[4:], "-->")
	}
	if len(b) > 1 && (b[1] == '!' || b[1] == '?') {
		return after(b, ">")
	}
	return s.tag(b)
}

func after(b []byte, end string) []byte {
	i := bytes.Index(b, []byte(end))
	if i < 0 {
		return nil
	}
	return b[i+len(end):]
}

// tag reads a start or end tag. A sign < that begins none is text.
func (s *skimmer) tag(b []byte) []byte {
	from := 1
	if len(b) > 1 && b[1] == '/' {
		from = 2
	}
	to := from
	for to < len(b) && to < from+16 && (lower(b[to]) >= 'a' && lower(b[to]) <= 'z' || b[to] >= '0' && b[to] <= '9') {
		to++
	}
	if to == from {
		s.text("<", s.at)
		return b[1:]
	}
	name := strings.ToLower(string(b[from:to]))
	_, end := tagSize(b[from:])
	rest := b[min(len(b), from+end+1):]
	if from == 1 && raw(name) {
		return s.pass(rest, name)
	}
	s.boundary(name, from == 1)
	return rest
}

// raw reports whether the element's content is not markup and not shown.
func raw(name string) bool {
	switch name {
	case "script", "style", "noscript", "template", "svg", "iframe", "textarea", "select", "title", "object", "head":
		return true
	}
	return false
}

// pass skips an element that is not shown; a head ends where the body begins
// even if nothing says so.
func (s *skimmer) pass(b []byte, name string) []byte {
	if name == "head" {
		return b
	}
	for i := 0; ; {
		j := bytes.Index(b[i:], []byte("</"))
		if j < 0 {
			return nil
		}
		i += j + 2
		if len(b)-i >= len(name) && strings.EqualFold(string(b[i:i+len(name)]), name) {
			return after(b[i:], ">")
		}
	}
}
