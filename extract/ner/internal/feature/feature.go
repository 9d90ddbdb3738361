// Package feature turns a text into what a tagger weighs: for every word
// that may be part of a name, a few dozen numbered observations about its
// form, its neighbours, its line and the rest of the document.
//
// Only words near a capital are looked at; the others are never part of a
// name. A stretch of such words is an island, and islands are tagged
// separately.
package feature

import (
	"unicode"
	"unicode/utf8"

	"tenure/extract"
	"tenure/extract/gazetteer"
	"tenure/extract/ner/internal/token"
)

// A Reader reads one document after another and keeps its buffers. It must
// not be used by two goroutines at once.
type Reader struct {
	gaz    *gazetteer.Gazetteer
	cutter token.Cutter
	Document
	index  map[string]int32
	hashes []gazetteer.Hash
}

// NewReader returns a reader that knows the given names and word classes.
func NewReader(g *gazetteer.Gazetteer, c *Clusters) *Reader {
	return &Reader{gaz: g, index: map[string]int32{}, Document: Document{clusters: c, spelled: map[uint64]expansion{}, runs: runTallies{}, stats: map[gazetteer.Hash]runStat{}}}
}

// A Document is a text that was read. It is good until the next one.
type Document struct {
	Text     string
	Tokens   []token.Token
	Islands  []Island
	words    []word                     // the distinct words
	at       []place                    // per token
	stats    map[gazetteer.Hash]runStat // by run of capitals
	beliefs  []Belief
	tallies  []tally // per word
	runs     runTallies
	contexts []context            // of the runs of capitals
	spelled  map[uint64]expansion // the acronyms that names of the document spell
	clusters *Clusters
}

// An Island is a stretch of tokens near capitals, half open.
type Island struct{ Start, End int }

// A word is what is known of a distinct word of the document.
type word struct {
	low            gazetteer.Hash // without case and accents
	form           uint64         // as it stands
	shape          uint64
	prefix, suffix [4]uint64 // of 1 to 4 letters
	cluster        Cluster
	class          gazetteer.Class
	letters        letters
	lower          int32    // how often its lower-case form occurs
	middle         int32    // how often it occurs capitalized inside a sentence
	seen           [4]int32 // its first places
	count          int32
}

// letters says how a word is written.
type letters uint8

const (
	marks        letters = iota // no letter, no digit
	digits                      // a digit, no capital
	smallLetters                // lower-case letters
	initial                     // a capital, then small letters
	capitals                    // capitals only, two or more
	single                      // one capital
	mixed                       // capitals elsewhere
)

// capital reports whether a word so written can begin or continue a name.
func (l letters) capital() bool { return l >= initial }

// A place is what is known of a token.
type place struct {
	word      int32
	run       int32 // first token of its run of capitals; -1 outside
	runEnd    int32
	context   int32 // which of the contexts is that of its run
	sentence  bool  // first of a sentence
	shouting  bool  // in a line of capitals
	phrase    gazetteer.Class
	phraseAt  uint8 // place in the phrase: 1 single, 2 first, 3 inner, 4 last
	phraseLen uint8
}

// Read analyzes text. The result lasts until the next call.
func (r *Reader) Read(text string) *Document {
	r.Text = text
	r.Tokens = r.cutter.Cut(text)
	r.readWords()
	r.readLines()
	r.readRuns()
	r.readPhrases()
	r.readContexts()
	r.findIslands()
	return &r.Document
}

// readWords finds the distinct words and where they stand.
func (r *Reader) readWords() {
	clear(r.index)
	r.words = r.words[:0]
	r.at = append(r.at[:0], make([]place, len(r.Tokens))...)
	for i, t := range r.Tokens {
		s := t.In(r.Text)
		n, known := r.index[s]
		if !known {
			n = int32(len(r.words))
			r.index[s] = n
			r.words = append(r.words, r.describe(s))
		}
		w := &r.words[n]
		if w.count < int32(len(w.seen)) {
			w.seen[w.count] = int32(i)
		}
		w.count++
		r.at[i].word = n
	}
}

const maxWord = 64 // bytes of a word that are looked at

// describe computes what depends on the word alone.
func (r *Reader) describe(s string) word {
	if len(s) > maxWord {
		s = s[:maxWord]
	}
	w := word{low: gazetteer.HashWord(s), form: hashString(s)}
	w.shape, w.letters = shapeOf(s)
	w.cluster = r.clusters.Of(w.low)
	if w.letters != marks {
		w.class = r.gaz.Word(w.low)
		affixes(s, &w.prefix, &w.suffix)
	}
	return w
}

// shapeOf classes the characters of s, runs of one class counting once.
func shapeOf(s string) (shape uint64, l letters) {
	shape = hashSeed
	var upper, lower, digit, runes int
	last := byte(0)
	firstUpper := false
	for i, c := range s {
		class := byte('x')
		switch {
		case c < utf8.RuneSelf && 'a' <= c && c <= 'z':
			lower++
		case c < utf8.RuneSelf && 'A' <= c && c <= 'Z', unicode.IsUpper(c):
			class = 'X'
			upper++
			firstUpper = firstUpper || i == 0
		case '0' <= c && c <= '9':
			class = 'd'
			digit++
		case unicode.IsLetter(c):
			lower++
		case c < utf8.RuneSelf:
			class = byte(c)
		default:
			class = '?'
		}
		runes++
		if class != last {
			shape = (shape ^ uint64(class)) * hashPrime
			last = class
		}
	}
	return shape, lettersOf(upper, lower, digit, firstUpper)
}

func lettersOf(upper, lower, digit int, first bool) letters {
	switch {
	case upper == 0 && lower == 0 && digit == 0:
		return marks
	case upper == 0 && digit > 0:
		return digits
	case upper == 0:
		return smallLetters
	case lower == 0 && upper == 1:
		return single
	case lower == 0:
		return capitals
	case upper == 1 && first:
		return initial
	}
	return mixed
}

// affixes hashes the first and last letters of s, case aside.
func affixes(s string, prefix, suffix *[4]uint64) {
	h, n := uint64(hashSeed), 0
	for _, c := range s {
		if n == len(prefix) {
			break
		}
		h = (h ^ uint64(unicode.ToLower(c))) * hashPrime
		prefix[n] = h
		n++
	}
	h, n = hashSeed, 0
	for end := len(s); end > 0 && n < len(suffix); n++ {
		c, size := utf8.DecodeLastRuneInString(s[:end])
		h = (h ^ uint64(unicode.ToLower(c))) * hashPrime
		suffix[n] = h
		end -= size
	}
}

const (
	hashSeed  = 0xcbf29ce484222325
	hashPrime = 0x100000001b3
)

func hashString(s string) uint64 {
	h := uint64(hashSeed)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * hashPrime
	}
	return h
}

// Span returns the bytes of the tokens from first to last.
func (d *Document) Span(first, last int) extract.Span {
	return extract.Span{Start: d.Tokens[first].Start, End: d.Tokens[last].End}
}
