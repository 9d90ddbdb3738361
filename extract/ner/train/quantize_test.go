package train

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"tenure/extract/ner/internal/feature"
)

// embeddings returns JSON with random vectors for some words.
func embeddings(words int) string {
	r := newRandom(1)
	var b strings.Builder
	b.WriteString(`{"words":[],"vectors":{`)
	for i := range words {
		fmt.Fprintf(&b, `"w%d":[`, i)
		for range dimensions {
			fmt.Fprintf(&b, "%.4f,", r.uniform())
		}
		b.WriteString("1,0]")
		if i+1 < words {
			b.WriteByte(',')
		}
	}
	return b.String() + "}}"
}

func TestVectorsComeBack(t *testing.T) {
	var words []string
	for i := range 600 {
		words = append(words, fmt.Sprintf("w%d", i))
	}
	vectors, err := readVectors(strings.NewReader(embeddings(len(words))), words)
	if err != nil {
		t.Fatal(err)
	}
	data := writeVectors(vectors)
	if want := bookBytes + len(words)*feature.Books; len(data) != want {
		t.Fatalf("%d bytes, want %d", len(data), want)
	}
	if !bytes.Equal(data, writeVectors(vectors)) {
		t.Error("the same vectors are written in two ways")
	}
	defer func(old []byte) { wordVectors = old }(wordVectors)
	wordVectors = data
	var lost float64
	for i := range vectors {
		for k, x := range vectorFrom(vectorOf(i)) {
			d := float64(x - vectors[i][k])
			lost += d * d / float64(len(vectors)) / (vectorLength * vectorLength)
		}
	}
	if lost > 0.25 {
		t.Errorf("%.2f of the vectors are lost", lost)
	}
	if vectorOf(len(words)) != nil {
		t.Error("a word behind the last has a vector")
	}
}

func TestReadVectorsRefuses(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{`, "unexpected EOF"},
		{`{"vectors":{"a":[1,2]}}`, `"a" has 2 dimensions`},
		{`{"vectors":{}}`, `"a" has 0 dimensions`},
	} {
		if _, err := readVectors(strings.NewReader(c.text), []string{"a"}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.text, err, c.want)
		}
	}
}

// TestEmbeddedVectors holds the file to the length that vectors are made.
func TestEmbeddedVectors(t *testing.T) {
	if want := bookBytes + clusterWords*feature.Books; len(wordVectors) != want {
		t.Fatalf("%d bytes of vectors, want %d", len(wordVectors), want)
	}
	for n := 0; n < clusterWords; n += 1000 {
		sum := 0.0
		for _, x := range vectorFrom(vectorOf(n)) {
			sum += float64(x) * float64(x)
		}
		if length := math.Sqrt(sum); length < 0.7*vectorLength || length > 1.1*vectorLength {
			t.Errorf("word %d: length %.2f", n, length)
		}
	}
}
