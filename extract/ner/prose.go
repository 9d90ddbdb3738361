package ner

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"tenure/extract"
	"tenure/extract/ner/internal/token"

	"github.com/jdkato/prose/v2"
)

// Prose recognizes people, organizations and places with the model that
// comes with github.com/jdkato/prose. It is the baseline that the default
// recognizer is measured against.
//
// It works around what prose does wrong: the model is loaded once and
// shared; names are read from the word labels, so that a name at the end of
// the text is kept and neighbours are not merged; every line is read by
// itself; offsets are restored. All mentions have the same score.
type Prose struct {
	model *prose.Model
}

// maxProseText bounds how much of a text prose reads: at 15,000 words a
// second, 512 KiB take some seconds. The rest of a longer text has no
// mentions.
const maxProseText = 512 << 10

// proseScore is the precision of prose's names on news.
const proseScore = 0.5

// NewProse loads prose's model, which takes some tenths of a second and
// 100 MB.
func NewProse() (p *Prose, err error) {
	defer func() {
		if r := recover(); r != nil {
			p, err = nil, fmt.Errorf("load prose model: %v", r)
		}
	}()
	return &Prose{model: prose.ModelFromData("en")}, nil
}

// Recognize implements [Recognizer]. A line that makes prose panic has no
// mentions.
func (p *Prose) Recognize(text string) []extract.Mention {
	text = cutAt(text, maxProseText)
	var out []extract.Mention
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += at
		}
		out = append(out, p.line(text, extract.Span{Start: at, End: end})...)
		at = end + 1
	}
	return out
}

// line finds the names in one line of text.
func (p *Prose) line(text string, line extract.Span) (out []extract.Mention) {
	defer func() {
		if recover() != nil {
			out = nil
		}
	}()
	s := line.In(text)
	if strings.TrimSpace(s) == "" {
		return nil
	}
	// The stop lets prose see that the last word is not the last of the text.
	doc, err := prose.NewDocument(s+" .", prose.UsingModel(p.model), prose.WithSegmentation(false))
	if err != nil {
		return nil
	}
	var open proseName
	for _, w := range doc.Tokens() {
		start, end := locate(s, open.at, w.Text)
		if end == 0 {
			continue
		}
		open.at = end
		switch {
		case w.Label == "O" && w.Tag != open.tag, labelWords[w.Text], !utf8.ValidString(s[start:end]):
			open = proseName{at: end}
		case open.tag != "" && open.continues(w):
			out[len(out)-1].End = line.Start + end
		case w.Label != "O":
			_, kind, _ := strings.Cut(w.Label, "-")
			open = proseName{end, w.Tag, kind}
			out = append(out, extract.Mention{
				Span: extract.Span{Start: line.Start + start, End: line.Start + end}, Kind: proseKinds[kind], Score: proseScore})
		}
	}
	return out
}

// A proseName is the name being read.
type proseName struct {
	at   int    // where in the line the reader is
	tag  string // part of speech; empty if no name is open
	kind string // prose's label without its prefix
}

// continues reports whether w belongs to the open name: prose's inner labels
// do not say of what kind, and its later words are often unlabelled. A new
// beginning is a new name, save for people, whose surnames are labelled so.
func (n proseName) continues(w prose.Token) bool {
	return !strings.HasPrefix(w.Label, "B-") || w.Label == "B-PERSON" && n.kind == "PERSON"
}

// labelWords begin the fields of lists ("Left Meta: 2021") and are no part
// of the name before them.
var labelWords = map[string]bool{
	"Left": true, "Joined": true, "Current": true, "Former": true, "Previous": true, "Time": true, "Years": true, "Role": true,
	"Title": true, "Position": true, "Departed": true, "Started": true, "Tenure": true, "Now": true,
}

var proseKinds = map[string]extract.Kind{
	"PERSON": extract.Person, "ORGANIZATION": extract.Organization, "ORG": extract.Organization, "GPE": extract.Place,
}

// maxLost is how far ahead a word of prose is looked for when it does not
// stand where the one before ended.
const maxLost = 64

// locate finds word, which may have straight quotes for curly ones, in s at
// or soon after at. The end is 0 if it is not there.
func locate(s string, at int, word string) (start, end int) {
	for from := at; from < len(s) && from-at <= maxLost; {
		r, size := utf8.DecodeRuneInString(s[from:])
		if unicode.IsSpace(r) {
			at, from = from+size, from+size
			continue
		}
		if n := token.Straight(s[from:], word); n > 0 {
			return from, from + n
		}
		from += size
	}
	return 0, 0
}
