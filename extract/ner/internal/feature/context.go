package feature

import "tenure/extract/gazetteer"

// A context is what stands around a run of capitals further than the words
// beside it.
type context struct {
	before, after     uint64          // the two words before and behind
	beforeAs, afterAs uint64          // the same, the farther of the two by its class
	noun              noun            // what the run is said to be
	list, listAs      uint64          // what stands before the list that the run is an item of; 0 if it is in none
	sibling           gazetteer.Class // what the item before it may be
}

// A noun is a word that says what a name is, and the class of that word.
type noun struct {
	low   gazetteer.Hash
	class uint16
}

// readContexts reads what stands around the runs of capitals.
func (r *Reader) readContexts() {
	r.contexts = r.contexts[:0]
	last := -1 // the first token of the run before
	for i := 0; i < len(r.at); {
		if r.at[i].run < 0 {
			i++
			continue
		}
		end := int(r.at[i].runEnd)
		c := r.around(i, end)
		if last >= 0 && r.joined(int(r.at[last].runEnd), i) {
			c.follow(&r.contexts[len(r.contexts)-1])
			c.sibling = r.at[last].phrase
		}
		r.describeRun(i, end, c.noun)
		for j := i; j < end; j++ {
			r.at[j].context = int32(len(r.contexts))
		}
		r.contexts = append(r.contexts, c)
		last, i = i, end
	}
}

// around returns what stands around the run from start to end.
func (r *Reader) around(start, end int) context {
	b, b2 := r.word(start-1, start), r.word(start-2, start)
	a, a2 := r.word(end, end-1), r.word(end+1, end-1)
	return context{
		before: both(uint64(b2.low), uint64(b.low)), after: both(uint64(a.low), uint64(a2.low)),
		beforeAs: both(uint64(b2.cluster.Middle), uint64(b.low)), afterAs: both(uint64(a.low), uint64(a2.cluster.Middle)),
		noun: r.nounBehind(end),
	}
}

// follow makes c an item of the list that before is an item of.
func (c *context) follow(before *context) {
	if c.list, c.listAs = before.list, before.listAs; c.list == 0 {
		c.list, c.listAs = before.before, before.beforeAs
	}
}

// describeRun notes the first noun that the document has for a run.
func (r *Reader) describeRun(start, end int, n noun) {
	if n.low == 0 {
		return
	}
	h := r.Hash(start, end-1)
	if s := r.stats[h]; s.noun.low == 0 {
		s.noun = n
		r.stats[h] = s
	}
}

// joined reports whether between token end, behind a run, and token start, the
// first of the next, stands only what parts the items of a list.
func (r *Reader) joined(end, start int) bool {
	if start-end > 2 || start == end {
		return false
	}
	for i := end; i <= start; i++ {
		if r.Tokens[i].Line {
			return false
		}
	}
	for i := end; i < start; i++ {
		switch r.Tokens[i].In(r.Text) {
		case ",", "and", "or", "&", "/", ";":
		default:
			return false
		}
	}
	return true
}

// nounReach is how many words of a description are looked at.
const nounReach = 8

// nounBehind returns the last noun of the description that begins at token
// i: "start-up" in ", a British start-up that" and in "is the start-up of".
func (r *Reader) nounBehind(i int) (n noun) {
	if !r.opensDescription(i) {
		return n
	}
	for j := i + 2; j < len(r.at) && j-i <= nounReach+1 && !r.Tokens[j].Line; j++ {
		w := &r.words[r.at[j].word]
		switch closing := closings[w.low]; {
		case w.letters == marks && r.Tokens[j].In(r.Text) != "’s" && r.Tokens[j].In(r.Text) != "'s", closing && n.low != 0:
			return n
		case !closing: // "one of the" has no noun yet
			n = noun{w.low, w.cluster.Middle}
		}
	}
	return n
}

// opensDescription reports whether token i and the next begin to say what
// the name before them is.
func (r *Reader) opensDescription(i int) bool {
	if i+1 >= len(r.at) || r.Tokens[i].Line || r.Tokens[i+1].Line {
		return false
	}
	switch r.Tokens[i].In(r.Text) {
	case ",", "is", "was", "(", "–", "—", "-", "are", "were":
		return determiners[r.words[r.at[i+1].word].low]
	}
	return false
}

var (
	determiners = hashSet("a an the its their his her our my one another which")

	// closings are words at which a description has named its noun.
	closings = hashSet(`of for in on at that which who whose with from to and or is was are were has had have by as where when than about the a an
based located founded owned run led made known called named`)
)

// emitContext appends what stands further around the run of token i.
func (d *Document) emitContext(i int, p *place, out []Feature) []Feature {
	c := &d.contexts[p.context]
	where := both(flag(i == int(p.run)), flag(i == int(p.runEnd)-1))
	out = append(out, of(113, both(c.before, where)), of(114, both(c.after, where)), of(115, both(c.beforeAs, where)), of(116, both(c.afterAs, where)))
	if c.list != 0 {
		out = append(out, of(117, both(c.list, where)), of(118, both(c.listAs, where)), of(119, both(uint64(c.sibling), where)))
	}
	if n := d.stats[d.Hash(int(p.run), int(p.runEnd)-1)].noun; n.low != 0 {
		out = append(out, of(120, both(uint64(n.low), where)), of(121, both(uint64(n.class), where)))
	}
	return out
}
