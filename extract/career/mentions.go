package career

import (
	"strings"

	"tenure/extract"
	"tenure/extract/gazetteer"
)

// fromMentions takes the names that a recognizer found.
func (d *document) fromMentions(mentions []extract.Mention) {
	k := 0
	for _, m := range mentions {
		for k < len(d.toks) && d.toks[k].End <= m.Start {
			k++
		}
		r := run{k, k}
		for r.to < len(d.toks) && d.toks[r.to].Start < m.End {
			r.to++
		}
		if r.empty() || d.toks[r.from].Start != m.Start {
			continue
		}
		if n, ok := d.fromMention(r, m.Kind); ok {
			d.addName(n)
			for i := n.from; i < n.to; i++ {
				d.taken[i] = true
			}
		}
	}
}

// fromMention makes a name of the tokens of a mention, without what is no
// part of it; ok is false for what only looked like a name.
func (d *document) fromMention(r run, kind extract.Kind) (n node, ok bool) {
	if r.to-r.from > 1 && d.toks[r.to-1].is("'s", "’s") {
		r.to--
	}
	if kind != extract.Person && d.region(r) {
		return node{run: r, kind: otherNode, sure: true}, true
	}
	if described(d.toks[r.to-1]) || kind == extract.Person && d.roleInside(r.from, r.to) {
		return n, false
	}
	r, kind = d.amended(r, kind)
	if r.to-r.from > 1 && d.namedChair(r.from, r.to) || kind != extract.Person && d.generic(r.from, r.to) {
		return n, false
	}
	if _, day := weekdayOf(d.toks[r.to-1].low); day && r.to-r.from > 1 && kind == extract.Organization {
		r.to-- // "resigned from the Legislature Friday"
	}
	for r.to-r.from > 1 && kind != extract.Person && d.toks[r.from].is("outgoing", "incoming", "departing", "longtime", "embattled") {
		r.from++
	}
	if cut := d.ownerEnd(r); cut > 0 && kind != extract.Person {
		return node{run: run{r.from, cut}, kind: nameNode}, true // "Acme's Brussels"
	}
	for r.to-r.from > 2 && d.toks[r.from].is("ex") && d.toks[r.from+1].is("-") {
		r.from += 2
		if kind == extract.Person && r.to < len(d.toks) && isRoleHead(d.toks[r.to].low) {
			kind = extract.Organization // "Ex-Kraft Heinz CEO Ada Quist"
		}
	}
	n = node{run: r, sure: true, kind: otherNode}
	switch {
	case kind == extract.Person:
		n.kind = personNode
		d.bareName(&n)
	case r.to-r.from == 1 && d.whole(r)&gazetteer.Demonym != 0 && d.settled(r): // "the Danish bank"
	case kind == extract.Organization || d.corporate(r):
		n.kind = orgNode
	case kind == extract.Place:
		n.kind = placeNode
	}
	return n, true
}

// region reports whether a name is short for a part of the world that
// companies divide it into.
func (d *document) region(r run) bool {
	return r.to-r.from == 1 && d.toks[r.from].shout() && d.toks[r.from].is("emea", "apac", "latam", "mena", "anz", "dach", "cee", "asean")
}

// amended corrects a mention by what its words say: "Mr. Cooper" is a person,
// "Fairchild Semiconductor" is none, and in "Heinz, Sir Anthony O'Reilly" only
// what the address stands before is one.
func (d *document) amended(r run, kind extract.Kind) (run, extract.Kind) {
	if r.to-r.from > 1 && isHonorific(d.toks[r.from]) {
		return r, extract.Person
	}
	if kind != extract.Person {
		return r, kind
	}
	if d.toks[r.from].shout() && d.toks[r.from].is("uc", "suny", "cuny", "unc") {
		return r, extract.Organization // "UC Davis"
	}
	for k := r.from + 1; k+2 < r.to; k++ {
		if d.toks[k].is(",") && isHonorific(d.toks[k+1]) {
			return run{k + 1, r.to}, kind
		}
	}
	if last := d.toks[r.to-1]; r.to-r.from > 1 && orgWord(last) && !d.given(d.toks[r.from]) && d.class(last)&(gazetteer.Surname|gazetteer.RareSurname) == 0 {
		kind = extract.Organization
	}
	return r, kind
}

// ownerEnd returns where the owner ends in a mention of two names, "Acme's
// Brussels", that is of no organization; else 0.
func (d *document) ownerEnd(r run) int {
	for k := r.from + 1; k+1 < r.to; k++ {
		if d.toks[k].is("'s", "’s") && !holdsOrgWord(d.toks[k+1:r.to]) && !d.toks[r.from].is("st", "st.", "saint") {
			return k
		}
	}
	return 0
}

// bareName takes title and rank off a person's name, and adds the suffix.
func (d *document) bareName(n *node) {
	n.from = min(skipTitles(d.toks[:n.to], n.from), n.to-1)
	for n.to-n.from > 2 && isRank(d.toks[n.from]) {
		n.from++
	}
	if n.to < len(d.toks) && isSuffix(d.toks[n.to]) && d.toks[n.to].gap == space {
		n.to++
	}
}

// described reports whether a token only begins with a name: "Austin-based",
// "Google-backed".
func described(t token) bool {
	_, end, ok := strings.Cut(t.low, "-")
	if !ok {
		return false
	}
	switch end {
	case "based", "born", "owned", "backed", "led", "listed", "trained", "educated", "area", "style", "bred", "funded", "run", "headquartered", "starred":
		return true
	}
	return false
}

