package block

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A seam is an element boundary inside running text. Most are invisible; some
// are all that keeps two words apart.
type seam uint8

const (
	noSeam   seam = iota
	plain         // any inline element begins or ends
	boldEnd       // b or strong ends: a label may end here
	linkSeam      // one link follows another
)

// An inline writes running text: white space collapsed, invisible characters
// dropped, words apart.
//
// Where two elements touch without a space, a browser glues their words and
// leaves it to the style sheet to set them apart: "Camille Roux" and
// "Left Meta:" of <p>Camille Roux<strong>Left Meta:</strong>. A capital
// behind a small letter, a digit or a full stop at such a seam starts a new
// word; inside one text it may be a name (iPhone) and is left alone.
type inline struct {
	buf      []byte
	start    int  // where the open block begins in buf
	space    bool // white space is due before the next character
	seam     seam
	verbatim bool // keep line breaks: pre
}

func (w *inline) empty() bool { return len(w.buf) == w.start }

// touches reports whether a character written now would follow another one
// without a space.
func (w *inline) touches() bool { return !w.empty() && !w.space }

func (w *inline) mark(s seam) {
	if w.seam < s {
		w.seam = s
	}
}

// write appends running text.
func (w *inline) write(s string) {
	for i := 0; i < len(s); {
		c := s[i]
		if c > ' ' && c < 0x7f {
			j := i + 1
			for j < len(s) && s[j] > ' ' && s[j] < 0x7f {
				j++
			}
			w.join(rune(c))
			w.buf = append(w.buf, s[i:j]...)
			i = j
			continue
		}
		if c <= ' ' || c == 0x7f {
			w.blank(c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		w.rune(r, s[i:i+n], s[i+n:])
		i += n
	}
}

func (w *inline) blank(c byte) {
	if c == '\n' && w.verbatim && !w.empty() {
		w.buf = append(w.buf, '\n')
		w.space = false
		return
	}
	switch c {
	case ' ', '\t', '\n', '\r', '\f', '\v':
		w.space = true
	}
}

func (w *inline) rune(r rune, enc, rest string) {
	switch {
	case Invisible(r):
		if joiner(r) && !w.space && w.last() >= 0x600 && startsBeyond(rest, 0x600) {
			w.buf = append(w.buf, enc...) // part of the spelling in Persian, Hindi, emoji
		}
	case unicode.IsSpace(r):
		w.space = true
	case r == utf8.RuneError && len(enc) == 1:
		w.join(r)
		w.buf = utf8.AppendRune(w.buf, r)
	case unicode.IsControl(r):
	default:
		w.join(r)
		w.buf = append(w.buf, enc...)
	}
}

// join writes the space that is due before r, if any.
func (w *inline) join(r rune) {
	if w.empty() {
		w.space, w.seam = false, noSeam
		return
	}
	if w.space || w.seam != noSeam && w.apart(r) {
		if w.buf[len(w.buf)-1] != '\n' {
			w.buf = append(w.buf, ' ')
		}
	}
	w.space, w.seam = false, noSeam
}

// apart reports whether the seam before r parts two words.
func (w *inline) apart(r rune) bool {
	l := w.last()
	switch {
	case l == ':' && w.seam == boldEnd:
		return true
	case w.seam == linkSeam:
		return wordly(l) && wordly(r)
	case unicode.IsUpper(r):
		return unicode.IsLower(l) || unicode.IsDigit(l) || l == ':' || strings.ContainsRune(".!?;,)”»", l) && w.wordBefore()
	case unicode.IsDigit(r):
		return unicode.IsLower(l) && w.seam == boldEnd || l == ':' && w.seam == boldEnd
	}
	return false
}

// wordBefore reports whether the closing mark just written ends a word of
// more than one letter: "talks." does, "U." does not.
func (w *inline) wordBefore() bool {
	b := w.buf[w.start:]
	_, n := utf8.DecodeLastRune(b)
	b = b[:len(b)-n]
	r, n := utf8.DecodeLastRune(b)
	q, _ := utf8.DecodeLastRune(b[:len(b)-n])
	return (unicode.IsLower(r) || unicode.IsDigit(r)) && wordly(q)
}

func (w *inline) last() rune {
	r, n := utf8.DecodeLastRune(w.buf[w.start:])
	if n == 0 {
		return 0
	}
	return r
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func startsBeyond(s string, low rune) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= low && r != utf8.RuneError
}

func joiner(r rune) bool { return r == 0x200c || r == 0x200d || r == 0xfe0f }

// Invisible reports whether r leaves no mark on the page: soft hyphen, zero
// width space and joiners, direction marks, byte order mark.
func Invisible(r rune) bool {
	switch {
	case r < 0xad:
		return false
	case r == 0xad, r == 0x61c, r == 0x180e, r == 0xfeff, r == 0xfe0f:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	}
	return false
}
