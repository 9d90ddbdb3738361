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
	w.agree(d)
	w.extend(d)
	w.override(d, g)
}

// trim takes titles out of names, and drops what is no name.
func (w *worker) trim(d *feature.Document, g *gazetteer.Gazetteer) {
	out := w.names[:0]
	for _, n := range w.names {
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
			n.Last = generation(d, n.Last)
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

// generation returns the last token of a name with the suffix that follows
// it: "Jr.", "III", also behind a comma.
func generation(d *feature.Document, last int) int {
	at := last + 1
	if at < len(d.Tokens) && d.Word(at) == "," {
		at++
	}
	if at < len(d.Tokens) && !d.Tokens[at].Line {
		switch d.Word(at) {
		case "Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV":
			return at
		}
	}
	return last
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
// the document: a capitalized word by itself that is the whole of a name, or
// a surname.
func (w *worker) extend(d *feature.Document) {
	clear(w.known)
	for _, n := range w.names {
		if n.P < extendFrom || n.Kind == other || n.Kind == place {
			continue
		}
		if n.First == n.Last {
			w.note(d, n.Last, n)
		} else if n.Kind == person {
			w.note(d, n.Last, n)
		}
	}
	if len(w.known) == 0 {
		return
	}
	found := false
	for i, at := 0, 0; i < len(d.Tokens); i++ {
		for at < len(w.names) && w.names[at].Last < i {
			at++
		}
		if at < len(w.names) && w.names[at].First <= i || !d.Capital(i) || d.InLower(i) {
			continue
		}
		k, known := w.known[d.Low(i)]
		if start, end := d.Run(i); known && end-start == 1 && !d.Sentence(i) {
			w.added = append(w.added, named{First: i, Last: i, Kind: k.Kind, P: k.P / 2})
			found = true
		}
	}
	if found {
		w.names = append(w.names, w.added...)
		w.added = w.added[:0]
		slices.SortFunc(w.names, func(a, b named) int { return a.First - b.First })
	}
}

// extendFrom is how probable a name must be to find others.
const extendFrom = 0.8

func (w *worker) note(d *feature.Document, token int, n named) {
	h := d.Low(token)
	if k, known := w.known[h]; !known || k.P < n.P {
		w.known[h] = n
	}
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
		own := named{First: i, Last: i + n - 1, Kind: slices.Index(kinds[:], kind), P: 1}
		w.names = slices.DeleteFunc(w.names, func(o named) bool { return o.First <= own.Last && own.First <= o.Last })
		w.names = append(w.names, own)
		i += n
	}
	slices.SortFunc(w.names, func(a, b named) int { return a.First - b.First })
}

// mentions returns the names as spans of the text.
func (w *worker) mentions(d *feature.Document) []extract.Mention {
	out := make([]extract.Mention, 0, len(w.names))
	for _, n := range w.names {
		out = append(out, extract.Mention{Span: d.Span(n.First, n.Last), Kind: kinds[n.Kind], Score: float64(n.P)})
	}
	return out
}
