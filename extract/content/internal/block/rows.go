package block

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// records writes every row as its first cell on one line and the others
// behind the names of their columns. Empty cells are left out.
func (w *walker) records(g grid, at place) {
	heads := make([]string, len(g.rows[0]))
	for i, c := range g.rows[0] {
		heads[i] = strings.TrimSuffix(cellText(c), ":")
	}
	for _, r := range g.rows[1:] {
		w.cell(r[0], at)
		w.end(Line)
		for i, c := range r[1:] {
			if blank(cellText(c)) {
				continue
			}
			if h := heads[i+1]; h != "" {
				w.text(h+": ", at)
			}
			w.cell(c, at)
			w.end(Line)
		}
		w.end(Paragraph)
	}
}

// pairs writes every row as "key: value".
func (w *walker) pairs(g grid, at place) {
	for _, r := range g.rows {
		w.pair(r[0], r[1], at)
		w.end(Line)
	}
}

// pair writes a key and its value. The key of a person's name is left out,
// so that the name heads what follows.
func (w *walker) pair(k, v *html.Node, at place) {
	key := cellText(k)
	if !nameKey(key) {
		w.cell(k, at)
		w.colon()
	}
	w.cell(v, at)
}

// nameKey reports whether a key only says that a name follows.
func nameKey(key string) bool {
	switch strings.ToLower(strings.TrimSuffix(key, ":")) {
	case "name", "full name", "person", "nom", "nombre", "nome", "naam", "navn", "namn", "imię i nazwisko", "имя":
		return true
	}
	return false
}

// colon puts ": " behind a key that does not end in a mark of its own.
func (w *walker) colon() {
	if w.empty() {
		return
	}
	if r, _ := utf8.DecodeLastRune(w.buf); !strings.ContainsRune(":?!.", r) {
		w.buf = append(w.buf, ':')
	}
	w.space, w.seam, w.joined = true, noSeam, true
}

// rows writes every row as one line.
func (w *walker) rows(g grid, at place) {
	for _, r := range g.rows {
		for _, c := range r {
			if !w.empty() {
				w.space = true
				w.text("|", at)
				w.space = true
			}
			w.cell(c, at)
		}
		w.buf = trimBar(w.buf, w.start)
		w.end(Line)
	}
}

// trimBar takes bars without a cell behind them off the end of a line.
func trimBar(buf []byte, start int) []byte {
	for len(buf) > start && (buf[len(buf)-1] == '|' || buf[len(buf)-1] == ' ') {
		buf = buf[:len(buf)-1]
	}
	return buf
}

// cell writes what is in a cell on one line.
func (w *walker) cell(n *html.Node, at place) {
	at.tag = n.DataAtom
	at.marks |= marksOf(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.cellNode(c, at)
	}
}

func (w *walker) cellNode(n *html.Node, at place) {
	r := flowing
	if n.Type == html.ElementNode {
		r = roleOf(n)
	}
	switch r {
	case lined, spaced:
		w.space = true
		w.cell(n, at)
		w.space = true
	case broken, ruled:
		w.space = true
	default:
		w.node(n, at)
	}
}

// definitions writes a dl: every dt and the dd behind it as "key: value".
// Long keys, as questions are, stay on a line of their own.
func (w *walker) definitions(n *html.Node, at place) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.DataAtom == atom.Dt && pairs(c):
			w.end(Line)
			w.term(c, at)
		case c.DataAtom == atom.Div:
			w.end(Line)
			inner := w.open(c, at)
			w.definitions(c, inner)
			w.page.Boxes[inner.box].Last = len(w.page.Blocks)
		default:
			w.node(c, at)
		}
	}
}

func (w *walker) term(n *html.Node, at place) {
	key := cellText(n)
	if nameKey(key) {
		return
	}
	w.cell(n, at)
	w.colon()
}

// pairs reports whether a dt is short and has a dd behind it.
func pairs(dt *html.Node) bool {
	if len(cellText(dt)) > 60 {
		return false
	}
	for s := dt.NextSibling; s != nil; s = s.NextSibling {
		if s.Type == html.ElementNode {
			return s.DataAtom == atom.Dd
		}
	}
	return false
}
