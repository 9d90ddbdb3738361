package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// refine appends to out the pieces of run, joined and cut further.
func refine(run string, pieces []piece, out []piece) []piece {
	from := len(out)
	if strings.Contains(run, "://") || strings.HasPrefix(run, "www.") {
		return append(out, pieces...)
	}
	for _, p := range pieces {
		if len(out) > from && joins(run, out[len(out)-1], p) {
			joined := piece{out[len(out)-1].start, p.end}
			out = cutTail(run, joined, out[:len(out)-1])
			continue
		}
		out = cutPiece(run, p, out)
	}
	return out
}

// joins reports whether prose cut too much between a and b: "O" + "'Reilly"
// (it looks for 're), "Corp" + ".", "J" + ".".
func joins(run string, a, b piece) bool {
	if a.end != b.start {
		return false
	}
	word, next := run[a.start:a.end], run[b.start:b.end]
	if next == "." {
		return abbreviations[word] || strings.Contains(word, ".") && isUpper(word[len(word)-1]) ||
			len(word) == 1 && word != "I" && isUpper(word[0])
	}
	tail, quoted := trimApostrophe(next)
	if !quoted || !isLetters(word) {
		return false
	}
	return clitic(tail) > 0 && !endsClitic(tail)
}

// cutTail cuts the marks and the possessive that prose left at the end of p.
func cutTail(run string, p piece, out []piece) []piece {
	word := run[p.start:p.end]
	for _, tail := range [...]string{"'s", "’s", "'", "’", ",", ":", ".", ")", "]", ";", "!", "?", `"`, "”"} {
		n := len(word) - len(tail)
		if n > 0 && word[n:] == tail && (tail != "." || !abbreviates(word[:n])) {
			return append(cutTail(run, piece{p.start, p.start + n}, out), piece{p.start + n, p.end})
		}
	}
	return append(out, p)
}

// abbreviates reports whether a full stop behind word belongs to it.
func abbreviates(word string) bool {
	r, _ := utf8.DecodeLastRuneInString(word)
	return len(word) == 1 || abbreviations[word] || strings.Contains(word, ".") || !unicode.IsLetter(r)
}

// endsClitic reports whether s is a shortened word with nothing but marks
// behind it.
func endsClitic(s string) bool {
	n := clitic(s)
	r, _ := utf8.DecodeRuneInString(s[n:])
	return n > 0 && !unicode.IsLetter(r)
}

// cutPiece cuts one word of prose where it holds more than one.
func cutPiece(run string, p piece, out []piece) []piece {
	word := run[p.start:p.end]
	if strings.Contains(word, "@") && len(word) > 1 {
		return append(out, p)
	}
	if n := len(word) - 1; n > 1 && n < 4 && word[n] == '.' && isLetters(word[:n]) && !abbreviations[word[:n]] {
		return append(out, piece{p.start, p.end - 1}, piece{p.end - 1, p.end})
	}
	if word[0] == '#' && len(word) > 1 {
		out = append(out, piece{p.start, p.start + 1})
		p.start++
		word = word[1:]
	}
	if tail, quoted := trimApostrophe(word); quoted && tail != "" && !endsClitic(tail) {
		n := p.start + len(word) - len(tail)
		out = append(out, piece{p.start, n})
		p.start = n
	}
	if word[0] == '-' && len(word) > 1 && unicode.IsUpper(firstRune(word[1:])) {
		out = append(out, piece{p.start, p.start + 1})
		p.start++
	}
	return cutInside(run, p, out)
}

// cutInside cuts p at the marks inside it.
func cutInside(run string, p piece, out []piece) []piece {
	start, before := p.start, rune(0)
	for at := p.start; at < p.end; {
		r, size := utf8.DecodeRuneInString(run[at:p.end])
		rest := run[at+size : p.end]
		switch {
		case parts(r, before, rest):
			if start < at {
				out = append(out, piece{start, at})
			}
			out = append(out, piece{at, at + size})
			start = at + size
		case r == '-' && at > start && before != '-' && tailed(run[start:at], firstRune(rest)):
			out = append(out, piece{start, at})
			start = at
		case r == '-' && at > start && headed(run[start:at], firstRune(rest)):
			out = append(out, piece{start, at + size})
			start = at + size
		}
		before = r
		at += size
	}
	if start < p.end {
		return cutTail(run, piece{start, p.end}, out)
	}
	return out
}

// parts reports whether r, between before and rest, is a token by itself.
func parts(r, before rune, rest string) bool {
	switch r {
	case ':':
		return unicode.IsLetter(before) && unicode.IsLetter(firstRune(rest))
	case ',':
		return unicode.IsLetter(firstRune(rest))
	case '.':
		return unicode.IsLower(before) && startsSentence(rest)
	}
	return alone(r)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// alone reports whether r is a token by itself wherever it stands.
func alone(r rune) bool {
	switch r {
	case '—', '–', '―', '…', '/', '|', '•', '·', '●', '■', '▪', '►', '*', '"', '“', '”', '„', '«', '»', '‹', '›',
		'(', ')', '[', ']', '{', '}', '<', '>', '=', '~', ';', '!', '?', '→', '®', '™', '©':
		return true
	}
	return false
}

// tailed reports whether a hyphen ends a name: "Paris-based".
func tailed(head string, after rune) bool {
	r, _ := utf8.DecodeRuneInString(head)
	return unicode.IsUpper(r) && unicode.IsLower(after)
}

// headed reports whether a name begins behind a hyphen: "ex-Google", but
// not "al-Assad", whose article is part of the name.
func headed(head string, after rune) bool {
	r, _ := utf8.DecodeRuneInString(head)
	return unicode.IsLower(r) && unicode.IsUpper(after) && !articles[head]
}

// startsSentence reports whether s begins like a sentence glued to the one
// before: "company.The". ("Character.AI" does not.)
func startsSentence(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[n:])
	return unicode.IsUpper(r) && unicode.IsLower(next)
}

func trimApostrophe(s string) (rest string, ok bool) {
	for _, q := range [...]string{"'", "’", "‘"} {
		if strings.HasPrefix(s, q) {
			return s[len(q):], true
		}
	}
	return s, false
}

// clitic returns the length of the shortened word that s, which stood
// behind an apostrophe, begins with.
func clitic(s string) int {
	for _, c := range [...]string{"s", "re", "ll", "ve", "m", "d", "t"} {
		if len(s) >= len(c) && strings.EqualFold(s[:len(c)], c) {
			return len(c)
		}
	}
	return 0
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func isLetters(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return s != ""
}

// abbreviations keep their full stop.
var abbreviations = setOf(`Mr Mrs Ms Mx Dr St Ste Jr Sr Inc Ltd Co Gov Sen Rep Gen Col Lt Sgt Maj Capt Cpt Cmdr Adm Rev Hon Prof Pres Msgr Fr
Corp Bros Dept Univ Assn Ave Mt Ft vs Vs Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec Ph Esq Supt Insp Det Amb Atty PLC Pty Pvt Mfg Intl`)

// articles are bound by a hyphen to the name behind them.
var articles = setOf(`al el ul ad as ar an at ash az ibn bin abu ben bar d l`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
