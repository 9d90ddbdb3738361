package train

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"tenure/extract/gazetteer"
	"tenure/extract/ner"
)

// Describe returns the manifest of a model file as indented JSON, with the
// size and the SHA-256 of the file. It is kept beside the file.
func Describe(model []byte) ([]byte, error) {
	g, err := gazetteer.Default()
	if err != nil {
		return nil, err
	}
	t, err := ner.Load(model, g)
	if err != nil {
		return nil, fmt.Errorf("describe model: %w", err)
	}
	sum := sha256.Sum256(model)
	out, err := json.MarshalIndent(struct {
		ner.Manifest
		Bytes  int    `json:"bytes"`
		SHA256 string `json:"sha256"`
	}{t.Manifest(), len(model), hex.EncodeToString(sum[:])}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("describe model: %w", err)
	}
	return append(out, '\n'), nil
}
