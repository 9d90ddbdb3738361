package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// rows parts the pieces of every element under n that is a row of them.
func (p *parter) rows(n *html.Node) {
	next := n.FirstChild
	for c := next; c != nil; c = next {
		next = c.NextSibling
		if c.Type == html.ElementNode || c.Type == html.DocumentNode {
			p.rows(c)
		}
	}
	if n.Type == html.ElementNode {
		p.row(n)
	}
}

// A piece is one element, or run of text, of a row.
type piece struct {
	node *html.Node
	text string
	bare bool // not in an element of its own
	told bool // it is known to stand by itself
}

// row parts the pieces of one element before and behind those that are a
// title, a name or a date, and all of them if they are short and the first
// behind a date.
func (p *parter) row(n *html.Node) {
	pieces, ok := p.pieces(n)
	if !ok || len(pieces) < 2 {
		return
	}
	all := p.labels(pieces)
	for i := 1; i < len(pieces); i++ {
		if all || pieces[i-1].told || pieces[i].told {
			br := &html.Node{Type: html.ElementNode, Data: "br", DataAtom: atom.Br}
			n.InsertBefore(br, pieces[i].node)
			p.breaks = append(p.breaks, br)
		}
	}
}

// pieces returns the pieces of an element; none if it holds boxes.
func (p *parter) pieces(n *html.Node) ([]piece, bool) {
	var out []piece
	bare := false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && !inlined(c) {
			return nil, false
		}
		if t := plainWords(textOf(c)); strings.ContainsFunc(t, wordly) {
			out = append(out, piece{node: c, text: t, bare: c.Type == html.TextNode})
			bare = bare || c.Type == html.TextNode
		}
	}
	p.tell(out, bare)
	return out, true
}

// tell notes which pieces stand by themselves. Beside bare text, which may be
// that of a sentence, only the date behind a clock does, the names next to it,
// and titles.
func (p *parter) tell(out []piece, bare bool) {
	sure := func(i int) bool {
		return i >= 0 && i < len(out) && !out[i].bare && (p.titles[out[i].text] || p.dates[firstText(out[i].node)])
	}
	for i := range out {
		q := &out[i]
		q.told = sure(i) || !bare && (p.names[q.text] || p.isDate(q.text)) || !q.bare && p.names[q.text] && (sure(i-1) || sure(i+1))
	}
}

// labels reports whether the pieces are short and stand behind a date.
func (p *parter) labels(pieces []piece) bool {
	for i := range pieces {
		if q := &pieces[i]; q.bare || len(q.text) > 60 || strings.HasSuffix(strings.TrimSpace(textOf(q.node)), ":") {
			return false
		}
	}
	return p.behind[firstText(pieces[0].node)]
}

func inlined(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Span, atom.B, atom.Strong, atom.I, atom.Em, atom.A, atom.Time, atom.Small, atom.Label, atom.U, atom.Font, atom.Img, atom.Cite, atom.Mark:
		return true
	}
	return false
}

// mostText bounds how much of an element's text is looked at.
const mostText = 400

// textOf returns the text under a node; of a long one, its beginning.
func textOf(n *html.Node) string {
	var b strings.Builder
	pour(&b, n)
	return b.String()
}

func pour(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data[:min(len(n.Data), mostText)])
	}
	for c := n.FirstChild; c != nil && b.Len() < mostText; c = c.NextSibling {
		pour(b, c)
	}
}

// firstText returns the first text under a node that is not blank.
func firstText(n *html.Node) *html.Node {
	if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if t := firstText(c); t != nil {
			return t
		}
	}
	return nil
}
