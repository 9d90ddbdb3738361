package importer

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// A Record is one record of a WARC file (ISO 28500).
type Record struct {
	Kind      string    // WARC-Type: response, resource, request, …
	URL       string    // WARC-Target-URI
	At        time.Time // WARC-Date; zero if there is none that can be read
	Media     string    // Content-Type of the block
	Truncated bool      // it was cut when it was saved
	Block     []byte    // valid until the next call of Next
}

// A SkipError says that a record was passed over. The next one can be read.
type SkipError struct{ Reason Reason }

// Error implements error.
func (e *SkipError) Error() string { return fmt.Sprintf("record passed over: %s", e.Reason) }

// A Reader reads the records of a WARC file.
type Reader struct {
	w    window
	zip  *members // nil for a file that is not compressed
	bad  int      // members damaged, as far as was told
	max  int64    // bytes of a block
	lost bool     // where the next record begins has to be found
}

const (
	maxHead = 64 << 10 // bytes of a record's head, and of an HTTP head
	version = "WARC/"
)

// NewReader returns a reader over a file, compressed with gzip or not. Blocks
// of more than max bytes are passed over.
func NewReader(r io.Reader, max int64) *Reader {
	b := bufio.NewReaderSize(r, 64<<10)
	head, _ := b.Peek(len(gzipMagic)) // an error shows at the first read
	if !bytes.Equal(head, gzipMagic) {
		return &Reader{w: window{r: b}, max: max}
	}
	z := &members{src: b}
	return &Reader{w: window{r: z}, zip: z, max: max}
}

// Next returns the next record; io.EOF at the end, a *SkipError for a record
// that was passed over.
func (r *Reader) Next() (Record, error) {
	if err := r.find(); err != nil {
		return Record{}, err
	}
	h, n, err := r.head()
	if err != nil {
		return Record{}, err
	}
	switch {
	case n == 0:
		return Record{}, r.skip(len(version), Damaged)
	case h.length < 0:
		return Record{}, r.skip(n, FalseLength)
	case h.length > r.max:
		return Record{}, r.skip(n, TooLarge)
	}
	end := n + int(h.length)
	all, err := r.w.peek(end + 8)
	if err != nil {
		return Record{}, err
	}
	if len(all) < end {
		if another(all[n:]) {
			return Record{}, r.skip(n, FalseLength)
		}
		return Record{}, r.skip(n, Truncated)
	}
	if !endsHere(all[end:]) {
		return Record{}, r.skip(n, FalseLength)
	}
	rec := h.Record
	rec.Block = all[n:end:end]
	r.w.advance(end)
	return rec, nil
}

// skip passes over some bytes, after which the next record has to be found.
// What is wrong with a length or an end may come of damage below.
func (r *Reader) skip(n int, why Reason) error {
	r.w.advance(n - 1) // what follows may begin right after a line end
	r.lost = true
	if r.zip != nil && r.zip.damaged > r.bad {
		r.bad = r.zip.damaged
		if why == FalseLength {
			why = Damaged
		}
	}
	return &SkipError{why}
}

// another reports whether a record begins in what is left of a file.
func another(rest []byte) bool {
	return bytes.Contains(rest, []byte("\n"+version+"1."))
}

// endsHere reports whether a record may end before these bytes: with a line
// end and another record, or with the file.
func endsHere(after []byte) bool {
	rest := bytes.TrimLeft(after, "\r\n")
	if len(rest) == 0 {
		return true
	}
	return len(rest) < len(after) && strings.HasPrefix(version, string(rest[:min(len(rest), len(version))]))
}

// find goes to where the next record begins.
func (r *Reader) find() error {
	for !r.lost {
		b, err := r.w.peek(2)
		switch {
		case err != nil:
			return err
		case len(b) == 0:
			return io.EOF
		case b[0] != '\r' && b[0] != '\n':
			return nil
		}
		r.w.advance(1)
	}
	mark := []byte("\n" + version + "1.")
	for {
		b, err := r.w.peek(64 << 10)
		if err != nil {
			return err
		}
		if i := bytes.Index(b, mark); i >= 0 {
			r.w.advance(i + 1)
			r.lost = false
			return nil
		}
		if len(b) < len(mark) {
			return io.EOF
		}
		r.w.advance(len(b) - len(mark) + 1)
	}
}

