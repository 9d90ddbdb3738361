package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"tenure/pipeline"
)

// A failure is an error on the wire: a problem as of RFC 9457, with members
// of its own that a caller can branch on.
type failure struct {
	Type   string   `json:"type"` // problemType and the code
	Title  string   `json:"title"`
	Status int      `json:"status"`
	Detail string   `json:"detail"`
	Code   string   `json:"code"` // see codes
	What   string   `json:"what,omitempty"`
	Name   string   `json:"name,omitempty"`
	Near   []string `json:"near,omitempty"`
}

// The codes of failures. Codes only grow.
const (
	codeNotFound = "not-found"
	codeBusy     = "busy"
	codeBad      = "bad-request"
	codeChanged  = "changed"
	codeMethod   = "method-not-allowed"
	codeCanceled = "canceled"
	codeFailed   = "failed"
)

// problemType begins the type of every problem.
const problemType = "urn:tenure:problem:"

// A problem is what is the same of all failures with one code.
type problem struct {
	status int
	title  string
}

func problems() map[string]problem {
	return map[string]problem{
		codeNotFound: {http.StatusNotFound, "there is no such thing"},
		codeBusy:     {http.StatusConflict, "another run is under way"},
		codeChanged:  {http.StatusConflict, "somebody else has changed it"},
		codeBad:      {http.StatusBadRequest, "the request cannot be meant"},
		codeMethod:   {http.StatusMethodNotAllowed, "that cannot be done with it"},
		codeCanceled: {http.StatusInternalServerError, "stopped before it was done"},
		codeFailed:   {http.StatusInternalServerError, "it failed"},
	}
}

// A requestError is a request that cannot be meant.
type requestError struct{ msg string }

// Error implements error.
func (e *requestError) Error() string { return e.msg }

// A methodError is a request to do with something what cannot be done.
type methodError struct{ method, path string }

// Error implements error.
func (e *methodError) Error() string { return e.method + " " + e.path + ": it can only be read" }

func isNotFound(err error) bool { return errors.As(err, new(*pipeline.NotFoundError)) }

func newFailure(err error) failure {
	f := failure{Code: codeOf(err), Detail: err.Error()}
	var missing *pipeline.NotFoundError
	if errors.As(err, &missing) {
		f.What, f.Name, f.Near = missing.What, missing.Name, missing.Near
	}
	p := problems()[f.Code]
	f.Type, f.Title, f.Status = problemType+f.Code, p.title, p.status
	return f
}

func codeOf(err error) string {
	switch {
	case isNotFound(err):
		return codeNotFound
	case errors.As(err, new(*requestError)), errors.As(err, new(*pipeline.CursorError)), errors.As(err, new(*pipeline.RefusedError)):
		return codeBad
	case errors.As(err, new(*methodError)):
		return codeMethod
	case errors.Is(err, ErrBusy):
		return codeBusy
	case errors.Is(err, pipeline.ErrHookChanged):
		return codeChanged
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return codeCanceled
	}
	return codeFailed
}

// err is the error that the failure was made of, as far as a caller can tell.
func (f failure) err() error {
	switch f.Code {
	case codeNotFound:
		return &pipeline.NotFoundError{What: f.What, Name: f.Name, Near: f.Near}
	case codeBusy:
		return ErrBusy
	case codeChanged:
		return pipeline.ErrHookChanged
	case codeBad:
		return &requestError{f.Detail}
	case codeCanceled:
		return context.Canceled
	}
	return errors.New(f.Detail)
}

// encodeFailure is a failure on one line.
func encodeFailure(err error) (line []byte, status int) {
	f := newFailure(err)
	line, err = json.Marshal(f)
	if err != nil {
		line = []byte(`{"code":"failed","detail":"error cannot be told"}`)
	}
	return line, f.Status
}

// decodeFailure returns the error in a line, or one that quotes it.
func decodeFailure(line []byte) error {
	var f failure
	if json.Unmarshal(line, &f) != nil || f.Code == "" {
		return errors.New("unexpected answer: " + string(line[:min(len(line), 200)]))
	}
	return f.err()
}
