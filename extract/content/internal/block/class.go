package block

import "golang.org/x/net/html"

const (
	fnvBase  uint32 = 2166136261
	fnvPrime uint32 = 16777619
)

// Token returns the hash under which a word of a class, an id or a text is
// known to the model. Case does not count for ASCII.
func Token(word string) uint32 {
	h := fnvBase
	for i := 0; i < len(word); i++ {
		h = (h ^ uint32(lower(word[i]))) * fnvPrime
	}
	return h
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// tokens appends the hashes of the words in a class or id: "articleBody",
// "article-body" and "article_body" all hold "article" and "body". Words of
// one letter and digits are left out. At most 24 words are looked at.
func tokens(dst []uint32, s string) []uint32 {
	h, n, most := fnvBase, 0, len(dst)+24
	for i := 0; i < len(s) && len(dst) < most; i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z':
		case 'A' <= c && c <= 'Z':
			if i > 0 && 'a' <= s[i-1] && s[i-1] <= 'z' {
				dst = keep(dst, h, n)
				h, n = fnvBase, 0
			}
			c += 'a' - 'A'
		default:
			dst = keep(dst, h, n)
			h, n = fnvBase, 0
			continue
		}
		h = (h ^ uint32(c)) * fnvPrime
		n++
	}
	return keep(dst, h, n)
}

func keep(dst []uint32, h uint32, n int) []uint32 {
	if n < 2 {
		return dst
	}
	return append(dst, h)
}

// sign returns a hash of an element's name and class, by which siblings of
// one make know each other.
func sign(n *html.Node, class string) uint32 {
	h := uint32(n.DataAtom) * fnvPrime
	for i := 0; i < len(class); i++ {
		h = (h ^ uint32(class[i])) * fnvPrime
	}
	return h
}
