package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// A reply is an answer under way. Nothing is sent before there is much of it
// or all, so that an error can still be an error, and an answer that the
// client has already need not be sent.
type reply struct {
	w     http.ResponseWriter
	r     *http.Request
	buf   bytes.Buffer
	begun bool
	sent  bool // something is on its way
	whole bool // all of it is kept until the end; whoever says so bounds it
}

// muchAnswer is how many bytes are kept before they are sent.
const muchAnswer = 64 << 10

// begin says what kind of answer it will be; the first one counts.
func (o *reply) begin(contentType string) {
	if o.begun {
		return
	}
	o.begun = true
	h := o.w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "no-store")
	h.Set("Trailer", trailerError)
}

// Write implements io.Writer, for what writes itself.
func (o *reply) Write(b []byte) (int, error) {
	o.begin("application/octet-stream")
	n, _ := o.buf.Write(b) // it has no errors
	if o.buf.Len() < muchAnswer || o.whole {
		return n, nil
	}
	return n, o.empty()
}

// empty sends what is kept.
func (o *reply) empty() error {
	o.sent = true
	_, err := o.w.Write(o.buf.Bytes())
	o.buf.Reset()
	return err
}

func (o *reply) line(v any) error { return o.encode(typeJSONLines, v) }

func (o *reply) json(v any) error { return o.encode(typeJSON, v) }

// result answers with what a library has returned.
func (o *reply) result(v any, err error) error {
	if err != nil {
		return err
	}
	return o.json(v)
}

// list answers with the lines of what a library has returned.
func list[T any](o *reply, all []T, err error) error {
	for _, v := range all {
		if err == nil {
			err = o.line(v)
		}
	}
	return err
}

func (o *reply) encode(contentType string, v any) error {
	o.begin(contentType)
	enc := json.NewEncoder(o)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// flush sends what there is.
func (o *reply) flush() {
	if o.begun && o.empty() == nil {
		_ = http.NewResponseController(o.w).Flush() // it goes out at the end then
	}
}

// end sends the rest, and what went wrong.
func (o *reply) end(err error) {
	switch {
	case err == nil && o.sent:
		_ = o.empty() // nobody is left to be told
	case err == nil:
		o.finish()
	case o.sent:
		line, _ := encodeFailure(err)
		_ = o.empty()
		o.w.Header().Set(trailerError, string(line))
	default:
		o.refuse(err)
	}
}

// finish sends an answer that is whole, unless the client has it.
func (o *reply) finish() {
	o.begin(typeJSONLines)
	h := o.w.Header()
	h.Del("Trailer")
	if o.r.Method == http.MethodGet || o.r.Method == http.MethodHead {
		sum := sha256.Sum256(o.buf.Bytes())
		tag := `"` + hex.EncodeToString(sum[:12]) + `"`
		h.Set("ETag", tag)
		h.Set("Cache-Control", "private, no-cache") // kept, but asked for again
		if hasTag(o.r.Header.Get("If-None-Match"), tag) {
			h.Del("Content-Type")
			o.w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Content-Length", strconv.Itoa(o.buf.Len()))
	_ = o.empty()
}

// hasTag reports whether a tag is among those of an If-None-Match, compared
// weakly (RFC 9110, 13.1.2).
func hasTag(given, tag string) bool {
	for t := range strings.SplitSeq(given, ",") {
		if t = strings.TrimSpace(t); t == "*" || strings.TrimPrefix(t, "W/") == tag {
			return true
		}
	}
	return false
}

// refuse answers with what went wrong.
func (o *reply) refuse(err error) {
	line, status := encodeFailure(err)
	h := o.w.Header()
	for _, name := range []string{"Trailer", "Link", "Content-Disposition"} {
		h.Del(name)
	}
	h.Set("Content-Type", typeProblem)
	h.Set("Cache-Control", "no-store")
	if status == http.StatusMethodNotAllowed {
		h.Set("Allow", "GET, HEAD")
	}
	o.w.WriteHeader(status)
	_, _ = o.w.Write(append(line, '\n')) // nobody is left to be told
}
