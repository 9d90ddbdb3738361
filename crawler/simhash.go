package crawler

import (
	"hash/fnv"
	"math/bits"
	"strings"
	"unicode"
)

// SimHash returns 64 bits that differ little for texts that differ little
// (Charikar 2002), made of all runs of three words. Case, punctuation and
// white space do not count. Copies of one story in two papers are usually
// within a Distance of 3; unrelated ones are around 32 apart. A text without
// words has 0.
func SimHash(text string) uint64 {
	var (
		votes [64]int
		words [3]uint64
		n     int
	)
	for w := range strings.FieldsFuncSeq(text, notWord) {
		words[n%3] = hashWord(w)
		if n++; n >= 3 {
			vote(&votes, shingle(words[n%3], words[(n+1)%3], words[(n+2)%3]))
		}
	}
	if 0 < n && n < 3 {
		vote(&votes, shingle(words[0], words[1], words[2]))
	}
	var h uint64
	for i, v := range votes {
		if v > 0 {
			h |= 1 << i
		}
	}
	return h
}

// Distance returns in how many bits two hashes differ.
func Distance(a, b uint64) int { return bits.OnesCount64(a ^ b) }

// Blocks returns the keys under which a hash is found by another one within a
// Distance of 3: two such hashes have at least one key in common, because
// three bits cannot touch all of four blocks. Keys in common are only a hint;
// look at the Distance.
func Blocks(h uint64) [4]uint32 {
	var keys [4]uint32
	for i := range keys {
		keys[i] = uint32(i)<<16 | uint32(h>>(16*i)&0xffff)
	}
	return keys
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }

func hashWord(w string) uint64 {
	h := fnv.New64a()
	for _, r := range w {
		r = unicode.ToLower(r)
		h.Write([]byte{byte(r), byte(r >> 8), byte(r >> 16)}) // never fails
	}
	return h.Sum64()
}

// shingle mixes the hashes of three words in their order.
func shingle(a, b, c uint64) uint64 {
	h := mix(a)
	h = mix(h ^ b)
	return mix(h ^ c)
}

// mix is the finalizer of splitmix64: every bit of x reaches every bit.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func vote(votes *[64]int, h uint64) {
	for i := range votes {
		votes[i] += int(h>>i&1)<<1 - 1
	}
}
