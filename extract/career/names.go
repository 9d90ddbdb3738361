package career

import (
	"strings"
	"unicode/utf8"
)

// isTitle reports whether t stands before a person's name and is no part of it.
func isTitle(t token) bool {
	switch strings.TrimSuffix(t.low, ".") {
	case "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "rev", "hon", "messrs", "madam", "mx",
		"gen", "general", "lt", "col", "colonel", "capt", "captain", "maj", "major", "sgt", "sergeant", "adm", "admiral", "lieutenant",
		"sen", "senator", "rep", "congressman", "congresswoman", "gov", "governor", "judge", "justice", "sheikh", "father", "sister", "rabbi", "bishop", "archbishop", "cardinal",
		"president", "chairman", "minister", "mayor", "ambassador", "chancellor", "secretary", "king", "queen", "prince", "princess":
		return true
	}
	return false
}

// isHonorific reports whether t is a form of address: a name follows.
func isHonorific(t token) bool {
	switch strings.TrimSuffix(t.low, ".") {
	case "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "mx", "madam":
		return t.upper()
	}
	return false
}

// isRank reports whether t is a military or police rank before a name.
func isRank(t token) bool {
	switch strings.TrimSuffix(t.low, ".") {
	case "gen", "lt", "col", "capt", "maj", "sgt", "adm", "cmdr", "brig", "major-gen", "maj-gen", "lt-gen", "brig-gen", "lt-col", "lieutenant", "sergeant", "colonel", "det", "supt", "insp", "const":
		return true
	}
	return false
}

// isParticle reports whether t joins the parts of a name in lower case.
func isParticle(t token) bool {
	switch t.low {
	case "van", "von", "de", "der", "den", "da", "di", "la", "le", "el", "al", "bin", "ibn", "dos", "das", "do", "du", "del", "della", "ter", "ten", "y", "zu", "af", "av", "bint", "abu", "ap", "vom", "zum":
		return true
	}
	return false
}

// isSuffix reports whether t ends a person's name: Jr., III, PhD.
func isSuffix(t token) bool {
	switch strings.TrimSuffix(t.low, ".") {
	case "jr", "sr", "ii", "iii", "iv":
		return t.upper()
	}
	return false
}

// isDegree reports whether t is a degree or an honour behind a name.
func isDegree(t token) bool {
	switch strings.TrimSuffix(t.text, ".") {
	case "PhD", "Ph.D", "MD", "M.D", "MBA", "MS", "MSc", "RD", "R.D", "RN", "CPA", "CFA", "CFP", "Esq", "OBE", "CBE", "MBE", "KBE", "DDS", "JD", "J.D", "DBA", "RDN", "CPT", "MPH", "FASA", "FRS", "DO", "DVM", "PharmD", "Psy.D", "PsyD", "LCSW", "ACAS", "FCAS", "FSA", "PE", "AIA", "BSc", "MA", "M.A", "BA", "B.A", "EdD", "Ed.D", "MSW", "MSN", "DNP", "FACS", "MRCVS", "RDN.":
		return true
	}
	return false
}

// personAt returns the end of the name-shaped run of tokens that begins at
// i: capitals, initials, particles, a nickname in quotes, a suffix. It is
// shape alone; i is returned if there is none.
func personAt(toks []token, i int) int {
	k, names := i, 0
	for k < len(toks) && k-i < 9 {
		t := toks[k]
		if k > i && t.gap >= line {
			break
		}
		switch {
		case t.upper() && !stopName(t), t.initial():
			names++
			k++
		case names > 0 && isParticle(t) && particleRun(toks, k):
			k++
		case names == 0 && k == i && isParticle(t) && t.text != t.low && particleRun(toks, k):
			k++
		case names > 0 && nickname(toks, k) > 0:
			k += nickname(toks, k)
		case names > 0 && t.is(",") && k+1 < len(toks) && isSuffix(toks[k+1]):
			k += 2
		default:
			return trimName(toks, i, k, names)
		}
	}
	return trimName(toks, i, k, names)
}

