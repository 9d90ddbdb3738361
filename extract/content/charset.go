package content

import (
	"bytes"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

type pageKind uint8

const (
	markup pageKind = iota
	plainText
)

// refuse returns an error for what is neither HTML nor plain text.
func refuse(contentType string, body []byte) error {
	media := mediaType(contentType)
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return &Error{Reason: "empty"}
	case isBinary(body):
		return &Error{Reason: "binary", Type: media}
	case media == "", media == "application/octet-stream", media == "unknown/unknown", media == "text/plain", media == "text/markdown",
		strings.HasSuffix(media, "html"), media == "application/xhtml+xml":
		return nil
	case (strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "xml")) && bytes.Contains(bytes.ToLower(head1k(body)), []byte("<html")):
		return nil
	}
	return &Error{Reason: "not-html", Type: media}
}

func mediaType(contentType string) string {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media = strings.ToLower(strings.TrimSpace(strings.Split(contentType, ";")[0]))
	}
	return media
}

// kindOf tells HTML from plain text. What is served as HTML is; anything else
// is if it looks so.
func kindOf(contentType string, src []byte) pageKind {
	media := mediaType(contentType)
	switch {
	case strings.Contains(media, "html"):
		return markup
	case media == "text/plain" && !bytes.HasPrefix(bytes.TrimSpace(src), []byte("<")):
		return plainText
	case looksMarkup(src):
		return markup
	}
	return plainText
}

func head1k(b []byte) []byte { return b[:min(len(b), 1024)] }

// isBinary reports whether the bytes are no text in any charset.
func isBinary(b []byte) bool {
	h := b[:min(len(b), 512)]
	if bytes.HasPrefix(h, []byte("\xff\xfe")) || bytes.HasPrefix(h, []byte("\xfe\xff")) {
		return false
	}
	zero := bytes.Count(h, []byte{0})
	if zero > 0 && zero*3 < len(h) || zero*3 > len(h)*2 {
		return true
	}
	return zero == 0 && isMedia(http.DetectContentType(h))
}

func isMedia(detected string) bool {
	for _, p := range []string{"image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/x-gzip", "application/x-rar", "application/wasm"} {
		if strings.HasPrefix(detected, p) {
			return true
		}
	}
	return false
}

// looksMarkup reports whether the bytes hold HTML elements.
func looksMarkup(b []byte) bool {
	h := bytes.ToLower(b[:min(len(b), 64<<10)])
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<p>", "<p ", "<div", "<br", "<li", "<td", "<h1", "<h2", "<h3", "<dt>", "<article", "<span", "<strong>", "<a href"} {
		if bytes.Contains(h, []byte(tag)) {
			return true
		}
	}
	return false
}

// looksWhole reports whether the bytes are a document and not a fragment of
// one: a fragment was cut out by someone who wanted it.
func looksWhole(b []byte) bool {
	for h := b[:min(len(b), 4<<10)]; ; {
		i := bytes.IndexByte(h, '<')
		if i < 0 {
			return false
		}
		h = h[i+1:]
		for _, tag := range [...]string{"!doctype", "html", "head>", "head ", "body", "title", "meta"} {
			if len(h) >= len(tag) && bytes.EqualFold(h[:len(tag)], []byte(tag)) {
				return true
			}
		}
	}
}

// decode returns the body as UTF-8. A byte order mark decides; then the bytes
// themselves, if they are UTF-8 beyond ASCII; then the header, then the
// page's own word, then Windows-1252.
func decode(b []byte, contentType string) []byte {
	if e, n := byteOrder(b); e != nil {
		return transcode(b[n:], e)
	}
	if whole := uncut(b); validUTF8(whole) {
		b = whole
		if seven := sevenBit(contentType, b); seven != nil {
			return transcode(b, seven)
		}
		return once(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")))
	}
	e, name, certain := charset.DetermineEncoding(b, contentType)
	if name == "utf-8" && !mostlyUTF8(b) {
		e, name, certain = charset.DetermineEncoding(b, "")
	}
	if name == "utf-8" || e == nil || !certain && mostlyUTF8(b) {
		return bytes.ToValidUTF8(b, []byte("\ufffd"))
	}
	return transcode(b, e)
}

func byteOrder(b []byte) (encoding.Encoding, int) {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	}
	return nil, 0
}

// uncut returns b without a last character of which only the beginning is
// there.
func uncut(b []byte) []byte {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if tail := b[len(b)-n:]; utf8.RuneStart(tail[0]) {
			if tail[0] >= 0xc0 && !utf8.FullRune(tail) {
				return b[:len(b)-n]
			}
			break
		}
	}
	return b
}

// validUTF8 reports whether b is UTF-8 and has no zero bytes, as UTF-16 has.
func validUTF8(b []byte) bool {
	return utf8.Valid(b) && bytes.IndexByte(b[:min(len(b), 512)], 0) < 0
}

// sevenBit returns the encoding of a page whose bytes are all ASCII but stand
// for other characters, as ISO-2022-JP does with escape sequences.
func sevenBit(contentType string, b []byte) encoding.Encoding {
	if bytes.IndexByte(b, 0x1b) < 0 {
		return nil
	}
	e, name, _ := charset.DetermineEncoding(b, contentType)
	if name == "iso-2022-jp" {
		return e
	}
	return nil
}

// mostlyUTF8 reports whether broken characters are few beside whole ones.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		i := bytes.IndexFunc(b, func(r rune) bool { return r >= utf8.RuneSelf })
		if i < 0 {
			break
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		b = b[i+n:]
	}
	return bad*4 <= good
}

func transcode(b []byte, e encoding.Encoding) []byte {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil && len(out) == 0 {
		return bytes.ToValidUTF8(b, []byte("\ufffd"))
	}
	return out
}
