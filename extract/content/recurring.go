package content

import "strconv"

// dropRepeated drops kept lines that stand on many pages of the site, but for
// label lines of a career and the names above them. If that is most of the
// article it is no boilerplate, and nothing is dropped.
func (d *document) dropRepeated(keep []bool) {
	if d.repeats == nil {
		return
	}
	on := make(map[int]int)
	words, dropped := 0, 0
	for i := range d.Blocks {
		if !keep[i] {
			continue
		}
		words += d.Blocks[i].Words
		if n := d.repeats.on(d.String(i)); n > 0 && !d.ofCareer(i) {
			on[i] = n
			dropped += d.Blocks[i].Words
		}
	}
	if dropped*2 > words {
		return
	}
	for i := range d.Blocks {
		if n := on[i]; n > 0 {
			d.drop(keep, i, repeatsRule+strconv.Itoa(n)+repeatsEnd)
		}
	}
}

// ofCareer reports whether a block is a label line of a career, stands among
// such lines or right above them, as the name does whose they are, perhaps with
// a line between.
func (d *document) ofCareer(i int) bool {
	below := 1
	if d.Blocks[i].Words <= 5 {
		below = 2
	}
	for j := i - 1; j <= i+below; j++ {
		if j < 0 || j >= len(d.Blocks) || !labelLine(&d.Blocks[j], d.Bytes(j)) || !careerLabel(d.Bytes(j)) {
			continue
		}
		if j >= i || labelLine(&d.Blocks[i], d.Bytes(i)) {
			return true
		}
	}
	return false
}
