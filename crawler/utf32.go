package crawler

import (
	"encoding/binary"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// utf32 decodes UTF-32, which browsers dropped and feeds still have.
type utf32 struct {
	transform.NopResetter
	bigEndian bool
}

func (u utf32) NewDecoder() *encoding.Decoder { return &encoding.Decoder{Transformer: u} }
func (u utf32) NewEncoder() *encoding.Encoder { return encoding.Nop.NewEncoder() }

// Transform implements transform.Transformer.
func (u utf32) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	var order binary.ByteOrder = binary.LittleEndian
	if u.bigEndian {
		order = binary.BigEndian
	}
	for len(src)-nSrc >= 4 {
		r := rune(utf8.RuneError)
		if v := order.Uint32(src[nSrc:]); v <= utf8.MaxRune {
			r = rune(v)
		}
		if len(dst)-nDst < utf8.UTFMax {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += 4
	}
	if nSrc == len(src) {
		return nDst, nSrc, nil
	}
	if !atEOF {
		return nDst, nSrc, transform.ErrShortSrc
	}
	if len(dst)-nDst < utf8.UTFMax {
		return nDst, nSrc, transform.ErrShortDst
	}
	return nDst + utf8.EncodeRune(dst[nDst:], utf8.RuneError), len(src), nil
}
