package page_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"tenure/crawler"
	"tenure/extract"
	"tenure/pipeline"
	"tenure/pipeline/web/page"
)

// payloads are what a page that is crawled may carry to run in a reader's
// browser: out of text, out of attributes, out of addresses, by odd parsing.
func payloads() []string {
	return []string{
		`<script>alert(1)</script>`, `<ScRiPt>alert(1)</sCrIpT>`, `<script src=//evil.example/x.js></script>`, `</title><script>alert(1)</script>`,
		`</textarea><script>alert(1)</script>`, `</style><script>alert(1)</script>`, `--><script>alert(1)</script>`, `]]><script>alert(1)</script>`,
		`"><script>alert(1)</script>`, `'><script>alert(1)</script>`, "`><script>alert(1)</script>", `<script/x>alert(1)</script>`,
		`<img src=x onerror=alert(1)>`, `<img/src=x/onerror=alert(1)>`, `"><img src=x onerror=alert(1)>`, `<img src="x" onerror="alert(1)" `,
		`<svg onload=alert(1)>`, `<svg/onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<svg><animate onbegin=alert(1) attributeName=x dur=1s>`,
		`</svg><script>alert(1)</script>`, `<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`, `<svg><set attributeName=href to=javascript:alert(1)>`, `<svg><use href="data:image/svg+xml,x#a">`,
		`<math><mi xlink:href="javascript:alert(1)">x</mi></math>`, `<math href="javascript:alert(1)">x</math>`, `<body onload=alert(1)>`, `<iframe src="javascript:alert(1)"></iframe>`,
		`<iframe srcdoc="<script>alert(1)</script>">`, `<object data="javascript:alert(1)">`, `<embed src="javascript:alert(1)">`, `<form action="javascript:alert(1)"><input type=submit>`,
		`<button formaction=javascript:alert(1)>x`, `<input onfocus=alert(1) autofocus>`, `<select onfocus=alert(1) autofocus>`, `<details open ontoggle=alert(1)>`,
		`<video><source onerror=alert(1)>`, `<audio src=x onerror=alert(1)>`, `<marquee onstart=alert(1)>`, `<meta http-equiv="refresh" content="0;url=javascript:alert(1)">`,
		`<base href="https://evil.example/">`, `<link rel=stylesheet href=//evil.example/x.css>`, `<style>@import '//evil.example/x.css'</style>`, `<div style="background:url(javascript:alert(1))">`,
		`javascript:alert(1)`, `JaVaScRiPt:alert(1)`, " javascript:alert(1)", "java\tscript:alert(1)", "javascript\n:alert(1)", `vbscript:msgbox(1)`, `data:text/html,<script>alert(1)</script>`,
		`data:text/html;base64,PHNjcmlwdD4=`, `//evil.example/x`, `http://a.example/"onmouseover="alert(1)`, `http://a.example/'onmouseover='alert(1)`, `http://a.example/><script>alert(1)</script>`,
		`" onmouseover="alert(1)`, `' onmouseover='alert(1)`, ` onmouseover=alert(1) x=`, "\x00<script>alert(1)</script>", `{{.}}<script>`, `&lt;script&gt;alert(1)&lt;/script&gt;`,
		`&#60;script&#62;alert(1)&#60;/script&#62;`, `%3Cscript%3Ealert(1)%3C/script%3E`, `\u003cscript\u003ealert(1)`, "<a href=\"javascript:alert(1)\">x</a>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
		`<template><script>alert(1)</script></template>`, "\u2028<script>alert(1)</script>", `<x onclick=alert(1)>x`, `<!--><script>alert(1)</script>`,
	}
}

