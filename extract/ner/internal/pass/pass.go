// Package pass takes the two looks at a document: the first tags every
// island by itself; the second knows what the first made of the other places
// of the same words.
package pass

import (
	"slices"

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
	sums      []crf.Sum // per token of an island
	beliefs   []feature.Belief
	quiet     []bool      // per island: the first look found nothing like a name
	projected []projected // of words met, from whatever document
}

// A projected is what the vector of a word gives the words around it.
type projected struct {
	code *feature.Code
	to   crf.Projections
}

// kept is how many projections are kept, each in the place of its word.
const kept = 1 << 12

// New returns a reader that looks with the model at the documents of r.
func New(r *feature.Reader, m *crf.Model) *Reader {
	p := &Reader{documents: r, model: m, decoder: crf.NewDecoder(m)}
	if m.Deep() {
		p.projected = make([]projected, kept)
	}
	return p
}

// First reads text and takes the first look. The document knows what it
// made of it.
func (r *Reader) First(text string) *feature.Document {
	d := r.documents.Read(text)
	r.beliefs = append(r.beliefs[:0], make([]feature.Belief, len(d.Tokens))...)
	r.sums = slices.Grow(r.sums[:0], len(d.Tokens))[:len(d.Tokens)]
	r.quiet = r.quiet[:0]
	r.decoder.All = true
	for _, island := range d.Islands {
		for i := island.Start; i < island.End; i++ {
			r.features = d.Emit(i, r.features[:0])
			r.sums[i] = crf.Sum{}
			r.model.Add(&r.sums[i], r.features)
			r.addWords(d, i)
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

// Scores returns what the look before made of token i, which is in an island:
// the score of every label but Outside, in units of crf.Scale.
func (r *Reader) Scores(i int) (scores [crf.Lanes]int32) {
	r.model.Scores(&r.sums[i], &scores)
	return scores
}

// addWords adds the vectors of the words around token i.
func (r *Reader) addWords(d *feature.Document, i int) {
	if !r.model.Deep() {
		return
	}
	for place, word := range d.Around(i) {
		if word < 0 {
			continue
		}
		if code, number := d.Code(word); code != nil {
			r.sums[i].AddWord(r.project(code, number), place)
		}
	}
}

// project returns the projections of the vector with the number.
func (r *Reader) project(code *feature.Code, number uint32) *crf.Projections {
	p := &r.projected[number%kept]
	if p.code != code {
		p.code = code
		r.model.Project(code, &p.to)
	}
	return &p.to
}

func (r *Reader) decode(island feature.Island, look int) []crf.Name {
	n := island.End - island.Start
	factors := r.decoder.Factors(n)
	for i := range n {
		r.model.Factors(&r.sums[island.Start+i], &factors[i])
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
