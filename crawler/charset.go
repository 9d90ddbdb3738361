package crawler

import (
	"bytes"
	"io"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decodeText returns body in UTF-8. What says the encoding, strongest first:
// a byte order mark, the Content-Type, the XML declaration, the bytes of an
// XML declaration in UTF-16 or UTF-32, a <meta>; failing all, windows-1252. A
// body that claims one byte a character, or nothing, and is valid UTF-8 is
// UTF-8. It never fails: bytes that mean nothing become U+FFFD.
func decodeText(body []byte, contentType string) []byte {
	if enc, skip := byBOM(body); enc != nil {
		return decodeWith(enc, body[skip:])
	}
	if bytes.HasPrefix(body, []byte("\xef\xbb\xbf")) {
		return bytes.ToValidUTF8(body[3:], []byte("\uFFFD"))
	}
	enc, name := declared(body, contentType)
	if enc == nil {
		enc, name = charset.Lookup("windows-1252")
	}
	if (name == "utf-8" || isOneByte(name)) && utf8.Valid(body) {
		return body
	}
	return decodeWith(enc, body)
}

// isOneByte reports whether an encoding has one byte a character.
func isOneByte(name string) bool {
	return hasAnyPrefix(name, "windows-", "iso-8859-", "koi8-", "macintosh", "ibm866", "x-mac-")
}

// declared returns the encoding the header or the body names, nil if none.
func declared(body []byte, contentType string) (encoding.Encoding, string) {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if enc, name := charset.Lookup(params["charset"]); enc != nil {
			return enc, name
		}
	}
	if enc := byShape(body); enc != nil {
		return enc, ""
	}
	for _, label := range []string{xmlEncoding(body[:min(len(body), 1024)]), metaCharset(body)} {
		if enc, name := charset.Lookup(label); enc != nil {
			return asBytes(enc, name)
		}
	}
	return nil, ""
}

// asBytes replaces encodings in which the label itself could not have been
// read: who can read "utf-16" byte by byte is not looking at UTF-16.
func asBytes(enc encoding.Encoding, name string) (encoding.Encoding, string) {
	switch name {
	case "utf-16be", "utf-16le":
		enc, _ = htmlindex.Get("utf-8")
		return enc, "utf-8"
	case "x-user-defined":
		return charset.Lookup("windows-1252")
	}
	return enc, name
}

// byBOM returns the encoding a byte order mark names, except UTF-8, and the
// length of the mark.
func byBOM(b []byte) (encoding.Encoding, int) {
	switch {
	case bytes.HasPrefix(b, []byte{0, 0, 0xfe, 0xff}):
		return utf32{bigEndian: true}, 4
	case bytes.HasPrefix(b, []byte{0xff, 0xfe, 0, 0}):
		return utf32{}, 4
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	}
	return nil, 0
}

// byShape knows "<?" in wide encodings without a mark.
func byShape(b []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(b, []byte{0, 0, 0, '<'}):
		return utf32{bigEndian: true}
	case bytes.HasPrefix(b, []byte{'<', 0, 0, 0}):
		return utf32{}
	case bytes.HasPrefix(b, []byte{0, '<', 0, '?'}):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case bytes.HasPrefix(b, []byte{'<', 0, '?', 0}):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	}
	return nil
}

// xmlEncoding returns the encoding an XML declaration names.
func xmlEncoding(head []byte) string {
	head = bytes.TrimLeft(head, " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	end := bytes.IndexByte(head, '>')
	if end < 0 {
		return ""
	}
	_, rest, ok := strings.Cut(string(head[:end]), "encoding")
	if !ok {
		return ""
	}
	rest = strings.TrimLeft(rest, " \t\r\n=")
	if rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	label, _, ok := strings.Cut(rest[1:], rest[:1])
	if !ok {
		return ""
	}
	return strings.TrimSpace(label)
}

func decodeWith(enc encoding.Encoding, body []byte) []byte {
	out, _, err := transform.Bytes(enc.NewDecoder(), body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	return out
}

// decodeBOM returns body in UTF-8, going by its byte order mark alone.
func decodeBOM(body []byte) []byte {
	if enc, skip := byBOM(body); enc != nil {
		return decodeWith(enc, body[skip:])
	}
	return bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
}

// wideReader decodes UTF-16 that begins with a byte order mark, as a stream.
func wideReader(r io.Reader) io.Reader {
	return transform.NewReader(r, unicode.BOMOverride(transform.Nop))
}

// xmlCharset is an xml.Decoder.CharsetReader behind a wideReader: what was
// wide has been decoded, and an unknown name is better read than refused.
func xmlCharset(label string, r io.Reader) (io.Reader, error) {
	if strings.HasPrefix(strings.ToLower(label), "utf-16") {
		return r, nil
	}
	if cr, err := charset.NewReaderLabel(label, r); err == nil {
		return cr, nil
	}
	return r, nil
}

// encodingName returns the WHATWG name of the encoding decodeText uses for a
// body without Content-Type.
func encodingName(body []byte) string {
	enc, name := declared(body, "")
	if bytes.HasPrefix(body, []byte("\xef\xbb\xbf")) {
		return "utf-8"
	}
	if enc == nil {
		return "windows-1252"
	}
	return name
}
