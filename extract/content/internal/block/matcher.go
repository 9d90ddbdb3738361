package block

import (
	"bytes"
	"encoding/binary"
)

// A matcher compares blocks with a text that the page gives elsewhere.
type matcher struct {
	words map[uint32]bool
	flat  []byte // letters and digits only, in lower case
	parts *parts // of flat
}

// parts are the hashes of all pieces of a text that are of four bytes. Most of
// what is looked up in the text begins with a piece that is not there.
type parts [1 << 10]uint64

const partSize = 4

func partOf(b []byte) (word int, bit uint64) {
	h := binary.LittleEndian.Uint32(b) * 2654435761
	return int(h >> 22), 1 << (h >> 16 & 63)
}

func newParts(b []byte) *parts {
	p := new(parts)
	for i := range len(b) - partSize + 1 {
		w, bit := partOf(b[i:])
		p[w] |= bit
	}
	return p
}

// mayHold reports whether all pieces of key are there.
func (p *parts) mayHold(key []byte) bool {
	for i := range len(key) - partSize + 1 {
		if w, bit := partOf(key[i:]); p[w]&bit == 0 {
			return false
		}
	}
	return true
}

// mostFlat bounds the text that every block is looked up in.
const mostFlat = 96 << 10

func newMatcher(text string) matcher {
	if text == "" {
		return matcher{}
	}
	m := matcher{words: make(map[uint32]bool)}
	if len(text) > 2000 {
		m.flat = flatten(nil, []byte(text[:min(len(text), mostFlat)]))
		m.parts = newParts(m.flat)
		return m
	}
	EachWord([]byte(text), 400, func(h uint32) { m.words[h] = true })
	return m
}

func (m *matcher) known() bool { return len(m.flat) > 0 || len(m.words) >= 80 }

// like returns which part of a block's first words stands in a short text, and
// 0 if that is next to nothing of the text.
func (m *matcher) like(hashes []uint32) float32 {
	if len(m.words) == 0 {
		return 0
	}
	hits := 0
	for _, h := range hashes {
		if m.words[h] {
			hits++
		}
	}
	if hits*3 < len(m.words) && hits < 6 {
		return 0
	}
	return share(hits, len(hashes))
}

// holds reports, as 0 or 1, whether the text holds the beginning of a block.
func (m *matcher) holds(b []byte, hashes []uint32) float32 {
	if m.flat == nil {
		return m.like(hashes)
	}
	var tmp [96]byte
	key := flatten(tmp[:0], b[:min(len(b), 120)])
	if len(key) < 6 {
		return 0.5
	}
	key = key[:min(len(key), 80)]
	return flag(m.parts.mayHold(key) && bytes.Contains(m.flat, key))
}

func flatten(dst, b []byte) []byte {
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c == 0xe2 && i+2 < len(b) && b[i+1] == 0x80: // quotes, dashes, dots
			i += 2
		case c == 0xc2 && i+1 < len(b): // no-break space, guillemets
			i++
		case c != '&' && wordBytes[c] != 0:
			dst = append(dst, wordBytes[c])
		}
	}
	return dst
}
