package train

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tenure/extract"
	"tenure/extract/gazetteer"
)

// A pool is names to put in the place of those in a text, so that the model
// learns what stands around names rather than the names.
type pool struct {
	given, surnames, companies, universities, places []string
}

// readPool reads the names from the lists in dir, written as texts write
// them.
func readPool(dir string) (*pool, error) {
	b := &namesBuilder{dir: dir, classes: map[string]map[string]bool{}}
	p := &pool{given: b.cells("sig.first", 11), surnames: b.cells("sig.last", 5)}
	p.companies = slices.Concat(b.tickers(), gazetteer.Today("organization"), gazetteer.Today("organization"))
	p.universities = b.universityNames()
	p.places = b.cityNames()
	if b.err != nil {
		return nil, fmt.Errorf("read names: %w", b.err)
	}
	return p, nil
}

// cells returns one column of a table.
func (b *namesBuilder) cells(name string, column int) []string {
	r := csv.NewReader(b.open(name))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	rows, err := r.ReadAll()
	if err != nil {
		b.err = fmt.Errorf("%s: %w", name, err)
	}
	var out []string
	for _, row := range rows[min(1, len(rows)):] {
		if column < len(row) {
			cell, _, _ := strings.Cut(row[column], ",")
			if cell = strings.TrimSpace(cell); startsUpper(cell) {
				out = append(out, cell)
			}
		}
	}
	return out
}

// tickers returns company names without legal form, in title case.
func (b *namesBuilder) tickers() []string {
	one := &namesBuilder{dir: b.dir, classes: map[string]map[string]bool{}}
	one.companies()
	b.err = one.err
	return titleCased(one.classes["company"])
}

func (b *namesBuilder) universityNames() []string {
	var list []struct {
		Name string `json:"name"`
	}
	if err := json.NewDecoder(b.open("univ.json.gz")).Decode(&list); err != nil {
		b.err = fmt.Errorf("univ.json.gz: %w", err)
	}
	var out []string
	for _, u := range list {
		if startsUpper(u.Name) && !strings.ContainsAny(u.Name, "(),-") {
			out = append(out, u.Name)
		}
	}
	return out
}

// cityNames returns the places of 100,000 people or more.
func (b *namesBuilder) cityNames() []string {
	one := &namesBuilder{dir: b.dir, classes: map[string]map[string]bool{}}
	one.places()
	b.err = one.err
	return titleCased(one.classes["city"])
}

// titleCased returns the names with a capital at each word, sorted.
func titleCased(names map[string]bool) []string {
	out := make([]string, 0, len(names))
	for name := range names {
		words := strings.Fields(name)
		for i, w := range words {
			r, n := utf8.DecodeRuneInString(w)
			words[i] = string(unicode.ToUpper(r)) + w[n:]
		}
		out = append(out, strings.Join(words, " "))
	}
	slices.Sort(out)
	return out
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// copies returns n copies of docs with other names.
func (p *pool) copies(docs []Document, n int) []Document {
	r := newRandom(7)
	var out []Document
	for range n {
		for i := range docs {
			out = append(out, p.rename(&docs[i], r))
		}
	}
	return out
}

// A renaming replaces the names of one document, the same name always by
// the same.
type renaming struct {
	pool  *pool
	rand  *random
	words map[string]string // words of people's names
	names map[string]string // other names
}

// rename returns the document with other people, organizations and places.
func (p *pool) rename(d *Document, r *random) Document {
	n := &renaming{p, r, map[string]string{}, map[string]string{}}
	var text strings.Builder
	out := Document{NoOther: d.NoOther, Half: d.Half}
	at := 0
	for _, m := range d.Mentions {
		text.WriteString(d.Text[at:m.Start])
		start := text.Len()
		text.WriteString(n.name(m.In(d.Text), m.Kind))
		out.Mentions = append(out.Mentions, extract.Mention{Span: extract.Span{Start: start, End: text.Len()}, Kind: m.Kind})
		at = m.End
	}
	text.WriteString(d.Text[at:])
	out.Text = text.String()
	return out
}

func (n *renaming) pick(list []string) string { return list[n.rand.below(len(list))] }

// name returns the name to put in the place of an old one.
func (n *renaming) name(old string, kind extract.Kind) string {
	if kind == extract.Person {
		return n.person(old)
	}
	if renamed, known := n.names[old]; known {
		return renamed
	}
	renamed := old
	switch {
	case kind == extract.Organization:
		renamed = n.organization(old)
	case kind == extract.Place && n.rand.below(2) == 0:
		renamed = n.pick(n.pool.places)
	case kind == extract.Place && n.rand.below(4) == 0:
		renamed = n.sounds()
	}
	if strings.ToUpper(old) == old {
		renamed = strings.ToUpper(renamed)
	}
	n.names[old] = renamed
	return renamed
}

// person renames word by word, so that a surname stays that of the full
// name.
func (n *renaming) person(old string) string {
	words := strings.Fields(old)
	for i, w := range words {
		if !startsUpper(w) || len(w) < 3 || strings.HasSuffix(w, ".") {
			continue
		}
		renamed, known := n.words[w]
		if !known {
			renamed = n.personWord(i == len(words)-1)
			if len(w) > 3 && strings.ToUpper(w) == w {
				renamed = strings.ToUpper(renamed)
			}
			n.words[w] = renamed
		}
		words[i] = renamed
	}
	return strings.Join(words, " ")
}

// personWord returns a given name or surname, one in four of which no list
// has.
func (n *renaming) personWord(surname bool) string {
	switch {
	case n.rand.below(4) == 0:
		return n.sounds()
	case surname:
		return n.pick(n.pool.surnames)
	}
	return n.pick(n.pool.given)
}

// trades end the names of invented companies.
var trades = [...]string{
	"Capital", "Partners", "Labs", "Bank", "Group", "& Sons", "Media", "Energy", "Robotics", "AI", "Health", "Technologies", "Foundation",
	"Institute", "Motors", "Airlines", "Ventures", "Therapeutics", "Systems", "Press", "& Co.", "Holdings", "Logistics", "Studios",
}

// organization names one of the same sort as the old.
func (n *renaming) organization(old string) string {
	switch {
	case strings.ToUpper(old) == old && len(old) <= 5:
		letters := make([]byte, 2+n.rand.below(3))
		for i := range letters {
			letters[i] = byte('A' + n.rand.below(26))
		}
		return string(letters)
	case strings.Contains(old, "Universit") || strings.Contains(old, "College") || strings.Contains(old, "Institut"):
		return n.pick(n.pool.universities)
	case strings.Contains(old, " of ") || strings.Contains(old, "Ministry") || strings.Contains(old, "Court"):
		return old
	}
	switch n.rand.below(8) {
	case 0:
		return n.pick(n.pool.surnames) + " " + trades[n.rand.below(len(trades))]
	case 1, 2, 3:
		return n.coin()
	case 4:
		return n.coin() + " " + trades[n.rand.below(len(trades))]
	}
	return n.pick(n.pool.companies)
}
