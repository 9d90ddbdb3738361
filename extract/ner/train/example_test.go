package train

import (
	"fmt"
	"strings"
	"testing"

	"tenure/extract"
	"tenure/extract/ner"
	"tenure/extract/ner/internal/feature"
)

func ExampleEvaluate() {
	docs, err := ReadMarked(strings.NewReader("[p Hugo Touvron] works at [o Meta]; [o Nordlys] hired nobody."))
	if err != nil {
		panic(err)
	}
	found := func(string) []extract.Mention { return docs[0].Mentions[:2] }
	s := Evaluate(docs, found)
	fmt.Printf("precision %.2f recall %.2f\n", s.Of(extract.Organization).Precision(), s.Of(extract.Organization).Recall())
	// Output: precision 1.00 recall 0.50
}

// BenchmarkTrain learns from our own sentences, one pass.
func BenchmarkTrain(b *testing.B) {
	docs, _, err := Own()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := assemble(docs, feature.NewClusterBuilder(1).Clusters(), ner.Manifest{}, Options{Epochs: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
