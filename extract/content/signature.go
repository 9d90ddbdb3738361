package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tenure/extract/content/internal/block"
)

// nearHead is how many blocks behind the headline who wrote is told.
const nearHead = 16

// byline returns the names that stand near the headline where who wrote is
// told.
func (d *document) byline() []string {
	head := d.headBlock()
	if n := d.fieldNames(head-8, head+nearHead); len(n) > 0 {
		return n
	}
	if n := d.wordedNames(head-8, head+nearHead); len(n) > 0 {
		return n
	}
	if n := d.bareNames(head); len(n) > 0 || head >= 0 {
		return n
	}
	return d.wordedNames(0, len(d.Blocks))
}

// atHead is how many blocks behind the headline a byline says more than the
// page's data.
const atHead = 3

// signedAtHead returns the names that a line right at the headline gives after
// "By" or its like: people with more than one name.
func (d *document) signedAtHead() []string {
	head := d.headBlock()
	if head < 0 {
		return nil
	}
	n := d.wordedNames(head-1, head+atHead+1)
	for _, name := range n {
		if !strings.Contains(name, " ") {
			return nil
		}
	}
	return n
}

// wordedNames returns the names behind "By" and its like in short blocks of
// the given range.
func (d *document) wordedNames(from, to int) []string {
	for i := max(0, from); i < min(to, len(d.Blocks)); i++ {
		if n := d.people(bylineNames(d.worded(i))); len(n) > 0 && !role().MatchString(n[0]) {
			return n
		}
	}
	return nil
}

// onlyBy finds lines that say that a name follows on the next one.
var onlyBy = compiled(`(?i)^(?:(?:article |story |text |words |post )?(?:written|posted|authored|story|words|text|article) by|by|von|par|por|author(?:s|\(s\))?|autorin/autor|autor(?:in)?|auteur)\s*[:：|]?$`)

// worded returns what a short block says after "By" or its like: behind a date
// too, and in the block below if the word stands alone.
func (d *document) worded(i int) string {
	b := &d.Blocks[i]
	if b.Words < 1 || b.Words > 30 || b.Marks&(block.InNav|block.InFooter) != 0 {
		return ""
	}
	text := d.String(i)
	switch {
	case byWord().MatchString(text):
		return text
	case reported(text) != "":
		return "by " + reported(text)
	case onlyBy().MatchString(text) && i+1 < len(d.Blocks) && d.Blocks[i+1].Words <= 12:
		return "by " + d.String(i+1)
	}
	return behindDate(text)
}

var (
	byInside   = compiled(`(?i)\b(?:by|von|par|por)\s+`)
	dateBefore = compiled(`(?i)^(?:\W|\d|(?:published|posted|updated|last|on|at|am|pm|min(?:ute)?s?|read)\b|[A-Z]{2,4}\b)*$`)
)

// behindDate returns the end of "3 June 2025 by Ana Ruiz", from "by" on.
func behindDate(text string) string {
	if !strings.ContainsFunc(text, unicode.IsDigit) {
		return ""
	}
	at := byInside().FindStringIndex(text)
	if at == nil || at[0] == 0 {
		return ""
	}
	before := text[:at[0]]
	if _, n := findDay(before, dayFirst); n == 0 || !dateBefore().MatchString(withoutDay(before)) {
		return ""
	}
	return text[at[0]:]
}

// withoutDay returns a line without the dates in it.
func withoutDay(s string) string {
	for range 3 {
		st, end := findDay(s, dayFirst)
		if end == 0 || st.IsZero() {
			break
		}
		start := end
		for start > 0 {
			_, n := utf8.DecodeLastRuneInString(s[:start])
			if _, m, ok := dayAt(s[start-n:], dayFirst); ok && start-n+m == end {
				start -= n
				s = s[:start] + s[end:]
				break
			}
			start -= n
		}
	}
	return s
}

// boxed returns the only name that elements made for authors hold from block i
// on, comments aside: that of a box which tells of the author.
func (d *document) boxed(from int) []string {
	var only []string
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Block < from || f.Marks&(block.InNav|block.InFooter) != 0 || !authorField(f) || strings.Contains(block.Attr(f.Node, "class"), "comment") || d.onlyHelped(f) {
			continue
		}
		text := nodeText(f.Node)
		if text == "" || len(text) > 60 {
			continue
		}
		for _, n := range d.fieldPeople(f.Node, text) {
			if !strings.Contains(n, " ") || len(only) > 0 && only[0] == n {
				continue
			}
			if only = append(only, n); len(only) > 1 {
				return nil
			}
		}
	}
	return only
}

// signedWord finds lines that say more than "By": that what follows wrote the
// text.
var signedWord = compiled(`(?i)^\W{0,3}(?:(?:this )?(?:article |story |text |post |blog )?(?:was |is )?(?:written|posted|authored|published|words|article|story) by|autorin/autor|author(?:s|\(s\))?\b|autor(?:in)?\b|by ?:)`)

// signedBelow returns the names that sign the text from block i on, in words
// or in a box for them.
func (d *document) signedBelow(i int) []string {
	if n := d.boxed(i); len(n) > 0 {
		return n
	}
	for i = max(0, i); i < len(d.Blocks); i++ {
		b := &d.Blocks[i]
		if b.Words < 1 || b.Words > 30 {
			continue
		}
		if !signedWord().Match(d.Bytes(i)) {
			continue
		}
		if n := d.people(bylineNames(d.worded(i))); len(n) > 0 && !role().MatchString(n[0]) {
			return n
		}
	}
	return nil
}

// seenOffice returns the body that a line at the headline names as writer, or
// the name under which somebody writes.
func (d *document) seenOffice() []string {
	head := d.headBlock()
	if head < 0 {
		return nil
	}
	for _, k := range []int{1, 2, 3, 4, 5, -1, -2} {
		i := head + k
		if i < 0 || i >= len(d.Blocks) {
			continue
		}
		for _, n := range bylineNames(d.worded(i)) {
			if signatureLike(n) {
				return []string{n}
			}
		}
	}
	return nil
}

// signatureLike reports whether the words behind "by" can be a signature: each
// with a capital, or one word alone.
func signatureLike(s string) bool {
	f := strings.Fields(s)
	if len(f) == 0 || len(f) > 5 || !officeLike(s) || strings.ContainsAny(s, "?!,:;") {
		return false
	}
	for _, w := range f {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(r) && len(f) > 1 && !smallWords[w] {
			return false
		}
	}
	return !strings.EqualFold(f[0], "in") && !strings.EqualFold(f[len(f)-1], "on")
}
