package browser

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
)

// payloads are what a page may carry to run in a reader's browser, one a line.
func payloads(t *testing.T) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Split(strings.TrimSpace(string(b)), "\n")
	if len(all) < 60 {
		t.Fatalf("only %d payloads", len(all))
	}
	return all
}

// hostile is a site with an article for every payload, which stands in all
// that is read off a page, as text: whoever shows it must not undo that.
func hostile(all []string) news {
	n := news{}
	var list strings.Builder
	for i, x := range all {
		who := hostileNames[i%len(hostileNames)] + " O'Marsh" + strings.Repeat("a", i/len(hostileNames))
		path := fmt.Sprintf("/2025/05/%02d/story-%d?x=%s", 1+i%28, i, url.QueryEscape(x))
		fmt.Fprintf(&list, `<li><a href="%s">%s</a></li>`, html.EscapeString(path), html.EscapeString(x))
		n[path] = hostileArticle(html.EscapeString(x), who)
	}
	n["/tag/x"] = []byte("<!doctype html><html><head><meta charset=utf-8><title>x</title></head><body><main><ul>" + list.String() + "</ul></main></body></html>")
	return n
}

var hostileNames = strings.Fields("Ada Bruno Clara Derek Elena Fritz Greta Henry Irene Jonas Klara Louis Maria Nadia Oscar Paula")

