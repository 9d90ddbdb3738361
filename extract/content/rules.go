package content

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"tenure/extract"
	"tenure/extract/content/internal/block"
)

// A rule is what is known of one family of pages, as data: what its pages
// look like and since when. Pages are known by their structure and not by
// their host, so that a mirror, a saved copy and the site itself are read
// alike. The regular expressions do not mind case.
type rule struct {
	Name    string   `json:"name"`
	Since   string   `json:"since"`   // the day on which pages were first seen to look so
	Page    string   `json:"page"`    // a recorded page, with its golden beside it
	Hosts   []string `json:"hosts"`   // only pages of these sites; none means any
	Words   []string `json:"words"`   // only pages on which one of these stands in a class or an id
	Cut     string   `json:"cut"`     // CSS: elements that are no content
	Link    string   `json:"link"`    // regular expression: addresses of articles told in cards
	Clock   string   `json:"clock"`   // what the picture before a card's date says
	Heading string   `json:"heading"` // regular expression: the heading of a tag page; its group is the tag
	Banner  []string `json:"banner"`  // regular expressions: lines of the banner, besides what stands in banners anywhere
	Site    string   `json:"site"`    // regular expression: its group is the site's name

	link, heading, site, banner *regexp.Regexp
	cut                         goquery.Matcher
	words                       []uint32
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
	for _, w := range r.Words {
		r.words = append(r.words, block.Token(w))
	}
	if r.Cut != "" {
		if r.cut, err = cascadia.Compile(r.Cut); err != nil {
			return err
		}
	}
	for _, x := range []struct {
		dst **regexp.Regexp
		src string
	}{
		{&r.link, r.Link}, {&r.heading, r.Heading}, {&r.site, r.Site},
		{&r.banner, strings.Join(r.Banner, "|")},
	} {
		if *x.dst, err = regexp.Compile("(?i)" + x.src); err != nil {
			return err
		}
	}
	return nil
}

// cards reports whether the rule is about pages that tell articles in cards.
func (r *rule) cards() bool { return r.Link != "" }

// key returns what is the same in all addresses of an article; nothing if the
// address is not one.
func (r *rule) key(href string) string {
	return strings.ToLower(strings.TrimRight(r.link.FindString(href), "/?#"))
}

// concerns reports whether the rule may have something to cut from a page:
// looking that up in the words of its classes is cheaper than matching.
func (r *rule) concerns(host string, tokens []uint32) bool {
	if r.cut == nil || len(r.Hosts) > 0 && !slices.ContainsFunc(r.Hosts, func(h string) bool { return sameSite(h, host) }) {
		return false
	}
	return len(r.words) == 0 || slices.ContainsFunc(tokens, func(t uint32) bool { return slices.Contains(r.words, t) })
}

// clean takes the elements out of a tree that the rules name.
func clean(root *html.Node, host string, tokens []uint32) []extract.Cut {
	var cuts []extract.Cut
	for _, r := range rules() {
		if !r.concerns(host, tokens) {
			continue
		}
		goquery.NewDocumentFromNode(root).FindMatcher(r.cut).Each(func(_ int, s *goquery.Selection) {
			if t := cleanLine(s.Text()); t != "" {
				cuts = append(cuts, cutOf(r.Name, t))
			}
			s.Remove()
		})
	}
	return cuts
}
