package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Kinds of pages, and the length of what describes one key on them.
const (
	branchPage   = 1
	leafPage     = 2
	freelistPage = 16

	element     = 16
	bucketFlag  = 1
	bucketValue = 16 // root page u64, sequence u64; a root of 0 means that a leaf page follows
	maxDepth    = 64 // of the tree of pages; 100^4 keys have depth 5
)

// A walker goes through bbolt's tree of pages with plain reads, believing
// nothing. It reports what is wrong and goes on with what is not.
type walker struct {
	file         io.ReaderAt
	pages        uint64 // in use: everything refers to a page below this
	seen         []uint64
	branchesOnly bool // do not read the leaves, except those that list the tables
	budget       int  // pages to read at most, if branchesOnly

	// problem is told what is wrong.
	problem func(detail string)
	// begin is called for every bucket before its rows; may be nil.
	begin func(bucket []byte, sequence uint64)
	// row is called for every key and value, in key order; may be nil.
	row func(bucket, key, value []byte)
}

func newWalker(file io.ReaderAt, pages uint64) *walker {
	return &walker{file: file, pages: pages, seen: make([]uint64, pages/64+1)}
}

func (w *walker) reject(id uint64, format string, args ...any) {
	w.problem(fmt.Sprintf("page %d: ", id) + fmt.Sprintf(format, args...))
}

// claim marks pages as met and reports whether none was before.
func (w *walker) claim(id, n uint64) bool {
	for i := id; i < id+n; i++ {
		if w.seen[i/64]&(1<<(i%64)) != 0 {
			return false
		}
		w.seen[i/64] |= 1 << (i % 64)
	}
	return true
}

func (w *walker) met(id uint64) bool { return w.seen[id/64]&(1<<(id%64)) != 0 }

// pageData is one page as read, with those that belong to it.
type pageData struct {
	id    uint64
	kind  uint16
	count int
	data  []byte // with the header
}

// load reads a page and all its overflow.
func (w *walker) load(id uint64) (pageData, error) {
	if id < 2 || id >= w.pages {
		return pageData{}, fmt.Errorf("there is no such page among %d", w.pages)
	}
	head := make([]byte, pageSize)
	if _, err := w.file.ReadAt(head, int64(id)*pageSize); err != nil {
		return pageData{}, readError(err)
	}
	p := parsePage(head)
	more := uint64(binary.NativeEndian.Uint32(head[12:]))
	switch {
	case p.id != id:
		return p, fmt.Errorf("it says it is page %d", p.id)
	case more >= w.pages-id:
		return p, fmt.Errorf("it goes on for %d pages, beyond the last", more)
	case !w.claim(id, more+1):
		return p, errors.New("it is referred to twice")
	case more > 0:
		p.data = append(head, make([]byte, more*pageSize)...)
		if _, err := w.file.ReadAt(p.data[pageSize:], int64(id+1)*pageSize); err != nil {
			return p, readError(err)
		}
	}
	return p, nil
}

func parsePage(b []byte) pageData {
	ne := binary.NativeEndian
	return pageData{id: ne.Uint64(b), kind: ne.Uint16(b[8:]), count: int(ne.Uint16(b[10:])), data: b}
}

func readError(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("the file ends before it")
	}
	return err
}

// A cell is what a page says of one key.
type cell struct {
	key, value []byte // value: leaf pages only
	child      uint64 // branch pages only
	flags      uint32 // leaf pages only
}

// cell returns the i-th cell of a page.
func (p pageData) cell(i int) (c cell, err error) {
	at := pageHeader + i*element
	if at+element > len(p.data) {
		return c, fmt.Errorf("it has no room for %d keys", p.count)
	}
	ne := binary.NativeEndian
	e := p.data[at:]
	var pos, keys, values uint64
	if p.kind == branchPage {
		pos, keys, c.child = uint64(ne.Uint32(e)), uint64(ne.Uint32(e[4:])), ne.Uint64(e[8:])
	} else {
		c.flags = ne.Uint32(e)
		pos, keys, values = uint64(ne.Uint32(e[4:])), uint64(ne.Uint32(e[8:])), uint64(ne.Uint32(e[12:]))
	}
	begin := uint64(at) + pos
	if end := begin + keys + values; end > uint64(len(p.data)) || begin < uint64(pageHeader+p.count*element) {
		return c, fmt.Errorf("key %d lies outside of it", i)
	}
	c.key = p.data[begin : begin+keys]
	c.value = p.data[begin+keys : begin+keys+values]
	return c, nil
}

// tree walks the tree below page id: the rows of bucket with keys from low
// on, and before high unless that is nil.
func (w *walker) tree(id uint64, bucket, low, high []byte, depth int) {
	if depth > maxDepth {
		w.reject(id, "the tree is more than %d pages deep", maxDepth)
		return
	}
	if w.branchesOnly {
		if w.budget--; w.budget < 0 {
			return
		}
	}
	p, err := w.load(id)
	if err != nil {
		w.reject(id, "%v", err)
		return
	}
	switch p.kind {
	case branchPage:
		w.branch(p, bucket, low, high, depth)
	case leafPage:
		w.leaf(p, bucket, low, high, depth)
	default:
		w.reject(id, "it is of kind %d, in the tree of %q", p.kind, bucket)
	}
}

