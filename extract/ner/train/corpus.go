package train

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"tenure/extract"
)

// A Document is a text whose names are known.
type Document struct {
	Text     string
	Mentions []extract.Mention // sorted, without overlap
	NoOther  bool              // names of kind other are not marked
	Half     int               // 0 or 1: the half of the data it is in
}

// kinds are the kinds of names in the order of the tagger's labels.
var kinds = [...]extract.Kind{extract.Person, extract.Organization, extract.Place, extract.Other}

// tags are the kinds in BIO files.
var tags = map[string]extract.Kind{
	"PER": extract.Person, "ORG": extract.Organization, "LOC": extract.Place, "MISC": extract.Other,
}

// ReadBIO reads a file of two columns, word and BIO2 tag, with an empty line
// behind every sentence and -DOCSTART- before every document. The words of a
// sentence become a line, parted by spaces.
func ReadBIO(r io.Reader) ([]Document, error) {
	b := &bioReader{}
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		word, tag, found := strings.Cut(line, "\t")
		switch {
		case line == "":
			b.endSentence()
		case word == "-DOCSTART-":
			b.endDocument()
		case !found:
			return nil, fmt.Errorf("line %d: no tag: %q", n, line)
		default:
			if err := b.word(word, tag); err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
		}
	}
	b.endDocument()
	return b.docs, sc.Err()
}

// A bioReader collects the documents of a BIO file.
type bioReader struct {
	docs  []Document
	text  strings.Builder
	names []extract.Mention
	open  bool // the last word was in the last name
	line  bool // a sentence is begun
}

func (b *bioReader) word(word, tag string) error {
	if b.line {
		b.text.WriteByte(' ')
	}
	b.line = true
	start := b.text.Len()
	b.text.WriteString(word)
	if tag == "O" {
		b.open = false
		return nil
	}
	prefix, name, _ := strings.Cut(tag, "-")
	kind, known := tags[name]
	if !known {
		return fmt.Errorf("unknown tag %q", tag)
	}
	if last := len(b.names) - 1; prefix == "I" && b.open && b.names[last].Kind == kind {
		b.names[last].End = b.text.Len()
		return nil
	}
	b.names = append(b.names, extract.Mention{Span: extract.Span{Start: start, End: b.text.Len()}, Kind: kind})
	b.open = true
	return nil
}

func (b *bioReader) endSentence() {
	if b.line {
		b.text.WriteByte('\n')
	}
	b.line, b.open = false, false
}

func (b *bioReader) endDocument() {
	b.endSentence()
	if b.text.Len() > 0 {
		b.docs = append(b.docs, Document{Text: b.text.String(), Mentions: b.names})
	}
	b.text.Reset()
	b.names = nil
}

// ReadArticles reads annotated articles, one JSON object a line with "text"
// and "mentions" of "start", "end" and "kind".
func ReadArticles(r io.Reader) ([]Document, error) {
	var docs []Document
	dec := json.NewDecoder(r)
	for {
		var a struct {
			Text     string
			Mentions []extract.Mention
		}
		if err := dec.Decode(&a); err == io.EOF {
			return docs, nil
		} else if err != nil {
			return nil, fmt.Errorf("article %d: %w", len(docs)+1, err)
		}
		docs = append(docs, Document{Text: a.Text, Mentions: a.Mentions})
	}
}

// ReadMarked reads texts whose names are marked in brackets with the first
// letter of the kind: "[p Hugo Touvron] works at [o Meta]" (p person, o
// organization, l place, x other). A line is a line of text, a line of ---
// parts documents, and a line that begins with # is a comment.
func ReadMarked(r io.Reader) ([]Document, error) {
	var docs []Document
	var text strings.Builder
	var names []extract.Mention
	flush := func() {
		if text.Len() > 0 {
			docs = append(docs, Document{Text: text.String(), Mentions: names})
		}
		text.Reset()
		names = nil
	}
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		switch {
		case line == "---":
			flush()
			continue
		case strings.HasPrefix(line, "#"):
			continue
		}
		var err error
		if names, err = readMarkedLine(line, &text, names); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	flush()
	return docs, sc.Err()
}

// marks are the letters of the kinds in marked texts.
var marks = map[string]extract.Kind{"p": extract.Person, "o": extract.Organization, "l": extract.Place, "x": extract.Other}

func readMarkedLine(line string, text *strings.Builder, names []extract.Mention) ([]extract.Mention, error) {
	for {
		before, rest, found := strings.Cut(line, "[")
		text.WriteString(before)
		if !found {
			text.WriteByte('\n')
			return names, nil
		}
		inside, after, closed := strings.Cut(rest, "]")
		mark, name, _ := strings.Cut(inside, " ")
		kind, known := marks[mark]
		if !closed || !known || name == "" {
			return nil, fmt.Errorf("bad mark at %q", rest)
		}
		start := text.Len()
		text.WriteString(name)
		names = append(names, extract.Mention{Span: extract.Span{Start: start, End: text.Len()}, Kind: kind})
		line = after
	}
}
