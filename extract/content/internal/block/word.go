package block

import "unicode/utf8"

// EachWord calls f with the hash of each of the first words of a text.
func EachWord(b []byte, most int, f func(uint32)) {
	for at := 0; most > 0; most-- {
		h, from, end := nextWord(b, at)
		if from == end {
			return
		}
		f(h)
		at = end
	}
}

// nextWord returns the hash of the first word behind at, and where it stands;
// from and end are one if there is none.
func nextWord(b []byte, at int) (h uint32, from, end int) {
	for at < len(b) && wordBytes[b[at]] == 0 {
		at++
	}
	h, from = fnvBase, at
	for ; at < len(b); at++ {
		c := wordBytes[b[at]]
		if c == 0 {
			break
		}
		h = (h ^ uint32(c)) * fnvPrime
	}
	return h, from, at
}

// wordBytes holds every byte that may stand in a word, in lower case, and 0
// for the others.
var wordBytes = func() (t [256]byte) {
	for c := range 256 {
		if wordByte(byte(c)) {
			t[c] = lower(byte(c))
		}
	}
	return t
}()

func wordByte(c byte) bool {
	return c >= utf8.RuneSelf || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '&'
}

// eachLong is EachWord for words of at least five bytes.
func eachLong(b []byte, most int, f func(uint32)) {
	for at := 0; most > 0; {
		h, from, end := nextWord(b, at)
		if from == end {
			return
		}
		if end-from >= 5 {
			f(h)
			most--
		}
		at = end
	}
}
