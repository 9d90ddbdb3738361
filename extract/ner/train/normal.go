package train

import (
	"strings"

	"tenure/extract"
	"tenure/extract/gazetteer"
	"tenure/extract/ner/internal/title"
)

// normalize makes the names of a document follow one convention, since the
// corpora have several: titles and "the" are outside names, and words for
// where people come from ("French") are no places.
func normalize(d *Document, g *gazetteer.Gazetteer) {
	out := d.Mentions[:0]
	for _, m := range d.Mentions {
		text := m.In(d.Text)
		if m.Kind == extract.Person {
			m.Start += title.Trim(text)
		}
		if rest, found := strings.CutPrefix(text, "the "); found && rest != "" && m.Kind != extract.Other {
			m.Start += len("the ")
		}
		if m.Kind == extract.Place && !strings.Contains(text, " ") && g.Word(gazetteer.HashWord(text))&(gazetteer.Demonym|gazetteer.Country) == gazetteer.Demonym {
			m.Kind = extract.Other
		}
		out = append(out, m)
	}
	d.Mentions = out
}
