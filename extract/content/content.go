// Package content reads the articles out of a page as it came from a site.
//
// [Reader.Read] decodes the bytes, takes the page apart into blocks of text
// (package block, below this one), decides block by block what is the
// article and what is menu, banner or promotion, and gathers title, authors,
// date and the rest from everything that names them. Four kinds of pages come
// out differently:
//
//   - an article's own page is one article;
//   - a page that carries several whole articles, as some tag pages do, is
//     that many, each with the address its card links to (rules.json);
//   - a live page is the article about its subject and one for each of its
//     dated entries, whose address is the page's with an anchor;
//   - a page that only lists links is no article, but links.
//
// What was taken away is told in Reading.Cut, in page order, with the rule that
// did it: "block" is what the model did not want. What only a look at many pages
// of a site can tell from content, [Repeats] learns.
//
// Nothing in a page makes Read panic, hang or use memory without bound; a
// page that cannot be read normally is read as well as it can be and marked
// as degraded.
package content

import (
	"context"
	"fmt"
	"net/url"
	"sync"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// DefaultMaxHTML is how many bytes of a page are read unless a Reader says
// otherwise.
const DefaultMaxHTML = 4 << 20

// A Reader turns pages into articles. The zero value is ready to use, and
// safe for concurrent use.
type Reader struct {
	MaxHTML int64 // bytes read of a page; 0 means DefaultMaxHTML

	// Model tells content from boilerplate; nil means the built-in one. Only
	// package train, which makes models, has another.
	Model *block.Model

	// Repeats returns what is known of the site of a host, as it stands in the
	// page's address; nil if nothing is. If set, lines that stand on many pages
	// of the site are cut. See [Repeats].
	Repeats func(host string) *Repeats

	// Whole reads a live page as one article, its entries in page order, for
	// those who want a text a page.
	Whole bool

	pages sync.Pool // *block.Page, for their memory
}

// An Error says why there is nothing to read on a page.
type Error struct {
	Reason string // "empty", "not-html", "binary"
	Type   string // the Content-Type, if that was the reason
}

func (e *Error) Error() string {
	if e.Type != "" {
		return fmt.Sprintf("content: %s (%s)", e.Reason, e.Type)
	}
	return "content: " + e.Reason
}

// Read returns what the page holds. The error is an [*Error] if there is
// nothing to read, or the context's.
func (r *Reader) Read(ctx context.Context, p extract.Page) (extract.Reading, error) {
	if err := ctx.Err(); err != nil {
		return extract.Reading{}, err
	}
	body, degraded := r.bound(p)
	if err := refuse(p.Type, body); err != nil {
		return extract.Reading{}, err
	}
	src := decode(body, p.Type)
	if kindOf(p.Type, src) == plainText {
		return readPlain(p, string(src), degraded)
	}
	page, _ := r.pages.Get().(*block.Page)
	if page == nil {
		page = new(block.Page)
	}
	defer r.pages.Put(page)
	d := r.document(page, p, src)
	if d.degraded == "" || degraded != "" {
		d.degraded = degraded
	}
	return d.read(looksWhole(src))
}

// bound cuts the body to what is read.
func (r *Reader) bound(p extract.Page) (body []byte, degraded string) {
	most := r.MaxHTML
	if most <= 0 {
		most = DefaultMaxHTML
	}
	if int64(len(p.Body)) > most {
		return p.Body[:most], fmt.Sprintf("cut at %d bytes", most)
	}
	if p.Truncated {
		return p.Body, fmt.Sprintf("cut at %d bytes", len(p.Body))
	}
	return p.Body, ""
}

// Text returns the visible text of an HTML fragment, all of it, with line
// breaks where a reader sees them: nothing is judged to be boilerplate.
func Text(src string) string {
	page := new(block.Page)
	if root, err := block.Parse([]byte(src)); err == nil {
		block.Walk(page, root)
	} else {
		block.Skim(page, []byte(src))
	}
	return compose(page, all(page))
}

// Prepare takes an HTML page apart as far as a model needs it. It is for
// package train.
func Prepare(p extract.Page) (*block.Page, block.Said, error) {
	root, err := block.Parse(decode(p.Body, p.Type))
	if err != nil {
		return nil, block.Said{}, err
	}
	page := new(block.Page)
	block.Walk(page, root)
	return page, newDocument(page, p).said(), nil
}

// document takes a decoded page apart.
func (r *Reader) document(page *block.Page, p extract.Page, src []byte) *document {
	root, err := block.Parse(src)
	var cuts []extract.Cut
	degraded := ""
	if err != nil {
		block.Skim(page, src)
		degraded = err.Error()
	} else {
		block.Walk(page, root)
		if cuts = clean(root, hostOf(p.URL), page.Tokens); len(cuts) > 0 {
			block.Walk(page, root)
		}
	}
	d := newDocument(page, p)
	d.src, d.cuts, d.degraded, d.live = src, cuts, degraded, !r.Whole
	if host := hostOf(p.URL); r.Repeats != nil && host != "" {
		d.repeats = r.Repeats(host)
	}
	if d.model = r.Model; d.model == nil {
		d.model = builtIn()
	}
	return d
}

// A document is a page being read.
type document struct {
	*block.Page
	in       extract.Page
	url      *url.URL // where it was fetched; nil if unknown
	base     *url.URL // what its links count from; nil if unknown
	head     head
	data     data // what its JSON-LD says
	model    *block.Model
	odds     []float32       // the model's, for each block; nil if it did not decide
	titled   string          // see title
	headAt   *int            // see headBlock; nil before it was asked for
	days     map[string]bool // see named
	spots    []dateSpot      // see dateSpots; nil before they were asked for
	dated    *extract.Stamp  // see clockStamp; nil before it was asked for
	anchors  map[string]bool // addresses given to entries, see withAnchor
	banners  []uint8         // see bannerBox
	para     *int            // see firstPara; nil before it was asked for
	src      []byte          // the decoded page
	degraded string
	repeats  *Repeats
	dropped  map[int]string // blocks that a rule took away, see drop
	live     bool           // entries of a live page are articles of their own
	cuts     []extract.Cut
}

func newDocument(page *block.Page, p extract.Page) *document {
	d := &document{Page: page, in: p}
	d.url = parseURL(p.URL)
	d.head = readHead(page.Fields)
	if d.base = d.url; d.base == nil {
		d.base = parseURL(first(d.head.link("canonical"), d.head.first("og:url")))
	}
	if b := d.head.base; b != "" {
		d.base = d.resolve(b)
	}
	d.data = readData(page.Data)
	return d
}

// said returns what the page says of its article outside the text.
func (d *document) said() block.Said {
	return block.Said{
		Title:   first(d.data.headline, d.head.first("og:title"), d.head.title),
		Summary: first(d.head.first("og:description", "description"), d.data.summary),
		Body:    d.data.body,
		News:    d.data.news,
		Article: d.data.article || d.head.first("og:type") == "article",
	}
}

// read decides what kind of page it is.
func (d *document) read(whole bool) (extract.Reading, error) {
	if rd, ok := d.readCards(); ok {
		return d.finish(rd)
	}
	keep := all(d.Page)
	if whole {
		keep = d.choose()
	}
	d.dropBanners(keep)
	d.prune(keep, whole)
	if whole {
		d.dropRepeated(keep)
	}
	d.tell(keep)
	rd := extract.Reading{Links: d.ownLinks()}
	if whole && d.live {
		if rd.Articles = d.readLive(keep); len(rd.Articles) > 0 {
			return d.finish(rd)
		}
	}
	if whole && d.lists(keep) {
		rd.Links = append(rd.Links, d.listLinks()...)
		return d.finish(rd)
	}
	if a := d.article(keep); a != nil {
		rd.Articles = []*extract.Article{a}
	}
	return d.finish(rd)
}

// finish adds what holds for the whole reading.
func (d *document) finish(rd extract.Reading) (extract.Reading, error) {
	if len(rd.Cut) == 0 {
		rd.Cut = d.cuts
	} else {
		rd.Cut = append(rd.Cut, d.cuts...)
	}
	unbanner(&rd)
	rd.Degraded = d.degraded
	for _, a := range rd.Articles {
		a.Degraded = d.degraded
		a.Tags = merge(a.Tags, d.in.Tags)
		if a.Published.IsZero() {
			a.Published = d.in.Published
		}
	}
	if len(rd.Articles) == 0 && len(rd.Links) == 0 && len(d.Blocks) == 0 {
		return rd, &Error{Reason: "empty"}
	}
	return rd, nil
}
