package feature

import (
	"strings"

	"tenure/extract/gazetteer"
)

// A runStat is what the document shows of a run of capitals.
type runStat struct {
	count  int32  // how often it stands there
	around uint32 // which words stand right before and behind it anywhere, as bits
	noun   noun   // what it is said to be: "company" in "Acme, a company that"
}

// hints are words that tell what they stand beside; each has a bit for
// standing before a name and one for standing behind.
var hints = hintBits(
	"at", "by", "from", "with", "for", "of", "in", "to", "the", "and",
	"'s ’s", "said says told", "is was", "has had", "will can", "offers provides makes sells", ",", "(", "announced launched released", "who",
)

func hintBits(words ...string) map[gazetteer.Hash]uint {
	bits := map[gazetteer.Hash]uint{}
	for i, group := range words {
		for _, w := range strings.Fields(group) {
			bits[gazetteer.HashWord(w)] = uint(i)
		}
	}
	return bits
}

// hintsBehind is the number of the first hint that is looked for behind a
// name; those in front of it are looked for before names.
const hintsBehind = 10

// openings are words that begin sentences; they are no part of the run of
// capitals behind them.
var openings = hashSet(`a an the this that these those it its he she they we you i his her their our your my at in on with for from by to as
and but or if when while where after before since until although though because so then there here what why how who is are was do does
did can could will would should may must not no yes according like via unlike despite during through under over about between among within
without even also now today yesterday tomorrow however meanwhile instead still yet once some many most all each every both other another
one two three several only just more less such same first last next new former current see read visit try use meet join contact call
please thank thanks dear hello hi welcome for per than let don't it's i'm we're you'll that's there's`)

func hashSet(words string) map[gazetteer.Hash]bool {
	set := map[gazetteer.Hash]bool{}
	for _, w := range strings.Fields(words) {
		set[gazetteer.HashWord(w)] = true
	}
	return set
}

// readRuns finds the runs of capitals and the acronyms they spell.
func (r *Reader) readRuns() {
	clear(r.spelled)
	clear(r.stats)
	for i := 0; i < len(r.at); {
		w := &r.words[r.at[i].word]
		if !w.letters.capital() {
			r.at[i].run = -1
			i++
			continue
		}
		if i > 0 && i+1 < len(r.at) {
			r.explain(i)
		}
		end := r.runEnd(i)
		for j := i; j < end; j++ {
			r.at[j].run, r.at[j].runEnd = int32(i), int32(end)
		}
		r.spell(i)
		r.count(i, end)
		i = end
	}
}

// maxRunLength bounds a run of capitals; a longer one is a line of capitals.
const maxRunLength = 10

// runEnd returns the end of the run that begins at token i. A word that only
// begins the sentence is a run by itself.
func (r *Reader) runEnd(i int) int {
	end := i + 1
	w := &r.words[r.at[i].word]
	if r.at[i].sentence && !r.at[i].shouting && (openings[w.low] || w.lower > 0 && w.class&gazetteer.GivenName == 0) {
		return end
	}
	for end < len(r.at) && end-i < maxRunLength && !r.Tokens[end].Line && r.inRun(end) {
		end++
	}
	return end
}

func (r *Reader) inRun(i int) bool {
	return r.words[r.at[i].word].letters.capital() ||
		r.Tokens[i].In(r.Text) == "&" && i+1 < len(r.at) && r.words[r.at[i+1].word].letters.capital()
}

// count adds the run from start to end to what is known of it.
func (r *Reader) count(start, end int) {
	h := r.Hash(start, end-1)
	s := r.stats[h]
	s.count++
	if bit, known := hints[r.word(start-1, start).low]; known && bit < hintsBehind {
		s.around |= 1 << bit
	}
	if bit, known := hints[r.word(end, end-1).low]; known && bit >= hintsBehind {
		s.around |= 1 << bit
	}
	r.stats[h] = s
}

// emitStats appends what the document shows of the run of token i.
func (d *Document) emitStats(p *place, w *word, out []Feature) []Feature {
	s := d.stats[d.Hash(int(p.run), int(p.runEnd)-1)]
	often := uint64(min(s.count, 5))
	if s.count > 5 {
		often = 6
	}
	unknown := flag(w.cluster.Coarse == 0)<<1 | flag(w.lower > 0)
	length := uint64(min(p.runEnd-p.run, 3))
	out = append(out, of(110, both(often, unknown<<2|length)), of(111, both(often, uint64(w.letters))))
	if s.count > 1 {
		for bits := s.around; bits != 0; bits &= bits - 1 {
			out = append(out, of(112, uint64(bits&-bits)))
		}
	}
	return out
}
