package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"maps"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Names of WARC 1.1 (ISO 28500:2017) that are written and read here.
const (
	warcVersion  = "WARC/1.1"
	metaPrefix   = "X-Meta-" // named fields of our own, RawRecord.Meta
	origPrefix   = "X-Orig-" // HTTP fields that were true of the encoded body only
	responseType = "application/http; msgtype=response"
	maxHeader    = 64 << 10 // bytes of HTTP header kept
)

// packRecord returns the record as one gzip member.
func packRecord(r RawRecord) ([]byte, error) {
	data := formatRecord(r)
	if len(data) > maxRaw {
		return nil, fmt.Errorf("page has %d bytes, more than %d can be kept", len(data), maxRaw)
	}
	m, err := gzipMember(data)
	if err == nil && len(m) > maxRaw {
		err = fmt.Errorf("page has %d bytes compressed, more than %d can be kept", len(m), maxRaw)
	}
	return m, err
}

// formatRecord returns the record as WARC: response, or resource if it did
// not come over HTTP.
func formatRecord(r RawRecord) []byte {
	kind, media, head := "response", responseType, httpHead(r)
	if r.Status == 0 {
		kind, media, head = "resource", oneLine(r.Header["Content-Type"]), nil
	}
	if media == "" {
		media = "application/octet-stream"
	}
	date := r.At.UTC().Format(time.RFC3339Nano)
	sum := blockDigest(head, r.Body)

	var b bytes.Buffer
	b.WriteString(warcVersion + "\r\n")
	writeField(&b, "WARC-Type", kind)
	writeField(&b, "WARC-Record-ID", recordID(sum, date, r.URL))
	writeField(&b, "WARC-Date", date)
	writeField(&b, "WARC-Target-URI", oneLine(r.URL))
	writeField(&b, "WARC-Block-Digest", sum)
	if r.Truncated {
		writeField(&b, "WARC-Truncated", "length")
	}
	for _, name := range slices.Sorted(maps.Keys(r.Meta)) {
		if isToken(name) {
			writeField(&b, metaPrefix+name, oneLine(r.Meta[name]))
		}
	}
	writeField(&b, "Content-Type", media)
	writeField(&b, "Content-Length", strconv.Itoa(len(head)+len(r.Body)))
	b.WriteString("\r\n")
	b.Write(head)
	b.Write(r.Body)
	b.WriteString("\r\n\r\n")
	return b.Bytes()
}

func writeField(b *bytes.Buffer, name, value string) {
	fmt.Fprintf(b, "%s: %s\r\n", name, value)
}

// blockDigest is the labelled digest of what parts hold together.
func blockDigest(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return "sha256:" + base32.StdEncoding.EncodeToString(h.Sum(nil))
}

// recordID makes an id out of what the record is, so that the same record
// always has the same bytes: a UUID of version 8 (RFC 9562).
func recordID(parts ...string) string {
	id := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", id[:4], id[4:6], id[6:8], id[8:10], id[10:16])
}

// httpHead returns the status line and header of the response. Fields that
// tell how the body was coded or how long it was on its way are renamed,
// because the body is kept without that coding.
func httpHead(r RawRecord) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %03d \r\n", r.Status)
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		value := oneLine(r.Header[name])
		if !isToken(name) || b.Len()+len(name)+len(value) > maxHeader {
			continue
		}
		name = textproto.CanonicalMIMEHeaderKey(name)
		if ofEncodedBody(name) {
			name = origPrefix + name
		}
		writeField(&b, name, value)
	}
	writeField(&b, "Content-Length", strconv.Itoa(len(r.Body)))
	b.WriteString("\r\n")
	return b.Bytes()
}

func ofEncodedBody(name string) bool {
	return name == "Content-Encoding" || name == "Transfer-Encoding" || name == "Content-Length"
}

// oneLine makes a value fit for a header: no line breaks or other controls,
// no space around it.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
	return strings.Trim(s[:min(len(s), maxHeader)], " ")
}

// isToken reports whether s can be the name of a field (RFC 9110, 5.6.2).
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		alnum := 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
		if !alnum && !strings.ContainsRune("!#$%&'*+-.^_`|~", rune(c)) {
			return false
		}
	}
	return s != "" && len(s) <= 256
}
