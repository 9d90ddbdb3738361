package content

import (
	"encoding/json"
	"html"
	"strings"
)

// Bounds on what is read of a page's structured data.
const (
	mostData  = 1 << 20
	deepData  = 12
	mostNodes = 4000
)

// data is what a page's JSON-LD says about the article on it.
type data struct {
	headline   string
	summary    string
	body       string
	published  string
	modified   string
	authors    []string
	publisher  string
	site       string
	section    []string
	keywords   []string
	image      string
	lang       string
	url        string
	article    bool // an article of some kind is described
	news       bool // of news
	list       bool // the page says it is a collection
	breadcrumb []string
	live       bool // a page that goes on being written is described
	updates    []liveUpdate
}

// A graph collects the nodes of JSON-LD scripts.
type graph struct {
	nodes []map[string]any
	byID  map[string]map[string]any
}

// readData reads the scripts' contents. Broken JSON is left out.
func readData(scripts []string) data {
	g := graph{byID: make(map[string]map[string]any)}
	size := 0
	for _, s := range scripts {
		if size += len(s); size > mostData {
			break
		}
		var v any
		if json.Unmarshal([]byte(repairJSON(s)), &v) == nil {
			g.collect(v, 0)
		}
	}
	return g.data()
}

// repairJSON takes away what sites wrap around their JSON, and line breaks
// inside strings.
func repairJSON(s string) string {
	s = strings.TrimSpace(s)
	s = strings.TrimPrefix(s, "<!--")
	s = strings.TrimSuffix(s, "-->")
	s = strings.TrimPrefix(strings.TrimSpace(s), "//<![CDATA[")
	s = strings.TrimSuffix(strings.TrimSpace(s), "//]]>")
	s = strings.TrimSuffix(strings.TrimSpace(s), ";")
	if strings.ContainsAny(s, "\n\r\t") {
		s = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(s)
	}
	return s
}

func (g *graph) collect(v any, depth int) {
	if depth > deepData || len(g.nodes) >= mostNodes {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			g.collect(e, depth+1)
		}
	case map[string]any:
		if len(types(v)) > 0 {
			g.nodes = append(g.nodes, v)
		}
		if id := str(v["@id"]); id != "" && len(v) > 1 {
			g.byID[id] = v
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item", "liveBlogUpdate", "author", "publisher", "isPartOf"} {
			if e, ok := v[key]; ok {
				g.collect(e, depth+1)
			}
		}
	}
}

func types(m map[string]any) []string { return texts(m["@type"]) }

// isArticle reports whether a type is one of the kinds of articles.
func isArticle(t string) bool {
	t = t[strings.LastIndexAny(t, "/:")+1:]
	switch t {
	case "Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
		"ReviewNewsArticle", "LiveBlogPosting", "TechArticle", "ScholarlyArticle", "Report", "SocialMediaPosting", "AdvertiserContentArticle",
		"Review", "MedicalScholarlyArticle", "BlogPost", "Posting":
		return true
	}
	return false
}

func (g *graph) data() data {
	var d data
	best := -1
	for _, n := range g.nodes {
		for _, t := range types(n) {
			switch {
			case isArticle(t):
				if s := richness(n); s > best {
					best = s
					g.fill(&d, n)
				}
				g.live(&d, n, t)
			case t == "WebSite" || t == "http://schema.org/WebSite":
				d.site = first(d.site, str(n["name"]))
			case t == "CollectionPage" || t == "ItemList":
				d.list = true
			case t == "BreadcrumbList" && d.breadcrumb == nil:
				d.breadcrumb = crumbs(n)
			case strings.HasSuffix(t, "WebPage"):
				d.published = first(d.published, str(n["datePublished"]))
			}
		}
	}
	return d
}

// richness counts what an article node tells: of several the fullest is the
// page's own.
func richness(n map[string]any) int {
	s := 0
	for _, k := range []string{"headline", "datePublished", "author", "articleBody", "mainEntityOfPage", "publisher"} {
		if _, ok := n[k]; ok {
			s++
		}
	}
	if _, ok := n["liveBlogUpdate"]; ok {
		s += 10 // its entries are articles too
	}
	return s
}