// A head is what the head of a record says.
type head struct {
	Record
	length int64 // of the block; negative if not told, or told wrong
}

// head reads the head of a record and returns how many bytes it has, 0 if
// there is none.
func (r *Reader) head() (h head, n int, err error) {
	b, err := r.w.peek(maxHead)
	if err != nil {
		return h, 0, err
	}
	if !bytes.HasPrefix(b, []byte(version)) {
		return h, 0, nil
	}
	_, fields, n := cutHead(b)
	h.length = -1
	for _, f := range fields {
		h.read(f)
	}
	return h, n, nil
}

func (h *head) read(f field) {
	switch f.name {
	case "warc-type":
		h.Kind = strings.ToLower(f.value)
	case "warc-target-uri":
		h.URL = strings.Trim(f.value, "<>")
	case "warc-date":
		h.At = parseDate(f.value)
	case "content-type":
		h.Media = f.value
	case "warc-truncated":
		h.Truncated = true
	case "warc-segment-number":
		h.Truncated = true // the rest is in other records
	case "content-length":
		n, err := strconv.ParseInt(f.value, 10, 64)
		if err != nil {
			n = -1
		}
		h.length = n
	}
}

// parseDate reads a date as WARC 1.0 and 1.1 have it; the latter may be cut
// after any unit.
func parseDate(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1980 {
			return t.UTC()
		}
	}
	return time.Time{}
}

// A field is one line of a head, its name in lower case.
type field struct{ name, value string }

// cutHead reads a first line and fields up to an empty line. It returns how
// many bytes that took, 0 if there is no end. Lines may end without CR, and a
// line that begins with a space goes on with the one before.
func cutHead(b []byte) (first string, fields []field, n int) {
	for at := 0; ; {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 || at+i > maxHead {
			return "", nil, 0
		}
		line := string(bytes.TrimRight(b[at:at+i], "\r"))
		begin := at
		at += i + 1
		name, value, ok := strings.Cut(line, ":")
		switch {
		case begin == 0:
			first = line
		case line == "":
			return first, fields, at
		case (line[0] == ' ' || line[0] == '\t') && len(fields) > 0:
			fields[len(fields)-1].value += " " + strings.TrimSpace(line)
		case ok:
			fields = append(fields, field{strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)})
		}
	}
}

// A window is what of a stream is looked at.
type window struct {
	r     io.Reader
	buf   []byte
	start int // of what has not been passed
	err   error
}

// peek returns the next bytes: n, or more, or as many as there are. They are
// valid until the next peek. The error is one of reading, never io.EOF.
func (w *window) peek(n int) ([]byte, error) {
	for len(w.buf)-w.start < n && w.err == nil {
		w.more()
	}
	if w.err != nil && !errors.Is(w.err, io.EOF) {
		return nil, w.err
	}
	return w.buf[w.start:], nil
}

// more reads a piece. The buffer is moved to its beginning when more of it is
// passed than not, and grows only with what comes.
func (w *window) more() {
	const piece = 64 << 10
	if left := len(w.buf) - w.start; w.start > left {
		copy(w.buf, w.buf[w.start:])
		w.buf, w.start = w.buf[:left], 0
	}
	if cap(w.buf)-len(w.buf) < piece {
		w.buf = append(make([]byte, 0, 2*len(w.buf)+2*piece), w.buf...)
	}
	n, err := w.r.Read(w.buf[len(w.buf):cap(w.buf)])
	w.buf, w.err = w.buf[:len(w.buf)+n], err
}

func (w *window) advance(n int) { w.start = min(w.start+n, len(w.buf)) }
