package crawler

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// listing takes the links of an HTML page; of a story only what it says
// about itself.
func (d *discovery) listing(story bool) {
	o := readOutline(decodeText(d.fetch.Body, d.fetch.Type))
	base := d.base(o.base)
	d.heads(o, base)
	if story {
		return
	}
	cands := d.candidates(o, base)
	rate(cands)
	next := d.nextPage(cands, o.next, base)
	for _, c := range cands {
		switch {
		case c.url == next:
		case c.score >= threshold:
			d.story(c.url, c.text, c.date, nil)
		default:
			d.reject(c.url, c.why(d))
		}
	}
	if next != "" {
		d.next(next, Tag)
	}
}

// base returns what relative addresses of the page are relative to.
func (d *discovery) base(href string) string {
	if href == "" {
		return d.fetch.Final
	}
	u, err := Resolve(d.fetch.Final, href)
	if err != nil {
		return d.fetch.Final
	}
	return u
}

// heads takes what the page says about itself.
func (d *discovery) heads(o outline, base string) {
	for _, href := range o.feeds {
		if u, err := Resolve(base, href); err == nil {
			d.found.Feeds = append(d.found.Feeds, u)
		}
	}
	if o.canonical == "" {
		return
	}
	// A canonical address on another site is not believed.
	if u, err := Resolve(base, o.canonical); err == nil && SameSite(u, d.fetch.Final) {
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
	paths   []string
	zone    zone // best
	heading bool
	shape   int
	score   int
}

const threshold = 4

// candidates gathers the anchors of a page by address, in page order.
func (d *discovery) candidates(o outline, base string) []*candidate {
	byURL := make(map[string]*candidate)
	var all []*candidate
	for _, a := range o.anchors {
		if strings.HasPrefix(a.href, "#") || hasAnyPrefix(strings.ToLower(a.href), "javascript:", "mailto:", "tel:", "data:") {
			continue
		}
		u, ok := d.canonical(base, a.href)
		if !ok || u == d.fetch.Final || u == d.from.URL {
			continue
		}
		c := byURL[u]
		if c == nil {
			c = &candidate{url: u, zone: a.zone, shape: shape(u)}
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
	if a.zone < c.zone || c.zone == body && a.zone == main {
		c.zone = a.zone
	}
	c.heading = c.heading || a.heading
	c.rel += " " + a.rel
	if c.date == "" {
		c.date = dates[a.card]
	}
	if !slices.Contains(c.paths, a.path) && len(c.paths) < 20 {
		c.paths = append(c.paths, a.path)
	}
}

// rate scores the candidates: words, address, place, and whether there is a
// list of its like.
func rate(all []*candidate) {
	byPlace, byForm := make(map[string]*tally), make(map[string]*tally)
	for _, c := range all {
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
		return -4
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

// shape says how much an address looks like that of an article.
func shape(canonical string) int {
	path, query, _ := strings.Cut(robotsPath(canonical), "?")
	segments := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return r == '/' })
	if len(segments) == 0 {
		if hasID(query) {
			return 1
		}
		return -4
	}
	last := segments[len(segments)-1]
	strong, weak := listWords(segments)
	words := slugWords(last)
	switch {
	case strong && !hasDate(path), isServiceWord(last), isListWord(last):
		return -4
	case hasDate(path), isLongID(last), words >= 4:
		return 3
	case words == 3, hasID(query):
		return 2
	case weak:
		return -4
	case words == 2 || hasDigits(last, 4):
		return 1
	case len(segments) == 1:
		return -3
	}
	return -1
}

// listWords reports whether a segment before the last says that a list
// follows, and whether one says so of what mostly is a list or a service.
func listWords(segments []string) (strong, weak bool) {
	for _, s := range segments[:len(segments)-1] {
		strong = strong || isListWord(s)
		weak = weak || isServiceWord(s)
	}
	return strong, weak
}

// isListWord knows path segments after which the name of a list stands.
func isListWord(s string) bool {
	switch stem(s) {
	case "tag", "tags", "topic", "topics", "category", "categories", "author", "authors", "by", "profile", "profiles",
		"user", "users", "member", "members", "search", "hashtag", "keyword", "keywords", "label", "labels", "thema", "themen",
		"schlagwort", "tema", "temas", "etiqueta", "etiquetas", "autor", "autoren", "auteur", "auteurs", "rubrik", "rubrique",
		"login", "signin", "sign-in", "signup", "register", "account", "subscribe", "share", "shop", "store", "legal":
		return true
	}
	return false
}

// isServiceWord knows path segments that mostly lead to no article; with a
// long title or an id behind them they may.
func isServiceWord(s string) bool {
	switch stem(s) {
	case "section", "sections", "people", "subscription", "subscriptions", "newsletter", "newsletters", "about", "about-us",
		"contact", "contact-us", "privacy", "privacy-policy", "terms", "terms-of-service", "terms-of-use", "cookie-policy",
		"cookies", "imprint", "impressum", "datenschutz", "agb", "help", "faq", "advertise", "careers", "jobs", "rss", "feed", "feeds",
		"sitemap", "site-map", "archive", "archives", "page", "app", "apps", "download", "events", "podcasts", "live", "accessibility",
		"corrections", "mypage", "settings", "comments", "trending", "latest", "popular", "index", "home", "weather", "horoscope":
		return true
	}
	return false
}

// stem drops an extension.
func stem(segment string) string {
	segment, _, _ = strings.Cut(segment, ".")
	return segment
}

// hasDate finds /2025/05/26/, /2025-05-26 and /20250526.
func hasDate(path string) bool {
	for i := 0; i+5 < len(path); i++ {
		if path[i] != '/' && path[i] != '-' || !(strings.HasPrefix(path[i+1:], "20") || strings.HasPrefix(path[i+1:], "19")) {
			continue
		}
		digits := 0
		for _, c := range path[i+1:] {
			if c >= '0' && c <= '9' {
				digits++
			} else if c != '/' && c != '-' {
				break
			}
		}
		if digits >= 6 {
			return true
		}
	}
	return false
}

// isLongID knows hexadecimal ids and long numbers: the end of addresses that
// a system made.
func isLongID(s string) bool {
	s, _, _ = strings.Cut(s, ".")
	for part := range strings.SplitSeq(s, "-") {
		digits, hex := 0, 0
		for i := range len(part) {
			if part[i] >= '0' && part[i] <= '9' {
				digits++
			}
			if isHex(part[i]) {
				hex++
			}
		}
		if len(part) >= 6 && digits == len(part) || len(part) >= 12 && hex == len(part) && digits >= 2 {
			return true
		}
	}
	return false
}

func hasDigits(s string, n int) bool {
	run := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			run = 0
			continue
		}
		if run++; run >= n {
			return true
		}
	}
	return false
}

// hasID finds the parameter of a page that is chosen by its query.
func hasID(query string) bool {
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		switch strings.ToLower(name) {
		case "id", "p", "story", "storyid", "story_id", "article", "articleid", "article_id", "newsid", "news_id", "nid", "docid", "aid":
			if hasDigits(value, 2) || len(value) >= 12 {
				return true
			}
		}
	}
	return false
}

