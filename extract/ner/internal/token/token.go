// Package token cuts text into words and marks with the tokenizer of
// github.com/jdkato/prose, and says where each stands.
package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tenure/extract"

	"github.com/jdkato/prose/v2"
)

// A Token is one word or mark of a text.
type Token struct {
	extract.Span
	Line bool // the first of its line
}

// Tokenize cuts text into words and marks, in order and without overlap.
// A token holds no white space, so it never straddles a line break.
//
// prose decides how a run of characters is cut. It returns words without
// offsets, with curly quotes made straight and now and then a piece lost;
// Tokenize puts each word back where it stands, and a lost piece becomes a
// token of its own. It then cuts where news needs it and prose does not: at
// dashes and slashes, between a name and its lower-case tail ("Paris-based")
// and at the full stop behind a short name ("said Kim.").
func Tokenize(text string) []Token {
	var t Cutter
	return t.Cut(text)
}

// A Cutter cuts one text after another and keeps its buffers. The zero value
// is ready to use.
type Cutter struct {
	tokens []Token
	runs   []run          // the text as runs without white space
	index  map[string]int // run that needs cutting → its place in cuts
	words  []string       // distinct runs that need cutting
	cuts   [][]piece      // their pieces
}

// A run is a stretch without white space.
type run struct {
	Token
	cut int // place in cuts, or -1 for a run that is one word
}

// A piece is part of a run, in bytes from its start.
type piece struct{ start, end int }

const (
	maxRun    = 256      // bytes; a longer run is no word and stays whole
	separator = "\u2e31" // between runs on their way through prose
)

// Cut does what [Tokenize] does. The tokens are good until the next call.
func (t *Cutter) Cut(text string) []Token {
	t.split(text)
	t.cutAll()
	t.tokens = t.tokens[:0]
	for _, r := range t.runs {
		if r.cut < 0 {
			t.tokens = append(t.tokens, r.Token)
			continue
		}
		for i, p := range t.cuts[r.cut] {
			span := extract.Span{Start: r.Start + p.start, End: r.Start + p.end}
			t.tokens = append(t.tokens, Token{span, r.Line && i == 0})
		}
	}
	return t.tokens
}

// split finds the runs of text and which of them need cutting.
func (t *Cutter) split(text string) {
	t.runs, t.words = t.runs[:0], t.words[:0]
	if t.index == nil {
		t.index = map[string]int{}
	}
	clear(t.index)
	line, start, plain := true, 0, true
	flush := func(end int) {
		if start < end {
			t.add(text, run{Token{extract.Span{Start: start, End: end}, line}, -1}, plain)
			line = false
		}
		plain = true
	}
	for i := 0; i < len(text); {
		c := text[i]
		class, size := ascii[c&0x7f], 1
		if c >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRuneInString(text[i:])
			class = classOf(r)
		}
		switch class {
		case breaking, spacing:
			flush(i)
			line = line || class == breaking
			start = i + size
		case marking:
			plain = false
		}
		i += size
	}
	flush(len(text))
}

// add appends a run, noting it among the distinct ones if it needs cutting.
func (t *Cutter) add(text string, r run, plain bool) {
	if !plain && r.End-r.Start <= maxRun {
		s := r.In(text)
		n, known := t.index[s]
		if !known {
			n = len(t.words)
			t.index[s] = n
			t.words = append(t.words, s)
		}
		r.cut = n
	}
	t.runs = append(t.runs, r)
}

// Classes of characters, as far as runs depend on them.
const (
	marking = iota // may need cutting
	wordly         // letters and digits
	spacing
	breaking // ends a line
)

var ascii = asciiClasses()

func asciiClasses() (t [128]uint8) {
	for c := range t {
		t[c] = classOf(rune(c))
	}
	return t
}

func classOf(r rune) uint8 {
	switch {
	case r == '\n', r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
		return breaking
	case unicode.IsSpace(r), r == 0x200b, r == 0xfeff:
		return spacing
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return wordly
	}
	return marking
}

// cutAll fills cuts for all distinct runs, with one call of prose.
func (t *Cutter) cutAll() {
	t.cuts = t.cuts[:0]
	if len(t.words) == 0 {
		return
	}
	groups := proseWords(t.words)
	arena := make([]piece, 0, 4*len(t.words))
	for i, w := range t.words {
		from := len(arena)
		arena = refine(w, align(w, groups[i]), arena)
		t.cuts = append(t.cuts, arena[from:len(arena):len(arena)])
	}
}

// proseWords returns what prose makes of each run: its words, straight
// quotes for curly ones. A run that prose cannot take, or all of them should
// prose panic, comes back uncut.
func proseWords(runs []string) (groups [][]prose.Token) {
	groups = make([][]prose.Token, len(runs))
	defer func() {
		if recover() != nil {
			groups = make([][]prose.Token, len(runs))
		}
	}()
	var b strings.Builder
	for _, r := range runs {
		if proseSafe(r) {
			b.WriteString(r)
		}
		b.WriteString(" " + separator + " ")
	}
	doc, err := prose.NewDocument(b.String(), prose.UsingModel(&prose.Model{}),
		prose.WithSegmentation(false), prose.WithTagging(false), prose.WithExtraction(false))
	if err != nil {
		return groups
	}
	words, from, group := doc.Tokens(), 0, 0
	for i := range words {
		if words[i].Text == separator && group < len(groups) {
			groups[group] = words[from:i]
			from, group = i+1, group+1
		}
	}
	return groups
}

// proseSafe reports whether prose's offsets into the lower-cased run hold
// for the run itself.
func proseSafe(run string) bool {
	return utf8.ValidString(run) && len(strings.ToLower(run)) == len(run) && !strings.Contains(run, separator)
}

// align finds prose's words in the run they came from. What lies between
// them, because prose lost it, becomes a piece too.
func align(run string, words []prose.Token) []piece {
	var out []piece
	at := 0
	for _, w := range words {
		for from := at; from < len(run); from++ {
			if n := Straight(run[from:], w.Text); n > 0 {
				if at < from {
					out = append(out, piece{at, from})
				}
				out = append(out, piece{from, from + n})
				at = from + n
				break
			}
		}
	}
	if at < len(run) {
		out = append(out, piece{at, len(run)})
	}
	return out
}

// Straight returns how many bytes of s the word stands for, or 0: the
// word has straight quotes where s may have curly ones.
func Straight(s, word string) int {
	at := 0
	for i := 0; i < len(word); i++ {
		rest := s[at:]
		switch c := word[i]; {
		case rest != "" && rest[0] == c:
			at++
		case c == '"' && (strings.HasPrefix(rest, "“") || strings.HasPrefix(rest, "”")),
			c == '\'' && (strings.HasPrefix(rest, "‘") || strings.HasPrefix(rest, "’")):
			at += len("“")
		case c == '\'' && strings.HasPrefix(rest, "&rsquo;"):
			at += len("&rsquo;")
		default:
			return 0
		}
	}
	return at
}
