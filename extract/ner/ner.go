// Package ner finds the names in an article: people, organizations, places,
// and other names (products, nationalities, works, events), which are found
// so that they are not taken for people.
//
// A [Recognizer] reads a whole article, because a document explains its own
// names: "Touvron" is a person where "Hugo Touvron" stands three lines
// above. Two recognizers are here. [Default] is the one to use. [Prose] wraps
// the recognizer of github.com/jdkato/prose and is the baseline.
//
// Both cut text with [Tokenize], which is prose's tokenizer with the byte
// offsets restored, and both return mentions whose spans lie inside the text,
// on rune boundaries, sorted and without overlap, for any input.
package ner

import (
	"context"

	"tenure/extract"
	"tenure/extract/ner/internal/token"
)

// A Recognizer finds the names of a whole article. It returns mentions
// sorted by span, without overlap, on rune boundaries of text; the same text
// always gives the same mentions. It is safe for concurrent use.
type Recognizer interface {
	Recognize(text string) []extract.Mention
}

// A Step fills the mentions of an article with what its recognizer finds.
type Step struct{ Recognizer }

// Annotate sets a.Mentions. The only error is that of a cancelled context.
func (s Step) Annotate(ctx context.Context, a *extract.Article) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	a.Mentions = s.Recognize(a.Text)
	return nil
}

// A Token is one word or mark of a text: its span, and whether it is the
// first of its line.
type Token = token.Token

// Tokenize cuts text into words and marks, in order and without overlap. It
// is prose's tokenizer with the byte offsets restored, and cuts where prose
// does not: at dashes and slashes, and between a name and its lower-case
// tail ("Paris-based"). No token holds white space.
func Tokenize(text string) []Token { return token.Tokenize(text) }
