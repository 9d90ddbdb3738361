package feature

// Books is the number of pieces that the vector of a word is parted in.
const Books = 20

// Piece is the number of dimensions of a piece.
const Piece = 5

// Entries is the number of values a piece can have.
const Entries = 256

// A Code is the vector of a word: for each piece the number of the nearest
// of the values that the book of that piece lists.
type Code [Books]uint8

// Window is how many words around a token Around returns, the token in the
// middle.
const Window = 5

// Around returns the numbers of the distinct words around token i, -1 beyond
// the edges of its line.
func (d *Document) Around(i int) (words [Window]int32) {
	for k := range words {
		words[k] = -1
	}
	const middle = Window / 2
	words[middle] = d.at[i].word
	for k := 1; k <= middle && i-k >= 0 && !d.Tokens[i-k+1].Line; k++ {
		words[middle-k] = d.at[i-k].word
	}
	for k := 1; k <= middle && i+k < len(d.at) && !d.Tokens[i+k].Line; k++ {
		words[middle+k] = d.at[i+k].word
	}
	return words
}

// Code returns the vector of a distinct word of the document and the number of
// that vector, nil where it has none.
func (d *Document) Code(word int32) (*Code, uint32) {
	c := d.words[word].cluster
	return d.clusters.code(c), c.at
}