func trimName(toks []token, i, k, names int) int {
	for k > i && isParticle(toks[k-1]) && toks[k-1].text == toks[k-1].low {
		k--
	}
	if names == 0 {
		return i
	}
	return k
}

// particleRun reports whether a capital follows the particles at i.
func particleRun(toks []token, i int) bool {
	for k := i; k < len(toks) && k < i+3; k++ {
		if toks[k].gap >= line && k > i {
			return false
		}
		if toks[k].upper() && !isParticle(toks[k]) {
			return true
		}
		if !isParticle(toks[k]) {
			return false
		}
	}
	return false
}

// nickname returns the tokens of a nickname in quotes or brackets at i, 0 if none.
func nickname(toks []token, i int) int {
	if !toks[i].is(`"`, "“", "'", "‘", "(") {
		return 0
	}
	if i+3 < len(toks) && toks[i+1].upper() && toks[i+2].is(`"`, "”", "'", "’", ")") && toks[i+3].upper() && toks[i+3].gap == space && !toks[i].is("(") {
		return 3
	}
	return 0
}

// stopName reports whether a capitalised token is no part of a person's name.
func stopName(t token) bool {
	switch t.low {
	case "the", "a", "an", "and", "of", "in", "on", "at", "by", "for", "from", "to", "with", "as", "is", "was", "he", "she", "they", "we", "i", "it", "his", "her", "their", "our", "my", "its",
		"this", "that", "these", "those", "there", "here", "but", "or", "if", "when", "while", "after", "before", "since", "until", "who", "what", "where", "why", "how", "which", "not", "no", "yes",
		"former", "current", "ex", "now", "then", "also", "both", "new", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "prof", "prof.", "sir", "'s", "’s",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"inc", "inc.", "corp", "corp.", "ltd", "ltd.", "llc", "plc", "university", "institute", "company", "bank", "group",
		"images", "getty", "photo", "photos", "reuters", "image", "courtesy", "download", "app", "store", "share", "advertisement", "subscribe", "newsletter", "read", "more", "get", "started",
		"ceo", "cto", "cfo", "coo", "officer", "director", "chief", "executive", "chairman", "chairwoman", "chair", "engineer", "manager", "scientist", "editor", "founder", "co-founder", "president", "head":
		return true
	}
	return false
}

// likePerson reports whether tokens i to k, a name by shape, can be a
// person: two words or more and none of them a word of companies.
func likePerson(toks []token, i, k int) bool {
	words := 0
	for _, t := range toks[i:k] {
		if orgWord(t) || notInName(t) {
			return false
		}
		if t.kind == word && !t.initial() && !isParticle(t) {
			words++
			for _, r := range t.text {
				if r >= '0' && r <= '9' {
					return false
				}
			}
		}
	}
	return words >= 1 && k-i >= 2
}

// notInName reports whether a capitalised token belongs to headings and
// captions rather than to names.
func notInName(t token) bool {
	switch t.low {
	case "latest", "news", "list", "table", "authors", "people", "team", "where", "departures", "arrivals", "alumni", "timeline", "years", "year", "time", "left", "joined", "role", "name", "title", "status", "current", "previous",
		"key", "moves", "hires", "exits", "about", "contact", "story", "getty", "images", "editor's", "note", "source", "credit", "staff", "writer", "business", "world", "sports", "politics", "technology", "comments", "related", "top", "best",
		"january", "february", "july", "september", "october", "november", "december", "jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec.", "today", "sponsored", "menu", "home", "search", "video", "watch", "live", "updated", "published", "by", "advertisement", "continue", "reading", "sign", "up", "log":
		return true
	}
	return stopName(t)
}

