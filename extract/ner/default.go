package ner

import (
	_ "embed"
	"errors"
	"sync"

	"tenure/extract/gazetteer"
)

// model is the embedded model, made by cmd/train; MODEL.md describes it.
//
//go:embed model/news.bin
var model []byte

// Default returns the recognizer to use where none is asked for: the
// embedded model with the embedded names.
func Default() (Recognizer, error) {
	t, err := loadDefault()
	if err != nil {
		return nil, err
	}
	return t, nil
}

var loadDefault = sync.OnceValues(func() (*Tagger, error) {
	var g *gazetteer.Gazetteer
	var namesErr error
	var names sync.WaitGroup
	names.Go(func() { g, namesErr = gazetteer.Default() })
	t, err := unpack(model)
	names.Wait()
	if err := errors.Join(err, namesErr); err != nil {
		return nil, err
	}
	return t.with(g), nil
})

// New returns the embedded model with the names of g, which may hold a
// user's own.
func New(g *gazetteer.Gazetteer) (*Tagger, error) {
	t, err := loadDefault()
	if err != nil {
		return nil, err
	}
	return t.with(g), nil
}
