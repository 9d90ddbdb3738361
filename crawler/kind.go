package crawler

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"strings"
)

var gzipMagic = []byte{0x1f, 0x8b}

// peek returns the first bytes of a body, unpacked if it is a .gz file.
func peek(body []byte, n int) ([]byte, error) {
	if !bytes.HasPrefix(body, gzipMagic) {
		return body[:min(len(body), n)], nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	head, err := io.ReadAll(io.LimitReader(z, int64(n)))
	if len(head) > 0 {
		return head, nil
	}
	return nil, err
}

// rootElement returns the first element of a document, without its prefix
// and in lower case; empty if it does not begin like one.
func rootElement(head []byte) string {
	for {
		head = bytes.TrimLeft(head, " \t\r\n\ufeff\x00")
		if len(head) < 2 || head[0] != '<' {
			return ""
		}
		end := ">"
		if bytes.HasPrefix(head, []byte("<!--")) {
			end = "-->"
		} else if head[1] != '?' && head[1] != '!' {
			break
		}
		i := bytes.Index(head, []byte(end))
		if i < 0 {
			return ""
		}
		head = head[i+len(end):]
	}
	name := head[1:]
	if i := bytes.IndexAny(name, " \t\r\n/>"); i >= 0 {
		name = name[:i]
	}
	if i := bytes.LastIndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	return strings.ToLower(string(name))
}

func isJSONFeed(head []byte) bool {
	head = bytes.TrimSpace(head)
	return bytes.HasPrefix(head, []byte("{")) &&
		(bytes.Contains(head, []byte("jsonfeed.org/version")) || bytes.Contains(head, []byte(`\/\/jsonfeed.org`)))
}

// isURLList reports whether the first line is an address and nothing else.
func isURLList(head []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimSpace(head), []byte("\n"))
	line = bytes.TrimSpace(line)
	return (bytes.HasPrefix(line, []byte("http://")) || bytes.HasPrefix(line, []byte("https://"))) &&
		!bytes.ContainsAny(line, " \t<>\"")
}

// isHTMLType reports whether a Content-Type is that of a web page. None at
// all may be one.
func isHTMLType(contentType string) bool {
	t, _, err := mime.ParseMediaType(contentType)
	return err != nil || t == "text/html" || t == "application/xhtml+xml"
}
