// Package pass takes the two looks at a document: the first tags every
// island by itself; the second knows what the first made of the other places
// of the same words.
package pass

import (
	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"
)

// A Look reads one document after another with a model. It must not be used
// by two goroutines at once.
type Look struct {
	reader   *feature.Reader
	model    *crf.Model
	decoder  *crf.Decoder
	features []feature.Feature
	beliefs  []feature.Belief
	quiet    []bool // per island: the first look found nothing like a name
}

// New returns a look of the model at the documents of the reader.
func New(r *feature.Reader, m *crf.Model) *Look {
	return &Look{reader: r, model: m, decoder: crf.NewDecoder(m)}
}

// First reads text and takes the first look. The document knows what it
// made of it.
func (l *Look) First(text string) *feature.Document {
	d := l.reader.Read(text)
	l.beliefs = append(l.beliefs[:0], make([]feature.Belief, len(d.Tokens))...)
	l.decoder.All = true
	l.quiet = l.quiet[:0]
	for _, island := range d.Islands {
		names := l.decode(d, island, false)
		for i := island.Start; i < island.End; i++ {
			l.beliefs[i] = feature.Belief{Label: l.decoder.Label(i - island.Start), Kind: l.decoder.Kinds(i - island.Start)}
		}
		l.quiet = append(l.quiet, len(names) == 0 && l.certain(island))
	}
	l.reader.Believe(l.beliefs)
	return d
}

// certain reports whether hardly anything in the island may be a name.
func (l *Look) certain(island feature.Island) bool {
	for _, b := range l.beliefs[island.Start:island.End] {
		for _, p := range b.Kind {
			if p > 0.02 {
				return false
			}
		}
	}
	return true
}

// Quiet reports whether the first look at island i found nothing like a
// name and nothing speaks for one elsewhere in the document.
func (l *Look) Quiet(d *feature.Document, i int) bool {
	if !l.quiet[i] {
		return false
	}
	for t := d.Islands[i].Start; t < d.Islands[i].End; t++ {
		if d.Capital(t) && d.Named(t) > 0.05 {
			return false
		}
	}
	return true
}

// Second appends the names of the document, by tokens, as the second look
// at it finds them, islands apart that first found quiet.
func (l *Look) Second(d *feature.Document, first *Look, names []crf.Name) []crf.Name {
	for i, island := range d.Islands {
		if first.Quiet(d, i) {
			continue
		}
		for _, n := range l.decode(d, island, true) {
			n.First += island.Start
			n.Last += island.Start
			names = append(names, n)
		}
	}
	return names
}

func (l *Look) decode(d *feature.Document, island feature.Island, second bool) []crf.Name {
	n := island.End - island.Start
	factors := l.decoder.Factors(n)
	for i := range n {
		l.features = d.Emit(island.Start+i, l.features[:0])
		if second {
			l.features = d.EmitSecond(island.Start+i, l.features)
		}
		l.model.Factors(l.features, &factors[i])
	}
	return l.decoder.Decode(n)
}
