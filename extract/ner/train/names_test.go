package train

import (
	"bytes"
	"os"
	"testing"
)

func TestNamesAreTheEmbeddedOnes(t *testing.T) {
	got, err := Names(shared(t, "data/ner/gaz"))
	if err != nil {
		t.Fatal(err)
	}
	const file = "../../gazetteer/data/names.zst"
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the lists give %d bytes, %s has %d: run with -update", len(got), file, len(want))
	}
}
