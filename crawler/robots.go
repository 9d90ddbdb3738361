package crawler

import (
	"bytes"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	maxRobots     = 500 << 10 // bytes read of a robots.txt (RFC 9309, 2.5)
	maxRobotsLine = 16 << 10  // bytes read of a line
	maxCrawlDelay = 120 * time.Second
)

// Robots is a robots.txt file, read as RFC 9309 says and as forgiving of
// misspellings as Google's parser. The zero value allows everything.
type Robots struct {
	groups   []group
	Sitemaps []string // as written, in order, each once
}

// A group is what one run of user-agent lines is told.
type group struct {
	agents []agent
	rules  []rule
}

// An agent is one user-agent line.
type agent struct {
	token string        // in lower case; "*" is everyone
	delay time.Duration // Crawl-delay; negative if there is none
}

// A rule allows or forbids the paths its pattern matches.
type rule struct {
	pattern string // escaped as in URLs; * and a final $ are special
	plain   string // pattern without needless escapes, if that differs
	allow   bool
}

// ParseRobots reads a robots.txt. Whatever the bytes, it returns something:
// lines that make no sense are skipped, what lies beyond 500 KiB is ignored.
func ParseRobots(body []byte) *Robots {
	p := robotsParser{file: new(Robots)}
	body = decodeBOM(body[:min(len(body), maxRobots)])
	for line := range bytes.FieldsFuncSeq(body, func(r rune) bool { return r == '\n' || r == '\r' }) {
		p.line(string(line[:min(len(line), maxRobotsLine)]))
	}
	p.flush()
	return p.file
}

// robotsParser collects the group that is being read.
type robotsParser struct {
	file  *Robots
	open  group
	rules bool // the open group has had a rule: the next user-agent begins another
}

func (p *robotsParser) line(line string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok := strings.Cut(line, ":")
	if !ok { // "disallow /x": two words and no colon is meant as a rule
		words := strings.Fields(line)
		if len(words) != 2 {
			return
		}
		key, value = words[0], words[1]
	}
	key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
	switch {
	case hasAnyPrefix(key, "user-agent", "useragent", "user agent"):
		p.agent(value)
	case hasAnyPrefix(key, "allow"):
		p.rule(value, true)
	case hasAnyPrefix(key, "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw", "desallow"):
		p.rule(value, false)
	case hasAnyPrefix(key, "crawl-delay", "crawldelay", "crawl delay"):
		p.delay(value)
	case hasAnyPrefix(key, "sitemap", "site-map"):
		if value != "" && !slices.Contains(p.file.Sitemaps, value) && len(p.file.Sitemaps) < 1000 {
			p.file.Sitemaps = append(p.file.Sitemaps, value)
		}
	}
}

func (p *robotsParser) agent(value string) {
	if p.rules {
		p.flush()
	}
	token := strings.ToLower(productPrefix(value))
	if value == "*" || strings.HasPrefix(value, "* ") {
		token = "*"
	}
	if token != "" {
		p.open.agents = append(p.open.agents, agent{token, -1})
	}
}

func (p *robotsParser) rule(value string, allow bool) {
	p.rules = true
	if value == "" {
		return
	}
	r := rule{pattern: escapePattern(value), allow: allow}
	if plain := unescapePattern(r.pattern); plain != r.pattern {
		r.plain = plain
	}
	p.open.rules = append(p.open.rules, r)
}

// delay is for the agents named so far. It is no rule: user-agent lines after
// it still belong to the group (RFC 9309, 2.2.4), but it is not for them.
func (p *robotsParser) delay(value string) {
	s, err := strconv.ParseFloat(strings.TrimSuffix(value, "s"), 64)
	if err != nil {
		return
	}
	for i := range p.open.agents {
		p.open.agents[i].delay = seconds(s, maxCrawlDelay)
	}
}

func (p *robotsParser) flush() {
	if len(p.open.agents) > 0 {
		p.file.groups = append(p.file.groups, p.open)
	}
	p.open, p.rules = group{}, false
}

