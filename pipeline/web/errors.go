package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"tenure/pipeline"
)

// A failure is an error on the wire.
type failure struct {
	Code    string   `json:"code"` // see codes
	Message string   `json:"message"`
	What    string   `json:"what,omitempty"` // of what was not found
	Name    string   `json:"name,omitempty"`
	Near    []string `json:"near,omitempty"`
}

// The codes of failures. Codes only grow.
const (
	codeNotFound = "not-found"
	codeBusy     = "busy"
	codeBad      = "bad-request"
	codeCanceled = "canceled"
	codeFailed   = "failed"
)

// A requestError is a request that cannot be meant.
type requestError struct{ msg string }

// Error implements error.
func (e *requestError) Error() string { return e.msg }

func isNotFound(err error) bool { return errors.As(err, new(*pipeline.NotFoundError)) }

func newFailure(err error) (f failure, status int) {
	f = failure{Code: codeFailed, Message: err.Error()}
	var missing *pipeline.NotFoundError
	var bad *requestError
	switch {
	case errors.As(err, &missing):
		f.Code, f.What, f.Name, f.Near = codeNotFound, missing.What, missing.Name, missing.Near
		return f, http.StatusNotFound
	case errors.As(err, &bad):
		f.Code = codeBad
		return f, http.StatusBadRequest
	case errors.Is(err, ErrBusy):
		f.Code = codeBusy
		return f, http.StatusConflict
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		f.Code = codeCanceled
	}
	return f, http.StatusInternalServerError
}

// err is the error that the failure was made of, as far as a caller can tell.
func (f failure) err() error {
	switch f.Code {
	case codeNotFound:
		return &pipeline.NotFoundError{What: f.What, Name: f.Name, Near: f.Near}
	case codeBusy:
		return ErrBusy
	case codeBad:
		return &requestError{f.Message}
	case codeCanceled:
		return context.Canceled
	}
	return errors.New(f.Message)
}

// envelope is what a failure is sent in.
type envelope struct {
	Error failure `json:"error"`
}

// encodeFailure is a failure on one line.
func encodeFailure(err error) (line []byte, status int) {
	f, status := newFailure(err)
	line, err = json.Marshal(envelope{f})
	if err != nil {
		line = []byte(`{"error":{"code":"failed","message":"error cannot be told"}}`)
	}
	return line, status
}

// decodeFailure returns the error in a line, or one that quotes it.
func decodeFailure(line []byte) error {
	var e envelope
	if json.Unmarshal(line, &e) != nil || e.Error.Code == "" {
		return errors.New("unexpected answer: " + string(line[:min(len(line), 200)]))
	}
	return e.Error.err()
}
