package crf

// A Name is a name found: tokens First to Last of the island, of a kind,
// with the probability that just this is a name of this kind.
type Name struct {
	First, Last int
	Kind        int
	P           float32
}

// A Decoder finds the names of islands. It keeps its buffers and must not be
// used by two goroutines at once.
type Decoder struct {
	All bool // compute probabilities also where no name is found

	m       *Model
	trans   *Transitions
	factors [][Labels]float32
	alpha   [][Labels]float32
	beta    [][Labels]float32
	norm    []float32
	back    [][Labels]uint8
	labels  []uint8
	names   []Name
}

// NewDecoder returns a decoder for the model.
func NewDecoder(m *Model) *Decoder { return &Decoder{m: m} }

// Factors returns room for the factors of an island of n words, to be filled
// before Decode.
func (d *Decoder) Factors(n int) [][Labels]float32 {
	for len(d.factors) < n {
		d.factors = append(d.factors, [Labels]float32{})
		d.alpha = append(d.alpha, [Labels]float32{})
		d.beta = append(d.beta, [Labels]float32{})
		d.norm = append(d.norm, 0)
		d.back = append(d.back, [Labels]uint8{})
		d.labels = append(d.labels, 0)
	}
	return d.factors[:n]
}

// closers are the labels behind which no name is open. Labels that can
// follow them are called openers: Outside, every Begin and every Single.
var closers = [...]uint8{0, 3, 4, 7, 8, 11, 12, 15, 16}

// negligible is the share below which a label is not followed further.
const negligible = 1e-7

// addOpeners adds weight times the openers of row to sum.
func addOpeners(sum, row *[Labels]float32, weight float32) {
	sum[0] += weight * row[0]
	sum[1] += weight * row[1]
	sum[4] += weight * row[4]
	sum[5] += weight * row[5]
	sum[8] += weight * row[8]
	sum[9] += weight * row[9]
	sum[12] += weight * row[12]
	sum[13] += weight * row[13]
	sum[16] += weight * row[16]
}

// dotOpeners returns the product of the openers of a and b.
func dotOpeners(a, b *[Labels]float32) float32 {
	return a[0]*b[0] + a[1]*b[1] + a[4]*b[4] + a[5]*b[5] + a[8]*b[8] + a[9]*b[9] + a[12]*b[12] + a[13]*b[13] + a[16]*b[16]
}

// betterOpeners puts weight times the openers of row into best where that is
// more, and from into back.
func betterOpeners(best, row *[Labels]float32, back *[Labels]uint8, weight float32, from uint8) {
	for to := 0; to < Labels; to += 4 {
		if v := weight * row[to]; v > best[to] {
			best[to], back[to] = v, from
		}
	}
	for to := Begin; to < Labels; to += 4 {
		if v := weight * row[to]; v > best[to] {
			best[to], back[to] = v, from
		}
	}
}

// Decode finds the names of the island of n words whose factors were set, as
// a look sees them. The result is good until the next call.
func (d *Decoder) Decode(n, look int) []Name {
	d.trans = &d.m.trans[look]
	d.names = d.names[:0]
	d.viterbi(n)
	first := -1
	for i := range n {
		kind, part := Part(int(d.labels[i]))
		switch part {
		case Begin:
			first = i
		case Single:
			d.names = append(d.names, Name{i, i, kind, 0})
		case End:
			d.names = append(d.names, Name{first, i, kind, 0})
		}
	}
	if len(d.names) > 0 || d.All {
		d.forward(n)
		d.backward(n)
		for i := range d.names {
			d.names[i].P = d.probability(d.names[i])
		}
	}
	return d.names
}

// Label returns the label of word i.
func (d *Decoder) Label(i int) uint8 { return d.labels[i] }

// Kinds returns how probable it is that word i belongs to a name of each
// kind, after a Decode with All set.
func (d *Decoder) Kinds(i int) (p [Kinds]float32) {
	for k := range p {
		for part := Begin; part <= Single; part++ {
			p[k] += d.Marginal(i, Label(k, part))
		}
	}
	return p
}

// Marginal returns the probability that word i has the label.
func (d *Decoder) Marginal(i, label int) float32 { return d.alpha[i][label] * d.beta[i][label] }

