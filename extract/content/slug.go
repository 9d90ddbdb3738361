package content

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Bounds on how like the words of the page's address a title must be to be the
// one it was filed under, and by how much more than the one chosen.
const (
	filedLike = 0.9
	filedMore = 0.3
)

// filed returns the title of the structured data or the one for sharing if the
// page's address is made of its words and not of those of t, which is then what
// an editor wrote later.
func (d *document) filed(t, ld, og string) string {
	slug := d.slug()
	if len(slug) < 20 {
		return t
	}
	own := alike(slug, t)
	for _, c := range []string{ld, og} {
		if l := alike(slug, c); l >= filedLike && l >= own+filedMore {
			return c
		}
	}
	return t
}

// slug returns the longest part of the page's address, in plain letters.
func (d *document) slug() string {
	if d.url == nil {
		return ""
	}
	longest := ""
	for _, part := range strings.Split(d.url.Path, "/") {
		longest = longer(longest, part)
	}
	return asciiLetters(longest)
}

// asciiLetters returns the letters and digits of a text as addresses spell
// them.
func asciiLetters(s string) string {
	s = spelled.Replace(strings.ToLower(s))
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, norm.NFD.String(s))
}

// spelled writes letters as addresses do, some of which take two for one.
var spelled = strings.NewReplacer("ß", "ss", "ø", "o", "å", "a", "æ", "a", "œ", "o", "ı", "i", "ł", "l", "đ", "d", "ae", "a", "oe", "o", "ue", "u", "aa", "a")

// alike returns how many of the runs of three letters an address, in plain
// letters, and a title have in common, as the harmonic mean of their shares.
func alike(slug, title string) float64 {
	t := asciiLetters(title)
	if len(t) < 3 || len(slug) < 3 {
		return 0
	}
	seen := make(map[string]bool, len(slug))
	for i := 0; i+3 <= len(slug); i++ {
		seen[slug[i:i+3]] = true
	}
	all := len(seen)
	n, more := 0, make(map[string]bool, len(t))
	for i := 0; i+3 <= len(t); i++ {
		if k := t[i : i+3]; !more[k] {
			more[k] = true
			if seen[k] {
				n++
			}
		}
	}
	return 2 * float64(n) / float64(all+len(more))
}
