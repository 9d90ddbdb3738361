package content

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"tenure/extract/content/internal/block"
	"tenure/extract/gazetteer"
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
		if n := d.people(bylineNames(d.worded(i))); len(n) > 0 && !role.MatchString(n[0]) {
			return n
		}
	}
	return nil
}

// onlyBy finds lines that say that a name follows on the next one.
var onlyBy = regexp.MustCompile(`(?i)^(?:(?:article |story |text |words |post )?(?:written|posted|authored|story|words|text|article) by|by|von|par|por|author(?:s|\(s\))?|autorin/autor|autor(?:in)?|auteur)\s*[:：|]?$`)

// worded returns what a short block says after "By" or its like: behind a date
// too, and in the block below if the word stands alone.
func (d *document) worded(i int) string {
	b := &d.Blocks[i]
	if b.Words < 1 || b.Words > 30 || b.Marks&(block.InNav|block.InFooter) != 0 {
		return ""
	}
	text := d.String(i)
	switch {
	case byWord.MatchString(text):
		return text
	case onlyBy.MatchString(text) && i+1 < len(d.Blocks) && d.Blocks[i+1].Words <= 12:
		return "by " + d.String(i+1)
	}
	return behindDate(text)
}

var (
	byInside   = regexp.MustCompile(`(?i)\b(?:by|von|par|por)\s+`)
	dateBefore = regexp.MustCompile(`(?i)^(?:\W|\d|(?:published|posted|updated|last|on|at|am|pm|min(?:ute)?s?|read)\b|[A-Z]{2,4}\b)*$`)
)

// behindDate returns the end of "3 June 2025 by Ana Ruiz", from "by" on.
func behindDate(text string) string {
	if !strings.ContainsFunc(text, unicode.IsDigit) {
		return ""
	}
	at := byInside.FindStringIndex(text)
	if at == nil || at[0] == 0 {
		return ""
	}
	before := text[:at[0]]
	if _, n := findDay(before, dayFirst); n == 0 || !dateBefore.MatchString(withoutDay(before)) {
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

// bareNames returns the names that stand near the headline with nothing that
// says what they are: beside the date, or alone before the first paragraph.
func (d *document) bareNames(head int) []string {
	if head < 0 {
		return nil
	}
	for i := max(0, head-2); i <= min(head+6, len(d.Blocks)-1); i++ {
		b := &d.Blocks[i]
		if i == head || b.Words > 12 || b.Words < 2 || b.Marks&(block.InNav|block.InFooter|block.InCaption|block.InHeading) != 0 {
			continue
		}
		text := d.String(i)
		stamped := false
		if _, n := findDay(text, dayFirst); n > 0 {
			text, stamped = bareName(text), true
		}
		if !stamped && !d.stampBeside(i) && i+1 != d.firstPara() {
			continue
		}
		if n := d.loneNames(text); len(n) > 0 {
			return n
		}
	}
	return nil
}

// bareName returns what is left of a line without its date and what stands
// around dates.
func bareName(s string) string {
	s = withoutDay(s)
	if i := strings.IndexAny(s, "|•·/"); i > 0 {
		s = s[:i]
	}
	for _, re := range []*regexp.Regexp{publishedWord, updatedWord, besideDate} {
		s = re.ReplaceAllString(s, "")
	}
	return strings.Trim(s, " \u00a0-–—|•·:,.")
}

// stampBeside reports whether the block before or behind says only when.
func (d *document) stampBeside(i int) bool {
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(d.Blocks) && d.Blocks[j].Words <= 12 && isStamp(d.String(j)) {
			return true
		}
	}
	return false
}

// loneNames returns the names a line consists of: each of two words or more,
// none of which the page writes small anywhere.
func (d *document) loneNames(text string) []string {
	names := splitNames(text)
	if len(names) == 0 || len(letters(strings.Join(names, ""))) < len(letters(text))*9/10 {
		return nil
	}
	for _, n := range names {
		if f := strings.Fields(n); len(f) < 2 || len(f) > 4 || d.siteName(n) || officeName(n) || d.account(n) || role.MatchString(n) || !d.onlyName(f) {
			return nil
		}
	}
	return names[:min(len(names), mostAuthors)]
}

// onlyName reports whether words can only be a person's name.
func (d *document) onlyName(f []string) bool {
	const given, family = gazetteer.GivenName | gazetteer.RareGivenName, gazetteer.Surname | gazetteer.RareSurname
	for _, w := range f {
		if c := classOf(w); c != 0 && c&(given|family) == 0 {
			return false
		}
	}
	person := classOf(f[0])&given != 0 || classOf(f[len(f)-1])&family != 0
	if placeName(f) || smallWords[strings.ToLower(f[0])] || smallWords[strings.ToLower(f[len(f)-1])] {
		return false
	}
	for _, w := range f {
		w = strings.Trim(w, ".,")
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) {
			if unicode.IsLower(r) {
				continue
			}
			return false // no script in which names are written otherwise than words
		}
		if utf8.RuneCountInString(w) > 2 && holdsWord(d.Text, strings.ToLower(w)) {
			return false
		}
	}
	return person || len(f) == 2
}

// holdsWord reports whether a text holds a word spelled so.
func holdsWord(text []byte, word string) bool {
	for at := 0; ; {
		i := bytes.Index(text[at:], []byte(word))
		if i < 0 {
			return false
		}
		i += at
		before, _ := utf8.DecodeLastRune(text[:i])
		after, _ := utf8.DecodeRune(text[i+len(word):])
		if !wordly(before) && !wordly(after) && before != '/' && before != '@' && before != '.' {
			return true
		}
		at = i + len(word)
	}
}

func names() *gazetteer.Gazetteer {
	g, err := gazetteer.Default()
	if err != nil {
		panic(err) // the embedded list is tested
	}
	return g
}

func classOf(word string) gazetteer.Class {
	return names().Word(gazetteer.HashWord(strings.Trim(word, ".,")))
}

func givenName(word string) bool {
	return classOf(word)&(gazetteer.GivenName|gazetteer.RareGivenName) != 0
}

// placeName reports whether the words are all a place or an organization.
func placeName(f []string) bool {
	hs := make([]gazetteer.Hash, len(f))
	for i, w := range f {
		hs[i] = gazetteer.HashWord(strings.Trim(w, ".,"))
	}
	n, c := names().Longest(hs)
	return n == len(f) && c&(gazetteer.City|gazetteer.Town|gazetteer.Country|gazetteer.Company|gazetteer.Organization|gazetteer.University|gazetteer.Thing|gazetteer.Term) != 0
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
var signedWord = regexp.MustCompile(`(?i)^\W{0,3}(?:(?:this )?(?:article |story |text |post |blog )?(?:was |is )?(?:written|posted|authored|published|words|article|story) by|autorin/autor|author(?:s|\(s\))?\b|autor(?:in)?\b|by ?:)`)

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
		if !signedWord.Match(d.Bytes(i)) {
			continue
		}
		if n := d.people(bylineNames(d.worded(i))); len(n) > 0 && !role.MatchString(n[0]) {
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
