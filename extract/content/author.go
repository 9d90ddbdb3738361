package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tenure/extract/content/internal/block"
)

// mostAuthors bounds how many authors an article is given.
const mostAuthors = 12

// authors returns who wrote the article: people where any are named, else the
// body that signs it. What the page's data says goes before what its head
// says, and that before the byline that a reader sees, unless that stands
// right at the headline and names another: data often names who put the page
// up.
func (d *document) authors() []string {
	meta := append(d.head.metas["author"], d.metaAuthors()...)
	data := d.people(d.data.authors)
	said := data
	if len(said) == 0 {
		said = d.people(meta)
	}
	if signed := d.signedAtHead(); len(signed) > 0 && !sharesName(said, signed) {
		return signed
	}
	if len(data) > 0 {
		return data
	}
	seen := d.byline()
	switch {
	case len(said) > 0:
		return fuller(said, seen)
	case len(seen) > 0:
		return seen
	}
	if n := offices(d.data.authors); len(n) > 0 {
		return n
	}
	if n := offices(meta); len(n) > 0 {
		return n[:1]
	}
	if n := d.signedBelow(d.headBlock() + nearHead); len(n) > 0 {
		return n
	}
	return d.seenOffice()
}

// offices returns what is given as authors although none is a person.
func offices(raw []string) []string {
	var out []string
	for _, r := range raw {
		if r = strings.TrimSpace(r); officeLike(r) {
			out = append(out, r)
		}
	}
	out = merge(out, nil)
	return out[:min(len(out), mostAuthors)]
}

func officeLike(s string) bool {
	return s != "" && len(s) < 60 && !strings.ContainsAny(s, "{}<>") && !strings.Contains(s, "://") && !noName().MatchString(s) && letters(s) != ""
}

func (d *document) metaAuthors() []string {
	var out []string
	for _, n := range []string{"article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author", "byl", "cxenseparse:author", "author.name", "article.author"} {
		if out = append(out, d.head.metas[n]...); len(out) > 0 {
			break
		}
	}
	return out
}

// fuller returns the list that has more names if the other's are all in it.
func fuller(a, b []string) []string {
	if len(b) > len(a) && sharesName(a, b) {
		return b
	}
	return a
}

// sharesName reports whether a name of one list stands in the other.
func sharesName(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if p, q := letters(x), letters(y); strings.Contains(p, q) || strings.Contains(q, p) {
				return true
			}
		}
	}
	return false
}

// people cleans names and leaves out those of the site.
func (d *document) people(raw []string) []string {
	var out []string
	for _, r := range raw {
		for _, n := range splitNames(r) {
			if !d.siteName(n) && !officeName(n) && !d.account(n) {
				out = append(out, n)
			}
		}
	}
	out = merge(out, nil)
	return out[:min(len(out), mostAuthors)]
}

// account reports whether a name is the site's own, with something added: its
// initials in capitals, or a word that its address begins with.
func (d *document) account(name string) bool {
	if d.url == nil || d.url.Host == "" {
		return false
	}
	label, _, _ := strings.Cut(bareHost(d.url.Hostname()), ".")
	label = letters(label)
	f := strings.Fields(name)
	for i, w := range f {
		l := letters(w)
		if w == strings.ToUpper(w) && len(l) >= 2 && (l == label || l == letters(d.data.publisher)) {
			return true
		}
		if i == 0 && len(f) > 1 && len(l) >= 5 && l != label && strings.HasPrefix(label, l) && !givenName(w) {
			return true
		}
	}
	return false
}

// fieldNames returns the names in elements made for them, in the given range
// of blocks: of the smallest element that holds any, and its like beside it.
func (d *document) fieldNames(from, to int) []string {
	var out []string
	at := -1
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Block < from || f.Block > to || f.Marks&(block.InNav|block.InFooter) != 0 || !authorField(f) {
			continue
		}
		if d.onlyHelped(f) {
			continue
		}
		text := nodeText(f.Node)
		if text == "" || len(text) > 200 {
			continue
		}
		if at >= 0 && f.Block > at+3 || len(out) > 4*mostAuthors {
			break
		}
		if names := d.fieldPeople(f.Node, text); len(names) > 0 {
			out = append(out, names...)
			at = f.Block
		}
	}
	return dropParts(merge(out, nil))
}