// poisoned is a library in which every field that comes from outside is the
// payload, beside a word so that pages have addresses.
func poisoned(x string) *kept {
	who, org := "Ada "+x, "Acme "+x
	text := x + " " + who + " left " + org + "\n" + x
	at := now()
	id := strings.Repeat("a1", 16)
	fact := pipeline.FactRecord{
		Type: extract.Left, Person: who, Org: org, Role: x, Successor: x, Date: x, End: x, Status: x, Manner: x, Score: 0.5, Rule: x,
		Evidence: pipeline.EvidenceRecord{Start: 0, End: len(text), Quote: text}, URL: x,
	}
	return &kept{
		articles: []pipeline.ArticleRecord{{
			ID: id, URL: x, Site: x, Publisher: x, Title: x, Authors: []string{x, x}, Published: x, Tags: []string{x}, Categories: []string{x}, Image: x,
			CopyOf: x, Degraded: x, Text: text, FirstSeen: &at,
			Mentions: []pipeline.MentionRecord{{Start: len(x) + 1, End: len(x) + 1 + len(who), Kind: extract.Person, Entity: "p1"}, {Start: 0, End: len(x), Kind: extract.Kind(x), Entity: "o1"}},
			Entities: []pipeline.EntityRecord{{ID: "p1", Kind: extract.Person, Name: who}, {ID: "o1", Kind: extract.Organization, Name: org}, {ID: x, Kind: extract.Kind(x), Name: x}},
			Facts:    []pipeline.FactRecord{fact, {Type: extract.FactType(x), Person: who, Org: org, Evidence: pipeline.EvidenceRecord{Start: 2, End: 9, Quote: x}}},
		}},
		moves: []pipeline.MoveRecord{{
			ID: "rejected" + x, Person: who, From: &pipeline.PositionRecord{Org: org, Role: x, Left: x}, Kind: extract.MoveKind(x), Review: pipeline.ReviewRejected, Derived: []string{x},
			Conflicts: []extract.Conflict{{Field: x, Value: x, Other: x, Article: x}}, Evidence: []pipeline.CitationRecord{{Article: id, Quote: x}},
		}, {
			ID: "queued" + x, Person: who, To: &pipeline.PositionRecord{Org: org, Role: x}, Kind: extract.MoveKind(x), Review: pipeline.ReviewQueued,
			Conflicts: []extract.Conflict{{Field: x, Value: x, Other: x, Article: x}}, Evidence: []pipeline.CitationRecord{{Article: id, URL: x, Publisher: x, Published: x, Quote: x, Rule: x}},
		}, {
			ID: x, Person: who, From: &pipeline.PositionRecord{Org: org, Role: x, Left: "2025-02"}, To: &pipeline.PositionRecord{Org: "Brightwater " + x, Role: x, Joined: x},
			Kind: extract.MoveKind(x), Derived: []string{x}, Conflicts: []extract.Conflict{{Field: x, Value: x, Other: x, Article: x}}, Score: 0.4, FirstSeen: at, LastSeen: at, Review: x,
			Evidence: []pipeline.CitationRecord{{Article: id, URL: x, Publisher: x, Published: x, Quote: x, Rule: x}, {Article: x, URL: x, Quote: x}},
		}},
		sources:  []pipeline.SourceState{{Source: crawler.Source{ID: x, URL: x, Kind: crawler.Kind(x), Tags: []string{x}}, LastRun: at, Problem: x, Since: at}},
		failures: []pipeline.Failure{{URL: x, Stage: x, Reason: x, Detail: x, At: at}},
		run:      &pipeline.Summary{Start: at},
		cut:      []extract.Cut{{Rule: x, Text: x}},
		pairs:    []pipeline.Pair{{ID: x, Why: x, A: pipeline.PairSide{ID: "p1", Name: who, Articles: 1}, B: pipeline.PairSide{ID: x, Name: x, Articles: 1}}},
		verdicts: []pipeline.Verdict{{Of: x, ID: x, Verdict: pipeline.Judgement(x), At: at, Person: who, Says: x, Seen: []extract.SightingKey{{Article: x, Name: x}}}},
		who: &extract.Profile{
			ID: "p1", Name: who, Aliases: []string{x}, Sightings: []extract.SightingKey{{Article: id, Name: x}, {Article: x, Name: x}},
			Reasons: []extract.Reason{{Same: true, With: extract.SightingKey{Article: x, Name: x}, Why: x}, {From: x, Why: x}},
		},
	}
}

