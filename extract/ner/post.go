package ner

import (
	"slices"
	"strings"

	"tenure/extract"
	"tenure/extract/gazetteer"
	"tenure/extract/ner/internal/feature"
	"tenure/extract/ner/internal/title"
)

// The places of the kinds in kinds.
const (
	person = iota
	organization
	place
	other
)

// settle makes the names of a document agree with each other and with what
// names can be.
func (w *worker) settle(d *feature.Document, g *gazetteer.Gazetteer) {
	w.trim(d, g)
	w.part(d, g)
	w.couple(d, g)
	w.incorporate(d)
	w.sites(d)
	w.readLabels(d)
	w.agree(d)
	w.doubt(d)
	w.extend(d)
	w.repeat(d)
	w.expand(d)
	w.override(d, g)
}

// trim takes titles out of names, and drops what is no name.
func (w *worker) trim(d *feature.Document, g *gazetteer.Gazetteer) {
	out := w.names[:0]
	for i, n := range w.names {
		next := len(d.Tokens)
		if i+1 < len(w.names) {
			next = w.names[i+1].First
		}
		if n.Kind == person {
			start := d.Tokens[n.First].Start + title.Trim(d.Span(n.First, n.Last).In(d.Text))
			for d.Tokens[n.First].Start < start {
				n.First++
			}
		}
		if n.First < n.Last && (d.Word(n.First) == "the" || n.Kind != other && w.strayArticle(d, g, n)) {
			n.First++
		}
		if strings.Contains(d.Word(n.First), "@") || n.First > 0 && d.Word(n.First-1) == "#" {
			continue
		}
		if n.Kind == person {
			n.Last = generation(d, withoutDegrees(d, n), next)
		}
		out = append(out, n)
	}
	w.names = out
}

// strayArticle reports whether the name begins with a "The" that only begins
// the sentence: no known name begins so, and the document does not write it
// so elsewhere.
func (w *worker) strayArticle(d *feature.Document, g *gazetteer.Gazetteer, n named) bool {
	if d.Word(n.First) != "The" || !d.Sentence(n.First) {
		return false
	}
	if length, _ := d.Longest(g, n.First); length > n.Last-n.First {
		return false
	}
	h := d.Hash(n.First, n.Last)
	return !slices.ContainsFunc(w.names[:min(len(w.names), maxCompared)], func(o named) bool {
		return o.Last-o.First == n.Last-n.First && d.Word(o.First) == "The" && !d.Sentence(o.First) && d.Hash(o.First, o.Last) == h
	})
}

// maxCompared bounds the names that one is compared with.
const maxCompared = 500

// withoutDegrees returns the last token of a person's name without the degrees
// behind it: "Ann Lee, Ph.D."
func withoutDegrees(d *feature.Document, n named) int {
	last := n.Last
	for last > n.First && (degrees[d.Word(last)] || d.Word(last) == "," && last < n.Last) {
		last--
	}
	return last
}

// degrees stand behind the names of people.
var degrees = wordSet(`PhD Ph.D Ph.D. MD M.D. MBA M.B.A. JD J.D. RN R.N. MPH CPA CFA CFP MSc BSc M.S. B.S. B.A. M.A. DDS DVM LCSW OBE CBE Esq Esq.`)

// generation returns the last token of a name with the suffix that follows
// it before token end: "Jr.", "III", also behind a comma.
func generation(d *feature.Document, last, end int) int {
	at := last + 1
	if at < end && d.Word(at) == "," {
		at++
	}
	if at < end && !d.Tokens[at].Line {
		switch d.Word(at) {
		case "Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV":
			return at
		}
	}
	return last
}

// least is how probable a name of each kind must be to be told. A name that
// is right less often than that costs more F1 than it brings.
var least = [len(kinds)]float32{person: 0, organization: 0.4, place: 0.4, other: 0.3}

// doubt drops the names that are not probable enough, and what only stands
// for an organization named before: "the Court".
func (w *worker) doubt(d *feature.Document) {
	w.names = slices.DeleteFunc(w.names, func(n named) bool {
		return n.P < least[n.Kind] || n.Kind == organization && n.First == n.Last && heads[d.Word(n.First)]
	})
}

// sure is the probability from which the context of a single place decides.
const sure = 0.9