var helped = compiled(`(?i)(?:reviewed|edited|checked|verified|updated|photo\w*|illustrat\w*|translated|researched|contributions?)(?: by| from)?\W*$`)

// onlyHelped reports whether an element names someone who only helped: the words
// before it say so.
func (d *document) onlyHelped(f *block.Field) bool {
	before := ""
	if f.Block > 0 && f.Block <= len(d.Blocks) {
		before = d.String(f.Block - 1)
	}
	if f.Node.Parent != nil {
		all, own := nodeText(f.Node.Parent), nodeText(f.Node)
		if i := strings.Index(all, own); i > 0 {
			before = all[:i]
		}
	}
	return len(before) < 80 && helped().MatchString(before)
}

// fieldPeople returns the names in an author element. One word is a name only
// where the element is sure to hold one.
func (d *document) fieldPeople(n *html.Node, text string) []string {
	sure := block.Attr(n, "rel") == "author" || strings.Contains(block.Attr(n, "itemprop"), "uthor") || strings.Contains(block.Attr(n, "href"), "/author")
	var out []string
	for _, name := range d.people(fieldLines(n, text)) {
		if role().MatchString(name) || strings.Contains(letters(d.title()), letters(name)) || !sure && !strings.Contains(name, " ") {
			continue
		}
		out = append(out, name)
	}
	return out
}

// fieldLines returns the names written in an author element: a line each or,
// if they run on without anything between them, an element each.
func fieldLines(n *html.Node, text string) []string {
	lines := bylineNames(text)
	if len(lines) != 1 || strings.Count(lines[0], " ") < 4 || strings.ContainsAny(lines[0], ",;&") {
		return lines
	}
	var parts []string
	for _, c := range elements(n) {
		parts = append(parts, nodeText(c))
	}
	if len(parts) > 1 && strings.Join(parts, " ") == lines[0] {
		return parts
	}
	return lines
}

// elements returns the elements in n: those of the outermost that has several.
func elements(n *html.Node) []*html.Node {
	for range 4 {
		var out []*html.Node
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode {
				out = append(out, c)
			}
		}
		if len(out) != 1 {
			return out
		}
		n = out[0]
	}
	return nil
}

func authorField(f *block.Field) bool {
	n := f.Node
	if n.FirstChild == nil || n.DataAtom == atom.Time {
		return false
	}
	prop := strings.ToLower(block.Attr(n, "itemprop"))
	return strings.Contains(prop, "author") || prop == "name" && insideAuthor(f) || prop == "" && block.Attr(n, "property") == ""
}

func insideAuthor(f *block.Field) bool {
	for up, k := f.Node.Parent, 0; up != nil && k < 3; up, k = up.Parent, k+1 {
		if strings.Contains(strings.ToLower(block.Attr(up, "itemprop")), "author") || block.AuthorClass(block.Attr(up, "class")) {
			return true
		}
	}
	return false
}

// dropParts leaves out names that are part of another one. A name that another
// begins with, and that has two words, is the name itself: what follows is what
// its bearer does.
func dropParts(names []string) []string {
	var out []string
	for i, n := range names {
		part := false
		for j, m := range names {
			if i == j {
				continue
			}
			if rest, ok := strings.CutPrefix(n, m+" "); ok && strings.Contains(m, " ") && rest != "" {
				part = true
			} else if len(m) > len(n) && strings.Contains(letters(m), letters(n)) && !(strings.Contains(n, " ") && strings.HasPrefix(m, n+" ")) {
				part = true
			}
		}
		if !part {
			out = append(out, n)
		}
	}
	return out[:min(len(out), mostAuthors)]
}
