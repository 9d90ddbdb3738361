package block

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A grid is a data table: rows of cells.
type grid struct {
	rows [][]*html.Node
	head bool // the first row names the columns
	keys bool // the first column names the rows
}

// Bounds of what is read as a data table.
const (
	mostRows    = 2000
	mostColumns = 40
)

// table writes a data table row by row and walks into any other.
//
// A table of people, whose header says what each column tells, becomes a
// small list for each row, as a person would write it:
//
//	Naman Goyal
//	Left Meta: February 2025
//	Time at Meta: 6 years, 7 months
//
// A table of two columns with names in the first becomes lines "key: value".
// Any other row becomes one line, its cells apart by " | ".
func (w *walker) table(n *html.Node, at place) {
	g, ok := readGrid(n)
	if !ok || at.nested > 0 {
		at.nested++
		w.children(n, at)
		return
	}
	at.nested++
	w.captions(n, at)
	switch {
	case g.head && g.people():
		w.records(g, at)
	case g.keys:
		w.pairs(g, at)
	default:
		w.rows(g, at)
	}
}

// captions walks what is in a table besides its rows.
func (w *walker) captions(n *html.Node, at place) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Caption {
			w.node(c, at)
		}
	}
}

// readGrid collects the rows of a table, and whether it is one of data: at
// least two columns, no table inside, cells of a few words.
func readGrid(n *html.Node) (grid, bool) {
	var g grid
	if !g.collect(n, 0) || len(g.rows) == 0 {
		return g, false
	}
	wide, long := 0, 0
	for _, r := range g.rows {
		wide = max(wide, len(r))
		for _, c := range r {
			if blocky(c, 0) {
				long++
			}
		}
	}
	if wide < 2 || wide > mostColumns || long*10 > len(g.rows)*wide {
		return g, false
	}
	g.head = len(g.rows) > 1 && allHeads(g.rows[0])
	g.keys = !g.head && wide == 2 && g.firstColumnNames()
	return g, true
}

func (g *grid) collect(n *html.Node, depth int) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Tr:
			if len(g.rows) == mostRows {
				return false
			}
			g.rows = append(g.rows, cells(c))
		case atom.Thead, atom.Tbody, atom.Tfoot:
			if !g.collect(c, depth+1) {
				return false
			}
		}
	}
	return true
}

func cells(tr *html.Node) []*html.Node {
	var r []*html.Node
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			r = append(r, c)
		}
	}
	return r
}

// blocky reports whether a cell holds more than a few words or lines.
func blocky(n *html.Node, depth int) bool {
	kids := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			if len(c.Data) > 600 {
				return true
			}
		case c.DataAtom == atom.Table, c.DataAtom == atom.Article, c.DataAtom == atom.H1:
			return true
		case c.Type == html.ElementNode:
			if roleOf(c) == spaced || c.DataAtom == atom.Div {
				kids++
			}
			if kids > 3 || depth < 12 && blocky(c, depth+1) {
				return true
			}
		}
	}
	return false
}

func allHeads(row []*html.Node) bool {
	if len(row) < 2 {
		return false
	}
	for _, c := range row {
		if c.DataAtom != atom.Th && !(c.Parent.Parent != nil && c.Parent.Parent.DataAtom == atom.Thead) && !allBold(c) {
			return false
		}
	}
	return true
}

// allBold reports whether the cell's only content is one bold element.
func allBold(c *html.Node) bool {
	var only *html.Node
	for k := c.FirstChild; k != nil; k = k.NextSibling {
		if k.Type == html.TextNode && strings.TrimSpace(k.Data) == "" {
			continue
		}
		if only != nil {
			return false
		}
		only = k
	}
	return only != nil && (only.DataAtom == atom.B || only.DataAtom == atom.Strong)
}

// firstColumnNames reports whether every row is a name and a value: th, bold
// or ending in a colon.
func (g *grid) firstColumnNames() bool {
	for _, r := range g.rows {
		if len(r) != 2 {
			return false
		}
		k := r[0]
		s := cellText(k)
		if len(s) == 0 || len(s) > 80 || r[1].DataAtom == atom.Th ||
			k.DataAtom != atom.Th && !allBold(k) && !strings.HasSuffix(s, ":") {
			return false
		}
	}
	return true
}

// people reports whether the first column, below its head, holds names of
// people: two to five capitalized words, no digits.
func (g *grid) people() bool {
	if len(g.rows[0]) > 8 {
		return false
	}
	for _, r := range g.rows[1:] {
		if len(r) != len(g.rows[0]) || !fullName(cellText(r[0])) {
			return false
		}
	}
	return true
}

func fullName(s string) bool {
	f := strings.Fields(s)
	if len(f) < 2 || len(f) > 6 || strings.ContainsFunc(s, unicode.IsDigit) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(f[0])
	last, _ := utf8.DecodeRuneInString(f[len(f)-1])
	return startsName(first) && startsName(last)
}

// startsName reports whether a name may begin with r: not a small letter.
func startsName(r rune) bool { return unicode.IsLetter(r) && !unicode.IsLower(r) }

// cellText returns the words of a cell.
func cellText(n *html.Node) string {
	var w walker
	w.page = &Page{}
	w.children(n, place{box: -1})
	w.end(Line)
	return strings.TrimSpace(strings.ReplaceAll(string(w.buf), "\n", " "))
}

// blank reports whether a cell says that there is nothing to say.
func blank(s string) bool {
	switch s {
	case "", "-", "–", "—", "−", "n/a", "N/A", "/", "?":
		return true
	}
	return false
}
