package content

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"
)

// TestModelManifest holds the embedded model to what model.json says it is.
func TestModelManifest(t *testing.T) {
	b, err := os.ReadFile("model.json")
	if err != nil {
		t.Fatal(err)
	}
	var m struct{ SHA256 string }
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(modelBytes)
	if got := hex.EncodeToString(sum[:]); got != m.SHA256 {
		t.Errorf("model.bin is %s, model.json says %s", got, m.SHA256)
	}
	if builtIn().Classes.Len() == 0 {
		t.Error("the model knows no classes")
	}
}