// orgWord reports whether t is a word that names of organizations have and
// names of persons have not.
func orgWord(t token) bool {
	switch strings.TrimSuffix(t.low, ".") {
	case "inc", "incorporated", "corp", "corporation", "company", "co", "ltd", "limited", "llc", "llp", "plc", "gmbh", "ag", "s.a", "group", "holdings", "holding", "partners", "associates", "ventures", "capital", "labs", "lab", "laboratory", "laboratories",
		"bank", "bancorp", "trust", "fund", "insurance", "university", "college", "school", "institute", "academy", "hospital", "clinic", "center", "centre", "museum", "library", "foundation", "association", "society", "union", "federation", "council", "committee", "commission",
		"agency", "authority", "board", "department", "ministry", "office", "bureau", "court", "police", "army", "navy", "party", "church", "club", "team", "fc", "f.c", "united", "airlines", "airways", "motors", "systems", "technologies", "technology", "software", "networks", "media",
		"entertainment", "pictures", "studios", "records", "press", "publishing", "times", "journal", "magazine", "news", "post", "international", "industries", "energy", "electric", "pharmaceuticals", "therapeutics", "biosciences", "health", "healthcare", "services", "solutions", "consulting", "communications", "financial", "securities", "investments", "advisors", "management",
		"ai", "semiconductor", "semiconductors", "aerospace", "robotics", "telecom", "research", "initiative", "organization", "organisation", "network", "alliance", "coalition", "league", "congress", "parliament", "senate", "assembly", "government", "herbarium", "orchestra", "theatre", "theater", "ballet", "opera", "steel", "foods", "stores", "platforms":
		return true
	}
	return false
}

// orgAt returns the end of the organization-shaped run of tokens at i:
// capitals joined by "of", "and", "&", "for", "the", "de". Shape alone.
func orgAt(toks []token, i int) int {
	k := i
	if k < len(toks) && toks[k].is("the") {
		k++
	}
	last := i
	for k < len(toks) && k-i < 12 {
		t := toks[k]
		if k > i && t.gap >= line {
			break
		}
		switch {
		case t.upper() && (k > i || !stopOrg(t)):
			k++
			last = k
			continue
		case t.kind == number && last > i && t.gap == space && !year(t.text) && len(t.text) <= 3:
			k++
			last = k
			continue
		case last == i && t.kind == number && len(t.text) <= 3 && k+1 < len(toks) && toks[k+1].upper():
			k++
			continue
		case last > i && (joinsOrg(toks, k) || t.is("at") && ofCampus(toks, i, k)):
			k++
			continue
		}
		break
	}
	return last
}

// joinsOrg reports whether the small token at i lies inside a name of an
// organization: a capital must follow.
func joinsOrg(toks []token, i int) bool {
	t := toks[i]
	if !t.is("of", "and", "&", "for", "the", "de", "des", "du", "di", "für", "et", "del", "la", "der", "+", "-") {
		return false
	}
	k := i + 1
	if k < len(toks) && t.is("of", "for", "de", "and") && toks[k].is("the", "la", "los", "las", "l'", "of") {
		k++
	}
	if k >= len(toks) || toks[k].gap >= line || !toks[k].upper() {
		return false
	}
	return !t.is("-") || toks[k].gap == glued
}

// ofCampus reports whether the "at" at k stands inside a name like
// "University of Texas at Austin".
func ofCampus(toks []token, i, k int) bool {
	return i+1 < k && toks[i].is("university") && toks[i+1].is("of") && k+1 < len(toks) && toks[k+1].upper() && !orgWord(toks[k+1])
}

func stopOrg(t token) bool {
	switch t.low {
	case "i", "he", "she", "we", "they", "it", "but", "when", "after", "before", "since", "if", "while", "his", "her", "their", "our", "my", "'s", "’s", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.":
		return true
	}
	_, day := weekdayOf(t.low)
	title := strings.HasSuffix(t.text, ".") && isTitle(t) // "Sen.", before a name
	return day || title || monthOf(t.low) > 0 && utf8.RuneCountInString(t.low) > 3
}

// legalForm reports whether w, in lower case, is a legal form.
func legalForm(w string) bool {
	switch strings.Trim(w, ".,") {
	case "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "plc", "gmbh", "ag", "sa", "se", "nv", "bv", "ab", "oy", "spa", "srl", "holdings", "kg":
		return true
	}
	return false
}
