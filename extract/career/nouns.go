package career

import "tenure/extract"

// A nounRow is a noun that tells of a change.
type nounRow struct {
	noun    string
	kind    extract.FactType
	manner  string
	example string
}

// nounRows are the nouns of change, one a line, each with a phrase it reads.
var nounRows = []nounRow{
	{"departure", extract.Left, "", "Ada Quist's departure from Stripe in May 2020 surprised many."},
	{"exit", extract.Left, "", "The exit of Ada Quist from Stripe surprised many."},
	{"resignation", extract.Left, extract.Resigned, "The resignation of Ada Quist from Stripe surprised many."},
	{"retirement", extract.Left, extract.Retired, "Ada Quist's retirement from Stripe surprised many."},
	{"dismissal", extract.Left, extract.Dismissed, "Ada Quist's dismissal from Stripe surprised many."},
	{"ouster", extract.Left, extract.Dismissed, "Ada Quist's ouster from Stripe surprised many."},
	{"firing", extract.Left, extract.Dismissed, "Ada Quist's firing from Stripe surprised many."},
	{"appointment", extract.Appointed, "", "Stripe confirmed the appointment of Ada Quist as chief financial officer of the firm."},
	{"death", extract.Left, extract.Died, "Stripe president Ada Quist's death in July 2015 shocked many."},
}

// nouns reads "the departure of A from O", "A's departure from O".
func (s *sentence) nouns() {
	for k := range s.nodes {
		n := s.nodes[k]
		if n.kind != plainNode {
			continue
		}
		for i := range nounRows {
			if nounRows[i].noun == n.low && s.phraseCovering(k) == nil {
				s.noun(k, &nounRows[i])
			}
		}
	}
}

func (s *sentence) noun(k int, row *nounRow) {
	c := clause{at: k, start: k, form: &verbForm{row: &verbRow{forms: row.noun}}}
	s.context(&c)
	var people []who
	end := k + 1
	switch {
	case k > 1 && s.nodes[k-1].is("'s", "’s", "'", "’") && s.nodes[k-2].kind == personNode:
		people = []who{s.whoAt(k - 2)}
		c.start = k - 2
	case end < len(s.nodes) && s.nodes[end].is("of"):
		sub, e := s.object(end + 1)
		people, end = sub.people, e
	}
	for j := max(0, c.start-3); j < k; j++ {
		if s.nodes[j].is("possible", "potential", "rumored", "rumoured", "eventual", "looming", "any", "demand", "demanded", "calls", "for", "demanding", "sought", "if", "seeking", "hypothetical", "contemplated") {
			c.reject = "not told as done: " + s.nodes[j].low
		}
	}
	if len(people) == 0 {
		return
	}
	c.args = s.argsOf(&c, end)
	f := extract.Fact{Type: row.kind, Manner: row.manner}
	s.dated(&f, &c, false)
	for j := max(0, c.start-3); j < min(k+1, len(s.nodes)); j++ {
		if s.nodes[j].is("upcoming", "impending", "imminent", "planned", "pending", "forthcoming") {
			f.Planned = true
		}
	}
	pl, p := c.args.from, c.args.as
	if p != nil {
		s.setRole(&f, p)
		p.used = true
		if pl.isZero() && p.hasPlace() {
			pl = p.places[0]
		}
	}
	if row.kind == extract.Appointed && p == nil {
		return
	}
	for _, w := range people {
		at := pl
		var h *phrase
		if at.isZero() {
			at, h = s.home(w, row.manner != extract.Died)
		}
		if at.isZero() || row.manner == extract.Died && (h == nil || h.status == extract.Former) {
			continue
		}
		s.tell(f, w, at, "prose/"+row.noun, &c, p)
	}
}
