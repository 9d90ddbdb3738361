package career

import (
	"strings"

	"tenure/extract/resolve"
)

// orgKey returns what the names of one organization share.
func orgKey(name string) string { return resolve.OrgKey(name) }

// legalForm reports whether w, in lower case, is a legal form.
func legalForm(w string) bool {
	switch strings.Trim(w, ".,") {
	case "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "plc", "gmbh", "ag", "sa", "se", "nv", "bv", "ab", "oy", "spa", "srl", "holdings", "kg":
		return true
	}
	return false
}