// harm returns what in a page could run or load something that is not ours.
func harm(r io.Reader) (found []string) {
	doc, err := html.Parse(r)
	if err != nil {
		return []string{err.Error()}
	}
	ours := strings.Fields("html head meta title link body a header div span nav form label input button main h1 h2 h3 p dl dt dd select option datalist figure figcaption svg line text rect path g tspan table caption thead tbody tr th td abbr q bdi bdo footer section pre code ol ul li article blockquote mark cite aside details summary small br strong kbd")
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" && strings.HasPrefix(attr(n, "src"), "/static/page.js?") && n.FirstChild == nil && len(n.Attr) == 2 {
			continue // our own
		}
		if !slices.Contains(ours, n.Data) {
			found = append(found, "element "+n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc", a.Key == "formaction", a.Key == "http-equiv", a.Key == "src", a.Key == "data":
				found = append(found, "attribute "+a.Key)
			case a.Key == "href", a.Key == "action":
				u, err := url.Parse(a.Val)
				switch {
				case err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https":
					found = append(found, "address "+a.Val)
				case u.Host != "" && !strings.Contains(attr(n, "rel"), "noopener noreferrer nofollow"):
					found = append(found, "link away "+a.Val)
				}
			}
		}
	}
	return found
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestStoredScripts puts every payload everywhere a crawled page reaches and
// wants no page to be more than text.
func TestStoredScripts(t *testing.T) {
	if n := len(payloads()); n < 60 {
		t.Fatalf("only %d payloads", n)
	}
	caught := 0
	for _, x := range payloads() {
		if len(harm(strings.NewReader("<p>"+x+`</p><a href="`+x+`">`))) > 0 {
			caught++
		}
		h := handler(poisoned(x))
		q := url.QueryEscape(x)
		key := func(name string) string { return url.PathEscape(page.Key(name + " " + x)) }
		for _, path := range []string{
			"/", "/?q=" + q, "/?person=" + q + "&org=" + q + "&from=" + q + "&to=" + q + "&kind=" + q + "&tag=" + q + "&after=" + q + "&before=" + q + "&score=" + q,
			"/flow", "/flow?org=" + q, "/person/" + key("Ada"), "/organization/" + key("Acme"), "/person/" + url.PathEscape(x), "/organization/" + url.PathEscape(x),
			"/article/" + strings.Repeat("a1", 16), "/article/" + url.PathEscape(x), "/sources", "/run", "/review", "/review?item=" + q + "&did=" + q, "/?rejected=1", "/search?q=" + q, "/search?part=1&q=" + q, "/article/" + strings.Repeat("a1", 16) + "?cut=1",
		} {
			w := ask(h, "GET", path)
			if w.Code >= 500 {
				t.Errorf("%q at %s: status %d", x, path, w.Code)
			}
			if w.Code == http.StatusFound {
				if u, err := url.Parse(w.Header().Get("Location")); err != nil || u.Host != "" || u.Scheme != "" {
					t.Errorf("%q at %s leads away: %s", x, path, w.Header().Get("Location"))
				}
				continue
			}
			if bad := harm(w.Body); len(bad) > 0 {
				t.Errorf("%q at %s: %v", x, path, bad)
			}
		}
		feedsParse(t, h, x)
	}
	if caught < 50 {
		t.Errorf("the check finds only %d of the payloads where nothing is escaped", caught)
	}
}

// feedsParse wants both feeds whole, and served as what they are.
func feedsParse(t *testing.T, h http.Handler, x string) {
	t.Helper()
	w := ask(h, "GET", "/feed.json")
	var v struct {
		Version string
		Items   []struct{ ID, URL, External_url string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil || len(v.Items) != 2 || v.Version != "https://jsonfeed.org/version/1.1" {
		t.Errorf("%q: JSON Feed: %v, %d items", x, err, len(v.Items))
	}
	w = ask(h, "GET", "/feed.atom")
	d := xml.NewDecoder(w.Body)
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Errorf("%q: Atom: %v", x, err)
			break
		}
	}
	if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, "application/atom+xml") {
		t.Errorf("Atom as %s", got)
	}
}

