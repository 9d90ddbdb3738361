package block

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/net/html"
)

// Bounds on what is parsed into a tree. Real pages stay far below them; a page
// beyond them is read as a stream of tags, which costs no memory but knows
// nothing of where the text stands.
const (
	mostTags  = 120_000 // start tags of a page
	mostNames = 300_000 // attributes of a page
	mostInTag = 1_000   // attributes of one element
)

// Why a page is not parsed into a tree.
var (
	errTags  = errors.New("too many elements")
	errNames = errors.New("too many attributes")
	errDeep  = errors.New("nested too deep")
)

// stripped keeps the memory of stripped pages: the tree holds copies.
var stripped = sync.Pool{New: func() any { return new([]byte) }}

// Parse returns the tree of a UTF-8 page. The error says which bound the page
// breaks; [Skim] still reads such a page.
func Parse(b []byte) (*html.Node, error) {
	buf := stripped.Get().(*[]byte)
	defer stripped.Put(buf)
	var err error
	if *buf, err = strip(*buf, b); err != nil {
		return nil, err
	}
	root, err := html.Parse(bytes.NewReader(*buf))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", errDeep, err)
	}
	return root, nil
}

// tagSize returns the number of attributes of the tag whose name begins at
// b[0], and where it ends. An attribute is white space outside quotes, which
// errs on the high side.
func tagSize(b []byte) (names, end int) {
	var prev byte
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c == '>':
			return names, i
		case (c == '"' || c == '\'') && prev == '=':
			j := bytes.IndexByte(b[i+1:], c)
			if j < 0 {
				return names, len(b)
			}
			i += 1 + j
		case c == ' ' || c == '\n' || c == '\t' || c == '/':
			if prev != ' ' && prev != '\n' && prev != '\t' && prev != '/' {
				names++
			}
		}
		prev = c
	}
	return names, len(b)
}
