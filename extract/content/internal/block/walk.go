package block

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A place is where in the tree the walk is.
type place struct {
	box    int
	tag    atom.Atom
	marks  Marks
	depth  int
	nested int // tables around
}

// A walker writes a Page.
type walker struct {
	inline
	page   *Page
	cur    Block                  // the open block; its place is that of its first character
	gap    Gap                    // due before the next block
	joined bool                   // the next text continues the open block
	breaks int                    // consecutive <br>
	links  int                    // open links
	bold   int                    // open b and strong
	linked int                    // length of buf where the last link ended
	lone   func(href string) bool // links that are a block each; if set, pictures are too
}

// Walk fills p with what stands under root. What p held before is
// overwritten; its memory is used again.
func Walk(p *Page, root *html.Node) { start(p, root, nil) }

// WalkPictures is Walk that writes the alternative text of every picture as a
// block of its own, as a page saved as text does, and every link for which
// apart is true.
func WalkPictures(p *Page, root *html.Node, apart func(href string) bool) { start(p, root, apart) }

func start(p *Page, root *html.Node, apart func(string) bool) {
	p.reset()
	p.Root = root
	w := walker{page: p, inline: inline{buf: p.Text}, linked: -1, lone: apart}
	w.children(root, place{box: -1})
	w.joined = false
	w.end(Paragraph)
	p.Text = w.buf
	p.measure()
}

func (p *Page) reset() {
	clear(p.Boxes)
	clear(p.Anchors)
	clear(p.Data)
	clear(p.Fields)
	clear(p.Images)
	*p = Page{Text: p.Text[:0], Blocks: p.Blocks[:0], Boxes: p.Boxes[:0], Tokens: p.Tokens[:0],
		Anchors: p.Anchors[:0], Data: p.Data[:0], Heads: p.Heads[:0], Fields: p.Fields[:0], Images: p.Images[:0], rows: p.rows, odds: p.odds}
}

func (w *walker) children(n *html.Node, at place) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, at)
	}
}

func (w *walker) node(n *html.Node, at place) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data, at)
	case html.ElementNode:
		w.element(n, at)
	case html.DocumentNode:
		w.children(n, at)
	}
}

func (w *walker) element(n *html.Node, at place) {
	switch roleOf(n) {
	case skipped:
		w.skip(n)
	case broken:
		w.lineBreak()
	case ruled:
		w.end(Paragraph)
	case flowing:
		w.flow(n, at)
	case lined:
		w.box(n, at, Line)
	case spaced:
		w.box(n, at, gapOf(n))
	}
}

// gapOf returns the gap around an element that stands apart; the only
// paragraph of a list item does not.
func gapOf(n *html.Node) Gap {
	if n.DataAtom == atom.P && n.Parent != nil && (n.Parent.DataAtom == atom.Li || n.Parent.DataAtom == atom.Dd) && alone(n) {
		return Line
	}
	return Paragraph
}

// alone reports whether n has no element beside it.
func alone(n *html.Node) bool {
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		if s.Type == html.ElementNode {
			return false
		}
	}
	for s := n.NextSibling; s != nil; s = s.NextSibling {
		if s.Type == html.ElementNode {
			return false
		}
	}
	return true
}

// skip looks into an element without visible text.
func (w *walker) skip(n *html.Node) {
	switch n.DataAtom {
	case atom.Script:
		if n.FirstChild != nil && strings.EqualFold(strings.TrimSpace(Attr(n, "type")), "application/ld+json") {
			w.page.Data = append(w.page.Data, n.FirstChild.Data)
		}
	case atom.Meta, atom.Link, atom.Title, atom.Base:
		w.field(n, 0)
	case atom.Head:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode {
				w.skip(c)
			}
		}
	}
}

func (w *walker) field(n *html.Node, m Marks) {
	w.page.Fields = append(w.page.Fields, Field{Node: n, Block: len(w.page.Blocks), Marks: m})
}

