package career

import "tenure/extract"

// tellPhrases tells the roles of the phrases whose holder is known and that
// no verb has told.
func (s *sentence) tellPhrases() {
	for i := range s.phrases {
		p := &s.phrases[i]
		if len(p.holders) == 0 && !p.used && s.asFollows(p) {
			p.holders = s.inCapacity(p)
		}
		if len(p.holders) == 0 || p.used {
			continue
		}
		if !p.hasPlace() {
			if len(s.nodes) > 3 && s.nodes[0].is("at") && s.nodes[1].kind == orgNode && s.nodes[2].is(",") && p.from == 3 {
				p.places = []place{{name: s.nodes[1].run, sure: true}}
			} else if at := s.ownerOfAside(p); !at.isZero() {
				p.places = []place{at}
			} else if s.publicOffice(p) {
				p.places = []place{{none: true}}
			}
		}
		status := p.status
		if status == "" {
			status = extract.Current
			if s.toks[p.head].is("alumnus", "alumna", "alum", "alums", "alumni", "veteran") || s.opens(p) && p.from > 0 && s.nodes[0].is("formerly", "previously", "once") || p.from > 0 && s.nodes[p.from-1].is("formerly", "previously", "once") {
				status = extract.Former
			}
		}
		if status == extract.Current && p.from > 0 && s.nodes[p.from-1].is("as") {
			status = "" // "As chief executive of Acme, Ada …": then, or still?
		}
		rule := "prose/role-before-name"
		if p.aside {
			rule = "prose/role-behind-name"
		}
		s.tellRole(p, p.holders, status, rule, nil)
	}
}

// ownerOfAside returns the organization that owns the name which a role
// without a place is an aside to: "Acme's Ada Quist, its chief since 2021";
// "Acme is led by Ada Quist, the chief".
func (s *sentence) ownerOfAside(p *phrase) place {
	if !p.aside || len(p.holders) != 1 || !topRole(s.toks[p.head].low) {
		return place{}
	}
	for j := 2; j < p.from; j++ {
		if s.nodes[j].run == p.holders[0].name && s.nodes[j-1].is("'s", "’s") && (s.nodes[j-2].kind == orgNode || s.nodes[j-2].kind == personNode && s.surelyFirm(s.nodes[j-2].run)) {
			return place{name: s.nodes[j-2].run, sure: s.nodes[j-2].sure}
		}
	}
	name, _, known := s.resolve(p.holders[0])
	for i := range s.facts {
		if f := s.facts[i].Fact; known && f.Person == name && (f.Type == extract.Founded && f.Org != "" && s.facts[i].Kept) {
			return place{told: f.Spans.Org, sure: true} // "Acme, founded by Ada Quist, its president"
		} else if known && f.Person == name && f.Type == extract.RoleAt && f.Role == "" && (f.Evidence.By == "prose/lead" || f.Evidence.By == "prose/head" || f.Evidence.By == "prose/run") && f.Status == extract.Current {
			return place{told: f.Spans.Org, sure: true}
		}
	}
	return s.announcing(p.from) // "Acme announced that Ada Quist, vice president, will …"
}

// publicOffice reports whether a role right before a name is an office of
// state, which is held at no organization that a text would name.
func (s *sentence) publicOffice(p *phrase) bool {
	if p.aside || p.plural != "" {
		return false
	}
	lead := s.toks[p.role.from]
	head := s.toks[p.role.to-1]
	of := p.from > 0 && (s.nodes[p.from-1].kind == placeNode || s.nodes[p.from-1].kind == otherNode) || s.nodes[p.from].kind == placeNode || s.nodes[p.from].kind == otherNode
	for k := p.role.from; k < p.role.to; k++ {
		switch t := s.toks[k]; {
		case t.is("minister", "chancellor", "senator", "premier", "pm", "governor"):
			return true
		case t.is("president"):
			return lead.upper() && p.role.to-p.role.from <= 2 && (lead.is("president", "vice") || lead.is("us", "u.s.")) || of || p.status == extract.Former && head.is("president") && p.bare
		case t.is("attorney") && k+1 < p.role.to && s.toks[k+1].is("general"):
			return true
		}
	}
	return false
}

