// Package pass takes the two looks at a document: the first tags every
// island by itself; the second knows what the first made of the other places
// of the same words.
package pass

import (
	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"
)

// A Reader looks at one document after another with a model. It must not be
// used by two goroutines at once.
type Reader struct {
	documents *feature.Reader
	model     *crf.Model
	decoder   *crf.Decoder
	features  []feature.Feature
	sums      []crf.Sum // per token
	beliefs   []feature.Belief
	quiet     []bool // per island: the first look found nothing like a name
}

// New returns a reader that looks with the model at the documents of r.
func New(r *feature.Reader, m *crf.Model) *Reader {
	return &Reader{documents: r, model: m, decoder: crf.NewDecoder(m)}
}

// First reads text and takes the first look. The document knows what it
// made of it.
func (r *Reader) First(text string) *feature.Document {
	d := r.documents.Read(text)
	r.beliefs = append(r.beliefs[:0], make([]feature.Belief, len(d.Tokens))...)
	r.sums = append(r.sums[:0], make([]crf.Sum, len(d.Tokens))...)
	r.quiet = r.quiet[:0]
	r.decoder.All = true
	for _, island := range d.Islands {
		for i := island.Start; i < island.End; i++ {
			r.features = d.Emit(i, r.features[:0])
			r.model.Add(&r.sums[i], r.features)
		}
		names := r.decode(island, 0)
		for i := island.Start; i < island.End; i++ {
			r.beliefs[i] = feature.Belief{Label: r.decoder.Label(i - island.Start), Kind: r.decoder.Kinds(i - island.Start)}
		}
		r.quiet = append(r.quiet, len(names) == 0 && r.certain(island))
	}
	r.documents.Believe(r.beliefs)
	return d
}

// Second takes the second look at the document that First returned and
// appends the names in it, by tokens.
func (r *Reader) Second(d *feature.Document, names []crf.Name) []crf.Name {
	r.decoder.All = false
	for k, island := range d.Islands {
		if r.quiet[k] && !spokenFor(d, island) {
			continue
		}
		for i := island.Start; i < island.End; i++ {
			r.features = d.EmitSecond(i, r.features[:0])
			r.model.Add(&r.sums[i], r.features)
		}
		for _, n := range r.decode(island, 1) {
			n.First += island.Start
			n.Last += island.Start
			names = append(names, n)
		}
	}
	return names
}

func (r *Reader) decode(island feature.Island, look int) []crf.Name {
	n := island.End - island.Start
	factors := r.decoder.Factors(n)
	for i := range n {
		r.model.Factors(&r.sums[island.Start+i], look, &factors[i])
	}
	return r.decoder.Decode(n, look)
}

// certain reports whether hardly anything in the island may be a name.
func (r *Reader) certain(island feature.Island) bool {
	for _, b := range r.beliefs[island.Start:island.End] {
		for _, p := range b.Kind {
			if p > 0.02 {
				return false
			}
		}
	}
	return true
}

// spokenFor reports whether the document has a word of the island in a name
// elsewhere.
func spokenFor(d *feature.Document, island feature.Island) bool {
	for i := island.Start; i < island.End; i++ {
		if d.Capital(i) && d.Named(i) > 0.05 {
			return true
		}
	}
	return false
}