// lineBreak ends a line; two in a row end a paragraph.
func (w *walker) lineBreak() {
	w.breaks++
	if w.breaks > 1 {
		w.end(Paragraph)
		return
	}
	w.end(Line)
}

// text writes running text into the open block.
func (w *walker) text(s string, at place) {
	before, fresh := len(w.buf), w.empty()
	w.write(s)
	n := len(w.buf) - before
	if n == 0 {
		return
	}
	if fresh {
		w.cur = Block{Tag: at.tag, Marks: at.marks, Depth: at.depth, Box: at.box}
	}
	w.breaks, w.joined = 0, false
	if w.links > 0 {
		w.cur.Linked += n
	}
	if w.bold > 0 {
		w.cur.Bold += n
	}
}

// end closes the open block and asks for at least gap before the next.
func (w *walker) end(gap Gap) {
	if w.joined {
		return
	}
	if !w.empty() {
		w.finish()
	}
	w.space, w.seam = false, noSeam
	w.gap = max(w.gap, gap)
}

func (w *walker) finish() {
	b := w.cur
	b.Start, b.End, b.Gap = w.start, len(w.buf), w.gap
	b.Words = WordCount(w.buf[b.Start:b.End])
	if b.Box >= 0 {
		b.Lead = w.page.Boxes[b.Box].First == len(w.page.Blocks)
	}
	if b.Tag == atom.H1 {
		w.page.Heads = append(w.page.Heads, len(w.page.Blocks))
	}
	w.page.Blocks = append(w.page.Blocks, b)
	w.buf = append(w.buf, '\n')
	w.start = len(w.buf)
	w.gap = 0
}

// flow walks an inline element.
func (w *walker) flow(n *html.Node, at place) {
	for i := range n.Attr {
		at.marks |= attrMarks(&n.Attr[i])
	}
	if n.DataAtom == atom.Time || telling(n) {
		w.field(n, at.marks)
	}
	switch n.DataAtom {
	case atom.Img:
		w.picture(n, at)
	case atom.A:
		w.link(n, at)
	case atom.B, atom.Strong:
		w.strong(n, at)
	case atom.Sub, atom.Sup, atom.Wbr, atom.Rp:
		w.children(n, at)
	case atom.Rt:
		w.reading(n, at)
	default:
		w.mark(plain)
		w.children(n, at)
		w.mark(plain)
	}
}

// reading walks how a word is read, which stands above it on the page: behind
// it in the text, in the brackets that the page has for that or in ours.
func (w *walker) reading(n *html.Node, at place) {
	before := n.PrevSibling
	for before != nil && before.Type != html.ElementNode {
		before = before.PrevSibling
	}
	if n.FirstChild == nil || before != nil && before.DataAtom == atom.Rp {
		w.children(n, at)
		return
	}
	w.text("（", at)
	w.children(n, at)
	w.text("）", at)
}

func (w *walker) link(n *html.Node, at place) {
	s := plain
	if w.linked == len(w.buf) {
		s = linkSeam
	}
	w.mark(s)
	href := Attr(n, "href")
	lone := w.lone != nil && w.lone(href)
	if lone {
		w.end(Line)
	}
	a := Anchor{Href: href, Rel: Attr(n, "rel"), Start: len(w.buf), Marks: at.marks, Block: len(w.page.Blocks)}
	w.links++
	w.children(n, at)
	w.links--
	a.End = len(w.buf)
	w.mark(plain)
	w.linked = len(w.buf)
	if lone {
		w.end(Line)
	}
	if a.Href != "" {
		w.page.Anchors = append(w.page.Anchors, a)
	}
}

// telling reports whether an element says which of the page's facts it holds:
// by itemprop, rel, or a class named after writers.
func telling(n *html.Node) bool {
	for i := range n.Attr {
		switch v := n.Attr[i].Val; n.Attr[i].Key {
		case "itemprop":
			return true
		case "rel":
			if v == "author" {
				return true
			}
		case "class", "data-testid", "data-component":
			if AuthorClass(v) {
				return true
			}
		case "href":
			if n.DataAtom == atom.A && authorPath(v) {
				return true
			}
		}
	}
	return false
}

