package block

import "bytes"

// A matcher compares blocks with a text that the page gives elsewhere.
type matcher struct {
	words map[uint32]bool
	flat  []byte // letters and digits only, in lower case
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
	return flag(bytes.Contains(m.flat, key[:min(len(key), 80)]))
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
