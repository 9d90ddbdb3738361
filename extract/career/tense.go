package career

import (
	"strings"

	"tenure/extract"
)

// A tense is what the words before a date say of where it lies.
type tense uint8

const (
	untold  tense = iota
	bygone        // "fired in September"
	forward       // "will join in September"
)

// at returns the clock as it goes at token i of the sentence s.
func (c clock) at(toks []token, s run, i int) clock {
	switch tenseAt(toks, s, i) {
	case bygone:
		c.future, c.past = false, true
	case forward:
		c.future, c.past = true, false
	}
	return c
}

// told keeps a date for those that are counted from it. A quarter that the
// one spoken of is compared with, a year earlier, is not spoken of itself.
func (c *clock) told(d extract.Date) {
	c.before = d
	if d.Precision == extract.ByQuarter && d.Value != c.unitOf(c.quarter, "quarter", -4).Value {
		c.quarter = d
	}
}

// tenseReach is how many tokens before a date can say where it lies.
const tenseReach = 24

// tenseAt looks for the verb nearest before token i and tells its tense.
func tenseAt(toks []token, s run, i int) tense {
	found := untold
	if i > s.from && (toks[i-1].is("since") || toks[i-1].is("a") && monthOf(toks[i].low) > 0) {
		return bygone // "under a June agreement"
	}
	if i > s.from && toks[i-1].is("by", "until", "till", "through") {
		found = forward // but "was its chief until March"
	}
	for k := i - 1; k >= s.from && i-k <= tenseReach; k-- {
		t := toks[k]
		if t.kind == mark && t.is(".", ";", "?", "!") && k+1 < s.to && (toks[k+1].upper() || !t.is(".")) {
			s.from = k + 1
			break
		}
		if t.kind != word {
			continue
		}
		if at := wordTense(toks, s, k); at == bygone && found == forward && t.is("postponed", "delayed", "deferred", "extended", "adjourned") {
			return forward
		} else if at != untold {
			return at
		}
	}
	if i-s.from > 2 {
		return found
	}
	for k := i + 1; k < s.to && k < i+9; k++ { // "On Thursday, Acme said …"
		if at := wordTense(toks, s, k); at != untold {
			return at
		}
	}
	return found
}

// wordTense tells the tense that token k gives what follows.
func wordTense(toks []token, s run, k int) tense {
	t := toks[k]
	if t.kind != word {
		return untold
	}
	next := token{}
	if k+1 < s.to {
		next = toks[k+1]
	}
	switch {
	case forwardWords[t.low], t.is("'d", "’d") && wouldAhead(next), t.is("as") && next.is("early", "soon"), t.is("set") && next.is("for", "to"), t.is("to") && next.is("be"):
		return forward
	case t.is("next", "coming") && isPeriod(next.low):
		return forward
	case t.is("is", "are", "am", "'m", "’m", "'re", "’re"):
		if strings.HasSuffix(next.low, "ing") {
			return forward // "is moving to Acme in April"
		}
	case t.is("to") && k > s.from && next.kind == word && !next.upper():
		switch aims[toks[k-1].low] {
		case planned, undecided, feeling:
			return forward
		}
	case bygoneWords[t.low], strings.HasSuffix(t.low, "ed") && len(t.low) > 4 && !t.upper() && t.low != "hundred":
		if k > s.from && toks[k-1].is("be", "and", "or", "a", "an", "the", "its", "still", "newly") && !t.is("was", "were", "had") {
			return untold // "to be published", "will be hired and paid", "a limited offer"
		}
		return bygone
	}
	if v := verbForms[t.low]; v != nil && !v.past && !v.part && !v.ing && !v.base && comesAndGoes(v.row.act) {
		return forward // "leaves Acme in September"
	}
	return untold
}

// wouldAhead reports whether a "'d" before the word t is short for "would".
func wouldAhead(t token) bool {
	v := verbForms[t.low]
	return t.is("be") || v != nil && v.base && !v.part
}

// comesAndGoes reports whether a verb in the present tells of what is to
// come where a date follows.
func comesAndGoes(a act) bool {
	switch a {
	case actJoin, actLeave, actResign, actBecome, actTake, actFollow, actMove, actHand, actBegin, actStart:
		return true
	}
	return false
}

func isPeriod(w string) bool {
	switch w {
	case "year", "month", "week", "quarter", "spring", "summer", "autumn", "fall", "winter":
		return true
	}
	return false
}

// forwardWords and bygoneWords are read only.
var (
	forwardWords = wordSet(`will 'll ’ll shall would may might scheduled slated due expects expect expected upcoming plans plan planning intends hopes agreement effective`)
	bygoneWords  = wordSet(`was were had did said told rose fell grew made took came went left began met won lost sold held found became gave got led ran quit spent stepped stood brought bought built chose cut drew drove felt fought hit kept knew laid let meant paid put read sat saw sent set shot spoke swore taught thought threw wore wrote broke could born`)
)
