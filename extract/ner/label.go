package ner

import (
	"strings"

	"tenure/extract/ner/internal/feature"
)

// labelScore is the probability of a name that a label gives.
const labelScore = 0.95

// maxLabel is the longest name in a label, in words.
const maxLabel = 6

// readLabels finds the organizations in the labels of lists, before a time:
// "Left Meta: 2021", "Time at Johnson and Johnson: 3 years". The words between
// opening and colon are the name, whatever they look like elsewhere.
func (w *worker) readLabels(d *feature.Document) {
	for colon := range d.Tokens {
		if d.Word(colon) != ":" || colon+1 == len(d.Tokens) || !startsTime(d.Word(colon+1)) {
			continue
		}
		if first, found := labelled(d, colon); found {
			w.added = append(w.added, named{First: first, Last: colon - 1, Kind: organization, P: labelScore})
		}
	}
	w.overrule()
}

// labelled returns the first word of the name in the label that ends at the
// colon.
func labelled(d *feature.Document, colon int) (first int, found bool) {
	if colon == 0 || !d.Capital(colon-1) {
		return 0, false
	}
	for i := colon - 1; i > 0 && colon-i <= maxLabel && !d.Tokens[i+1].Line; i-- {
		if opensLabel(d, i-1) && !d.Tokens[i].Line {
			if d.Word(i) == "the" {
				i++
			}
			return i, i < colon && d.Capital(i)
		}
		if !d.Capital(i) && !connects(d.Word(i)) {
			return 0, false
		}
	}
	return 0, false
}

// opensLabel reports whether the name of an employer follows token i in a
// label.
func opensLabel(d *feature.Document, i int) bool {
	switch d.Word(i) {
	case "Left", "Joined", "Departed", "Quit":
		return true
	case "at":
		return i > 0 && (d.Word(i-1) == "Time" || d.Word(i-1) == "Years" || d.Word(i-1) == "Tenure")
	}
	return false
}

// startsTime reports whether a date or a length of time can begin so.
func startsTime(word string) bool {
	return word[0] >= '0' && word[0] <= '9' || word[0] == '~' || timeWords[strings.ToLower(strings.TrimSuffix(word, "."))]
}

var timeWords = wordSet(`january february march april may june july august september october november december jan feb mar apr jun jul
aug sep sept oct nov dec spring summer autumn fall winter early mid late end about around over under almost nearly more less just circa c
q1 q2 q3 q4 h1 h2 one two three four five six seven eight nine ten eleven twelve a unknown`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// connects reports whether a word without capital can stand inside a name.
func connects(word string) bool {
	switch word {
	case "and", "&", "of", "for", "the", "de", "la", "du", "von", "-", "'s", "’s":
		return true
	}
	return false
}
