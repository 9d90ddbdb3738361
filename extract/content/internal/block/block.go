// Package block turns a parsed page into the runs of text a reader sees.
//
// One walk over the tree ([Walk]) collects everything the rest of the reader
// needs: the visible text, written once into a single buffer; the blocks
// that divide it (a paragraph, a heading, a list item, a table row, a line
// ended by <br>); the boxes (block level elements) they lie in; and the
// links and pictures on the way. [Features] describes each block by numbers
// and [Model] turns these into how likely it is that the block is content.
//
// White space is collapsed, soft hyphens and other invisible characters are
// left out, and words that only an element boundary keeps apart are kept
// apart: see [inline].
package block

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Gap says what separates a block from the one before it.
type Gap uint8

// The gaps, from weakest to strongest.
const (
	Line      Gap = iota + 1 // a line break: list items, table rows, <br>
	Paragraph                // an empty line
)

// Marks are properties that a block inherits from the elements around it.
type Marks uint32

// The marks. Most stand for an element of the same name or its ARIA role.
const (
	InNav Marks = 1 << iota
	InHeader
	InFooter
	InAside
	InMain
	InArticle
	InForm
	InFigure
	InCaption
	InList
	InTable
	InQuote
	InPre
	InHidden // display:none, aria-hidden, hidden
	InButton
	InDialog
	InBody // itemprop=articleBody
	InAddress
	InHeading
	InDetails
)

// A Block is one piece of text as a reader sees it.
type Block struct {
	Start, End int       // bytes of Page.Text
	Tag        atom.Atom // the block level element around it
	Gap        Gap
	Marks      Marks
	Depth      int // of Box, in elements
	Box        int // index into Page.Boxes of the element around it
	Linked     int // bytes inside links
	Bold       int // bytes inside b, strong
	Words      int
	Lead       bool // the first block of its element
	Picture    bool // not text but what a picture says in its place; only from WalkPictures
}

// A Box is a block level element.
type Box struct {
	Parent  int // index into Page.Boxes; -1 for the outermost
	Tag     atom.Atom
	Node    *html.Node
	First   int    // its blocks are Page.Blocks[First:Last]
	Last    int    //
	Sign    uint32 // hash of the element's name and classes: equal for siblings of one make
	Tokens  [2]int // its class and id words are Page.Tokens[Tokens[0]:Tokens[1]]
	Words   int    // words in it, links included
	Linked  int    // words in links
	Paras   int    // blocks with at least ten words and few links
	Density float32
}

// An Anchor is a link with its words.
type Anchor struct {
	Href       string
	Rel        string
	Start, End int // bytes of Page.Text
	Block      int // the block its words begin in
	Marks      Marks
}

// A Field is an element that names one of the page's facts: meta, link, title
// and base, time, and any with itemprop or rel=author.
type Field struct {
	Node  *html.Node
	Block int // the block its words begin in
	Marks Marks
}

// A Page is a document taken apart.
type Page struct {
	Text    []byte
	Blocks  []Block
	Boxes   []Box
	Tokens  []uint32 // hashes of class and id words, see Token
	Anchors []Anchor
	Data    []string // contents of application/ld+json scripts
	Heads   []int    // blocks that are h1, in order
	Fields  []Field
	Images  []*html.Node
	Root    *html.Node

	rows []float32 // see Score
	odds []float32
}

// String returns the text of block i.
func (p *Page) String(i int) string { return string(p.Bytes(i)) }

// Bytes returns the text of block i without copying it.
func (p *Page) Bytes(i int) []byte { return p.Text[p.Blocks[i].Start:p.Blocks[i].End] }

// Hash returns a hash of the text of block i, case of ASCII aside.
func (p *Page) Hash(i int) uint32 { return hashText(p.Bytes(i)) }
