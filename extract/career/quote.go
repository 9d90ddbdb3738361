package career

// quoteReach bounds a quotation, in tokens on either side of the word whose
// speaker is looked for.
const quoteReach = 200

// quoted returns who says the quotation that token i stands in, where another
// sentence of the paragraph names the speaker: "I left Acme. I start in May,"
// said Ada Quist. It returns no words if i is in no quotation, or nobody is
// named.
func (d *document) quoted(i int) run {
	open := d.quoteBefore(i)
	if open < 0 {
		return run{}
	}
	end := d.quoteBehind(i)
	if end > 0 {
		if r := d.sayer(end+1, min(end+9, len(d.toks))); !r.empty() {
			return r
		}
	}
	from := open
	for from > 0 && open-from < 8 && !d.toks[from-1].is("”", `"`) {
		from--
	}
	return d.sayer(from, open)
}

// quoteBefore returns the token of the mark that opens the quotation around
// token i, -1 if there is none in the paragraph.
func (d *document) quoteBefore(i int) int {
	first := i
	for first > 0 && i-first < quoteReach && d.toks[first].gap < line {
		first--
	}
	open := -1
	for k := first; k < i; k++ {
		switch t := d.toks[k]; {
		case t.is("“") || t.is(`"`) && open < 0:
			open = k
		case t.is("”", `"`):
			open = -1
		}
	}
	return open
}

// quoteBehind returns the token of the mark that closes the quotation around
// token i, 0 if there is none in the paragraph.
func (d *document) quoteBehind(i int) int {
	for k := i + 1; k < len(d.toks) && k-i < quoteReach && d.toks[k].gap < line; k++ {
		if d.toks[k].is("”", `"`) {
			return k
		}
	}
	return 0
}

// sayer returns the person beside a verb of saying among the tokens from i to
// j.
func (d *document) sayer(i, j int) run {
	for k := i; k < j; k++ {
		if d.toks[k].gap >= line && k > i || d.toks[k].is("“", `"`) {
			break
		}
		if d.toks[k].kind != word || !saysVerb(d.toks[k].low) {
			continue
		}
		if k+1 < j {
			if n := d.nameAt(k + 1); n != nil && n.kind == personNode {
				return n.run
			}
		}
		for b := k - 1; b >= max(0, k-5); b-- {
			if n := d.nameAt(b); n != nil && n.kind == personNode && n.to == k {
				return n.run
			}
		}
	}
	return run{}
}
