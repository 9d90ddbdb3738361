package gazetteer

import "unicode/utf8"

// A Hash stands for a word, or for the words of a name in order.
type Hash uint64

const (
	hashSeed  = 0xcbf29ce484222325
	hashPrime = 0x100000001b3
	mixPrime  = 0x9e3779b97f4a7c15
)

// HashWord returns the hash of a word, the same for all cases and for
// accented and plain letters.
func HashWord(word string) Hash {
	h := uint64(hashSeed)
	for i := 0; i < len(word); {
		c := word[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			h = (h ^ uint64(c)) * hashPrime
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(word[i:])
		i += size
		for _, p := range []byte(plain(r)) {
			h = (h ^ uint64(p)) * hashPrime
		}
	}
	return Hash(h ^ h>>31)
}

// Then returns the hash of the words of h followed by word.
func (h Hash) Then(word Hash) Hash {
	x := (uint64(h)*mixPrime ^ uint64(word)) * mixPrime
	return Hash(x ^ x>>29)
}