// tellRole tells role_at, and founded where the role says so, for everybody
// and every place of a phrase.
func (s *sentence) tellRole(p *phrase, holders []who, status, rule string, c *clause) {
	p.used = true
	if p.elsewhere {
		return
	}
	if p.ranged && !p.open && !p.dateEnd.IsZero() {
		status = extract.Former
	}
	for _, w := range holders {
		for _, pl := range p.places {
			if name, _ := s.org(pl, s.to); name == "" && pl.firm && s.toks[pl.name.from].is("its", "their") && pl.name.to-pl.name.from == 1 {
				continue // nobody knows whose
			}
			if p.founder && s.onlyFounded(p) {
				s.tell(extract.Fact{Type: extract.Founded}, w, pl, rule, c, p)
				continue
			}
			f := extract.Fact{Type: extract.RoleAt, Status: status, Interim: p.interim}
			if c != nil && c.still {
				f.Still = true
			}
			s.setRole(&f, p)
			if p.ranged {
				f.Date, f.DateEnd = p.date, p.dateEnd
				if !p.date.IsZero() {
					f.Spans.Date = s.span(p.dateAt)
				}
				if !p.dateEnd.IsZero() {
					f.Spans.DateEnd = s.span(p.dateAt)
				}
			}
			s.tell(f, w, pl, rule, c, p)
			if p.founder {
				s.tell(extract.Fact{Type: extract.Founded}, w, pl, rule, c, p)
			}
			if p.months.months > 0 {
				t := extract.Fact{Type: extract.Tenure, Months: p.months.months, Bound: p.months.bound}
				t.Spans.Months = s.span(p.monthAt)
				s.tell(t, w, pl, rule, c, p)
			}
		}
	}
}

// onlyFounded reports whether the phrase says no more than that its holder
// founded the place: "(the founder of X)".
func (s *sentence) onlyFounded(p *phrase) bool {
	return p.bare && p.article && !p.own && s.nodes[p.from].is("the") && (p.bracket || p.plural != "") || p.plural != "" && !p.own && p.bare
}

// setRole sets the role of a fact: as written, in the singular.
func (s *sentence) setRole(f *extract.Fact, p *phrase) {
	r := p.role
	for r.to-r.from > 1 && s.toks[r.to-1].is("the", "a", "an", "of", "for", "at", "in", "to", "and") {
		r.to--
	}
	f.Role, f.Spans.Role = s.words(r), s.span(r)
	if p.plural == "" {
		return
	}
	head := s.toks[s.headToken(p)]
	if head.low == p.plural+"s" {
		if head.End == f.Spans.Role.End {
			f.Spans.Role.End--
			f.Role = f.Spans.Role.In(s.text)
			return
		}
	}
	cut := head.Start - f.Spans.Role.Start
	f.Role = f.Role[:cut] + p.plural + f.Role[cut+len(head.text):]
	f.Spans.Role = extract.Span{}
}

// headToken returns the token of the plural noun of a phrase.
func (s *sentence) headToken(p *phrase) int {
	at := p.role.to - 1
	for k := p.role.from; k < p.role.to; k++ {
		if one, ok := isPluralRole(s.toks[k].low); ok && one == p.plural {
			at = k
		}
	}
	return at
}