// live notes that an article is one that goes on, and its entries.
func (g *graph) live(d *data, n map[string]any, kind string) {
	d.live = d.live || strings.HasSuffix(kind, "LiveBlogPosting")
	list, ok := n["liveBlogUpdate"].([]any)
	if !ok || len(d.updates) > 0 {
		return
	}
	for _, e := range list[:min(len(list), mostEntries)] {
		if m, ok := e.(map[string]any); ok {
			d.updates = append(d.updates, liveUpdate{headline: first(str(m["headline"]), str(m["name"])), body: paragraphs(m["articleBody"]),
				published: str(m["datePublished"]), url: str(m["url"]), authors: g.names(m["author"])})
		}
	}
}

func (g *graph) fill(d *data, n map[string]any) {
	d.article = true
	d.news = strings.HasSuffix(str(n["@type"]), "NewsArticle")
	d.headline = first(str(n["headline"]), str(n["name"]))
	d.body = paragraphs(n["articleBody"])
	d.summary = str(n["description"])
	d.published = first(str(n["datePublished"]), str(n["dateCreated"]), str(n["uploadDate"]))
	d.modified = str(n["dateModified"])
	d.authors = g.names(n["author"])
	if len(d.authors) == 0 {
		d.authors = g.names(n["creator"])
	}
	if p := g.names(n["publisher"]); len(p) > 0 {
		d.publisher = p[0]
	}
	d.section = texts(n["articleSection"])
	d.keywords = keywords(n["keywords"])
	d.image = imageOf(n["image"])
	d.lang = str(n["inLanguage"])
	d.url = first(str(n["url"]), str(n["mainEntityOfPage"]))
}

// names returns the names of persons or organizations, following references.
func (g *graph) names(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{plainOf(v)}
	case []any:
		var out []string
		for _, e := range v[:min(len(v), 30)] {
			out = append(out, g.names(e)...)
		}
		return out
	case map[string]any:
		if n := texts(v["name"]); len(n) > 0 {
			return n
		}
		if m, ok := g.byID[str(v["@id"])]; ok {
			return texts(m["name"])
		}
	}
	return nil
}

// str returns a value as text: of a list its first, of a node its @id.
func str(v any) string {
	if t := texts(v); len(t) > 0 {
		return t[0]
	}
	return ""
}

func texts(v any) []string {
	switch v := v.(type) {
	case string:
		if s := plainOf(v); s != "" {
			return []string{s}
		}
	case []any:
		var out []string
		for _, e := range v[:min(len(v), 60)] {
			if s := str(e); s != "" {
				out = append(out, s)
			}
		}
		return out
	case map[string]any:
		for _, k := range []string{"@value", "@id", "name"} {
			if s, ok := v[k].(string); ok {
				return []string{plainOf(s)}
			}
		}
	}
	return nil
}

// paragraphs returns a long text with its line breaks.
func paragraphs(v any) string {
	s, ok := v.(string)
	if !ok {
		return str(v)
	}
	return cleanText(html.UnescapeString(s))
}

// plainOf returns a value without the references that some sites write for
// characters twice over, and in one line.
func plainOf(s string) string {
	for range 2 {
		if !strings.Contains(s, "&") {
			break
		}
		s = html.UnescapeString(s)
	}
	return cleanLine(s)
}

func keywords(v any) []string {
	var out []string
	for _, s := range texts(v) {
		out = append(out, splitList(s)...)
	}
	return out
}

// splitList parts a list written with commas or semicolons.
func splitList(s string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '、' }) {
		if f = strings.TrimSpace(f); f != "" && len(f) < 120 {
			out = append(out, f)
		}
	}
	return out
}

func imageOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		if len(v) > 0 {
			return imageOf(v[0])
		}
	case map[string]any:
		return first(str(v["url"]), str(v["contentUrl"]), str(v["@id"]))
	}
	return ""
}

func crumbs(n map[string]any) []string {
	var out []string
	list, _ := n["itemListElement"].([]any)
	for _, e := range list {
		m, ok := e.(map[string]any)
		if !ok {
			continue
		}
		name := str(m["name"])
		if item, ok := m["item"].(map[string]any); ok && name == "" {
			name = str(item["name"])
		}
		out = append(out, name)
	}
	return out
}

// first returns the first text that is not empty.
func first(ss ...string) string {
	for _, s := range ss {
		if s != "" {
			return s
		}
	}
	return ""
}
