package content

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// fewestTwice is how many characters must have been encoded twice for it to be
// no chance.
const fewestTwice = 3

// once undoes that a page in UTF-8 was taken for Windows-1252 and encoded
// again, as proxies and archives do ("Ã©" for "é"): every character beyond ASCII
// is then one byte of a character, and they are whole ones.
func once(b []byte) []byte {
	if !twice(b) {
		return b
	}
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		c, _ := oneByte(r)
		out = append(out, c)
		b = b[n:]
	}
	return uncut(out)
}

func twice(b []byte) bool {
	var run [utf8.UTFMax]byte // the bytes of an open character
	open, whole := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			if open > 0 {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		c, ok := oneByte(r)
		if !ok {
			return false
		}
		run[open] = c
		open++
		i += n
		switch r, n := utf8.DecodeRune(run[:open]); {
		case r != utf8.RuneError && n == open:
			open = 0
			whole++
		case utf8.FullRune(run[:open]):
			return false
		}
	}
	return whole >= fewestTwice
}

// oneByte returns the byte that stands for a character in Windows-1252 or, as
// control characters, in ISO 8859-1.
func oneByte(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}
