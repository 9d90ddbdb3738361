package train

import (
	"bytes"
	"os"
	"testing"
)

// TestModelIsTheEmbeddedOne retrains the shipped model. It takes minutes,
// so it runs only with -update or TENURE_RETRAIN=1.
func TestModelIsTheEmbeddedOne(t *testing.T) {
	if !*update && os.Getenv("TENURE_RETRAIN") == "" {
		t.Skip("set TENURE_RETRAIN=1 to retrain the shipped model")
	}
	got, err := Train(shared(t, "data"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(modelFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(modelFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("training gives %d other bytes than %s (%d): run with -update", len(got), modelFile, len(want))
	}
}

const modelFile = "../model/news.bin"

// TestManifestIsThatOfTheModel compares the JSON beside the model with it.
func TestManifestIsThatOfTheModel(t *testing.T) {
	model, err := os.ReadFile(modelFile)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Describe(model)
	if err != nil {
		t.Fatal(err)
	}
	const file = "../model/manifest.json"
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
		t.Errorf("%s is not that of %s: run with -update", file, modelFile)
	}
}
