package ner

import (
	"sync"

	"tenure/extract"
	"tenure/extract/gazetteer"
	"tenure/extract/ner/internal/crf"
	"tenure/extract/ner/internal/feature"
	"tenure/extract/ner/internal/pass"
)

// A Tagger recognizes names with a linear-chain conditional random field
// over the words of a text, their form, neighbours, classes and vectors of
// similar words, known names and the rest of the document.
type Tagger struct {
	manifest Manifest
	model    *crf.Model
	clusters *feature.Clusters
	gaz      *gazetteer.Gazetteer
	workers  *sync.Pool // of *worker
}

// A worker is what one Recognize needs for itself.
type worker struct {
	reader *pass.Reader
	names  []named
	added  []named
	votes  map[gazetteer.Hash][len(kinds)]float32
	known  map[gazetteer.Hash]knowledge
}

// named is a name by its tokens in the document.
type named = crf.Name

func (t *Tagger) newWorkers() {
	t.workers = &sync.Pool{New: func() any {
		return &worker{
			reader: pass.New(feature.NewReader(t.gaz, t.clusters), t.model),
			votes:  map[gazetteer.Hash][len(kinds)]float32{}, known: map[gazetteer.Hash]knowledge{},
		}
	}}
}

// kinds are the kinds of names in the order of the model's labels.
var kinds = [...]extract.Kind{extract.Person, extract.Organization, extract.Place, extract.Other}

// Manifest tells which model this is.
func (t *Tagger) Manifest() Manifest { return t.manifest }

// maxText bounds how much of a text is read, in bytes; what follows has no
// mentions.
const maxText = 4 << 20

// Recognize implements [Recognizer].
func (t *Tagger) Recognize(text string) []extract.Mention {
	return t.recognize(text, (*worker).settle)
}

func (t *Tagger) recognize(text string, settle func(*worker, *feature.Document, *gazetteer.Gazetteer)) []extract.Mention {
	text = cutAt(text, maxText)
	w := t.workers.Get().(*worker)
	defer t.workers.Put(w)
	d := w.reader.First(text)
	w.names = w.reader.Second(d, w.names[:0])
	settle(w, d, t.gaz)
	return w.mentions(d)
}

// Unsettled returns a recognizer that tells what the model finds before the
// names are made to agree. It shows what the rules behind the model are
// worth.
func (t *Tagger) Unsettled() Recognizer { return unsettled{t} }

type unsettled struct{ *Tagger }

func (u unsettled) Recognize(text string) []extract.Mention {
	return u.recognize(text, func(*worker, *feature.Document, *gazetteer.Gazetteer) {})
}
