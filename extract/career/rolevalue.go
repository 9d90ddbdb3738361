package career

import "tenure/extract"

// A post is a role with its organization and dates, as a value or a phrase
// gives them. Any part may be missing.
type post struct {
	role, org     run
	date, dateEnd extract.Date
	dateAt        run
	closed        bool // a range that ends: the post is held no more
}

// postIn reads the value of a role label: "Director, Site Reliability at
// Scale, at Datadog", "Founder, Lattice & Loom", "CEO of Klarna Kosma since
// June 2021", "Chief Scientist at InstaDeep (since 2019)".
func (c clock) postIn(toks []token, v run) post {
	for v.to > v.from && toks[v.to-1].is(".", ",", ";", "|") {
		v.to--
	}
	p, v := c.dateTail(toks, v)
	if p.date.IsZero() {
		p, v = c.dateTail(toks, v) // a remark may have hidden it
	}
	if v.empty() || noRole(toks, v) {
		return p
	}
	p.role = v
	cut := lastAt(toks, v)
	if cut > 0 {
		if end := orgAt(toks, cut+1); end >= v.to || end > cut+1 {
			p.org = trimThe(toks, run{cut + 1, min(end, v.to)})
			p.role.to = cut
		}
	}
	if p.org.empty() {
		p.role, p.org = splitBare(toks, v)
	}
	for p.role.to > p.role.from && toks[p.role.to-1].is(",", "–", "—", "-", "(", "|") {
		p.role.to--
	}
	return p
}

func trimThe(toks []token, r run) run {
	if r.from < r.to && toks[r.from].low == "the" && toks[r.from].text != "The" {
		r.from++
	}
	return r
}

// dateTail takes a date or range off the end of a value.
func (c clock) dateTail(toks []token, v run) (post, run) {
	var p post
	for k := v.from; k < v.to; k++ {
		from, to, n := c.period(toks[:v.to], k)
		inner := k > v.from && toks[k-1].is("(")
		if n == 0 && (inner || k > v.from && toks[k-1].is(",") || toks[k].is("in")) {
			at := k
			if toks[k].is("in") {
				at++
			}
			if from, n = c.date(toks[:v.to], at); n > 0 {
				n += at - k
			}
		}
		end := k + n
		if inner && n > 0 && toks[v.to-1].is(")") && end < v.to {
			end = v.to // "(since 2019, part time)"
		}
		if n > 0 && end == v.to && !from.IsZero() {
			p.date, p.dateEnd, p.closed = from, to, !to.IsZero()
			p.dateAt = run{k, k + n}
			v.to = k
			break
		}
	}
	if v.to > v.from && toks[v.to-1].is(")") { // a remark
		for k := v.to - 1; k > v.from; k-- {
			if toks[k].is("(") {
				v.to = k
				break
			}
		}
	}
	for v.to > v.from && toks[v.to-1].is("(", ",", "since", "from", "in", "–", "—", "-") {
		v.to--
	}
	return p, v
}

// lastAt returns the token of the "at" that stands before the organization,
// or 0.
func lastAt(toks []token, v run) int {
	for k := v.to - 2; k > v.from; k-- {
		if !toks[k].is("at", "@", "with") || toks[k+1].low == toks[k+1].text && !toks[k+1].is("the") && !toks[k+1].upper() {
			continue
		}
		if toks[k].is("with") && holdsRole(toks[k+1:v.to]) {
			continue
		}
		if j := campus(toks, v.from, k); j > 0 {
			return j
		}
		return k
	}
	return 0
}

// campus returns the "at" before "University of Texas at Austin", whose own
// "at" is at k; or 0.
func campus(toks []token, from, k int) int {
	for j := k - 1; j > from; j-- {
		if toks[j].is("at") {
			for i := j + 1; i < k; i++ {
				if toks[i].is("university", "college") && i+1 < k && toks[i+1].is("of") {
					return j
				}
			}
			return 0
		}
	}
	return 0
}

// splitBare parts role and organization where no "at" does.
func splitBare(toks []token, v run) (role, org run) {
	if !holdsRole(toks[v.from:v.to]) {
		return v, run{}
	}
	for k := v.to - 2; k > v.from; k-- {
		switch {
		case toks[k].is(",", "–", "—", "|"):
			if outranks(toks, run{v.from, k}) && orgAt(toks, k+1) >= v.to && !department(toks, run{k + 1, v.to}) {
				return run{v.from, k}, run{k + 1, v.to}
			}
		case toks[k].is("of", "for") && outranks(toks, run{v.from, k}):
			if end := orgAt(toks, k+1); end >= v.to && !department(toks, run{k + 1, v.to}) {
				return run{v.from, k}, trimThe(toks, run{k + 1, v.to})
			}
		}
	}
	return v, run{}
}

// outranks reports whether a role is one of a whole organization, so that
// what stands behind its comma or "of" names one: chief executive, founder.
// A director or vice president is one of a department.
func outranks(toks []token, r run) bool {
	for _, t := range toks[r.from:r.to] {
		if t.is("ceo", "cto", "cfo", "coo", "chief", "founder", "co-founder", "cofounder", "president", "chairman", "chairwoman", "chair", "chairperson", "partner", "owner", "co-owner", "officer", "principal", "editor", "editor-in-chief", "dean", "governor", "member", "fellow", "scientist", "researcher") {
			return !toks[r.from].is("vice", "vp", "svp", "evp")
		}
	}
	return false
}

// department reports whether a run names a field of work.
func department(toks []token, r run) bool {
	for k := r.from; k < r.to; k++ {
		switch toks[k].low {
		case "engineering", "product", "products", "sales", "marketing", "operations", "finance", "research", "design", "technology", "people", "growth", "strategy", "partnerships", "legal", "communications", "policy", "security", "safety", "infrastructure", "data", "platform", "platforms",
			"ai", "ml", "machine", "learning", "science", "development", "business", "hr", "it", "autonomy", "robotics", "hardware", "software", "training", "innovation", "content", "programs", "support", "success", "services", "talent", "analytics", "compliance", "risk", "emea", "apac", "europe", "asia", "americas", "global", "international", "north", "africa", "uk", "us", "staff", "state":
		default:
			if !toks[k].is("and", "&", "of", ",", "the") {
				return false
			}
		}
	}
	return true
}

// noRole reports whether the value of a role label says that there is none.
func noRole(toks []token, v run) bool {
	switch words(toks, v) {
	case "open to work", "unemployed", "looking", "looking for work", "unknown", "none", "retired", "job hunting", "on sabbatical", "sabbatical", "not disclosed", "undisclosed", "yes", "no", "available", "seeking new role", "seeking work",
		"deceased", "unclear", "not known", "stealth", "tbd", "tba", "between jobs", "taking time off":
		return true
	}
	return unknownAt(toks, v) > 0 && (unknownAt(toks, v) == v.to-v.from || toks[v.from].kind == mark)
}
