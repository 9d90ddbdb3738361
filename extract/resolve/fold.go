package resolve

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"tenure/extract"

	"golang.org/x/text/unicode/norm"
)

// ID returns the identifier of whoever or whatever bears the name: the first
// letter of the kind and 12 hexadecimal digits, the same for all spellings
// with the same [Fold] and, for an organization, for all its names.
func ID(kind extract.Kind, name string) string {
	key := foldKind(kind, name)
	if kind == extract.Organization {
		key = OrgKey(name)
	}
	sum := sha256.Sum256([]byte(key))
	return string(kind[:min(1, len(kind))]) + hex.EncodeToString(sum[:6])
}

// Fold returns the key under which a name is known: lower case, without
// accents and punctuation, words parted by one space. "Timothée  LACROIX"
// and "Timothee Lacroix" are the same, so are "J. K. Rowling" and "J.K.
// Rowling".
func Fold(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	gap := false
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '‘', r == 'ʼ', r == '.':
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '&' && r != '+' && !unicode.Is(unicode.M, r):
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		if s, ok := asPlain(r); ok {
			b.WriteString(s)
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return joinInitials(b.String())
}

// asPlain spells letters that do not decompose.
func asPlain(r rune) (string, bool) {
	switch r {
	case 'ø', 'Ø':
		return "o", true
	case 'ł', 'Ł':
		return "l", true
	case 'đ', 'Đ', 'ð', 'Ð':
		return "d", true
	case 'ı':
		return "i", true
	case 'ß', 'ẞ':
		return "ss", true
	case 'æ', 'Æ':
		return "ae", true
	case 'œ', 'Œ':
		return "oe", true
	case 'þ', 'Þ':
		return "th", true
	}
	return "", false
}

// joinInitials writes "j k rowling" as "jk rowling".
func joinInitials(s string) string {
	words := strings.Split(s, " ")
	out := words[:0]
	single := false
	for _, w := range words {
		if len(w) == 1 && single {
			out[len(out)-1] += w
			continue
		}
		single = len(w) == 1 && w[0] >= 'a' && w[0] <= 'z'
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// foldKind folds a name and drops what its kind makes redundant: the article
// before an organization and the legal form behind it.
func foldKind(kind extract.Kind, name string) string {
	folded := Fold(name)
	if kind != extract.Organization {
		return folded
	}
	words := strings.Fields(folded)
	for len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for len(words) > 1 && (legal[words[len(words)-1]] || words[len(words)-1] == "&") {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// legal forms say nothing about which company it is.
var legal = wordSet(`inc incorporated corp corporation ltd limited llc llp lp plc co company sa ag gmbh se nv bv spa srl ab asa as oy oyj pty kk sarl sas kg holdings`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