func (w *walker) branch(p pageData, bucket, low, high []byte, depth int) {
	cells := make([]cell, p.count)
	for i := range cells {
		var err error
		if cells[i], err = p.cell(i); err != nil {
			w.reject(p.id, "%v", err)
			return
		}
	}
	if len(cells) == 0 {
		w.reject(p.id, "a branch without children")
	} else if w.branchesOnly && bucket != nil && w.isLeaf(cells[0].child) {
		w.claimAll(cells)
		return
	}
	for i, c := range cells {
		end := high
		if i+1 < len(cells) {
			end = cells[i+1].key
		}
		if w.ordered(p.id, c.key, low, end) {
			w.tree(c.child, bucket, c.key, end, depth+1)
		} else {
			w.tree(c.child, bucket, nil, nil, depth+1) // the way there is wrong; the rows need not be
		}
	}
}

// isLeaf reports whether a page says it is a leaf; then all its siblings are.
func (w *walker) isLeaf(id uint64) bool {
	head := make([]byte, pageHeader)
	if id >= w.pages {
		return true
	}
	if _, err := w.file.ReadAt(head, int64(id)*pageSize); err != nil {
		return true
	}
	return parsePage(head).kind == leafPage
}

// claimAll marks the children of a branch as met without reading them. One
// that was met before may be an ancestor, and bbolt would go round for ever.
func (w *walker) claimAll(cells []cell) {
	for _, c := range cells {
		if c.child < 2 || c.child >= w.pages {
			w.reject(c.child, "there is no such page among %d", w.pages)
		} else if !w.claim(c.child, 1) {
			w.reject(c.child, "it is referred to twice")
		}
	}
}

// ordered reports whether low ≤ key < high.
func (w *walker) ordered(id uint64, key, low, high []byte) bool {
	if bytes.Compare(key, low) < 0 || high != nil && bytes.Compare(key, high) >= 0 {
		w.reject(id, "key %.40x is not between %.40x and %.40x", key, low, high)
		return false
	}
	return true
}

func (w *walker) leaf(p pageData, bucket, low, high []byte, depth int) {
	for i := range p.count {
		c, err := p.cell(i)
		if err != nil {
			w.reject(p.id, "%v", err)
			return
		}
		if !w.ordered(p.id, c.key, low, high) {
			continue
		}
		low = append(bytes.Clone(c.key), 0)
		switch {
		case c.flags&bucketFlag != 0:
			w.bucket(p.id, c, depth)
		case bucket == nil:
			w.reject(p.id, "a row outside of any table")
		case w.row != nil:
			w.row(bucket, c.key, c.value)
		}
	}
}

// bucket walks the bucket whose header is the value of c.
func (w *walker) bucket(page uint64, c cell, depth int) {
	if len(c.value) < bucketValue {
		w.reject(page, "table %q has a header of %d bytes", c.key, len(c.value))
		return
	}
	root := binary.NativeEndian.Uint64(c.value)
	if w.begin != nil {
		w.begin(c.key, binary.NativeEndian.Uint64(c.value[8:]))
	}
	if root != 0 {
		w.tree(root, c.key, nil, nil, depth+1)
		return
	}
	inline := c.value[bucketValue:]
	if len(inline) < pageHeader {
		w.reject(page, "table %q is cut off", c.key)
		return
	}
	p := parsePage(inline)
	if p.id = page; p.kind != leafPage {
		w.reject(page, "table %q begins with a page of kind %d", c.key, p.kind)
		return
	}
	w.leaf(p, c.key, nil, nil, depth+1)
}

// freelist checks the list of free pages: none of them may be in the tree,
// and all others must be.
func (w *walker) freelist(id uint64) {
	p, err := w.load(id)
	if err != nil {
		w.reject(id, "%v", err)
		return
	}
	n, at := uint64(p.count), uint64(pageHeader)
	if p.kind != freelistPage {
		w.reject(id, "it is of kind %d and should be the list of free pages", p.kind)
		return
	}
	if n == 0xffff {
		n, at = binary.NativeEndian.Uint64(p.data[at:]), at+8
	}
	if n > (uint64(len(p.data))-at)/8 {
		w.reject(id, "it has no room for %d free pages", n)
		return
	}
	for i := range n {
		free := binary.NativeEndian.Uint64(p.data[at+8*i:])
		if free < 2 || free >= w.pages {
			w.reject(id, "page %d is free, but there is no such page", free)
		} else if !w.claim(free, 1) {
			w.reject(free, "it is free, and in use")
		}
	}
	for i := uint64(2); i < w.pages; i++ {
		if !w.met(i) {
			w.reject(i, "it is neither free nor in use")
		}
	}
}
