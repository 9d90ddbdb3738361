package train

// A numbering numbers things in the order in which they are met.
type numbering[K comparable] struct {
	of  map[K]uint32
	met []K
}

func newNumbering[K comparable]() *numbering[K] { return &numbering[K]{of: map[K]uint32{}} }

// number returns the number of k.
func (x *numbering[K]) number(k K) uint32 {
	n, known := x.of[k]
	if !known {
		n = uint32(len(x.met))
		x.of[k] = n
		x.met = append(x.met, k)
	}
	return n
}

// A translation turns the numbers of one numbering into those of another.
type translation[K comparable] struct {
	from, to *numbering[K]
	known    []uint32 // counted from 1
}

func translate[K comparable](from, to *numbering[K]) *translation[K] {
	return &translation[K]{from, to, make([]uint32, len(from.met))}
}

// number returns the number that what has number n in the one numbering has in
// the other, which meets it now if it is new there.
func (t *translation[K]) number(n uint32) uint32 {
	if t.known[n] == 0 {
		t.known[n] = 1 + t.to.number(t.from.met[n])
	}
	return t.known[n] - 1
}
