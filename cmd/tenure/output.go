package main

import (
	"encoding/json"
)

// writeJSON writes v as one line of JSON to standard output.
func (a *app) writeJSON(v any) error {
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
