package feature

import "tenure/extract/gazetteer"

// A Belief is what a first look at the document makes of a token: the label
// it gave, and how probable it is that the token belongs to a name of each
// kind.
type Belief struct {
	Label uint8
	Kind  [Kinds]float32
}

// Kinds is the number of kinds of names.
const Kinds = 4

// nothing is the kind of what belongs to no name.
const nothing = Kinds

// A tally sums beliefs over the places of a word or of a name.
type tally struct {
	kind  [Kinds + 1]float32
	count float32
}

func (t *tally) add(b *Belief, sign float32) {
	rest := float32(1)
	for k, p := range b.Kind {
		t.kind[k] += sign * p
		rest -= p
	}
	t.kind[nothing] += sign * rest
	t.count += sign
}

// verdict returns the kind most places have, how clearly, and how many
// places there are, as one small number; 0 if there are none.
func (t *tally) verdict() uint64 {
	if t.count < 0.5 {
		return 0
	}
	best := 0
	for k := range t.kind {
		if t.kind[k] > t.kind[best] {
			best = k
		}
	}
	share := uint64(4 * max(0, min(t.kind[best]/t.count, 0.99)))
	return 1 + uint64(best)<<4 | share<<2 | uint64(min(t.count, 3.4))&3
}

// Believe tells the document what a first look made of its tokens, for
// EmitSecond. beliefs has one entry a token.
func (r *Reader) Believe(beliefs []Belief) {
	d := &r.Document
	d.beliefs = beliefs
	d.tallies = append(d.tallies[:0], make([]tally, len(d.words))...)
	clear(r.runs)
	for i := range d.Tokens {
		w := d.at[i].word
		d.tallies[w].add(&beliefs[i], 1)
		if start, end := d.Run(i); start == i && end-start > 1 {
			h := d.Hash(start, end-1)
			t := r.runs[h]
			t.add(&beliefs[i], 1)
			r.runs[h] = t
		}
	}
}

// EmitSecond appends the features of token i that rest on a first look.
func (d *Document) EmitSecond(i int, out []Feature) []Feature {
	b := &d.beliefs[i]
	label := uint64(b.Label)
	before, after := d.label(i-1), d.label(i+1)
	out = append(out, of(100, label), of(101, both(label, before)), of(102, both(label, after)), of(103, sureness(b)))
	p := &d.at[i]
	w := &d.words[p.word]
	if !w.letters.capital() {
		return out
	}
	others := d.tallies[p.word]
	others.add(b, -1)
	v := others.verdict()
	out = append(out, of(104, v), of(105, both(v, label)), of(106, both(v, uint64(p.runEnd-p.run))))
	if start, end := d.Run(i); end-start > 1 {
		t := d.runs[d.Hash(start, end-1)]
		t.add(&d.beliefs[start], -1)
		out = append(out, of(107, both(t.verdict(), label)))
	}
	if e, known := d.spelled[w.form]; known && e.head >= 0 {
		t := d.tallies[d.at[e.head].word]
		out = append(out, of(108, both(t.verdict(), label)), of(109, both(t.verdict(), flag(e.common))))
	}
	return out
}

func (d *Document) label(i int) uint64 {
	if i < 0 || i >= len(d.beliefs) {
		return 99
	}
	return uint64(d.beliefs[i].Label)
}

// sureness classes the beliefs by kind and probability.
func sureness(b *Belief) (v uint64) {
	for _, p := range b.Kind {
		v = v<<3 | uint64(7.99*max(0, min(p, 1)))
	}
	return v
}

// runTallies are the tallies of runs of capitals.
type runTallies map[gazetteer.Hash]tally

// Named returns which share of the places of the word of token i a first
// look took for parts of names.
func (d *Document) Named(i int) float32 {
	t := &d.tallies[d.at[i].word]
	return 1 - t.kind[nothing]/max(t.count, 1)
}
