package career

import (
	"strings"

	"tenure/extract/resolve"
)

// orgAliases are names that one organization has borne or goes by, first the
// one to show. A part is no alias: YouTube is not Google, FAIR is not Meta.
var orgAliases = [][]string{
	{"Meta", "Meta Platforms", "Facebook"},
	{"X", "Twitter", "X Corp"},
	{"Alphabet", "Alphabet Inc"},
	{"Google DeepMind", "DeepMind", "Google's DeepMind"},
	{"Mistral", "Mistral AI"},
	{"Microsoft AI", "MAI"},
	{"JPMorgan Chase", "JP Morgan Chase", "J.P. Morgan Chase", "JPMorgan", "J.P. Morgan", "JP Morgan"},
	{"IBM", "International Business Machines"},
	{"Goldman Sachs", "Goldman"},
	{"Block", "Square"},
	{"Snap", "Snapchat"},
	{"HP", "Hewlett-Packard", "Hewlett Packard"},
	{"GE", "General Electric"},
	{"GM", "General Motors"},
	{"BBC", "British Broadcasting Corporation"},
	{"MIT", "Massachusetts Institute of Technology"},
	{"AWS", "Amazon Web Services"},
	{"TCS", "Tata Consultancy Services"},
	{"PwC", "PricewaterhouseCoopers"},
	{"EY", "Ernst & Young", "Ernst and Young"},
	{"Stellantis", "FCA", "Fiat Chrysler"},
	{"FAIR", "Fundamental AI Research", "Facebook AI Research"},
}

// orgShown maps a folded alias to the name to show. Read only.
var orgShown = func() map[string]string {
	m := map[string]string{}
	for _, names := range orgAliases {
		for _, n := range names {
			m[foldOrg(n)] = names[0]
		}
	}
	return m
}()

// orgKey returns what organizations of the same name share: case, accents,
// "the", legal forms and known aliases aside.
func orgKey(name string) string {
	key := foldOrg(name)
	if shown, ok := orgShown[key]; ok {
		return foldOrg(shown)
	}
	return key
}

func foldOrg(name string) string {
	ws := strings.Fields(resolve.Fold(name))
	if len(ws) > 1 && ws[0] == "the" {
		ws = ws[1:]
	}
	for len(ws) > 1 && legalForm(ws[len(ws)-1]) {
		ws = ws[:len(ws)-1]
	}
	return strings.Join(ws, " ")
}

func legalForm(w string) bool {
	switch strings.Trim(w, ".,") {
	case "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "plc", "gmbh", "ag", "sa", "se", "nv", "bv", "ab", "oy", "spa", "srl", "holdings", "kg":
		return true
	}
	return false
}
