package feature

import (
	"strings"

	"tenure/extract/gazetteer"
)

// readLines finds sentence beginnings and lines of capitals, and counts how
// every word is written in the document.
func (r *Reader) readLines() {
	for start := 0; start < len(r.Tokens); {
		end := start + 1
		for end < len(r.Tokens) && !r.Tokens[end].Line {
			end++
		}
		r.readLine(start, end)
		start = end
	}
	for i := range r.words {
		w := &r.words[i]
		if w.letters.capital() {
			t := r.Tokens[w.seen[0]]
			if n, known := r.index[lowerASCII(t.In(r.Text))]; known && n != int32(i) {
				w.lower = r.words[n].count
			}
		}
	}
}

// readLine reads one line, or one paragraph where the text has no others.
func (r *Reader) readLine(start, end int) {
	first, large, little := true, 0, 0
	for i := start; i < end; i++ {
		p := &r.at[i]
		w := &r.words[p.word]
		p.sentence = first
		switch {
		case w.letters == capitals:
			large += 2
		case w.letters == smallLetters:
			little++
		}
		if w.letters != marks {
			if !first && w.letters.capital() {
				w.middle++
			}
			first = false
		} else if ends(r.Tokens[i].In(r.Text)) {
			first = true
		}
	}
	// Short lines of one capital word are common names (IBM); shouting needs two.
	if large >= 4 && large > 4*little {
		for i := start; i < end; i++ {
			r.at[i].shouting = true
		}
	}
}

// ends reports whether a mark ends a sentence or begins a list item.
func ends(mark string) bool {
	switch mark {
	case ".", "!", "?", "•", "·", "●", "■", "▪", "►", "*", "|", "…":
		return true
	}
	return false
}

// lowerASCII returns s with its ASCII capitals made small.
func lowerASCII(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; 'A' <= c && c <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if c := b[i]; 'A' <= c && c <= 'Z' {
					b[i] = c + 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// An expansion is what an acronym stands for.
type expansion struct {
	first, head int32 // the first and last token of the words it stands for, or -1
	common      bool  // those are small words: no name
}

// explain notes what the acronym at token i stands for, if it stands in
// brackets behind words with its letters: "user defined function (UDF)",
// "Fundamental AI Research group (FAIR)".
func (r *Reader) explain(i int) {
	if r.Tokens[i-1].In(r.Text) != "(" || r.Tokens[i+1].In(r.Text) != ")" {
		return
	}
	letters := strings.TrimSuffix(r.Tokens[i].In(r.Text), "s")
	if len(letters) < 2 || len(letters) > 6 {
		return
	}
	small, large := 0, 0
	e := expansion{first: -1, head: -1}
	for j := i - 2; j >= 0 && letters != "" && i-j < 2*maxRunLength && !r.Tokens[j+1].Line; j-- {
		s := r.Tokens[j].In(r.Text)
		written := r.words[r.at[j].word].letters
		rest, whole := strings.CutSuffix(letters, s)
		switch {
		case written == capitals && whole: // "AI" in FAIR
		case s[0]|0x20 == letters[len(letters)-1]|0x20:
			rest = letters[:len(letters)-1]
		case len(s) <= 3, j == i-2 && written == smallLetters:
			continue
		default:
			return
		}
		letters = rest
		e.first = int32(j)
		e.head = max(e.head, int32(j))
		if written.capital() {
			large++
		} else {
			small++
		}
	}
	if letters == "" {
		e.common = small > large
		r.spelled[r.words[r.at[i].word].form] = e
	}
}

// spell notes the acronyms of a name that begins at token i: the initials of
// its capitalized words, small words between them skipped.
func (r *Reader) spell(i int) {
	h, n := uint64(hashSeed), 0
	for j := i; j < len(r.at) && j < i+maxRunLength && (j == i || !r.Tokens[j].Line); j++ {
		w := &r.words[r.at[j].word]
		s := r.Tokens[j].In(r.Text)
		switch {
		case w.letters == capitals: // "AI" in "Fundamental AI Research"
			for k := 0; k < len(s); k++ {
				h = (h ^ uint64(s[k])) * hashPrime
			}
			n++
		case w.letters.capital():
			h = (h ^ uint64(s[0])) * hashPrime
			n++
		case w.letters == smallLetters && len(s) <= 3:
			continue
		default:
			return
		}
		if _, known := r.spelled[h]; n > 1 && !known {
			r.spelled[h] = expansion{first: -1, head: -1}
		}
	}
}

// readPhrases finds the longest listed names, left to right.
func (r *Reader) readPhrases() {
	r.hashes = r.hashes[:0]
	for i := range r.at {
		r.hashes = append(r.hashes, r.words[r.at[i].word].low)
	}
	for i := 0; i < len(r.at); {
		n := 0
		if r.words[r.at[i].word].letters.capital() {
			var class gazetteer.Class
			n, class = r.gaz.Longest(r.hashes[i:r.lineEnd(i)])
			r.markPhrase(i, n, class)
		}
		i += max(1, n)
	}
}

func (r *Reader) lineEnd(i int) int {
	end := i + 1
	for end < len(r.Tokens) && end < i+gazetteer.MaxWords && !r.Tokens[end].Line {
		end++
	}
	return end
}

func (r *Reader) markPhrase(i, n int, class gazetteer.Class) {
	for j := i; j < i+n; j++ {
		p := &r.at[j]
		p.phrase, p.phraseLen = class, uint8(min(n, 4))
		switch {
		case n == 1:
			p.phraseAt = 1
		case j == i:
			p.phraseAt = 2
		case j == i+n-1:
			p.phraseAt = 4
		default:
			p.phraseAt = 3
		}
	}
}

// reach is how far from a capital a word can be and still belong to a name.
const reach = 3

// maxIsland bounds an island; a longer stretch is parted.
const maxIsland = 512

// findIslands finds the stretches of tokens within reach of a capital.
func (r *Reader) findIslands() {
	r.Islands = r.Islands[:0]
	start, last := -1, 0 // the open island and its last capital
	lineStart := 0
	for i := range r.at {
		if r.Tokens[i].Line {
			r.closeIsland(start, last, i)
			start, lineStart = -1, i
		}
		if !r.words[r.at[i].word].letters.capital() {
			continue
		}
		switch {
		case start >= 0 && i-last > 2*reach:
			r.closeIsland(start, last, i)
			start, lineStart = -1, last+reach+1
		case start >= 0 && i-start >= maxIsland:
			r.closeIsland(start, last, i)
			start, lineStart = -1, i
		}
		if start < 0 {
			start = max(lineStart, i-reach)
		}
		last = i
	}
	r.closeIsland(start, last, len(r.at))
}

func (r *Reader) closeIsland(start, last, limit int) {
	if start >= 0 {
		r.Islands = append(r.Islands, Island{start, min(last+reach+1, limit)})
	}
}
