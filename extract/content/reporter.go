package content

import (
	"strings"
	"unicode"
)

// reported returns the name in a line that is a name and that its bearer reports,
// as Japanese, Chinese and Korean bylines have it: 佐藤花子記者, 김하나 기자.
func reported(text string) string {
	if len(text) > 60 {
		return ""
	}
	for _, t := range [...]string{"記者", "记者", "特派員", "編集委員", "論説委員", "기자", "특파원"} {
		name, ok := strings.CutSuffix(text, t)
		if name = strings.TrimRight(name, " "); ok && unspacedName(name) {
			return name
		}
	}
	return ""
}

// unspacedName reports whether a text can be a person's name in Chinese,
// Japanese or Korean: two to six characters, a space among them at most.
func unspacedName(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) || r == '々' || r == 'ー':
			n++
		case r != ' ' && r != '　':
			return false
		}
	}
	return n >= 2 && n <= 6 && len(strings.Fields(s)) <= 2
}
