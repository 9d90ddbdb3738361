package main

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

var unknownKey = regexp.MustCompile(`unknown field "([^"]+)"`)

// explainYAML adds to an error about an unknown key the key that may have
// been meant.
func explainYAML(err error) error {
	text := hideSecrets(strings.TrimSpace(yaml.FormatError(err, false, true)))
	m := unknownKey.FindStringSubmatch(text)
	switch {
	case m == nil:
		return errors.New(text)
	case m[1] == "secret":
		return errors.New(text + "\na secret does not stand here: secret_file or secret_env says where it is")
	}
	best, least := "", 3
	for _, k := range yamlKeys(reflect.TypeFor[config]()) {
		if d := alike(m[1], k); d < least {
			best, least = k, d
		}
	}
	if best != "" {
		text += fmt.Sprintf("\ndid you mean %q?", best)
	}
	return errors.New(text)
}

// firstUnknownKey returns the error about the first unknown key of the file,
// if err is about one: the decoder names any of those a mapping has.
func firstUnknownKey(data []byte, err error) error {
	var unknown *yaml.UnknownFieldError
	if !errors.As(err, &unknown) {
		return err
	}
	file, perr := parser.ParseBytes(data, 0)
	if perr != nil || len(file.Docs) == 0 {
		return err
	}
	key := unknownIn(file.Docs[0].Body, reflect.TypeFor[config]())
	if key == nil {
		return err
	}
	return &yaml.UnknownFieldError{Message: fmt.Sprintf("unknown field %q", key.Value), Token: key}
}

// unknownIn returns the first key below n that a value of type t has no field
// for, nil if there is none.
func unknownIn(n ast.Node, t reflect.Type) *token.Token {
	switch n := n.(type) {
	case *ast.SequenceNode:
		if t.Kind() != reflect.Slice {
			return nil
		}
		for _, v := range n.Values {
			if key := unknownIn(v, t.Elem()); key != nil {
				return key
			}
		}
	case *ast.MappingNode:
		if t.Kind() != reflect.Struct {
			return nil
		}
		for _, v := range n.Values {
			key := v.Key.GetToken()
			field, ok := fieldOfKey(t, key.Value)
			if !ok {
				return key
			}
			if below := unknownIn(v.Value, field); below != nil {
				return below
			}
		}
	}
	return nil
}

// fieldOfKey returns the type of the field of t that a key fills.
func fieldOfKey(t reflect.Type, key string) (reflect.Type, bool) {
	for i := range t.NumField() {
		if f := t.Field(i); f.Tag.Get("yaml") == key {
			return f.Type, true
		}
	}
	return nil, false
}

// yamlKeys returns all keys of a configuration type, nested ones too.
func yamlKeys(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		f := t.Field(i)
		if key := f.Tag.Get("yaml"); key != "" {
			keys = append(keys, key)
		}
		if f.Type.Kind() == reflect.Slice {
			f.Type = f.Type.Elem()
		}
		if f.Type.Kind() == reflect.Struct {
			keys = append(keys, yamlKeys(f.Type)...)
		}
	}
	return keys
}
