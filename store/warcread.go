package store

import (
	"bytes"
	"errors"
	"fmt"
	"net/textproto"
	"strconv"
	"strings"
	"time"
)

// unpackRecord is the reverse of packRecord.
func unpackRecord(member []byte) (RawRecord, error) {
	data, err := gunzipMember(member)
	if err != nil {
		return RawRecord{}, err
	}
	return parseRecord(data)
}

// A field is one line of a header.
type field struct{ name, value string }

// parseRecord reads one WARC record of the kinds formatRecord writes.
func parseRecord(data []byte) (RawRecord, error) {
	version, fields, rest, err := cutHead(data)
	if err != nil {
		return RawRecord{}, err
	}
	if version != warcVersion {
		return RawRecord{}, fmt.Errorf("record begins with %.20q", version)
	}
	h := warcHead{length: -1}
	for _, f := range fields {
		if err := h.read(f); err != nil {
			return h.record, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	if h.length < 0 || h.length > len(rest) {
		return h.record, fmt.Errorf("block of %d bytes in %d", h.length, len(rest))
	}
	block := rest[:h.length]
	if h.digest != blockDigest(block) {
		return h.record, errors.New("digest of the block is wrong")
	}
	r := h.record
	switch h.kind {
	case "resource":
		r.Header, r.Body = map[string]string{"Content-Type": h.media}, block
		return r, nil
	case "response":
		return r, r.parseHTTP(block)
	}
	return r, fmt.Errorf("record is a %.20q", h.kind)
}

// A warcHead is what the header of a WARC record says.
type warcHead struct {
	record              RawRecord
	kind, media, digest string
	length              int
}

func (h *warcHead) read(f field) (err error) {
	switch f.name {
	case "WARC-Type":
		h.kind = f.value
	case "WARC-Target-URI":
		h.record.URL = f.value
	case "WARC-Date":
		h.record.At, err = time.Parse(time.RFC3339Nano, f.value)
	case "WARC-Block-Digest":
		h.digest = f.value
	case "WARC-Truncated":
		h.record.Truncated = true
	case "Content-Type":
		h.media = f.value
	case "Content-Length":
		h.length, err = strconv.Atoi(f.value)
	default:
		h.record.Meta = withMeta(h.record.Meta, f)
	}
	return err
}

func withMeta(meta map[string]string, f field) map[string]string {
	name, ok := strings.CutPrefix(f.name, metaPrefix)
	if !ok {
		return meta
	}
	if meta == nil {
		meta = map[string]string{}
	}
	meta[name] = f.value
	return meta
}

// parseHTTP fills in what came over HTTP.
func (r *RawRecord) parseHTTP(block []byte) error {
	line, fields, body, err := cutHead(block)
	if err != nil {
		return err
	}
	_, status, _ := strings.Cut(line, " ")
	status, _, _ = strings.Cut(status, " ")
	if r.Status, err = strconv.Atoi(status); err != nil {
		return fmt.Errorf("status line %.40q", line)
	}
	r.Header = map[string]string{}
	for _, f := range fields {
		name := textproto.CanonicalMIMEHeaderKey(f.name)
		if ofEncodedBody(name) {
			continue // written for other readers; len(Body) says it here
		}
		r.Header[strings.TrimPrefix(name, origPrefix)] = f.value
	}
	r.Body = body
	return nil
}

// cutHead splits off a first line and header fields, up to an empty line.
func cutHead(data []byte) (first string, fields []field, rest []byte, err error) {
	for n := 0; ; n++ {
		line, after, ok := bytes.Cut(data, []byte("\r\n"))
		if !ok || len(line) > 2*maxHeader || n > maxHeader/4 {
			return "", nil, nil, errors.New("header has no end")
		}
		data = after
		if n == 0 {
			first = string(line)
			continue
		}
		if len(line) == 0 {
			return first, fields, data, nil
		}
		name, value, ok := strings.Cut(string(line), ":")
		if !ok {
			return "", nil, nil, fmt.Errorf("header line %.40q", line)
		}
		fields = append(fields, field{name, strings.Trim(value, " ")})
	}
}