// TestGuard asks in ways that must be refused, and wants the headers of
// safety on every answer.
func TestGuard(t *testing.T) {
	site := &page.Site{Library: courier(t), Timeline: stays, Now: now}
	open := page.Guard{Hosts: []string{"news.example.org"}}.Wrap(site.Handler())
	closed := page.Guard{Token: "correct horse battery"}.Wrap(site.Handler())
	basic := func(user, password string) string {
		r, err := http.NewRequestWithContext(t.Context(), "GET", "/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.SetBasicAuth(user, password)
		return r.Header.Get("Authorization")
	}
	tests := []struct {
		name    string
		h       http.Handler
		method  string
		path    string
		headers []string
		want    int
	}{
		{"loopback", open, "GET", "/", nil, 200},
		{"localhost", open, "GET", "/", []string{"Host", "localhost:8080"}, 200},
		{"IPv6", open, "GET", "/", []string{"Host", "[::1]:8080"}, 200},
		{"a name that is allowed", open, "GET", "/", []string{"Host", "News.Example.org"}, 200},
		{"a name that points here", open, "GET", "/", []string{"Host", "evil.example"}, 421},
		{"one that begins like ours", open, "GET", "/", []string{"Host", "localhost.evil.example:8080"}, 421},
		{"one that begins like an address", open, "GET", "/", []string{"Host", "127.0.0.1.evil.example"}, 421},
		{"no name", open, "GET", "/", []string{"Host", ""}, 421},
		{"a feed under a wrong name", open, "GET", "/feed.json", []string{"Host", "evil.example"}, 421},
		{"long query", open, "GET", "/?q=" + strings.Repeat("x", 5000), nil, 414},
		{"post", open, "POST", "/", nil, 405},
		{"post from elsewhere", open, "POST", "/", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"change through the interface", open, "POST", "/api/v1/urls", nil, 405},
		{"removal through the interface", open, "DELETE", "/api/v1/sources/one?name=x", nil, 405},
		{"a pass through the interface", open, "POST", "/api/v1/runs", nil, 405},
		{"the owner", open, "GET", "/api/v1/owner", nil, 404},
		{"records", open, "GET", "/api/v1/moves", nil, 200},
		{"export", open, "GET", "/api/v1/export?what=moves&format=json", nil, 200},
		{"nothing there", open, "GET", "/nothing", nil, 404},
		{"style", open, "GET", "/static/style.css", nil, 200},
		{"out of the directory", open, "GET", "/static/..%2fpage.go", nil, 404},
		{"metrics", open, "GET", "/metrics", nil, 200},
		{"health", closed, "GET", "/healthz", nil, 200},
		{"no token", closed, "GET", "/", nil, 401},
		{"no token for the interface", closed, "GET", "/api/v1/moves", nil, 401},
		{"no token for a feed", closed, "GET", "/feed.atom", nil, 401},
		{"wrong token", closed, "GET", "/", []string{"Authorization", "Bearer correct horse"}, 401},
		{"longer token", closed, "GET", "/", []string{"Authorization", "Bearer correct horse battery staple"}, 401},
		{"empty token", closed, "GET", "/", []string{"Authorization", basic("me", "")}, 401},
		{"bearer", closed, "GET", "/", []string{"Authorization", "Bearer correct horse battery"}, 200},
		{"password", closed, "GET", "/", []string{"Authorization", basic("me", "correct horse battery")}, 200},
		{"token under a wrong name", closed, "GET", "/", []string{"Host", "evil.example", "Authorization", basic("", "correct horse battery")}, 421},
	}
	for _, tt := range tests {
		w := ask(tt.h, tt.method, tt.path, tt.headers...)
		if w.Code != tt.want {
			t.Errorf("%s: status %d, want %d: %s", tt.name, w.Code, tt.want, w.Body)
		}
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options":  "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s: %q, want %q", tt.name, name, got, want)
			}
		}
		if w.Code == 401 && !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Basic ") {
			t.Errorf("%s: no browser would ask for the token", tt.name)
		}
	}
}