// agree gives every string one kind in the document: the one that its places
// together make most probable. A place that is sure of another keeps it.
func (w *worker) agree(d *feature.Document) {
	clear(w.votes)
	for _, n := range w.names {
		h := d.Hash(n.First, n.Last)
		v := w.votes[h]
		v[n.Kind] += n.P
		w.votes[h] = v
	}
	for i := range w.names {
		n := &w.names[i]
		v := w.votes[d.Hash(n.First, n.Last)]
		best := n.Kind
		for k := range v {
			if v[k] > v[best] {
				best = k
			}
		}
		if best != n.Kind && n.P < sure {
			n.Kind = best
			n.P = v[best] / (v[person] + v[organization] + v[place] + v[other])
		}
	}
}

// extend finds the further places of names that are known from elsewhere in
// the document: a capitalized word that is the whole of a name, or a surname.
// One place that is sure finds the word where it stands by itself inside a
// sentence; several find it everywhere.
func (w *worker) extend(d *feature.Document) {
	clear(w.known)
	for _, n := range w.names {
		if n.Kind == person || n.Kind == organization && n.First == n.Last {
			w.note(d.Low(n.Last), n)
		}
	}
	if len(w.known) == 0 {
		return
	}
	at := 0
	for i := range d.Tokens {
		for at < len(w.names) && w.names[at].Last < i {
			at++
		}
		if at < len(w.names) && w.names[at].First <= i || !d.Capital(i) || d.InLower(i) {
			continue
		}
		if k, known := w.known[d.Low(i)]; known && k.finds(d, i) {
			w.added = append(w.added, named{First: i, Last: i, Kind: k.kind, P: k.best / 2})
		}
	}
	w.merge()
}

// A knowledge is what the places of a word say: the kind of the most
// probable, its probability, and the sum of those of that kind.
type knowledge struct {
	kind      int
	best, sum float32
}

func (w *worker) note(h gazetteer.Hash, n named) {
	k := w.known[h]
	if n.P > k.best {
		if k.kind != n.Kind {
			k.sum = 0
		}
		k.kind, k.best = n.Kind, n.P
	}
	if k.kind == n.Kind {
		k.sum += n.P
	}
	w.known[h] = k
}

const (
	extendFrom  = 0.6 // how probable a place must be to find others
	extendAbout = 2.0 // the sum of probabilities from which all places are found
)

// finds reports whether what is known makes token i a name.
func (k knowledge) finds(d *feature.Document, i int) bool {
	start, end := d.Run(i)
	alone := end-start == 1
	return k.best >= extendFrom && (alone && !d.Sentence(i) || k.sum >= extendAbout && (alone || !d.Shouting(i)))
}

// expand finds the name that an organization's acronym stands for, where
// nothing was found in it.
func (w *worker) expand(d *feature.Document) {
	clear(w.known)
	for _, n := range w.names {
		h := d.Low(n.Last)
		if _, done := w.known[h]; done || n.Kind != organization || n.First != n.Last {
			continue
		}
		w.known[h] = knowledge{}
		first, last, found := d.Expansion(n.First)
		within := func(o named) bool { return o.First <= last && first <= o.Last }
		if !found || len(w.names) > maxCompared || slices.ContainsFunc(w.names, within) || slices.ContainsFunc(w.added, within) {
			continue
		}
		w.added = append(w.added, named{First: first, Last: last, Kind: organization, P: n.P * n.P})
	}
	w.merge()
}

// merge puts the added names among the others.
func (w *worker) merge() {
	w.names = append(w.names, w.added...)
	w.added = w.added[:0]
	slices.SortFunc(w.names, func(a, b named) int { return a.First - b.First })
}

// override puts the user's own names over what was found.
func (w *worker) override(d *feature.Document, g *gazetteer.Gazetteer) {
	if !g.HasUser() {
		return
	}
	for i := 0; i < len(d.Tokens); {
		n, kind := d.User(g, i)
		if n == 0 {
			i++
			continue
		}
		w.added = append(w.added, named{First: i, Last: i + n - 1, Kind: slices.Index(kinds[:], kind), P: 1})
		i += n
	}
	w.overrule()
}

// overrule puts the added names, which are in order and without overlap,
// among the others and drops those that they overlap.
func (w *worker) overrule() {
	at, out := 0, w.names[:0]
	for _, n := range w.names {
		for at < len(w.added) && w.added[at].Last < n.First {
			at++
		}
		if at == len(w.added) || n.Last < w.added[at].First {
			out = append(out, n)
		}
	}
	w.names = out
	w.merge()
}

// mentions returns the names as spans of the text.
func (w *worker) mentions(d *feature.Document) []extract.Mention {
	out := make([]extract.Mention, 0, len(w.names))
	for _, n := range w.names {
		out = append(out, extract.Mention{Span: d.Span(n.First, n.Last), Kind: kinds[n.Kind], Score: float64(n.P)})
	}
	return out
}