// org resolves a place to its name and span. "The company" is the
// organization told of last.
func (s *sentence) org(pl place, before int) (string, extract.Span) {
	switch {
	case !pl.told.IsZero():
		return pl.told.In(s.text), pl.told
	case pl.none || pl.isZero():
		return "", extract.Span{}
	case !pl.firm:
		return s.words(pl.name), s.span(pl.name)
	}
	best := run{}
	for j := range s.nodes {
		if s.nodes[j].from >= before {
			break
		}
		if s.nodes[j].kind == orgNode && !(s.oncePlace(j) && s.index-s.recent.firmAt <= 4 && !s.recent.firm.empty()) {
			best = s.nodes[j].run
		}
	}
	if n := s.nodes[0]; best.empty() && n.kind == nameNode && n.from < before && !s.mayBePerson(n.run) && s.toks[pl.name.from].is("its") {
		best = n.run
	}
	if best.empty() && s.index-s.recent.firmAt <= 4 {
		best = s.recent.firm
	}
	if best.empty() {
		return "", extract.Span{}
	}
	return s.words(best), s.span(best)
}

// oncePlace reports whether the organization at node j is where an aside says
// that somebody was before: "Ada Quist, formerly Acme's chief, …".
func (s *sentence) oncePlace(j int) bool {
	p := s.phraseCovering(j)
	return p != nil && p.aside && p.status == extract.Former
}

// tell adds a fact about one person at one place.
func (s *sentence) tell(f extract.Fact, w who, pl place, rule string, c *clause, p *phrase) {
	f.Person, f.Spans.Person, _ = s.resolve(w)
	if f.Org == "" {
		before := s.to
		if !pl.name.empty() {
			before = pl.name.from
		}
		f.Org, f.Spans.Org = s.org(pl, before)
		if f.Org == "" && pl.firm {
			f.Org, f.Spans.Org = s.lastOrg(f.Person)
		}
	}
	f.Evidence = s.evidence(f, w, pl, c, p)
	f.Evidence.By = rule
	f.Score = s.score(f, w, pl)
	cand := Candidate{Fact: f, Rule: rule, Kept: true}
	switch {
	case c != nil && c.reject != "":
		cand.Kept, cand.Why = false, c.reject
	case f.Person == "" && f.Org == "" && f.Date.IsZero() && w.pronoun != "he" && w.pronoun != "she":
		cand.Kept, cand.Why = false, "nobody, nowhere and at no time"
	}
	s.facts = append(s.facts, cand)
}

// lastOrg returns the organization that one of the facts told last tied a
// person to.
func (s *sentence) lastOrg(person string) (string, extract.Span) {
	all := s.document.found
	for i := len(all) - 1; i >= 0 && i > len(all)-6; i-- {
		if f := all[i].Fact; all[i].Kept && person != "" && f.Person == person && f.Org != "" {
			return f.Org, f.Spans.Org
		}
	}
	return "", extract.Span{}
}

// score is lower where a name's kind is a guess or a pronoun stands for the
// person.
func (s *sentence) score(f extract.Fact, w who, pl place) float64 {
	score := .92
	if w.pronoun != "" {
		score -= .1
	}
	if pl.firm || !pl.sure && !pl.isZero() && !pl.none {
		score -= .12
	}
	if f.Org == "" {
		score -= .15
	}
	return score
}

// evidence quotes from the first to the last word that gave the fact.
func (s *sentence) evidence(f extract.Fact, w who, pl place, c *clause, p *phrase) extract.Evidence {
	whole := s.span(s.run)
	from, to := whole.End, whole.Start
	cover := func(e extract.Span) {
		if !e.IsZero() && whole.Covers(e) {
			from, to = min(from, e.Start), max(to, e.End)
		}
	}
	cover(s.span(w.at))
	cover(s.span(pl.name))
	for _, e := range []extract.Span{f.Spans.Role, f.Spans.Successor, f.Spans.Date, f.Spans.DateEnd, f.Spans.Months} {
		cover(e)
	}
	if c != nil {
		cover(s.span(run{s.nodes[c.start].from, s.nodes[c.at].to}))
	}
	if p != nil {
		cover(s.span(run{s.nodes[p.from].from, s.nodes[p.to-1].to}))
	}
	if from >= to {
		from, to = whole.Start, whole.End
	}
	e := extract.Span{Start: from, End: to}
	return extract.Evidence{Span: e, Quote: e.In(s.text)}
}
