// Package title tells the titles and roles before a person's name from the
// name.
package title

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Trim returns how many of the first bytes of a person's name are titles and
// the spaces behind them. The last word always stays, and so does what
// stands before a word without capital.
func Trim(name string) int {
	trimmed := 0
	for {
		word, rest, more := strings.Cut(name[trimmed:], " ")
		if !more || !titles[lower(word)] {
			return trimmed
		}
		rest = strings.TrimLeft(rest, " ")
		if r, _ := utf8.DecodeRuneInString(rest); !unicode.IsUpper(r) {
			return trimmed
		}
		trimmed = len(name) - len(rest)
	}
}

// titles holds every word of a title by itself: "deputy", "prime",
// "minister".
var titles = set(`mr mr. mrs mrs. ms ms. mx miss dr dr. prof prof. professor sir dame lord lady baroness rev rev. reverend hon hon. fr.
sen sen. senator rep rep. congressman congresswoman gov gov. governor gen gen. general lt lt. lieutenant lt-gen col col. colonel maj maj.
major brig brig. capt capt. captain sgt sgt. sergeant adm adm. admiral cmdr cmdr. commander cpl cpl. corporal president vice-president
premier chancellor minister prime vice secretary ambassador mayor councillor councilman councilwoman alderman commissioner sheriff judge
justice chief officer detective inspector superintendent constable ceo cfo cto coo chairman chairwoman director coach king queen prince
princess crown emperor empress pope cardinal archbishop bishop rabbi imam sheikh sheikha ayatollah deputy former ex-president spokesman
spokeswoman spokesperson editor founder co-founder analyst attorney counsel advocate adv adv. shri smt. smt madam mme mme. herr frau
supt supt. insp insp. pm president-elect lawmaker actor actress singer author shaikh emir comrade cde cde. maj-gen major-gen major-general brig-gen lt-col lt-general lt-gen. maj-gen.`)

func set(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// maxTitle is the longest title, in bytes.
const maxTitle = 18

// lower returns s with its ASCII capitals small, or nothing if it is too
// long for a title.
func lower(s string) string {
	if len(s) > maxTitle {
		return ""
	}
	return strings.ToLower(s)
}