// Allowed reports whether the agent, a product token such as "tenure", may
// fetch the URL. The rules of all groups that name it count together; only
// if none does, those for everyone. The longest matching pattern decides, and
// allows if an equally long one forbids.
func (r *Robots) Allowed(agent, url string) bool {
	path := escapePattern(robotsPath(url))
	longest, allowed := -1, true
	for g := range r.of(agent) {
		for _, rule := range g.rules {
			n := len(rule.pattern)
			if n < longest || n == longest && allowed || !rule.matches(path) {
				continue
			}
			longest, allowed = n, rule.allow
		}
	}
	return allowed
}

// CrawlDelay returns the pause the agent is asked to make between fetches, at
// most 120 s, and whether it is asked for one.
func (r *Robots) CrawlDelay(agent string) (time.Duration, bool) {
	delay := time.Duration(-1)
	for _, a := range r.of(agent) {
		delay = max(delay, a.delay)
	}
	return max(delay, 0), delay >= 0
}

// of yields the groups the agent has to obey, with the line that names it.
func (r *Robots) of(name string) iter.Seq2[group, agent] {
	name = strings.ToLower(name)
	if name == "" || !slices.ContainsFunc(r.groups, func(g group) bool { return g.named(name) >= 0 }) {
		name = "*"
	}
	return func(yield func(group, agent) bool) {
		for _, g := range r.groups {
			if i := g.named(name); i >= 0 && !yield(g, g.agents[i]) {
				return
			}
		}
	}
}

// named returns where the group names the agent, -1 if it does not.
func (g group) named(name string) int {
	return slices.IndexFunc(g.agents, func(a agent) bool { return a.token == name })
}

// matches reports whether the rule speaks of the path. A rule that forbids
// also forbids the path its pattern spells with needless escapes, because
// canonical URLs have none; one that allows is taken by the letter.
func (r rule) matches(path string) bool {
	if matchPattern(r.pattern, path) {
		return true
	}
	if !r.allow && r.plain != "" && matchPattern(r.plain, path) {
		return true
	}
	// "Allow: /x/index.html" opens "/x/" too.
	dir, ok := strings.CutSuffix(strings.TrimSuffix(r.pattern, "$"), "/index.html")
	if !ok {
		dir, ok = strings.CutSuffix(strings.TrimSuffix(r.pattern, "$"), "/index.htm")
	}
	return r.allow && ok && matchPattern(dir+"/$", path)
}

// matchPattern reports whether pattern matches a beginning of path. It is
// greedy with one step back, so linear for one star and never worse than the
// product of both lengths.
func matchPattern(pattern, path string) bool {
	whole := strings.HasSuffix(pattern, "$")
	pattern = strings.TrimSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	rest := path[len(parts[0]):]
	for i, part := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !whole || rest == ""
}

// robotsPath returns path and query of a URL, "/" if there are none.
func robotsPath(url string) string {
	url, _, _ = strings.Cut(url, "#")
	rest := url
	if i := strings.Index(url, "//"); i >= 0 {
		rest = url[i+2:]
	}
	i := strings.IndexAny(rest, "/?;")
	if i < 0 {
		return "/"
	}
	if rest = rest[i:]; rest[0] != '/' {
		return "/" + rest
	}
	return rest
}

// escapePattern writes a pattern or a path as URLs are written: what needs an
// escape escaped, escapes in upper case, and no escape undone.
func escapePattern(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case isEscape(s, i):
			b.WriteString(strings.ToUpper(s[i : i+3]))
			i += 2
		case isUnsafe(s[i]):
			writeHex(&b, s[i])
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func unescapePattern(s string) string {
	var b strings.Builder
	writeEscaped(&b, s)
	return b.String()
}

// productPrefix returns the product token s begins with.
func productPrefix(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '-' || r == '_')
	})
	if end < 0 {
		return s
	}
	return s[:end]
}

// ProductToken returns the name by which a User-Agent is spoken to in
// robots.txt: "tenure" of "tenure/1.0 (+https://…)", "mybot" of
// "Mozilla/5.0 (compatible; mybot/1.0)".
func ProductToken(userAgent string) string {
	if _, rest, ok := strings.Cut(userAgent, "compatible;"); ok {
		if token := productPrefix(strings.TrimSpace(rest)); token != "" {
			return token
		}
	}
	return productPrefix(userAgent)
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}
