package feature

import (
	"tenure/extract"
	"tenure/extract/gazetteer"
)

// Hash returns the hash of the words from first to last, case and accents
// aside.
func (d *Document) Hash(first, last int) (h gazetteer.Hash) {
	for i := first; i <= last; i++ {
		h = h.Then(d.Low(i))
	}
	return h
}

// Low returns the hash of token i, case and accents aside.
func (d *Document) Low(i int) gazetteer.Hash { return d.words[d.at[i].word].low }

// Class returns what the word of token i may be.
func (d *Document) Class(i int) gazetteer.Class { return d.words[d.at[i].word].class }

// Capital reports whether token i is written like a name.
func (d *Document) Capital(i int) bool { return d.words[d.at[i].word].letters.capital() }

// Sentence reports whether token i is the first of a sentence.
func (d *Document) Sentence(i int) bool { return d.at[i].sentence }

// Shouting reports whether token i stands in a line of capitals.
func (d *Document) Shouting(i int) bool { return d.at[i].shouting }

// Run returns the tokens of the run of capitals around token i, half open;
// it is empty where there is none.
func (d *Document) Run(i int) (start, end int) {
	p := &d.at[i]
	if p.run < 0 {
		return i, i
	}
	return int(p.run), int(p.runEnd)
}

// InLower reports whether the word of token i also stands in the document
// without capitals.
func (d *Document) InLower(i int) bool { return d.words[d.at[i].word].lower > 0 }

// Word returns token i as it stands in the text.
func (d *Document) Word(i int) string { return d.Tokens[i].In(d.Text) }

// Expansion returns the tokens, first and last, that the acronym at token i
// stands for, if the document writes it in brackets behind them and they are
// written like a name.
func (d *Document) Expansion(i int) (first, last int, found bool) {
	e, known := d.spelled[d.words[d.at[i].word].form]
	if !known || e.head < 0 || e.common || !d.Capital(int(e.first)) || !d.Capital(int(e.head)) {
		return 0, 0, false
	}
	return int(e.first), int(e.head), true
}

// User returns how many tokens from i are a name that the user added to g,
// and its kind.
func (d *Document) User(g *gazetteer.Gazetteer, i int) (n int, kind extract.Kind) {
	var buf [gazetteer.MaxWords]gazetteer.Hash
	return g.User(d.ahead(i, buf[:0]))
}

// Longest returns how many tokens from i are the longest name that g lists,
// and what it may be.
func (d *Document) Longest(g *gazetteer.Gazetteer, i int) (n int, c gazetteer.Class) {
	var buf [gazetteer.MaxWords]gazetteer.Hash
	return g.Longest(d.ahead(i, buf[:0]))
}

// ahead appends the hashes of the tokens from i to the end of the line, as
// many as a listed name can have.
func (d *Document) ahead(i int, words []gazetteer.Hash) []gazetteer.Hash {
	for j := i; j < len(d.Tokens) && len(words) < cap(words) && (j == i || !d.Tokens[j].Line); j++ {
		words = append(words, d.Low(j))
	}
	return words
}
