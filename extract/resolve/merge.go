package resolve

import (
	"strings"
	"unicode"

	"tenure/extract"
)

// maxCandidates bounds how many longer names a short one is compared with.
const maxCandidates = 64

// mergePeople merges every shorter name into the one longer name that
// contains it. Where several do, a surname counts before a given name;
// where there is still a choice, the short name stays by itself.
func (d *document) mergePeople() {
	byWord := map[string][]*form{}
	for _, f := range d.forms {
		if f.kind != extract.Person {
			continue
		}
		for _, w := range f.words {
			if list := byWord[w]; len(list) < maxCandidates {
				byWord[w] = append(list, f)
			}
		}
	}
	for _, f := range d.forms {
		if f.kind == extract.Person {
			if full := pick(f, byWord[surname(f)]); full != nil {
				f.merge(full)
			}
		}
	}
}

// pick returns the one longest name among the candidates that contains f.
func pick(f *form, candidates []*form) *form {
	var bySurname, any []*form
	for _, c := range candidates {
		if c == f || !contains(c, f) {
			continue
		}
		any = append(any, c)
		if surname(c) == surname(f) {
			bySurname = append(bySurname, c)
		}
	}
	if full, ok := longest(bySurname); ok {
		return full
	}
	if len(bySurname) > 0 || len(f.words) > 1 {
		return nil
	}
	full, _ := longest(any)
	return full
}

// longest returns the name that contains all the others.
func longest(forms []*form) (*form, bool) {
	var best *form
	for _, f := range forms {
		if best == nil || len(f.words) > len(best.words) {
			best = f
		}
	}
	for _, f := range forms {
		if f != best && !contains(best, f) {
			return nil, false
		}
	}
	return best, best != nil
}

// contains reports whether long names the person that short names: the words
// of short stand in long in the same order, initials standing for words,
// and the surname is among them or short is one word.
func contains(long, short *form) bool {
	if len(long.words) <= len(short.words) && !hasInitial(short) {
		return false
	}
	at := 0
	for _, w := range short.words {
		for at < len(long.words) && !stands(w, long.words[at]) {
			at++
		}
		if at == len(long.words) {
			return false
		}
		at++
	}
	if len(long.words) == len(short.words) && hasInitial(long) {
		return false
	}
	return len(short.words) == 1 && len(short.words[0]) > 1 || surname(long) == surname(short)
}

// stands reports whether w, a word or an initial, can stand for full.
func stands(w, full string) bool {
	return w == full || len(w) == 1 && strings.HasPrefix(full, w)
}

func hasInitial(f *form) bool {
	for _, w := range f.words {
		if len(w) == 1 {
			return true
		}
	}
	return false
}

// surname returns the last word that is no generation suffix.
func surname(f *form) string {
	for i := len(f.words) - 1; i > 0; i-- {
		if !generations[f.words[i]] {
			return f.words[i]
		}
	}
	return f.words[0]
}

var generations = wordSet("jr sr ii iii iv")

// mergeOrganizations merges short forms of organizations: "Meta" and "Meta
// Platforms", an acronym in brackets behind its name, and an acronym that
// the initials of exactly one name spell.
func (d *document) mergeOrganizations(a *extract.Article) {
	initials := map[string][]*form{}
	for _, f := range d.forms {
		if f.kind != extract.Organization {
			continue
		}
		if short := d.byKey[string(f.kind)+"\x00"+strings.Join(trimGeneric(f.words), " ")]; short != nil && short != f {
			short.merge(f)
		}
		if key := initialsOf(f.words); len(key) > 2 {
			initials[key] = append(initials[key], f)
		}
	}
	d.mergeRenamed()
	for i := 1; i < len(a.Mentions); i++ {
		d.mergeBracketed(a, i)
	}
	for _, f := range d.forms {
		if f.kind != extract.Organization || f.same != nil || !isAcronym(f) {
			continue
		}
		if full := initials[f.words[0]]; len(full) == 1 && full[0].root() != f {
			f.merge(full[0])
		}
	}
}

// mergeRenamed merges the names that one organization has by the table:
// Facebook and Meta.
func (d *document) mergeRenamed() {
	first := map[string]*form{}
	for _, f := range d.forms {
		if f.kind != extract.Organization {
			continue
		}
		key := OrgKey(strings.Join(f.words, " "))
		switch known := first[key]; {
		case known == nil:
			first[key] = f
		case isAcronym(known):
			known.merge(f) // the long name is the one to show
		default:
			f.merge(known)
		}
	}
}

// mergeBracketed merges mention i into the one before it if it stands
// behind that in brackets and abbreviates it.
func (d *document) mergeBracketed(a *extract.Article, i int) {
	long, short := d.ofSpan[i-1], d.ofSpan[i]
	if long == nil || short == nil || long.kind != extract.Organization || short.kind != long.kind || !isAcronym(short) {
		return
	}
	from, to := a.Mentions[i-1].End, a.Mentions[i].Start
	if from > to || to-from > 24 {
		return
	}
	between := strings.TrimSpace(a.Text[from:to])
	word, bracket := strings.CutSuffix(between, "(")
	if bracket && len(strings.Fields(word)) < 2 && abbreviates(short.words[0], long.words) {
		short.merge(long)
	}
}

// abbreviates reports whether every letter of the acronym stands in the
// name in order, beginning with the first, and every word but small ones
// gives one.
func abbreviates(acronym string, words []string) bool {
	rest := acronym
	if len(words) < 2 || rest[0] != words[0][0] {
		return false
	}
	for _, w := range words {
		if rest == "" || rest[0] != w[0] {
			if small[w] {
				continue
			}
			return rest == ""
		}
		for i := 0; i < len(w) && rest != ""; i++ {
			if w[i] == rest[0] && (i == 0 || len(w) <= 3) {
				rest = rest[1:]
			}
		}
	}
	return rest == ""
}

// initialsOf returns the first letters of the words that are not small.
func initialsOf(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if !small[w] {
			b.WriteString(w[:1])
		}
	}
	return b.String()
}

// isAcronym reports whether the organization is written as capitals only.
func isAcronym(f *form) bool {
	if len(f.words) != 1 || len(f.words[0]) < 2 || len(f.words[0]) > 8 {
		return false
	}
	for _, r := range f.spelling[0] {
		if !unicode.IsUpper(r) && r != '.' && r != '&' {
			return false
		}
	}
	return true
}

// trimGeneric drops the last words that do not tell a company from its
// short form.
func trimGeneric(words []string) []string {
	for len(words) > 1 && generic[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return words
}

var (
	generic = wordSet("platforms group holdings holding technologies technology international worldwide industries partners systems")
	small   = wordSet("of the and for in on at de la le du & a an")
)
