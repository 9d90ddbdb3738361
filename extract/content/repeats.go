package content

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"tenure/extract"
)

// Bounds on what is remembered of a site, and on what counts as repeated.
const (
	mostRepeatPages  = 256  // pages; then the counts are halved
	mostRepeatPrints = 4096 // different lines
	mostRepeatLines  = 400  // of one page
	mostRepeatWords  = 40   // in a line: what is longer is a paragraph
	mostRepeatBytes  = 280
	fewestRepeats    = 5 // pages a line must stand on
)

// Repeats knows which short lines stand on many pages of one site: these are
// boilerplate that no look at a single page could tell from content. Learn
// shows it the site's pages, one by one; a [Reader] that is given it cuts what
// stood on at least five of them and on at least half.
//
// The zero value knows nothing. Its memory is bounded, to some 40 KB, however
// many pages it is shown, and it ages: of pages seen long ago little is left.
// It is safe for concurrent use.
type Repeats struct {
	mu     sync.RWMutex
	pages  []uint64          // hashes of addresses, oldest first
	seen   int               // pages, those forgotten by their weight
	prints map[uint64]uint16 // on how many pages each line stood
}

// Learn counts the lines of a page's reading, what was cut from it as repeated
// included, and reports whether the page, known by its address, is new: the
// same page counts once. Cards, which are told on pages that change, are not
// counted.
func (r *Repeats) Learn(page string, rd extract.Reading) bool {
	prints := printsOf(rd)
	if len(prints) == 0 {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	key := hash64(page)
	if slices.Contains(r.pages, key) {
		return false
	}
	if len(r.pages) >= mostRepeatPages {
		r.age()
	}
	r.pages = append(r.pages, key)
	r.seen++
	if r.prints == nil {
		r.prints = make(map[uint64]uint16)
	}
	if len(r.prints)+len(prints) > mostRepeatPrints {
		r.forget()
	}
	for _, p := range prints {
		if n := r.prints[p]; n > 0 || len(r.prints) < mostRepeatPrints {
			r.prints[p] = n + 1
		}
	}
	return true
}

// Pages returns how many pages were counted; of those seen long ago, half.
func (r *Repeats) Pages() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.seen
}

// age halves what is known, so that new pages weigh more.
func (r *Repeats) age() {
	r.pages = slices.Clone(r.pages[len(r.pages)/2:])
	r.seen = len(r.pages)
	maps.DeleteFunc(r.prints, func(p uint64, n uint16) bool {
		r.prints[p] = n / 2
		return n < 2
	})
}

// forget drops the lines that are on their way to nothing: those seen on fewer
// than one page in eight.
func (r *Repeats) forget() {
	maps.DeleteFunc(r.prints, func(_ uint64, n uint16) bool { return int(n) < max(2, r.seen/8) })
}

// on returns on how many pages a line stood if that makes it boilerplate, else
// 0.
func (r *Repeats) on(line string) int {
	p := printOf(line)
	if p == 0 {
		return 0
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	if n := int(r.prints[p]); n >= fewestRepeats && n*2 >= r.seen {
		return n
	}
	return 0
}

// repeatsRule begins the name of the rule by which a line is cut, repeatsEnd
// ends it.
const (
	repeatsRule = "repeats on "
	repeatsEnd  = " pages of this site"
)

// printsOf returns the hashes of the different short lines of a reading.
func printsOf(rd extract.Reading) []uint64 {
	var out []uint64
	add := func(line string) {
		if p := printOf(line); p != 0 && len(out) < mostRepeatLines && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	for _, a := range rd.Articles {
		if a.Inline {
			continue
		}
		for line := range strings.Lines(a.Text) {
			add(line)
		}
	}
	for _, c := range rd.Cut {
		if strings.HasPrefix(c.Rule, repeatsRule) {
			add(c.Text)
		}
	}
	return out
}

// printOf returns the hash of a short line, without regard to case, spaces and
// signs; 0 if it is none. Two lines with other numbers are two: the numbers may
// be what they are about.
func printOf(line string) uint64 {
	if len(line) > mostRepeatBytes || countLine(line) > mostRepeatWords {
		return 0
	}
	flat := letters(line)
	if !strings.ContainsFunc(flat, unicode.IsLetter) {
		return 0
	}
	return hash64(flat)
}

func hash64(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return max(h, 1)
}

// repeatsVersion is the first byte of a stored Repeats.
const repeatsVersion = 1

// MarshalBinary implements encoding.BinaryMarshaler. The same pages in the same
// order give the same bytes.
func (r *Repeats) MarshalBinary() ([]byte, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	b := []byte{repeatsVersion}
	b = binary.AppendUvarint(b, uint64(r.seen))
	b = binary.AppendUvarint(b, uint64(len(r.pages)))
	for _, p := range r.pages {
		b = binary.LittleEndian.AppendUint64(b, p)
	}
	b = binary.AppendUvarint(b, uint64(len(r.prints)))
	for _, p := range slices.Sorted(maps.Keys(r.prints)) {
		b = binary.LittleEndian.AppendUint64(b, p)
		b = binary.AppendUvarint(b, uint64(r.prints[p]))
	}
	return b, nil
}

var errRepeats = errors.New("stored repeats: wrong format")

// UnmarshalBinary implements encoding.BinaryUnmarshaler. Bytes that
// MarshalBinary did not write are an error, and leave r as it was.
func (r *Repeats) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != repeatsVersion {
		return errRepeats
	}
	d := repeatsDecoder{b: b[1:]}
	seen := d.number(mostRepeatPages)
	pages := make([]uint64, d.number(mostRepeatPages))
	for i := range pages {
		pages[i] = d.hash()
	}
	n := d.number(mostRepeatPrints)
	prints := make(map[uint64]uint16, n)
	for range n {
		p := d.hash()
		prints[p] = uint16(d.number(mostRepeatPages))
	}
	if d.bad || len(d.b) > 0 || len(prints) != n || seen != len(pages) {
		return fmt.Errorf("%w: %d bytes", errRepeats, len(b))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen, r.pages, r.prints = seen, pages, prints
	return nil
}

// A repeatsDecoder reads what MarshalBinary wrote.
type repeatsDecoder struct {
	b   []byte
	bad bool
}

// number reads a number of at most most; 0 if it is none.
func (d *repeatsDecoder) number(most int) int {
	v, n := binary.Uvarint(d.b)
	if n <= 0 || v > uint64(most) {
		d.bad = true
		return 0
	}
	d.b = d.b[n:]
	return int(v)
}

func (d *repeatsDecoder) hash() uint64 {
	if len(d.b) < 8 {
		d.bad = true
		return 0
	}
	v := binary.LittleEndian.Uint64(d.b)
	d.b = d.b[8:]
	return v
}
