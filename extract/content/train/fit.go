package train

import (
	"hash/fnv"
	"math/rand/v2"

	"tenure/extract/content/internal/block"
)

// passes are the settings of the two passes.
var passes = [2]settings{
	{trees: 120, depth: 5, rate: 0.1, ridge: 8, columns: 0.35, steep: 0.12, rows: 0.08},
	{trees: 120, depth: 5, rate: 0.1, ridge: 8, columns: 0.35, steep: 0.12, rows: 0.08},
}

// fold returns to which of n folds a publisher belongs.
func fold(group string, n int, seed uint64) int {
	h := fnv.New64a()
	h.Write([]byte(group))
	return int((h.Sum64() ^ seed*0x9e3779b97f4a7c15) >> 17 % uint64(n))
}

// a matrix is the rows of several pages on end.
type matrix struct {
	rows [][]float32
	y, w []float32
	page []int // first row of each sample, and the end
}

// measure describes the blocks of the samples, each as the other publishers'
// pages see it, with room for the context columns.
func measure(samples []*Sample, l *lexicons) *matrix {
	m := new(matrix)
	for _, s := range samples {
		m.page = append(m.page, len(m.rows))
		x := block.Features(nil, s.page, s.said, without{l, s.Group})
		for i := range s.page.Blocks {
			row := make([]float32, block.Columns+block.Contexts)
			copy(row, x[i*block.Columns:(i+1)*block.Columns])
			m.rows = append(m.rows, row)
		}
		m.y = append(m.y, s.label...)
		m.w = append(m.w, s.weight...)
	}
	m.page = append(m.page, len(m.rows))
	return m
}

// pick returns the rows of some of the samples.
func (m *matrix) pick(use func(i int) bool) *matrix {
	out := new(matrix)
	for i := range len(m.page) - 1 {
		if a, b := m.page[i], m.page[i+1]; use(i) {
			out.rows = append(out.rows, m.rows[a:b]...)
			out.y = append(out.y, m.y[a:b]...)
			out.w = append(out.w, m.w[a:b]...)
		}
	}
	return out
}

// boost trains one pass on the first columns.
func (m *matrix) boost(columns int, s settings) ([]block.Tree, float32) {
	rng := rand.New(rand.NewPCG(s.seed, 3))
	return grow(cutUp(m.rows, columns, rng), m.y, m.w, s)
}

// cut is the log odds above which a block is kept: a line of an article that is
// missing is worse than one too many.
const cut = -0.2

// fit trains a model.
func fit(samples []*Sample, seed uint64) *block.Model {
	const inner = 3
	l := learn(samples)
	m := measure(samples, l)
	var model block.Model
	first, second := passes[0], passes[1]
	first.seed, second.seed = seed, seed+1
	for k := range inner {
		in := func(i int) bool { return fold(samples[i].Group, inner, seed+99) == k }
		trees, bias := m.pick(func(i int) bool { return !in(i) }).boost(block.Columns, first)
		for i, s := range samples {
			if in(i) {
				m.fill(i, s.page, trees, bias)
			}
		}
	}
	model.Trees[0], model.Bias[0] = m.boost(block.Columns, first)
	model.Trees[1], model.Bias[1] = m.boost(block.Columns+block.Contexts, second)
	model.Classes, model.Texts = l.tables()
	model.Cut = cut
	return &model
}

// fill writes the context columns of sample i from what a first pass that has
// not seen it says.
func (m *matrix) fill(i int, p *block.Page, trees []block.Tree, bias float32) {
	rows := m.rows[m.page[i]:m.page[i+1]]
	once := make([]float32, len(rows))
	for k, r := range rows {
		once[k] = block.Sum(trees, bias, r)
	}
	c := block.NewContext(p, once)
	for k, r := range rows {
		c.Fill(r[block.Columns:], k)
	}
}