// AuthorClass reports whether a class is named after who wrote. It is asked
// of every element, which is why the words are not looked for one by one.
func AuthorClass(v string) bool {
	for i := range len(v) {
		switch rest := v[i:]; v[i] {
		case 'u':
			if strings.HasPrefix(rest, "uthor") {
				return true
			}
		case 'y':
			if strings.HasPrefix(rest, "yline") {
				return true
			}
		case 'a':
			if strings.HasPrefix(rest, "autor") || strings.HasPrefix(rest, "auteur") {
				return true
			}
		case 'w':
			if strings.HasPrefix(rest, "writer") {
				return true
			}
		case 'v':
			if strings.HasPrefix(rest, "verfasser") {
				return true
			}
		}
	}
	return false
}

// authorPath reports whether a link leads to a page about who wrote.
func authorPath(href string) bool {
	for {
		i := strings.IndexByte(href, '/')
		if i < 0 {
			return false
		}
		if href = href[i+1:]; authorStep(href) {
			return true
		}
	}
}

func authorStep(path string) bool {
	for _, w := range [...]string{"author/", "authors/", "autor/", "autoren/", "auteur/", "by/", "staff/", "contributor", "people/", "profile/", "journalist", "writer/", "team/"} {
		if len(path) >= len(w) && path[0] == w[0] && path[:len(w)] == w {
			return true
		}
	}
	return false
}

func (w *walker) picture(n *html.Node, at place) {
	w.page.Images = append(w.page.Images, n)
	if w.lone == nil {
		return
	}
	w.end(Line)
	w.text(Attr(n, "alt"), at)
	w.cur.Picture = true
	w.end(Line)
}

// strong walks b or strong. A bold label that touches the words before it
// ("…Roux<strong>Left Meta:</strong>") starts a line of its own.
func (w *walker) strong(n *html.Node, at place) {
	if w.touches() && isLabel(n) {
		w.end(Line)
	}
	w.mark(plain)
	w.bold++
	w.children(n, at)
	w.bold--
	w.mark(boldEnd)
}

// isLabel reports whether the element holds one short text ending in a colon.
func isLabel(n *html.Node) bool {
	c := n.FirstChild
	if c == nil || c.NextSibling != nil || c.Type != html.TextNode || len(c.Data) > 80 {
		return false
	}
	s := strings.TrimSpace(c.Data)
	return len(s) > 2 && strings.HasSuffix(s, ":")
}

// box walks a block level element.
func (w *walker) box(n *html.Node, at place, gap Gap) {
	w.end(gap)
	at = w.open(n, at)
	switch n.DataAtom {
	case atom.Table:
		w.table(n, at)
	case atom.Dl:
		w.definitions(n, at)
		w.joined = false
	case atom.Pre:
		w.verbatim = true
		w.children(n, at)
		w.verbatim = false
	default:
		w.children(n, at)
	}
	w.end(gap)
	w.page.Boxes[at.box].Last = len(w.page.Blocks)
}

// open enters a box and returns the place inside it.
func (w *walker) open(n *html.Node, at place) place {
	p := w.page
	if telling(n) {
		w.field(n, at.marks)
	}
	from := len(p.Tokens)
	class := ""
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "class":
			class = n.Attr[i].Val
			p.Tokens = tokens(p.Tokens, class)
		case "id", "data-testid", "data-component", "data-module", "itemprop", "aria-label", "role":
			p.Tokens = tokens(p.Tokens, n.Attr[i].Val)
		}
	}
	p.Boxes = append(p.Boxes, Box{Parent: at.box, Tag: n.DataAtom, Node: n, First: len(p.Blocks),
		Sign: sign(n, class), Tokens: [2]int{from, len(p.Tokens)}})
	return place{box: len(p.Boxes) - 1, tag: n.DataAtom, marks: at.marks | marksOf(n), depth: at.depth + 1, nested: at.nested}
}