// namedChair reports whether a recognizer took a chair with a name for a
// name: "Samuel Z. Stone Professor of Latin American Economics".
func (d *document) namedChair(from, to int) bool {
	for k := from; k < to; k++ {
		if d.toks[k].is("professor", "fellow", "lecturer", "chair", "scholar", "director") && (k == to-1 || d.toks[k+1].is("of", "in", "for")) && k > from && (!d.toks[to-1].is("professor") || d.toks[k].is("professor")) {
			return true
		}
	}
	return false
}

// generic reports whether a recognizer took "the Board" for a name.
func (d *document) generic(from, to int) bool {
	for k, t := range d.toks[from:to] {
		switch v := verbForms[t.low]; {
		case t.upper():
		case isRoleHead(t.low):
			return true // "A Google spokeswoman"
		case k > 0 && k < to-from-1 && (v != nil && v.past && !v.base && v.row.act != actBe || t.is("at") && !ofCampus(d.toks[:to], from, from+k)):
			return true // "Ada founded Acme", "Product Development at Acme"
		}
	}
	if d.roleInside(from, to) || to-from == 1 && d.toks[from].shout() && isRoleHead(d.toks[from].low) && (!d.toks[from].is("gm", "md") || from > 0 && d.toks[from-1].is("assistant", "associate", "deputy", "interim")) {
		return true
	}
	if to-from > 1 && to-from < 6 && isRoleHead(d.toks[to-1].low) && d.toks[from].is("special", "chief", "deputy", "senior", "vice", "executive", "managing", "assistant", "associate", "acting", "interim") {
		return true // "Special Envoy"
	}
	if to-from < 7 && isRoleHead(d.toks[to-1].low) && !d.toks[from].is("the") && (from > 0 && d.toks[from-1].is("as", "a", "an") || to < len(d.toks) && d.toks[to].is("at") && from > 0 && d.toks[from-1].is("and")) {
		return true // "as Youth Pastor"
	}
	if isRoleHead(d.toks[from].low) && to-from > 2 && d.toks[from+1].is("of") {
		return true // "Director of Marketing"
	}
	if d.toks[from].is("board") && to-from > 1 && d.toks[from+1].is("of", "for") {
		return true
	}
	switch words(d.toks, run{from, to}) {
	case "board", "board of directors", "board of trustees", "the board", "company", "the company", "registrant", "committee", "audit committee", "compensation committee", "group", "firm", "corporation", "executive", "chairman":
		return true
	}
	return false
}

// roleInside reports whether a recognizer took a role with its organization
// for a name: "Council Member of the Hudson Institute".
func (d *document) roleInside(from, to int) bool {
	for k := from; k+1 < to; k++ {
		if k > from && d.toks[k].is("professor", "lecturer") && d.toks[k+1].is("of") {
			return true
		}
		if orgWord(d.toks[k]) && !d.toks[k].is("council", "board") {
			return false
		}
		if k > from && isRoleHead(d.toks[k].low) && d.toks[k+1].is("of") && !d.toks[k].is("general", "assistant") {
			return true
		}
	}
	return false
}

// corporate reports whether a name has the words of an organization, or may
// be one by the gazetteer, where the recognizer saw something else.
func (d *document) corporate(r run) bool {
	toks := d.toks[r.from:r.to]
	if orgWord(toks[len(toks)-1]) || toks[len(toks)-1].is("service", "ministry", "railway", "gallery", "bakery", "restaurant", "café", "distillery", "symphony", "philharmonic", "winery", "brewery", "tv", "radio", "records", "festival", "choir", "ltd.", "inc.") {
		return true
	}
	return toks[0].is("university", "institute", "bank", "department", "college", "ministry", "school", "office", "museum") && len(toks) > 1
}

// settled reports whether a name is a country, a city, a people or a product
// that the gazetteer knows: no context makes a company of it.
func (d *document) settled(r run) bool {
	class := d.whole(r)
	return class&(gazetteer.Country|gazetteer.City|gazetteer.Town|gazetteer.Demonym) != 0 && class&(gazetteer.Organization|gazetteer.Company|gazetteer.University) == 0
}

// university reports whether the gazetteer knows the name as a university's:
// "MIT", "Stanford".
func (d *document) university(r run) bool { return d.whole(r)&gazetteer.University != 0 }

// whole returns what the gazetteer says of a name, if it knows all of it.
func (d *document) whole(r run) gazetteer.Class {
	if d.gaz == nil || r.empty() {
		return 0
	}
	var hashes []gazetteer.Hash
	for _, t := range d.toks[r.from:r.to] {
		for _, w := range gazetteer.Words(t.text) {
			hashes = append(hashes, gazetteer.HashWord(w))
		}
	}
	n, class := d.gaz.Longest(hashes)
	if n != len(hashes) {
		return 0
	}
	return class
}

// fieldWord reports whether a word of organizations is one of fields of work,
// too: "Operations Research".
func fieldWord(t token) bool {
	return t.is("research", "management", "communications", "technology", "technologies", "systems", "services", "software", "health", "healthcare", "consulting", "media", "news", "international", "board", "office", "court", "theatre", "theater", "publishing")
}