// busy is a library of n articles with long names and long words.
func busy(n int) *kept {
	k := &kept{run: &pipeline.Summary{Start: now()}}
	people, orgs := 3*n/4, max(20, n/20)
	for i := range n {
		a, b := orgName(i%orgs), orgName((7*i+3)%orgs)
		who := "Maximiliane Oluwaseun van der " + word(i%people)
		if i%10 == 7 {
			who = "Maximiliane Oluwaseun van der " + word(5) // of whom much is told
		}
		quote := who + " will leave " + a + " for " + b + " in the spring, where a role as senior vice president of research and engineering waits, as people who know of it say."
		text := strings.Repeat("The words around it are many, and say little that matters for what is told here. ", 20) + quote
		start := len(text) - len(quote)
		id := hexID(i)
		date := now().AddDate(0, 0, -i%1500).Format("2006-01")
		facts := []pipeline.FactRecord{
			{Type: extract.Left, Person: who, Org: a, Role: "Senior Vice President of Research and Engineering", Date: date, Precision: extract.ByMonth, Score: 0.9, Rule: "prose/left", Evidence: pipeline.EvidenceRecord{Start: start, End: len(text), Quote: quote}},
			{Type: extract.Joined, Person: who, Org: b, Role: "Senior Vice President", Date: date, Precision: extract.ByMonth, Score: 0.8, Rule: "prose/joined", Evidence: pipeline.EvidenceRecord{Start: start, End: len(text), Quote: quote}},
		}
		k.articles = append(k.articles, pipeline.ArticleRecord{ID: id, URL: "https://news.example/2025/05/" + id, Publisher: "The Harbour Ledger", Title: "Why " + who + " is leaving " + a, Published: "2025-05-01", Tags: []string{"Moves"}, Text: text, Facts: facts})
		k.moves = append(k.moves, pipeline.MoveRecord{
			ID: id[:16], Person: who, From: &pipeline.PositionRecord{Org: a, Role: facts[0].Role, Left: date}, To: &pipeline.PositionRecord{Org: b, Role: facts[1].Role, Joined: date},
			Kind: extract.Transfer, Sources: 2, Score: 0.9, FirstSeen: now().Add(-time.Hour), LastSeen: now(), Evidence: []pipeline.CitationRecord{{Article: id, URL: "https://news.example/" + id, Publisher: "The Harbour Ledger", Published: "2025-05-01", Quote: quote}},
		})
	}
	return k
}

func word(i int) string {
	s := []byte("aaaaaaa")
	for j := range s {
		s[j] = byte('a' + i%26)
		i /= 26
	}
	return "H" + string(s)
}

func orgName(i int) string { return "Brightwater " + word(i) + " and Sons Holdings" }

func hexID(i int) string {
	const digits = "0123456789abcdef"
	b := []byte(strings.Repeat("0", 32))
	for j := 15; i > 0; j-- {
		b[j], i = digits[i%16], i/16
	}
	return string(b)
}

// TestWeight wants every page below 100 KB where there is much to show.
func TestWeight(t *testing.T) {
	h := handler(busy(3000))
	for _, path := range []string{
		"/", "/?q=van", "/flow", "/person/" + page.Key("Maximiliane Oluwaseun van der "+word(5)), "/organization/" + page.Key(orgName(3)), "/article/" + hexID(9),
		"/sources", "/run", "/review", "/search?q=van", "/search?part=1&q=van", "/help", "/static/page.js", "/static/style.css", "/feed.json", "/feed.atom",
	} {
		w := ask(h, "GET", path)
		if w.Code != 200 || w.Body.Len() > 100_000 || w.Body.Len() < 200 {
			t.Errorf("%s: status %d, %d bytes", path, w.Code, w.Body.Len())
		}
		t.Logf("%-50s %6d bytes", path, w.Body.Len())
	}
}

// BenchmarkHome measures a page over 20,000 facts.
func BenchmarkHome(b *testing.B) {
	h := handler(busy(10_000))
	ask(h, "GET", "/")
	for _, path := range []string{"/", "/?q=van+der", "/flow", "/organization/" + page.Key(orgName(3)), "/person/" + page.Key("Maximiliane Oluwaseun van der "+word(5))} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				if w := ask(h, "GET", path); w.Code != 200 {
					b.Fatal(w.Code)
				}
			}
		})
	}
}
