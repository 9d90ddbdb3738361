package block

import "unicode/utf8"

// EachWord calls f with the hash of each of the first words of a text. Where a
// script has no spaces, any two characters in a row count as a word, or any
// four letters.
func EachWord(b []byte, most int, f func(uint32)) {
	for at := 0; most > 0; most-- {
		h, next, _ := nextWord(b, at)
		if next == 0 {
			return
		}
		f(h)
		at = next
	}
}

// longWord is from how many bytes on a word is long: it says what a text is
// about.
const longWord = 5

// nextWord returns the hash of the first word behind at, from where on to look
// for the one after it, and whether it is long; next is 0 if there is none.
func nextWord(b []byte, at int) (h uint32, next int, long bool) {
	for ; at < len(b); at++ {
		if runBytes[b[at]] != 0 {
			break
		}
		if b[at] < wideLead {
			continue
		}
		r, n := utf8.DecodeRune(b[at:])
		if Unspaced(r) {
			return piece(b, at, r)
		}
		if !wideMark(r) {
			break
		}
		at += n - 1
	}
	if at >= len(b) {
		return 0, 0, false
	}
	from := at
	for h = fnvBase; at < len(b); at++ {
		c := runBytes[b[at]]
		if c == 0 {
			n := goesOn(b[at:])
			if n == 0 {
				break
			}
			for _, c := range b[at : at+n] {
				h = (h ^ uint32(c)) * fnvPrime
			}
			at += n - 1
			continue
		}
		h = (h ^ uint32(c)) * fnvPrime
	}
	return h, at, at-from >= longWord
}

// goesOn returns the length of a character of three bytes or more by which a
// word goes on; 0 if it ends.
func goesOn(b []byte) int {
	if b[0] < wideLead {
		return 0
	}
	r, n := utf8.DecodeRune(b)
	if Unspaced(r) || wideMark(r) {
		return 0
	}
	return n
}

// What stands for a word where there are no spaces.
const (
	pieceSigns   = 2 // of Chinese and Japanese
	pieceLetters = 4 // of Thai and its like
)

// piece is nextWord where no spaces part the words: it returns the characters
// from at on that stand for a word. The next begins one character further on.
// That of a run's last characters is shorter only if they are all there is.
func piece(b []byte, at int, r rune) (h uint32, next int, long bool) {
	size := pieceSigns
	if letters(r) {
		size = pieceLetters
	}
	h, next, long = fnvBase, at+utf8.RuneLen(r), !hiragana(r)
	end, n := at, 0
	for ; n < size && end < len(b); n++ {
		r, k := utf8.DecodeRune(b[end:])
		if !Unspaced(r) {
			break
		}
		for _, c := range b[end : end+k] {
			h = (h ^ uint32(c)) * fnvPrime
		}
		long = long && !hiragana(r)
		end += k
	}
	if end == len(b) || n < size {
		next = end
	} else if r, _ := utf8.DecodeRune(b[end:]); !Unspaced(r) {
		next = end
	}
	return h, next, long && n == size
}

// wideLead is the first byte from which on characters have three bytes or more.
const wideLead = 0xe0

// wordBytes holds every byte that may stand in a word, in lower case, and 0
// for the others; runBytes the same, but 0 for those that may begin a character
// of a script without spaces or a wide mark, which has to be looked at. Those
// that begin quotation marks, dashes and Korean never do.
var wordBytes, runBytes = func() (all, run [256]byte) {
	for c := range 256 {
		if !wordByte(byte(c)) {
			continue
		}
		all[c] = lower(byte(c))
		if c < wideLead || c == 0xe2 || c >= 0xea && c <= 0xee {
			run[c] = all[c]
		}
	}
	return all, run
}()

func wordByte(c byte) bool {
	return c >= utf8.RuneSelf || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '&'
}

// eachLong is EachWord for long words.
func eachLong(b []byte, most int, f func(uint32)) {
	for at := 0; most > 0; {
		h, next, long := nextWord(b, at)
		if next == 0 {
			return
		}
		if long {
			f(h)
			most--
		}
		at = next
	}
}
