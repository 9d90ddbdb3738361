package content

import (
	"regexp"
	"strings"
)

var byWord = regexp.MustCompile(`(?i)^(?:written by|posted by|story by|by|von|par|por|di|da|door|av|af|door|autor|author)\s*:?\s+`)

// splitNames parts a byline into names.
func splitNames(s string) []string {
	s = byWord.ReplaceAllString(strings.TrimSpace(s), "")
	if strings.Contains(s, "://") || len(s) > 300 {
		return nil
	}
	r := strings.NewReplacer(" and ", ",", " und ", ",", " et ", ",", " y ", ",", " & ", ",", ";", ",", " | ", ",")
	var out []string
	for _, f := range strings.Split(r.Replace(s), ",") {
		if f = strings.TrimSpace(f); f != "" {
			out = append(out, f)
		}
	}
	return out
}