// viterbi sets labels to the most probable sequence. alpha serves as the
// table of best products.
func (d *Decoder) viterbi(n int) {
	trans := d.trans
	prev := &[Labels]float32{Outside: 1}
	for t := range n {
		cur, f, back := &d.alpha[t], &d.factors[t], &d.back[t]
		*cur = [Labels]float32{}
		for _, c := range closers {
			if prev[c] > negligible {
				betterOpeners(cur, &trans[c], back, prev[c], c)
			}
		}
		for b := Begin; b < Labels; b += 4 {
			for to := b + 1; to <= b+2; to++ {
				cur[to], back[to] = prev[b]*trans[b][to], uint8(b)
				if v := prev[b+1] * trans[b+1][to]; v > cur[to] {
					cur[to], back[to] = v, uint8(b+1)
				}
			}
		}
		top := float32(0)
		for label := range cur {
			cur[label] *= f[label]
			top = max(top, cur[label])
		}
		scaleBy(cur, top)
		prev = cur
	}
	best, label := float32(-1), uint8(0)
	for _, c := range closers {
		if v := prev[c] * trans[c][Outside]; v > best {
			best, label = v, c
		}
	}
	for t := n - 1; t >= 0; t-- {
		d.labels[t] = label
		label = d.back[t][label]
	}
}

// scaleBy divides by top, unless that is no number to divide by.
func scaleBy(v *[Labels]float32, top float32) {
	if !(top > 0) {
		*v = [Labels]float32{Outside: 1}
		return
	}
	inv := 1 / top
	for l := range v {
		v[l] *= inv
	}
}

// forward sets alpha, every row summing to 1, and norm to what it was
// divided by.
func (d *Decoder) forward(n int) {
	trans := d.trans
	prev := &[Labels]float32{Outside: 1}
	for t := range n {
		cur, f := &d.alpha[t], &d.factors[t]
		*cur = [Labels]float32{}
		for _, c := range closers {
			if prev[c] > negligible {
				addOpeners(cur, &trans[c], prev[c])
			}
		}
		for b := Begin; b < Labels; b += 4 {
			cur[b+1] = prev[b]*trans[b][b+1] + prev[b+1]*trans[b+1][b+1]
			cur[b+2] = prev[b]*trans[b][b+2] + prev[b+1]*trans[b+1][b+2]
		}
		sum := float32(0)
		for label := range cur {
			cur[label] *= f[label]
			sum += cur[label]
		}
		scaleBy(cur, sum)
		d.norm[t] = sum
		prev = cur
	}
}

// backward sets beta so that alpha·beta is the probability of a label.
func (d *Decoder) backward(n int) {
	trans := d.trans
	last := &d.beta[n-1]
	total := float32(0)
	for l := range Labels {
		last[l] = trans[l][Outside]
		total += d.alpha[n-1][l] * last[l]
	}
	scaleBy(last, total)
	for t := n - 2; t >= 0; t-- {
		next, f := d.beta[t+1], &d.factors[t+1]
		for l := range next {
			next[l] *= f[l]
		}
		cur := &d.beta[t]
		*cur = [Labels]float32{}
		for _, from := range closers {
			if d.alpha[t][from] > negligible {
				cur[from] = dotOpeners(&trans[from], &next)
			}
		}
		for b := Begin; b < Labels; b += 4 {
			cur[b] = trans[b][b+1]*next[b+1] + trans[b][b+2]*next[b+2]
			cur[b+1] = trans[b+1][b+1]*next[b+1] + trans[b+1][b+2]*next[b+2]
		}
		scaleBy(cur, d.norm[t+1])
	}
}

// probability returns how probable it is that just this is a name.
func (d *Decoder) probability(name Name) float32 {
	if name.First == name.Last {
		return min(1, d.Marginal(name.First, Label(name.Kind, Single)))
	}
	label := Label(name.Kind, Begin)
	p := d.alpha[name.First][label]
	for t := name.First + 1; t <= name.Last; t++ {
		next := Label(name.Kind, Inner)
		if t == name.Last {
			next = Label(name.Kind, End)
		}
		p *= d.trans[label][next] * d.factors[t][next] / d.norm[t]
		label = next
	}
	return min(1, p*d.beta[name.Last][label])
}
