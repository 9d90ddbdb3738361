package content

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// A rule is what is known of one family of pages, as data: what its pages
// look like and since when. Pages are known by their structure and not by
// their host, so that a mirror, a saved copy and the site itself are read
// alike. The regular expressions do not mind case.
type rule struct {
	Name    string   `json:"name"`
	Since   string   `json:"since"`   // the day on which pages were first seen to look so
	Page    string   `json:"page"`    // a recorded page, with its golden beside it
	Link    string   `json:"link"`    // regular expression: addresses of articles
	Card    string   `json:"card"`    // CSS: the links of cards
	Clock   string   `json:"clock"`   // what the picture before a date says
	Heading string   `json:"heading"` // regular expression: the heading of a tag page; its group is the tag
	Banner  []string `json:"banner"`  // regular expressions: lines of the banner
	Site    string   `json:"site"`    // regular expression: its group is the site's name
	More    string   `json:"more"`    // regular expression: the words of the link to the next page

	link, heading, site, more *regexp.Regexp
	banner                    *regexp.Regexp
}

//go:embed rules.json
var rulesJSON []byte

// rules returns the site rules, compiled.
var rules = sync.OnceValue(func() []*rule {
	rs, err := parseRules(rulesJSON)
	if err != nil {
		panic(err) // the embedded file is tested
	}
	return rs
})

func parseRules(b []byte) ([]*rule, error) {
	var rs []*rule
	if err := json.Unmarshal(b, &rs); err != nil {
		return nil, fmt.Errorf("site rules: %w", err)
	}
	for _, r := range rs {
		if err := r.compile(); err != nil {
			return nil, fmt.Errorf("site rule %s: %w", r.Name, err)
		}
	}
	return rs, nil
}

func (r *rule) compile() (err error) {
	for _, x := range []struct {
		dst **regexp.Regexp
		src string
	}{
		{&r.link, r.Link}, {&r.heading, r.Heading}, {&r.site, r.Site}, {&r.more, r.More},
		{&r.banner, strings.Join(r.Banner, "|")},
	} {
		if *x.dst, err = regexp.Compile("(?i)" + x.src); err != nil {
			return err
		}
	}
	return nil
}
