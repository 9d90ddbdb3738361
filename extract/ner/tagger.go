package ner

import (
	"sync"

	"tenure/extract"
	"tenure/extract/gazetteer"
	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"
)

// A Tagger recognizes names with a linear-chain conditional random field
// over the words of a text, their form, neighbours, classes of similar words,
// known names and the rest of the document.
type Tagger struct {
	Bare     bool
	manifest Manifest
	model    *crf.Model
	clusters *feature.Clusters
	gaz      *gazetteer.Gazetteer
	workers  *sync.Pool // of *worker
}

// A worker is what one Recognize needs for itself.
type worker struct {
	reader  *feature.Reader
	decoder *crf.Decoder
	buf     []feature.Feature
	names   []named
	added   []named
	votes   map[gazetteer.Hash][len(kinds)]float32
	known   map[gazetteer.Hash]named
}

func (t *Tagger) newWorkers() {
	t.workers = &sync.Pool{New: func() any {
		return &worker{
			reader: feature.NewReader(t.gaz, t.clusters), decoder: crf.NewDecoder(t.model),
			votes: map[gazetteer.Hash][len(kinds)]float32{}, known: map[gazetteer.Hash]named{},
		}
	}}
}

// kinds are the kinds of names in the order of the model's labels.
var kinds = [...]extract.Kind{extract.Person, extract.Organization, extract.Place, extract.Other}

// Manifest tells which model this is.
func (t *Tagger) Manifest() Manifest { return t.manifest }

// maxText bounds how much of a text is read, in bytes; what follows has no
// mentions.
const maxText = 8 << 20

// Recognize implements [Recognizer].
func (t *Tagger) Recognize(text string) []extract.Mention {
	text = cutAt(text, maxText)
	w := t.workers.Get().(*worker)
	defer t.workers.Put(w)
	d := w.reader.Read(text)
	w.tag(d, t.model)
	if !t.Bare {
		w.settle(d, t.gaz)
	}
	return w.mentions(d)
}

// named is a name by its tokens in the document.
type named = crf.Name

// tag sets w.names to the names of the document in order.
func (w *worker) tag(d *feature.Document, m *crf.Model) {
	w.names = w.names[:0]
	for _, island := range d.Islands {
		n := island.End - island.Start
		factors := w.decoder.Factors(n)
		for i := range n {
			w.buf = d.Emit(island.Start+i, w.buf[:0])
			m.Factors(w.buf, &factors[i])
		}
		for _, name := range w.decoder.Decode(n) {
			name.First += island.Start
			name.Last += island.Start
			w.names = append(w.names, name)
		}
	}
}