// slugWords counts the words of "meta-loses-its-best_people.html".
func slugWords(s string) int {
	n := 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '-' || r == '_' || r == '+' || r == '.' }) {
		if w != "html" && w != "htm" && w != "php" && w != "aspx" && strings.ContainsFunc(w, unicode.IsLetter) {
			n++
		}
	}
	return n
}

func isReadMore(text string) bool {
	switch strings.ToLower(strings.Trim(text, " .…»›→")) {
	case "read more", "more", "continue reading", "read", "full story", "read full story", "learn more", "weiterlesen", "mehr",
		"lire la suite", "lire plus", "leer más", "leggi tutto", "lees meer", "läs mer":
		return true
	}
	return false
}

// TagOf returns the tag a tag page's address names, as "HugoTouvron" of
// "https://example.org/en/tag/HugoTouvron", empty if it names none.
func TagOf(canonical string) string {
	path, _, _ := strings.Cut(robotsPath(canonical), "?")
	segments := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	for i, s := range segments {
		switch strings.ToLower(s) {
		case "tag", "tags", "topic", "topics", "hashtag", "keyword", "thema", "schlagwort", "tema", "etiqueta", "label":
			if i+1 < len(segments) {
				return collapse(unescapeAll(segments[i+1]), 100)
			}
		}
	}
	return ""
}

func unescapeAll(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if isEscape(s, i) {
			b.WriteByte(unhex(s[i+1])<<4 | unhex(s[i+2]))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

// pageNumber reads a link text that is only a number.
func pageNumber(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
