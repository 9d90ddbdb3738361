package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"github.com/klauspost/compress/gzip"
	"io"
)

// A gzip member of a segment begins with this header: magic, deflate, flag
// "extra field", no time, no operating system; then one extra field, "sl" for
// skip lengths, as Annex A of the WARC drafts describes it: how long the
// member is, and how long what is in it. With that a reader can go from
// record to record without unpacking them.
const (
	memberHeader  = 24
	memberTrailer = 8
)

var memberStart = []byte{0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 12, 0, 's', 'l', 8, 0}

// gzipMember compresses data into one member.
func gzipMember(data []byte) ([]byte, error) {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Extra = make([]byte, 12)
	copy(w.Extra, "sl\x08\x00")
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	m := buf.Bytes()
	if !bytes.HasPrefix(m, memberStart) {
		return nil, fmt.Errorf("gzip header is % x", m[:min(len(m), memberHeader)])
	}
	binary.LittleEndian.PutUint32(m[16:], uint32(len(m)))
	binary.LittleEndian.PutUint32(m[20:], uint32(len(data)))
	return m, nil
}

// memberLength returns the length of the member that begins with head.
func memberLength(head []byte) (int64, bool) {
	if len(head) < memberHeader || !bytes.HasPrefix(head, memberStart) {
		return 0, false
	}
	n := int64(binary.LittleEndian.Uint32(head[16:]))
	return n, n > memberHeader+memberTrailer && n <= maxRaw
}

// gunzipMember unpacks one member; nothing may follow it.
func gunzipMember(m []byte) ([]byte, error) {
	n, ok := memberLength(m)
	if !ok || n != int64(len(m)) {
		return nil, errors.New("no record begins there")
	}
	src := bytes.NewReader(m)
	r, err := gzip.NewReader(src)
	if err != nil {
		return nil, err
	}
	r.Multistream(false)
	size := binary.LittleEndian.Uint32(m[20:])
	if size > maxRaw {
		return nil, fmt.Errorf("record has %d bytes, more than %d", size, maxRaw)
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(size)+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) != int(size):
		return nil, fmt.Errorf("record has not the %d bytes its header says", size)
	case src.Len() != 0:
		return nil, fmt.Errorf("record has %d bytes too many", src.Len())
	}
	return data, nil
}

// A place is where a member lies in its file.
type place struct{ offset, length int64 }

// wholeEnd returns where the whole members of a segment end: it goes from
// header to header, then unpacks those that the last group may have written.
func wholeEnd(f io.ReaderAt) (int64, error) {
	places, err := walkMembers(f)
	if err != nil || len(places) == 0 {
		return 0, err
	}
	last := places[len(places)-1]
	end := last.offset + last.length
	suspect := min(end-groupBytes, last.offset)
	for _, p := range places {
		if p.offset+p.length <= suspect {
			continue
		}
		if ok, err := isWhole(f, p); err != nil {
			return 0, err
		} else if !ok {
			return p.offset, nil
		}
	}
	return end, nil
}

// walkMembers returns the places of all members up to the first that is none,
// or is cut off.
func walkMembers(f io.ReaderAt) ([]place, error) {
	var places []place
	head := make([]byte, memberHeader)
	last := make([]byte, 1)
	for at := int64(0); ; {
		if _, err := f.ReadAt(head, at); errors.Is(err, io.EOF) {
			return places, nil
		} else if err != nil {
			return nil, err
		}
		n, ok := memberLength(head)
		if !ok {
			return places, nil
		}
		if _, err := f.ReadAt(last, at+n-1); errors.Is(err, io.EOF) {
			return places, nil
		} else if err != nil {
			return nil, err
		}
		places = append(places, place{at, n})
		at += n
	}
}

func isWhole(f io.ReaderAt, p place) (bool, error) {
	m := make([]byte, p.length)
	if _, err := f.ReadAt(m, p.offset); err != nil {
		return false, err
	}
	_, err := gunzipMember(m)
	return err == nil, nil
}
