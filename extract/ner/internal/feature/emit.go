package feature

import "tenure/extract/gazetteer"

// A Feature is one observation, as a number that stands for its kind and
// value. Different observations have different numbers but for chance.
type Feature uint64

// of returns the feature of the given kind (one per line of Emit) and value.
func of(kind, value uint64) Feature {
	x := (value ^ kind*0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93
	x ^= x >> 32
	return Feature(x&^(kindMask<<kindShift) | kind<<kindShift)
}

func both(a, b uint64) uint64 { return (a*0x9e3779b97f4a7c15 ^ b) * 0xff51afd7ed558ccd }

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// outside stands for the words before and behind a line.
var outside = word{low: 1, form: 1, shape: 1}

// word returns the word at token i, if that is in the line of token at.
func (d *Document) word(i, at int) *word {
	switch {
	case i < 0 || i >= len(d.at):
		return &outside
	case i < at:
		for j := i + 1; j <= at; j++ {
			if d.Tokens[j].Line {
				return &outside
			}
		}
	default:
		for j := at + 1; j <= i; j++ {
			if d.Tokens[j].Line {
				return &outside
			}
		}
	}
	return &d.words[d.at[i].word]
}

// Emit appends the features of token i to out.
func (d *Document) Emit(i int, out []Feature) []Feature {
	p := &d.at[i]
	w := &d.words[p.word]
	before, before2 := d.word(i-1, i), d.word(i-2, i)
	after, after2 := d.word(i+1, i), d.word(i+2, i)

	out = append(out,
		of(1, uint64(w.low)), of(2, uint64(before.low)), of(3, uint64(after.low)), of(4, uint64(before2.low)), of(5, uint64(after2.low)),
		of(6, w.shape), of(7, before.shape), of(8, after.shape),
		of(9, both(before.shape, w.shape)), of(10, both(w.shape, after.shape)), of(11, both(before.shape, both(w.shape, after.shape))),
		of(12, uint64(before.cluster.Coarse)), of(13, uint64(after.cluster.Coarse)),
		of(14, uint64(before.cluster.Middle)), of(15, uint64(after.cluster.Middle)),
		of(16, uint64(before2.cluster.Middle)), of(17, uint64(after2.cluster.Middle)),
		of(18, uint64(before.cluster.Fine)), of(19, uint64(after.cluster.Fine)),
		of(20, both(uint64(before.cluster.Coarse), uint64(w.cluster.Coarse))), of(21, both(uint64(w.cluster.Coarse), uint64(after.cluster.Coarse))),
		of(22, uint64(w.cluster.Coarse)), of(23, uint64(w.cluster.Middle)), of(24, uint64(w.cluster.Fine)),
		of(25, uint64(before.class)), of(26, uint64(after.class)),
		of(27, both(uint64(before.low), w.shape)), of(28, both(uint64(after.low), w.shape)),
		of(29, both(uint64(before.cluster.Middle), w.shape)), of(30, both(uint64(after.cluster.Middle), w.shape)),
	)
	if w.letters == marks {
		return out
	}
	for n := 1; n < len(w.suffix); n++ {
		out = append(out, of(31+uint64(n), w.suffix[n]))
	}
	if w.letters.capital() {
		out = d.emitCapital(i, p, w, out)
	}
	return out
}

// emitCapital appends the features that only capitalized words have.
func (d *Document) emitCapital(i int, p *place, w *word, out []Feature) []Feature {
	for n := 1; n < len(w.prefix); n++ {
		out = append(out, of(41+uint64(n), w.prefix[n]))
	}
	class := uint64(w.class)
	out = append(out, of(51, w.form), of(52, class), of(53, both(class, w.shape)), of(54, both(flag(p.sentence)<<1|flag(p.shouting), w.shape)))
	for bits := class; bits != 0; bits &= bits - 1 {
		out = append(out, of(55, bits&-bits))
	}
	at := uint64(p.phraseAt)<<2 | uint64(p.phraseLen)
	for bits := uint64(p.phrase); bits != 0; bits &= bits - 1 {
		out = append(out, of(56, both(bits&-bits, at)))
	}
	out = append(out, of(57, both(uint64(p.phrase), at)))
	out = d.emitRun(i, p, out)
	out = d.emitStats(p, w, out)
	out = d.emitContext(i, p, out)
	return d.emitDocument(i, p, w, out)
}

// emitRun appends what the run of capitals around token i looks like.
func (d *Document) emitRun(i int, p *place, out []Feature) []Feature {
	start, end := int(p.run), int(p.runEnd)
	first, last := &d.words[d.at[start].word], &d.words[d.at[end-1].word]
	before, after := d.word(start-1, start), d.word(end, end-1)
	length := uint64(min(end-start, 5))
	pos := length<<4 | uint64(min(i-start, 3))<<2 | uint64(min(end-1-i, 3))
	where := both(flag(i == start), flag(i == end-1))
	return append(out,
		of(60, pos), of(61, both(uint64(first.low), where)), of(62, both(uint64(last.low), where)),
		of(63, uint64(before.low)), of(64, uint64(after.low)), of(65, both(uint64(before.cluster.Middle), pos)), of(66, both(uint64(after.cluster.Middle), pos)),
		of(67, both(uint64(first.class), pos)), of(68, both(uint64(last.class), pos)),
		of(69, both(uint64(first.cluster.Middle), where)), of(70, both(uint64(last.cluster.Middle), where)),
		of(71, both(uint64(before.class&gazetteer.Title), pos)), of(72, both(uint64(d.word(start-2, start).cluster.Middle), where)),
	)
}

// others is how many other places of a word are looked at.
const others = 3

// emitDocument appends what the rest of the document tells of the word.
func (d *Document) emitDocument(i int, p *place, w *word, out []Feature) []Feature {
	middle := w.middle - flagInt(!p.sentence)
	out = append(out, of(80, flag(w.lower > 0)<<3|flag(middle > 0)<<2|flag(p.sentence)<<1|flag(w.count > 1)))
	e, known := d.spelled[w.form]
	out = append(out, of(81, flag(known)<<1|flag(e.common)))
	if known && e.head >= 0 {
		head := &d.words[d.at[e.head].word]
		out = append(out, of(91, uint64(head.low)), of(92, uint64(head.cluster.Middle)), of(93, flag(e.common)))
	}
	n := 0
	for _, at := range w.seen[:min(w.count, int32(len(w.seen)))] {
		if int(at) == i || n == others {
			continue
		}
		n++
		out = d.emitOther(i, int(at), out)
	}
	return out
}

func flagInt(b bool) int32 {
	if b {
		return 1
	}
	return 0
}

// emitOther appends what stands around another place of the word of token i.
func (d *Document) emitOther(i, at int, out []Feature) []Feature {
	q := &d.at[at]
	start, end := int(q.run), int(q.runEnd)
	if start < 0 {
		return out
	}
	before, after := d.word(start-1, start), d.word(end, end-1)
	first, last := &d.words[d.at[start].word], &d.words[d.at[end-1].word]
	where := uint64(min(end-start, 4))<<4 | uint64(min(at-start, 3))<<2 | uint64(min(end-1-at, 3))
	same := flag(int(d.at[i].runEnd-d.at[i].run) == end-start)
	return append(out,
		of(82, both(uint64(before.cluster.Middle), where)), of(83, both(uint64(after.cluster.Middle), where)),
		of(84, both(uint64(first.class), where)), of(85, both(uint64(last.low), where)), of(86, both(uint64(q.phrase), uint64(q.phraseAt))),
		of(87, uint64(before.low)), of(88, uint64(after.low)), of(89, both(where, same)),
		of(90, both(uint64(before.class&gazetteer.Title), where)),
	)
}