// hostileArticle has a clean name, so that claims are read, and one that breaks
// out of an attribute: one with more in it is not taken for a name.
func hostileArticle(x, who string) []byte {
	return fmt.Appendf(nil, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%[1]s</title>
<meta property="og:title" content="A story of %[1]s"><meta property="og:site_name" content="Outlet %[1]s"><meta property="article:published_time" content="2025-05-12T07:00:00Z">
<meta name="author" content="Nora %[1]s"><meta property="article:tag" content="%[1]s"><meta property="article:section" content="%[1]s"></head><body>
<article><h1>A story of %[1]s</h1>
<p>Every Tuesday we list who has taken a new chair, and whose chair that was, as announced by the companies themselves. One of them is %[1]s these days.</p>
<h3>%[2]s</h3><ul><li>Current role: Chief %[1]s at Northlight AI</li><li>Left Corvid Labs: March 2024</li></ul>
<p>%[1]s</p>
<h3>%[2]s"onclick=</h3><ul><li>Joined Meridian Bank: May 2025</li></ul></article></body></html>`, x, html.EscapeString(who))
}

// strict: one of so many pages is opened with its policy on, where a try to run
// something is told as a breach of it.
const strict = 4

// testStored reads the hostile site and opens all that shows what was read,
// with the page's policy off and some of it as it is served: nothing may run,
// or try to, and nothing may be asked for elsewhere.
func testStored(t *testing.T, c *Chromium, program string) {
	all := payloads(t)
	p := newTenure(t, program)
	site := hostile(all).serve(t)
	p.run(t, "source", "add", site+"/tag/x", "--kind", "tag", "--tag", all[0])
	p.run(t, "run", "--allow-private", "--delay", "0s", "--quiet")
	wantStored(t, p, all)
	base := p.serve(t)
	paths := hostilePaths(t, p, all)
	for _, lax := range []bool{false, true} {
		t.Run(fmt.Sprintf("policy off %v", lax), func(t *testing.T) {
			t.Parallel()
			tab := open(t, c, Look{Width: 1280, Height: 900, Lax: lax})
			for i, path := range paths {
				if lax || i%strict == 0 {
					wantHarmless(t, tab, base, path)
				}
			}
		})
	}
}

// storedArticle is what is kept of an article, as far as it matters here.
type storedArticle struct {
	ID, URL, Title, Site string
	Authors, Tags        []string
	Facts                []struct {
		Role     string
		Evidence struct{ Quote string }
	}
	Entities []struct{ Name string }
}

// wantStored wants the payloads kept, for else nothing would be tried.
func wantStored(t *testing.T, p *tenure, all []string) {
	t.Helper()
	kept := map[string]int{}
	for _, a := range records[storedArticle](t, p.run(t, "export", "articles", "--format", "jsonl")) {
		has := func(field string, values ...string) {
			if slices.ContainsFunc(values, func(v string) bool {
				return slices.ContainsFunc(all, func(x string) bool { return strings.Contains(v, x) })
			}) {
				kept[field]++
			}
		}
		has("title", a.Title)
		has("site", a.Site)
		has("author", a.Authors...)
		has("tag", a.Tags...)
		if u, err := url.Parse(a.URL); err == nil {
			has("URL", u.Query().Get("x"))
		}
		var roles, quotes []string
		for _, f := range a.Facts {
			roles, quotes = append(roles, f.Role), append(quotes, f.Evidence.Quote)
		}
		for _, e := range a.Entities {
			if strings.Contains(e.Name, `"on`) {
				kept["entity"]++
			}
		}
		has("role", roles...)
		has("quote", quotes...)
	}
	t.Logf("of %d payloads kept: %v", len(all), kept)
	for field, least := range map[string]int{"title": 60, "site": 60, "author": 5, "tag": 60, "URL": 60, "entity": 20, "role": 60, "quote": 60} {
		if kept[field] < least {
			t.Errorf("%s: only %d payloads are kept, want %d", field, kept[field], least)
		}
	}
}

// hostilePaths are all pages, feeds and exports that show what is kept, and
// pages that show what the address asks for.
func hostilePaths(t *testing.T, p *tenure, all []string) []string {
	t.Helper()
	paths := []string{"/", "/?page=2", "/?page=3", "/flow", "/sources", "/run", "/feed.json", "/feed.atom", "/metrics", "/api/v1/moves", "/api/v1/facts", "/api/v1/articles", "/api/v1/organizations", "/api/v1/people"}
	for _, format := range []string{"json", "jsonl", "csv", "ftm", "jsonld", "graphml"} {
		paths = append(paths, "/api/v1/export?what=moves&format="+format)
	}
	paths = append(paths, "/api/v1/export?what=articles&format=ninjs", "/api/v1/export?what=articles&format=json")
	for _, a := range records[storedArticle](t, p.run(t, "export", "articles", "--format", "jsonl")) {
		paths = append(paths, "/article/"+a.ID)
	}
	for _, e := range slices.Concat(records[struct{ Name, Kind string }](t, p.run(t, "list", "people", "--json")), records[struct{ Name, Kind string }](t, p.run(t, "list", "organizations", "--json"))) {
		paths = append(paths, "/"+e.Kind+"/"+url.PathEscape(e.Name))
	}
	for _, x := range all {
		q := url.QueryEscape(x)
		paths = append(paths, "/?q="+q+"&person="+q+"&org="+q+"&from="+q+"&to="+q+"&kind="+q+"&tag="+q+"&after="+q+"&before="+q+"&score="+q, "/person/"+url.PathEscape(x))
	}
	return paths
}

// wantHarmless opens a page and wants it to be words alone.
func wantHarmless(t *testing.T, tab *Tab, base, path string) {
	t.Helper()
	v, err := tab.Open(base + path)
	if err != nil {
		t.Fatal(err)
	}
	var bad []string
	for _, x := range v.Troubles {
		if !strings.Contains(x, "the server responded with a status of 404") {
			bad = append(bad, x)
		}
	}
	for _, r := range v.Requests {
		if !strings.HasPrefix(r.URL, base+"/") && !strings.HasPrefix(r.URL, "data:image/") {
			bad = append(bad, "asks for "+r.URL)
		}
	}
	if v.Status >= 500 {
		bad = append(bad, fmt.Sprintf("status %d", v.Status))
	}
	var alive []string
	if err := tab.Eval(living, &alive); err != nil {
		t.Fatal(err)
	}
	if bad = append(bad, alive...); len(bad) > 0 {
		t.Errorf("%s: %q", path, bad)
	}
}

// living are parts of a page that run, load or lead to something that is not
// the page's own. Only of a page: a feed is shown by the browser's own page.
const living = `(() => {
	if (document.contentType != 'text/html') return [];
	const bad = [...document.querySelectorAll('script:not([src^="/static/page.js?"]), iframe, object, embed, base, style, template, noscript, audio, video, img, meta[http-equiv], [autofocus], [style], svg foreignObject, svg use, svg animate, svg set')];
	for (const e of document.querySelectorAll('*')) for (const a of e.attributes) {
		if (a.name.startsWith('on')) bad.push(e);
		if (['href', 'action', 'src', 'xlink:href', 'formaction'].includes(a.name)) {
			const u = new URL(a.value, location.href);
			if (!['http:', 'https:'].includes(u.protocol)) bad.push(e);
			if (u.origin != location.origin && !(e.tagName == 'A' && e.rel.includes('noopener noreferrer nofollow'))) bad.push(e);
		}
	}
	return bad.map(e => e.outerHTML.slice(0, 200));
})()`

// testPayloads opens the payloads where nobody took care, to know that what
// runs is seen to run.
func testPayloads(t *testing.T, c *Chromium) {
	all := payloads(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><title>x</title><body><p title=\"%[1]s\">%[1]s</p>", r.URL.Query().Get("x"))
	}))
	defer s.Close()
	tab := open(t, c, Look{Width: 1280, Height: 900})
	ran, caught := 0, 0
	for _, x := range all {
		v, err := tab.Open(s.URL + "/?x=" + url.QueryEscape(x))
		if err != nil {
			continue // it has gone elsewhere
		}
		var alive []string
		if err := tab.Eval(living, &alive); err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(v.Troubles, func(s string) bool { return strings.Contains(s, "dialog: alert") }) {
			ran++
		}
		if len(alive) > 0 || len(v.Troubles) > 0 {
			caught++
		}
	}
	t.Logf("of %d payloads %d run by themselves and %d are seen", len(all), ran, caught)
	if ran < 30 || caught < 55 {
		t.Errorf("of %d payloads only %d are seen to run and %d are seen at all", len(all), ran, caught)
	}
}
