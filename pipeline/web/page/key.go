package page

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Key is a name as it stands in an address: lower case, without accents,
// words joined by hyphens. Names that differ in nothing else are one.
func Key(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteString(plain(unicode.ToLower(r)))
		default:
			gap = true
		}
	}
	return b.String()
}

// splitKey returns the words of a name's key.
func splitKey(name string) []string {
	key := Key(name)
	if key == "" {
		return nil
	}
	return strings.Split(key, "-")
}

// plain writes letters that are made of no others as one types them where
// they are not on the keyboard.
func plain(r rune) string {
	switch r {
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	}
	return string(r)
}
