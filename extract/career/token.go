package career

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tenure/extract"
)

// A token is a word, a number or a single mark of the text. Tokens never
// overlap; what lies between two of them is white space.
type token struct {
	extract.Span
	text string // the words of the span
	low  string // text in lower case
	kind tokenKind
	gap  gap // what stands before it
}

type tokenKind uint8

const (
	mark   tokenKind = iota // one character of punctuation or a symbol
	word                    // begins with a letter, or holds one: "23andMe"
	number                  // digits only
)

// A gap is the white space before a token.
type gap uint8

const (
	glued gap = iota // none
	space            // on one line
	line             // a line break
	block            // an empty line
)

// upper reports whether the token begins like a name: with a capital, or
// like eBay and 23andMe with a capital inside.
func (t token) upper() bool {
	if t.kind != word {
		return false
	}
	r, _ := utf8.DecodeRuneInString(t.text)
	if unicode.IsUpper(r) || unicode.IsTitle(r) || caseless(r) {
		return true
	}
	return t.camel()
}

// camel reports whether a token that begins small is a name by its inside:
// eBay, iRobot, 23andMe, ip.access, monday.com.
func (t token) camel() bool {
	r, size := utf8.DecodeRuneInString(t.text)
	if unicode.IsUpper(r) {
		return false
	}
	rest := t.text[size:]
	if i := strings.IndexByte(rest, '.'); i > 0 && i < len(rest)-1 {
		return true
	}
	for _, c := range rest {
		if unicode.IsUpper(c) {
			return true
		}
	}
	return false
}

// shout reports whether the token is written in capitals throughout.
func (t token) shout() bool {
	n := 0
	for _, r := range t.text {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n > 1
}

// initial reports whether the token is the initial of a name: "J." or "J.P.".
func (t token) initial() bool {
	if t.kind != word || len(t.text) < 2 || !strings.HasSuffix(t.text, ".") {
		return false
	}
	letters := 0
	for _, r := range t.text {
		switch {
		case unicode.IsUpper(r):
			letters++
		case r != '.':
			return false
		}
	}
	return letters <= 3
}

// caseless reports whether r is a letter of a script without capitals, whose
// names cannot be told by them.
func caseless(r rune) bool {
	return unicode.IsLetter(r) && !unicode.IsUpper(r) && !unicode.IsLower(r) && !unicode.IsTitle(r)
}

// is reports whether the token is one of the given lower-case words.
func (t token) is(words ...string) bool {
	for _, w := range words {
		if t.low == w {
			return true
		}
	}
	return false
}

// tokenize splits text. It is linear in the length of the text and loses
// nothing but white space.
func tokenize(text string) []token {
	toks := make([]token, 0, len(text)/5+8)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		before := glued
		for unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			before = before.then(r)
			if i += size; i >= len(text) {
				return toks
			}
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		kind, n := mark, size
		switch {
		case unicode.IsDigit(r) || unicode.IsLetter(r):
			kind, n = wordAt(text, i)
		case r == '\'' || r == '’':
			if c := clitic(text[i:]); c > 0 {
				kind, n = word, c
			}
		}
		w := text[i : i+n]
		toks = append(toks, token{extract.Span{Start: i, End: i + n}, w, strings.ToLower(w), kind, before})
		i += n
	}
	return toks
}

func (g gap) then(r rune) gap {
	switch {
	case r != '\n' && r != '\u2028' && r != '\u2029':
		return max(g, space)
	case g >= line:
		return block
	}
	return line
}

// clitic returns the length of a "'s", "'ll", "'m" … at the beginning of s.
func clitic(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	n := size
	for n < len(s) && (s[n] >= 'a' && s[n] <= 'z' || s[n] >= 'A' && s[n] <= 'Z') {
		n++
	}
	if r, _ := utf8.DecodeRuneInString(s[n:]); n < len(s) && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return 0
	}
	switch s[size:n] {
	case "s", "S", "ll", "m", "ve", "re", "d":
		return n
	}
	return 0
}

