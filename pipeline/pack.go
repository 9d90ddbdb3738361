package pipeline

import (
	"fmt"
	"time"

	"google.golang.org/protobuf/encoding/protowire"

	"tenure/crawler"
)

// Links and hosts are many and change all the time, so their rows are coded
// as numbered fields, a third of the JSON they would be: what is empty takes
// no room, and a field that a later program adds is passed over by this one.
// A number, once given, keeps its meaning. Times are in milliseconds, like
// those in keys.
const (
	linkURL protowire.Number = iota + 1
	linkSource
	linkRole
	linkKind
	linkTag // once for each
	linkTitle
	linkPublished
	linkPage
	linkETag
	linkLastModified
	linkTries
	linkStateNumber
	linkFound
	linkDue
	linkTried
	linkStatus
	linkHash
	linkInterval
	linkSoft
)

const (
	hostDelay protowire.Number = iota + 1
	hostNext
	hostBlocked
	hostReady
)

// AppendBinary implements encoding.BinaryAppender.
func (r linkRow) AppendBinary(b []byte) ([]byte, error) {
	b = packString(b, linkURL, r.URL)
	b = packString(b, linkSource, r.Source)
	b = packString(b, linkRole, string(r.Role))
	b = packString(b, linkKind, string(r.Kind))
	for _, t := range r.Tags {
		b = protowire.AppendTag(b, linkTag, protowire.BytesType)
		b = protowire.AppendString(b, t)
	}
	b = packString(b, linkTitle, r.Title)
	b = packString(b, linkPublished, r.Published)
	b = packInt(b, linkPage, int64(r.Page))
	b = packString(b, linkETag, r.ETag)
	b = packString(b, linkLastModified, r.LastModified)
	b = packInt(b, linkTries, int64(r.Tries))
	b = packString(b, linkStateNumber, string(r.State))
	b = packTime(b, linkFound, r.Found)
	b = packTime(b, linkDue, r.Due)
	b = packTime(b, linkTried, r.Tried)
	b = packInt(b, linkStatus, int64(r.Status))
	b = packString(b, linkHash, r.Hash)
	b = packInt(b, linkInterval, int64(r.Interval))
	return packInt(b, linkSoft, int64(r.Soft)), nil
}

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (r *linkRow) UnmarshalBinary(b []byte) error {
	*r = linkRow{}
	return unpack(b, func(n protowire.Number, s string, i int64) {
		switch n {
		case linkURL:
			r.URL = s
		case linkSource:
			r.Source = s
		case linkRole:
			r.Role = crawler.Role(s)
		case linkKind:
			r.Kind = crawler.Kind(s)
		case linkTag:
			r.Tags = append(r.Tags, s)
		case linkTitle:
			r.Title = s
		case linkPublished:
			r.Published = s
		case linkPage:
			r.Page = int(i)
		case linkETag:
			r.ETag = s
		case linkLastModified:
			r.LastModified = s
		case linkTries:
			r.Tries = int(i)
		case linkStateNumber:
			r.State = linkState(s)
		case linkFound:
			r.Found = unpackTime(i)
		case linkDue:
			r.Due = unpackTime(i)
		case linkTried:
			r.Tried = unpackTime(i)
		case linkStatus:
			r.Status = int(i)
		case linkHash:
			r.Hash = s
		case linkInterval:
			r.Interval = time.Duration(i)
		case linkSoft:
			r.Soft = int(i)
		}
	})
}

// AppendBinary implements encoding.BinaryAppender.
func (h hostRow) AppendBinary(b []byte) ([]byte, error) {
	b = packInt(b, hostDelay, int64(h.Delay))
	b = packTime(b, hostNext, h.Next)
	b = packTime(b, hostBlocked, h.Blocked)
	return packTime(b, hostReady, h.Ready), nil
}

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (h *hostRow) UnmarshalBinary(b []byte) error {
	*h = hostRow{}
	return unpack(b, func(n protowire.Number, _ string, i int64) {
		switch n {
		case hostDelay:
			h.Delay = time.Duration(i)
		case hostNext:
			h.Next = unpackTime(i)
		case hostBlocked:
			h.Blocked = unpackTime(i)
		case hostReady:
			h.Ready = unpackTime(i)
		}
	})
}

func packString(b []byte, n protowire.Number, s string) []byte {
	if s == "" {
		return b
	}
	return protowire.AppendString(protowire.AppendTag(b, n, protowire.BytesType), s)
}

func packInt(b []byte, n protowire.Number, i int64) []byte {
	if i == 0 {
		return b
	}
	return packNumber(b, n, i)
}

func packTime(b []byte, n protowire.Number, t time.Time) []byte {
	if t.IsZero() {
		return b
	}
	return packNumber(b, n, t.UnixMilli())
}

func packNumber(b []byte, n protowire.Number, i int64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, n, protowire.VarintType), protowire.EncodeZigZag(i))
}

func unpackTime(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// unpack calls field for each field: with its text or its number, whichever
// it has.
func unpack(b []byte, field func(n protowire.Number, s string, i int64)) error {
	text := string(b) // one copy, of which all strings are parts
	for len(b) > 0 {
		n, kind, size := protowire.ConsumeTag(b)
		if size < 0 {
			return fmt.Errorf("row, byte %d: %w", len(text)-len(b), protowire.ParseError(size))
		}
		b = b[size:]
		if size = protowire.ConsumeFieldValue(n, kind, b); size < 0 {
			return fmt.Errorf("row, field %d: %w", n, protowire.ParseError(size))
		}
		end := len(text) - len(b) + size
		switch kind {
		case protowire.BytesType:
			v, _ := protowire.ConsumeBytes(b)
			field(n, text[end-len(v):end], 0)
		case protowire.VarintType:
			v, _ := protowire.ConsumeVarint(b)
			field(n, "", protowire.DecodeZigZag(v))
		}
		b = b[size:]
	}
	return nil
}
