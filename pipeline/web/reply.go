package web

import (
	"bufio"
	"encoding/json"
	"net/http"
)

// A reply is an answer under way. Nothing is sent before there is much of it
// or all, so that an error can still be an error.
type reply struct {
	w    http.ResponseWriter
	buf  *bufio.Writer
	sent bool // something is on its way
}

// outgoing is where a reply's buffer is emptied to.
type outgoing struct{ *reply }

// Write implements io.Writer.
func (o outgoing) Write(b []byte) (int, error) {
	o.sent = true
	return o.w.Write(b)
}

// begin says what kind of answer it will be; the first one counts.
func (o *reply) begin(contentType string) {
	if o.buf != nil {
		return
	}
	h := o.w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "no-store")
	h.Set("Trailer", trailerError)
	o.buf = bufio.NewWriterSize(outgoing{o}, 64<<10)
}

// Write implements io.Writer, for what writes itself.
func (o *reply) Write(b []byte) (int, error) {
	o.begin("application/octet-stream")
	return o.buf.Write(b)
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
	enc := json.NewEncoder(o.buf)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// flush sends what there is.
func (o *reply) flush() {
	if o.buf != nil && o.buf.Flush() == nil {
		_ = http.NewResponseController(o.w).Flush() // it goes out at the end then
	}
}

// end sends the rest, and what went wrong.
func (o *reply) end(err error) {
	if err == nil {
		o.begin(typeJSONLines)
		_ = o.buf.Flush() // nobody is left to be told
		return
	}
	line, status := encodeFailure(err)
	if o.sent {
		_ = o.buf.Flush()
		o.w.Header().Set(trailerError, string(line))
		return
	}
	h := o.w.Header()
	h.Del("Trailer")
	h.Set("Content-Type", typeJSON)
	o.w.WriteHeader(status)
	_, _ = o.w.Write(append(line, '\n'))
}