// wordAt returns the kind and length of the word or number at i.
func wordAt(text string, i int) (tokenKind, int) {
	end, letters := i, false
	var prev rune
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			if year(text[i:end]) && (unicode.IsUpper(r) || caseless(r)) {
				return number, end - i // "2024Time at Meta", glued by markup
			}
			letters = true
		case unicode.IsDigit(r):
			if letters && monthOf(strings.ToLower(text[i:end])) > 0 {
				return word, end - i // "October30"
			}
		case joins(r):
			next, _ := utf8.DecodeRuneInString(text[end+size:])
			if !joined(text[i:end], prev, r, next, text[end+size:]) {
				return ending(text, i, end, letters)
			}
		default:
			return ending(text, i, end, letters)
		}
		prev = r
		end += size
	}
	return ending(text, i, end, letters)
}

func joins(r rune) bool {
	return r == '-' || r == '\'' || r == '’' || r == '.' || r == '&' || r == '‑'
}

// joined reports whether the mark r between left and what follows holds one
// word together.
func joined(left string, prev, r, next rune, rest string) bool {
	if !unicode.IsLetter(next) && !unicode.IsDigit(next) {
		return false
	}
	switch r {
	case '\'', '’':
		return clitic("'"+rest) == 0
	case '-', '‑':
		if unicode.IsDigit(next) {
			return unicode.IsLetter(prev) && !yearAhead(rest)
		}
		return !splitsAtHyphen(strings.ToLower(left), next, rest)
	case '.':
		if unicode.IsDigit(prev) {
			return false
		}
		return !newSentence(left, rest)
	}
	return unicode.IsLetter(prev)
}

// splitsAtHyphen reports whether left and what follows the hyphen are two
// words: "ex-Google", "mid-November", "2022-Q3".
func splitsAtHyphen(left string, next rune, rest string) bool {
	switch left {
	case "ex", "then", "now":
		return unicode.IsUpper(next)
	case "mid", "late", "early":
		end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
		if end < 0 {
			end = len(rest)
		}
		return monthOf(strings.ToLower(rest[:end])) > 0
	}
	return year(left)
}

// newSentence tells "done.The" from "Character.AI", "Booking.com" and "J.P.".
func newSentence(left, rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	next, _ := utf8.DecodeRuneInString(rest[size:])
	last, _ := utf8.DecodeLastRuneInString(left)
	return unicode.IsUpper(r) && unicode.IsLower(next) && unicode.IsLower(last) && len(left) > 2
}

func yearAhead(s string) bool {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n == 4
}

// ending decides whether a full stop behind the word belongs to it.
func ending(text string, i, end int, letters bool) (tokenKind, int) {
	if !letters {
		return number, end - i
	}
	if end < len(text) && text[end] == '.' && abbreviation(text[i:end]) {
		return word, end + 1 - i
	}
	return word, end - i
}

// abbreviation reports whether w, met before a full stop, is a short form
// that the stop belongs to.
func abbreviation(w string) bool {
	r, size := utf8.DecodeRuneInString(w)
	if size == len(w) && unicode.IsUpper(r) {
		return true // an initial
	}
	if strings.IndexByte(w, '.') > 0 && !strings.Contains(strings.TrimRight(w, "."), "..") {
		short := true
		for _, part := range strings.Split(w, ".") {
			short = short && utf8.RuneCountInString(part) == 1
		}
		if short {
			return true // "U.S"
		}
	}
	switch strings.ToLower(w) {
	case "mr", "mrs", "ms", "dr", "prof", "jr", "sr", "st", "inc", "corp", "co", "ltd", "llc", "gen", "lt", "col", "capt", "maj", "sgt",
		"sen", "rep", "gov", "rev", "hon", "messrs", "bros", "dept", "vs", "cmdr", "adm",
		"ph.d", "asst", "assoc":
		return unicode.IsUpper(r)
	case "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec":
		return true
	case "yrs", "mos", "yr", "ca":
		return true
	}
	return false
}
