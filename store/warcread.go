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
func parseRecord(data []byte) (r RawRecord, err error) {
	version, fields, rest, err := cutHead(data)
	if err != nil {
		return r, err
	}
	if version != warcVersion {
		return r, fmt.Errorf("record begins with %.20q", version)
	}
	var kind, media, sum string
	length := -1
	for _, f := range fields {
		switch f.name {
		case "WARC-Type":
			kind = f.value
		case "WARC-Target-URI":
			r.URL = f.value
		case "WARC-Date":
			r.At, err = time.Parse(time.RFC3339Nano, f.value)
		case "WARC-Block-Digest":
			sum = f.value
		case "WARC-Truncated":
			r.Truncated = true
		case "Content-Type":
			media = f.value
		case "Content-Length":
			length, err = strconv.Atoi(f.value)
		default:
			r.Meta = withMeta(r.Meta, f)
		}
		if err != nil {
			return r, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	if length < 0 || length > len(rest) {
		return r, fmt.Errorf("block of %d bytes in %d", length, len(rest))
	}
	block := rest[:length]
	if sum != blockDigest(block) {
		return r, errors.New("digest of the block is wrong")
	}
	switch kind {
	case "resource":
		r.Header, r.Body = map[string]string{"Content-Type": media}, block
		return r, nil
	case "response":
		return r, r.parseHTTP(block)
	}
	return r, fmt.Errorf("record is a %.20q", kind)
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
