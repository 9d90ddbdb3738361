package content

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"tenure/extract/content/internal/block"
	"tenure/extract/gazetteer"
)

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
	for _, re := range stampWords {
		s = re().ReplaceAllString(s, "")
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
		if f := strings.Fields(n); len(f) < 2 || len(f) > 4 || d.siteName(n) || officeName(n) || d.account(n) || role().MatchString(n) || !d.onlyName(f) {
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

// known is the embedded list of names.
func known() *gazetteer.Gazetteer {
	g, err := gazetteer.Default()
	if err != nil {
		panic(err) // the embedded list is tested
	}
	return g
}

func classOf(word string) gazetteer.Class {
	return known().Word(gazetteer.HashWord(strings.Trim(word, ".,")))
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
	n, c := known().Longest(hs)
	return n == len(f) && c&(gazetteer.City|gazetteer.Town|gazetteer.Country|gazetteer.Company|gazetteer.Organization|gazetteer.University|gazetteer.Thing|gazetteer.Term) != 0
}
