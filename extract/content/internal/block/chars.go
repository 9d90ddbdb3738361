package block

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// chars is what is counted in a block's text.
type chars struct {
	ends, colon, small                     bool
	commas, stops, digits, capitals, signs int
}

func countChars(b []byte) chars {
	var c chars
	space := true
	for i, x := range b {
		switch {
		case x >= 'a' && x <= 'z': // most of any text
		case x == ' ' || x == '\n':
			space = true
			continue
		case x == ',':
			c.commas++
		case x == '.' || x == '!' || x == '?':
			c.stops++
		case x >= '0' && x <= '9':
			c.digits++
		case x == '|' || x == '@' || x == '#' || x == '/' || x == '>' || x == '+' || x == '*':
			c.signs++
		case x == 0xc2 && i+1 < len(b) && (b[i+1] == 0xa9 || b[i+1] == 0xbb || b[i+1] == 0xae):
			c.signs++
		case x == 0xe2 && i+2 < len(b) && b[i+1] == 0x80 && b[i+2] == 0xa2:
			c.signs++
		case x == 0xe3 || x == 0xef:
			c.wide(b[i:])
		case space && x >= 'A' && x <= 'Z':
			c.capitals++
		}
		space = false
	}
	c.finish(b)
	return c
}

// wide counts a mark or digit of the width of a Chinese character.
func (c *chars) wide(b []byte) {
	switch r, _ := utf8.DecodeRune(b); {
	case r == '、' || r == '，':
		c.commas++
	case r == '。' || r == '！' || r == '？' || r == '．' || r == '｡':
		c.stops++
	case r >= '０' && r <= '９':
		c.digits += utf8.RuneLen(r) // a share of the bytes
	case r == '｜' || r == '＠' || r == '＃' || r == '／' || r == '＞' || r == '＋' || r == '＊':
		c.signs++
	}
}

func (c *chars) finish(b []byte) {
	b = bytes.TrimRight(b, "\"')]")
	b = bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("”")), []byte("»"))
	r, n := utf8.DecodeLastRune(b)
	if r == '」' || r == '』' || r == '）' || r == '】' {
		r, _ = utf8.DecodeLastRune(b[:len(b)-n])
	}
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '．', '｡', '؟', '।':
		c.ends = true
	case ':', '：':
		c.colon = true
	}
	f, _ := utf8.DecodeRune(b)
	c.small = unicode.IsLower(f)
}
