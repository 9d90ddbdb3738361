package train

import (
	_ "embed"
	"encoding/binary"
	"math"

	"tenure/extract/ner/internal/feature"
)

// wordVectors are the vectors of the words of the table of word classes: the
// books, each of as many pieces as it has entries, and then for the words in
// the order of the table a byte for each piece.
//
//go:embed vectors/glove.bin
var wordVectors []byte

const (
	dimensions = feature.Books * feature.Piece
	bookBytes  = dimensions * feature.Entries * 4
)

// A vector is the vector of a word.
type vector [dimensions]float32

// vectorOf returns the vector of word n of the table as it is written; nil
// behind the last.
func vectorOf(n int) *feature.Code {
	at := bookBytes + n*feature.Books
	if at+feature.Books > len(wordVectors) {
		return nil
	}
	return (*feature.Code)(wordVectors[at:])
}

// bookEntry returns a piece that a book lists.
func bookEntry(book, entry int) (piece [feature.Piece]float32) {
	data := wordVectors[4*feature.Piece*(book*feature.Entries+entry):]
	for k := range piece {
		piece[k] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*k:]))
	}
	return piece
}

// vectorFrom returns the vector that is written so.
func vectorFrom(code *feature.Code) (v vector) {
	for book, entry := range code {
		piece := bookEntry(book, int(entry))
		copy(v[book*feature.Piece:], piece[:])
	}
	return v
}
