package train

import (
	"math"
	"math/rand/v2"
	"sort"

	"tenure/extract/content/internal/block"
)

// Settings of the boosted trees.
type settings struct {
	trees   int
	depth   int
	rate    float64
	ridge   float64
	columns float64 // share of the columns a tree looks at
	steep   float64 // share of the rows with the largest slopes that every tree sees
	rows    float64 // share of the others
	seed    uint64
}

// bins is into how many steps a column is cut at most.
const bins = 48

// A table is rows of columns, cut into steps, column by column.
type table struct {
	n     int
	cuts  [][]float32
	steps [][]uint8
}

// cutUp finds the steps of every column and cuts the rows into them.
func cutUp(rows [][]float32, columns int, rng *rand.Rand) *table {
	t := &table{n: len(rows), cuts: make([][]float32, columns), steps: make([][]uint8, columns)}
	sample := make([]float32, 0, 20_000)
	for c := range columns {
		sample = sample[:0]
		for range min(len(rows)*2, 20_000) {
			sample = append(sample, rows[rng.IntN(len(rows))][c])
		}
		t.cuts[c] = quantiles(sample)
		t.steps[c] = make([]uint8, len(rows))
		for i, r := range rows {
			t.steps[c][i] = step(t.cuts[c], r[c])
		}
	}
	return t
}

func quantiles(v []float32) []float32 {
	sort.Slice(v, func(i, j int) bool { return v[i] < v[j] })
	var cuts []float32
	for k := 1; k < bins; k++ {
		q := v[k*len(v)/bins]
		if (len(cuts) == 0 || q > cuts[len(cuts)-1]) && q < v[len(v)-1] {
			cuts = append(cuts, q)
		}
	}
	if len(cuts) == 0 || cuts[0] > v[0] {
		cuts = append([]float32{v[0]}, cuts...)
	}
	return cuts
}

// step returns how many cuts lie below v.
func step(cuts []float32, v float32) uint8 {
	return uint8(sort.Search(len(cuts), func(i int) bool { return v <= cuts[i] }))
}

// grow boosts trees that ask the same question on every way down.
func grow(t *table, y, w []float32, s settings) (trees []block.Tree, bias float32) {
	rng := rand.New(rand.NewPCG(s.seed, 7))
	sum, all := 0.0, 0.0
	for i := range y {
		sum += float64(y[i] * w[i])
		all += float64(w[i])
	}
	p := min(max(sum/all, 0.001), 0.999)
	bias = float32(math.Log(p / (1 - p)))
	f := make([]float32, t.n)
	for i := range f {
		f[i] = bias
	}
	g := &grower{t: t, s: s, y: y, w: w, f: f, rng: rng, grad: make([]float32, t.n), hess: make([]float32, t.n), leaf: make([]uint16, t.n)}
	g.scale = all / float64(t.n)
	for range s.trees {
		trees = append(trees, g.tree())
	}
	return trees, bias
}

type grower struct {
	t          *table
	s          settings
	y, w, f    []float32
	grad, hess []float32
	leaf       []uint16
	rows       []int32
	at         []uint16     // leaf of each drawn row
	slope      [][2]float32 // its derivatives
	rng        *rand.Rand
	scale      float64 // mean weight
}

func (g *grower) tree() block.Tree {
	g.slopes()
	var columns []int
	for c := range g.t.cuts {
		if g.rng.Float64() < g.s.columns {
			columns = append(columns, c)
		}
	}
	clear(g.leaf)
	var tree block.Tree
	for d := range g.s.depth {
		c, k, ok := g.question(columns, d)
		if !ok {
			break
		}
		tree.Column = append(tree.Column, uint16(c))
		tree.Above = append(tree.Above, g.t.cuts[c][k])
		for i, s := range g.t.steps[c] {
			if int(s) > k {
				g.leaf[i] |= 1 << d
			}
		}
	}
	tree.Leaf = g.answers(len(tree.Column))
	for i := range g.f {
		g.f[i] += tree.Leaf[g.leaf[i]]
	}
	return tree
}

