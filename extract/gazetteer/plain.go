package gazetteer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain returns a letter in lower case without its accents.
func plain(r rune) string {
	switch r {
	case '’', '‘', 'ʼ':
		return "'"
	case 'ø', 'Ø':
		return "o"
	case 'ł', 'Ł':
		return "l"
	case 'đ', 'Đ', 'ð', 'Ð':
		return "d"
	case 'ı':
		return "i"
	case 'ß', 'ẞ':
		return "ss"
	case 'æ', 'Æ':
		return "ae"
	case 'œ', 'Œ':
		return "oe"
	}
	var buf [utf8Max]byte
	decomposed := norm.NFD.AppendString(buf[:0], string(unicode.ToLower(r)))
	return strings.TrimRightFunc(string(decomposed), func(r rune) bool { return unicode.Is(unicode.Mn, r) })
}

// utf8Max is room for one letter and its accents.
const utf8Max = 16
