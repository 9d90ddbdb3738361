package importer

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"tenure/crawler"
)

// fetch returns the page that a record holds, or why it holds none.
func (r Record) fetch(max int64) (f crawler.Fetch, reason Reason) {
	f = crawler.Fetch{At: r.At, Truncated: r.Truncated, Status: http.StatusOK}
	switch {
	case r.Kind == "resource":
		f.Type, f.Body = r.Media, bytes.Clone(r.Block)
	case r.Kind == "response" && strings.HasPrefix(r.Media, "application/http"):
		a, ok := parseAnswer(r.Block)
		if !ok {
			return f, Damaged
		}
		if a.status != http.StatusOK && a.status != http.StatusNonAuthoritativeInfo {
			return f, NotPage
		}
		f.Status, f.Type = a.status, a.media
		if !mayBeHTML(f.Type) {
			return f, NotPage
		}
		var err error
		if f.Body, err = a.decode(max); errors.Is(err, errTooLarge) {
			return f, TooLarge
		} else if err != nil {
			return f, Damaged
		}
	default:
		return f, NotPage
	}
	if !mayBeHTML(f.Type) || mediaOf(f.Type) == "" && !looksLikeHTML(f.Body) {
		return f, NotPage
	}
	u, err := crawler.Canonical(r.URL)
	if err != nil {
		return f, NoAddress
	}
	f.URL, f.Final = u, u
	return f, ""
}

// mayBeHTML reports whether a media type is one of pages, or none.
func mayBeHTML(media string) bool {
	m := mediaOf(media)
	return m == "" || m == "text/html" || m == "application/xhtml+xml"
}

func mediaOf(media string) string {
	m, _, err := mime.ParseMediaType(media)
	if err != nil && m == "" {
		m, _, _ = strings.Cut(media, ";")
		m = strings.ToLower(strings.TrimSpace(m))
	}
	return m
}

// An answer is an HTTP response as it was sent.
type answer struct {
	status  int
	media   string
	coding  string // Content-Encoding
	chunked bool
	body    []byte
}

func parseAnswer(block []byte) (a answer, ok bool) {
	first, fields, n := cutHead(block)
	proto, rest, _ := strings.Cut(first, " ")
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	status, err := strconv.Atoi(code)
	if n == 0 || err != nil || !strings.HasPrefix(proto, "HTTP/") {
		return a, false
	}
	a.status, a.body = status, block[n:]
	for _, f := range fields {
		switch f.name {
		case "content-type":
			a.media = cmp.Or(a.media, f.value)
		case "content-encoding":
			a.coding = strings.ToLower(f.value)
		case "transfer-encoding":
			a.chunked = strings.Contains(strings.ToLower(f.value), "chunked")
		}
	}
	return a, true
}

var errTooLarge = errors.New("larger than allowed")

// decode returns the page without transfer and content coding. Archives often
// keep the header of what they decoded, so what does not look coded is not.
func (a answer) decode(max int64) ([]byte, error) {
	body := a.body
	if a.chunked {
		if b, err := readAll(httputil.NewChunkedReader(bytes.NewReader(body)), max); err == nil {
			body = b
		} else if errors.Is(err, errTooLarge) {
			return nil, err
		}
	}
	r, err := decoder(a.coding, body)
	switch {
	case err != nil:
		return nil, err
	case r == nil && int64(len(body)) > max:
		return nil, errTooLarge
	case r == nil:
		return bytes.Clone(body), nil
	}
	return readAll(r, max)
}

// readAll reads at most max bytes.
func readAll(r io.Reader, max int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, max+1))
	if err == nil && int64(len(b)) > max {
		err = errTooLarge
	}
	return b, err
}

// maxWindow is the memory that a zstd body may ask for, as browsers have it
// (RFC 9659).
const maxWindow = 8 << 20

// decoder returns what undoes a content coding; nil if the body is not coded.
func decoder(coding string, body []byte) (io.Reader, error) {
	r := bytes.NewReader(body)
	begins := func(magic string) bool { return bytes.HasPrefix(body, []byte(magic)) }
	switch coding {
	case "", "identity":
		return nil, nil
	case "gzip", "x-gzip":
		if !begins("\x1f\x8b") {
			return nil, nil
		}
		return gzip.NewReader(r)
	case "zstd":
		if !begins("\x28\xb5\x2f\xfd") {
			return nil, nil
		}
		return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
	}
	if bytes.ContainsRune(body[:min(len(body), 512)], '<') && looksLikeHTML(body) {
		return nil, nil
	}
	switch coding {
	case "deflate":
		if z, err := zlib.NewReader(r); err == nil {
			return z, nil
		}
		return flate.NewReader(bytes.NewReader(body)), nil
	case "br":
		return brotli.NewReader(r), nil
	}
	return nil, fmt.Errorf("content coding %.40q", coding)
}