// slopes takes the derivatives of the loss and draws the rows of a tree.
func (g *grower) slopes() {
	g.rows = g.rows[:0]
	for i := range g.f {
		p := float32(1 / (1 + math.Exp(-float64(g.f[i]))))
		g.grad[i] = (g.y[i] - p) * g.w[i]
		g.hess[i] = p * (1 - p) * g.w[i]
	}
	g.draw()
}

// draw takes the rows a tree is grown on: all on which the trees so far are
// most wrong and a share of the rest, which counts the more.
func (g *grower) draw() {
	steep := g.steepness()
	for i := range g.grad {
		if a := abs(g.grad[i]); a < steep {
			if g.rng.Float64() >= g.s.rows {
				continue
			}
			g.grad[i] /= float32(g.s.rows)
			g.hess[i] /= float32(g.s.rows)
		}
		g.rows = append(g.rows, int32(i))
	}
}

// steepness estimates the slope above which a row is among the steep ones.
func (g *grower) steepness() float32 {
	sample := make([]float32, 4000)
	for i := range sample {
		sample[i] = abs(g.grad[g.rng.IntN(len(g.grad))])
	}
	sort.Slice(sample, func(i, j int) bool { return sample[i] > sample[j] })
	return sample[int(g.s.steep*float64(len(sample)-1))]
}

func abs(v float32) float32 { return max(v, -v) }

// question finds the column and step that part the rows best, on all ways at
// once.
func (g *grower) question(columns []int, depth int) (column, cut int, ok bool) {
	leaves := 1 << depth
	hist := make([][2]float32, leaves*(bins+1))
	g.gather()
	gain := make([]float64, bins)
	best := 0.0
	for _, c := range columns {
		clear(hist)
		clear(gain)
		steps := g.t.steps[c]
		for n, i := range g.rows {
			h := &hist[int(g.at[n])*(bins+1)+int(steps[i])]
			h[0] += g.slope[n][0]
			h[1] += g.slope[n][1]
		}
		for l := range leaves {
			g.gains(gain, hist[l*(bins+1):(l+1)*(bins+1)], len(g.t.cuts[c]))
		}
		for k, v := range gain[:len(g.t.cuts[c])] {
			if v > best {
				best, column, cut, ok = v, c, k, true
			}
		}
	}
	return column, cut, ok
}

// gather copies what is needed of the drawn rows side by side.
func (g *grower) gather() {
	g.at, g.slope = g.at[:0], g.slope[:0]
	for _, i := range g.rows {
		g.at = append(g.at, g.leaf[i])
		g.slope = append(g.slope, [2]float32{g.grad[i], g.hess[i]})
	}
}

// gains adds what each cut would gain within one leaf.
func (g *grower) gains(gain []float64, h [][2]float32, cuts int) {
	var all, low [2]float64
	for _, b := range h {
		all[0] += float64(b[0])
		all[1] += float64(b[1])
	}
	if all[1] == 0 {
		return
	}
	r := g.s.ridge * g.scale
	whole := all[0] * all[0] / (all[1] + r)
	for k := range cuts {
		low[0] += float64(h[k][0])
		low[1] += float64(h[k][1])
		up := [2]float64{all[0] - low[0], all[1] - low[1]}
		gain[k] += low[0]*low[0]/(low[1]+r) + up[0]*up[0]/(up[1]+r) - whole
	}
}

func (g *grower) answers(depth int) []float32 {
	sums := make([][2]float64, 1<<depth)
	for _, i := range g.rows {
		l := g.leaf[i]
		sums[l][0] += float64(g.grad[i])
		sums[l][1] += float64(g.hess[i])
	}
	out := make([]float32, len(sums))
	for l, s := range sums {
		out[l] = float32(g.s.rate * s[0] / (s[1] + g.s.ridge*g.scale))
	}
	return out
}
