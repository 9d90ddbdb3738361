package content

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tenure/extract/content/internal/block"
)

// A parter finds where a style sheet parts what the elements of a card run
// together: "<span>Business</span><span>The Courier</span>" are two lines to a
// reader.
type parter struct {
	rule   *rule
	at     time.Time
	titles map[string]bool     // what pictures and links of articles say
	names  map[string]bool     // what stands before a date
	behind map[*html.Node]bool // first texts behind a date
	dates  map[*html.Node]bool // texts behind the picture of a clock
	last   string              // the text before
	clock  bool                // the text before is a date, or the picture of a clock
	due    bool                // the text before is a date
	breaks []*html.Node
	tables []*html.Node
	links  []hushed
}

// A hushed link is one of the words of a sentence and begins no card.
type hushed struct {
	attr *html.Attribute
	href string
}

// part puts line breaks into a page of cards where it has none for readers of
// the tree, and makes boxes of tables that hold cards. The function it returns
// takes all of it back.
func part(root *html.Node, images []*html.Node, r *rule, at time.Time) (restore func()) {
	p := &parter{rule: r, at: at, titles: make(map[string]bool), names: make(map[string]bool), behind: make(map[*html.Node]bool), dates: make(map[*html.Node]bool)}
	for _, n := range images {
		alt := block.Attr(n, "alt")
		if p.isClock(alt) || p.inLink(n) {
			p.unfold(n)
		}
		if len(alt) > 20 {
			p.titles[plainWords(alt)] = true
		}
	}
	p.note(root, false)
	p.rows(root)
	return p.restore
}

func (p *parter) isClock(alt string) bool {
	return strings.EqualFold(strings.TrimSpace(alt), p.rule.Clock)
}

// inLink reports whether a picture is one of a card: in the link to an article.
func (p *parter) inLink(n *html.Node) bool {
	up := n.Parent
	for up != nil && up.DataAtom != atom.A && inlined(up) {
		up = up.Parent
	}
	return up != nil && up.DataAtom == atom.A && p.rule.link.MatchString(block.Attr(up, "href"))
}

// unfold makes a box of every table around a node.
func (p *parter) unfold(n *html.Node) {
	for up := n.Parent; up != nil; up = up.Parent {
		if up.DataAtom == atom.Table {
			up.DataAtom = atom.Div
			p.tables = append(p.tables, up)
		}
	}
}

func (p *parter) restore() {
	for _, n := range p.breaks {
		n.Parent.RemoveChild(n)
	}
	for _, n := range p.tables {
		n.DataAtom = atom.Table
	}
	for _, l := range p.links {
		l.attr.Val = l.href
	}
}

// note walks the texts in order and learns titles and names.
func (p *parter) note(n *html.Node, linked bool) {
	switch {
	case n.Type == html.TextNode:
		p.text(n, linked)
	case n.DataAtom == atom.Img && p.isClock(block.Attr(n, "alt")):
		p.names[p.last], p.clock = true, true
	case n.DataAtom == atom.A && p.rule.link.MatchString(block.Attr(n, "href")):
		if linked = !inSentence(n); !linked {
			p.hush(n)
		}
	case n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.DataAtom == atom.Head:
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.note(c, linked)
	}
}

// hush takes the address of a link away.
func (p *parter) hush(a *html.Node) {
	for i := range a.Attr {
		if at := &a.Attr[i]; at.Key == "href" {
			p.links = append(p.links, hushed{at, at.Val})
			at.Val = ""
		}
	}
}

// inSentence reports whether a link stands among the words of a sentence: text
// before it goes on in it, or it in the text behind, which is longer than a
// name or a date.
func inSentence(a *html.Node) bool {
	if !onlyText(a) {
		return false
	}
	if b := a.PrevSibling; b != nil && b.Type == html.TextNode {
		r, _ := utf8.DecodeLastRuneInString(strings.TrimSpace(b.Data))
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == ',' {
			return true
		}
	}
	if b := a.NextSibling; b != nil && b.Type == html.TextNode {
		t := strings.TrimSpace(b.Data)
		r, _ := utf8.DecodeRuneInString(t)
		return len(t) > 24 && (unicode.IsLower(r) || r == ',' || r == '.' || r == '’')
	}
	return false
}

func onlyText(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode {
			return false
		}
	}
	return n.FirstChild != nil
}

func (p *parter) text(n *html.Node, linked bool) {
	t := plainWords(n.Data)
	if !strings.ContainsFunc(t, wordly) {
		return
	}
	if p.due {
		p.behind[n] = true
	}
	p.due = p.isDate(t)
	p.dates[n] = p.due && p.clock
	if p.due && !p.clock {
		p.names[p.last] = true
	}
	p.clock, p.last = false, t
	if linked && len(t) > 20 {
		p.titles[t] = true
	}
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func (p *parter) isDate(t string) bool {
	if len(t) > 40 {
		return false
	}
	_, ok := readClock(t, p.at)
	return ok
}
