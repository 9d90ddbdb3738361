package content

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tenure/extract/content/internal/block"
)

// mostAuthors bounds how many authors an article is given.
const mostAuthors = 12

// authors returns who wrote the article: people where any are named, else the
// body that signs it. What the page's data says goes before what its head
// says, and that before the byline that a reader sees.
func (d *document) authors() []string {
	meta := append(d.head.metas["author"], d.metaAuthors()...)
	if n := d.people(d.data.authors); len(n) > 0 {
		return n
	}
	seen := d.byline()
	if n := d.people(meta); len(n) > 0 {
		return fuller(n, seen)
	}
	if len(seen) > 0 {
		return seen
	}
	return offices(append(d.data.authors, meta...))
}

// offices returns what is given as author although it is no person.
func offices(raw []string) []string {
	for _, r := range raw {
		if r = strings.TrimSpace(r); r != "" && len(r) < 60 && !strings.ContainsAny(r, "{}<>") && !strings.Contains(r, "://") && !noName.MatchString(r) {
			return []string{r}
		}
	}
	return nil
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
			if !d.siteName(n) && !officeName(n) {
				out = append(out, n)
			}
		}
	}
	out = merge(out, nil)
	return out[:min(len(out), mostAuthors)]
}

// byline returns the names that stand near the headline where who wrote is
// told; failing that, those that the text is signed with.
func (d *document) byline() []string {
	head := d.headBlock()
	if n := d.fieldNames(head-8, head+16); len(n) > 0 {
		return n
	}
	if n := d.wordedNames(head-8, head+16); len(n) > 0 {
		return n
	}
	return d.wordedNames(head+16, len(d.Blocks))
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

var helped = regexp.MustCompile(`(?i)(?:reviewed|edited|checked|verified|photo\w*|illustrat\w*|translated|researched)(?: by)?\W*$`)

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
	return len(before) < 80 && helped.MatchString(before)
}

// fieldPeople returns the names in an author element. One word is a name only
// where the element is sure to hold one.
func (d *document) fieldPeople(n *html.Node, text string) []string {
	sure := block.Attr(n, "rel") == "author" || strings.Contains(block.Attr(n, "itemprop"), "uthor") || strings.Contains(block.Attr(n, "href"), "/author")
	var out []string
	for _, name := range d.people(bylineNames(text)) {
		if role.MatchString(name) || strings.Contains(letters(d.title()), letters(name)) || !sure && !strings.Contains(name, " ") {
			continue
		}
		out = append(out, name)
	}
	return out
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

// dropParts leaves out names that are part of another one.
func dropParts(names []string) []string {
	var out []string
	for i, n := range names {
		part := false
		for j, m := range names {
			if i != j && len(m) > len(n) && strings.Contains(letters(m), letters(n)) {
				part = true
			}
		}
		if !part {
			out = append(out, n)
		}
	}
	return out[:min(len(out), mostAuthors)]
}

// wordedNames returns the names behind "By" and its like in short blocks of
// the given range.
func (d *document) wordedNames(from, to int) []string {
	for i := max(0, from); i < min(to, len(d.Blocks)); i++ {
		b := &d.Blocks[i]
		if b.Words < 2 || b.Words > 30 || b.Marks&(block.InNav|block.InFooter) != 0 {
			continue
		}
		text := d.String(i)
		if !byWord.MatchString(text) {
			continue
		}
		if n := d.people(bylineNames(text)); len(n) > 0 && !role.MatchString(n[0]) {
			return n
		}
	}
	return nil
}
