package train

import (
	"slices"
	"sync"

	"tenure/extract/ner/internal/feature"
)

// A halves is the collections of either half of the documents.
type halves [2]*collection

// collect makes examples of the documents, of both halves at a time.
func collect(docs []Document, collectors [2]*collector) (h halves) {
	var both sync.WaitGroup
	for half, c := range collectors {
		h[half] = c.collection
		both.Go(func() {
			for i := range docs {
				if docs[i].Half == half {
					c.add(&docs[i])
				}
			}
		})
	}
	both.Wait()
	return h
}

// whole returns what one collector makes of all documents in their order.
func (h halves) whole(docs []Document) *collection {
	out := newCollection()
	var copiers [2]*copier
	for half, c := range h {
		copiers[half] = &copier{c.islands, c.examples, translate(c.features, out.features), translate(c.codes, out.codes)}
	}
	for i := range docs {
		out.examples = copiers[docs[i].Half].appendDocument(out.examples)
	}
	return out
}

// A copier copies examples from one collection to another.
type copier struct {
	islands  []int // what is left of the collection
	examples []example
	features *translation[feature.Feature]
	codes    *translation[*feature.Code]
}

// appendDocument appends the examples of the next document.
func (c *copier) appendDocument(out []example) []example {
	n := c.islands[0]
	for i := range c.examples[:n] {
		out = append(out, c.copy(&c.examples[i]))
	}
	c.islands, c.examples = c.islands[1:], c.examples[n:]
	return out
}

// copy returns an example as it is in the other collection.
func (c *copier) copy(e *example) example {
	out := e.renumbered(func(f uint32) (uint32, bool) { return c.features.number(f), true })
	out.around = slices.Clone(e.around)
	for i := range out.around {
		for k, code := range e.around[i] {
			out.around[i][k] = c.codes.number(code)
		}
	}
	return out
}

// pruned returns the collection without the features seen fewer than rare
// times.
func (c *collection) pruned(rare int) *collection {
	counts := make([]int, len(c.features.met))
	for i := range c.examples {
		for _, f := range c.examples[i].features {
			counts[f]++
		}
	}
	const gone = ^uint32(0)
	kept, numbers := &numbering[feature.Feature]{}, make([]uint32, len(counts))
	for n, f := range c.features.met {
		numbers[n] = gone
		if counts[n] >= rare {
			numbers[n] = uint32(len(kept.met))
			kept.met = append(kept.met, f)
		}
	}
	out := &collection{features: kept, codes: c.codes, examples: make([]example, len(c.examples))}
	for i := range c.examples {
		out.examples[i] = c.examples[i].renumbered(func(f uint32) (uint32, bool) { return numbers[f], numbers[f] != gone })
	}
	return out
}

// renumbered returns the example with other numbers for its features, those
// left out that are not kept.
func (e *example) renumbered(number func(uint32) (n uint32, kept bool)) example {
	out := *e
	out.features, out.ends = make([]uint32, 0, len(e.features)), make([]uint32, len(e.ends))
	start := uint32(0)
	for w, end := range e.ends {
		for _, f := range e.features[start:end] {
			if n, kept := number(f); kept {
				out.features = append(out.features, n)
			}
		}
		start, out.ends[w] = end, uint32(len(out.features))
	}
	return out
}
