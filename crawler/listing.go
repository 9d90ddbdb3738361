package crawler

import (
	"slices"
	"strings"
)

// listing takes the links of an HTML page; of a story only what it says
// about itself.
func (d *discovery) listing(story bool) {
	o := readOutline(decodeText(d.fetch.Body, d.fetch.Type))
	d.rebase(o.base)
	d.heads(o)
	if story {
		return
	}
	cands := d.candidates(o)
	rate(cands, func(c *candidate) zone { return c.zones.named })
	if !slices.ContainsFunc(cands, (*candidate).isStory) { // the names may mean nothing here
		rate(cands, func(c *candidate) zone { return c.zones.element })
	}
	next := d.nextPage(cands, o.next)
	for _, c := range cands {
		switch {
		case c.url == next:
		case hasWord(c.rel, "sponsored"):
			d.reject(c.url, rejectAd)
		case c.isStory():
			d.story(c.url, c.text, c.date, nil)
		default:
			d.reject(c.url, c.why(d))
		}
	}
	if next != "" {
		d.next(next, Tag)
	}
}

// rebase obeys <base href>.
func (d *discovery) rebase(href string) {
	if href == "" {
		return
	}
	if u, err := join(d.base, href); err == nil && (u.Scheme() == "http" || u.Scheme() == "https") {
		d.base = u
	}
}

// heads takes what the page says about itself.
func (d *discovery) heads(o outline) {
	for _, href := range o.feeds {
		if u, err := resolve(d.base, href); err == nil {
			d.found.Feeds = append(d.found.Feeds, u)
		}
	}
	if o.canonical == "" {
		return
	}
	// A canonical address on another site is not believed.
	if u, err := resolve(d.base, o.canonical); err == nil && SameSite(u, d.fetch.Final) {
		d.found.Canonical = u
	}
}

// A candidate is an address on a page, with all its anchors taken together:
// the picture and the title of one card are one candidate.
type candidate struct {
	url     string
	text    string // longest
	label   string // of the first anchor with words, "More" included
	date    string
	rel     string
	names   string
	paths   []string
	zones   zones // best
	zone    zone  // the one of them that counts
	heading bool
	shape   int
	score   int
}

func (c *candidate) isStory() bool { return c.score >= threshold }

const threshold = 4

// candidates gathers the anchors of a page by address, in page order.
func (d *discovery) candidates(o outline) []*candidate {
	byURL := make(map[string]*candidate)
	var all []*candidate
	for _, a := range o.anchors {
		if strings.HasPrefix(a.href, "#") || hasAnyPrefix(strings.ToLower(a.href), "javascript:", "mailto:", "tel:", "data:") {
			continue
		}
		u, ok := d.canonical(a.href)
		if !ok || u == d.fetch.Final || u == d.from.URL {
			continue
		}
		c := byURL[u]
		if c == nil {
			c = &candidate{url: u, zones: a.zones, shape: shape(u)}
			byURL[u] = c
			all = append(all, c)
		}
		c.add(a, o.dates)
	}
	return all
}

func (c *candidate) add(a anchor, dates map[int]string) {
	if c.label == "" {
		c.label = a.text
	}
	if len(a.text) > len(c.text) && !isReadMore(a.text) {
		c.text = a.text
	}
	c.zones.element = better(c.zones.element, a.zones.element)
	c.zones.named = better(c.zones.named, a.zones.named)
	c.heading = c.heading || a.heading
	c.rel += " " + a.rel
	c.names += " " + a.names
	if c.date == "" {
		c.date = dates[a.card]
	}
	if !slices.Contains(c.paths, a.path) && len(c.paths) < 20 {
		c.paths = append(c.paths, a.path)
	}
}

// better returns the zone that speaks more for a link.
func better(a, b zone) zone {
	if zoneScore(b) > zoneScore(a) {
		return b
	}
	return a
}

// rate scores the candidates: words, address, place, and whether there is a
// list of its like.
func rate(all []*candidate, zone func(*candidate) zone) {
	byPlace, byForm := make(map[string]*tally), make(map[string]*tally)
	for _, c := range all {
		c.zone = zone(c)
		c.score = wordScore(c.text) + c.shape + zoneScore(c.zone)
		if c.heading {
			c.score++
		}
		c.count(byPlace, false, len(strings.Fields(c.text)) >= 4 && c.shape > 0)
	}
	for _, c := range all {
		if c.among(byPlace, false, 3) {
			c.score += 2
		}
	}
	for _, c := range all {
		c.count(byForm, true, c.score >= threshold)
	}
	// A short title among long ones, in the same place and of the same form
	// of address.
	for _, c := range all {
		if c.score < threshold && c.among(byForm, true, 2) {
			c.score += 3
		}
	}
}

// A tally counts the links of one list, and those of them that look right.
type tally struct{ members, right int }

// count adds a candidate to the lists it stands in.
func (c *candidate) count(lists map[string]*tally, form, right bool) {
	for _, key := range c.keys(form) {
		l := lists[key]
		if l == nil {
			l = new(tally)
			lists[key] = l
		}
		l.members++
		if right {
			l.right++
		}
	}
}

// among reports whether a candidate stands in a list of which at least two
// thirds, and as many as least, look right.
func (c *candidate) among(lists map[string]*tally, form bool, least int) bool {
	return slices.ContainsFunc(c.keys(form), func(key string) bool {
		l := lists[key]
		return l.members >= 3 && l.right >= least && 3*l.right >= 2*l.members
	})
}

// keys names the lists a candidate stands in: its places on the page, with
// form also the form of its address.
func (c *candidate) keys(form bool) []string {
	if !form {
		return c.paths
	}
	keys := make([]string, len(c.paths))
	for i, p := range c.paths {
		keys[i] = p + " " + addressForm(c.url)
	}
	return keys
}

// addressForm returns an address with what differs between the articles of a
// site left out: the last segment, numbers, values.
func addressForm(canonical string) string {
	path, query, _ := strings.Cut(robotsPath(canonical), "?")
	var b strings.Builder
	segments := strings.Split(path, "/")
	if query == "" {
		segments = segments[:len(segments)-1]
	}
	for _, s := range segments {
		if strings.ContainsAny(s, "0123456789") {
			s = "#"
		}
		b.WriteString("/" + s)
	}
	for pair := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		b.WriteString("&" + name)
	}
	return b.String()
}

func wordScore(text string) int {
	n := len(strings.Fields(text))
	if n <= 2 && len(text) > 24 { // scripts without spaces
		n = len([]rune(text)) / 3
	}
	switch {
	case n >= 8:
		return 3
	case n >= 5:
		return 2
	case n >= 3:
		return 0
	case n == 0:
		return -1
	}
	return -2
}

func zoneScore(z zone) int {
	switch z {
	case main:
		return 1
	case aside:
		return -5
	case chrome:
		return -6
	}
	return 0
}

// why names what spoke most against a candidate.
func (c *candidate) why(d *discovery) string {
	if reason := d.scope.check(c.url, d.sites...); reason != "" {
		return reason
	}
	switch {
	case c.zone == chrome:
		return "navigation"
	case c.zone == aside:
		return "beside the list"
	case c.shape <= -3:
		return "section or service page"
	case wordScore(c.text) < 0:
		return "too few words"
	}
	return "does not look like an article"
}

func isReadMore(text string) bool {
	switch strings.ToLower(strings.Trim(text, " .…»›→")) {
	case "read more", "more", "continue reading", "read", "full story", "read full story", "learn more", "weiterlesen", "mehr",
		"lire la suite", "lire plus", "leer más", "leggi tutto", "lees meer", "läs mer":
		return true
	}
	return false
}
